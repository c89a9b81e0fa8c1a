import { addDays, formatItalianDay } from '../kernel/time.ts'
import { fineSospensione } from '../procedimenti/index.ts'
import type { FattiTermine, Passo, RegoleTermini, Sospensione } from '../procedimenti/index.ts'
import type { NuovoEvento, PassoDto, TipoEvento } from './schema.ts'

/** An event as it was written. */
export interface Evento {
  readonly id: string
  readonly tipo: TipoEvento
  readonly riferitoId: string | null
  readonly giorno: string
  readonly giorni: number | null
}

/** What a term starts from. */
export interface Base {
  readonly avvio: string
  readonly giorni: number
  readonly unita: 'giorni' | 'giorni lavorativi'
}

/** Events that were not taken back. Pure. */
export function liveEventi<E extends Evento>(eventi: readonly E[]): E[] {
  const annulled = new Set(eventi.filter((e) => e.tipo === 'annullato').map((e) => e.riferitoId))
  return eventi.filter((e) => e.tipo !== 'annullato' && !annulled.has(e.id))
}

/** Day of the first live event of a kind that ends another one, or null. */
function endOf(live: readonly Evento[], tipo: TipoEvento, id: string): string | null {
  const days = live.filter((e) => e.tipo === tipo && e.riferitoId === id).map((e) => e.giorno)
  return days.toSorted()[0] ?? null
}

/**
 * The stretch of an event that stops the term, or null when it does not. Documents: once and 30 days at most (L. 241/1990 art. 2 c. 7); opinions and
 * technical evaluations: the days of artt. 16 and 17; notice of refusal: from the notice until ten days after the observations, or the end of the days to
 * present them (art. 10-bis as d.l. 76/2020 made it); observations that come later than those days change nothing. Pure.
 */
export function stretchOf(e: Evento, live: readonly Evento[], regole: RegoleTermini): Sospensione | null {
  const al = endOf(live, 'ripresa', e.id)
  switch (e.tipo) {
    case 'sospensione-documenti':
      return { dal: e.giorno, al, massimo: Math.min(e.giorni ?? regole.giorniSospensione, regole.giorniSospensione) }
    case 'parere':
      return { dal: e.giorno, al, massimo: e.giorni ?? regole.giorniParere }
    case 'valutazione':
      return { dal: e.giorno, al, massimo: e.giorni ?? regole.giorniValutazione }
    case 'sospensione-legge':
      return { dal: e.giorno, al, massimo: e.giorni }
    case 'preavviso':
      return { dal: e.giorno, al: endOfPreavviso(e, live, regole), massimo: null }
    default:
      return null
  }
}

function endOfPreavviso(e: Evento, live: readonly Evento[], regole: RegoleTermini): string {
  const received = endOf(live, 'preavviso-ricevuto', e.id) ?? e.giorno
  const limit = addDays(received, regole.giorniOsservazioni)
  const seen = endOf(live, 'osservazioni', e.id)
  return seen !== null && seen <= limit ? addDays(seen, regole.giorniRipresa) : limit
}

/** What the term depends on, from the events in any order. Pure. */
export function fattiOf(base: Base, eventi: readonly Evento[], regole: RegoleTermini): FattiTermine {
  const live = liveEventi(eventi)
  return {
    ...base,
    proroga: live.reduce((sum, e) => sum + (e.tipo === 'proroga' ? (e.giorni ?? 0) : 0), 0),
    sospensioni: live.flatMap((e) => stretchOf(e, live, regole) ?? []),
    interruzioni: live.filter((e) => e.tipo === 'interruzione').map((e) => ({ dal: e.giorno, al: endOf(live, 'ripresa', e.id) })),
  }
}

/** True while what the event waits for has not come and its days are not over. Pure. */
export function isAperto(e: Evento, live: readonly Evento[], regole: RegoleTermini, oggi: string): boolean {
  if (e.tipo === 'interruzione') return endOf(live, 'ripresa', e.id) === null
  const stretch = stretchOf(e, live, regole)
  if (stretch === null) return false
  const end = fineSospensione(stretch)
  return end === null || oggi < end
}

/** What a new event is judged by. */
export interface Contesto {
  readonly base: Base
  readonly eventi: readonly Evento[]
  readonly regole: RegoleTermini
  readonly iniziativa: 'parte' | 'ufficio'
  readonly termine: string | null
  readonly oggi: string
}

type Refusal = { readonly codice: string; readonly messaggio: string }
const ONCE: Readonly<Partial<Record<TipoEvento, string>>> = {
  'sospensione-documenti': 'Il termine si può sospendere per chiedere documenti una sola volta.',
  interruzione: 'Il termine si può interrompere una sola volta.',
  preavviso: 'Il preavviso di rigetto è già stato comunicato.',
}
const ENDS: Readonly<Partial<Record<TipoEvento, readonly TipoEvento[]>>> = {
  ripresa: ['sospensione-documenti', 'parere', 'valutazione', 'sospensione-legge', 'interruzione'],
  'preavviso-ricevuto': ['preavviso'],
  osservazioni: ['preavviso'],
}

