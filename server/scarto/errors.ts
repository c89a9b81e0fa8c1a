import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'

export const proceduraAssente = (): NotFound => new NotFound('scarto-assente', 'La procedura di scarto non esiste.')
export const voceAssente = (): NotFound => new NotFound('voce-scarto-assente', 'La voce di scarto non esiste in questa procedura.')
export const vincoloAssente = (): NotFound => new NotFound('vincolo-assente', 'Il vincolo non esiste.')

/** An act out of its order: the text says what comes first. */
export const fuoriOrdine = (messaggio: string): RuleViolation => new RuleViolation('scarto-fuori-ordine', messaggio)
export const composizioneInCorso = (): Conflict =>
  new Conflict('scarto-in-composizione', 'La proposta si sta ancora componendo: aspetta che finisca.')
export const passoNonAmmesso = (da: string, a: string): RuleViolation =>
  new RuleViolation('passo-non-ammesso', `Questa voce non può passare da «${da}» a «${a}».`)
export const giaFatto = (messaggio: string): Conflict => new Conflict('scarto-gia-fatto', messaggio)
export const vincolata = (): RuleViolation =>
  new RuleViolation('voce-vincolata', 'Il fascicolo ha ancora un vincolo o un motivo che lo ferma: prima va tolto.')
/** Who proposed a disposal does not order it. */
export const ordineDellaStessaPersona = (): Forbidden =>
  new Forbidden('ordine-della-stessa-persona', 'Hai proposto tu questo scarto: l’ordine di distruzione lo dà un’altra persona.')
export const registrazioneNonTrovata = (campo: string): InvalidInput =>
  new InvalidInput('registrazione-non-trovata', 'Il numero di protocollo non c’è o non puoi vederlo.', [
    { campo: `${campo}.numero`, messaggio: 'Controlla anno e numero di protocollo.' },
  ])
export const registrazioneSbagliata = (campo: string, tipo: 'E' | 'U'): InvalidInput =>
  new InvalidInput('registrazione-di-altro-tipo', 'La registrazione indicata non va bene per questo passo.', [
    {
      campo: `${campo}.numero`,
      messaggio: tipo === 'E' ? 'Serve una registrazione in entrata, non annullata.' : 'Serve una registrazione in uscita, non annullata.',
    },
  ])
export const internoMancante = (): InvalidInput =>
  new InvalidInput('richiesta-interno-mancante', 'Lo scarto comprende documenti riservati: serve anche il Ministero dell’interno.', [
    { campo: 'registrazioneInterno', messaggio: 'Indica il protocollo in uscita verso il Ministero dell’interno.' },
  ])
export const vociEstranee = (): InvalidInput =>
  new InvalidInput('voci-estranee', 'Alcune voci rifiutate non attendono una risposta in questa procedura.', [
    { campo: 'rifiutate', messaggio: 'Scegli tra le voci richieste.' },
  ])
export const giornoNonAmmesso = (campo: string, messaggio: string): InvalidInput =>
  new InvalidInput('giorno-non-ammesso', messaggio, [{ campo, messaggio }])
export const fascicoloScartato = (): RuleViolation =>
  new RuleViolation('fascicolo-scartato', 'Il fascicolo è già stato scartato: un vincolo non può più fermarlo.')
export const fascicoloNonTrovato = (): InvalidInput =>
  new InvalidInput('fascicolo-non-trovato', 'Il fascicolo non c’è o non puoi vederlo.', [
    { campo: 'fascicolo', messaggio: 'Scrivi il codice del fascicolo come si legge nella sua pagina.' },
  ])
