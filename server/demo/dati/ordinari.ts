import { addDays, romeDay } from '../../kernel/time.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { NuovaRegistrazioneEntrata } from '../../protocollo/index.ts'
import { openFascicolo, reassign, refuse, takeCharge } from './atti.ts'
import type { Fascicolo } from './atti.ts'
import { lavorativoDopo, romeInstant } from './calendario.ts'
import { makeAllegato, makeLettera, makeScansione, nomeLettera } from './carte.ts'
import type { Caso } from './caso.ts'
import { modelli } from './modelli.ts'
import type { Chi, Modello } from './modelli.ts'
import { createRiempimento } from './riempimento.ts'
import type { Corrispondente, Rubrica } from './rubrica.ts'
import { named } from './trama.ts'
import type { Arrivo, Registrazione, Scena, Trama } from './trama.ts'

type Mezzo = NuovaRegistrazioneEntrata['mezzo']

/** How each kind of correspondent writes, with weights. */
const MEZZI: Readonly<Record<Chi, readonly (readonly [Mezzo, number])[]>> = {
  persona: [
    ['A_MANO', 35],
    ['PEC', 30],
    ['PORTALE', 15],
    ['PEO', 10],
    ['POSTA', 10],
  ],
  professionista: [
    ['PEC', 90],
    ['PORTALE', 10],
  ],
  impresa: [
    ['PEC', 85],
    ['PEO', 15],
  ],
  associazione: [
    ['PEC', 60],
    ['A_MANO', 40],
  ],
  amministrazione: [['PEC', 100]],
}
/** Who answers in an ente with fewer offices. */
const SUPPLENTI: Readonly<Record<string, string>> = {
  SUE: 'UTC',
  POL: 'UTC',
  SUAP: 'UTC',
  TRI: 'RAG',
  LEG: 'RAG',
  SCU: 'SOC',
  CUL: 'SOC',
  SEG: 'DEM',
}

/** A letter of a kind with everything filled in: what a registration and a message of the queue are both made from. */
export interface Lettura {
  readonly modello: Modello
  readonly mittente: Corrispondente
  readonly oggetto: string
  readonly corpo: readonly string[]
  readonly giorno: string
}

/** Writes a letter of a kind, dated `giorno`. */
export function writeLettura(caso: Caso, rubrica: Rubrica, modello: Modello, giorno: string): Lettura {
  const people: Readonly<Record<Chi, readonly Corrispondente[]>> = {
    persona: rubrica.persone,
    professionista: rubrica.professionisti,
    impresa: rubrica.imprese,
    associazione: rubrica.associazioni,
    amministrazione: rubrica.amministrazioni,
  }
  const fill = createRiempimento(caso, giorno)
  return { modello, mittente: caso.scegli(people[modello.chi]), oggetto: fill(modello.oggetto), corpo: modello.corpo.map(fill), giorno }
}

/** Plans the registrations of the ordinary days and what the offices do with them. `registratori`: who registers, the first most often. */
export function planOrdinari(o: {
  scena: Scena
  trama: Trama
  caso: Caso
  rubrica: Rubrica
  istanti: readonly Date[]
  registratori: readonly Scope[]
}): void {
  for (const [i, quando] of o.istanti.entries()) {
    const caso = o.caso.figlio(String(i))
    const modello = caso.scegliPesato(modelli, (m) => m.peso)
    const chi = o.registratori[caso.vero(0.3) ? o.registratori.length - 1 : 0]
    if (chi === undefined) throw new Error('nobody registers')
    const r = o.trama.arrivo(buildArrivo(o.scena, caso, o.rubrica, modello, quando, chi))
    planSeguito(o.scena, o.trama, caso.figlio('seguito'), r, modello)
  }
}

function officeOf(scena: Scena, ufficio: string): string {
  return scena.ente.uffici.has(ufficio) ? ufficio : (SUPPLENTI[ufficio] ?? ufficio)
}

