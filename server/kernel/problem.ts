import { FaldoneError } from './errors.ts'

/** `application/problem+json` as every endpoint answers it. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  codice: string
  requestId: string
  campi: readonly { campo: string; messaggio: string }[]
}

const titles: Readonly<Record<number, string>> = {
  400: 'Dati da correggere',
  401: 'Accesso richiesto',
  403: 'Operazione non consentita',
  404: 'Non trovato',
  409: 'Stato cambiato',
  410: 'Documento scartato',
  413: 'File troppo grande',
  422: 'Regola non rispettata',
  429: 'Troppi tentativi',
  503: 'Servizio non disponibile',
}

interface DatabaseError {
  code?: string
  constraint?: string
  cause?: unknown
}

/** SQLSTATE of a database error, looked for through the wrappers of the ORM; null when it is none. */
export function sqlState(error: unknown): string | null {
  for (
    let e = error as DatabaseError | undefined, depth = 0;
    e !== undefined && e !== null && depth < 5;
    e = e.cause as DatabaseError | undefined, depth++
  ) {
    if (typeof e.code === 'string' && /^[0-9A-Z]{5}$/u.test(e.code)) return e.code
  }
  return null
}

/** Name of the constraint or unique index a database error is about; null when it is none. */
export function constraintOf(error: unknown): string | null {
  for (
    let e = error as DatabaseError | undefined, depth = 0;
    e !== undefined && e !== null && depth < 5;
    e = e.cause as DatabaseError | undefined, depth++
  ) {
    if (typeof e.constraint === 'string') return e.constraint
  }
  return null
}

/** The one mapping from an error to a problem: expected refusals keep their text, unknown ones say nothing of the inside. */
export function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof FaldoneError) {
    return {
      type: `urn:faldone:problema:${error.codice}`,
      title: titles[error.status] ?? 'Errore',
      status: error.status,
      detail: error.message,
      codice: error.codice,
      requestId,
      campi: error.campi,
    }
  }
  const state = sqlState(error)
  if (state === '55P03' || state === '57014' || state === '40001' || state === '40P01' || state === '53300') {
    return unavailable(requestId, 'Il sistema è molto occupato: nessun numero è stato assegnato. Riprova tra qualche secondo.')
  }
  if (state === 'FA064') {
    // A guard of the titolario refused at the very change of the version: what was chosen before midnight no longer holds.
    return {
      type: 'urn:faldone:problema:titolario-cambiato',
      title: titles[422] ?? 'Errore',
      status: 422,
      detail: 'Da oggi vale un nuovo titolario: scegli di nuovo la classe. Nessun numero è stato assegnato.',
      codice: 'titolario-cambiato',
      requestId,
      campi: [{ campo: 'voceId', messaggio: 'Scegli la classe del titolario in vigore da oggi.' }],
    }
  }
  if (state === 'FA026') {
    return {
      type: 'urn:faldone:problema:file-appena-distrutto',
      title: titles[409] ?? 'Errore',
      status: 409,
      detail: 'Un file identico è appena stato distrutto con uno scarto autorizzato: potrai caricarlo di nuovo tra un’ora.',
      codice: 'file-appena-distrutto',
      requestId,
      campi: [],
    }
  }
  if (state?.startsWith('08') === true || state === '57P01' || state === '57P03') {
    return unavailable(requestId, 'La base dati non risponde: nessun numero è stato assegnato. Riprova tra poco.')
  }
  return {
    type: 'urn:faldone:problema:errore-interno',
    title: 'Errore interno',
    status: 500,
    detail: `Qualcosa non ha funzionato e l'operazione non è stata eseguita. Riprova; se succede ancora comunica il codice ${requestId}.`,
    codice: 'errore-interno',
    requestId,
    campi: [],
  }
}

function unavailable(requestId: string, detail: string): Problem {
  return {
    type: 'urn:faldone:problema:sistema-occupato',
    title: 'Servizio non disponibile',
    status: 503,
    detail,
    codice: 'sistema-occupato',
    requestId,
    campi: [],
  }
}
