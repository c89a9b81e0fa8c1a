import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { verifySeal } from '../../../server/adapters/sigillo-xades/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import type { Stampa } from '../../../server/ports/stampa.ts'
import { exportRegistro } from '../../../server/registro/service/export.ts'
import { saveImpostazioni } from '../../../server/registro/service/impostazioni.ts'
import { closeInterruzione, listInterruzioni, recordInterruzione } from '../../../server/registro/service/interruzioni.ts'
import { openConsultazione, openParte, readRegistro, regenerateRegistro } from '../../../server/registro/service/read.ts'
import { checkRegistro } from '../../../metadata-schemas/registro/index.ts'
import { createOperatore } from '../../support/factories.ts'
import { createMondoRegistro, fileOf, registriOf } from '../../support/registro.ts'
import type { MondoRegistro, RegistroProdotto } from '../../support/registro.ts'

let m: MondoRegistro
let primo: RegistroProdotto

beforeAll(async () => {
  m = await createMondoRegistro()
  await m.registra('2026-05-04T08:00:00Z', { oggetto: 'Domanda palese' })
  await m.registra('2026-05-04T09:00:00Z', { oggetto: 'Segnalazione segretissima', riservatezza: 'RISERVATO' })
  await m.registra('2026-05-05T09:00:00Z')
  await m.produci('2026-05-06T06:00:00Z')
  const [first] = await registriOf(m)
  if (first === undefined) throw new Error('no register')
  primo = first
}, 60_000)
afterAll(async () => await m.close())

describe('a later version', () => {
  it('REQ-PROT-103 stands beside the first with its reason, linked to it; the first and the chain of days stay', async () => {
    const key = newId()
    const dto = await regenerateRegistro(m.rgd, primo.id, 'Classificazione corretta', key, m.ports)
    const again = await regenerateRegistro(m.rgd, primo.id, 'Classificazione corretta', key, m.ports)
    expect(again.id).toBe(dto.id)
    const all = await registriOf(m)
    expect(all.map((r) => [r.giorno, r.versione])).toEqual([
      ['2026-05-04', 1],
      ['2026-05-04', 2],
      ['2026-05-05', 1],
    ])
    expect(all[1]).toMatchObject({
      primaVersioneId: primo.id,
      motivo: 'Classificazione corretta',
      progressivo: primo.progressivo,
      precedente: primo.impronta,
      identificativo: `${primo.identificativo}-V2`,
    })
    expect([all[0]?.impronta, all[2]?.precedente]).toEqual([primo.impronta, primo.impronta])
  })

  it('only the head of records management makes one', async () => {
    await expect(regenerateRegistro(m.protocollo, primo.id, 'Prova qualsiasi', newId(), m.ports)).rejects.toMatchObject({ status: 403 })
  })
})

describe('who reads what', () => {
  it('REQ-PROT-065 the whole document has the strictest access; the copy for consultation masks what is closed', async () => {
    await expect(openParte(m.protocollo, primo.id, 'xml', m.store)).rejects.toMatchObject({ codice: 'registro-riservato' })
    expect(String(await buffer((await openParte(m.rgd, primo.id, 'xml', m.store)).stream))).toContain('Segnalazione segretissima')
    const printed: Stampa[] = []
    const stampa = {
      dichiarazione: 'prova',
      printLunga: stampatricePdf.printLunga,
      print: async (s: Stampa) => {
        printed.push(s)
        return await Promise.resolve(new Uint8Array([1]))
      },
    }
    await openConsultazione(m.protocollo, primo.id, { store: m.store, stampa })
    const text = JSON.stringify(printed)
    expect(text).toContain('Domanda palese')
    expect(text).toContain('"0000002","04/05/2026 11:00:00","RISERVATO","","","",""')
    expect(text).not.toContain('segretissima')
    expect(printed[0]?.allegati).toBeUndefined()
  })

  it('the page of a day says what it holds and offers no action while nothing is broken', async () => {
    const dto = await readRegistro(m.protocollo, primo.id, m.ports)
    expect(dto).toMatchObject({ registrazioni: 2, intero: false, rigenerabile: false, reinviabile: false, stato: 'generato' })
  })
})

