import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ObjectStore } from '../../../storage/index.ts'
import { closeFascicolo, fileDocumento, presentFascicoloById, readFascicolo } from '../../../server/fascicoli/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { takeInCarico } from '../../../server/protocollo/service/assign.ts'
import { sportelloEndpoints } from '../../../server/sportello/index.ts'
import type { PraticaDto } from '../../../server/sportello/index.ts'
import { createTestApp } from '../../support/app.ts'
import type { Accesso, TestApp } from '../../support/app.ts'
import { createEnte, createOperatore } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, flavio, ortensia, registra, store } from '../../support/fascicoli.ts'

/** The shared store of the test's documents, which can be told to answer other bytes or none. */
const broken: { mode: 'sound' | 'altered' | 'silent' } = { mode: 'sound' }
const wrapped: ObjectStore = {
  put: async (stream, hint) => await store.put(stream, hint),
  stat: async (ente, sha256) => await store.stat(ente, sha256),
  remove: async (ente, sha256) => await store.remove(ente, sha256),
  open: async (ente, sha256, range) => {
    if (broken.mode === 'silent') throw new Error('the store does not answer')
    if (broken.mode === 'sound') return await store.open(ente, sha256, range)
    const chunks: Buffer[] = []
    for await (const chunk of await store.open(ente, sha256, range)) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    bytes[10] = (bytes[10] ?? 0) ^ 1
    return Readable.from([bytes])
  },
}

let t: TestApp
let e: EnteDiProva
let capo: Scope
let protocollo: Scope
let lei: Accesso
let lui: Accesso
let pratica: { slug: string; id: string; documentoId: string }

