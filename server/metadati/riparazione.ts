import type { EsitoRegola, MetadatiDto, Riparazione } from './schema.ts'

/** Where the object of the metadata is shown: its page inside the application, and whether it is a document of the register or a fascicolo. */
export interface Oggetto {
  readonly ente: string
  readonly tipo: 'documento' | 'fascicolo'
  /** Path of its page without the ente; null when it has none of its own. */
  readonly pagina: string | null
}

/** Where a kind of finding is repaired. `apri` names the sheet of the object's page; `pagina` another page. */
interface Posto {
  readonly percorso: RegExp
  readonly tipo?: Oggetto['tipo']
  readonly campo: string
  readonly apri?: string
  readonly pagina?: string
}

/** The one table that leads from a place of the metadata to the page and the field where the datum is; the first row that fits. */
const POSTI: readonly Posto[] = [
  { percorso: /IPAAmm\/CodiceIPA$/u, campo: 'Codice IPA dell’ente', pagina: 'amministrazione' },
  { percorso: /IPAAOO\/CodiceIPA$/u, campo: 'Codice dell’AOO', pagina: 'amministrazione/aree' },
  { percorso: /IPAUOR\/CodiceIPA$/u, campo: 'Codice dell’ufficio', pagina: 'amministrazione/organigramma' },
  { percorso: /\/(?:Operatore|RUP|Responsabile\w+)(?:\/.*)?$/u, campo: 'Dati della persona', pagina: 'amministrazione/persone' },
  { percorso: /^TracciatureModifiche/u, campo: 'Dati della persona', pagina: 'amministrazione/persone' },
  { percorso: /PianoDiClassificazione$/u, campo: 'Indirizzo del titolario pubblicato', pagina: 'titolario' },
  { percorso: /^TempoDiConservazione/u, campo: 'Piano di conservazione', pagina: 'titolario' },
  { percorso: /^IdAgg\/TipoAggregazione|^servizio/u, campo: 'Servizio di conservazione', pagina: 'metadati/servizio' },
  { percorso: /^Classificazione/u, tipo: 'documento', campo: 'Classificazione', apri: 'classifica' },
  { percorso: /^Agg\b/u, tipo: 'documento', campo: 'Fascicoli', apri: 'fascicola' },
  { percorso: /Assegnatario/u, tipo: 'documento', campo: 'Assegnazioni', apri: 'riassegna' },
  { percorso: /^Soggetti/u, tipo: 'documento', campo: 'Mittenti e destinatari (rettifica autorizzata)' },
  { percorso: /^ChiaveDescrittiva/u, tipo: 'documento', campo: 'Oggetto (rettifica autorizzata)' },
  { percorso: /^DatiDiRegistrazione/u, tipo: 'documento', campo: 'Dati di registrazione' },
  { percorso: /^(?:IdentificativoDelFormato|Verifica|IdDoc|Allegati|NomeDelDocumento)/u, tipo: 'documento', campo: 'Documenti' },
  { percorso: /^IndiceDocumenti/u, tipo: 'fascicolo', campo: 'Documenti del fascicolo' },
  { percorso: /^PosizioneFisica/u, tipo: 'fascicolo', campo: 'Posizione fisica', apri: 'dati' },
  { percorso: /^(?:ProcedimentoAmministrativo)/u, tipo: 'fascicolo', campo: 'Procedimento e fasi' },
  { percorso: /^(?:Soggetti|Assegnazione)/u, tipo: 'fascicolo', campo: 'Responsabile, interessati e assegnazioni', apri: 'dati' },
  { percorso: /^(?:DataChiusura|DataApertura)/u, tipo: 'fascicolo', campo: 'Apertura e chiusura' },
  { percorso: /^IdAggPrimario/u, tipo: 'fascicolo', campo: 'Fascicolo superiore', apri: 'dati' },
]

/** The page and the field where this finding is repaired. */
export function repairOf(esito: Pick<EsitoRegola, 'regola' | 'percorso'>, oggetto: Oggetto): Riparazione {
  // The rules on missing assignees and missing subjects say `Soggetti`: the rule tells which list.
  const percorso = esito.regola === 'R77' ? 'Soggetti/Assegnatario' : esito.regola === 'R95' ? 'servizio' : esito.percorso
  const posto = POSTI.find((one) => one.percorso.test(percorso) && (one.tipo === undefined || one.tipo === oggetto.tipo))
  if (posto?.pagina !== undefined) return { campo: posto.campo, pagina: `/${oggetto.ente}/${posto.pagina}` }
  const campo = posto?.campo ?? (oggetto.tipo === 'documento' ? 'Documento' : 'Fascicolo')
  if (oggetto.pagina === null) return { campo, pagina: null }
  return { campo, pagina: `/${oggetto.ente}/${oggetto.pagina}${posto?.apri === undefined ? '' : `?apri=${posto.apri}`}` }
}

/** The metadata with, beside each finding, where it is repaired. */
export function withRepairs(metadati: MetadatiDto, oggetto: Oggetto): MetadatiDto {
  return { ...metadati, esiti: metadati.esiti.map((esito) => ({ ...esito, riparazione: repairOf(esito, oggetto) })) }
}
