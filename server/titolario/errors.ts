import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'
import type { CampoErrato } from '../kernel/errors.ts'

export function titolarioAssente(): NotFound {
  return new NotFound('titolario-assente', 'Non c’è un titolario in vigore per questa area organizzativa: attivane una versione.')
}

export function voceAssente(): NotFound {
  return new NotFound('voce-assente', 'La voce di titolario non esiste: scegli titolo e classe dall’elenco.')
}

export function voceChiusa(codice: string, dal: string): RuleViolation {
  return new RuleViolation('voce-chiusa', `La voce ${codice} è chiusa dal ${dal}: scegline una in vigore.`, [
    { campo: 'voceId', messaggio: `La voce ${codice} è chiusa.` },
  ])
}

/** A voice of a version that is not in force: `oggi` are the codes that took its place. */
export function voceNonInVigore(codice: string, oggi: readonly string[]): RuleViolation {
  const scelta = oggi.length === 0 ? 'scegli una voce del titolario in vigore.' : `oggi corrisponde a ${oggi.join(' o ')}.`
  return new RuleViolation('voce-non-in-vigore', `La voce ${codice} non è del titolario in vigore: ${scelta}`, [
    { campo: 'voceId', messaggio: `${codice} non è del titolario in vigore: ${scelta}` },
  ])
}

export function soloTitolo(codice: string): RuleViolation {
  return new RuleViolation('classe-mancante', `Scegli titolo e classe: ${codice} è solo un titolo.`, [
    { campo: 'voceId', messaggio: 'Scegli titolo e classe.' },
  ])
}

export function versioneAssente(): NotFound {
  return new NotFound('versione-assente', 'Questa versione del titolario non esiste.')
}

export function gestioneRiservata(): Forbidden {
  return new Forbidden(
    'titolario-riservato',
    'Il titolario è modificato solo dal responsabile della gestione documentale o dal suo vicario.',
  )
}

export function nonInBozza(): Conflict {
  return new Conflict('titolario-adottato', 'Questa versione è già adottata: le modifiche si fanno in una nuova bozza.')
}

export function bozzaVuota(): RuleViolation {
  return new RuleViolation('titolario-vuoto', 'La bozza non ha voci: non si può adottare.')
}

export function datiTitolario(campi: readonly CampoErrato[]): InvalidInput {
  return new InvalidInput(
    'dati-da-correggere',
    campi.length === 1 ? '1 campo da correggere.' : `${campi.length} campi da correggere.`,
    campi,
  )
}

export function giaInVigore(): Conflict {
  return new Conflict('titolario-in-vigore', 'Questa versione è già in vigore: si sostituisce con una nuova, non si ritira.')
}

export function livelloEccessivo(livelli: number): RuleViolation {
  return new RuleViolation(
    'livello-eccessivo',
    `Questo titolario ha ${livelli} livelli: sotto questa voce non se ne possono aggiungere altre.`,
  )
}

export function codiceOccupato(codice: string): RuleViolation {
  return new RuleViolation('codice-occupato', `Il codice ${codice} è già di un’altra voce.`, [
    { campo: 'codice', messaggio: 'Codice già usato.' },
  ])
}

export function codiceNonValido(codice: string): InvalidInput {
  return new InvalidInput('codice-non-valido', `«${codice}» non è un codice sotto questa voce.`, [
    { campo: 'codice', messaggio: 'Il codice non sta sotto la voce scelta.' },
  ])
}

export function accorpamentoImpossibile(): RuleViolation {
  return new RuleViolation(
    'accorpamento-impossibile',
    'Si accorpano voci diverse dello stesso livello, nessuna delle quali contiene l’altra.',
  )
}

export function chiusuraPassata(): InvalidInput {
  return new InvalidInput('chiusura-passata', 'Una voce si chiude da un giorno a venire.', [
    { campo: 'dal', messaggio: 'Scegli un giorno dopo oggi.' },
  ])
}

export function voceGiaChiusa(codice: string): Conflict {
  return new Conflict('voce-gia-chiusa', `La voce ${codice} è già chiusa.`)
}

export function regolaAssente(): NotFound {
  return new NotFound('regola-assente', 'Questa regola di conservazione non esiste o è già revocata.')
}

export function regolaVuota(): InvalidInput {
  return new InvalidInput('regola-vuota', 'Scrivi gli anni, «permanente» oppure la condizione.', [
    { campo: 'anni', messaggio: 'Manca il tempo di conservazione.' },
  ])
}

export function sinonimoAssente(): NotFound {
  return new NotFound('sinonimo-assente', 'Questo gruppo di sinonimi non esiste.')
}
