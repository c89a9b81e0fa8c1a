import { child, children, childText, readXml } from '../xml/index.ts'
import type { ElementoXml } from '../xml/index.ts'
import { BYTE_IMPRONTA } from './model.ts'
import type {
  AlgoritmoRapporto,
  AnomaliaRapporto,
  EsitoOggetto,
  EsitoPacchetto,
  ImprontaRapporto,
  OggettoImpronta,
  OggettoRapporto,
  PacchettoRapporto,
  RapportoVersamento,
  TipoOggetto,
} from './model.ts'
import { checkRapporto } from './schema.ts'

/** A report that cannot be relied on: not XML, not valid, or with a digest that is not one. It goes to quarantine (REQ-CONS 11.2, steps 2 and 4). */
export class RapportoIlleggibile extends Error {
  override readonly name = 'RapportoIlleggibile'
}

type Parziale<T> = { [K in keyof T]?: T[K] | undefined }

function compact<T extends object>(valori: Parziale<T>): T {
  return Object.fromEntries(Object.entries(valori).filter(([, valore]) => valore !== undefined)) as T
}

/** Text of an element that the schema, already passed, guarantees. */
function text(e: ElementoXml | undefined, nome: string): string {
  return childText(e, nome) ?? ''
}

function impronta(e: ElementoXml): ImprontaRapporto {
  const algoritmo = e.attributi['algoritmo'] as AlgoritmoRapporto
  const valore = e.testo.trim()
  const valida = e.attributi['codifica'] === 'hex' ? /^([0-9a-fA-F]{2})+$/.test(valore) : /^[A-Za-z0-9+/]+={0,2}$/.test(valore)
  const byte = valida ? Buffer.from(valore, e.attributi['codifica'] === 'hex' ? 'hex' : 'base64') : Buffer.alloc(0)
  if (byte.length !== BYTE_IMPRONTA[algoritmo]) throw new RapportoIlleggibile(`L’impronta alla riga ${e.riga} non è una ${algoritmo}.`)
  return { oggetto: e.attributi['oggetto'] as OggettoImpronta, algoritmo, esadecimale: byte.toString('hex') }
}

function anomalia(e: ElementoXml): AnomaliaRapporto {
  return compact<AnomaliaRapporto>({
    gravita: e.attributi['gravita'] as AnomaliaRapporto['gravita'],
    codice: text(e, 'Codice'),
    percorso: childText(e, 'Percorso'),
    messaggio: text(e, 'Messaggio'),
    riprovabile: ['true', '1'].includes(e.attributi['riprovabile'] ?? ''),
  })
}

function oggetto(e: ElementoXml): OggettoRapporto {
  return compact<OggettoRapporto>({
    tipo: e.attributi['tipo'] as TipoOggetto,
    idOggetto: text(e, 'IdOggetto'),
    idConservazione: childText(e, 'IdConservazione'),
    esito: text(e, 'Esito') as EsitoOggetto,
    file: children(e, 'File').map((file) => ({
      percorso: text(file, 'Percorso'),
      impronta: impronta(child(file, 'Impronta') as ElementoXml),
    })),
    anomalie: children(e, 'Anomalia').map(anomalia),
  })
}

function pacchetto(e: ElementoXml): PacchettoRapporto {
  const ricevuto = childText(e, 'DataRicezione')
  const rifiuto = child(e, 'ProgressivoRifiuto')
  return compact<PacchettoRapporto>({
    idPdv: text(e, 'IdPdV'),
    idAssegnato: childText(e, 'IdAssegnato'),
    nomeFile: childText(e, 'NomeFile'),
    ricevutoIl: ricevuto === undefined ? undefined : new Date(ricevuto),
    impronte: children(e, 'Impronta').map(impronta),
    esito: text(e, 'Esito') as EsitoPacchetto,
    rifiuto: rifiuto && { numero: Number(rifiuto.testo.trim()), massimo: Number(rifiuto.attributi['massimo']) },
    anomalie: children(e, 'Anomalia').map(anomalia),
    oggetti: children(e, 'Oggetto').map(oggetto),
  })
}

/**
 * Reads a report in canonical form. Strict: an unknown word of outcome, a local time, a digest of the wrong length are never guessed into something
 * positive. Throws RapportoIlleggibile with an Italian reason.
 */
export function readRapporto(xml: string | Uint8Array): RapportoVersamento {
  const esito = checkRapporto(xml)
  if (!esito.valido)
    throw new RapportoIlleggibile(`Il rapporto di versamento non è valido: ${esito.errori.map((e) => e.messaggio).join(' ')}`)
  const radice = readXml(xml)
  const conservatore = child(radice, 'Conservatore')
  const titolare = child(radice, 'Titolare')
  return compact<RapportoVersamento>({
    idRapporto: text(radice, 'IdRapporto'),
    riferimentoTemporale: new Date(text(radice, 'RiferimentoTemporale')),
    conservatore: compact<RapportoVersamento['conservatore']>({
      denominazione: text(conservatore, 'Denominazione'),
      identificativo: text(conservatore, 'Identificativo'),
      manuale: childText(conservatore, 'Manuale'),
    }),
    titolare: compact<RapportoVersamento['titolare']>({
      denominazione: text(titolare, 'Denominazione'),
      identificativo: text(titolare, 'Identificativo'),
      codiceIpa: text(titolare, 'CodiceIPA'),
      codiceAoo: childText(titolare, 'CodiceAOO'),
    }),
    esito: text(radice, 'Esito') as EsitoPacchetto,
    pacchetti: children(radice, 'Pacchetto').map(pacchetto),
    note: childText(radice, 'Note'),
  })
}

/** The outcome a package really has: a positive one that lists a refused object is partial (coherence, step 9 of the verification). */
export function effectiveEsito(p: PacchettoRapporto): EsitoPacchetto {
  return p.esito === 'POSITIVO' && p.oggetti.some((o) => o.esito === 'RIFIUTATO') ? 'PARZIALE' : p.esito
}

export type Legame = 'collegato' | 'altro-pacchetto' | 'non-collegabile'

/**
 * Does this report speak of what we sent? `collegato` when it names the package and at least one comparable digest (package or index, SHA-256) is ours;
 * `non-collegabile` when it names it but no digest is ours, or one of them is somebody else's (RDV_NON_COLLEGABILE, step 6); `altro-pacchetto` when it
 * does not name it at all. Digests are lower-case hexadecimal SHA-256.
 */
export function linkRapporto(
  rapporto: RapportoVersamento,
  inviato: { readonly idPdv: string; readonly improntaIndice: string; readonly improntaPacchetto: string },
): Legame {
  const nominato = rapporto.pacchetti.find((p) => p.idPdv === inviato.idPdv)
  if (nominato === undefined) return 'altro-pacchetto'
  const attese: Partial<Record<OggettoImpronta, string>> = { PACCHETTO: inviato.improntaPacchetto, INDICE: inviato.improntaIndice }
  const confrontabili = nominato.impronte.filter((i) => i.algoritmo === 'SHA-256' && attese[i.oggetto] !== undefined)
  if (confrontabili.length === 0) return 'non-collegabile'
  return confrontabili.every((i) => attese[i.oggetto] === i.esadecimale) ? 'collegato' : 'non-collegabile'
}
