import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createMemoryStore } from '../../../storage/memory.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query } from '../../../server/kernel/scope.ts'
import type { Attore, Profilo, Scope } from '../../../server/kernel/scope.ts'
import { changeRiserva } from '../../../server/protocollo/index.ts'
import { selectPagina } from '../../../server/protocollo/elenco.ts'
import { canReadRegistrazione, visibilitaOf } from '../../../server/protocollo/policy.ts'
import { findVista } from '../../../server/protocollo/readable.ts'
import type { FiltriRegistro } from '../../../server/protocollo/schema.ts'
import { reclassifyRegistrazione } from '../../../server/protocollo/service/classify.ts'
import { cause, livelli } from '../../../server/protocollo/schema/condizione.ts'
import { register } from '../../../server/protocollo/service/register.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, openScope } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildInterna, buildPdf, createEnte, createOperatore, createRegistrazione, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let e: EnteDiProva
let rgd: Scope
const store = createMemoryStore()
const QUANTE = 14

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale')).scope
})
afterAll(async () => await db.close())

interface Registrata {
  id: string
  documento: string
  tipo: 'E' | 'U' | 'I'
  istante: Date
  numero: number
}

async function registered(): Promise<Registrata[]> {
  for (let i = 0; i < QUANTE; i++) {
    if (i % 3 > 0) await createRegistrazione(rgd, e, store, { assegnazione: { ufficioId: e.uffici.scuola } })
    else
      await register(
        rgd,
        buildInterna(e, await stage(rgd, store, await buildPdf(`Parere ${i}`), 'parere.pdf')) as Parameters<typeof register>[1],
        newId(),
      )
  }
  return await query<Registrata>(
    rgd,
    'select id, documento_id as documento, tipo, istante, numero from registrazione where ente_id = $1 order by istante desc, numero desc, id desc',
    [e.ente.id],
  )
}

const shown = async (s: Scope, filtri: Partial<FiltriRegistro>): Promise<readonly string[]> =>
  (await selectPagina(s, { pagina: 1, perPagina: 50, ...filtri }, 50, 0)).ids

