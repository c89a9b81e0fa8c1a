import { validateAgg, validateDai, validateDi } from '../../../metadata-schemas/allegato5/index.ts'
import { verifyPacchetto } from '../../../metadata-schemas/pacchetto/index.ts'
import type { EsitoVerificaPacchetto } from '../../../metadata-schemas/pacchetto/index.ts'
import type { AnomaliaRapporto, ImprontaRapporto, OggettoRapporto, RapportoVersamento } from '../../../metadata-schemas/rdv/index.ts'
import type { PIndexLetto } from '../../../metadata-schemas/sincro/index.ts'
import { child, children, childText, cleanLine, readXml } from '../../../metadata-schemas/xml/index.ts'
import type { ElementoXml } from '../../../metadata-schemas/xml/index.ts'
import type { Giudizio, PresaInCarico } from './archive.ts'

type DocumentoIndice = PIndexLetto['documenti'][number]

export const RIFIUTI_MASSIMI = 3

/** A value fit for a short field of the report: what comes from a faulty package must never make the report itself invalid. */
function clip(testo: string, massimo = 200): string {
  return cleanLine(cleanLine(testo).slice(0, massimo)) || '?'
}

function errore(codice: string, messaggio: string, percorso?: string): AnomaliaRapporto {
  return { gravita: 'ERRORE', codice, messaggio, riprovabile: false, ...(percorso === undefined ? {} : { percorso: clip(percorso, 1024) }) }
}

function sha256(esadecimale: string, oggetto: ImprontaRapporto['oggetto']): ImprontaRapporto {
  return { oggetto, algoritmo: 'SHA-256', esadecimale }
}

/** Schema check by root element: the three profiles of Allegato 5. Returns the root when the metadata can be read on. */
function metadata(percorso: string, byte: Buffer, anomalie: AnomaliaRapporto[]): ElementoXml | undefined {
  let radice: ElementoXml
  try {
    radice = readXml(byte)
  } catch (problema) {
    anomalie.push(errore('META-XSD', `I metadati non sono XML leggibile: ${(problema as Error).message}`, percorso))
    return undefined
  }
  const schemi: Readonly<Record<string, typeof validateDai>> = {
    DocumentoAmministrativoInformatico: validateDai,
    DocumentoInformatico: validateDi,
    AggregazioneDocumentaliInformatiche: validateAgg,
  }
  const esito = schemi[radice.nome]?.(byte)
  if (esito?.valido === true) return radice
  const perche = esito?.errori.map((e) => e.messaggio).join(' ') ?? `radice ${radice.nome} non prevista`
  anomalie.push(errore('META-XSD', `Metadati non validi secondo l’Allegato 5: ${perche}`, percorso))
  return undefined
}

/** REQ-CONS-061 and 062 seen from the other side: the metadata must speak of exactly these files. */
function documentFaults(documento: DocumentoIndice, esito: EsitoVerificaPacchetto): AnomaliaRapporto[] {
  const percorso = documento.metadati?.percorso
  const byte = percorso === undefined ? undefined : esito.metadati.get(percorso)
  if (percorso === undefined || byte === undefined) return [errore('META-ASSENTI', `Il documento ${documento.id} non ha metadati.`)]
  const anomalie: AnomaliaRapporto[] = []
  const radice = metadata(percorso, byte, anomalie)
  if (radice === undefined) return anomalie
  const idDoc = child(radice, 'IdDoc')
  if (childText(idDoc, 'Identificativo') !== documento.id)
    anomalie.push(
      errore(
        'META-COERENZA',
        `I metadati identificano il documento ${childText(idDoc, 'Identificativo') ?? ''}, l’indice ${documento.id}.`,
        percorso,
      ),
    )
  const principali = documento.file.filter((file) => file.relazioni.length === 0)
  const [principale] = principali
  const impronta = Buffer.from(childText(child(idDoc, 'ImprontaCrittograficaDelDocumento'), 'Impronta') ?? '', 'base64')
  if (principale === undefined || principali.length > 1)
    anomalie.push(errore('META-COERENZA', `Il documento ${documento.id} deve avere un solo file principale.`, percorso))
  else if (impronta.toString('hex') !== principale.impronta.esadecimale)
    anomalie.push(
      errore('META-IMPRONTA', `L’impronta nei metadati (${impronta.length} byte) non è quella di ${principale.percorso}.`, percorso),
    )
  const allegati = documento.file.filter((file) => file.relazioni.some((r) => r.tipo === 'allegato_di')).length
  const dichiarati = Number(childText(child(radice, 'Allegati'), 'NumeroAllegati') ?? '0')
  if (dichiarati !== allegati)
    anomalie.push(errore('META-COERENZA', `I metadati dichiarano ${dichiarati} allegati, nel pacchetto sono ${allegati}.`, percorso))
  return anomalie
}

function aggregationFaults(indice: PIndexLetto, esito: EsitoVerificaPacchetto): AnomaliaRapporto[] {
  const percorso = indice.aggregazione?.percorso
  const byte = percorso === undefined ? undefined : esito.metadati.get(percorso)
  if (percorso === undefined || byte === undefined) return []
  const anomalie: AnomaliaRapporto[] = []
  const radice = metadata(percorso, byte, anomalie)
  if (radice === undefined) return anomalie
  const elencati = children(child(radice, 'IndiceDocumenti'), 'TipoDocumento').flatMap((tipo) =>
    tipo.figli.map((d) => childText(d, 'Identificativo')),
  )
  for (const documento of indice.documenti)
    if (!elencati.includes(documento.id))
      anomalie.push(errore('META-COERENZA', `L’aggregazione non elenca il documento ${documento.id}.`, percorso))
  return anomalie
}

