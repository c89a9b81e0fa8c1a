import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { countProposte, openFascicolo, presentFascicoloById, proposeWithin } from '../../../server/fascicoli/index.ts'
import type { NuovaProposta } from '../../../server/fascicoli/index.ts'
import { acceptProposta, listProposte, proposeFascicolo, readProposta, refuseProposta } from '../../../server/fascicoli/service/proposte.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inReadTransaction, inTransaction, query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, buildFascicolo, registra } from '../../support/fascicoli.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let altroCapo: Scope
let protocollo: Scope
let rgd: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  altroCapo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.protocollo, 'Ugo')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', e.uffici.protocollo, 'Rita')).scope
})
afterAll(async () => await db.close())

/** What a protocol operator knows: classe, type, words, document. */
const proposta = (changes: Partial<NuovaProposta> = {}): NuovaProposta => ({
  ufficioId: e.uffici.edilizia,
  voceId: e.voci.get('VI/3') ?? '',
  tipo: 'affare',
  oggetto: 'Occupazione di suolo in via del Forno',
  nota: 'Manca un fascicolo adatto',
  ...changes,
})
const ultimo = async (): Promise<number> => {
  const rows = await query<{ ultimo: number }>(
    capo,
    'select coalesce(max(ultimo), 0)::int as ultimo from contatore_fascicolo where ente_id = $1',
    [e.ente.id],
  )
  return rows[0]?.ultimo ?? 0
}
const count = async (s: Scope): Promise<number> => await inReadTransaction(s, countProposte)

