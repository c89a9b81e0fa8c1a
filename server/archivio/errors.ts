import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'
import type { CampoErrato } from '../kernel/errors.ts'

export function soloGestore(): Forbidden {
  return new Forbidden('solo-gestore-archivio', 'Lo decide il responsabile della gestione documentale o il vicario.')
}

export function assente(cosa: string): NotFound {
  return new NotFound('non-trovato', `${cosa} non esiste o non puoi vederlo.`)
}

export function datiErrati(campi: readonly CampoErrato[]): InvalidInput {
  const [first] = campi
  const testo = campi.length === 1 && first !== undefined ? first.messaggio : `${campi.length} campi da correggere.`
  return new InvalidInput('dati-da-correggere', testo, campi)
}

export function annoFuturo(): RuleViolation {
  return new RuleViolation('anno-futuro', 'L’anno non è ancora cominciato.', [
    { campo: 'anno', messaggio: 'L’anno non è ancora cominciato.' },
  ])
}

export function estrazioneInCorso(): Conflict {
  return new Conflict('estrazione-in-corso', 'Un’altra estrazione dello stesso anno è appena finita: aggiorna la pagina.')
}

export function serieEsistente(): Conflict {
  return new Conflict('serie-esistente', 'Per questo anno c’è già una serie con lo stesso criterio.')
}

export function serieGiaChiusa(): Conflict {
  return new Conflict('serie-gia-chiusa', 'La serie è già chiusa.')
}

export function annoNonFinito(anno: number): RuleViolation {
  return new RuleViolation('anno-non-finito', `La serie è del ${anno}: si chiude quando l’anno è finito.`)
}

export function serieVuota(): RuleViolation {
  return new RuleViolation('serie-vuota', 'La serie non ha elementi: non si chiude.')
}

/** Fascicoli that cannot pass, each with its reason: nothing passes. */
export function nonPassano(motivi: readonly string[]): RuleViolation {
  return new RuleViolation(
    'passaggio-non-ammesso',
    motivi.length === 1 ? (motivi[0] as string) : `${motivi.length} elementi non possono passare. Nessuno è passato.`,
    motivi.map((messaggio) => ({ campo: 'fascicoli', messaggio })),
  )
}

export function elencoVuoto(): InvalidInput {
  const messaggio = 'Scegli almeno un fascicolo o una serie.'
  return new InvalidInput('elenco-vuoto', messaggio, [{ campo: 'fascicoli', messaggio }])
}

export function chiaveUsata(): RuleViolation {
  return new RuleViolation('chiave-gia-usata', 'Questa chiave di idempotenza è già stata usata per una richiesta diversa.')
}

export function nonPrelevabile(codice: string): RuleViolation {
  return new RuleViolation(
    'non-prelevabile',
    `Il fascicolo ${codice} non è in archivio di deposito né nella sezione storica: non si preleva.`,
  )
}

export function giaRichiesto(codice: string): Conflict {
  return new Conflict('prelievo-in-corso', `Il fascicolo ${codice} è già richiesto o già fuori dall’archivio.`)
}

export function prelievoAltrove(): Conflict {
  return new Conflict('prelievo-cambiato', 'Il prelievo non è più in questo stato: aggiorna la pagina.')
}

export function fuoriDallArchivio(codice: string): string {
  return `Il fascicolo ${codice} è fuori dall’archivio: prima va restituito.`
}
