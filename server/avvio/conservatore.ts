import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The simulated conservatore of a demonstration: another process, with its own folder. */
export interface Simulatore {
  readonly indirizzo: string
  stop(): Promise<void>
}

const program = join(resolve(dirname(fileURLToPath(import.meta.url)), '..'), 'demo/conservatore/main.ts')

/** Starts the simulator on a free loopback port. It ends by itself when this process ends, however that happens: it follows our pipe. */
export async function startSimulatore(cartella: string): Promise<Simulatore> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, '--porta', '0', '--cartella', cartella, '--segui'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    },
  )
  const porta = await readPort(child)
  return {
    indirizzo: `http://127.0.0.1:${porta}`,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise<void>((done) => child.once('exit', () => done()))
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function readPort(child: ChildProcess): Promise<number> {
  return await new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', () => fail(new Error('Il conservatore simulato non parte.')))
    if (child.stdout === null) return fail(new Error('Il conservatore simulato non parte.'))
    createInterface({ input: child.stdout }).once('line', (line) => done((JSON.parse(line) as { porta: number }).porta))
  })
}