describe('who may not open proposes', () => {
  it('REQ-FASC-010 a protocol operator may not open a fascicolo, may propose it: no number is taken until the head opens it, with the sottoclasse he adds', async () => {
    const r = await registra(protocollo, e)
    await expect(openFascicolo(protocollo, buildFascicolo(e, capo.attore), newId())).rejects.toMatchObject({ codice: 'apertura-riservata' })
    const before = await ultimo()
    const id = await proposeFascicolo(protocollo, proposta({ documentoId: r.documentoId }), newId())
    expect(await ultimo()).toBe(before)
    expect(await count(capo)).toBe(1)
    expect(await count(altroCapo)).toBe(0)
    expect(await count(protocollo)).toBe(0)
    expect(await listProposte(capo, 'PROPOSTO')).toMatchObject([
      {
        id,
        dati: { oggetto: 'Occupazione di suolo in via del Forno' },
        documento: { id: r.documentoId },
        azioni: { decidi: true, ritira: false },
      },
    ])
    expect(await readProposta(protocollo, id)).toMatchObject({ stato: 'PROPOSTO', azioni: { decidi: false, ritira: true } })

    // The proposer cannot decide; the class that has sottoclassi and the responsible person are said by the head.
    await expect(acceptProposta(protocollo, id, { responsabileId: capo.attore.id }, newId())).rejects.toMatchObject({
      codice: 'apertura-riservata',
    })
    await expect(acceptProposta(capo, id, {}, newId())).rejects.toMatchObject({ campi: [{ campo: 'responsabileId' }] })
    await expect(acceptProposta(capo, id, { responsabileId: capo.attore.id }, newId())).rejects.toMatchObject({
      codice: 'sottoclasse-mancante',
    })
    const chiave = newId()
    const input = { responsabileId: capo.attore.id, voceId: e.voci.get('VI/3/4') ?? '' }
    const fascicoloId = await acceptProposta(capo, id, input, chiave)
    expect(await acceptProposta(capo, id, input, chiave)).toBe(fascicoloId)
    const f = await presentFascicoloById(capo, fascicoloId)
    expect(f).toMatchObject({ oggetto: 'Occupazione di suolo in via del Forno', voce: { codice: 'VI/3/4' }, stato: 'APERTO' })
    expect(f.documenti.map((d) => d.documentoId)).toEqual([r.documentoId])
    expect(await readProposta(protocollo, id)).toMatchObject({
      stato: 'APERTO',
      decisaDa: capo.attore.nome,
      fascicolo: { codice: f.codice },
    })
    await expect(acceptProposta(capo, id, input, newId())).rejects.toMatchObject({ codice: 'proposta-decisa' })
    await expect(refuseProposta(capo, id, 'Tardi')).rejects.toMatchObject({ codice: 'proposta-decisa' })
    expect(await count(capo)).toBe(0)
  })

  it('a refusal keeps its reason for the proposer, a proposal is taken back by who made it, and neither numbers anything', async () => {
    const before = await ultimo()
    const refused = await proposeFascicolo(protocollo, proposta(), newId())
    const taken = await proposeFascicolo(protocollo, proposta(), newId())
    await expect(refuseProposta(altroCapo, refused, 'Non mio')).rejects.toMatchObject({ codice: 'proposta-assente' })
    await refuseProposta(capo, refused, 'Usa il fascicolo già aperto')
    await refuseProposta(protocollo, taken, 'Proposta per sbaglio')
    expect(await readProposta(protocollo, refused)).toMatchObject({
      stato: 'RESPINTO',
      motivo: 'Usa il fascicolo già aperto',
      fascicolo: null,
    })
    expect(await readProposta(protocollo, taken)).toMatchObject({ stato: 'RESPINTO', decisaDa: protocollo.attore.nome })
    expect(await ultimo()).toBe(before)
  })

  it('wrong fields are told together with what they want; a document has one proposal at a time; the key repeats nothing', async () => {
    const r = await registra(protocollo, e)
    await expect(
      proposeFascicolo(protocollo, proposta({ ufficioId: newId(), responsabileId: capo.attore.id }), newId()),
    ).rejects.toMatchObject({ campi: [{ campo: 'ufficioId' }] })
    await expect(proposeFascicolo(protocollo, proposta({ responsabileId: protocollo.attore.id }), newId())).rejects.toMatchObject({
      campi: [{ campo: 'responsabileId' }],
    })
    const chiave = newId()
    const input = proposta({ documentoId: r.documentoId })
    const id = await proposeFascicolo(protocollo, input, chiave)
    expect(await proposeFascicolo(protocollo, input, chiave)).toBe(id)
    await expect(proposeFascicolo(protocollo, proposta({ oggetto: 'Altro' }), chiave)).rejects.toMatchObject({ codice: 'chiave-gia-usata' })
    await expect(proposeFascicolo(protocollo, input, newId())).rejects.toMatchObject({ codice: 'documento-gia-proposto' })
  })

  it('a proposal that names a reserved document is nowhere for who may not read it, not even in the number of those to decide', async () => {
    const before = await count(altroCapo)
    const r = await registra(rgd, e, { riservatezza: 'RISERVATO' })
    const id = await proposeFascicolo(rgd, proposta({ ufficioId: e.uffici.protocollo, documentoId: r.documentoId }), newId())
    const assigned = await readableBy(altroCapo, r.id)
    expect(assigned).toBe(false)
    expect(await count(altroCapo)).toBe(before)
    expect((await listProposte(altroCapo)).map((p) => p.id)).not.toContain(id)
    await expect(readProposta(altroCapo, id)).rejects.toMatchObject({ codice: 'proposta-assente' })
    await expect(acceptProposta(altroCapo, id, {}, newId())).rejects.toMatchObject({ codice: 'proposta-assente' })
    expect((await listProposte(rgd)).map((p) => p.id)).toContain(id)
  })

  it('the one of a new year is proposed once, again after a refusal, and when it opens it says what it continues', async () => {
    const precedente = await apri(capo, e, { tipo: 'attivita', oggetto: 'Controlli edilizi' })
    const next = proposta({
      tipo: 'attivita',
      voceId: e.voci.get('VI/3/4') ?? '',
      responsabileId: capo.attore.id,
      oggetto: 'Controlli edilizi',
    })
    const propose = async (): Promise<string | null> => await inTransaction(rgd, async (tx) => await proposeWithin(tx, next, precedente))
    const first = (await propose()) ?? ''
    expect(await propose()).toBeNull()
    await refuseProposta(capo, first, 'Aspetta gennaio')
    const second = (await propose()) ?? ''
    expect(second).not.toBe(first)
    const f = await presentFascicoloById(capo, await acceptProposta(capo, second, {}, newId()))
    expect(f.collegamenti).toMatchObject([{ tipo: 'presupposto', fascicolo: { id: precedente } }])
    expect(await propose()).toBeNull()
  })
})

/** Whether this person reads a registration: the premise of the fence. */
async function readableBy(s: Scope, registrazioneId: string): Promise<boolean> {
  const { findVisibleById } = await import('../../../server/protocollo/index.ts')
  try {
    await findVisibleById(s, registrazioneId)
    return true
  } catch {
    return false
  }
}
