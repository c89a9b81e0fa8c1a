import { NotAuthenticated, NotFound } from '../kernel/errors.ts'

/** Absent, of somebody else or not open to the citizen: the answer is the same. */
export function praticaAssente(): NotFound {
  return new NotFound('pratica-assente', 'Questa pratica non esiste o non è tua.')
}

export function documentoNonTuo(): NotFound {
  return new NotFound('documento-assente', 'Questo documento non esiste o non è tuo.')
}

export function identitaAssente(): NotAuthenticated {
  return new NotAuthenticated('sessione-assente', 'Entra con la tua identità digitale.')
}
