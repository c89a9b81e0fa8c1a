import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation, Unavailable } from '../kernel/errors.ts'
import type { CampoErrato } from '../kernel/errors.ts'

export function datiDaCorreggere(campi: readonly CampoErrato[]): InvalidInput {
  const first = campi[0]
  return new InvalidInput(
    'dati-da-correggere',
    campi.length === 1 && first !== undefined ? first.messaggio : `${campi.length} campi da correggere. Nessun numero è stato assegnato.`,
    campi,
  )
}

export function registroAssente(): NotFound {
  return new NotFound('registro-assente', 'Il registro non esiste o non è attivo.')
}

/** An emergency register was closed and its rows are not in yet: they come before any ordinary number (TUDA 63 c. 5; REQ-PROT-085). */
export function registroSospeso(): Conflict {
  return new Conflict(
    'registro-in-attesa-di-recupero',
    'Prima vanno recuperate le registrazioni del registro di emergenza: la registrazione ordinaria riprende subito dopo. Nessun numero è stato assegnato.',
  )
}

export function registrazioneAssente(): NotFound {
  return new NotFound('registrazione-assente', 'La registrazione non esiste o non puoi vederla.')
}

/** The same key with another request: a client's mistake that must never create a second number. */
export function chiaveGiaUsata(): RuleViolation {
  return new RuleViolation(
    'chiave-gia-usata',
    'Questa chiave di idempotenza è già stata usata per una richiesta diversa. Nessun numero è stato assegnato.',
  )
}

export function orologioIndietro(): Unavailable {
  return new Unavailable(
    'orologio-indietro',
    'L’orologio della base dati è tornato indietro: la registrazione è sospesa finché non viene corretto. Nessun numero è stato assegnato.',
  )
}

export function nonVisibile(): Forbidden {
  return new Forbidden('documento-non-visibile', 'Non hai visibilità su questo documento.')
}

export function assegnazioneAssente(): NotFound {
  return new NotFound('assegnazione-assente', 'L’assegnazione non esiste o non riguarda i tuoi uffici.')
}

export function assegnazioneChiusa(): Conflict {
  return new Conflict('assegnazione-chiusa', 'L’assegnazione è già stata lavorata da qualcun altro: aggiorna l’elenco.')
}

export function sottoclasseRiservata(): RuleViolation {
  return new RuleViolation('sottoclasse-riservata', 'La sottoclasse la assegna il responsabile di settore: scegli titolo e classe.', [
    { campo: 'voceId', messaggio: 'Scegli titolo e classe: la sottoclasse la assegna il responsabile di settore.' },
  ])
}

export function sigilloInCorso(): Conflict {
  return new Conflict('sigillo-in-corso', 'Il sigillo della segnatura è in corso: riprova tra qualche secondo.')
}

export function copiaNonDisponibile(): NotFound {
  return new NotFound(
    'copia-non-disponibile',
    'Non c’è una copia con la segnatura: il documento è firmato, non è un PDF, oppure la copia è ancora in preparazione.',
  )
}

export function classificazioneUguale(): RuleViolation {
  return new RuleViolation('classificazione-uguale', 'Il documento ha già questa classificazione.')
}

/** Who may register what is the table of specification §14: heads of an office send out and inside what their office formed. */
export function registrazioneNonConsentita(tipo: 'E' | 'U' | 'I'): Forbidden {
  return new Forbidden(
    'registrazione-non-consentita',
    tipo === 'E'
      ? 'La registrazione in entrata spetta agli operatori di protocollo. Nessun numero è stato assegnato.'
      : 'Puoi registrare solo documenti formati dai tuoi uffici. Nessun numero è stato assegnato.',
  )
}

/** The number is taken and invisible; the seal is completed later (decision 17, REQ-PROT-036). */
export function sigilloNonDisponibile(): Unavailable {
  return new Unavailable(
    'sigillo-non-disponibile',
    'Il sigillo della segnatura non è disponibile: la registrazione si completa da sola appena torna. Ripeti la richiesta con la stessa chiave per conoscerne l’esito; nulla è stato spedito.',
  )
}

export function scansioneNonAttesa(): Conflict {
  return new Conflict('scansione-non-attesa', 'La registrazione ha già il suo documento: la scansione non è attesa.')
}

export function soloResponsabile(): Forbidden {
  return new Forbidden('solo-responsabile', 'Spetta al responsabile della gestione documentale o al vicario in carica oggi.')
}

export function differimentoEsistente(): Conflict {
  return new Conflict('differimento-esistente', 'Questo provvedimento autorizza già un differimento.')
}

/** What arrives by a digital domicile or a portal is always registered (CAD 40-bis, 65; REQ-PROT-011). */
export function art40bis(): RuleViolation {
  return new RuleViolation(
    'ART_40BIS',
    'Quello che arriva al domicilio digitale o per via telematica si registra sempre (CAD art. 40-bis): registralo e inoltralo.',
    [{ campo: 'mezzo', messaggio: 'ART_40BIS: si registra sempre.' }],
  )
}

export function daRegistrareEInoltrare(): RuleViolation {
  return new RuleViolation(
    'da-registrare-e-inoltrare',
    'Il manuale di gestione prevede di registrare e inoltrare: la restituzione senza registrazione non è ammessa.',
  )
}

/** Between the choice of the voice and the number the day changed, and with it the version in force (REQ-TIT-021). */
export function titolarioCambiato(): RuleViolation {
  return new RuleViolation(
    'titolario-cambiato',
    'Da oggi vale un nuovo titolario: scegli di nuovo la classe. Nessun numero è stato assegnato.',
    [{ campo: 'voceId', messaggio: 'Scegli la classe del titolario in vigore da oggi.' }],
  )
}
