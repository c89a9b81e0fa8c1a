import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { checkPIndex, readPIndex } from '../sincro/index.ts'
import type { FileLetto, PIndexLetto } from '../sincro/index.ts'
import { FILE_INDICE } from './model.ts'
import { openContainer, readWhole } from './container.ts'
import type { Contenitore, VoceLetta } from './container.ts'

export const CODICI_VERIFICA = [
  'ZIP-ILLEGGIBILE',
  'ZIP-PERCORSO',
  'ZIP-DUPLICATO',
  'ZIP-VOCE',
  'ZIP-RADICE',
  'ZIP-LIMITI',
  'INDICE-ASSENTE',
  'INDICE-POSIZIONE',
  'INDICE-NON-VALIDO',
  'INDICE-IDPDV',
  'FILE-NON-ELENCATO',
  'FILE-MANCANTE',
  'IMPRONTA-DIVERSA',
] as const
export type CodiceVerifica = (typeof CODICI_VERIFICA)[number]

export interface AnomaliaPacchetto {
  readonly codice: CodiceVerifica
  readonly percorso?: string
  readonly messaggio: string
}

/** What the whole verification of a package found. The package is good exactly when `anomalie` is empty. */
export interface EsitoVerificaPacchetto {
  readonly valido: boolean
  readonly anomalie: readonly AnomaliaPacchetto[]
  readonly dimensione: number
  /** SHA-256 of the container, lower-case hexadecimal. */
  readonly improntaPacchetto: string
  /** SHA-256 of the bytes of the index; absent when there is none. */
  readonly improntaIndice?: string
  readonly indice?: PIndexLetto
  /** Every file but the index, with the digest recomputed here. */
  readonly file: readonly { readonly percorso: string; readonly sha256: string; readonly dimensione: number }[]
  /** Bytes of the metadata files whose digest is right, by path. */
  readonly metadati: ReadonlyMap<string, Buffer>
}

export interface LimitiVerifica {
  readonly voci: number
  readonly byteTotali: number
  /** Highest ratio between the size of a file and its compressed size. */
  readonly rapporto: number
  readonly byteIndice: number
  readonly byteMetadati: number
}

const LIMITI: LimitiVerifica = {
  voci: 100_000,
  byteTotali: 64 * 1024 ** 3,
  rapporto: 200,
  byteIndice: 64 * 1024 ** 2,
  byteMetadati: 16 * 1024 ** 2,
}

async function fileDigest(percorso: string): Promise<{ sha256: string; dimensione: number }> {
  const hash = createHash('sha256')
  let dimensione = 0
  for await (const blocco of createReadStream(percorso)) {
    hash.update(blocco as Buffer)
    dimensione += (blocco as Buffer).length
  }
  return { sha256: hash.digest('hex'), dimensione }
}

function listed(indice: PIndexLetto): { file: FileLetto; metadati: boolean }[] {
  const metadati = [indice.aggregazione, ...indice.documenti.map((d) => d.metadati)].filter((m) => m !== undefined)
  return [
    ...metadati.map((file) => ({ file, metadati: true })),
    ...indice.documenti.flatMap((d) => d.file.map((file) => ({ file, metadati: false }))),
  ]
}

/** REQ-CONS-037: every file listed once, every listed file present. Names are compared exactly: the index must write them as they are. */
function closedWorldFaults(indice: PIndexLetto, presenti: readonly string[]): AnomaliaPacchetto[] {
  const elencati = new Set(listed(indice).map((voce) => voce.file.percorso))
  const inPacchetto = new Set(presenti)
  return [
    ...presenti
      .filter((percorso) => !elencati.has(percorso))
      .map((percorso) => ({ codice: 'FILE-NON-ELENCATO' as const, percorso, messaggio: 'Il file è nel pacchetto ma non nell’indice.' })),
    ...[...elencati]
      .filter((percorso) => !inPacchetto.has(percorso))
      .map((percorso) => ({ codice: 'FILE-MANCANTE' as const, percorso, messaggio: 'Il file è nell’indice ma non nel pacchetto.' })),
  ]
}

interface Contenuti {
  readonly anomalie: AnomaliaPacchetto[]
  readonly file: { percorso: string; sha256: string; dimensione: number }[]
  readonly metadati: Map<string, Buffer>
}

