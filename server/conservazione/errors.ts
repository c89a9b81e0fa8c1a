import { Conflict, Forbidden, NotFound, RuleViolation } from '../kernel/errors.ts'

export function versamentoAssente(): NotFound {
  return new NotFound('versamento-assente', 'Il versamento non esiste.')
}

export function pacchettoNonPronto(): Conflict {
  return new Conflict('pacchetto-non-pronto', 'Il pacchetto non è ancora pronto: riprova tra qualche secondo.')
}

export function rapportoAssente(): Conflict {
  return new Conflict('rapporto-assente', 'Il conservatore non ha ancora risposto con il rapporto di versamento.')
}

export function pacchettoRiservato(): Forbidden {
  return new Forbidden(
    'pacchetto-riservato',
    'Il contenuto del pacchetto lo scarica il responsabile della gestione documentale o il suo vicario.',
  )
}

export function soloProduttore(): Forbidden {
  return new Forbidden(
    'solo-produttore',
    'Il versamento lo ripete il responsabile della gestione documentale o il suo vicario, che ne sono i produttori.',
  )
}

export function giaConservato(): RuleViolation {
  return new RuleViolation('gia-conservato', 'Il fascicolo è già conservato: il versamento non si ripete.')
}

export function rifiutato(): RuleViolation {
  return new RuleViolation(
    'versamento-rifiutato',
    'Il conservatore ha rifiutato il contenuto: gli stessi byte sarebbero rifiutati di nuovo. Leggi le anomalie e correggi i dati.',
  )
}
