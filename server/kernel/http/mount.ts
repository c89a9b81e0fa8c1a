import type { Router, RouterContext } from '@koa/router'
import { ZodError } from 'zod'
import type { ZodType } from 'zod'
import { FileReply } from '../endpoint.ts'
import type { Endpoint, Ports } from '../endpoint.ts'
import { InvalidInput } from '../errors.ts'
import type { CampoErrato } from '../errors.ts'
import type { Scope } from '../scope.ts'
import { contentDisposition } from './headers.ts'

/** What the web application provides: who is asking and for which ente, refused when the endpoint's permission is not held. */
export interface MountOptions {
  readonly resolveScope: (ctx: RouterContext, endpoint: Endpoint) => Promise<Scope>
  readonly ports: Ports
}

const IDEMPOTENCY_KEY = /^[A-Za-z0-9_-]{8,100}$/u

/**
 * Puts every endpoint on the router: permission and ente first, then the shapes, then the handler, then the declared response. Where two paths fit the
 * same address the one with the written word wins over the one with a parameter, whatever the order of the list: otherwise the other endpoint's
 * permission would be asked.
 */
export function mountEndpoints(router: Router, endpoints: readonly Endpoint[], options: MountOptions): void {
  for (const e of [...endpoints].sort((a, b) => comparePaths(a.path, b.path))) {
    router.register(e.path, [e.method], async (ctx: RouterContext) => {
      const scope = await options.resolveScope(ctx, e)
      const input = readInput(ctx, e)
      const started = performance.now()
      const result = await e.handler(scope, input, options.ports)
      ctx.set('Server-Timing', `app;dur=${(performance.now() - started).toFixed(1)}`)
      reply(ctx, e, result)
    })
  }
}

/** Orders paths by their first different segment: words before parameters. */
export function comparePaths(a: string, b: string): number {
  const left = a.split('/')
  const right = b.split('/')
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = Number(left[i]?.startsWith(':')) - Number(right[i]?.startsWith(':'))
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

function readInput(ctx: RouterContext, e: Endpoint): { params: unknown; query: unknown; body: unknown; idempotencyKey: string } {
  const campi: CampoErrato[] = []
  const params = check(e.params, ctx.params, campi)
  const query = check(e.query, ctx.query, campi)
  const body =
    e.body === 'stream'
      ? { stream: ctx.req, tipo: ctx.request.type, nome: decodeName(ctx.get('X-Nome-File')) }
      : check(e.body, (ctx.request as { body?: unknown }).body, campi)
  const key = ctx.get('Idempotency-Key')
  if (e.idempotent && !IDEMPOTENCY_KEY.test(key)) {
    campi.push({
      campo: 'Idempotency-Key',
      messaggio: 'Manca la chiave di idempotenza: invia una chiave diversa per ogni operazione e la stessa quando la ripeti.',
    })
  }
  if (campi.length > 0)
    throw new InvalidInput(
      'dati-non-validi',
      campi.length === 1 ? (campi[0] as CampoErrato).messaggio : `${campi.length} campi da correggere.`,
      campi,
    )
  return { params, query, body, idempotencyKey: key }
}

function check(shape: ZodType | undefined, value: unknown, campi: CampoErrato[]): unknown {
  if (shape === undefined) return undefined
  const parsed = shape.safeParse(value ?? {})
  if (parsed.success) return parsed.data
  campi.push(...italianIssues(parsed.error))
  return undefined
}

/** Issues of a zod error as fields with an Italian sentence: the schema's own message when it has one. */
export function italianIssues(error: ZodError): CampoErrato[] {
  return error.issues.map((i) => {
    const campo = i.path.join('.')
    const own = /[a-zàèéìòù] /u.test(i.message) && !/^(Invalid|Expected|Too |Unrecognized|Required)/u.test(i.message)
    if (own) return { campo, messaggio: i.message }
    if (i.code === 'unrecognized_keys') return { campo, messaggio: `Campo non previsto: ${i.keys.join(', ')}.` }
    if (i.code === 'invalid_type' && i.message.includes('undefined')) return { campo, messaggio: `Manca il dato «${campo}».` }
    return { campo, messaggio: `Il valore di «${campo}» non è valido.` }
  })
}

function decodeName(header: string): string {
  try {
    return decodeURIComponent(header)
  } catch {
    throw new InvalidInput('nome-file-non-valido', 'Il nome del file non è leggibile: invialo codificato UTF-8 percent-encoding.', [
      { campo: 'X-Nome-File', messaggio: 'Nome del file non leggibile.' },
    ])
  }
}

function reply(ctx: RouterContext, e: Endpoint, result: unknown): void {
  ctx.status = e.status
  if (e.response === 'nothing') return
  if (e.response === 'file') {
    const file = result as FileReply
    ctx.type = file.tipo
    if (file.dimensione !== undefined) ctx.length = file.dimensione
    if (file.sha256 !== undefined) ctx.set('Repr-Digest', `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`)
    ctx.set('Content-Disposition', contentDisposition(file.nome, ctx.query['inline'] === '1'))
    ctx.set('Cache-Control', 'private, no-store')
    ctx.body = file.stream
    return
  }
  // What leaves the server is what is declared: an undeclared field never slips out.
  ctx.body = e.response.parse(result)
}

export { FileReply }
