/** Base of every refusal of the store; `codice` is stable and fit for logs. The HTTP layer maps these to its own errors. */
export abstract class StorageError extends Error {
  abstract readonly codice: string

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/** The content is larger than the limit given to `put`; nothing was stored. */
export class ContentTooLarge extends StorageError {
  readonly codice = 'contenuto-troppo-grande'
  readonly maxBytes: number

  constructor(maxBytes: number) {
    super(`content larger than ${maxBytes} bytes`)
    this.maxBytes = maxBytes
  }
}

/** No object with this address in this ente. */
export class ContentNotFound extends StorageError {
  readonly codice = 'contenuto-assente'
  readonly ente: string
  readonly sha256: string

  constructor(ente: string, sha256: string) {
    super(`no content ${sha256} in ${ente}`)
    this.ente = ente
    this.sha256 = sha256
  }
}

/** The bytes found are not those that were stored. Always an alarm: a register must notice it, never hide it. */
export class ContentCorrupted extends StorageError {
  readonly codice = 'contenuto-alterato'
  readonly ente: string
  readonly sha256: string
  readonly found: string

  constructor(ente: string, sha256: string, found: string) {
    super(`content ${sha256} of ${ente} is altered: found ${found}`)
    this.ente = ente
    this.sha256 = sha256
    this.found = found
  }
}

/** The range lies outside the object, or its bounds are not whole numbers in order. */
export class RangeNotSatisfiable extends StorageError {
  readonly codice = 'intervallo-non-valido'
  readonly dimensione: number

  constructor(dimensione: number) {
    super(`range outside a content of ${dimensione} bytes`)
    this.dimensione = dimensione
  }
}

/** The ente or the hash is not written as an address can be: refused before any path or key is built from it. */
export class InvalidAddress extends StorageError {
  readonly codice = 'indirizzo-non-valido'

  constructor(what: string) {
    super(`not a storage address: ${JSON.stringify(what).slice(0, 100)}`)
  }
}

/** The store does not answer, or answers with a failure that is not about this object; the cause is attached. */
export class StorageUnavailable extends StorageError {
  readonly codice = 'archivio-non-raggiungibile'

  constructor(cause: unknown) {
    super(`storage unavailable: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
