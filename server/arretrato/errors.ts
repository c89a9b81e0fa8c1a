import { InvalidInput, NotFound } from '../kernel/errors.ts'

export function documentoNonInArretrato(): NotFound {
  return new NotFound('documento-non-in-arretrato', 'Il documento non è tra gli arretrati che puoi vedere: forse è già stato sistemato.')
}

export function soglieInvertite(): InvalidInput {
  return new InvalidInput('soglie-invertite', 'La seconda soglia deve venire dopo la prima.', [
    { campo: 'giorniRgd', messaggio: 'Scrivi più giorni di quelli del responsabile dell’ufficio.' },
  ])
}
