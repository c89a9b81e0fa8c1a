import { Conflict, Forbidden, NotFound, RuleViolation } from '../kernel/errors.ts'

export function richiestaAssente(): NotFound {
  return new NotFound('richiesta-assente', 'La richiesta non esiste o non puoi vederla.')
}

export function richiestaDecisa(): Conflict {
  return new Conflict('richiesta-decisa', 'La richiesta è già stata decisa da qualcun altro: aggiorna l’elenco.')
}

/** The remedy of a wrong annulment is a new registration (REQ-PROT-051). */
export function giaAnnullata(): RuleViolation {
  return new RuleViolation(
    'gia-annullata',
    'La registrazione è annullata: l’annullamento non si annulla. Il rimedio è una nuova registrazione collegata con «sostituisce».',
  )
}

export function richiestaPendente(): RuleViolation {
  return new RuleViolation('richiesta-pendente', 'C’è già una richiesta da decidere per questo dato.')
}

export function valoreUguale(): RuleViolation {
  return new RuleViolation('valore-uguale', 'Il valore corretto è uguale a quello in vigore.', [
    { campo: 'valore', messaggio: 'Scrivi un valore diverso da quello in vigore.' },
  ])
}

export function datoAssente(): RuleViolation {
  return new RuleViolation('dato-assente', 'La registrazione non ha questo dato: non c’è niente da rettificare.')
}

/** A datum of class A: only the whole registration can be annulled (REQ-PROT-046). */
export function datoAutomatico(): RuleViolation {
  return new RuleViolation(
    'dato-automatico',
    'La data di arrivo certificata dal messaggio o dal portale non si rettifica: se è sbagliata si annulla tutta la registrazione.',
  )
}

export function soloRgd(): Forbidden {
  return new Forbidden('solo-responsabile', 'Decide il responsabile della gestione documentale o il vicario.')
}

export function flussoAperto(motivo: string): RuleViolation {
  return new RuleViolation('flusso-aperto', `Non si può annullare adesso: ${motivo}`)
}

export function confermaMancante(): RuleViolation {
  return new RuleViolation(
    'conferma-destinatario',
    'Il documento è già uscito: conferma che il destinatario sarà informato, oppure prepara un nuovo documento che lo annulla e sostituisce.',
    [{ campo: 'confermaDestinatario', messaggio: 'Conferma che il destinatario sarà informato.' }],
  )
}

export function valoreCambiato(): Conflict {
  return new Conflict('valore-cambiato', 'Il dato è cambiato dopo la richiesta: rifiutala e chiedi una nuova rettifica.')
}

export function livelloUguale(): RuleViolation {
  return new RuleViolation('livello-uguale', 'Livello, scadenza e lettori sono già questi.')
}

export function accessoAssente(): NotFound {
  return new NotFound('accesso-assente', 'L’accesso non esiste.')
}

export function accessoChiuso(): Conflict {
  return new Conflict('accesso-chiuso', 'L’accesso è già stato chiuso.')
}

export function operatoreAssente(): NotFound {
  return new NotFound('operatore-assente', 'La persona non esiste o non ha incarichi in questo ente.')
}

export function verificaNonTua(): Forbidden {
  return new Forbidden('verifica-non-consentita', 'Che cosa vede un’altra persona lo verifica chi governa gli accessi.')
}

export function consegnaSoloUscita(): RuleViolation {
  return new RuleViolation('consegna-solo-uscita', 'La consegna si segue solo per un documento in uscita.')
}

/** The channel has receipts of its own, and they alone move the state (CAD art. 48). */
export function consegnaConRicevute(): RuleViolation {
  return new RuleViolation('consegna-con-ricevute', 'Per questo canale lo stato lo dicono le ricevute: non si scrive a mano.')
}

export function consegnaGiaScritta(): Conflict {
  return new Conflict(
    'consegna-gia-scritta',
    'La consegna è già a questo punto o più avanti: lo stato non torna indietro. Aggiorna la pagina.',
  )
}

export function annullamentoNonDovuto(): RuleViolation {
  return new RuleViolation(
    'comunicazione-non-dovuta',
    'La registrazione non è un documento in entrata annullato che veniva da un’altra amministrazione: non c’è nulla da comunicare.',
  )
}

export function annullamentoInPreparazione(): Conflict {
  return new Conflict('annullamento-in-preparazione', 'Il messaggio di annullamento è in preparazione: riprova tra qualche secondo.')
}

export function annullamentoGiaComunicato(): Conflict {
  return new Conflict('annullamento-gia-comunicato', 'L’annullamento è già stato comunicato.')
}
