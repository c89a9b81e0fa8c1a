import type { Scope } from '../../../kernel/scope.ts'
import { addDays, romeDay } from '../../../kernel/time.ts'
import { fileIn, openFascicolo, takeCharge } from '../atti.ts'
import type { Apertura, Fascicolo } from '../atti.ts'
import { lavorativoPrima, romeInstant } from '../calendario.ts'
import { makeAllegato, makeLettera, makeScansione } from '../carte.ts'
import type { Caso } from '../caso.ts'
import type { Firmatario } from '../documenti/firma.ts'
import type { GenereAllegato } from '../modelli.ts'
import type { Corrispondente, Rubrica } from '../rubrica.ts'
import type { Arrivo, FileDaFare, Registrazione, Scena, Trama } from '../trama.ts'

/** What a story is told with. */
export interface Contesto {
  readonly scena: Scena
  readonly trama: Trama
  readonly caso: Caso
  readonly rubrica: Rubrica
  readonly firmatario: Firmatario
  /** The professional who signs. */
  readonly professionista: Corrispondente
  readonly seme: string
  /** Today, in Rome. */
  readonly oggi: string
  readonly piena: boolean
}

/** The instant of a working day before today. */
export function moment(c: Contesto, giorniFa: number, ora: string): Date {
  return romeInstant(lavorativoPrima(c.oggi, giorniFa), ora.length === 5 ? `${ora}:00` : ora)
}

/** An arrival of a story in few words; what is not said is a certified mail message of the day before, registered by Lidia. */
export interface ArrivoBreve {
  readonly giorniFa: number
  readonly ora: string
  readonly da: readonly Corrispondente[]
  readonly oggetto: string
  readonly corpo: readonly string[]
  readonly voce: string
  readonly ufficio: string
  readonly mezzo?: Arrivo['mezzo']
  readonly tipologia?: Arrivo['tipologia']
  readonly riservatezza?: NonNullable<Arrivo['riservatezza']>
  readonly conoscenza?: readonly string[]
  readonly nome?: string
  readonly principale?: FileDaFare
  readonly allegati?: readonly (GenereAllegato | FileDaFare)[]
  readonly protocolloMittente?: string
}

/** Plans an arrival of a story. */
export function arrive(c: Contesto, a: ArrivoBreve): Registrazione {
  const quando = moment(c, a.giorniFa, a.ora)
  const [mittente] = a.da
  if (mittente === undefined) throw new Error('nobody sends')
  const giorno = addDays(romeDay(quando), -1)
  const caso = c.caso.figlio(a.oggetto)
  const mezzo = a.mezzo ?? 'PEC'
  const carta = mezzo === 'A_MANO' || mezzo === 'NOTIFICA'
  const spedizione = { caso, mittente, oggetto: a.oggetto, giorno }
  const allegati = (a.allegati ?? []).map((x) => (typeof x === 'string' ? makeAllegato(x, spedizione) : x))
  const lettera = {
    mittente,
    ente: c.scena.ente.ente.denominazione,
    ufficio: 'Ufficio protocollo',
    giorno,
    oggetto: a.oggetto,
    corpo: a.corpo,
    allegati: allegati.map((x) => x.descrizione),
    ...(a.protocolloMittente === undefined ? {} : { protocollo: a.protocolloMittente }),
  }
  const nome = a.nome ?? 'istanza.pdf'
  return c.trama.arrivo({
    quando,
    arrivato: new Date(quando.getTime() - (carta ? 3 : 25) * 60_000),
    chi: c.scena.squadra.protocollo,
    da: a.da,
    oggetto: a.oggetto,
    mezzo,
    formazione: carta ? 'scansione' : mezzo === 'PORTALE' ? 'file' : 'messaggio',
    voce: a.voce,
    ufficio: a.ufficio,
    conoscenza: a.conoscenza ?? [],
    tipologia: a.tipologia ?? 'Istanza',
    riservatezza: a.riservatezza ?? 'ORDINARIO',
    dataDocumento: giorno,
    ...(a.protocolloMittente === undefined ? {} : { protocolloMittente: a.protocolloMittente }),
    principale: a.principale ?? (carta ? makeScansione(nome, caso, lettera) : makeLettera(nome, lettera)),
    allegati,
  })
}

/** The office takes charge and opens the fascicolo: two acts of the same morning. */
export function open(c: Contesto, capo: Scope, r: Registrazione, giorniFa: number, ora: string, apertura: Apertura): Fascicolo {
  const f: Fascicolo = { id: '', versione: 0 }
  const quando = moment(c, giorniFa, ora)
  c.trama.atto(quando, async () => await takeCharge(capo, r))
  c.trama.atto(new Date(quando.getTime() + 150_000), async () => await openFascicolo(c.scena, c.trama, capo, apertura, r, f))
  return f
}

/** The office takes charge of a later document and puts it in the fascicolo. */
export function follow(
  c: Contesto,
  capo: Scope,
  f: Fascicolo,
  r: Registrazione,
  giorniFa: number,
  ora: string,
  scelta?: { readonly area: 'comune' | 'riservata'; readonly motivo: string },
): void {
  const quando = moment(c, giorniFa, ora)
  c.trama.atto(quando, async () => await takeCharge(capo, r))
  c.trama.atto(new Date(quando.getTime() + 90_000), async () => await fileIn(capo, f, r, scelta))
}
