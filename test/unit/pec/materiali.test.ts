import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parseMessaggio } from '../../../server/pec/busta/index.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'

const FILES = ['busta-sogei-2018.eml', 'accettazione-aruba-2018.eml', 'consegna-aruba-2018.eml'] as const

function openssl(...args: string[]): ReturnType<typeof spawnSync> {
  return spawnSync('openssl', args, { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 })
}

/** The oracle needs the openssl command: without it these tests are reported as skipped. */
const itWithOpenssl = openssl('version').error === undefined ? itWithMateriali : it.skip

/** Certificates inside the message's own signature, signer first. */
function certificatesOf(path: string): string[] {
  const extracted = openssl('smime', '-pk7out', '-in', path)
  const printed = spawnSync('openssl', ['pkcs7', '-print_certs'], { input: extracted.stdout as Buffer })
  return printed.stdout.toString().match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/gu) ?? []
}

describe('real messages of 2018', () => {
  itWithMateriali('REQ-PROT-130 a real transport envelope with an invoice is recognised', async () => {
    const m = await parseMessaggio(readFileSync(materiale('data', 'pec', FILES[0])))
    expect(m).toMatchObject({ classe: 'busta', firma: { esito: 'valida-catena-non-verificata', algoritmo: 'SHA-1' } })
    expect(m.controlli.filter((item) => item.esito === 'fallito')).toEqual([])
    expect(m.fattura).toMatchObject({ genere: 'fattura' })
    expect(m.parti.find((part) => part.principaleProposto)?.nome).toMatch(/^IT\d{11}_\d{5}\.xml$/u)
    expect(m.daticert?.identificativo).toBe(m.messageId)
  })

  itWithMateriali('REQ-PROT-130 the two real receipts of one message are recognised and carry the same identifiers', async () => {
    const [accepted, delivered] = await Promise.all(
      FILES.slice(1).map(async (file) => parseMessaggio(readFileSync(materiale('data', 'pec', file)))),
    )
    expect(accepted).toMatchObject({ classe: 'ricevuta', tipoRicevuta: 'accettazione' })
    expect(delivered).toMatchObject({ classe: 'ricevuta', tipoRicevuta: 'avvenuta-consegna', daticert: { variante: 'completa' } })
    // p of the gestore and c of the client agree in both; the Message-ID of each receipt is a third value.
    expect(accepted?.daticert?.identificativo).toMatch(/@/u)
    expect(delivered?.daticert?.identificativo).toBe(accepted?.daticert?.identificativo)
    expect(accepted?.daticert?.msgid).toBe(accepted?.riferimentoMessageId)
    expect(delivered?.daticert?.msgid).toBe(accepted?.daticert?.msgid)
    expect(new Set([accepted?.messageId, delivered?.messageId, accepted?.daticert?.identificativo]).size).toBe(3)
  })

  itWithOpenssl(
    'REQ-PEC-005 signed in 2018 with certificates expired in 2020: valid at signing time when the issuing authority is an anchor (PEC-A2)',
    async () => {
      for (const file of FILES) {
        const path = materiale('data', 'pec', file)
        const [, authority] = certificatesOf(path)
        expect(authority).toBeDefined()
        expect(await parseMessaggio(readFileSync(path), { ancore: [authority ?? ''] })).toMatchObject({
          verificato: true,
          firma: { esito: 'valida' },
        })
      }
    },
  )

  itWithMateriali(
    'REQ-PEC-004 the outcome of the signature equals that of openssl, for the messages as they are and with one byte changed',
    async () => {
      for (const file of FILES) {
        const raw = readFileSync(materiale('data', 'pec', file))
        const at = raw.indexOf('daticert.xml') + 200
        const changed = Buffer.from(raw)
        changed[at] = (changed[at] ?? 0) === 0x41 ? 0x42 : 0x41
        for (const [bytes, good] of [
          [raw, true],
          [changed, false],
        ] as const) {
          const verdict = spawnSync('openssl', ['smime', '-verify', '-noverify', '-out', '/dev/null'], { input: bytes })
          expect(verdict.status === 0).toBe(good)
          expect((await parseMessaggio(bytes)).firma.esito).toBe(good ? 'valida-catena-non-verificata' : 'alterata')
        }
      }
    },
  )
})