beforeAll(async () => {
  t = await createTestApp({ ports: { store: wrapped } })
  e = await createEnte(t.db.orm)
  capo = (await createOperatore(t.db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  protocollo = (await createOperatore(t.db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  lei = await t.loginAs({ cittadino: { nome: 'Ortensia Ventaglio', codiceFiscale: ortensia.codiceFiscale } })
  lui = await t.loginAs({ cittadino: { nome: 'Flavio Brilletti', codiceFiscale: flavio.codiceFiscale } })
  pratica = await prepara()
})
afterAll(async () => await t.close())

async function prepara(): Promise<{ slug: string; id: string; documentoId: string }> {
  const r = await registra(protocollo, e)
  const [a] = await query<{ id: string }>(capo, 'select id from assegnazione where ente_id = $1 and registrazione_id = $2', [
    e.ente.id,
    r.id,
  ])
  await takeInCarico(capo, a?.id ?? '')
  const procedimento = { materia: 'Edilizia privata', denominazione: 'Accesso agli atti', termineGiorni: 30 }
  const id = await apri(capo, e, { tipo: 'procedimento amministrativo', procedimento, documentoId: r.documentoId })
  const riservato = await registra(protocollo, e, {
    oggetto: 'Parere riservatissimo',
    riservatezza: 'RISERVATO',
    mittenti: [{ tipo: 'PG', denominazione: 'Studio Geometrico srl' }],
  })
  await fileDocumento(capo, id, { documentoId: riservato.documentoId })
  return { id, slug: (await presentFascicoloById(capo, id)).slug, documentoId: r.documentoId }
}

const get = async (path: string, who?: Accesso) => await t.http.get(`/sportello/v1/${e.ente.slug}/${path}`).set(who?.headers ?? {})

describe('the citizen’s endpoint', () => {
  it('REQ-PROT-145 asks for a digital identity, refuses operators and only ever reads', async () => {
    expect((await get('fascicoli')).status).toBe(401)
    const operatore = await t.loginAs({ ente: e.ente, profili: ['responsabileGestioneDocumentale'] })
    expect((await get('fascicoli', operatore)).status).toBe(403)
    expect([...new Set(sportelloEndpoints.map((d) => d.method))]).toEqual(['GET'])
    for (const d of sportelloEndpoints) expect(d.permission).toBe('sportello.leggi')
    // And the citizen has no way into the office.
    expect((await t.http.get(`/api/v1/${e.ente.slug}/fascicoli`).set(lei.headers)).status).toBe(403)
  })

  it('REQ-PROT-145 lists one’s own fascicoli, and none to somebody else', async () => {
    const hers = await get('fascicoli', lei)
    expect(hers.status).toBe(200)
    expect(hers.body).toHaveLength(1)
    expect(hers.body[0]).toMatchObject({
      slug: pratica.slug,
      stato: 'APERTO',
      fase: 'istruttoria',
      oggetto: 'Accesso agli atti di via del Forno',
    })
    expect((await get('fascicoli', lui)).body).toEqual([])
  })

  it('says who the citizen is, with scheme and level of the identity', async () => {
    const { body } = await get('profilo', lei)
    expect(body).toMatchObject({ nome: 'Ortensia Ventaglio', codiceFiscale: ortensia.codiceFiscale })
    expect(body.schema).not.toBe('')
    expect(body.livello).not.toBe('')
  })

  it('REQ-FASC-021 the party sees progress, responsible person with contact, documents outside reserved areas and protocol numbers', async () => {
    const answer = await get(`fascicoli/${pratica.slug}`, lei)
    const p = answer.body as PraticaDto
    expect(p.responsabile).toMatchObject({ nome: capo.attore.nome, ufficio: 'Sportello unico edilizia' })
    expect(p.responsabile.email).toMatch(/@.+\.example$/u)
    expect(p.fasi.map((f) => [f.nome, f.stato])).toEqual([
      ['ricevuta', 'fatta'],
      ['presa-in-carico', 'fatta'],
      ['istruttoria', 'ora'],
      ['esito', 'futura'],
    ])
    expect(p.protocollo).toMatch(/^\d{7}\/\d{4}$/u)
    expect(p.documenti.map((d) => [d.id, d.flusso, d.protocollo])).toEqual([[pratica.documentoId, 'inviato da te', p.protocollo]])
    expect(p.termine).not.toBeNull()
    expect(answer.text).not.toMatch(/riservatissimo|Geometrico/u)
  })

  it('answers the same for what is somebody else’s and for what does not exist', async () => {
    const p = (await get(`fascicoli/${pratica.slug}`, lei)).body as PraticaDto
    const file = p.documenti[0]?.file[0]?.id ?? ''
    const pairs = [
      [`fascicoli/${pratica.slug}`, 'fascicoli/2020-06.03-999'],
      [`documenti/${pratica.documentoId}/file/${file}`, `documenti/${newId()}/file/${newId()}`],
    ] as const
    for (const [his, absent] of pairs) {
      const [one, two] = [await get(his, lui), await get(absent, lui)]
      expect(one.status).toBe(404)
      expect({ ...JSON.parse(one.text), requestId: '' }).toEqual({ ...JSON.parse(two.text), requestId: '' })
    }
  })
})

describe('download', () => {
  const path = async (): Promise<{ url: string; sha256: string; dimensione: number }> => {
    const p = (await get(`fascicoli/${pratica.slug}`, lei)).body as PraticaDto
    const file = p.documenti[0]?.file[0]
    return { url: `documenti/${pratica.documentoId}/file/${file?.id ?? ''}`, sha256: file?.sha256 ?? '', dimensione: file?.dimensione ?? 0 }
  }
  const reads = async () =>
    (
      await query(capo, `select 1 from evento_audit where ente_id = $1 and azione = 'documento-letto' and attore_id = $2`, [
        e.ente.id,
        ortensia.codiceFiscale,
      ])
    ).length

  it('gives the recorded bytes with their digest', async () => {
    const { url, sha256, dimensione } = await path()
    const answer = await get(url, lei)
    const bytes = answer.body as Buffer
    expect(answer.status).toBe(200)
    expect(bytes.length).toBe(dimensione)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    expect(answer.headers['repr-digest']).toBe(`sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`)
  })

  it('breaks the transfer of altered bytes', async () => {
    const { url } = await path()
    broken.mode = 'altered'
    await expect(get(url, lei)).rejects.toThrow(/aborted|hang up|ECONNRESET/u)
    broken.mode = 'sound'
  })

  it('has recorded the read before the first byte', async () => {
    const { url } = await path()
    const before = await reads()
    broken.mode = 'silent'
    expect((await get(url, lei)).status).toBe(500)
    broken.mode = 'sound'
    expect(await reads()).toBe(before + 1)
  })
})

describe('who opened my data', () => {
  it('names the people of the ente and oneself, to the person concerned only', async () => {
    await readFascicolo(capo, pratica.id)
    await get(`fascicoli/${pratica.slug}`, lei)
    const { body } = await get('accessi', lei)
    expect(body.totale).toBe(body.elementi.length)
    const found = body.elementi.map((a: { chi: string; tu: boolean; azione: string; pratica: { slug: string } }) => [
      a.chi,
      a.tu,
      a.azione,
      a.pratica.slug,
    ])
    expect(found).toContainEqual([capo.attore.nome, false, 'fascicolo-letto', pratica.slug])
    expect(found).toContainEqual(['Ortensia Ventaglio', true, 'fascicolo-letto', pratica.slug])
    expect((await get('accessi', lui)).body).toEqual({ elementi: [], totale: 0 })
  })
})

describe('at the end', () => {
  it('the outcome and its day are there, and the documents stay readable', async () => {
    const altra = await prepara()
    const { versione } = await presentFascicoloById(capo, altra.id)
    await closeFascicolo(
      capo,
      altra.id,
      { versione, esito: 'archiviazione', nota: 'Nota interna', motivoForzatura: 'Parere mai preso in carico' },
      [],
    )
    const answer = await get(`fascicoli/${altra.slug}`, lei)
    const p = answer.body as PraticaDto
    expect(p).toMatchObject({ stato: 'CHIUSO', fase: 'esito', esito: 'archiviazione' })
    expect(p.fasi.every((f) => f.stato === 'fatta')).toBe(true)
    expect(p.fasi.at(-1)?.quando).toBe(p.chiusoIl)
    expect(p.documenti).toHaveLength(1)
    expect(answer.text).not.toContain('Nota interna')
  })
})
