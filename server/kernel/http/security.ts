import { randomBytes } from 'node:crypto'
import helmet from 'koa-helmet'
import type { Context, Middleware, Next } from 'koa'

const base = helmet({
  contentSecurityPolicy: false,
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'same-origin' },
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
})

/** Features of the browser no page of ours asks for. */
const PERMISSIONS = 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()'

/** Types a browser draws without running anything: they may be opened inside our pages without a sandbox (which would blank the PDF viewer). */
const INERT = /^(application\/pdf|image\/(png|jpeg|gif|webp|tiff)|text\/plain)\b/u

/**
 * The policy of pages (decision 27): only our own scripts, styles only from our files or with the nonce of this very response, no frame around us.
 * `wasm-unsafe-eval` is the JPEG 2000 and JBIG2 decoders of the PDF viewer, from our own files; it does not allow `eval`.
 */
export function pagePolicy(nonce: string, https: boolean): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "frame-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** The policy of data and of users' files: nothing in them runs, whatever they contain. */
export function dataPolicy(type: string): string {
  const inert = INERT.test(type)
  return `default-src 'none'; ${inert ? "style-src 'unsafe-inline'; " : ''}frame-ancestors 'self'; base-uri 'none'; form-action 'none'${inert ? '' : '; sandbox'}`
}

/** True for addresses that answer data, never a page of the application. */
export function isDataPath(path: string): boolean {
  return /^\/(api|sportello\/v1|health)(\/|$)/u.test(path)
}

/** The nonce of the response being built. */
export function nonceOf(ctx: Context): string {
  return (ctx.state as { nonce: string }).nonce
}

/**
 * Security headers of every response: strict content policy with a nonce of its own, isolation from other origins, no sniffing, no referrer outside.
 * HSTS and the upgrade of requests only where the public address is https (decision 11).
 */
export function securityHeaders(https: boolean): Middleware {
  return async (ctx: Context, next: Next) => {
    const nonce = randomBytes(18).toString('base64')
    ;(ctx.state as { nonce: string }).nonce = nonce
    await base(ctx, async () => await Promise.resolve())
    ctx.set('Content-Security-Policy', pagePolicy(nonce, https))
    ctx.set('Permissions-Policy', PERMISSIONS)
    if (https) ctx.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
    const data = isDataPath(ctx.path)
    if (data) ctx.set('Cache-Control', 'no-store')
    await next()
    if (!data) return
    ctx.set('Content-Security-Policy', dataPolicy(ctx.type))
    ctx.set('X-Frame-Options', 'SAMEORIGIN')
  }
}
