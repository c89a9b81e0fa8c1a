import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { writeRapporto } from '../../../metadata-schemas/rdv/index.ts'
import { isIdPdv } from '../../../metadata-schemas/sincro/index.ts'
import { now } from '../../kernel/time.ts'
import { ArchivioSimulatore } from './archive.ts'
import { judgePacchetto } from './judge.ts'

export interface OpzioniSimulatore {
  readonly cartella: string
  /** 0 lets the system choose. */
  readonly porta: number
  /** How long a package stays "in lavorazione" before it is judged. */
  readonly ritardoMs?: number
  readonly massimoByte?: number
  /** Identifiers of documents whose first package is refused though it has no fault: to try what a refusal does. */
  readonly rifiutare?: readonly string[]
}

export interface Simulatore {
  readonly porta: number
  /** Resolves when no package waits for its report. */
  idle(): Promise<void>
  close(): Promise<void>
}

const MASSIMO = 20 * 1024 ** 3
const RAPPORTO = /^\/pacchetti\/([^/]+)\/rapporto$/

function sendJson(risposta: ServerResponse, status: number, corpo: unknown): void {
  risposta.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  risposta.end(JSON.stringify(corpo))
}

/** Judges one package at a time: reports are numbered in order, and a restart takes up what was left. */
class Esaminatore {
  private readonly archivio: ArchivioSimulatore
  private readonly ritardoMs: number
  private readonly fine = new AbortController()
  private readonly rifiutare: ReadonlySet<string>
  private coda: Promise<void> = Promise.resolve()

  constructor(archivio: ArchivioSimulatore, ritardoMs: number, rifiutare: readonly string[]) {
    this.archivio = archivio
    this.ritardoMs = ritardoMs
    this.rifiutare = new Set(rifiutare)
  }

  enqueue(idPdv: string): void {
    this.coda = this.coda
      .then(() => this.judge(idPdv))
      .catch((errore: unknown) => {
        if (this.fine.signal.aborted) return
        // the package stays without report, as after a crash: the next start tries again
        process.stderr.write(`SIMULATORE: esame di ${idPdv} non riuscito: ${String(errore)}\n`)
      })
  }

  private async judge(idPdv: string): Promise<void> {
    this.fine.signal.throwIfAborted()
    const presa = await this.archivio.receipt(idPdv)
    if (presa === null || (await this.archivio.report(idPdv)) !== null) return
    if (this.ritardoMs > 0) await wait(this.ritardoMs, undefined, { signal: this.fine.signal })
    const { rapporto, giudizio } = await judgePacchetto(
      presa,
      this.archivio.path(idPdv, 'pacchetto.zip'),
      await this.archivio.judgements(),
      now(),
      this.rifiutare,
    )
    await this.archivio.store(idPdv, writeRapporto(rapporto), giudizio)
  }

  idle(): Promise<void> {
    return this.coda
  }

  /** Finishes the package under examination, leaves the others for the next start. */
  stop(): Promise<void> {
    this.fine.abort()
    return this.coda
  }
}

async function takePackage(
  archivio: ArchivioSimulatore,
  esaminatore: Esaminatore,
  richiesta: IncomingMessage,
  risposta: ServerResponse,
): Promise<void> {
  const idPdv = richiesta.headers['x-id-pdv']
  if (typeof idPdv !== 'string' || !isIdPdv(idPdv)) {
    sendJson(risposta, 400, { codice: 'idpdv-non-ammesso', messaggio: 'Manca il codice del pacchetto (X-Id-Pdv) o non è ammesso.' })
    return
  }
  const attesa = richiesta.headers['x-impronta-pacchetto']
  const esito = await archivio.deposit({ idPdv, pacchetto: richiesta, attesa: typeof attesa === 'string' ? attesa : null, adesso: now() })
  if (esito.tipo === 'preso') {
    if (esito.nuovo) esaminatore.enqueue(idPdv)
    sendJson(risposta, 202, { ricevuta: esito.presa.ricevuta, idPdv, impronta: esito.presa.sha256, ricevutoIl: esito.presa.ricevutoIl })
  } else if (esito.tipo === 'diverso')
    sendJson(risposta, 409, {
      codice: 'contenuto-diverso',
      messaggio: `Il pacchetto ${idPdv} è già stato ricevuto con un altro contenuto.`,
    })
  else if (esito.tipo === 'incompleto')
    sendJson(risposta, 400, { codice: 'trasferimento-incompleto', messaggio: 'I byte ricevuti non sono quelli annunciati.' })
  else sendJson(risposta, 413, { codice: 'pacchetto-troppo-grande', messaggio: 'Il pacchetto supera la dimensione ammessa.' })
}

