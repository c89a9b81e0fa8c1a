import { createHash, createPublicKey, verify } from 'node:crypto'
import type { CampoErrato } from '../kernel/errors.ts'
import { FORMATO_FILE, fattoEmergenza, fileEmergenza, serieDocumento } from './schema.ts'
import type { FattoEmergenza, FileEmergenza, SerieDocumento } from './schema.ts'

/*
 * Format `faldone-registro-emergenza/1`. One UTF-8 JSON text, written in one way only (`fileText`): a byte more or less is not this format.
 *   serie       text of the series as the ente signed it; firmaSerie: ECDSA P-256 SHA-256 (r‖s, base64url) by the ente's key
 *   fatti[i]    dati: text of a fact; impronta[i] = SHA-256(impronta[i-1] ‖ "\n" ‖ dati[i]) in hexadecimal, impronta[-1] = SHA-256(serie)
 *   firma       ECDSA P-256 SHA-256 by the device's key (named in the series) over formato ‖ "\n" ‖ last impronta ‖ "\n" ‖ number of facts
 * The verification code printed on a receipt is the first 60 bits of its row's impronta in Crockford's base 32.
 */

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** First digest of a journal: the series it belongs to. */
export function chainStart(serie: string): string {
  return sha256(serie)
}

/** Digest of a fact after the previous one. */
export function chainNext(previous: string, dati: string): string {
  return sha256(`${previous}\n${dati}`)
}

/** The text a device signs to close its file. */
export function signedText(ultima: string, quanti: number): string {
  return `${FORMATO_FILE}\n${ultima}\n${quanti}`
}

/** The one way in which a file is written. */
export function fileText(f: FileEmergenza): string {
  const { formato, serie, firmaSerie, firma } = f
  const fatti = f.fatti.map(({ dati, impronta }) => ({ dati, impronta }))
  return `${JSON.stringify({ formato, serie, firmaSerie, fatti, firma }, null, 1)}\n`
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `7K2M-04QD-9XRT`: what a receipt carries, and the server can check later. */
export function verificationCode(impronta: string): string {
  let bits = BigInt(`0x${impronta.slice(0, 15)}`)
  let code = ''
  for (let i = 0; i < 12; i++) {
    code = (ALPHABET[Number(bits % 32n)] ?? '') + code
    bits /= 32n
  }
  return code.replace(/(.{4})(.{4})(.{4})/u, '$1-$2-$3')
}

/** A code as typed by a person: case, spaces and the letters easily confused are forgiven. */
export function normaliseCode(typed: string): string {
  const clean = typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/gu, '1')
  return clean.replace(/^(.{4})(.{4})(.{4})$/u, '$1-$2-$3')
}

/** True when `firma` is the ECDSA P-256 signature of `testo` by that key, written in its one base64url form. */
export function verifyFirma(chiave: { readonly x: string; readonly y: string }, testo: string, firma: string): boolean {
  const bytes = Buffer.from(firma, 'base64url')
  if (bytes.length !== 64 || bytes.toString('base64url') !== firma) return false
  try {
    const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: chiave.x, y: chiave.y }, format: 'jwk' })
    return verify('sha256', Buffer.from(testo, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, bytes)
  } catch {
    return false
  }
}

/** A file whose bytes, chain and signatures hold. */
export interface FileLetto {
  readonly serie: SerieDocumento
  readonly serieTesto: string
  readonly firmaSerie: string
  readonly fatti: readonly { readonly fatto: FattoEmergenza; readonly impronta: string }[]
  /** Last digest of the chain. */
  readonly impronta: string
}

/**
 * Reads the text of a file: canonical form, signature of the ente on the series, chain, signature of the device, shape of each fact. `verifySerie` says
 * whether the ente signed a text. Answers every error found, with the fact it is about; a file with one error is refused whole (REQ-PROT-088).
 */
export function readFileEmergenza(
  testo: string,
  verifySerie: (testo: string, firma: string) => boolean,
): { readonly errori: readonly CampoErrato[]; readonly letto: FileLetto | null } {
  const only = (campo: string, messaggio: string) => ({ errori: [{ campo, messaggio }], letto: null })
  const shape = fileEmergenza.safeParse(parse(testo))
  if (!shape.success) return only('file', 'Il file non è un registro di emergenza, oppure è stato alterato.')
  const file = shape.data
  const errori: CampoErrato[] = []
  const add = (campo: string, messaggio: string): void => void errori.push({ campo, messaggio })
  if (fileText(file) !== testo) add('file', 'Il file è stato alterato: i suoi byte non sono quelli scritti dal dispositivo.')
  const serie = serieDocumento.safeParse(parse(file.serie))
  if (!serie.success) return only('serie', 'La serie non è leggibile: il file è stato alterato.')
  if (!verifySerie(file.serie, file.firmaSerie)) add('serie', 'La serie non è stata rilasciata da questo ente, oppure è stata alterata.')
  const fatti = readFatti(file, add)
  const impronta = file.fatti.at(-1)?.impronta ?? chainStart(file.serie)
  if (!verifyFirma(serie.data.chiave, signedText(impronta, file.fatti.length), file.firma))
    add('firma', 'La firma del dispositivo non corrisponde al contenuto del file.')
  if (errori.length > 0) return { errori, letto: null }
  return { errori, letto: { serie: serie.data, serieTesto: file.serie, firmaSerie: file.firmaSerie, fatti, impronta } }
}

function readFatti(file: FileEmergenza, add: (campo: string, messaggio: string) => void): { fatto: FattoEmergenza; impronta: string }[] {
  const fatti: { fatto: FattoEmergenza; impronta: string }[] = []
  let previous = chainStart(file.serie)
  file.fatti.forEach(({ dati, impronta }, i) => {
    const raw = parse(dati)
    const parsed = fattoEmergenza.safeParse(raw)
    const name = numeroOf(raw) ?? `fatto ${i + 1}`
    if (chainNext(previous, dati) !== impronta) add(name, 'L’impronta non corrisponde: questa riga, o quella prima, è stata alterata.')
    // The next link is judged on the digest written here, so that one altered row is named once.
    previous = impronta
    if (!parsed.success) {
      for (const issue of parsed.error.issues) add(`${name}.${issue.path.join('.')}`, issue.message)
      return
    }
    fatti.push({ fatto: parsed.data, impronta })
  })
  return fatti
}

function numeroOf(raw: unknown): string | null {
  const numero = typeof raw === 'object' && raw !== null ? (raw as { numero?: unknown }).numero : undefined
  return typeof numero === 'string' ? numero : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
