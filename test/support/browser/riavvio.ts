import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

/** The product at one address and on one folder, stopped and started again as often as a test wants. */
export interface Riavviabile {
  readonly indirizzo: string
  start(): Promise<void>
  stop(): Promise<void>
  /** Stops it and throws its folder away. */
  remove(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

export async function createRiavviabile(): Promise<Riavviabile> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'faldone-riavvio-'))
  // Under root the database runs as another user: a closed folder would send the cluster elsewhere.
  chmodSync(folder, 0o755)
  let child: ChildProcess | null = null
  const stop = async (): Promise<void> => {
    const running = child
    child = null
    if (running === null) return
    const gone = new Promise<void>((done) => running.once('exit', () => done()))
    running.kill('SIGTERM')
    await gone
  }
  return {
    indirizzo: `http://localhost:${port}`,
    stop,
    start: async () => {
      const started = spawn(process.execPath, [join(root, 'server/faldone.js'), 'avvia'], {
        cwd: root,
        env: { ...process.env, PORT: String(port), FALDONE_DATA_DIR: folder, FALDONE_DEMO: 'minima', FALDONE_ACCESSI_AL_MINUTO: '600' },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      child = started
      await new Promise<void>((done, fail) => {
        started.once('exit', (code) => fail(new Error(`the server ended with ${String(code)}`)))
        createInterface({ input: started.stdout }).on('line', (line) => {
          if (line.includes(`http://localhost:${port}`)) done()
        })
      })
    },
    remove: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
