/** One wrong field of a request: `campo` is its JSON path, `messaggio` an Italian sentence that says what to do. */
export interface CampoErrato {
  readonly campo: string
  readonly messaggio: string
}

/** Base of every expected refusal. `codice` is a stable Italian code, `message` the Italian text for the person. */
export abstract class FaldoneError extends Error {
  abstract readonly status: number
  readonly codice: string
  readonly campi: readonly CampoErrato[]
  constructor(codice: string, message: string, campi: readonly CampoErrato[] = []) {
    super(message)
    this.name = new.target.name
    this.codice = codice
    this.campi = campi
  }
}

/** 400: the request cannot be read or lacks data; `campi` lists every wrong field at once. */
export class InvalidInput extends FaldoneError {
  readonly status = 400
}
/** 401: no valid session. */
export class NotAuthenticated extends FaldoneError {
  readonly status = 401
}
/** 403: the person is known and may not do this. */
export class Forbidden extends FaldoneError {
  readonly status = 403
}
/** 404: it does not exist, or it belongs to another ente or citizen: the answer is the same. */
export class NotFound extends FaldoneError {
  readonly status = 404
}
/** 409: the state changed in the meantime, or the same key was used for something else. */
export class Conflict extends FaldoneError {
  readonly status = 409
}
/** 410: it was there and was destroyed by a lawful act, which the text names. */
export class Gone extends FaldoneError {
  readonly status = 410
}
/** 413: too many bytes. */
export class TooLarge extends FaldoneError {
  readonly status = 413
}
/** 422: well formed, but a rule of the domain forbids it. */
export class RuleViolation extends FaldoneError {
  readonly status = 422
}
/** 429: too many attempts. */
export class TooManyRequests extends FaldoneError {
  readonly status = 429
}
/** 503: something the act needs is not reachable now; repeating later can succeed. */
export class Unavailable extends FaldoneError {
  readonly status = 503
}