describe('the seal', () => {
  it('is put on the XML when it is configured, and only then', async () => {
    expect(verifySeal(String(await fileOf(m, primo, 'xml'))).valido).toBe(false)
    await saveImpostazioni(m.rgd, {
      sottoscrizione: 'sigillo',
      sigilloDiRipiego: true,
      giorniVuoti: true,
      annuale: true,
      classificazione: 'I/6',
    })
    await m.produci('2026-05-07T06:00:00Z')
    const sealed = (await registriOf(m)).find((r) => r.giorno === '2026-05-06')
    if (sealed === undefined) throw new Error('no register')
    const xml = String(await fileOf(m, sealed, 'xml'))
    expect(verifySeal(xml).valido).toBe(true)
    expect(checkRegistro(xml)).toEqual({ valido: true, errori: [] })
  })

  it('REQ-PROT-107 days without registrations are left out only when it is so configured', async () => {
    await saveImpostazioni(m.rgd, {
      sottoscrizione: 'nessuna',
      sigilloDiRipiego: true,
      giorniVuoti: false,
      annuale: true,
      classificazione: 'I/6',
    })
    await m.registra('2026-05-09T09:00:00Z')
    await m.produci('2026-05-11T06:00:00Z')
    expect((await registriOf(m)).map((r) => r.giorno).slice(-2)).toEqual(['2026-05-06', '2026-05-09'])
  })
})

describe('the export of a real register', () => {
  it('is accepted by the verifier from its files alone, sealed day, later version and skipped days included', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'esportato-'))
    try {
      const reply = await exportRegistro(m.rgd, { dal: '2026-05-01', al: '2026-05-31', conPdf: true }, m.store)
      const zip = await buffer(reply.stream)
      expect(zip.length).toBe(reply.dimensione)
      writeFileSync(join(folder, 'registro.zip'), zip)
      const script = fileURLToPath(new URL('../../../server/registro/verifica/verifica-registro.js', import.meta.url))
      const run = spawnSync(process.execPath, [script, 'registro.zip', primo.impronta], { cwd: folder, env: {}, encoding: 'utf8' })
      expect(run.stdout + run.stderr).toContain('ESITO: INTEGRO.')
      expect(run.status).toBe(0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    await expect(exportRegistro(m.protocollo, { dal: '2026-05-01', al: '2026-05-31', conPdf: false }, m.store)).rejects.toMatchObject({
      status: 403,
    })
    const fact = await queryOne(m.rgd, `select 1 from evento_audit where ente_id = $1 and azione = 'registro-esportato'`, [m.e.ente.id])
    expect(fact).not.toBeNull()
  })
})

describe('outages and restores', () => {
  it('REQ-PROT-151 an outage has start, end and cause, and says when it lasted more than 24 hours', async () => {
    const short = await recordInterruzione(m.rgd, { inizio: '2026-05-04T08:00:00Z', fine: null, causa: 'Assenza di rete', rimedio: '' })
    expect(await closeInterruzione(m.rgd, short.id, { fine: '2026-05-05T07:59:00Z', rimedio: 'Ripristinata' })).toMatchObject({
      oltre24Ore: false,
    })
    await expect(closeInterruzione(m.rgd, short.id, { fine: '2026-05-06T08:00:00Z', rimedio: '' })).rejects.toMatchObject({ status: 409 })
    await recordInterruzione(m.rgd, {
      inizio: '2026-05-06T08:00:00Z',
      fine: '2026-05-07T08:01:00Z',
      causa: 'Guasto del disco',
      rimedio: '',
    })
    expect((await listInterruzioni(m.rgd)).map((i) => [i.causa, i.oltre24Ore])).toEqual([
      ['Guasto del disco', true],
      ['Assenza di rete', false],
    ])
  })
})

describe('who may read', () => {
  it('an auditor reads the copy for consultation and never the whole', async () => {
    const { scope } = await createOperatore(m.db.orm, m.e, 'auditor')
    await expect(openParte(scope, (await registriOf(m))[1]?.id ?? '', 'righe', m.store)).rejects.toMatchObject({ status: 403 })
  })
})
