import { Conflict, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'
import type { CampoErrato } from '../kernel/errors.ts'

export function datoDaCorreggere(campo: string, messaggio: string): InvalidInput {
  return new InvalidInput('dati-da-correggere', messaggio, [{ campo, messaggio }])
}

export function registroEmergenzaAssente(): NotFound {
  return new NotFound('registro-di-emergenza-assente', 'Il registro di emergenza non esiste.')
}

export function aperturaAssente(): NotFound {
  return new NotFound('apertura-assente', 'Questa apertura del registro di emergenza non esiste.')
}

export function serieAssente(): NotFound {
  return new NotFound('serie-assente', 'La serie non esiste.')
}

export function recuperoAssente(): NotFound {
  return new NotFound('recupero-assente', 'Il recupero non esiste.')
}

/** Two digits: the law and the manuals know no third one. */
export function registriEsauriti(): RuleViolation {
  return new RuleViolation('registri-esauriti', 'I registri di emergenza sono già novantanove: usane uno esistente.')
}

export function giaAperto(codice: string): Conflict {
  return new Conflict('registro-di-emergenza-gia-aperto', `Il registro ${codice} è già aperto: autorizza la prosecuzione oppure chiudilo.`)
}

export function giaChiusa(): Conflict {
  return new Conflict('apertura-gia-chiusa', 'Il registro di emergenza è già stato chiuso con il ripristino.')
}

export function giaRecuperata(): Conflict {
  return new Conflict('apertura-gia-recuperata', 'Le registrazioni di questa apertura sono già state recuperate.')
}

export function giaInDeroga(): Conflict {
  return new Conflict('deroga-gia-data', 'La registrazione ordinaria era già stata riaperta con una deroga.')
}

export function nonChiusa(): RuleViolation {
  return new RuleViolation('apertura-non-chiusa', 'Il registro di emergenza è ancora aperto: chiudilo con data e ora del ripristino.')
}

export function giornataGiaDichiarata(): Conflict {
  return new Conflict('giornata-gia-dichiarata', 'Il totale di questa giornata è già scritto e non si cambia.')
}

/** Total declared at the closing and day totals must agree (TUDA 63 c. 3; REQ-PROT-082). */
export function totaliDiversi(righe: number, giornate: number): RuleViolation {
  const messaggio = `Hai dichiarato ${righe} registrazioni, ma i totali delle giornate ne contano ${giornate}.`
  return new RuleViolation('totali-diversi', messaggio, [{ campo: 'righe', messaggio }])
}

export function serieGiaAffidata(): Conflict {
  return new Conflict('serie-gia-affidata', 'Il registro è già affidato a un dispositivo: revoca prima quella serie.')
}

export function serieNonAttivabile(): Conflict {
  return new Conflict('serie-non-attivabile', 'La serie è già attiva su un dispositivo, oppure è stata revocata.')
}

export function serieInUso(): RuleViolation {
  return new RuleViolation('serie-in-uso', 'Il registro è aperto, oppure attende il recupero: la serie si revoca dopo.')
}

/** One wrong row and nothing of the file comes in: every reason is named (REQ-PROT-088). */
export function fileRifiutato(campi: readonly CampoErrato[]): RuleViolation {
  const quanti = campi.length === 1 ? 'Un errore' : `${campi.length} errori`
  return new RuleViolation(
    'file-di-emergenza-rifiutato',
    `${quanti} nel file del registro di emergenza: nessuna registrazione è stata recuperata e nessun numero è stato assegnato.`,
    campi,
  )
}
