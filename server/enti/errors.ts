import { Conflict } from '../kernel/errors.ts'

export const enteEsistente = () =>
  new Conflict('ente-esistente', 'C’è già un ente con questo indirizzo o con questo codice IPA.', [
    { campo: 'slug', messaggio: 'Indirizzo o codice IPA già in uso.' },
  ])

/** A mailbox of another AOO cannot be the address of this one (REQ-PROT-005). */
export const casellaInUso = (campo: string) =>
  new Conflict('casella-in-uso', 'Questo indirizzo è già la casella di un’altra area organizzativa.', [
    { campo, messaggio: 'È già la casella di un’altra area organizzativa: indica quella pubblicata in IPA per questa.' },
  ])
