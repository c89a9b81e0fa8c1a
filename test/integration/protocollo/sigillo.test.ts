import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createMemoryStore } from '../../../storage/memory.ts'
import { createSigilloXades, generateTestCertificate } from '../../../server/adapters/sigillo-xades/index.ts'
import { verifyChain } from '../../../server/kernel/audit.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { romeDay } from '../../../server/kernel/time.ts'
import { findRighe, isInSigillatura, presentById, protocolloJobs, register, registerWithin } from '../../../server/protocollo/index.ts'
import type { NuovaRegistrazioneUscita } from '../../../server/protocollo/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildNuova, buildPdf, buildUscita, createEnte, createOperatore, sistema, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let e: EnteDiProva
let clerk: Scope
let jobs: Scope
let sealer: (xml: string) => Promise<string>
const store = createMemoryStore()
const provincia = { tipo: 'PAI' as const, denominazione: 'Provincia di Valserena', codiceIpa: 'p_xval' }
/** Calls of the sealing service that fail, by order from 1. */
let failing: ReadonlySet<number> = new Set()
let calls = 0

const ports = {
  store,
  sigillo: {
    sealXml: async (xml: string): Promise<string> => {
      calls++
      if (failing.has(calls)) throw new Error('sealing service down')
      return await sealer(xml)
    },
  },
} as unknown as Ports

beforeAll(async () => {
  wireReactions(protocolloJobs)
  db = await createDatabase()
  e = await createEnte(db.orm)
  clerk = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
  jobs = openScope(db.orm, e.ente, sistema, ruoli.jobs)
  const sigillo = await createSigilloXades(
    await generateTestCertificate({
      organizzazione: 'SIGILLO DI PROVA',
      identificativo: 'VATIT-00999000001',
      dal: new Date(Date.now() - 86_400_000),
    }),
  )
  sealer = async (xml) => await sigillo.sealXml(xml)
})
afterAll(async () => await db.close())

async function toProvincia(changes: Partial<NuovaRegistrazioneUscita> = {}): Promise<NuovaRegistrazioneUscita> {
  const contenutoId = await stage(clerk, store, await buildPdf(newId()), 'nota.pdf')
  return buildUscita(e, contenutoId, { destinatari: [provincia], mezzo: 'PEC', ...changes })
}

const visible = async (): Promise<number[]> =>
  (await query<{ numero: number }>(clerk, 'select numero from registrazione where ente_id = $1 order by numero', [e.ente.id])).map(
    (r) => r.numero,
  )

/** What the database holds, looked at by who may see what is not sealed yet. */
async function hidden(): Promise<{ id: string; numero: number }[]> {
  return await inTransaction(clerk, async (tx) => {
    await query(tx, `select set_config('app.sigillatura', 'si', true)`)
    return await query(tx, `select id, numero from registrazione where ente_id = $1 and stato = 'in_sigillatura' order by numero`, [
      e.ente.id,
    ])
  })
}

const watchdog = async (): Promise<void> =>
  await (protocolloJobs.find((j) => j.type === 'protocollo.recoverSigilli') as (typeof protocolloJobs)[number]).handler(jobs, {}, ports)