function buildArrivo(scena: Scena, caso: Caso, rubrica: Rubrica, modello: Modello, quando: Date, chi: Scope): Arrivo {
  const giorno = addDays(romeDay(quando), -caso.intero(0, 4))
  const l = writeLettura(caso, rubrica, modello, giorno)
  const [mezzo] = caso.scegliPesato(MEZZI[modello.chi], ([, peso]) => peso)
  const carta = mezzo === 'A_MANO' || mezzo === 'POSTA'
  const ufficio = officeOf(scena, modello.ufficio)
  const conoscenza = [...new Set((modello.conoscenza ?? []).map((u) => officeOf(scena, u)))].filter((u) => u !== ufficio)
  const allegati = caso.vero(0.42) ? modello.allegati.map((genere) => makeAllegato(genere, { ...l, caso })) : []
  const lettera = { ...l, ente: scena.ente.ente.denominazione, ufficio: 'Ufficio protocollo', allegati: allegati.map((a) => a.descrizione) }
  const amministrazione = modello.chi === 'amministrazione' ? `${caso.intero(100, 9800)}/${giorno.slice(0, 4)}` : undefined
  return {
    quando,
    arrivato: new Date(quando.getTime() - delay(caso, mezzo)),
    chi,
    da: [l.mittente],
    oggetto: l.oggetto,
    mezzo,
    formazione: carta ? 'scansione' : mezzo === 'PORTALE' ? 'file' : 'messaggio',
    voce: modello.voce,
    ufficio,
    conoscenza,
    tipologia: modello.tipologia,
    dataDocumento: giorno,
    ...(amministrazione === undefined ? {} : { protocolloMittente: amministrazione }),
    principale: carta
      ? makeScansione(`scansione-${caso.cifre(4)}.pdf`, caso, lettera)
      : makeLettera(
          nomeLettera(modello.tipologia, caso),
          amministrazione === undefined ? lettera : { ...lettera, protocollo: amministrazione },
        ),
    allegati,
  }
}

/** How long a document waits to be registered, in milliseconds: some came in the evening before. */
function delay(caso: Caso, mezzo: Mezzo): number {
  const minutes = mezzo === 'A_MANO' ? caso.intero(1, 6) : caso.vero(0.2) ? caso.intero(600, 1080) : caso.intero(4, 150)
  return minutes * 60_000
}

/** What the office does: most take charge in a day or two, some refuse, some let it lie, some go on to a fascicolo. */
function planSeguito(scena: Scena, trama: Trama, caso: Caso, r: Registrazione, modello: Modello): void {
  const { arrivo } = r
  const later = (giorni: number): Date =>
    new Date(
      romeInstant(lavorativoDopo(romeDay(arrivo.quando), giorni), '08:00:00').getTime() +
        caso.intero(0, 330) * 60_000 +
        caso.intero(0, 59) * 1000,
    )
  const capo = scena.squadra.capo(arrivo.ufficio)
  if (caso.vero(0.07)) {
    const other = caso.scegli([...scena.ente.uffici.keys()].filter((u) => u !== arrivo.ufficio && u !== 'PROT'))
    trama.atto(later(1), async () => await refuse(capo, r, 'Riguarda un altro ufficio.'))
    if (caso.vero(0.55)) trama.atto(later(2), async () => await reassign(scena.squadra.protocollo, r, named(scena.ente.uffici, other)))
    return
  }
  if (caso.vero(0.11)) return
  const presa = caso.intero(1, 3)
  trama.atto(later(presa), async () => await takeCharge(capo, r))
  const { fascicolo } = modello
  if (fascicolo === undefined || arrivo.ufficio !== modello.ufficio || !caso.vero(0.35)) return
  const f: Fascicolo = { id: '', versione: 0 }
  const apertura = {
    voce: fascicolo.voce,
    ufficio: arrivo.ufficio,
    tipo: 'procedimento amministrativo' as const,
    oggetto: arrivo.oggetto,
    procedimento: { materia: fascicolo.materia, denominazione: fascicolo.procedimento, termineGiorni: fascicolo.giorni },
    visibile: caso.vero(0.6),
  }
  trama.atto(later(presa + 1), async () => await openFascicolo(scena, trama, capo, apertura, r, f))
}
