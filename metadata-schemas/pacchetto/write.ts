import { createHash } from 'node:crypto'
import { pipeline, Transform } from 'node:stream'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { PacchettoNonComponibile } from './model.ts'
import type { PacchettoComposto, VocePacchetto } from './model.ts'

/**
 * One date for every entry, given in local fields because the ZIP format has no time zone: whatever the machine's zone, the bytes are these. Entries are
 * stored, not deflated: the size is known before writing, and no version of a compressor can change a digest.
 */
const ENTRY = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true } as const

/** Passes the bytes on and refuses to end when they are not those of the snapshot. */
function verifier(voce: VocePacchetto): Transform {
  const hash = createHash('sha256')
  let contati = 0
  const altered = (): PacchettoNonComponibile =>
    new PacchettoNonComponibile('SORGENTE_ALTERATA', `Il file ${voce.percorso} non è più quello registrato.`, voce.percorso)
  return new Transform({
    transform(blocco: Buffer, _codifica, fatto) {
      contati += blocco.length
      hash.update(blocco)
      if (contati > voce.dimensione) fatto(altered())
      else fatto(null, blocco)
    },
    flush(fatto) {
      fatto(contati === voce.dimensione && hash.digest('hex') === voce.sha256 ? null : altered())
    },
  })
}

function hasher(): { flusso: Transform; esito: () => { sha256: string; dimensione: number } } {
  const hash = createHash('sha256')
  let dimensione = 0
  const flusso = new Transform({
    transform(blocco: Buffer, _codifica, fatto) {
      hash.update(blocco)
      dimensione += blocco.length
      fatto(null, blocco)
    },
  })
  return { flusso, esito: () => ({ sha256: hash.digest('hex'), dimensione }) }
}

export interface ScritturaPacchetto {
  /** The container, one pass, bounded memory. It fails with PacchettoNonComponibile rather than end with a wrong or missing file. */
  readonly flusso: Readable
  /** Bytes the container will have, known from the start. */
  readonly dimensione: number
  /** Resolves when the last byte was read by the consumer; rejects with the reason when the container was not completed. */
  readonly esito: Promise<{ readonly sha256: string; readonly dimensione: number }>
}

function addEntry(zip: ZipFile, radice: string, voce: VocePacchetto, fail: (errore: unknown) => void, open: Set<Readable>): void {
  const nome = `${radice}/${voce.percorso}`
  const { contenuto } = voce
  if (Buffer.isBuffer(contenuto)) {
    zip.addBuffer(contenuto, nome, ENTRY)
    return
  }
  zip.addReadStreamLazy(nome, { ...ENTRY, size: voce.dimensione }, (consegna) => {
    const start = async (): Promise<void> => {
      const sorgente = await contenuto()
      const controllo = verifier(voce)
      open.add(sorgente)
      pipeline(sorgente, controllo, (errore) => {
        open.delete(sorgente)
        if (errore instanceof PacchettoNonComponibile) fail(errore)
        else if (errore)
          fail(new PacchettoNonComponibile('SORGENTE_ILLEGGIBILE', `Il file ${voce.percorso} non si legge.`, voce.percorso, errore))
      })
      consegna(null, controllo)
    }
    start().catch((errore: unknown) =>
      fail(new PacchettoNonComponibile('SORGENTE_ILLEGGIBILE', `Il file ${voce.percorso} non si apre.`, voce.percorso, errore)),
    )
  })
}

/**
 * Writes the package as a ZIP with one root folder named `idPdv` (REQ-CONS-036): index first, fixed order and times, no directory entries. Each source is
 * opened when its turn comes and its digest recomputed while it passes (REQ-CONS-026): a difference breaks the stream, so a partial package is never
 * mistaken for a whole one (it has no central directory). Same package, same bytes (REQ-CONS-033).
 */
export function streamPacchetto(composto: PacchettoComposto): ScritturaPacchetto {
  const zip = new ZipFile()
  const { flusso, esito } = hasher()
  const open = new Set<Readable>()
  const fail = (errore: unknown): void => {
    flusso.destroy(errore instanceof Error ? errore : new Error(String(errore)))
  }
  zip.on('error', fail)
  for (const voce of composto.voci) addEntry(zip, composto.idPdv, voce, fail, open)
  let dimensione = 0
  const end = zip.end.bind(zip) as (opzioni: undefined, calcolata: (byte: number) => void) => void
  end(undefined, (byte) => {
    dimensione = byte
  })
  const finito = new Promise<{ sha256: string; dimensione: number }>((resolve, reject) => {
    flusso.once('end', () => resolve(esito()))
    pipeline(zip.outputStream, flusso, (errore) => {
      for (const sorgente of open) sorgente.destroy()
      if (errore) reject(errore)
    })
  })
  // a consumer that only reads the stream learns of the failure there: the promise must not become an unhandled rejection
  finito.catch(() => undefined)
  return { flusso, dimensione, esito: finito }
}
