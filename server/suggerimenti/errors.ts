import { NotFound } from '../kernel/errors.ts'

export function ufficioAssente(): NotFound {
  return new NotFound('ufficio-assente', 'L’ufficio non esiste o non è più attivo.')
}

export function regolaAssente(): NotFound {
  return new NotFound('regola-assente', 'La regola non esiste o è già stata tolta.')
}
