/** The refusals of the server (problem+json) as one error class the pages can show field by field. Pure. */

export interface CampoErrato {
  campo: string
  messaggio: string
}

/** A refusal or failure. `stato` 0 means that no answer came: the outcome of the act is unknown. */
export class Problema extends Error {
  readonly stato: number
  readonly codice: string
  readonly titolo: string
  readonly campi: CampoErrato[]
  readonly requestId: string | null

  constructor(init: {
    stato: number
    codice: string
    titolo: string
    dettaglio?: string
    campi?: CampoErrato[]
    requestId?: string | null
  }) {
    super(init.dettaglio && init.dettaglio !== '' ? init.dettaglio : init.titolo)
    this.name = 'Problema'
    this.stato = init.stato
    this.codice = init.codice
    this.titolo = init.titolo
    this.campi = init.campi ?? []
    this.requestId = init.requestId ?? null
  }

  /** True when the server may or may not have done the act: repeat it with the same key, never with a new one. */
  get incerto(): boolean {
    return this.stato === 0 || this.stato === 408 || this.stato === 502 || this.stato === 503 || this.stato === 504
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Turns `mittenti[0].cognome` and `body.oggetto` into `mittenti.0.cognome` and `oggetto`. */
export function nomeCampo(raw: string): string {
  return raw
    .replace(/\[(\d+)\]/g, '.$1')
    .replace(/^\/?(body|corpo)[./]/, '')
    .replace(/\//g, '.')
    .replace(/^\./, '')
}

/** Reads the body of a non-2xx answer, whatever it is, into a Problema; `predefinito` is the sentence used when the body has none. */
export function leggiProblema(stato: number, corpo: unknown, predefinito: string): Problema {
  const body = typeof corpo === 'object' && corpo !== null ? (corpo as Record<string, unknown>) : {}
  const campi = Array.isArray(body['campi'])
    ? body['campi'].flatMap((entry: unknown) => {
        const item = entry as Record<string, unknown> | null
        const campo = text(item?.['campo'])
        const messaggio = text(item?.['messaggio'])
        return campo !== undefined && messaggio !== undefined ? [{ campo: nomeCampo(campo), messaggio }] : []
      })
    : []
  return new Problema({
    stato,
    codice: text(body['codice']) ?? `http-${stato}`,
    titolo: text(body['title']) ?? text(body['titolo']) ?? predefinito,
    dettaglio: text(body['detail']) ?? text(body['dettaglio']) ?? '',
    campi,
    requestId: text(body['requestId']) ?? null,
  })
}

/** The message of the server for one field or for a part of it, if the last answer had one. */
export function erroreDi(errore: unknown, campo: string): string | undefined {
  if (!(errore instanceof Problema)) return undefined
  return errore.campi.find((one) => one.campo === campo || one.campo.startsWith(`${campo}.`))?.messaggio
}
