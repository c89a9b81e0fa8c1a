import { Buffer } from 'node:buffer'
import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { MessaggioIlleggibile, parseMessaggio } from '../../../server/pec/busta/index.ts'
import { buildAnomalia, buildBusta, buildConsegna, buildOrdinaria } from '../../../server/demo/posta/index.ts'
import { gestoreDiProva, ISTANTE, messaggioDiProva, spedizioneDiProva } from './campioni.ts'

async function samples(): Promise<Buffer[]> {
  const gestore = await gestoreDiProva()
  const s = await spedizioneDiProva()
  return [
    await buildBusta(gestore, s),
    await buildConsegna(gestore, s, { destinatario: 'protocollo@pec.castelvento.example', variante: 'breve', istante: ISTANTE }),
    await buildAnomalia(gestore, messaggioDiProva()),
    buildOrdinaria('x', messaggioDiProva()),
  ]
}

/** Parses and returns the class, or the code of the typed error. Anything else fails the test; `struttura` would be an error of ours. */
async function outcome(raw: Buffer): Promise<string> {
  try {
    return (await parseMessaggio(raw)).classe
  } catch (error) {
    if (!(error instanceof MessaggioIlleggibile)) throw error
    expect(error.message.length).toBeGreaterThan(20)
    if (error.codice === 'struttura') throw error.cause
    return error.codice
  }
}

const position = fc.nat({ max: 1_000_000 })
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: position, value: fc.nat({ max: 255 }) }),
  fc.record({ kind: fc.constant('cut' as const), at: position, length: fc.nat({ max: 3000 }) }),
  fc.record({ kind: fc.constant('repeat' as const), at: position, length: fc.nat({ max: 2000 }), times: fc.nat({ max: 20 }) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: position,
    text: fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom(
        '\r\n',
        '\n\n',
        '--',
        '=?utf-8?B?',
        '?=',
        '\u0000',
        'Content-Type: multipart/mixed; boundary=',
        'Content-Type: message/rfc822\r\n\r\n',
        '";',
        "filename*0*=utf-8''%",
        '<',
        ']]>',
        '&#1;',
      ),
    ),
  }),
  fc.record({ kind: fc.constant('truncate' as const), at: position }),
)
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never

function apply(raw: Buffer, change: Mutation): Buffer {
  const at = raw.length === 0 ? 0 : change.at % raw.length
  const before = raw.subarray(0, at)
  switch (change.kind) {
    case 'set':
      return Buffer.concat([before, Buffer.from([change.value]), raw.subarray(at + 1)])
    case 'cut':
      return Buffer.concat([before, raw.subarray(at + change.length)])
    case 'repeat':
      return Buffer.concat([before, ...Array.from({ length: change.times }, () => raw.subarray(at, at + change.length)), raw.subarray(at)])
    case 'insert':
      return Buffer.concat([before, Buffer.from(change.text), raw.subarray(at)])
    case 'truncate':
      return Buffer.from(before)
  }
}

describe('hostile input', () => {
  it('random changes of every kind of message end in a class or in a typed error, never in another exception', async () => {
    const originals = await samples()
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: originals.length - 1 }),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        async (index, changes) => {
          const raw = changes.reduce(apply, originals[index] ?? Buffer.alloc(0))
          await outcome(raw)
        },
      ),
      { numRuns: 600, seed: 20260310 },
    )
  }, 120_000)

  it('REQ-PEC-004 a change inside the covered part never leaves a verified envelope', async () => {
    const [raw = Buffer.alloc(0)] = await samples()
    const gestore = await gestoreDiProva()
    const start = raw.indexOf('\r\n\r\n', raw.indexOf('multipart/mixed')) + 4
    const end = raw.lastIndexOf('\r\n--', raw.indexOf('smime.p7s'))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: start, max: end - 1 }), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const spoiled = Buffer.from(raw)
        spoiled[at] = (spoiled[at] ?? 0) ^ change
        // A lone line end that becomes another form of line end is repaired by design.
        fc.pre(![10, 13].includes(raw[at] ?? 0) && ![10, 13].includes(spoiled[at] ?? 0))
        const m = await parseMessaggio(spoiled, { ancore: [gestore.ancoraPem] }).catch((error: unknown) => {
          expect(error).toBeInstanceOf(MessaggioIlleggibile)
          return null
        })
        expect(m?.verificato ?? false).toBe(false)
      }),
      { numRuns: 200, seed: 20260311 },
    )
  }, 120_000)

  it('random bytes never hang or escape', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), async (bytes) => {
        await outcome(Buffer.from(bytes))
      }),
      { numRuns: 300, seed: 20260312 },
    )
  })

  it('big hostile shapes end quickly', async () => {
    const shapes = [
      `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n${'='.repeat(4_000_000)}A\r\n--x--`,
      `From: ${'<'.repeat(150_000)}\r\n\r\n`,
      `From: ${'a,'.repeat(100_000)}\r\n\r\n`,
      `Subject: ${'=?utf-8?q?'.repeat(20_000)}\r\n\r\n`,
      `Content-Type: text/plain; ${'a*0*=%;'.repeat(30_000)}\r\n\r\n`,
      `From: a@b.example\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${'=   \t'.repeat(800_000)}x`,
      `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n${'--x-\r\n'.repeat(400_000)}--x--`,
      `${'Content-Type: message/rfc822\r\n\r\n'.repeat(20_000)}fine`,
      `From: a@b.example\r\nContent-Type: application/xml; name=segnatura.xml\r\n\r\n${'<a>'.repeat(100_000)}`,
    ]
    for (const shape of shapes) {
      const started = performance.now()
      await outcome(Buffer.from(shape))
      expect(performance.now() - started).toBeLessThan(4000)
    }
  }, 60_000)
})
