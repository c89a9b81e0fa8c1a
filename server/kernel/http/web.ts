import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context, Middleware, Next } from 'koa'
import { isDataPath, nonceOf } from './security.ts'

const compress = promisify(gzip)
const COMPRESSIBLE = new Set(['.js', '.mjs', '.css', '.svg', '.json', '.html', '.map', '.txt', '.ftl'])
const NONCE_MARK = '__CSP_NONCE__'
/** The emergency page: a document of its own, because it is kept by the browser and opened without us. */
const EMERGENZA = '/emergenza/'

/**
 * Serves the built web application: hashed files under /assets may be kept for ever, index.html is written anew for each response with its style
 * nonce and answers every GET that nothing else answered (the pages have no files of their own). Nothing outside `root` can be named.
 */
export function serveWeb(root: string): Middleware {
  const packed = new Map<string, Buffer>()
  return async (ctx: Context, next: Next) => {
    const reading = ctx.method === 'GET' || ctx.method === 'HEAD'
    if (reading && !isDataPath(ctx.path) && extname(ctx.path) !== '' && (await sendFile(ctx, root, packed))) return
    if (reading && ctx.path === EMERGENZA) return await sendIndex(ctx, join(root, 'emergenza'))
    if (reading && `${ctx.path}/` === EMERGENZA) return ctx.redirect(EMERGENZA)
    await next()
    if (ctx.respond === false) return
    const unanswered = ctx.status === 404 && (ctx.body === undefined || ctx.body === null)
    if (reading && unanswered && !isDataPath(ctx.path) && !ctx.path.startsWith('/assets/')) await sendIndex(ctx, root)
  }
}

async function sendIndex(ctx: Context, root: string): Promise<void> {
  const html = await readFile(join(root, 'index.html'), 'utf8').catch(() => null)
  ctx.set('Cache-Control', 'no-store')
  if (html === null) {
    ctx.status = 503
    ctx.type = 'text/plain'
    ctx.body = 'L’interfaccia non è ancora costruita: avvia il prodotto con npm start.'
    return
  }
  ctx.status = 200
  ctx.type = 'text/html'
  ctx.body = html.replaceAll(NONCE_MARK, nonceOf(ctx))
}

/** Hashed names never change; what an installed page asks for by a fixed name is always asked again. */
function cacheOf(path: string): string {
  if (path.startsWith('/assets/')) return 'public, max-age=31536000, immutable'
  return path.startsWith(EMERGENZA) ? 'no-cache' : 'public, max-age=3600'
}

/** True when the path names a file of the application and it was answered. */
async function sendFile(ctx: Context, root: string, packed: Map<string, Buffer>): Promise<boolean> {
  const file = fileOf(root, ctx.path)
  if (file === null || file.endsWith(`${sep}index.html`)) return false
  const found = await stat(file).catch(() => null)
  if (found === null || !found.isFile()) return false
  ctx.status = 200
  ctx.type = extname(file)
  ctx.set('Cache-Control', cacheOf(ctx.path))
  ctx.vary('Accept-Encoding')
  if (COMPRESSIBLE.has(extname(file)) && ctx.acceptsEncodings('gzip', 'identity') === 'gzip') {
    const key = `${file}:${found.mtimeMs}`
    const bytes = packed.get(key) ?? (await compress(await readFile(file)))
    packed.set(key, bytes)
    ctx.set('Content-Encoding', 'gzip')
    ctx.body = bytes
    return true
  }
  ctx.length = found.size
  ctx.body = createReadStream(file)
  return true
}

function fileOf(root: string, path: string): string | null {
  try {
    const file = normalize(join(root, decodeURIComponent(path)))
    return file.startsWith(normalize(root) + sep) && !file.includes('\0') ? file : null
  } catch {
    return null
  }
}
