import { Gone, InvalidInput, NotFound, RuleViolation, TooLarge } from '../kernel/errors.ts'
import { formatItalianDay, romeDay } from '../kernel/time.ts'

/** A content that is not there for this person: not staged by him, or of another ente. */
export function contenutoAssente(): NotFound {
  return new NotFound('contenuto-assente', 'Il file non c’è più o non è tuo: caricalo di nuovo.')
}

export function nomeFileMancante(): InvalidInput {
  return new InvalidInput('nome-file-mancante', 'Manca il nome del file.', [
    { campo: 'X-Nome-File', messaggio: 'Indica il nome del file.' },
  ])
}

export function fileVuoto(): InvalidInput {
  return new InvalidInput('file-vuoto', 'Il file è vuoto: scegline un altro.', [{ campo: 'file', messaggio: 'Il file è vuoto.' }])
}

export function fileTroppoGrande(megabyte: number): TooLarge {
  return new TooLarge('file-troppo-grande', `Il file supera ${megabyte} MB: riducilo o dividilo.`)
}

export function caricamentoInterrotto(): InvalidInput {
  return new InvalidInput('caricamento-interrotto', 'Il caricamento si è interrotto: ripetilo. Nulla è stato registrato.')
}

export function documentoAssente(): NotFound {
  return new NotFound('documento-assente', 'Il documento non esiste o non puoi vederlo.')
}

export function fileAlterato(): RuleViolation {
  return new RuleViolation(
    'file-alterato',
    'Il file archiviato non corrisponde alla sua impronta: avvisa il responsabile della gestione documentale.',
  )
}

/** The bytes were destroyed by an authorised disposal (REQ-FASC-053). */
export function documentoScartato(s: { readonly scartatoIl: Date; readonly riferimento: string }): Gone {
  return new Gone(
    'documento-scartato',
    `Il documento è stato scartato il ${formatItalianDay(romeDay(s.scartatoIl))}: ${s.riferimento}. Restano la registrazione, i dati identificativi e l’impronta.`,
  )
}
