import { describe, expect, it } from '@jest/globals'
import { assert, oneof, property, string, webUrl } from 'fast-check'
import { codiceFiscaleErrore } from '../../../metadata-schemas/codici/index.ts'
import { readIdentity } from '../../../server/adapters/oidc/claims.ts'
import { codiceFiscaleInventato } from '../../../server/demo/codice-fiscale.ts'
import { personeDimostrative } from '../../../server/demo/persone.ts'
import {
  codiceFiscaleAsserito,
  cookieNames,
  isToken,
  newToken,
  safeReturn,
  sessionEnd,
  tokenDigest,
} from '../../../server/identita/rules.ts'
import { comparePaths } from '../../../server/kernel/http/mount.ts'
import { dataPolicy } from '../../../server/kernel/http/security.ts'

describe('sessions', () => {
  it('tokens are recognised by their form and kept as a digest', () => {
    const token = newToken()
    expect([isToken(token), Buffer.from(token, 'base64url').length]).toEqual([true, 32])
    expect(tokenDigest(token)).toMatch(/^[0-9a-f]{64}$/u)
    for (const other of ['', token.slice(1), `${token}a`, token.replace(/.$/u, ';')]) expect(isToken(other)).toBe(false)
  })

  it('a session ends after the idle time and never after ten hours', () => {
    const created = new Date('2026-05-04T06:00:00Z')
    expect(sessionEnd(created, created, 60).toISOString()).toBe('2026-05-04T07:00:00.000Z')
    expect(sessionEnd(created, new Date('2026-05-04T15:30:00Z'), 60).toISOString()).toBe('2026-05-04T16:00:00.000Z')
  })

  it('cookies are bound to the host over https only', () => {
    expect(cookieNames(true)).toEqual({ sessione: '__Host-faldone', accesso: '__Host-faldone-accesso' })
    for (const name of Object.values(cookieNames(false))) expect(name).not.toMatch(/^__/u)
  })

  it('the page to return to is always one of ours', () => {
    expect(safeReturn('/castelvento/protocollo?vista=pec')).toBe('/castelvento/protocollo?vista=pec')
    assert(
      property(
        oneof(
          string(),
          webUrl(),
          string().map((s) => `/${s}`),
          string().map((s) => `//${s}`),
        ),
        (value) => {
          const result = safeReturn(value)
          const url = new URL(result, 'https://faldone.example')
          expect(url.origin).toBe('https://faldone.example')
          expect(result).toMatch(/^\/(?![\\/])/u)
        },
      ),
    )
    for (const closed of ['/accesso', '/api/v1/sessione', '/dimostrazione/idp/auth', undefined]) expect(safeReturn(closed)).toBe('/')
  })
})

describe('asserted identities', () => {
  it('a codice fiscale is normalised once, verified, and an omocodic one is never turned into the plain one', () => {
    const plain = 'VNTRNS58D57X901'
    const omocodic = 'VNTRNS58D57X90M'
    expect(codiceFiscaleAsserito(`tinit-${control(plain).toLowerCase()}`)).toBe(control(plain))
    expect(codiceFiscaleAsserito(control(omocodic))).toBe(control(omocodic))
    for (const wrong of [null, '', `${plain}?`, 'TINIT-90000000901', 'TINFR-123']) expect(codiceFiscaleAsserito(wrong)).toBeNull()
  })

  const claims = {
    iss: 'https://id.example',
    sub: 's',
    given_name: 'Ada',
    family_name: 'Brezza',
    fiscal_number: 'TINIT-X',
    schema: 'SPID',
    acr: 'https://www.spid.gov.it/SpidL2',
  }

  it('REQ-ID-001 whatever the issuer calls things, the rest sees one shape', () => {
    const expected = {
      schema: 'spid',
      emittente: 'https://id.example',
      soggetto: 's',
      codiceFiscale: 'TINIT-X',
      nome: 'Ada',
      cognome: 'Brezza',
      livello: 2,
    }
    expect(readIdentity(claims, 'cittadino')).toEqual(expected)
    const { fiscal_number: value, ...rest } = claims
    for (const name of [
      'https://attributes.eid.gov.it/fiscal_number',
      'https://attributes.spid.gov.it/fiscal_number',
      'fiscalNumber',
      'codice_fiscale',
    ]) {
      expect(readIdentity({ ...rest, [name]: value }, 'cittadino')).toEqual(expected)
    }
    expect(readIdentity({ ...claims, acr: 'http://eidas.europa.eu/LoA/high' }, 'cittadino')).toMatchObject({ livello: 3 })
  })

  it('a citizen without a known level or an original scheme is refused; an operator is not', () => {
    for (const change of [{ acr: 'password' }, { acr: undefined }, { schema: 'utente regionale' }, { schema: undefined }]) {
      expect(readIdentity({ ...claims, ...change }, 'cittadino')).toMatchObject({ rifiuto: 'identita-incompleta' })
    }
    expect(readIdentity({ iss: 'https://id.example', sub: 's' }, 'operatore')).toMatchObject({
      schema: 'oidc',
      livello: null,
      codiceFiscale: null,
    })
    expect(readIdentity({ iss: 'https://id.example' }, 'operatore')).toMatchObject({ rifiuto: 'risposta-non-valida' })
  })
})

describe('demo people', () => {
  it('have right codici fiscali of nobody, and hints and subjects of their own', () => {
    for (const p of personeDimostrative) {
      expect(codiceFiscaleErrore(p.codiceFiscale)).toBeNull()
      expect(p.codiceFiscale.slice(11, 15)).toBe('X901')
    }
    for (const key of ['suggerimento', 'soggetto', 'codiceFiscale'] as const)
      expect(new Set(personeDimostrative.map((p) => p[key])).size).toBe(personeDimostrative.length)
  })

  it('short and vowel-poor names are filled as the rule says', () => {
    expect(codiceFiscaleInventato({ cognome: 'Fo', nome: 'Al', nascita: '2001-12-31', sesso: 'M' }).slice(0, 11)).toBe('FOXLAX01T31')
    expect(codiceFiscaleInventato({ cognome: 'D’Aló', nome: 'Gianfranco', nascita: '1980-01-01', sesso: 'F' }).slice(0, 11)).toBe(
      'DLAGFR80A41',
    )
  })
})

describe('addresses and policies', () => {
  it('a written path comes before one with a parameter', () => {
    const paths = ['/a/:x/:y', '/a/:x/b', '/a/c/:y', '/a/c/b', '/a/:x']
    for (const rotation of paths.keys()) {
      const order = [...paths.slice(rotation), ...paths.slice(0, rotation)].sort(comparePaths)
      expect(order.indexOf('/a/c/b')).toBeLessThan(order.indexOf('/a/c/:y'))
      expect(order.indexOf('/a/c/:y')).toBeLessThan(order.indexOf('/a/:x/b'))
      expect(order.indexOf('/a/:x/b')).toBeLessThan(order.indexOf('/a/:x/:y'))
    }
  })

  it('a user’s file runs nothing: sandboxed unless it is of a type that cannot', () => {
    for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'application/octet-stream', ''])
      expect(dataPolicy(type)).toMatch(/; sandbox$/u)
    for (const type of ['application/pdf', 'image/png', 'text/plain']) expect(dataPolicy(type)).not.toContain('sandbox')
    for (const type of ['application/pdf', 'text/html']) expect(dataPolicy(type)).toContain("default-src 'none'")
  })
})

/** The only character that completes a codice fiscale. */
function control(fifteen: string): string {
  return [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((c) => fifteen + c).find((c) => codiceFiscaleErrore(c) === null) ?? ''
}