async function giveReport(archivio: ArchivioSimulatore, idPdv: string, risposta: ServerResponse): Promise<void> {
  if (!isIdPdv(idPdv) || (await archivio.receipt(idPdv)) === null) {
    sendJson(risposta, 404, { codice: 'pacchetto-sconosciuto', messaggio: 'Nessun pacchetto ricevuto con questo codice.' })
    return
  }
  const xml = await archivio.report(idPdv)
  if (xml === null) {
    sendJson(risposta, 404, {
      codice: 'in-lavorazione',
      messaggio: 'Il pacchetto è stato preso in carico, il rapporto non è ancora pronto.',
    })
    return
  }
  risposta.writeHead(200, { 'content-type': 'application/xml; charset=utf-8' })
  risposta.end(xml)
}

async function route(
  archivio: ArchivioSimulatore,
  esaminatore: Esaminatore,
  richiesta: IncomingMessage,
  risposta: ServerResponse,
): Promise<void> {
  risposta.setHeader('server', 'SIMULATORE')
  const { pathname } = new URL(richiesta.url ?? '/', 'http://localhost')
  const rapporto = RAPPORTO.exec(pathname)
  if (richiesta.method === 'POST' && pathname === '/pacchetti') await takePackage(archivio, esaminatore, richiesta, risposta)
  else if (richiesta.method === 'GET' && rapporto?.[1] !== undefined) await giveReport(archivio, rapporto[1], risposta)
  else if (richiesta.method === 'GET' && pathname === '/') {
    risposta.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
    risposta.end('SIMULATORE di conservatore di Faldone: verifica i pacchetti e risponde, non conserva nulla.\n')
  } else sendJson(risposta, 404, { codice: 'non-trovato', messaggio: 'Indirizzo non previsto dal SIMULATORE.' })
}

function listen(server: Server, porta: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // loopback only: it has no authentication, and nobody must take it for a service
    server.listen(porta, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/**
 * Starts the simulated conservatore on 127.0.0.1. It keeps what it received and answered in `cartella`: after a restart the same questions get the same
 * answers, and packages left without a report are examined. Rejects when the port is taken or the folder cannot be written.
 */
export async function startSimulatore(opzioni: OpzioniSimulatore): Promise<Simulatore> {
  const archivio = await ArchivioSimulatore.open(opzioni.cartella, opzioni.massimoByte ?? MASSIMO)
  const esaminatore = new Esaminatore(archivio, opzioni.ritardoMs ?? 0, opzioni.rifiutare ?? [])
  const server = createServer((richiesta, risposta) => {
    route(archivio, esaminatore, richiesta, risposta).catch((errore: unknown) => {
      process.stderr.write(`SIMULATORE: ${String(errore)}\n`)
      if (risposta.headersSent) risposta.destroy()
      else sendJson(risposta, 500, { codice: 'errore-interno', messaggio: 'Errore del SIMULATORE.' })
    })
  })
  const porta = await listen(server, opzioni.porta)
  for (const idPdv of await archivio.packages()) esaminatore.enqueue(idPdv)
  return {
    porta,
    idle: () => esaminatore.idle(),
    close: async () => {
      const chiuso = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      server.closeAllConnections()
      await Promise.all([chiuso, esaminatore.stop()])
    },
  }
}
