import type { Readable } from 'node:stream'
import type { Conservatore, ErroreConservatore, EsitoScambio } from '../../ports/conservatore.ts'

export interface OpzioniConservatoreHttp {
  /** Base address. https, or http on this same machine only. */
  readonly indirizzo: string
  /** Longest wait for the whole exchange: synchronous providers verify signatures on line (REQ-CONS-093). */
  readonly attesaInvioMs?: number
  readonly attesaLetturaMs?: number
}

const ATTESA_INVIO = 600_000
const ATTESA_LETTURA = 30_000
const MASSIMO_RISPOSTA = 16 * 1024 ** 2
/** The connection was never made: the conservatore has seen nothing. */
const MAI_CONNESSO = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])
const CERTIFICATO = /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|ERR_TLS_)/

class ScambioFallito extends Error implements ErroreConservatore {
  override readonly name = 'ErroreConservatore'
  readonly scambio: EsitoScambio
  readonly codice: string | null
  constructor(scambio: EsitoScambio, messaggio: string, codice: string | null = null, causa?: unknown) {
    super(messaggio, { cause: causa })
    this.scambio = scambio
    this.codice = codice
  }
}

/** Throws TypeError for an address that would send archives in clear on a network. */
function baseAddress(indirizzo: string): URL {
  const url = new URL(indirizzo.endsWith('/') ? indirizzo : `${indirizzo}/`)
  const locale = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && locale))
    throw new TypeError(`indirizzo del conservatore non ammesso: ${indirizzo}`)
  return url
}

function errorCode(errore: unknown): string {
  // by shape, not by class: the error may come from another realm
  const esterno = errore as { code?: unknown; cause?: { code?: unknown } } | null | undefined
  const codici = [esterno?.code, esterno?.cause?.code]
  return String(codici.find((codice) => typeof codice === 'string') ?? '')
}

/** What a failed request tells: with no connection nothing was sent; after it, nobody knows. */
function transportFault(errore: unknown): ScambioFallito {
  const codice = errorCode(errore)
  if (CERTIFICATO.test(codice)) return new ScambioFallito('configurazione', 'Il certificato del conservatore non è valido.', codice, errore)
  if (MAI_CONNESSO.has(codice))
    return new ScambioFallito('non-inviato', 'Il conservatore non risponde: riprovare più tardi.', codice, errore)
  return new ScambioFallito(
    'esito-ignoto',
    'Il collegamento con il conservatore si è interrotto: esito da accertare.',
    codice || null,
    errore,
  )
}

function statusFault(status: number, codice: string | null, messaggio: string | null): ScambioFallito {
  const testo = messaggio ?? `Il conservatore ha risposto ${status}.`
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) return new ScambioFallito('configurazione', testo, codice)
  if (codice === 'pacchetto-sconosciuto') return new ScambioFallito('sconosciuto', testo, codice)
  // 429 and 503 promise that nothing was done; any other failure of the server may have come after the work
  if (status === 429 || status === 503 || codice === 'trasferimento-incompleto') return new ScambioFallito('non-inviato', testo, codice)
  if (status >= 400 && status < 500 && status !== 408) return new ScambioFallito('rifiuto', testo, codice)
  return new ScambioFallito('esito-ignoto', testo, codice)
}

async function boundedText(risposta: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let testo = ''
  let letti = 0
  for await (const blocco of risposta.body ?? []) {
    letti += (blocco as Uint8Array).length
    if (letti > MASSIMO_RISPOSTA) throw new ScambioFallito('esito-ignoto', 'La risposta del conservatore è troppo grande.')
    testo += decoder.decode(blocco as Uint8Array, { stream: true })
  }
  return testo + decoder.decode()
}

function parseJson(testo: string): Record<string, unknown> | null {
  try {
    const valore: unknown = JSON.parse(testo)
    return typeof valore === 'object' && valore !== null ? (valore as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function asText(valore: unknown): string | null {
  return typeof valore === 'string' && valore !== '' ? valore : null
}

interface Risposta {
  readonly status: number
  readonly testo: string
  readonly json: Record<string, unknown> | null
}

async function exchange(url: URL, richiesta: RequestInit & { duplex?: 'half' }, attesa: number): Promise<Risposta> {
  try {
    const risposta = await fetch(url, { ...richiesta, redirect: 'manual', signal: AbortSignal.timeout(attesa) })
    const testo = await boundedText(risposta)
    return { status: risposta.status, testo, json: parseJson(testo) }
  } catch (errore) {
    if (errore instanceof ScambioFallito) throw errore
    throw transportFault(errore)
  }
}

async function transmit(
  base: URL,
  p: { idPdv: string; pacchetto: Readable; sha256: string },
  attesa: number,
): Promise<{ presaInCarico: string }> {
  let sorgente: Error | undefined
  p.pacchetto.once('error', (errore) => {
    sorgente = errore
  })
  try {
    const risposta = await exchange(
      new URL('pacchetti', base),
      {
        method: 'POST',
        duplex: 'half',
        headers: { 'content-type': 'application/zip', 'x-id-pdv': p.idPdv, 'x-impronta-pacchetto': p.sha256 },
        body: p.pacchetto as unknown as NonNullable<RequestInit['body']>,
      },
      attesa,
    )
    if (risposta.status !== 202 && risposta.status !== 200)
      throw statusFault(risposta.status, asText(risposta.json?.['codice']), asText(risposta.json?.['messaggio']))
    const presaInCarico = asText(risposta.json?.['ricevuta'])
    // a positive status with a body that is not the agreed one comes from something in between (REQ-CONS-095)
    if (presaInCarico === null) throw new ScambioFallito('esito-ignoto', 'La risposta del conservatore non è quella prevista.')
    return { presaInCarico }
  } catch (errore) {
    // our own bytes failed half way: the other side cannot have a whole package
    if (sorgente !== undefined)
      throw new ScambioFallito('non-inviato', 'Il pacchetto non si legge per intero: invio interrotto.', null, sorgente)
    throw errore
  } finally {
    p.pacchetto.destroy()
  }
}

async function report(base: URL, idPdv: string, attesa: number): Promise<{ xml: string } | null> {
  const risposta = await exchange(new URL(`pacchetti/${encodeURIComponent(idPdv)}/rapporto`, base), { method: 'GET' }, attesa)
  const codice = asText(risposta.json?.['codice'])
  if (risposta.status === 404 && codice === 'in-lavorazione') return null
  if (risposta.status !== 200) throw statusFault(risposta.status, codice, asText(risposta.json?.['messaggio']))
  if (!/^\s*</.test(risposta.testo)) throw new ScambioFallito('esito-ignoto', 'Il rapporto ricevuto non è XML.')
  return { xml: risposta.testo }
}

/**
 * A conservatore reached by HTTP: `POST /pacchetti` takes the ZIP and answers 202 with a receipt, `GET /pacchetti/:idPdv/rapporto` gives the rapporto di
 * versamento. The package is streamed; certificates are always verified, redirects never followed (REQ-CONS-093). Errors have the shape of
 * ErroreConservatore. Throws TypeError at once for an address that is not https (or loopback).
 */
export function createConservatoreHttp(opzioni: OpzioniConservatoreHttp): Conservatore {
  const base = baseAddress(opzioni.indirizzo)
  return {
    transmit: (p) => transmit(base, p, opzioni.attesaInvioMs ?? ATTESA_INVIO),
    report: (idPdv) => report(base, idPdv, opzioni.attesaLetturaMs ?? ATTESA_LETTURA),
  }
}
