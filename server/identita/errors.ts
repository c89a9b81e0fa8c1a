import type { RifiutoIdentita } from '../ports/identita.ts'
import { Forbidden, NotAuthenticated, NotFound } from '../kernel/errors.ts'

export const sessioneAssente = () => new NotAuthenticated('accesso-richiesto', 'Per continuare devi accedere.')
export const enteSconosciuto = (slug: string) => new NotFound('ente-sconosciuto', `Non c’è nessun ente «${slug}».`)
export const soloOperatori = () => new Forbidden('solo-operatori', 'Questa pagina è degli uffici: accedi come operatore.')
export const soloCittadini = () => new Forbidden('solo-cittadini', 'L’area personale si apre con la tua identità digitale di cittadino.')
export const soloAmministratore = () => new Forbidden('solo-amministratore', 'La cabina è riservata all’amministratore dell’associazione.')
export const senzaIncarichi = () => new Forbidden('senza-incarichi', 'Non hai incarichi in questo ente.')
export const senzaPermesso = () => new Forbidden('permesso-mancante', 'Il tuo incarico in questo ente non consente questa operazione.')

/** A login that does not succeed: shown as a page with a real HTTP error (REQ-ID-006), never as data. */
export class AccessoRifiutato extends Error {
  readonly codice: RifiutoIdentita['rifiuto']
  constructor(rifiuto: RifiutoIdentita) {
    super(rifiuto.messaggio)
    this.name = 'AccessoRifiutato'
    this.codice = rifiuto.rifiuto
  }
}

export const indirizzoIncompleto = () =>
  new AccessoRifiutato({
    rifiuto: 'risposta-non-valida',
    messaggio: 'L’indirizzo di accesso non è completo: torna alla pagina di accesso e riprova.',
  })
export const accessoNonIniziato = () =>
  new AccessoRifiutato({
    rifiuto: 'risposta-non-valida',
    messaggio: 'Questo accesso non è stato iniziato da qui oppure è scaduto: torna alla pagina di accesso e riprova.',
  })
export const senzaCodiceFiscale = () =>
  new AccessoRifiutato({
    rifiuto: 'identita-incompleta',
    messaggio: 'La tua identità digitale non comunica un codice fiscale valido: senza non possiamo sapere quali pratiche sono tue.',
  })
export const livelloInsufficiente = () =>
  new AccessoRifiutato({
    rifiuto: 'livello-insufficiente',
    messaggio: 'Per l’area personale serve un’identità digitale di livello 2: accedi di nuovo e scegli il livello 2.',
  })
export const operatoreSconosciuto = () =>
  new AccessoRifiutato({
    rifiuto: 'identita-incompleta',
    messaggio: 'Ti abbiamo riconosciuto, ma non sei tra gli operatori di questo servizio: chiedi all’amministratore di aggiungerti.',
  })
