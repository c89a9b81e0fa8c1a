import type { Context, Middleware, Next } from 'koa'
import { FaldoneError, InvalidInput, NotFound, TooLarge } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Logger } from '../log.ts'
import { toProblem } from '../problem.ts'
import { isDataPath } from './security.ts'

/** What every middleware after the first finds in `ctx.state`. */
export interface RequestState {
  requestId: string
  log: Logger
}

/** State of a request. */
export function requestState(ctx: Context): RequestState {
  return ctx.state as unknown as RequestState
}

/** Gives the request an identifier of ours (never the client's) and its log, and writes one line when it ends: no address of people, no query. */
export function trackRequest(log: Logger): Middleware {
  return async (ctx: Context, next: Next) => {
    const requestId = newId()
    Object.assign(ctx.state, { requestId, log: log.child({ requestId }) })
    ctx.set('X-Request-Id', requestId)
    const started = performance.now()
    await next()
    log.debug(
      { requestId, metodo: ctx.method, percorso: ctx.path, stato: ctx.status, ms: Math.round(performance.now() - started) },
      'richiesta',
    )
  }
}

/** Turns every error into `application/problem+json`; unknown ones are logged with their stack and answered without it. */
export function answerErrors(): Middleware {
  return async (ctx: Context, next: Next) => {
    try {
      await next()
    } catch (error) {
      answerProblem(ctx, readable(error))
      return
    }
    if (ctx.status === 404 && (ctx.body === undefined || ctx.body === null) && isDataPath(ctx.path)) {
      answerProblem(ctx, new NotFound('indirizzo-sconosciuto', 'Questo indirizzo non esiste.'))
    }
  }
}

function answerProblem(ctx: Context, error: unknown): void {
  const { requestId, log } = requestState(ctx)
  const problem = toProblem(error, requestId)
  if (problem.status >= 500) log.error({ err: error }, 'richiesta non riuscita')
  ctx.status = problem.status
  ctx.body = JSON.stringify(problem)
  ctx.set('Content-Type', 'application/problem+json; charset=utf-8')
  ctx.set('Cache-Control', 'no-store')
}

/** Refusals of the body parser in our own words. */
function readable(error: unknown): unknown {
  if (error instanceof FaldoneError || !(error instanceof Error)) return error
  const { status } = error as { status?: unknown }
  if (status === 413)
    return new TooLarge('richiesta-troppo-grande', 'La richiesta è troppo grande: i file si caricano uno per volta con il loro invio.')
  if (status === 415) return new InvalidInput('formato-non-previsto', 'Il formato della richiesta non è previsto: invia JSON in UTF-8.')
  if (status === 400) return new InvalidInput('richiesta-illeggibile', 'La richiesta non è leggibile: il JSON è incompleto o non valido.')
  return error
}
