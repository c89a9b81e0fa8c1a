import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryStore } from '../../../storage/memory.ts'
import { openAdapters } from '../../../server/avvio/adapters.ts'
import { loadConfig } from '../../../server/kernel/config.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { createTestApp } from '../../support/app.ts'
import type { Accesso, TestApp } from '../../support/app.ts'
import { log } from '../../support/database.ts'
import { createEnte } from '../../support/enti.ts'
import type { EnteProva } from '../../support/enti.ts'

let t: TestApp
let ente: EnteProva
let clerk: Accesso

beforeAll(async () => {
  t = await createTestApp()
  ente = await createEnte(t.deps, { slug: 'errori' })
  clerk = await t.loginAs({ profili: ['operatoreProtocollo'], ente })
})
afterAll(async () => await t.close())

describe('errors over HTTP', () => {
  it('REQ-INT-003 unknown routes, unreadable bodies and missing sessions all answer problem+json', async () => {
    const answers = [
      await t.http.get('/api/v1/non/esiste/affatto'),
      await t.http.get('/sportello/v1/non/esiste/affatto'),
      await t.http.get('/api/v1/errori/registrazioni'),
      await t.http
        .post('/api/v1/errori/registrazioni')
        .set(clerk.headers)
        .set('Content-Type', 'application/json')
        .set('Idempotency-Key', newId())
        .send('{"oggetto":'),
      await t.http
        .post('/api/v1/errori/registrazioni')
        .set(clerk.headers)
        .set('Content-Type', 'application/json')
        .set('Idempotency-Key', newId())
        .send(JSON.stringify({ oggetto: 'x'.repeat(2_000_000) })),
    ]
    expect(answers.map((a) => [a.status, a.headers['content-type']?.split(';')[0]])).toEqual([
      [404, 'application/problem+json'],
      [404, 'application/problem+json'],
      [401, 'application/problem+json'],
      [400, 'application/problem+json'],
      [413, 'application/problem+json'],
    ])
    for (const a of answers)
      expect(JSON.parse(a.text)).toMatchObject({
        status: a.status,
        codice: expect.any(String),
        requestId: expect.any(String),
        detail: expect.any(String),
      })
  })

  it('REQ-INT-006 a creating call without an idempotency key is refused', async () => {
    const answer = await t.http.post('/api/v1/errori/registrazioni').set(clerk.headers).send({})
    expect(answer.status).toBe(400)
    const fields = (JSON.parse(answer.text) as { campi: { campo: string }[] }).campi.map((c) => c.campo)
    // Every wrong field is named together with the missing key.
    expect(fields).toEqual(expect.arrayContaining(['Idempotency-Key', 'oggetto', 'mittenti', 'voceId']))
  })
})

describe('production', () => {
  it('REQ-SEGN-010 a seal that is not qualified stops the start, unless the derogation is set', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'faldone-produzione-'))
    const env = {
      FALDONE_AMBIENTE: 'produzione',
      FALDONE_URL_PUBBLICO: 'https://protocollo.example',
      FALDONE_OIDC_OPERATORI_EMITTENTE: 'https://accesso.example',
      FALDONE_OIDC_OPERATORI_CLIENT: 'faldone',
      FALDONE_OIDC_OPERATORI_SEGRETO: 'segreto',
      FALDONE_DATA_DIR: folder,
    }
    const open = async (more: Record<string, string>) =>
      await openAdapters(loadConfig({ ...env, ...more }), log, createMemoryStore(), () => 'http://127.0.0.1:1')
    await expect(open({})).rejects.toMatchObject({ codice: 'sigillo-non-qualificato' })
    const adapters = await open({ FALDONE_SIGILLO_DEROGA: 'si' })
    expect(adapters.ports.sigillo.certificato().qualificato).toBe(false)
    expect(adapters.montaggi).toEqual([])
    await adapters.stop()
    rmSync(folder, { recursive: true, force: true })
  })
})
