import { Conflict, Forbidden, InvalidInput, NotFound } from '../kernel/errors.ts'

export function registroAssente(): NotFound {
  return new NotFound('registro-giornaliero-assente', 'Il registro giornaliero non esiste.')
}

export function registroNonTrovato(): NotFound {
  return new NotFound('registro-assente', 'Il registro non esiste.')
}

export function contenutoRiservato(): Forbidden {
  return new Forbidden(
    'registro-riservato',
    'Il registro contiene dati riservati: lo apre per intero il responsabile della gestione documentale o il suo vicario. Per gli altri c’è la copia per la consultazione.',
  )
}

export function soloResponsabile(): Forbidden {
  return new Forbidden(
    'solo-responsabile',
    'Il registro giornaliero lo rigenera e lo esporta il responsabile della gestione documentale o il suo vicario.',
  )
}

export function nessunGiorno(): NotFound {
  return new NotFound('nessun-registro', 'In questo periodo non c’è alcun registro giornaliero da esportare.')
}

export function periodoErrato(): InvalidInput {
  return new InvalidInput('periodo-errato', 'Il periodo non è valido.', [
    { campo: 'al', messaggio: 'L’ultimo giorno viene dopo il primo e dista al massimo un anno.' },
  ])
}

export function nonProdotto(motivo: string): Conflict {
  return new Conflict('registro-non-prodotto', motivo)
}

export function interruzioneAssente(): NotFound {
  return new NotFound('interruzione-assente', 'L’interruzione non esiste.')
}

export function interruzioneChiusa(): Conflict {
  return new Conflict('interruzione-chiusa', 'L’interruzione è già chiusa.')
}
