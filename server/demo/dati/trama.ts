import type { ObjectStore } from '../../../storage/index.ts'
import { insertContenuti, storeBuffer } from '../../documenti/index.ts'
import type { Formazione, NuovoContenuto, Riservatezza } from '../../documenti/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, queryFound } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { registerInArrivoWithin } from '../../protocollo/index.ts'
import type { NuovaRegistrazioneEntrata } from '../../protocollo/index.ts'
import type { Squadra } from './ambito.ts'
import type { EnteCreato } from './enti.ts'
import type { Orologio } from './orologio.ts'
import type { Corrispondente } from './rubrica.ts'

/** A file still to be made. */
export interface FileDaFare {
  readonly nome: string
  readonly descrizione: string
  readonly crea: () => Promise<Buffer> | Buffer
}

/** A document that arrives and is registered. Codes, not ids: office and voice of the ente it arrives at. */
export interface Arrivo {
  readonly quando: Date
  /** When it reached the ente; absent: when it is registered. */
  readonly arrivato?: Date
  readonly chi: Scope
  readonly da: readonly Corrispondente[]
  readonly oggetto: string
  readonly mezzo: NuovaRegistrazioneEntrata['mezzo']
  readonly formazione: Formazione
  readonly voce: string
  readonly ufficio: string
  readonly conoscenza?: readonly string[]
  readonly tipologia: NuovaRegistrazioneEntrata['tipologia']
  readonly riservatezza?: Riservatezza
  readonly dataDocumento?: string
  readonly protocolloMittente?: string
  readonly principale: FileDaFare
  readonly allegati: readonly FileDaFare[]
}

/** A registration of the plot: filled when its moment has come. */
export interface Registrazione {
  id: string
  documentoId: string
  readonly arrivo: Arrivo
}

/** An ente at work, with everything its plot needs. */
export interface Scena {
  readonly ente: EnteCreato
  readonly squadra: Squadra
  readonly store: ObjectStore
  readonly orologio: Orologio
}

interface Atto {
  readonly quando: Date
  readonly svolgi: () => Promise<void>
}

const INSIEME = 8

/** What happens in an ente, act by act: collected in any order, performed in the order of time. */
export class Trama {
  readonly #scena: Scena
  readonly #fine: Date
  readonly #atti: Atto[] = []
  readonly #registrazioni: Registrazione[] = []
  readonly #contenuti = new Map<FileDaFare, NuovoContenuto>()
  #fascicoli = 0
  #altrove = 0

  /** Acts later than `fine` have not happened yet and are left out. */
  constructor(scena: Scena, fine: Date) {
    this.#scena = scena
    this.#fine = fine
  }

  get registrazioni(): number {
    return this.#registrazioni.length + this.#altrove
  }

  get fascicoli(): number {
    return this.#fascicoli
  }

  /** Plans an arrival. Throws when it would be in the future. */
  arrivo(arrivo: Arrivo): Registrazione {
    if (arrivo.quando > this.#fine) throw new Error(`an arrival in the future: ${arrivo.oggetto}`)
    const registrazione: Registrazione = { id: '', documentoId: '', arrivo }
    this.#registrazioni.push(registrazione)
    this.#atti.push({ quando: arrivo.quando, svolgi: async () => await this.#register(registrazione) })
    return registrazione
  }

  /** Plans any other act; answers false, and nothing will happen, when its moment has not come yet. */
  atto(quando: Date, svolgi: () => Promise<void>): boolean {
    if (quando > this.#fine) return false
    this.#atti.push({ quando, svolgi })
    return true
  }

  /** Counts a registration that one of the acts makes by another road. */
  contaRegistrazione(): void {
    this.#altrove++
  }

  /** Counts a fascicolo that was opened. */
  contaFascicolo(): void {
    this.#fascicoli++
  }

  /** Makes every file, then performs every act at its instant; two acts never share one. */
  async svolgi(): Promise<void> {
    await this.#prepare()
    let last = 0
    for (const atto of this.#atti.toSorted((a, b) => a.quando.getTime() - b.quando.getTime())) {
      last = Math.max(atto.quando.getTime(), last + 1000)
      await this.#scena.orologio.sposta(new Date(last))
      await atto.svolgi()
    }
  }

  /** Files go to the store some at a time: their bytes are on disk before any number is taken. */
  async #prepare(): Promise<void> {
    const queue = this.#registrazioni.flatMap(({ arrivo }) =>
      [arrivo.principale, ...arrivo.allegati].map((file) => ({ file, scope: arrivo.chi })),
    )
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const bytes = await next.file.crea()
        this.#contenuti.set(next.file, await storeBuffer(next.scope, this.#scena.store, bytes, next.file.nome))
      }
    }
    await Promise.all(Array.from({ length: INSIEME }, work))
  }

  async #register(r: Registrazione): Promise<void> {
    const { arrivo } = r
    const files = [arrivo.principale, ...arrivo.allegati].map((file) => ({
      ...file,
      contenuto: this.#contenuti.get(file) as NuovoContenuto,
    }))
    await inTransaction(arrivo.chi, async (tx) => {
      await insertContenuti(
        tx,
        files.map((f) => f.contenuto),
      )
      const { id } = await registerInArrivoWithin(tx, this.#request(arrivo, files), newId())
      const row = await queryFound<{ documentoId: string }>(
        tx,
        'no registration',
        'select documento_id as "documentoId" from registrazione where ente_id = $1 and id = $2',
        [tx.ente.id, id],
      )
      Object.assign(r, { id, documentoId: row.documentoId })
    })
  }

  #request(arrivo: Arrivo, files: readonly { nome: string; descrizione: string; contenuto: NuovoContenuto }[]): NuovaRegistrazioneEntrata {
    const [principale, ...allegati] = files.map((f) => ({ contenutoId: f.contenuto.id, nome: f.nome, descrizione: f.descrizione }))
    if (principale === undefined) throw new Error('an arrival has a document')
    const { uffici, voci } = this.#scena.ente
    return {
      oggetto: arrivo.oggetto,
      mittenti: arrivo.da.map((c) => c.soggetto),
      mezzo: arrivo.mezzo,
      dataArrivo: (arrivo.arrivato ?? arrivo.quando).toISOString(),
      ...(arrivo.dataDocumento === undefined ? {} : { dataDocumento: arrivo.dataDocumento }),
      ...(arrivo.protocolloMittente === undefined
        ? {}
        : {
            protocolloMittente: {
              numero: arrivo.protocolloMittente,
              ...(arrivo.dataDocumento === undefined ? {} : { data: arrivo.dataDocumento }),
            },
          }),
      voceId: named(voci, arrivo.voce),
      assegnazione: { ufficioId: named(uffici, arrivo.ufficio) },
      perConoscenza: (arrivo.conoscenza ?? []).map((u) => named(uffici, u)),
      documento: { ...principale, formazione: arrivo.formazione },
      allegati,
      tipologia: arrivo.tipologia,
      riservatezza: arrivo.riservatezza ?? 'ORDINARIO',
      note: '',
    }
  }
}

/** The id behind a code; throws when the ente does not have it. */
export function named(ids: ReadonlyMap<string, string>, codice: string): string {
  const id = ids.get(codice)
  if (id === undefined) throw new Error(`no ${codice}`)
  return id
}
