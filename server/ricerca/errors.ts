import { NotFound, RuleViolation } from '../kernel/errors.ts'

/** A search cannot be shared with an office of which the person is not. */
export const ufficioNonTuo = (): RuleViolation =>
  new RuleViolation('ufficio-non-tuo', 'Puoi condividere una ricerca solo con un ufficio di cui fai parte.', [
    { campo: 'ufficioId', messaggio: 'Non fai parte di questo ufficio.' },
  ])

/** The long work is not there, or is another person's: the answer is the same. */
export const lavoroAssente = (): NotFound => new NotFound('lavoro-assente', 'Il lavoro non esiste.')

/** The work left no file, or its seven days are over. */
export const risultatoAssente = (): NotFound =>
  new NotFound('risultato-assente', 'Il risultato non c’è o è scaduto: i risultati restano disponibili per 7 giorni.')
