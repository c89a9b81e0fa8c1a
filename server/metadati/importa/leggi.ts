import { createHash } from 'node:crypto'
import yauzl from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { checkModello, judgeSchema, MetadatiIllegibili, profiloOf, readModello } from '../../../metadata-schemas/allegato5/index.ts'
import type { Modello } from '../../../metadata-schemas/allegato5/index.ts'
import type { RapportoIstanza } from './schema.ts'

/** An archive that cannot be read, or would be too much once unpacked. `message` says why in Italian. */
export class ArchivioMetadatiIlleggibile extends Error {}

const MAX_FILE = 5 * 1024 * 1024
const MAX_ISTANZE = 500
const MAX_TOTALE = 50 * 1024 * 1024

/** One file to read: its name and bytes. */
export interface FileMetadati {
  readonly nome: string
  readonly bytes: Buffer
}

/** What a file turned out to be: its report and, when it can be read, the model. */
export interface IstanzaLetta {
  readonly file: FileMetadati
  readonly sha256: string
  readonly modello: Modello | null
  readonly rapporto: RapportoIstanza
}

function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004'
}

/** The files of an upload: itself, or every XML of the ZIP it is. Throws ArchivioMetadatiIlleggibile. */
export async function unpack(file: FileMetadati): Promise<FileMetadati[]> {
  if (!isZip(file.bytes)) {
    if (file.bytes.length > MAX_FILE) throw new ArchivioMetadatiIlleggibile(`${file.nome} è troppo grande per essere un file di metadati.`)
    return [file]
  }
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.fromBuffer(file.bytes, { lazyEntries: true }, (error, opened) => {
      if (error !== null) reject(new ArchivioMetadatiIlleggibile(`${file.nome} non è uno ZIP leggibile.`))
      else resolve(opened)
    })
  })
  return await new Promise((resolve, reject) => {
    const found: FileMetadati[] = []
    let total = 0
    const fail = (messaggio: string): void => {
      zip.close()
      reject(new ArchivioMetadatiIlleggibile(messaggio))
    }
    zip.on('error', () => fail(`${file.nome} è danneggiato.`))
    zip.on('end', () => resolve(found))
    zip.on('entry', (entry: Entry) => {
      if (!/\.xml$/iu.test(entry.fileName)) {
        zip.readEntry()
        return
      }
      total += entry.uncompressedSize
      if (entry.uncompressedSize > MAX_FILE || total > MAX_TOTALE || found.length >= MAX_ISTANZE) {
        fail(`${file.nome} contiene troppo: al massimo ${MAX_ISTANZE} file XML di 5 MB.`)
        return
      }
      readEntry(zip, entry).then(
        (bytes) => {
          found.push({ nome: entry.fileName.split('/').at(-1) ?? entry.fileName, bytes })
          zip.readEntry()
        },
        () => fail(`In ${file.nome} il file ${entry.fileName} è danneggiato.`),
      )
    })
    zip.readEntry()
  })
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) {
        reject(error)
        return
      }
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('error', reject)
      stream.on('end', () => resolve(Buffer.concat(chunks)))
    })
  })
}

/** Number, code or segnatura by which people know what the instance speaks of. */
function referenceOf(modello: Modello): string {
  if (modello.profilo === 'AGG') return modello.idAgg.id
  const { registro } = modello
  const segnatura = modello.profilo === 'DAI' ? (modello.idDoc.segnatura ?? '') : ''
  if (segnatura !== '') return segnatura
  return registro.tipo === 'nessuno' ? registro.numero : `${registro.codiceRegistro} ${registro.numero} del ${registro.data.slice(0, 10)}`
}

/**
 * Reads one instance leniently and judges it: schema, field by field; leniencies of the reading, one by one; rules, with the facts that can be known of
 * somebody else's document (the others are told apart as not verified and left out). `oggi` is the Rome day.
 */
export function readIstanza(file: FileMetadati, oggi: string): IstanzaLetta {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex')
  const base = { nome: file.nome, sha256, tolleranze: [], errori: [], esiti: [] }
  const refused = (messaggio: string, percorso = ''): IstanzaLetta => ({
    file,
    sha256,
    modello: null,
    rapporto: {
      ...base,
      leggibile: false,
      profilo: null,
      identificativo: '',
      oggetto: '',
      riferimento: '',
      errori: [{ percorso, riga: 0, messaggio }],
    },
  })
  const profilo = profiloOf(file.bytes)
  if (profilo === null) return refused('Non è un file di metadati dell’Allegato 5: la radice non è di un documento né di un’aggregazione.')
  try {
    const { modello, tolleranze } = readModello(profilo, file.bytes)
    const { errori } = judgeSchema(profilo, file.bytes)
    const esiti = checkModello(modello, { oggi, pubblicaAmministrazione: true })
      .filter((esito) => esito.stato === 'violata')
      .map((esito) => ({
        regola: esito.regola,
        gravita: esito.gravita === 'E' ? ('errore' as const) : ('avviso' as const),
        percorso: esito.percorso,
        messaggio: esito.messaggio,
      }))
    return {
      file,
      sha256,
      modello,
      rapporto: {
        ...base,
        leggibile: true,
        profilo,
        identificativo: modello.profilo === 'AGG' ? modello.idAgg.id : modello.idDoc.identificativo,
        oggetto: modello.chiaveDescrittiva.oggetto,
        riferimento: referenceOf(modello),
        tolleranze: [...tolleranze],
        errori: [...errori],
        esiti,
      },
    }
  } catch (error) {
    if (error instanceof MetadatiIllegibili) return refused(error.message, error.percorso)
    throw error
  }
}