function objects(indice: PIndexLetto, esito: EsitoVerificaPacchetto): OggettoRapporto[] {
  const calcolate = new Map(esito.file.map((file) => [file.percorso, file.sha256]))
  const documenti = indice.documenti.map((documento): OggettoRapporto => {
    const file = [...documento.file, ...(documento.metadati ? [documento.metadati] : [])]
    return {
      tipo: 'DOCUMENTO',
      idOggetto: clip(documento.id),
      idConservazione: clip(`simulatore:${documento.id}`),
      esito: 'ACCETTATO',
      file: file.map((f) => ({ percorso: clip(f.percorso, 1024), impronta: sha256(calcolate.get(f.percorso) ?? '', 'FILE') })),
      anomalie: [],
    }
  })
  const { aggregazione } = indice
  if (aggregazione === undefined) return documenti
  const id = aggregazione.id.replace(/#metadati$/, '')
  const file = [{ percorso: aggregazione.percorso, impronta: sha256(calcolate.get(aggregazione.percorso) ?? '', 'FILE') }]
  return [
    ...documenti,
    { tipo: 'FASCICOLO', idOggetto: clip(id), idConservazione: clip(`simulatore:${id}`), esito: 'ACCETTATO', file, anomalie: [] },
  ]
}

function titolare(idPdv: string, indice: PIndexLetto | undefined): RapportoVersamento['titolare'] {
  const [versante] = indice?.soggetti ?? []
  const [ipa = idPdv, aoo] = idPdv.split('-')
  return {
    denominazione: clip(versante?.denominazione || 'Non leggibile dall’indice'),
    identificativo: clip(versante?.identificativi[0] ?? 'Non leggibile dall’indice'),
    codiceIpa: ipa,
    ...(aoo === undefined ? {} : { codiceAoo: aoo }),
  }
}

/** What one object is called across packages, to count its refusals (REQ-CONS-115). */
function objectKey(idPdv: string, indice: PIndexLetto | undefined): string {
  return indice?.aggregazione?.id ?? indice?.documenti.map((d) => d.id).join(' ') ?? idPdv
}

/** A readable package refused because the simulator was told to: what a conservatore does for reasons of its own, once for each object. */
function askedRefusal(indice: PIndexLetto, rifiutare: ReadonlySet<string>, primo: boolean): AnomaliaRapporto[] {
  const id = indice.documenti.map((d) => d.id).find((d) => rifiutare.has(d))
  if (id === undefined || !primo) return []
  return [errore('RIFIUTO-RICHIESTO', `Il SIMULATORE rifiuta il documento ${clip(id)}, come gli è stato chiesto all’avvio.`)]
}

/**
 * Examines a package from its bytes and states the outcome: every digest recomputed, index valid, closed world, Allegato 5 metadata valid and coherent.
 * One fault refuses the whole package, naming file and reason. `precedenti` are the judgements already given: they number reports and refusals. The first
 * package of a document named in `rifiutare` is refused even without a fault, the next one is not.
 */
export async function judgePacchetto(
  presa: PresaInCarico,
  file: string,
  precedenti: readonly Giudizio[],
  adesso: Date,
  rifiutare: ReadonlySet<string> = new Set(),
): Promise<{ rapporto: RapportoVersamento; giudizio: Giudizio }> {
  const esito = await verifyPacchetto(file, { idPdv: presa.idPdv })
  const { indice } = esito
  const chiave = objectKey(presa.idPdv, indice)
  const rifiuti = precedenti.filter((g) => g.chiave === chiave && g.esito === 'NEGATIVO').length + 1
  const anomalie = esito.anomalie.map((a) => errore(a.codice, a.messaggio, a.percorso))
  if (indice !== undefined && anomalie.length === 0) {
    anomalie.push(...indice.documenti.flatMap((documento) => documentFaults(documento, esito)))
    anomalie.push(...aggregationFaults(indice, esito))
    anomalie.push(...askedRefusal(indice, rifiutare, rifiuti === 1))
  }
  const accettato = indice !== undefined && anomalie.length === 0
  const progressivo = Math.max(0, ...precedenti.map((g) => g.progressivo)) + 1
  const esitoPacchetto = accettato ? 'POSITIVO' : 'NEGATIVO'
  const rapporto: RapportoVersamento = {
    idRapporto: `SIMULATORE-${adesso.getUTCFullYear()}-${String(progressivo).padStart(7, '0')}`,
    riferimentoTemporale: adesso,
    conservatore: {
      denominazione: 'SIMULATORE di conservatore',
      identificativo: 'SIMULATORE',
      manuale: 'Nessuno: non è un servizio di conservazione',
    },
    titolare: titolare(presa.idPdv, indice),
    esito: esitoPacchetto,
    pacchetti: [
      {
        idPdv: presa.idPdv,
        idAssegnato: presa.ricevuta,
        nomeFile: `${presa.idPdv}.zip`,
        ricevutoIl: new Date(presa.ricevutoIl),
        impronte: [
          sha256(esito.improntaPacchetto, 'PACCHETTO'),
          ...(esito.improntaIndice === undefined ? [] : [sha256(esito.improntaIndice, 'INDICE')]),
        ],
        esito: esitoPacchetto,
        ...(accettato ? {} : { rifiuto: { numero: rifiuti, massimo: Math.max(RIFIUTI_MASSIMI, rifiuti) } }),
        anomalie,
        oggetti: accettato ? objects(indice, esito) : [],
      },
    ],
    note: 'Rapporto prodotto dal SIMULATORE: non ha valore di conservazione.',
  }
  return { rapporto, giudizio: { progressivo, esito: esitoPacchetto, chiave } }
}
