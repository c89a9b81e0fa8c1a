import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { FirmaEmergenza } from '../../ports/firma-emergenza.ts'

/**
 * The key kept in a PEM file (P-256, PKCS #8), made the first time when `crea` allows it. Two processes that start together keep the first one written.
 * Throws when the file is missing and may not be made, or is not a P-256 key.
 */
export function openFirmaEmergenza(file: string, crea: boolean): FirmaEmergenza {
  if (crea) ensureKey(file)
  return createFirmaEmergenza(createPrivateKey(readFileSync(file, 'utf8')))
}

/** The same with a key already in hand. */
export function createFirmaEmergenza(key: KeyObject = newKey()): FirmaEmergenza {
  const jwk = createPublicKey(key).export({ format: 'jwk' })
  if (jwk.crv !== 'P-256' || jwk.x === undefined || jwk.y === undefined)
    throw new Error('La chiave delle serie di emergenza non è una chiave P-256.')
  return {
    chiave: { x: jwk.x, y: jwk.y },
    sign: (testo) => sign('sha256', Buffer.from(testo, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  }
}

function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}

function ensureKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(file, newKey().export({ format: 'pem', type: 'pkcs8' }), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