/** Why an event may not be written, or null. Pure. */
export function refuseEvento(e: NuovoEvento & { readonly giorno: string }, c: Contesto): Refusal | null {
  if (e.giorno < c.base.avvio)
    return {
      codice: 'prima-dell-avvio',
      messaggio: `Il procedimento è cominciato il ${formatItalianDay(c.base.avvio)}: la data viene prima.`,
    }
  if (e.giorno > c.oggi) return { codice: 'nel-futuro', messaggio: 'La data è nel futuro.' }
  const live = liveEventi(c.eventi)
  if (e.tipo === 'annullato') return refuseAnnulment(e, live)
  const ends = ENDS[e.tipo]
  if (ends !== undefined) return refuseEnd(e, ends, live)
  if (e.riferitoId !== undefined) return { codice: 'evento-senza-riferimento', messaggio: 'Questo evento non ne conclude un altro.' }
  const once = ONCE[e.tipo]
  if (once !== undefined && live.some((x) => x.tipo === e.tipo)) return { codice: 'una-volta-sola', messaggio: once }
  if (e.tipo === 'preavviso')
    return c.iniziativa === 'parte'
      ? null
      : { codice: 'preavviso-non-previsto', messaggio: 'Il preavviso di rigetto è dei procedimenti a istanza di parte.' }
  if (c.termine === null)
    return { codice: 'termine-interrotto', messaggio: 'Il termine è interrotto: prima registra ciò che lo fa ripartire.' }
  if (e.giorno > c.termine)
    return {
      codice: 'termine-scaduto',
      messaggio: `Il termine è scaduto il ${formatItalianDay(c.termine)}: non si può più sospendere, interrompere o prorogare.`,
    }
  if (e.tipo === 'proroga' && e.giorni === undefined)
    return { codice: 'giorni-mancanti', messaggio: 'Scrivi di quanti giorni è la proroga.' }
  if (e.tipo === 'sospensione-documenti' && (e.giorni ?? 0) > c.regole.giorniSospensione)
    return {
      codice: 'troppi-giorni',
      messaggio: `La sospensione per chiedere documenti dura al massimo ${c.regole.giorniSospensione} giorni.`,
    }
  return null
}

function refuseAnnulment(e: NuovoEvento, live: readonly Evento[]): Refusal | null {
  if (!live.some((x) => x.id === e.riferitoId))
    return { codice: 'evento-assente', messaggio: 'L’evento da annullare non c’è o è già annullato.' }
  if (live.some((x) => x.riferitoId === e.riferitoId))
    return { codice: 'evento-concluso', messaggio: 'Annulla prima l’evento che lo conclude.' }
  return null
}

function refuseEnd(e: NuovoEvento & { giorno: string }, ends: readonly TipoEvento[], live: readonly Evento[]): Refusal | null {
  const target = live.find((x) => x.id === e.riferitoId)
  if (target === undefined || !ends.includes(target.tipo))
    return { codice: 'evento-assente', messaggio: 'Indica quale sospensione, interruzione o preavviso si conclude.' }
  if (live.some((x) => x.tipo === e.tipo && x.riferitoId === target.id)) return { codice: 'evento-concluso', messaggio: 'È già concluso.' }
  if (e.giorno < target.giorno)
    return { codice: 'prima-dell-inizio', messaggio: `È cominciato il ${formatItalianDay(target.giorno)}: la data viene prima.` }
  return null
}

/** What was done of a step, oldest first. */
export interface FattoPasso {
  readonly passo: string
  readonly esito: string
  readonly motivo: string
  readonly giorno: string
  readonly documentoId: string | null
  readonly autore: string
}

/** The steps of the model as they stand: the last fact of each one decides. Pure. */
export function passiOf(passi: readonly Passo[], fatti: readonly FattoPasso[]): PassoDto[] {
  return passi.map((p) => {
    const last = fatti.filter((f) => f.passo === p.chiave).at(-1)
    if (last === undefined || last.esito === 'riaperto')
      return { ...p, stato: 'da fare', giorno: null, motivo: '', autore: null, documentoId: null }
    const { giorno, motivo, autore, documentoId } = last
    return { ...p, stato: last.esito === 'saltato' ? 'saltato' : 'fatto', giorno, motivo, autore, documentoId }
  })
}

/** The day from which silence means something: the one after the term, where the model gives it a meaning (L. 241/1990 art. 20). Pure. */
export function silenzioOf(silenzio: string, termine: string | null): string | null {
  return termine !== null && (silenzio === 'assenso' || silenzio === 'diniego') ? addDays(termine, 1) : null
}

/** Which notice an open practice deserves today: past its term, on it, or within a threshold of days; null when none. Pure. */
export function avvisoOf(termine: string, oggi: string, preavvisi: readonly number[]): string | null {
  if (oggi > termine) return 'scaduto'
  if (oggi === termine) return 'oggi'
  const near = preavvisi.toSorted((a, b) => a - b).find((d) => oggi >= addDays(termine, -d))
  return near === undefined ? null : `entro-${near}`
}
