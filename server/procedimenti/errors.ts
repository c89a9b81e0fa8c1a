import { Conflict, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'
import type { CampoErrato } from '../kernel/errors.ts'

export function procedimentoAssente(): NotFound {
  return new NotFound('procedimento-assente', 'Il procedimento non esiste.')
}

export function codiceProcedimentoUsato(codice: string): Conflict {
  return new Conflict('codice-gia-usato', `Il codice ${codice} è già di un altro procedimento.`)
}

export function modelloSuperato(): Conflict {
  return new Conflict('versione-superata', 'Il modello è cambiato mentre lo guardavi: aggiorna la pagina e ripeti.')
}

export function modelloUguale(): RuleViolation {
  return new RuleViolation('modello-uguale', 'Il modello è uguale alla versione in vigore: non c’è nulla da cambiare.')
}

export function statoUguale(): RuleViolation {
  return new RuleViolation('stato-uguale', 'Il procedimento è già in questo stato.')
}

export function datiModello(campi: readonly CampoErrato[]): InvalidInput {
  const first = campi[0]
  return new InvalidInput(
    'dati-da-correggere',
    campi.length === 1 && first !== undefined ? first.messaggio : `${campi.length} campi da correggere.`,
    campi,
  )
}
