import { Forbidden } from '../kernel/errors.ts'

export function tracciaNonConsentita(): Forbidden {
  return new Forbidden('traccia-non-consentita', 'Il tuo profilo non legge la traccia delle operazioni.')
}

export function verificaNonConsentita(): Forbidden {
  return new Forbidden('verifica-non-consentita', 'La verifica dei registri spetta a chi vigila su tutto l’ente.')
}
