import { normalizeCodiceFiscale, senzaOmocodia } from '../../codici/index.ts'
import { cleanLine, isBlank } from '../../xml/index.ts'
import type { AnniDiConservazione } from '../literals.ts'
import type { Opz } from '../models/shared.ts'
import type { Contesto, Riscontro } from './types.ts'

const FATTI: Readonly<Record<keyof Contesto, string>> = {
  oggi: 'il giorno di emissione',
  pubblicaAmministrazione: 'se il titolare è una pubblica amministrazione',
  servizio: 'il profilo del servizio di conservazione',
  gravita: 'la configurazione delle gravità',
  improntePerIdentificativo: 'l’impronta del file conservato',
  conservazioneDelPiano: 'il tempo previsto dal piano di conservazione',
  registrazione: 'la registrazione del sistema',
  dataDocumento: 'il giorno da cui il documento esiste',
  aoo: 'l’AOO titolare del registro',
  scambioInternoAoo: 'se lo scambio è tra uffici della stessa AOO',
  voceClassificazione: 'lo stato della voce di titolario',
  formatoProprietario: 'la natura del formato',
  controlloFirme: 'l’esito del controllo di firme, sigilli e marche',
  firmaNelFile: 'se il file contiene una firma',
  attestazione: 'se esiste l’attestazione di conformità',
  aggregazioni: 'le aggregazioni che contengono il documento',
  completaAltroDocumento: 'se il documento ne completa un altro',
  annullato: 'se la registrazione è annullata',
  versionePrecedente: 'la versione precedente',
  numeroDestinatari: 'il numero dei destinatari della registrazione',
  prodottoAutomaticamente: 'se il documento è prodotto da un sistema',
  ufficiAssegnatari: 'gli uffici assegnatari',
  fascicoloDiProcedimento: 'se il fascicolo è di un procedimento',
  progressivoUnico: 'se il progressivo è unico',
  chiusa: 'se l’aggregazione è chiusa',
  parteCartacea: 'se l’aggregazione ha una parte cartacea',
  sottofascicolo: 'se l’aggregazione è un sottofascicolo',
  antenati: 'la catena delle aggregazioni superiori',
  passaggi: 'il numero dei passaggi in carico',
  amministrazioniDelProcedimento: 'le amministrazioni che partecipano al procedimento',
  segnatureDocumenti: 'le segnature dei documenti',
}

/** A violation at this place; the message says what to do. */
export function violata(percorso: string, messaggio: string): Riscontro {
  return { stato: 'violata', percorso, messaggio }
}

/** The rule could not be judged here for want of this fact. */
export function nonVerificata(percorso: string, fatto: keyof Contesto): Riscontro {
  return { stato: 'non verificata', percorso, messaggio: `Regola non verificata: il sistema non ha indicato ${FATTI[fatto]}.` }
}

/** Equality of codes and names as people compare them: white space at the ends and case do not count. */
export function same(a: Opz<string>, b: Opz<string>): boolean {
  return a !== null && a !== undefined && b !== null && b !== undefined && cleanLine(a).toLowerCase() === cleanLine(b).toLowerCase()
}

interface Persona {
  readonly cognome?: Opz<string>
  readonly nome?: Opz<string>
  readonly codiceFiscale?: Opz<string>
}

/** The same natural person: by codice fiscale (omocodia set aside) when both have one, by surname and name otherwise. */
export function samePerson(a: Persona, b: Persona): boolean {
  if (!isBlank(a.codiceFiscale) && !isBlank(b.codiceFiscale)) {
    return senzaOmocodia(normalizeCodiceFiscale(a.codiceFiscale ?? '')) === senzaOmocodia(normalizeCodiceFiscale(b.codiceFiscale ?? ''))
  }
  return same(a.cognome, b.cognome) && same(a.nome, b.nome)
}

/** Years as a number to compare: permanent is more than any. */
export function years(anni: AnniDiConservazione): number {
  return anni === 'permanente' ? Number.POSITIVE_INFINITY : anni
}

/** Day without time zone, comparable as a string. */
export function day(data: string): string {
  return cleanLine(data).slice(0, 10)
}

/** True when the end (day and optional time) comes before the start. Times count only when both are given on the same day. */
export function endsBefore(start: { data: string; ora?: Opz<string> }, end: { data: string; ora?: Opz<string> }): boolean {
  if (day(start.data) !== day(end.data)) return day(end.data) < day(start.data)
  return !isBlank(start.ora) && !isBlank(end.ora) && cleanLine(end.ora ?? '').slice(0, 8) < cleanLine(start.ora ?? '').slice(0, 8)
}

/** Form in which `same` compares. */
export function sameKey(valore: string): string {
  return cleanLine(valore).toLowerCase()
}

/** Positions (from 1) of the values that already occurred before, compared as `same` does. */
export function repeated(valori: readonly string[]): number[] {
  const seen = new Set<string>()
  return valori.flatMap((valore, indice) => {
    const key = sameKey(valore)
    if (seen.has(key)) return [indice + 1]
    seen.add(key)
    return []
  })
}
