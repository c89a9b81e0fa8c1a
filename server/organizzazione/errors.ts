import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'
import type { CampoErrato } from '../kernel/errors.ts'

export function datiOrganizzazione(campi: readonly CampoErrato[]): InvalidInput {
  return new InvalidInput('dati-da-correggere', campi[0]?.messaggio ?? 'Ci sono dati da correggere.', campi)
}

export function ufficioAssente(): NotFound {
  return new NotFound('ufficio-assente', 'L’ufficio non esiste o è già chiuso.')
}

export function ufficioEsistente(): Conflict {
  return new Conflict('ufficio-esistente', 'C’è già un ufficio con questo codice.', [
    { campo: 'codice', messaggio: 'Codice già usato da un altro ufficio, anche chiuso: scegline un altro.' },
  ])
}

export function riorganizzazioneAssente(): NotFound {
  return new NotFound('riorganizzazione-assente', 'La riorganizzazione non esiste o non è più da eseguire.')
}

export function incaricoAssente(): NotFound {
  return new NotFound('incarico-assente', 'L’incarico non esiste o è già terminato.')
}

export function personaAssente(): NotFound {
  return new NotFound('persona-assente', 'La persona non è tra quelle dell’ente: indicala con il suo codice fiscale.')
}

/** REQ-PROT-140: who writes is a natural person known by his codice fiscale. */
export function accountNonPersonale(): RuleViolation {
  return new RuleViolation(
    'account-non-personale',
    'Chi registra o lavora i documenti deve essere una persona identificata dal suo codice fiscale: un accesso condiviso non può averne l’incarico.',
    [{ campo: 'profilo', messaggio: 'Questo incarico si dà solo a una persona identificata dal suo codice fiscale.' }],
  )
}

/** REQ-PROT-004: one head of records management at a time for each AOO. */
export function responsabileGiaInCarica(): Conflict {
  return new Conflict(
    'responsabile-gia-in-carica',
    'In quelle date c’è già un responsabile della gestione documentale: termina prima il suo incarico.',
    [{ campo: 'dal', messaggio: 'Le date si sovrappongono all’incarico del responsabile in carica.' }],
  )
}

/** REQ-PROT-004: the coordinator exists only where there are several AOO. */
export function coordinatoreNonPrevisto(): RuleViolation {
  return new RuleViolation(
    'coordinatore-non-previsto',
    'Il coordinatore della gestione documentale si nomina solo dove ci sono più aree organizzative.',
  )
}

/** REQ-PROT-002: one general register for each AOO. */
export function registroGeneraleUnico(): Conflict {
  return new Conflict(
    'registro-generale-unico',
    'L’area organizzativa ha già il suo registro di protocollo generale: non se ne apre un altro.',
  )
}

/** REQ-PROT-002: sector registers and registers of internal protocol were abolished. */
export function registroVietato(): RuleViolation {
  return new RuleViolation(
    'registro-di-settore-vietato',
    'I protocolli di settore, di reparto e interni sono soppressi: tutto si registra nel protocollo generale (linee guida AgID, 3.4).',
  )
}

export function aooEsistente(): Conflict {
  return new Conflict('aoo-esistente', 'C’è già un’area organizzativa con questo codice IPA.', [
    { campo: 'codice', messaggio: 'Codice IPA già in uso.' },
  ])
}

export function aooAssente(): NotFound {
  return new NotFound('aoo-assente', 'L’area organizzativa non esiste.')
}

export function sostituzioneAssente(): NotFound {
  return new NotFound('sostituzione-assente', 'La sostituzione non esiste, è finita o non ti riguarda.')
}

export function sostituzioneAltrui(): Forbidden {
  return new Forbidden('sostituzione-altrui', 'Puoi indicare chi sostituisce te; le sostituzioni degli altri le dispone il responsabile.')
}

/** Nobody lends what was lent to him. */
export function delegaDiDelega(): RuleViolation {
  return new RuleViolation('delega-di-delega', 'Stai lavorando per conto di un’altra persona: la sostituzione la dispone chi è sostituito.')
}

export function nienteDaDelegare(): RuleViolation {
  return new RuleViolation(
    'niente-da-delegare',
    'Questa persona non ha incarichi delegabili in quelle date: il responsabile della gestione documentale si fa sostituire dal vicario, con il suo atto.',
    [{ campo: 'titolareId', messaggio: 'Nessun incarico delegabile.' }],
  )
}
