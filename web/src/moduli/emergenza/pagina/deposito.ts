/**
 * What the device keeps: everything encrypted with a key that comes from the PIN (PBKDF2, AES-GCM) and that no script can read; the device's signing key is
 * wrapped by it too. Without the PIN nothing can be read, and nothing can be signed.
 */
import type { DotazioneDto } from '../tipi.ts'
import type { Riga } from './formato.ts'

const DATABASE = 'faldone-emergenza'
const HEAD = 'testa'
const ITERATIONS = 600_000
const CHECK = 'faldone'

interface Cifrato {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly dati: ArrayBuffer
}

interface Testa {
  readonly versione: 1
  readonly sale: Uint8Array<ArrayBuffer>
  readonly iterazioni: number
  readonly prova: Cifrato
  readonly chiave: Cifrato
  readonly pubblica: { x: string; y: string }
  /** Series chosen at the installation, not yet answered by the server. */
  readonly inAttesa: { ente: string; serie: string } | null
  readonly dotazione: Cifrato | null
}

/** The PIN does not open this store. */
export class PinErrato extends Error {}

/** An open store: what was in it, and how to add. */
export interface Deposito {
  readonly pubblica: { x: string; y: string }
  readonly inAttesa: { ente: string; serie: string } | null
  readonly dotazione: DotazioneDto | null
  readonly righe: readonly Riga[]
  /** Signs; cannot be exported. */
  readonly chiave: CryptoKey
  /** Writes one line after the others; resolves when it is on disk. */
  aggiungi(riga: Riga): Promise<Deposito>
  /** Keeps what the server gave for the series. */
  conserva(dotazione: DotazioneDto): Promise<Deposito>
}

function promised<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.addEventListener('success', () => done(request.result))
    request.addEventListener('error', () => fail(request.error ?? new Error('IndexedDB')))
  })
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore('cassaforte')
    request.result.createObjectStore('giornale')
  })
  return await promised(request)
}

async function write(store: 'cassaforte' | 'giornale', key: IDBValidKey, value: unknown, add = false): Promise<void> {
  const database = await open()
  try {
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' })
    const table = transaction.objectStore(store)
    const written = new Promise<void>((done, fail) => {
      transaction.addEventListener('complete', () => done())
      transaction.addEventListener('abort', () => fail(transaction.error ?? new Error('IndexedDB')))
    })
    // `add` refuses a line already written by another window: two numbers can never be the same.
    if (add) table.add(value, key)
    else table.put(value, key)
    await written
  } finally {
    database.close()
  }
}

async function readHead(): Promise<Testa | null> {
  const database = await open()
  try {
    const found: unknown = await promised(database.transaction('cassaforte').objectStore('cassaforte').get(HEAD))
    return (found as Testa | undefined) ?? null
  } finally {
    database.close()
  }
}

/** True when this browser keeps a series. */
export async function haDeposito(): Promise<boolean> {
  return (await readHead()) !== null
}

async function deriveKey(pin: string, sale: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin.normalize('NFKC')), 'PBKDF2', false, ['deriveKey'])
  return await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: sale, iterations },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
  )
}

const label = (name: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(name)
const randomIv = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(12))

/** `name` is bound to the text: a line cannot be put in another's place. */
async function seal(key: CryptoKey, name: string, text: string): Promise<Cifrato> {
  const iv = randomIv()
  return { iv, dati: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: label(name) }, key, label(text)) }
}

async function unseal(key: CryptoKey, name: string, sealed: Cifrato): Promise<string> {
  const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv, additionalData: label(name) }, key, sealed.dati)
  return new TextDecoder().decode(bytes)
}

/** Makes an empty store for a series: a key of this device, known to nobody else, and the PIN that opens it. Replaces what was there. */
export async function creaDeposito(pin: string, inAttesa: { ente: string; serie: string }): Promise<Deposito> {
  const sale = crypto.getRandomValues(new Uint8Array(16))
  const key = await deriveKey(pin, sale, ITERATIONS)
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const iv = randomIv()
  const wrapped = await crypto.subtle.wrapKey('pkcs8', pair.privateKey, key, { name: 'AES-GCM', iv, additionalData: label('chiave') })
  const head: Testa = {
    versione: 1,
    sale,
    iterazioni: ITERATIONS,
    prova: await seal(key, 'prova', CHECK),
    chiave: { iv, dati: wrapped },
    pubblica: { x, y },
    inAttesa,
    dotazione: null,
  }
  await write('cassaforte', HEAD, head)
  // Without this the browser may throw the store away when the disk is full.
  await navigator.storage?.persist?.().catch(() => false)
  return await apriDeposito(pin)
}

/** Opens the store with its PIN. Throws PinErrato. */
export async function apriDeposito(pin: string): Promise<Deposito> {
  const head = await readHead()
  if (head === null) throw new Error('no store')
  const key = await deriveKey(pin, head.sale, head.iterazioni)
  const check = await unseal(key, 'prova', head.prova).catch(() => null)
  if (check !== CHECK) throw new PinErrato()
  const chiave = await crypto.subtle.unwrapKey(
    'pkcs8',
    head.chiave.dati,
    key,
    { name: 'AES-GCM', iv: head.chiave.iv, additionalData: label('chiave') },
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  )
  const dotazione = head.dotazione === null ? null : (JSON.parse(await unseal(key, 'dotazione', head.dotazione)) as DotazioneDto)
  return opened(head, key, chiave, dotazione, await readLines(key))
}

async function readLines(key: CryptoKey): Promise<Riga[]> {
  const database = await open()
  try {
    const found = (await promised(database.transaction('giornale').objectStore('giornale').getAll())) as Cifrato[]
    return await Promise.all(found.map(async (sealed, index) => JSON.parse(await unseal(key, `giornale:${index}`, sealed)) as Riga))
  } finally {
    database.close()
  }
}

function opened(head: Testa, key: CryptoKey, chiave: CryptoKey, dotazione: DotazioneDto | null, righe: readonly Riga[]): Deposito {
  return {
    pubblica: head.pubblica,
    inAttesa: head.inAttesa,
    dotazione,
    righe,
    chiave,
    aggiungi: async (riga) => {
      await write('giornale', righe.length, await seal(key, `giornale:${righe.length}`, JSON.stringify(riga)), true)
      return opened(head, key, chiave, dotazione, [...righe, riga])
    },
    conserva: async (next) => {
      const kept = { ...head, inAttesa: null, dotazione: await seal(key, 'dotazione', JSON.stringify(next)) }
      await write('cassaforte', HEAD, kept)
      return opened(kept, key, chiave, next, righe)
    },
  }
}

/** Forgets everything this browser kept. Only for a series revoked or never answered. */
export async function dimenticaDeposito(): Promise<void> {
  await promised(indexedDB.deleteDatabase(DATABASE))
}
