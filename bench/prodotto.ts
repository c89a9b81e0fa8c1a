import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** The product in a process of its own, with the process id that memory is read from. */
export interface Prodotto {
  readonly indirizzo: string
  readonly pid: number
  /** URL of the embedded database for the unprivileged login. */
  readonly databaseUrl: string
  /** URL of the superuser, for loads. */
  readonly superutenteUrl: string
  readonly cartella: string
  /** Stops the product and forgets its folder, unless `togli` is false. */
  stop(togli?: boolean): Promise<void>
  clean(): void
}

/** Starts the product on a temporary folder with the smallest demo, or again on the folder of an earlier start, with other settings if given. */
export async function startProdotto(options: { cartella?: string; env?: Record<string, string> } = {}): Promise<Prodotto> {
  const cartella = options.cartella ?? mkdtempSync(join(tmpdir(), 'faldone-bench-'))
  // Under root the database runs as another user: a closed folder would send the cluster elsewhere.
  chmodSync(cartella, 0o755)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'server/cli/index.ts'), 'avvia'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      FALDONE_DATA_DIR: cartella,
      FALDONE_DEMO: 'minima',
      FALDONE_ACCESSI_AL_MINUTO: '600',
      TZ: 'UTC',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const indirizzo = await new Promise<string>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`the product ended with ${String(code)}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /(http:\/\/localhost:\d+)$/u.exec(line)
      if (found?.[1] !== undefined) done(found[1])
    })
  })
  const port = readFileSync(join(cartella, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[3] ?? ''
  const password = readFileSync(join(cartella, 'parola-accesso'), 'utf8').trim()
  const secret = readFileSync(join(cartella, 'postgres/parola-superutente'), 'utf8').trim()
  const clean = (): void => rmSync(cartella, { recursive: true, force: true })
  return {
    cartella,
    clean,
    superutenteUrl: `postgres://postgres:${secret}@127.0.0.1:${port}/faldone`,
    indirizzo,
    pid: child.pid ?? 0,
    databaseUrl: `postgres://faldone_login:${password}@127.0.0.1:${port}/faldone`,
    stop: async (togli = true) => {
      const gone = new Promise<void>((done) => child.once('exit', () => done()))
      child.kill('SIGTERM')
      await gone
      if (togli) clean()
    },
  }
}

/** Resident memory of a process, in MB. */
export function memoria(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** A POST on a kept-alive connection; answers status and JSON. */
export async function post(
  url: string,
  headers: Record<string, string>,
  body: string | Buffer | AsyncIterable<Buffer>,
): Promise<{ status: number; json: unknown }> {
  return await new Promise((done, fail) => {
    const req = request(url, { method: 'POST', agent, headers }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        done({ status: res.statusCode ?? 0, json: text === '' ? null : (JSON.parse(text) as unknown) })
      })
    })
    req.on('error', fail)
    if (typeof body === 'string' || Buffer.isBuffer(body)) req.end(body)
    else void writeAll(req, body).catch(fail)
  })
}

async function writeAll(req: ReturnType<typeof request>, body: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of body) if (!req.write(chunk)) await new Promise<void>((ready) => req.once('drain', () => ready()))
  req.end()
}