describe('seal as roll-forward', () => {
  it('REQ-PROT-036 what goes to another administration is answered with its sealed segnatura', async () => {
    const { id } = await register(clerk, await toProvincia(), newId(), ports)
    const r = await presentById(clerk, id)
    expect(r.segnatura.sigillata).toBe(true)
    const [event] = await query<{ dati: string }>(
      clerk,
      `select dati from evento_audit where ente_id = $1 and oggetto_id = $2 and azione = 'registrata'`,
      [e.ente.id, id],
    )
    expect(event?.dati).toContain(r.segnatura.testo)
  })

  it('REQ-PROT-036 A2 the seal fails on one of three: no number is seen, nothing leaves unsealed, afterwards the sequence is whole', async () => {
    const before = await visible()
    const chiavi = [newId(), newId(), newId()] as const
    const richieste = [await toProvincia(), await toProvincia(), await toProvincia()] as const
    calls = 0
    failing = new Set([2])
    const outcome: string[] = []
    for (const [i, chiave] of chiavi.entries()) {
      outcome.push(
        await register(clerk, richieste[i] as NuovaRegistrazioneUscita, chiave, ports).then(
          () => 'registrata',
          (error: unknown) => `${(error as { status: number }).status} ${(error as { codice: string }).codice}`,
        ),
      )
    }
    expect(outcome).toEqual(['registrata', '503 sigillo-non-disponibile', 'registrata'])
    const seen = await visible()
    const [waiting] = await hidden()
    expect(seen).toHaveLength(before.length + 2)
    expect(seen).not.toContain(waiting?.numero)
    await expectUnseen(waiting?.id ?? '')
    // The same key asks again while the service is down, then when it is back.
    failing = new Set([4])
    await expect(register(clerk, richieste[1], chiavi[1], ports)).rejects.toMatchObject({ codice: 'sigillo-non-disponibile' })
    failing = new Set()
    const again = await register(clerk, richieste[1], chiavi[1], ports)
    expect(again).toMatchObject({ id: waiting?.id, ripetuta: true })
    expect(await hidden()).toEqual([])
    const all = await visible()
    expect(all).toEqual(all.map((_, i) => i + 1))
    expect(await verifyChain(clerk, e.registroId)).toBeNull()
  })

  /** No list, page, trail, segnatura or copy tells the number of what is not sealed, to any role. */
  async function expectUnseen(id: string): Promise<void> {
    expect(id).not.toBe('')
    await expect(presentById(clerk, id)).rejects.toMatchObject({ status: 404 })
    expect((await findRighe(clerk, { pagina: 1, perPagina: 200 })).elementi.some((r) => r.id === id)).toBe(false)
    for (const role of [ruoli.app, ruoli.jobs]) {
      const scope = openScope(db.orm, e.ente, sistema, role)
      expect(await query(scope, 'select id from registrazione where id = $1', [id])).toEqual([])
      expect(await query(scope, 'select xml from segnatura where registrazione_id = $1', [id])).toEqual([])
    }
    expect(await query(clerk, 'select 1 from copia_segnata where registrazione_id = $1', [id])).toEqual([])
    const facts = await query<{ dati: string; azione: string }>(clerk, 'select azione, dati from evento_audit where oggetto_id = $1', [id])
    expect(facts.map((f) => f.azione)).toEqual(['in-sigillatura'])
    expect(facts[0]?.dati).not.toContain('#')
    // Nothing follows a registration nobody may see but the completion of its seal: no stamp, no receipt, no search.
    const queued = await withClient(
      db.ownerUrl,
      async (client) =>
        await client.query<{ identifier: string }>(
          `select t.identifier from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where j.payload->>'id' = $1`,
          [id],
        ),
    )
    expect(queued.rows.map((r) => r.identifier)).toEqual(['protocollo.completeSigillo'])
  }

  it('REQ-PROT-036 the watchdog and the start finish what a crash left between the two commits', async () => {
    const nuova = await toProvincia()
    // The process dies after the first commit: nobody calls the second half.
    const { id, daSigillare } = await inTransaction(clerk, async (tx) => await registerWithin(tx, nuova, newId()))
    expect(daSigillare).toBe(true)
    const giorno = romeDay(new Date())
    expect(await isInSigillatura(clerk, e.registroId, giorno)).toBe(true)
    const contenutoId = await stage(clerk, store, await buildPdf(newId()), 'altra.pdf')
    const next = await presentById(clerk, (await register(clerk, buildNuova(e, contenutoId), newId())).id)
    calls = 0
    failing = new Set([1])
    await watchdog()
    expect((await hidden()).map((h) => h.id)).toEqual([id])
    failing = new Set()
    await watchdog()
    await watchdog()
    const r = await presentById(clerk, id)
    expect(r.numero).toBe(next.numero - 1)
    expect(r.segnatura.sigillata).toBe(true)
    expect(await isInSigillatura(clerk, e.registroId, giorno)).toBe(false)
    expect(await verifyChain(clerk, e.registroId)).toBeNull()
  })

  it('REQ-PROT-036 two who finish it together write it once', async () => {
    const { id } = await inTransaction(clerk, async (tx) => await registerWithin(tx, await toProvincia(), newId()))
    await Promise.all([watchdog(), watchdog(), watchdog()])
    expect(await query(clerk, 'select 1 from copia_segnata where registrazione_id = $1', [id])).toHaveLength(1)
    expect(await query(clerk, `select 1 from evento_audit where oggetto_id = $1 and azione = 'registrata'`, [id])).toHaveLength(1)
  })

  it('REQ-PROT-022 a row takes the one step of its seal and no other, and never without the sealed copy', async () => {
    const { id } = await inTransaction(clerk, async (tx) => await registerWithin(tx, await toProvincia(), newId()))
    const attempt = async (sql: string): Promise<string> =>
      await inTransaction(clerk, async (tx) => {
        await query(tx, `select set_config('app.sigillatura', 'si', true)`)
        await query(tx, sql, [id])
        return 'fatto'
      }).catch((error: unknown) =>
        String((error as { code?: string; constraint?: string }).constraint ?? (error as { code?: string }).code),
      )
    expect(await attempt(`update registrazione set stato = 'registrata' where id = $1`)).toBe('registrazione_sigillo')
    expect(await attempt(`update registrazione set stato = 'in_sigillatura' where id = $1`)).toBe('registrazione_immutabile')
    expect(await attempt(`update registrazione set oggetto = 'altro' where id = $1`)).toBe('42501')
    await watchdog()
    expect(await attempt(`update registrazione set stato = 'in_sigillatura' where id = $1`)).toBe('registrazione_immutabile')
    expect(await attempt(`update registrazione set stato = 'registrata' where id = $1`)).toBe('registrazione_immutabile')
  })
})
