import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'
import type { CampoErrato } from '../kernel/errors.ts'

export function repertorioAssente(): NotFound {
  return new NotFound('repertorio-assente', 'Il repertorio non esiste.')
}

/** Absent, of another ente or not visible: the answer is the same. */
export function rigaAssente(): NotFound {
  return new NotFound('riga-assente', 'La registrazione di repertorio non esiste o non puoi vederla.')
}

export function datiRiga(campi: readonly CampoErrato[]): InvalidInput {
  const first = campi[0]
  return new InvalidInput(
    'dati-da-correggere',
    campi.length === 1 && first !== undefined ? first.messaggio : `${campi.length} campi da correggere. Nessun numero è stato assegnato.`,
    campi,
  )
}

export function codiceUsato(codice: string): Conflict {
  return new Conflict('codice-repertorio-usato', `Esiste già un repertorio con il codice ${codice}.`, [
    { campo: 'codice', messaggio: `Esiste già un repertorio con il codice ${codice}.` },
  ])
}

export function repertorioChiuso(denominazione: string): RuleViolation {
  return new RuleViolation('repertorio-chiuso', `Il repertorio «${denominazione}» è chiuso: non riceve nuove registrazioni.`)
}

export function repertorioDiAltroUfficio(ufficio: string): Forbidden {
  return new Forbidden('repertorio-di-altro-ufficio', `In questo repertorio registra ${ufficio}.`)
}

export function chiaveRiusata(): RuleViolation {
  return new RuleViolation(
    'chiave-gia-usata',
    'Questa chiave di idempotenza è già stata usata per una richiesta diversa. Nessun numero è stato assegnato.',
  )
}

export function mandatoUsato(mandato: string): RuleViolation {
  return new RuleViolation('mandato-gia-usato', `Il mandato ${mandato} ha già dei numeri: la sua numerazione non può ricominciare.`, [
    { campo: 'mandato', messaggio: `Il mandato ${mandato} ha già dei numeri.` },
  ])
}

export function richiestaGiaAperta(): Conflict {
  return new Conflict('richiesta-gia-aperta', 'C’è già una richiesta di annullamento da decidere.')
}

export function giaAnnullata(): RuleViolation {
  return new RuleViolation('registrazione-annullata', 'La registrazione è già annullata: un annullamento non si annulla.')
}

export function richiestaAssente(): NotFound {
  return new NotFound('richiesta-assente', 'La richiesta non esiste o è già stata decisa.')
}

export function trasmissioneNonInUscita(): RuleViolation {
  return new RuleViolation('trasmissione-non-in-uscita', 'La lettera di trasmissione è una registrazione in uscita.', [
    { campo: 'registrazioneId', messaggio: 'Scegli una registrazione in uscita.' },
  ])
}

export function trasmissioneSenzaRiferimento(etichetta: string): RuleViolation {
  return new RuleViolation(
    'trasmissione-senza-riferimento',
    `La lettera di trasmissione deve citare ${etichetta} nell’oggetto: così chi la legge ritrova l’atto.`,
    [{ campo: 'registrazioneId', messaggio: `L’oggetto della lettera non cita ${etichetta}.` }],
  )
}

export function nonPubblicabile(motivo: string): RuleViolation {
  return new RuleViolation('atto-non-pubblicabile', motivo)
}

export function giaPubblicato(etichetta: string): Conflict {
  return new Conflict('atto-gia-pubblicato', `L’atto è già all’albo con il numero ${etichetta}.`)
}

export function pubblicazioneAssente(): NotFound {
  return new NotFound('pubblicazione-assente', 'La pubblicazione non esiste.')
}

export function pubblicazioneConclusa(): RuleViolation {
  return new RuleViolation('pubblicazione-conclusa', 'La pubblicazione è già conclusa o ritirata.')
}

export function relataInCorso(): Conflict {
  return new Conflict('relata-in-corso', 'La relata sarà pronta quando la pubblicazione è conclusa.')
}

export function estrazioneEsistente(): Conflict {
  return new Conflict('estrazione-esistente', 'L’estrazione di questo periodo esiste già: un’estrazione non si rifà.')
}

export function periodoNonConcluso(): RuleViolation {
  return new RuleViolation('periodo-non-concluso', 'Il periodo non è ancora concluso: l’estrazione si fa dal giorno dopo.', [
    { campo: 'al', messaggio: 'Scegli un giorno già passato.' },
  ])
}
