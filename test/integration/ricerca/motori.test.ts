import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createMotoreMeilisearch } from '../../../server/adapters/meilisearch/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import type { DomandaRicerca, MotoreRicerca, SchedaRicerca } from '../../../server/ports/ricerca.ts'
import { createMotorePostgres } from '../../../server/ricerca/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import { createEnte, sistema } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { startMeilisearchFinto } from '../../support/meilisearch-finto.ts'

/** An engine under test. `vero` is false for the stand-in, of which only the protocol is judged (decision 23). */
interface Prova {
  readonly motore: MotoreRicerca
  readonly vero: boolean
  readonly enti: readonly [string, string]
  readonly stop: () => Promise<void>
}

async function openPostgres(): Promise<Prova> {
  const db = await createDatabase()
  wireReactions()
  const enti = new Map<string, EnteDiProva>()
  for (let i = 0; i < 2; i++) {
    const e = await createEnte(db.orm)
    enti.set(e.ente.id, e)
  }
  const [a = '', b = ''] = enti.keys()
  const motore = createMotorePostgres(async (id) => {
    const e = enti.get(id)
    if (e === undefined) throw new Error('no such ente')
    return await Promise.resolve(openScope(db.orm, e.ente, sistema, ruoli.jobs))
  })
  return { motore, vero: true, enti: [a, b], stop: async () => await db.close() }
}

async function openMeilisearch(): Promise<Prova> {
  const real = process.env['FALDONE_TEST_MEILISEARCH']
  const enti = [newId(), newId()] as const
  if (real !== undefined) {
    const chiave = process.env['FALDONE_TEST_MEILISEARCH_CHIAVE']
    const motore = createMotoreMeilisearch({ indirizzo: real, ...(chiave === undefined ? {} : { chiave }), prefisso: `prova-${newId()}` })
    return { motore, vero: true, enti, stop: async () => await Promise.resolve() }
  }
  const finto = await startMeilisearchFinto()
  return { motore: createMotoreMeilisearch({ indirizzo: finto.indirizzo }), vero: false, enti, stop: finto.stop }
}

const domanda = (d: Partial<DomandaRicerca>): DomandaRicerca => ({ parole: [], frasi: [], escluse: [], corrispondente: [], ...d })
const ids = { mulini: newId(), mensa: newId(), piano: newId() }
const scheda = (nome: keyof typeof ids, changes: Partial<SchedaRicerca>): SchedaRicerca => ({
  registrazioneId: ids[nome],
  chiavi: [],
  oggetto: '',
  corrispondenti: '',
  altro: '',
  testo: '',
  istante: '2026-09-14T08:00:00.000Z',
  ...changes,
})

describe.each([
  ['PostgreSQL', openPostgres],
  ['Meilisearch', openMeilisearch],
] as const)('the contract of the engine: %s', (_, open) => {
  let p: Prova
  const find = async (d: Partial<DomandaRicerca>, ente = 0): Promise<string[]> => {
    const found = await p.motore.candidates(p.enti[ente] ?? '', domanda(d), 100)
    return found.map((id) => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? id).toSorted()
  }

  beforeAll(async () => {
    p = await open()
    await p.motore.index(p.enti[0], [
      scheda('mulini', {
        chiavi: ['0000001/2026'],
        oggetto: 'Permesso di costruire in via dei mulini',
        corrispondenti: 'Ventaglio Ortensia',
        istante: '2026-09-13T08:00:00.000Z',
      }),
      scheda('mensa', { oggetto: 'Iscrizione alla mensa', corrispondenti: 'Brezzaferma Tullio', testo: 'allegato del ventaglio' }),
      scheda('piano', { oggetto: 'Piano di costruire piste: permesso' }),
    ])
  })
  afterAll(async () => await p.stop())

  it('finds words in every part of a card, all of them', async () => {
    expect(await find({ parole: ['permesso'] })).toEqual(['mulini', 'piano'])
    expect(await find({ parole: ['permesso', 'mulini'] })).toEqual(['mulini'])
    expect(await find({ parole: ['ventaglio'] })).toEqual(['mensa', 'mulini'])
    expect(await find({ parole: ['inesistente'] })).toEqual([])
  })

  it('keeps sentences together and leaves out what is excluded', async () => {
    expect(await find({ frasi: ['permesso di costruire'] })).toEqual(['mulini'])
    expect(await find({ parole: ['permesso'], escluse: ['piste'] })).toEqual(['mulini'])
  })

  it('looks for correspondents among the correspondents only', async () => {
    expect(await find({ corrispondente: ['ventaglio'] })).toEqual(['mulini'])
    expect(await find({ parole: ['mensa'], corrispondente: ['brezzaferma'] })).toEqual(['mensa'])
  })

  it('keeps each ente apart and gives no more than asked, newest first among equals', async () => {
    expect(await find({ parole: ['permesso'] }, 1)).toEqual([])
    expect(await p.motore.candidates(p.enti[0], domanda({ parole: ['permesso'] }), 1)).toHaveLength(1)
  })

  it('a card put again replaces the one before, and a removed one is gone', async () => {
    await p.motore.index(p.enti[0], [scheda('piano', { oggetto: 'Tutta un’altra cosa' })])
    expect(await find({ parole: ['permesso'] })).toEqual(['mulini'])
    await p.motore.remove(p.enti[0], [ids.piano])
    expect(await find({ parole: ['cosa'] })).toEqual([])
  })

  it('forgives mistakes and accents, and says the nearby word (a real engine only)', async () => {
    if (!p.vero) {
      expect(await p.motore.suggest(p.enti[0], domanda({ parole: ['mensa'] }))).toBeNull()
      return
    }
    expect(await find({ parole: ['muilni'] })).toEqual(['mulini'])
    expect(await find({ parole: ['mènsa'] })).toEqual(['mensa'])
    expect(await p.motore.suggest(p.enti[0], domanda({ parole: ['iscrizoine'] }))).toBe('iscrizione')
  })
})
