import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { childrenOf, commandsOf, kill, processesOn, until } from './processi.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** How a command of the product ended, with what it printed. */
export interface Fine {
  readonly codice: number | null
  readonly segnale: NodeJS.Signals | null
}

/** The product started as a person does, in a process group of its own as a terminal would give it. */
export class Prodotto {
  readonly child: ChildProcess
  readonly cartella: string
  readonly fine: Promise<Fine>
  stampato = ''
  errori = ''

  constructor(
    cartella: string,
    env: Record<string, string> = {},
    utente: { uid?: number; gid?: number } = {},
    comando: readonly string[] = ['avvia'],
  ) {
    this.cartella = cartella
    this.child = spawn(process.execPath, [join(root, 'server/faldone.js'), ...comando], {
      cwd: root,
      detached: true,
      ...utente,
      env: {
        ...process.env,
        PORT: '0',
        FALDONE_DATA_DIR: cartella,
        FALDONE_DEMO: 'no',
        FALDONE_LOG: 'silent',
        FALDONE_ACCESSI_AL_MINUTO: '1000',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stampato += chunk.toString('utf8')))
    this.child.stderr?.on('data', (chunk: Buffer) => (this.errori += chunk.toString('utf8')))
    this.fine = new Promise((done) => this.child.once('close', (codice, segnale) => done({ codice, segnale })))
  }

  /** Waits until the product says it is ready; answers its address. */
  async pronto(secondi = 60): Promise<string> {
    await until(`ready on ${this.cartella}`, secondi, () => {
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`the product ended: ${this.stampato}\n${this.errori}`)
      return this.stampato.includes('Ctrl+C per fermare')
    })
    return this.indirizzo
  }

  get indirizzo(): string {
    return /Faldone è pronto: (\S+)/u.exec(this.stampato)?.[1] ?? ''
  }

  /** The launcher: what npm starts. */
  get lanciatore(): number {
    return this.child.pid ?? 0
  }

  /** The Node process that is the product. */
  get node(): number {
    return childrenOf(this.lanciatore)[0] ?? 0
  }

  /** Process id of the PostgreSQL server, by its pid file. */
  get postgres(): number {
    return Number(readFileSync(this.filePid, 'utf8').split('\n')[0])
  }

  /** Folder of the cluster: under root, behind a closed parent, it is elsewhere and a file says where. */
  get cluster(): string {
    const altrove = join(this.cartella, 'postgres/altrove')
    return join(existsSync(altrove) ? readFileSync(altrove, 'utf8').trim() : join(this.cartella, 'postgres'), 'cluster')
  }

  get filePid(): string {
    return join(this.cluster, 'postmaster.pid')
  }

  /** Address of the embedded database for the unprivileged login. */
  get databaseUrl(): string {
    const porta = readFileSync(this.filePid, 'utf8').split('\n')[3] ?? ''
    return `postgres://faldone_login:${readFileSync(join(this.cartella, 'parola-accesso'), 'utf8').trim()}@127.0.0.1:${porta}/faldone`
  }

  /** A signal to the whole group, as a terminal sends Ctrl+C. */
  segnalaGruppo(segnale: NodeJS.Signals): void {
    kill(-this.lanciatore, segnale)
  }

  /** Ctrl+C in the terminal, and the wait for the end. */
  async ferma(): Promise<Fine> {
    this.segnalaGruppo('SIGINT')
    return await this.fine
  }

  /** SIGKILL to every process of the product at once: launcher, Node, PostgreSQL with its sessions, simulated conservatore. */
  async uccidiTutto(): Promise<void> {
    const all = processesOn(this.cartella)
    // First frozen, so that none can tidy up while the others die.
    for (const pid of all) kill(pid, 'SIGSTOP')
    for (const pid of all) kill(pid, 'SIGKILL')
    await this.fine
    await until('everything killed', 10, () => processesOn(this.cartella).length === 0)
  }
}

const cartelle: string[] = []

/** An empty folder for the data of one product. */
export function nuovaCartella(): string {
  const cartella = mkdtempSync(join(tmpdir(), 'faldone-resistenza-'))
  chmodSync(cartella, 0o755)
  cartelle.push(cartella)
  return join(cartella, 'dati')
}

/** Kills what a failed test left on its folders, by process id, and removes them. */
export async function ripulisci(): Promise<void> {
  for (const cartella of cartelle.splice(0)) {
    const left = processesOn(cartella)
    for (const pid of left) kill(pid, 'SIGKILL')
    await until(`clean ${cartella}`, 10, () => processesOn(cartella).length === 0)
    rmSync(cartella, { recursive: true, force: true })
  }
}

/** Commands still running on a folder: empty when the product left nothing. */
export function rimasti(cartella: string): string[] {
  return commandsOf(processesOn(cartella))
}

/** True when the file is in the data folder. */
export function esiste(cartella: string, nome: string): boolean {
  return existsSync(join(cartella, nome))
}
