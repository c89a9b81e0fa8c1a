import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createMemoryStore } from '../../../storage/memory.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Attore, Profilo, Scope } from '../../../server/kernel/scope.ts'
import {
  authorizeRichiesta,
  changeRiserva,
  findCondizioni,
  findRighe,
  readableCondition,
  requestRettifica,
} from '../../../server/protocollo/index.ts'
import { canReadRegistrazione, visibilitaOf } from '../../../server/protocollo/policy.ts'
import { findVista } from '../../../server/protocollo/readable.ts'
import { cause, livelli } from '../../../server/protocollo/schema/condizione.ts'
import { closeAccessoAutorita, openAccessoAutorita } from '../../../server/protocollo/service/autorita.ts'
import { readRegistrazione } from '../../../server/protocollo/service/read.ts'
import { recordRiservatiLetti } from '../../../server/protocollo/service/riserva.ts'
import { describeNonVisibile, explainVisibilita, readVisibilitaOperatore } from '../../../server/protocollo/service/visibilita.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, openScope } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, createRegistrazione } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let e: EnteDiProva
let clerk: Scope
let rgd: Scope
let head: Scope
let member: Scope
const store = createMemoryStore()
const all = { pagina: 1, perPagina: 200 }

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  clerk = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale')).scope
  head = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia)).scope
  member = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia)).scope
})
afterAll(async () => await db.close())

const reads = async (s: Scope, id: string): Promise<boolean> =>
  await readRegistrazione(s, id).then(
    () => true,
    () => false,
  )

describe('the rule and its SQL', () => {
  it('REQ-PROT-061 REQ-PROT-141 give the same answer in random worlds, for the condition and for the list of a person', async () => {
    const w = await createEnte(db.orm)
    const system = (await createOperatore(db.orm, w, 'responsabileGestioneDocumentale')).scope
    const ids: string[] = []
    for (let i = 0; i < 6; i++) ids.push(await createRegistrazione(system, w, store, { assegnazione: { ufficioId: w.uffici.scuola } }))
    const people = [newId(), newId()]
    const chi = [...people, w.uffici.edilizia, w.uffici.scuola, w.uffici.protocollo]
    const world = fc.record({
      accessi: fc.uniqueArray(
        fc.record({
          r: fc.nat(5),
          chi: fc.constantFrom(...chi),
          causa: fc.constantFrom(...cause),
          fino: fc.constantFrom(null, '2000-01-01', '2999-01-01'),
        }),
        { maxLength: 25, selector: (a) => `${a.r} ${a.chi} ${a.causa}` },
      ),
      livelli: fc.array(fc.record({ livello: fc.constantFrom(...livelli), fino: fc.constantFrom(null, '2000-01-01', '2999-01-01') }), {
        minLength: 6,
        maxLength: 6,
      }),
      profili: fc.subarray<Profilo>(['operatoreProtocollo', 'responsabileUor', 'addettoUor', 'consultazione', 'auditor'], { minLength: 1 }),
      uffici: fc.subarray([w.uffici.edilizia, w.uffici.scuola, w.uffici.protocollo]),
      diretti: fc.nat(3),
      io: fc.constantFrom(...people),
    })
    await fc.assert(
      fc.asyncProperty(world, async (m) => {
        await inTransaction(system, async (tx) => {
          await query(tx, 'delete from accesso where ente_id = $1', [w.ente.id])
          await query(tx, 'update riserva set al = now() where ente_id = $1 and al is null', [w.ente.id])
          if (m.accessi.length > 0)
            await insertRows(
              tx,
              'accesso',
              m.accessi.map((a) => ({
                registrazione_id: ids[a.r],
                chi: a.chi,
                causa: a.causa,
                istante: new Date(2026, 0, a.r + 1).toISOString(),
                numero: a.r,
                // Only accesses of authorities end by themselves.
                fino: a.causa === 'autorita' ? a.fino : null,
              })),
            )
          await insertRows(
            tx,
            'riserva',
            m.livelli.map((l, i) => ({
              id: newId(),
              registrazione_id: ids[i],
              ...l,
              motivo: 'x',
              autore_id: 'x',
              autore_nome: 'x',
              dal: new Date().toISOString(),
              al: null,
            })),
          )
        })
        const ufficiDiretti = m.uffici.slice(0, m.diretti)
        const attore: Attore = {
          tipo: 'operatore',
          id: m.io,
          nome: 'X',
          profili: m.profili,
          uffici: m.uffici,
          ufficiDiretti,
          permessi: new Set(),
        }
        const s = openScope(db.orm, w.ente, attore)
        await inReadTransaction(s, async (t) => {
          const binds: unknown[] = [w.ente.id]
          const condition = readableCondition(t, (v) => `$${binds.push(v)}`)
          const sql = await query<{ id: string }>(t, `select r.id from registrazione r where r.ente_id = $1 and ${condition}`, binds)
          const pure: string[] = []
          for (const id of ids) if (canReadRegistrazione(visibilitaOf(attore), await findVista(t, id))) pure.push(id)
          expect(sql.map((r) => r.id).toSorted()).toEqual(pure.toSorted())
          const list = await findRighe(t, all)
          expect(
            list.elementi
              .filter((r) => r.stato !== 'riservata')
              .map((r) => r.id)
              .toSorted(),
          ).toEqual(pure.toSorted())
          expect(list.totale).toBe(list.elementi.length)
        })
      }),
      { numRuns: 40 },
    )
  }, 120_000)
})

