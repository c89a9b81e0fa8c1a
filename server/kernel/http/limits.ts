import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Context, Middleware, Next } from 'koa'
import { TooManyRequests } from '../errors.ts'

/**
 * At most `perMinute` requests a minute from one address on each of the paths that match: protects login from guessing and flooding.
 * Counted in this process. Throws TooManyRequests (`troppi-tentativi`) with `Retry-After`.
 */
export function limitAttempts(paths: RegExp, perMinute: number): Middleware {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 })
  return async (ctx: Context, next: Next) => {
    if (paths.test(ctx.path)) await consume(limiter, ctx)
    await next()
  }
}

async function consume(limiter: RateLimiterMemory, ctx: Context): Promise<void> {
  try {
    await limiter.consume(`${ctx.ip} ${ctx.path}`)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    ctx.set('Retry-After', String(seconds))
    throw new TooManyRequests('troppi-tentativi', `Troppi tentativi di accesso: riprova tra ${seconds} secondi.`)
  }
}
