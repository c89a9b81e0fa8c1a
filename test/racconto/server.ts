import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Starts the product on a temporary folder and a free port, and waits until it says where it listens. */
export async function startServer(
  env: Record<string, string> = {},
): Promise<{ indirizzo: string; cartella: string; stop: () => Promise<void> }> {
  const cartella = mkdtempSync(join(tmpdir(), 'faldone-racconto-'))
  // Under root the database runs as another user: a closed folder would send the cluster elsewhere.
  chmodSync(cartella, 0o755)
  const child = spawn(process.execPath, [join(root, 'server/faldone.js'), 'avvia'], {
    cwd: root,
    env: { ...process.env, PORT: '0', FALDONE_DATA_DIR: cartella, FALDONE_DEMO: 'minima', FALDONE_ACCESSI_AL_MINUTO: '600', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const indirizzo = await new Promise<string>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`the server ended with ${String(code)}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /(http:\/\/localhost:\d+)/u.exec(line)
      if (found?.[1] !== undefined) done(found[1])
    })
  })
  return {
    indirizzo,
    cartella,
    stop: async () => {
      const gone = new Promise<void>((done) => child.once('exit', () => done()))
      child.kill('SIGTERM')
      await gone
      rmSync(cartella, { recursive: true, force: true })
    },
  }
}