describe('riservati', () => {
  it('REQ-PROT-060 REQ-PROT-061 A8: same sequence; the uncleared get number, date and RISERVATO, and no search, filter or count finds it', async () => {
    const before = await readRegistrazione(rgd, await createRegistrazione(rgd, e, store))
    const id = await createRegistrazione(rgd, e, store, {
      riservatezza: 'RISERVATO',
      oggetto: 'Segretissima vicenda',
      voceId: e.voci.get('VI/3') ?? '',
    })
    expect((await readRegistrazione(rgd, id)).numero).toBe(before.numero + 1)
    const seen = (await findRighe(clerk, all)).elementi.find((r) => r.id === id)
    expect(seen).toMatchObject({
      numero: before.numero + 1,
      oggetto: 'RISERVATO',
      corrispondente: '',
      voce: null,
      fascicolo: null,
      ufficio: null,
    })
    for (const filtri of [{ q: 'Segretissima' }, { q: 'Ventaglio' }, { voce: 'VI/3' }, { ufficio: e.uffici.edilizia }]) {
      for (const s of [clerk, member]) {
        const found = await findRighe(s, { ...all, ...filtri })
        expect(found.elementi.some((r) => r.id === id)).toBe(false)
        expect(found.totale).toBe(found.elementi.length)
      }
    }
    expect((await findRighe(member, all)).elementi.some((r) => r.id === id)).toBe(false)
    const { numero, anno } = await readRegistrazione(rgd, id)
    expect(await describeNonVisibile(clerk, anno, numero)).toEqual({ esiste: true, etichetta: expect.any(String), ufficio: null })
    expect(await describeNonVisibile(clerk, before.anno, before.numero)).toMatchObject({ ufficio: 'Sportello unico edilizia' })
  })

  it('REQ-PROT-062 author, RGD, head of the office and named readers read; PARTICOLARE is for the named only', async () => {
    const id = await createRegistrazione(clerk, e, store)
    await changeRiserva(rgd, id, { livello: 'DATI_PARTICOLARI', motivo: 'Dati di salute', lettori: [] })
    expect([await reads(rgd, id), await reads(clerk, id), await reads(head, id), await reads(member, id)]).toEqual([
      true,
      true,
      true,
      false,
    ])
    await changeRiserva(rgd, id, { livello: 'PARTICOLARE', motivo: 'Indirizzo politico', lettori: [member.attore.id] })
    expect([await reads(rgd, id), await reads(clerk, id), await reads(head, id), await reads(member, id)]).toEqual([
      true,
      true,
      false,
      true,
    ])
    await changeRiserva(rgd, id, { livello: 'ORDINARIO', motivo: 'Finita la riserva', lettori: [] })
    expect([await reads(head, id), await reads(member, id)]).toEqual([true, true])
  })

  it('REQ-PROT-063 the expiry reopens by itself; raising and lowering is of the RGD, with its reason in the chained trail', async () => {
    const id = await createRegistrazione(clerk, e, store)
    await expect(changeRiserva(head, id, { livello: 'DATI_PARTICOLARI', motivo: 'x', lettori: [] })).rejects.toMatchObject({ status: 403 })
    await changeRiserva(rgd, id, { livello: 'RISERVATO', fino: '2999-12-31', motivo: 'Gara in corso', lettori: [] })
    expect(await reads(member, id)).toBe(false)
    await inTransaction(rgd, async (tx) => {
      await query(tx, 'update riserva set al = now() where ente_id = $1 and registrazione_id = $2 and al is null', [e.ente.id, id])
      const author = { motivo: 'x', autore_id: 'x', autore_nome: 'x', dal: new Date().toISOString(), al: null }
      await insertRows(tx, 'riserva', [{ id: newId(), registrazione_id: id, livello: 'RISERVATO', fino: '2020-01-01', ...author }])
    })
    expect(await reads(member, id)).toBe(true)
    expect((await findCondizioni(rgd, [id])).get(id)).toMatchObject({ riservata: false, livello: 'ORDINARIO' })
    const fact = await queryOne<{ dati: string; progressivo: string }>(
      rgd,
      "select dati, progressivo from evento_audit where ente_id = $1 and oggetto_id = $2 and azione = 'riserva-cambiata'",
      [e.ente.id, id],
    )
    expect(fact?.dati).toContain('Gara in corso')
    expect(fact?.dati).toContain('"livello":"RISERVATO"')
    expect(fact?.progressivo).not.toBeNull()
  })

  it('REQ-PROT-064 every read of a riservato leaves who read it, on its card and in a list', async () => {
    const id = await createRegistrazione(rgd, e, store, { riservatezza: 'RISERVATO' })
    await readRegistrazione(head, id)
    await recordRiservatiLetti(
      head,
      (await findRighe(head, all)).elementi.filter((r) => r.id === id),
    )
    const facts = await query<{ azione: string; chi: string }>(
      rgd,
      `select azione, attore_id as chi from evento_audit where ente_id = $1 and oggetto_id = $2 and azione in ('registrazione-letta', 'riservato-letto') order by istante, id`,
      [e.ente.id, id],
    )
    expect(facts).toEqual([
      { azione: 'registrazione-letta', chi: head.attore.id },
      { azione: 'riservato-letto', chi: head.attore.id },
    ])
  })
})

