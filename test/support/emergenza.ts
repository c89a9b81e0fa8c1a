import type { DatiEmergenza, FattoEmergenza, SerieDocumento } from '../../server/emergenza/schema.ts'
import { nuovaRiga, scriviFile } from '../../web/src/moduli/emergenza/pagina/formato.ts'
import type { Riga, Voce } from '../../web/src/moduli/emergenza/pagina/formato.ts'
import { prossimoNumero, statoDi } from '../../web/src/moduli/emergenza/pagina/regole.ts'
import type { FattoEmergenza as FattoPagina } from '../../web/src/moduli/emergenza/tipi.ts'

/** Minimum a device needs to know of what it was given. */
export interface SerieProva {
  readonly testo: string
  readonly firma: string
  readonly documento: SerieDocumento
}

/** A device as the emergency page is one: the page's own code writes its journal and its file. `forza` writes what the page would refuse. */
export class Dispositivo {
  readonly serie: SerieProva
  readonly #chiave: CryptoKey
  righe: Riga[] = []

  constructor(serie: SerieProva, chiave: CryptoKey) {
    this.serie = serie
    this.#chiave = chiave
  }

  get voci(): Voce[] {
    return this.righe.map((r) => ({ ...r, fatto: JSON.parse(r.dati) as FattoPagina }))
  }

  get stato() {
    return statoDi(this.serie.documento, this.voci)
  }

  async scrivi(fatto: Record<string, unknown> & { tipo: FattoEmergenza['tipo'] }): Promise<void> {
    const whole = { ...fatto, operatore: 'Noemi Serra', scritto: '2026-12-31T10:00:00.000Z' } as unknown as FattoPagina
    this.righe = [...this.righe, await nuovaRiga(this.serie.testo, this.righe, whole)]
  }

  async apri(inizio: string, causa = 'Assenza di rete', provvedimento = 'Nota 1/2026'): Promise<void> {
    await this.scrivi({ tipo: 'apertura', causa, inizio, provvedimento, autorizzataDa: 'Marta Colonna' })
  }

  async autorizza(dal: string, al: string, provvedimento = 'Decreto 2/2026'): Promise<void> {
    await this.scrivi({ tipo: 'autorizzazione', provvedimento, autorizzataDa: 'Marta Colonna', dal, al })
  }

  /** A row at that instant, with the next number of the series. Answers the number. */
  async registra(istante: string, dati: DatiEmergenza): Promise<string> {
    const next = prossimoNumero(this.serie.documento, this.stato, Date.parse(istante))
    await this.scrivi({ tipo: 'registrazione', ...next, istante, trascritta: false, dati })
    return next.numero
  }

  async giornata(giorno: string, totale: number): Promise<void> {
    await this.scrivi({ tipo: 'giornata', giorno, totale })
  }

  async chiudi(ripristino: string): Promise<void> {
    await this.scrivi({ tipo: 'chiusura', ripristino })
  }

  async file(): Promise<string> {
    return await scriviFile(this.serie.testo, this.serie.firma, this.righe, this.#chiave)
  }
}

/** The key of a device, and its public half as the activation wants it. */
export async function newDeviceKey(): Promise<{ privata: CryptoKey; pubblica: { x: string; y: string } }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return { privata: pair.privateKey, pubblica: { x, y } }
}

/** Complete data of an incoming paper document; whatever is given replaces the default. */
export function datiEntrata(ids: { voceId: string; ufficioId: string }, changes: Partial<DatiEmergenza> = {}): DatiEmergenza {
  return {
    flusso: 'E',
    oggetto: 'Richiesta di occupazione di suolo',
    corrispondenti: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio' }],
    mezzo: 'A_MANO',
    dataArrivo: '2026-12-30T08:00:00.000Z',
    dataDocumento: null,
    protocolloMittente: null,
    voce: { id: ids.voceId, nome: 'VI/3 Edilizia privata' },
    ufficio: { id: ids.ufficioId, nome: 'Sportello unico edilizia' },
    perConoscenza: [],
    tipologia: 'Istanza',
    riservatezza: 'ORDINARIO',
    note: '',
    documento: null,
    descrizioneCartaceo: 'Lettera di due fogli',
    ...changes,
  }
}
