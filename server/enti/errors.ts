import { Conflict } from '../kernel/errors.ts'

export const enteEsistente = () =>
  new Conflict('ente-esistente', 'C’è già un ente con questo indirizzo o con questo codice IPA.', [
    { campo: 'slug', messaggio: 'Indirizzo o codice IPA già in uso.' },
  ])
