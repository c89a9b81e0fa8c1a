import type { Readable } from 'node:stream'
import { getFileNameLowLevel, openPromise } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import type { AnomaliaPacchetto, LimitiVerifica } from './verify.ts'

/** One file of a container, by its path inside the root folder. */
export interface VoceLetta {
  readonly percorso: string
  readonly dimensione: number
  readonly voce: Entry
}

/** A container whose table of contents was read whole and judged; no content was touched yet. */
export interface Contenitore {
  readonly radice: string
  readonly voci: readonly VoceLetta[]
  readonly anomalie: readonly AnomaliaPacchetto[]
  open(voce: VoceLetta): Promise<Readable>
  close(): void
}

const TIPO_FILE_UNIX = 0o170000
const FILE_NORMALE = 0o100000
// oxlint-disable-next-line no-control-regex
const CARATTERI_VIETATI = /[\u0000-\u001F\u007F\\:]/u

/** Why a name could lead outside the package, or mean two things on two systems. */
function nameFault(nome: string): string | undefined {
  if (CARATTERI_VIETATI.test(nome)) return 'nome con caratteri non ammessi'
  if (nome.startsWith('/')) return 'percorso assoluto'
  if (nome.split('/').some((segmento) => segmento === '' || segmento === '.' || segmento === '..'))
    return 'percorso che esce dalla cartella'
  return undefined
}

function entryFault(voce: Entry, nome: string, limiti: LimitiVerifica): AnomaliaPacchetto | undefined {
  if (voce.isEncrypted()) return { codice: 'ZIP-VOCE', percorso: nome, messaggio: 'Il file è cifrato.' }
  if (nome.endsWith('/')) return { codice: 'ZIP-VOCE', percorso: nome, messaggio: 'Il pacchetto contiene una voce di cartella.' }
  const tipo = (voce.externalFileAttributes >>> 16) & TIPO_FILE_UNIX
  if (voce.versionMadeBy >>> 8 === 3 && tipo !== 0 && tipo !== FILE_NORMALE)
    return { codice: 'ZIP-VOCE', percorso: nome, messaggio: 'La voce non è un file normale (collegamento o dispositivo).' }
  const motivo = nameFault(nome)
  if (motivo !== undefined) return { codice: 'ZIP-PERCORSO', percorso: nome, messaggio: `Nome rifiutato: ${motivo}.` }
  if (voce.uncompressedSize > limiti.rapporto * Math.max(1, voce.compressedSize))
    return { codice: 'ZIP-LIMITI', percorso: nome, messaggio: `Rapporto di compressione oltre ${limiti.rapporto}:1.` }
  return undefined
}

/** The name in front of the data must be the one in the table: a reader that trusts the first would see other files than we do. */
async function localNameFault(zip: ZipFile, voce: Entry, nome: string): Promise<AnomaliaPacchetto | undefined> {
  const locale = await zip.readLocalFileHeaderPromise(voce)
  if (locale.fileName.equals(voce.fileNameRaw)) return undefined
  return { codice: 'ZIP-PERCORSO', percorso: nome, messaggio: 'Il nome davanti al contenuto è diverso da quello nell’elenco.' }
}

interface Elenco {
  readonly voci: { nome: string; voce: Entry }[]
  readonly anomalie: AnomaliaPacchetto[]
}

async function listEntries(zip: ZipFile, limiti: LimitiVerifica): Promise<Elenco> {
  const elenco: Elenco = { voci: [], anomalie: [] }
  const visti = new Set<string>()
  let totale = 0
  for await (const voce of zip.eachEntry()) {
    const nome = getFileNameLowLevel(voce.generalPurposeBitFlag, voce.fileNameRaw, voce.extraFields, true)
    const chiave = nome.normalize('NFC').toLowerCase()
    totale += voce.uncompressedSize
    const difetto = entryFault(voce, nome, limiti) ?? (await localNameFault(zip, voce, nome))
    if (difetto !== undefined) elenco.anomalie.push(difetto)
    if (visti.has(chiave)) elenco.anomalie.push({ codice: 'ZIP-DUPLICATO', percorso: nome, messaggio: 'Due voci con lo stesso nome.' })
    visti.add(chiave)
    elenco.voci.push({ nome, voce })
    if (elenco.voci.length > limiti.voci || totale > limiti.byteTotali) {
      elenco.anomalie.push({ codice: 'ZIP-LIMITI', messaggio: 'Il pacchetto supera i limiti di numero o di dimensione dei file.' })
      break
    }
  }
  return elenco
}

function unreadable(errore: unknown): Contenitore {
  const messaggio = `Il contenitore non è uno ZIP integro: ${errore instanceof Error ? errore.message : String(errore)}.`
  return {
    radice: '',
    voci: [],
    anomalie: [{ codice: 'ZIP-ILLEGGIBILE', messaggio }],
    open: () => Promise.reject(new Error('unreadable container')),
    close: () => undefined,
  }
}

/**
 * Opens a ZIP and judges its whole table of contents before any content is read. Faults are in `anomalie`; with any of them the contents must not be
 * opened. Throws only for I/O errors on the file itself.
 */
export async function openContainer(percorsoFile: string, limiti: LimitiVerifica): Promise<Contenitore> {
  let zip: ZipFile
  try {
    zip = await openPromise(percorsoFile, { autoClose: false, decodeStrings: false })
  } catch (errore) {
    if ((errore as NodeJS.ErrnoException).code !== undefined) throw errore
    return unreadable(errore)
  }
  let elenco: Elenco
  try {
    elenco = await listEntries(zip, limiti)
  } catch (errore) {
    zip.close()
    return unreadable(errore)
  }
  const radici = new Set(elenco.voci.map(({ nome }) => nome.split('/')[0] ?? ''))
  const [radice = ''] = radici
  if (radici.size !== 1 || elenco.voci.some(({ nome }) => !nome.includes('/')))
    elenco.anomalie.push({ codice: 'ZIP-RADICE', messaggio: 'Il pacchetto deve contenere una sola cartella.' })
  return {
    radice,
    anomalie: elenco.anomalie,
    voci: elenco.voci.map(({ nome, voce }) => ({ percorso: nome.slice(radice.length + 1), dimensione: voce.uncompressedSize, voce })),
    open: (letta) => zip.openReadStreamPromise(letta.voce),
    close: () => zip.close(),
  }
}

/** The whole content of one entry; undefined when it is longer than `massimo` or cannot be read. */
export async function readWhole(zip: Contenitore, voce: VoceLetta, massimo: number): Promise<Buffer | undefined> {
  if (voce.dimensione > massimo) return undefined
  const blocchi: Buffer[] = []
  let letti = 0
  try {
    for await (const blocco of await zip.open(voce)) {
      letti += (blocco as Buffer).length
      if (letti > massimo) return undefined
      blocchi.push(blocco as Buffer)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(blocchi)
}
