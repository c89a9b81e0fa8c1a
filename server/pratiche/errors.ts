import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'
import type { CampoErrato } from '../kernel/errors.ts'

/** Absent, of another ente or in a fascicolo that may not be read: the answer is the same. */
export function praticaAssente(): NotFound {
  return new NotFound('pratica-assente', 'La pratica non esiste o non puoi vederla.')
}

export function attoNonConsentito(): Forbidden {
  return new Forbidden('azione-non-consentita', 'Questa decisione spetta al responsabile del procedimento o del settore.')
}

export function procedimentoNonAttivo(codice: string): RuleViolation {
  return new RuleViolation('procedimento-non-attivo', `Il procedimento ${codice} non è più in uso: scegline un altro.`)
}

export function voceSuperata(codice: string): RuleViolation {
  return new RuleViolation(
    'voce-superata',
    `La voce ${codice} del modello non è nel titolario in vigore: va scritta una nuova versione del modello.`,
  )
}

export function praticaGiaAperta(codice: string): Conflict {
  return new Conflict('pratica-gia-aperta', `Questa registrazione ha già aperto la pratica nel fascicolo ${codice}.`)
}

export function registrazioneAnnullata(): RuleViolation {
  return new RuleViolation('registrazione-annullata', 'La registrazione è annullata: non può aprire un procedimento.')
}

export function chiavePraticaUsata(): RuleViolation {
  return new RuleViolation(
    'chiave-gia-usata',
    'Questa chiave di idempotenza è già stata usata per una richiesta diversa. Nessuna pratica è stata aperta.',
  )
}

export function datiPratica(campi: readonly CampoErrato[]): InvalidInput {
  const first = campi[0]
  return new InvalidInput(
    'dati-da-correggere',
    campi.length === 1 && first !== undefined ? first.messaggio : `${campi.length} campi da correggere.`,
    campi,
  )
}

export function praticaConclusa(): Conflict {
  return new Conflict('pratica-conclusa', 'La pratica è già conclusa.')
}

export function eventoNonAmmesso(codice: string, messaggio: string): RuleViolation {
  return new RuleViolation(codice, messaggio)
}