describe('why', () => {
  it('says every reason to the person himself, and to who checks the visibility of others', async () => {
    const id = await createRegistrazione(clerk, e, store)
    const mine = await explainVisibilita(member, id)
    expect(mine).toMatchObject({
      vede: true,
      ragioni: [{ codice: 'competenza', testo: 'È assegnata per competenza al tuo ufficio «Sportello unico edilizia».' }],
    })
    await expect(explainVisibilita(member, id, head.attore.id)).rejects.toMatchObject({ status: 403 })
    const checker: Scope = { ...rgd, attore: { ...rgd.attore, permessi: new Set(['visibilita.verifica']) } }
    const school = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.scuola)).attore
    expect(await explainVisibilita(checker, id, school.id)).toMatchObject({ vede: false, ragioni: [{ codice: 'nessuna' }] })
    const seen = await readVisibilitaOperatore(checker, member.attore.id)
    expect(seen.cause.map((c) => c.causa)).toContain('competenza')
    expect(seen.campione.some((r) => r.id === id)).toBe(true)
  })

  it('opens to a named person what an authority asks, until its day or until it is closed', async () => {
    const id = await createRegistrazione(rgd, e, store, { riservatezza: 'RISERVATO' })
    const reader = (await createOperatore(db.orm, e, 'consultazione', e.uffici.scuola)).scope
    expect(await reads(reader, id)).toBe(false)
    const request = {
      autorita: 'Procura di Prova',
      baseGiuridica: 'Art. 256 c.p.p.',
      riferimento: 'n. 7',
      oggetto: 'Atti della gara',
      operatoreId: reader.attore.id,
      al: '2999-12-31',
      registrazioni: [id],
    }
    await expect(openAccessoAutorita(head, request, newId())).rejects.toMatchObject({ status: 403 })
    const access = await openAccessoAutorita(rgd, request, newId())
    expect(await reads(reader, id)).toBe(true)
    await closeAccessoAutorita(rgd, access)
    expect(await reads(reader, id)).toBe(false)
  })
})

describe('chains of corrections', () => {
  it('REQ-PROT-045 any sequence of corrections keeps every value in order, each beginning where the one before ended', async () => {
    const words = fc.array(
      fc.string({ minLength: 1, maxLength: 20 }).filter((t) => t.trim() === t && t !== ''),
      { minLength: 1, maxLength: 5 },
    )
    await fc.assert(
      fc.asyncProperty(words, async (valori) => {
        const id = await createRegistrazione(clerk, e, store, { oggetto: 'Origine di tutto' })
        const written = ['Origine di tutto']
        for (const [i, valore] of valori.entries()) {
          if (valore === written.at(-1)) continue
          const richiesta = await requestRettifica(clerk, id, { campo: 'oggetto', valore, motivo: 'x' }, newId())
          await authorizeRichiesta(rgd, richiesta, { provvedimento: { numero: `C${i}`, data: '2026-01-02' }, confermaDestinatario: false })
          written.push(valore)
        }
        const c = (await findCondizioni(rgd, [id])).get(id)
        expect(c?.correzioni.map((k) => [k.valoreAnnullato, k.valoreCorretto])).toEqual(written.slice(1).map((v, i) => [written[i], v]))
        expect(c?.oggetto).toBe(written.at(-1))
      }),
      { numRuns: 6 },
    )
  }, 60_000)
})