async function checkEntry(
  zip: Contenitore,
  voce: VoceLetta,
  atteso: { file: FileLetto; metadati: boolean } | undefined,
  limiti: LimitiVerifica,
  c: Contenuti,
): Promise<void> {
  const hash = createHash('sha256')
  const tenere = atteso?.metadati === true && voce.dimensione <= limiti.byteMetadati
  const blocchi: Buffer[] = []
  let dimensione = 0
  try {
    await pipeline(await zip.open(voce), async (sorgente: AsyncIterable<Buffer>) => {
      for await (const blocco of sorgente) {
        hash.update(blocco)
        dimensione += blocco.length
        if (tenere) blocchi.push(blocco)
      }
    })
  } catch {
    c.anomalie.push({ codice: 'IMPRONTA-DIVERSA', percorso: voce.percorso, messaggio: 'Il contenuto del file non si legge per intero.' })
    return
  }
  const sha256 = hash.digest('hex')
  c.file.push({ percorso: voce.percorso, sha256, dimensione })
  if (atteso === undefined) return
  const { algoritmo, esadecimale } = atteso.file.impronta
  if (algoritmo !== 'SHA-256' || esadecimale !== sha256)
    c.anomalie.push({
      codice: 'IMPRONTA-DIVERSA',
      percorso: voce.percorso,
      messaggio: `Impronta dichiarata ${esadecimale}, calcolata ${sha256}.`,
    })
  else if (tenere) c.metadati.set(voce.percorso, Buffer.concat(blocchi))
}

async function checkContents(
  zip: Contenitore,
  limiti: LimitiVerifica,
  idPdvAtteso: string | undefined,
): Promise<Contenuti & { indice?: PIndexLetto; improntaIndice?: string }> {
  const c: Contenuti = { anomalie: [], file: [], metadati: new Map() }
  const posizione = zip.voci.findIndex((voce) => voce.percorso === FILE_INDICE)
  const voceIndice = zip.voci[posizione]
  if (voceIndice === undefined) {
    c.anomalie.push({ codice: 'INDICE-ASSENTE', percorso: FILE_INDICE, messaggio: 'Il pacchetto non ha indice.' })
    return c
  }
  if (posizione !== 0)
    c.anomalie.push({ codice: 'INDICE-POSIZIONE', percorso: FILE_INDICE, messaggio: 'L’indice non è il primo file del pacchetto.' })
  const byte = await readWhole(zip, voceIndice, limiti.byteIndice)
  const improntaIndice = byte && createHash('sha256').update(byte).digest('hex')
  const esito = byte && checkPIndex(byte)
  if (byte === undefined || esito?.valido !== true) {
    const perche = esito?.errori.map((errore) => errore.messaggio).join(' ') ?? 'L’indice non si legge per intero.'
    c.anomalie.push({ codice: 'INDICE-NON-VALIDO', percorso: FILE_INDICE, messaggio: perche })
    return { ...c, ...(improntaIndice === undefined ? {} : { improntaIndice }) }
  }
  const indice = readPIndex(byte)
  if (indice.idPdv !== zip.radice || (idPdvAtteso !== undefined && indice.idPdv !== idPdvAtteso))
    c.anomalie.push({ codice: 'INDICE-IDPDV', percorso: FILE_INDICE, messaggio: `L’indice dichiara il pacchetto «${indice.idPdv}».` })
  const altre = zip.voci.filter((voce) => voce !== voceIndice)
  c.anomalie.push(
    ...closedWorldFaults(
      indice,
      altre.map((voce) => voce.percorso),
    ),
  )
  const attesi = new Map(listed(indice).map((voce) => [voce.file.percorso, voce]))
  for (const voce of altre) await checkEntry(zip, voce, attesi.get(voce.percorso), limiti, c)
  return { ...c, indice, improntaIndice: improntaIndice as string }
}

/**
 * Verifies a package on disk from its bytes alone: safe container (REQ-CONS-097), one root folder and index first (REQ-CONS-036), index valid and closed
 * world (REQ-CONS-037), every digest recomputed. An altered file is named by its path. Nothing is ever extracted to disk. A container with tricks in it is
 * not read further. Never throws for a faulty package; throws for a file that cannot be opened at all (I/O error).
 */
export async function verifyPacchetto(
  percorsoFile: string,
  opzioni: { readonly idPdv?: string; readonly limiti?: Partial<LimitiVerifica> } = {},
): Promise<EsitoVerificaPacchetto> {
  const limiti = { ...LIMITI, ...opzioni.limiti }
  const { sha256: improntaPacchetto, dimensione } = await fileDigest(percorsoFile)
  const zip = await openContainer(percorsoFile, limiti)
  try {
    if (zip.anomalie.length > 0)
      return { valido: false, anomalie: zip.anomalie, dimensione, improntaPacchetto, file: [], metadati: new Map() }
    const contenuti = await checkContents(zip, limiti, opzioni.idPdv)
    return { ...contenuti, valido: contenuti.anomalie.length === 0, dimensione, improntaPacchetto }
  } finally {
    zip.close()
  }
}
