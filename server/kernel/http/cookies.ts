import type { Context } from 'koa'

/**
 * Sets a cookie of this host only, unreadable by scripts, not sent by other sites' forms. Written by hand because the framework refuses `Secure` when
 * TLS ends at a proxy that is not trusted with headers. Values must be token characters. `maxAge` in seconds; 0 deletes; absent: until the browser closes.
 */
export function setCookie(ctx: Context, name: string, value: string, options: { https: boolean; maxAge?: number }): void {
  const age = options.maxAge === undefined ? '' : `; Max-Age=${options.maxAge}`
  ctx.append('Set-Cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${options.https ? '; Secure' : ''}${age}`)
}
