import { Buffer } from 'node:buffer'
import { checkPrimeSync, createHash } from 'node:crypto'

const E = 65537n
const ALGORITHM = 'RSASSA-PKCS1-v1_5'

/** Endless bytes that depend only on the seed: same seed, same demo. Not a source of secrets. */
export function seededBytes(seed: string): (length: number) => Buffer {
  let counter = 0
  let pool = Buffer.alloc(0)
  return (length) => {
    while (pool.length < length) pool = Buffer.concat([pool, createHash('sha256').update(`${seed}|${counter++}`).digest()])
    const out = pool.subarray(0, length)
    pool = pool.subarray(length)
    return out
  }
}

/** Short text identifier derived from the seed and from what it names. */
export function seededId(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 24)
}

function toBigInt(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`)
}

function toBase64Url(value: bigint): string {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url')
}

function nextPrime(bytes: (length: number) => Buffer): bigint {
  const candidate = Buffer.from(bytes(128))
  // Two top bits set: the product of two such primes has exactly 2048 bits. Odd, then steps of two.
  candidate[0] = (candidate[0] ?? 0) | 0xc0
  candidate[127] = (candidate[127] ?? 0) | 1
  for (let value = toBigInt(candidate); ; value += 2n) if (value % E !== 1n && checkPrimeSync(value)) return value
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (a > 1n) {
    const quotient = a / b
    ;[a, b] = [b, a % b]
    ;[x, y] = [y, x - quotient * y]
  }
  return x < 0n ? x + modulus : x
}

export interface CoppiaChiavi {
  privata: (digest: string) => Promise<CryptoKey>
  pubblica: () => Promise<CryptoKey>
}

/**
 * RSA-2048 pair that depends only on the seed, so that two runs of the demo produce the same messages byte for byte. Whoever knows the seed
 * knows the key: the certificates made with it must be refused in production (REQ-PEC-030).
 */
export function seededKeys(seed: string): CoppiaChiavi {
  const bytes = seededBytes(seed)
  const p = nextPrime(bytes)
  let q = nextPrime(bytes)
  while (q === p) q = nextPrime(bytes)
  const n = p * q
  const d = inverse(E, (p - 1n) * (q - 1n))
  const open = { kty: 'RSA', n: toBase64Url(n), e: toBase64Url(E) }
  const secret = { d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  const jwk = { ...open, ...Object.fromEntries(Object.entries(secret).map(([name, value]) => [name, toBase64Url(value)])) }
  return {
    privata: (digest) => crypto.subtle.importKey('jwk', jwk, { name: ALGORITHM, hash: digest }, false, ['sign']),
    pubblica: () => crypto.subtle.importKey('jwk', open, { name: ALGORITHM, hash: 'SHA-256' }, true, ['verify']),
  }
}
