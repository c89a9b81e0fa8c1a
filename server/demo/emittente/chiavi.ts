import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const segreti = z.object({
  firma: z.looseObject({ kty: z.literal('RSA') }),
  biscotti: z.array(z.string()),
  operatori: z.string(),
  cittadini: z.string(),
})
/** Secrets of the demo issuer: signing key, cookie keys, secrets of its two clients. */
export type SegretiEmittente = z.infer<typeof segreti>

/** The secrets kept in the data folder, made at the first start: nothing secret is in the program. */
export function loadSegreti(cartellaDati: string): SegretiEmittente {
  const file = join(cartellaDati, 'emittente-dimostrativo.json')
  const known = read(file)
  if (known !== null) return known
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const fresh: SegretiEmittente = {
    firma: { ...(privateKey.export({ format: 'jwk' }) as { kty: 'RSA' }), use: 'sig', alg: 'RS256', kid: randomBytes(8).toString('hex') },
    biscotti: [randomBytes(32).toString('base64url')],
    operatori: randomBytes(32).toString('base64url'),
    cittadini: randomBytes(32).toString('base64url'),
  }
  mkdirSync(cartellaDati, { recursive: true })
  writeFileSync(file, JSON.stringify(fresh), { mode: 0o600 })
  return fresh
}

function read(file: string): SegretiEmittente | null {
  try {
    return segreti.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
