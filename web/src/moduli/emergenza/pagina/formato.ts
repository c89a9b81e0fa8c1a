/**
 * The file of the emergency register as a device writes it, with the cryptography of the browser. The server reads it with code of its own
 * (server/emergenza/formato.ts, where the format is written down): the two agree only through the format. Pure, but for the random of signatures.
 */
import type { FattoEmergenza, FileEmergenza, SerieDocumento } from '../tipi.ts'

export const FORMATO = 'faldone-registro-emergenza/1'

const encoder = new TextEncoder()

/** SHA-256 of bytes, in hexadecimal. */
export async function improntaDi(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** First digest of a journal. */
export async function inizioCatena(serie: string): Promise<string> {
  return await improntaDi(encoder.encode(serie))
}

/** Digest of a fact after the previous one. */
export async function anelloCatena(precedente: string, dati: string): Promise<string> {
  return await improntaDi(encoder.encode(`${precedente}\n${dati}`))
}

export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** One line of the journal: the text of the fact and the digest that ties it to the ones before. */
export interface Riga {
  readonly dati: string
  readonly impronta: string
}

/** A line with its fact read. */
export interface Voce extends Riga {
  readonly fatto: FattoEmergenza
}

/** The next line of a journal. */
export async function nuovaRiga(serie: string, righe: readonly Riga[], fatto: FattoEmergenza): Promise<Riga> {
  const dati = JSON.stringify(fatto)
  const previous = righe.at(-1)?.impronta ?? (await inizioCatena(serie))
  return { dati, impronta: await anelloCatena(previous, dati) }
}

/** True when every line of a journal is the one that was written. */
export async function catenaIntegra(serie: string, righe: readonly Riga[]): Promise<boolean> {
  let previous = await inizioCatena(serie)
  for (const riga of righe) {
    previous = await anelloCatena(previous, riga.dati)
    if (previous !== riga.impronta) return false
  }
  return true
}

/** The whole file, signed by the device's key, as text. */
export async function scriviFile(serie: string, firmaSerie: string, righe: readonly Riga[], chiave: CryptoKey): Promise<string> {
  const ultima = righe.at(-1)?.impronta ?? (await inizioCatena(serie))
  const signed = encoder.encode(`${FORMATO}\n${ultima}\n${righe.length}`)
  const firma = base64url(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, chiave, signed)))
  const fatti = righe.map(({ dati, impronta }) => ({ dati, impronta }))
  const file: FileEmergenza = { formato: FORMATO, serie, firmaSerie, fatti, firma }
  return `${JSON.stringify(file, null, 1)}\n`
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The code of a receipt, twelve characters that the server can check later. */
export function codiceVerifica(impronta: string): string {
  let bits = BigInt(`0x${impronta.slice(0, 15)}`)
  let code = ''
  for (let turn = 0; turn < 12; turn += 1) {
    code = ALPHABET.charAt(Number(bits % 32n)) + code
    bits /= 32n
  }
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

/** True when the series was signed by that key of the ente. */
export async function serieAutentica(chiave: { x: string; y: string }, serie: string, firma: string): Promise<boolean> {
  const key = await crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', ...chiave }, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'verify',
  ])
  return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, bytesOf(firma), encoder.encode(serie))
}

/** The signed series, read. */
export function leggiSerie(testo: string): SerieDocumento {
  return JSON.parse(testo) as SerieDocumento
}
