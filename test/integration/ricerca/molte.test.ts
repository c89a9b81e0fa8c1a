import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore } from '../../support/factories.ts'

const GIORNI = 900
const bare = (id: string): string => id.replaceAll('-', '')

/** A card of the index: a day, the offices it reaches, the words it has. */
interface Carta {
  readonly id: string
  readonly istante: Date
  readonly chi: readonly string[]
  readonly parole: readonly string[]
}

/** Numbers that look random and are the same at every run. */
function dado(seme: number): () => number {
  let s = seme
  return () => {
    s = (s * 1_103_515_245 + 12_345) % 2_147_483_648
    return s / 2_147_483_648
  }
}

describe('search among many documents', () => {
  let db: TestDatabase
  let rgd: Scope
  const offices = Array.from({ length: 6 }, () => newId())
  const carte: Carta[] = []

  beforeAll(async () => {
    db = await createDatabase()
    wireReactions()
    const e = await createEnte(db.orm)
    rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale')).scope
    const caso = dado(7)
    for (let n = 0; n < GIORNI * 2; n++) {
      const istante = new Date(Date.UTC(2026, 8, 1) - n * 43_200_000)
      // `ovunque` is in all of them, `spesso` in a third, `raro` in one of sixty, `antico` only in the oldest fifth, `grappolo` only around one month.
      const parole = ['ovunque', ...(caso() < 0.33 ? ['spesso'] : []), ...(caso() < 1 / 60 ? ['raro'] : [])]
      if (n > GIORNI * 1.6) parole.push('antico')
      if (n > 500 && n < 560) parole.push('grappolo')
      carte.push({ id: newId(), istante, chi: offices.filter((_, i) => caso() < 0.02 + i * 0.1), parole })
    }
    await query(
      rgd,
      `select app.indicizza_registrazione(c.id, c.istante, c.parole, '', '', array['zzm' || to_char(c.istante at time zone 'Europe/Rome', 'YYYYMM')] ||
                (select coalesce(array_agg('zzc' || g), '{}') from unnest(string_to_array(c.chi, ' ')) g), '{}', false)
         from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[]) c (id, istante, parole, chi)`,
      [
        carte.map((c) => c.id),
        carte.map((c) => c.istante.toISOString()),
        carte.map((c) => c.parole.join(' ')),
        carte.map((c) => c.chi.map(bare).join(' ')),
      ],
    )
    // The rows that open the registrations, without the registrations: the index is what is asked here.
    await withClient(db.ownerUrl, async (client) => {
      await client.query('alter table accesso disable trigger user')
      const keys = await client.query<{ conname: string }>(
        "select conname from pg_constraint where conrelid = 'accesso'::regclass and contype = 'f'",
      )
      for (const { conname } of keys.rows) await client.query(`alter table accesso drop constraint "${conname}"`)
      await client.query('alter table accesso alter voce_id drop not null')
      await client.query("select set_config('app.ente_id', $1, false)", [e.ente.id])
      for (const office of offices) {
        const reached = carte.filter((c) => c.chi.includes(office))
        await client.query(
          `insert into accesso (ente_id, registrazione_id, chi, causa, istante, numero, tipo, livello)
           select $1, c.id, $2, 'competenza', c.istante, 1, 'E', 'ORDINARIO' from unnest($3::uuid[], $4::timestamptz[]) c (id, istante)`,
          [e.ente.id, office, reached.map((c) => c.id), reached.map((c) => c.istante.toISOString())],
        )
      }
    })
  })
  afterAll(async () => await db.close())

  it('REQ-PROT-142 what is few is found whole, what is much is cut to its newest, for who sees everything and for a person alike', async () => {
    const questions: readonly (readonly [string[], (c: Carta) => boolean])[] = [
      [[], () => true],
      [['ovunque'], () => true],
      [['spesso'], (c) => c.parole.includes('spesso')],
      [['raro'], (c) => c.parole.includes('raro')],
      [['antico'], (c) => c.parole.includes('antico')],
      [['grappolo', 'spesso'], (c) => c.parole.includes('grappolo') && c.parole.includes('spesso')],
      [['spesso', '!raro'], (c) => c.parole.includes('spesso') && !c.parole.includes('raro')],
      [['!spesso'], (c) => !c.parole.includes('spesso')],
      [['zz0'], () => false],
    ]
    let whole = 0
    let cut = 0
    for (const chi of [null, offices, offices.slice(0, 1), offices.slice(0, 2), offices.slice(-2)]) {
      for (const [parti, holds] of questions) {
        const wanted = carte.filter((c) => holds(c) && (chi === null || c.chi.some((o) => chi.includes(o)))).map((c) => c.id)
        for (const tetto of [8, 40, 120, 400, 200_000]) {
          const rows = await query<{ id: string; completo: boolean }>(
            rgd,
            `select registrazione as id, completo from app.cerca_registrazioni($1::text[]::tsquery[], $2::uuid[], ${tetto}, false, null) order by istante desc`,
            [parti, chi],
          )
          const complete = rows.every((r) => r.completo)
          if (complete) whole++
          else cut++
          expect({ chi, parti, tetto, ids: rows.map((r) => r.id) }).toEqual({
            chi,
            parti,
            tetto,
            ids: complete ? wanted : wanted.slice(0, tetto / 4),
          })
        }
      }
    }
    expect(whole).toBeGreaterThan(60)
    expect(cut).toBeGreaterThan(60)
  })
})
