import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What the simulator declares when the bytes are in: a receipt, not a judgement. */
export interface PresaInCarico {
  readonly ricevuta: string
  readonly idPdv: string
  readonly sha256: string
  readonly dimensione: number
  readonly ricevutoIl: string
}

/** Facts of a judged package that the simulator needs later: numbering of the reports and count of the refusals. */
export interface Giudizio {
  readonly progressivo: number
  readonly esito: string
  readonly chiave: string
}

export type EsitoDeposito =
  | { readonly tipo: 'preso'; readonly presa: PresaInCarico; readonly nuovo: boolean }
  | { readonly tipo: 'diverso' | 'incompleto' | 'grande' }

/**
 * The folder of the simulator: one subfolder a package with its ZIP, its receipt and, once judged, the report. Everything appears by rename, so a crash
 * leaves either nothing or the whole thing.
 */
export class ArchivioSimulatore {
  private readonly cartella: string
  private readonly massimo: number

  private constructor(cartella: string, massimo: number) {
    this.cartella = cartella
    this.massimo = massimo
  }

  static async open(cartella: string, massimo: number): Promise<ArchivioSimulatore> {
    await mkdir(join(cartella, 'pacchetti'), { recursive: true })
    await rm(join(cartella, 'in-arrivo'), { recursive: true, force: true })
    await mkdir(join(cartella, 'in-arrivo'))
    return new ArchivioSimulatore(cartella, massimo)
  }

  path(idPdv: string, file: string): string {
    return join(this.cartella, 'pacchetti', idPdv, file)
  }

  private async text(idPdv: string, file: string): Promise<string | null> {
    try {
      return await readFile(this.path(idPdv, file), 'utf8')
    } catch (errore) {
      if ((errore as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw errore
    }
  }

  async receipt(idPdv: string): Promise<PresaInCarico | null> {
    const testo = await this.text(idPdv, 'presa-in-carico.json')
    return testo === null ? null : (JSON.parse(testo) as PresaInCarico)
  }

  report(idPdv: string): Promise<string | null> {
    return this.text(idPdv, 'rapporto.xml')
  }

  /** Every package held, judged or not. */
  async packages(): Promise<string[]> {
    return (await readdir(join(this.cartella, 'pacchetti'))).sort()
  }

  async judgements(): Promise<Giudizio[]> {
    const testi = await Promise.all((await this.packages()).map((idPdv) => this.text(idPdv, 'giudizio.json')))
    return testi.filter((testo) => testo !== null).map((testo) => JSON.parse(testo) as Giudizio)
  }

  /** Stores the bytes of a package once. The same bytes again give the first receipt; other bytes under the same identifier are not taken. */
  async deposit(p: { idPdv: string; pacchetto: Readable; attesa: string | null; adesso: Date }): Promise<EsitoDeposito> {
    const cartella = join(this.cartella, 'in-arrivo', randomBytes(8).toString('hex'))
    await mkdir(cartella)
    try {
      const scritto = await this.receive(p.pacchetto, join(cartella, 'pacchetto.zip'))
      if (scritto === null) return { tipo: 'grande' }
      if (p.attesa !== null && p.attesa !== scritto.sha256) return { tipo: 'incompleto' }
      const presa: PresaInCarico = {
        ricevuta: `PIC-${scritto.sha256.slice(0, 16)}`,
        idPdv: p.idPdv,
        ...scritto,
        ricevutoIl: p.adesso.toISOString(),
      }
      await writeFile(join(cartella, 'presa-in-carico.json'), JSON.stringify(presa))
      return await this.claim(cartella, presa)
    } finally {
      await rm(cartella, { recursive: true, force: true })
    }
  }

  private async claim(cartella: string, presa: PresaInCarico): Promise<EsitoDeposito> {
    try {
      await rename(cartella, join(this.cartella, 'pacchetti', presa.idPdv))
      return { tipo: 'preso', presa, nuovo: true }
    } catch (errore) {
      const esistente = await this.receipt(presa.idPdv)
      if (esistente === null) throw errore
      return esistente.sha256 === presa.sha256 ? { tipo: 'preso', presa: esistente, nuovo: false } : { tipo: 'diverso' }
    }
  }

  private async receive(pacchetto: Readable, file: string): Promise<{ sha256: string; dimensione: number } | null> {
    const hash = createHash('sha256')
    let dimensione = 0
    const { massimo } = this
    const misura = new Transform({
      transform(blocco: Buffer, _codifica, fatto) {
        dimensione += blocco.length
        hash.update(blocco)
        if (dimensione > massimo) fatto(new Error('too big'))
        else fatto(null, blocco)
      },
    })
    try {
      await pipeline(pacchetto, misura, createWriteStream(file))
    } catch (errore) {
      if (dimensione > massimo) return null
      throw errore
    }
    return { sha256: hash.digest('hex'), dimensione }
  }

  /** The judgement first, the report last: a report that exists is final. */
  async store(idPdv: string, xml: string, giudizio: Giudizio): Promise<void> {
    await writeFile(this.path(idPdv, 'giudizio.json'), JSON.stringify(giudizio))
    await writeFile(this.path(idPdv, 'rapporto.parziale'), xml)
    await rename(this.path(idPdv, 'rapporto.parziale'), this.path(idPdv, 'rapporto.xml'))
  }
}
