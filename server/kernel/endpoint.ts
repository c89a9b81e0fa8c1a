import type { Readable } from 'node:stream'
import type { ZodType } from 'zod'
import type { Permesso } from './permessi.ts'
import type { Scope } from './scope.ts'

/** The adapters a handler may use. `server/ports/index.ts` fills this interface: the kernel does not know them. */
// oxlint-disable-next-line typescript/no-empty-interface
export interface Ports {}

/** A reply made of bytes instead of JSON. */
export class FileReply {
  readonly nome: string
  readonly tipo: string
  readonly stream: Readable
  readonly dimensione: number | undefined
  readonly sha256: string | undefined
  constructor(f: { nome: string; tipo: string; stream: Readable; dimensione?: number; sha256?: string }) {
    this.nome = f.nome
    this.tipo = f.tipo
    this.stream = f.stream
    this.dimensione = f.dimensione
    this.sha256 = f.sha256
  }
}

/** A body taken as it comes: the bytes, what the client says they are, and their name. */
export interface StreamBody {
  readonly stream: Readable
  readonly tipo: string
  readonly nome: string
}

/** What a handler receives, already checked against the declared shapes. */
export interface Input<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  /** Present on endpoints declared `idempotent`. */
  readonly idempotencyKey: string
}

/** One HTTP endpoint as data: the router, the OpenAPI description, the role matrix and the isolation test all read this list. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly permission: Permesso
  readonly summary: string
  readonly params?: ZodType
  readonly query?: ZodType
  readonly body?: ZodType | 'stream'
  readonly response: ZodType | 'file' | 'nothing'
  readonly status: number
  readonly idempotent: boolean
  readonly handler: (scope: Scope, input: Input<unknown, unknown, unknown>, ports: Ports) => Promise<unknown>
}

type Out<T> = T extends ZodType<infer O> ? O : T extends 'stream' ? StreamBody : undefined

/**
 * Declares an endpoint. It does not compile without a permission; `response` is checked too, so that nothing undeclared leaves the server.
 * `idempotent` makes the `Idempotency-Key` header mandatory.
 */
export function endpoint<
  P extends ZodType | undefined = undefined,
  Q extends ZodType | undefined = undefined,
  B extends ZodType | 'stream' | undefined = undefined,
  R extends ZodType | 'file' | 'nothing' = 'nothing',
>(d: {
  method: Endpoint['method']
  path: string
  permission: Permesso
  summary: string
  params?: P
  query?: Q
  body?: B
  response: R
  status?: number
  idempotent?: boolean
  handler: (
    scope: Scope,
    input: Input<Out<P>, Out<Q>, Out<B>>,
    ports: Ports,
  ) => Promise<R extends ZodType<infer O> ? O : R extends 'file' ? FileReply : void>
}): Endpoint {
  const { params, query, body, ...rest } = d
  return {
    ...rest,
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
    status: d.status ?? (d.response === 'nothing' ? 204 : 200),
    idempotent: d.idempotent ?? false,
    handler: d.handler as unknown as Endpoint['handler'],
  }
}