describe('lists read from the accesses', () => {
  it('REQ-PROT-061 REQ-PROT-141 in random worlds every page, count and filter is what the rule says of each registration, however shallow the reading', async () => {
    const all = await registered()
    const [io, altro] = [newId(), newId()]
    const chi = [io, altro, e.uffici.edilizia, e.uffici.scuola, e.uffici.protocollo]
    const codici = ['VI/3', 'VI/5', 'II/1']
    const r = fc.nat(QUANTE - 1)
    const world = fc.record({
      accessi: fc.uniqueArray(
        fc.record({ r, chi: fc.constantFrom(...chi), causa: fc.constantFrom(...cause), fino: fc.constantFrom(null, '2000-01-01') }),
        {
          minLength: 10,
          maxLength: 60,
          selector: (a) => `${a.r} ${a.chi} ${a.causa}`,
        },
      ),
      livelli: fc.uniqueArray(
        fc.record({ r, livello: fc.constantFrom(...livelli), fino: fc.constantFrom(null, '2000-01-01', '2999-01-01') }),
        {
          selector: (l) => l.r,
        },
      ),
      voci: fc.array(fc.constantFrom(...codici), { minLength: QUANTE, maxLength: QUANTE }),
      // What changes after the accesses are written must reach them; what changed before must be found.
      prima: fc.boolean(),
      profilo: fc.constantFrom<Profilo>('responsabileUor', 'addettoUor', 'addettoUor', 'consultazione', 'operatoreProtocollo', 'vicario'),
      uffici: fc.subarray([e.uffici.edilizia, e.uffici.scuola, e.uffici.protocollo], { minLength: 1 }),
      diretti: fc.nat(3),
      filtri: fc.record({ tipo: fc.constantFrom(undefined, 'E', 'I'), voce: fc.constantFrom(undefined, 'VI', 'VI/3', 'II/1', 'IX/9') }),
      limite: fc.integer({ min: 1, max: 5 }),
      salto: fc.integer({ min: 0, max: 6 }),
      esatto: fc.integer({ min: 1, max: 6 }),
    })
    await fc.assert(
      fc.asyncProperty(world, async (m) => {
        await inTransaction(rgd, async (tx) => {
          const accessi = async (): Promise<void> =>
            await insertRows(
              tx,
              'accesso',
              m.accessi.map((a) => ({
                registrazione_id: all[a.r]?.id,
                chi: a.chi,
                causa: a.causa,
                istante: all[a.r]?.istante,
                numero: all[a.r]?.numero,
                fino: a.causa === 'autorita' ? a.fino : null,
              })),
            )
          await query(tx, 'delete from accesso where ente_id = $1', [e.ente.id])
          if (!m.prima) await accessi()
          await query(tx, 'update riserva set al = now() where ente_id = $1 and al is null', [e.ente.id])
          const author = { motivo: 'x', autore_id: 'x', autore_nome: 'x', dal: new Date().toISOString(), al: null }
          if (m.livelli.length > 0)
            await insertRows(
              tx,
              'riserva',
              m.livelli.map(({ r: i, ...l }) => ({ id: newId(), registrazione_id: all[i]?.id, ...l, ...author })),
            )
          for (const [i, codice] of m.voci.entries())
            await query(tx, 'update documento set voce_id = $3 where ente_id = $1 and id = $2', [
              e.ente.id,
              all[i]?.documento,
              e.voci.get(codice),
            ])
          if (m.prima) await accessi()
        })
        const filtri = Object.fromEntries(Object.entries(m.filtri).filter(([, value]) => value !== undefined)) as Partial<FiltriRegistro>
        const attore: Attore = {
          tipo: 'operatore',
          id: io,
          nome: 'X',
          profili: [m.profilo],
          uffici: m.uffici,
          ufficiDiretti: m.uffici.slice(0, m.diretti),
          permessi: new Set(),
        }
        await inReadTransaction(openScope(db.orm, e.ente, attore), async (s) => {
          const expected: string[] = []
          for (const [i, row] of all.entries()) {
            const codice = m.voci[i] ?? ''
            const asked =
              (filtri.tipo ?? row.tipo) === row.tipo && (filtri.voce === undefined || `${codice}/`.startsWith(`${filtri.voce}/`))
            // Without asking what they say, the protocol desk is shown that riservati exist.
            const told = m.profilo === 'operatoreProtocollo' && filtri.voce === undefined
            if (asked && (told || canReadRegistrazione(visibilitaOf(attore), await findVista(s, row.id)))) expected.push(row.id)
          }
          const page = await selectPagina(s, { pagina: 1, perPagina: 50, ...filtri }, m.limite, m.salto, m.esatto)
          expect(page).toEqual({
            ids: expected.slice(m.salto, m.salto + m.limite),
            totale: Math.min(expected.length, m.esatto),
            totaleParziale: expected.length > m.esatto,
          })
        })
      }),
      { numRuns: 120 },
    )
  }, 240_000)

  it('REQ-TIT-023 a registration moves to the list of its new class, of who sees everything and of its office, and leaves the old one', async () => {
    const id = await createRegistrazione(rgd, e, store)
    const member = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia)).scope
    for (const s of [rgd, member]) expect(await shown(s, { voce: 'VI/3' })).toContain(id)
    await reclassifyRegistrazione(rgd, id, { voceId: e.voci.get('II/1') ?? '', motivo: 'Era del consiglio' })
    for (const s of [rgd, member]) {
      expect(await shown(s, { voce: 'II/1' })).toContain(id)
      expect(await shown(s, { voce: 'II' })).toContain(id)
      expect(await shown(s, { voce: 'VI/3' })).not.toContain(id)
    }
  })

  it('REQ-PROT-061 a level raised leaves the lists of the office at once, also by class and direction, and comes back when it is lowered', async () => {
    const id = await createRegistrazione(rgd, e, store)
    const member = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia)).scope
    const lists = async (): Promise<boolean[]> =>
      await Promise.all(
        [{}, { voce: 'VI/3' }, { tipo: 'E' as const }, { ufficio: e.uffici.edilizia }].map(async (f) =>
          (await shown(member, f)).includes(id),
        ),
      )
    expect(await lists()).toEqual([true, true, true, true])
    await changeRiserva(rgd, id, { livello: 'RISERVATO', motivo: 'Gara in corso', lettori: [] })
    expect(await lists()).toEqual([false, false, false, false])
    await changeRiserva(rgd, id, { livello: 'ORDINARIO', motivo: 'Gara finita', lettori: [] })
    expect(await lists()).toEqual([true, true, true, true])
  })

  it('who is given a registration while its level changes waits for the level, and the other way round', async () => {
    const id = await createRegistrazione(rgd, e, store)
    const reader = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.scuola)).scope
    let given: Promise<void> | undefined
    await inTransaction(rgd, async (tx) => {
      const author = { motivo: 'x', autore_id: 'x', autore_nome: 'x', dal: new Date().toISOString(), al: null }
      await insertRows(tx, 'riserva', [{ id: newId(), registrazione_id: id, livello: 'RISERVATO', fino: null, ...author }])
      given = inTransaction(rgd, async (other) => {
        await query(
          other,
          `insert into accesso (ente_id, registrazione_id, chi, causa, istante, numero) select ente_id, id, $3, 'conoscenza', istante, numero from registrazione where ente_id = $1 and id = $2`,
          [e.ente.id, id, e.uffici.scuola],
        )
      })
      await new Promise((done) => setTimeout(done, 300))
    })
    await given
    expect(await shown(reader, {})).not.toContain(id)
    const [row] = await query<{ livello: string }>(
      rgd,
      'select livello from accesso where ente_id = $1 and registrazione_id = $2 and chi = $3',
      [e.ente.id, id, e.uffici.scuola],
    )
    expect(row?.livello).toBe('RISERVATO')
  })
})
