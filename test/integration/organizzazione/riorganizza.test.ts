import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { verifyChain } from '../../../server/kernel/audit.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { addDays, replaceClock, romeDay } from '../../../server/kernel/time.ts'
import { createUfficio, listOrganigramma } from '../../../server/organizzazione/service/organigramma.ts'
import {
  executeDue,
  previewRiorganizzazione,
  reorganise,
  withdrawRiorganizzazione,
} from '../../../server/organizzazione/service/riorganizza.ts'
import { assignRegistrazione, takeInCarico } from '../../../server/protocollo/service/assign.ts'
import { findVisibleById } from '../../../server/protocollo/index.ts'
import { listAssegnazioni } from '../../../server/protocollo/service/worklist.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, createRegistrazione } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri } from '../../support/fascicoli.ts'

const OGGI = romeDay(new Date())
const DOMANI = addDays(OGGI, 1)
let db: TestDatabase

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
})
afterAll(async () => {
  replaceClock(null)
  await db.close()
})

interface Scena {
  e: EnteDiProva
  marta: Scope
  lidia: Scope
  noemi: Scope
  nuovo: string
  prese: string
  daPrendere: string
  conoscenza: string
  fascicoloId: string
}

/** An office with work in every state, an open fascicolo, a predefined classification, people and an office below. */
async function scena(): Promise<Scena> {
  const e = await createEnte(db.orm)
  const marta = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  const lidia = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Lidia')).scope
  const noemi = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Noemi')).scope
  const { id: nuovo } = await createUfficio(marta, { codice: 'NUOVO', denominazione: 'Area tecnica', indirizzoDigitale: '' })
  await createUfficio(marta, { codice: 'FIGLIO', denominazione: 'Archivio edilizio', padreId: e.uffici.edilizia, indirizzoDigitale: '' })
  const prese = await createRegistrazione(lidia, e)
  const daPrendere = await createRegistrazione(lidia, e, undefined, { voceId: e.voci.get('VI/4') ?? '' })
  const conoscenza = await createRegistrazione(lidia, e, undefined, { assegnazione: { ufficioId: e.uffici.scuola } })
  await assignRegistrazione(lidia, conoscenza, { ufficioId: e.uffici.edilizia, tipo: 'conoscenza', nota: '' })
  const [a] = await query<{ id: string }>(
    marta,
    `select id from assegnazione where ente_id = $1 and registrazione_id = $2 and tipo = 'competenza'`,
    [e.ente.id, prese],
  )
  await takeInCarico(noemi, a?.id ?? '')
  const fascicoloId = await apri(noemi, e)
  return { e, marta, lidia, noemi, nuovo, prese, daPrendere, conoscenza, fascicoloId }
}

const piano = (s: Scena) => ({
  ufficioId: s.e.uffici.edilizia,
  successoreId: s.nuovo,
  ripartizioni: [{ codice: 'VI/4', ufficioId: s.e.uffici.scuola }],
})
const atto = { atto: 'Delibera di Giunta 12/2026', nota: '' }
const officeOf = async (s: Scena, registrazioneId: string, tipo: string) =>
  await query<{ ufficioId: string; stato: string; presaDaNome: string | null }>(
    s.marta,
    `select ufficio_id as "ufficioId", stato, presa_da_nome as "presaDaNome" from assegnazione where ente_id = $1 and registrazione_id = $2 and tipo = $3 and al is null`,
    [s.e.ente.id, registrazioneId, tipo],
  )

describe('an office that closes', () => {
  it('the preview counts what would move and to whom, and writes nothing', async () => {
    const s = await scena()
    const p = await previewRiorganizzazione(s.marta, piano(s))
    expect(p).toMatchObject({ assegnazioni: 3, fascicoli: 1, voci: 1, incarichi: 1, ufficiFigli: 1 })
    expect(p.perUfficio).toEqual([
      { ufficioId: s.nuovo, denominazione: 'Area tecnica', assegnazioni: 2, fascicoli: expect.any(Number) },
      { ufficioId: s.e.uffici.scuola, denominazione: 'Servizi scolastici', assegnazioni: 1, fascicoli: expect.any(Number) },
    ])
    expect(await officeOf(s, s.prese, 'competenza')).toMatchObject([{ ufficioId: s.e.uffici.edilizia }])
  })

  it('work, fascicoli, predefined classifications, appointments and offices below go on; nothing pending stays behind, the past stays', async () => {
    const s = await scena()
    const done = await reorganise(s.marta, { ...piano(s), ...atto, dal: OGGI })
    expect(done).toMatchObject({ stato: 'eseguita', esito: { assegnazioni: 3, fascicoli: 1 } })
    expect(await officeOf(s, s.prese, 'competenza')).toEqual([
      { ufficioId: s.nuovo, stato: 'in_carico', presaDaNome: expect.stringContaining('Noemi') },
    ])
    expect(await officeOf(s, s.daPrendere, 'competenza')).toEqual([
      { ufficioId: s.e.uffici.scuola, stato: 'da_prendere_in_carico', presaDaNome: null },
    ])
    expect(await officeOf(s, s.conoscenza, 'conoscenza')).toMatchObject([{ ufficioId: s.nuovo, stato: 'per_conoscenza' }])
    const left = await queryOne<{ n: number }>(
      s.marta,
      `select (select count(*) from assegnazione where ente_id = $1 and ufficio_id = $2 and al is null)::int
            + (select count(*) from fascicolo where ente_id = $1 and ufficio_id = $2 and stato = 'APERTO')::int
            + (select count(*) from voce_titolario where ente_id = $1 and ufficio_predefinito_id = $2)::int
            + (select count(*) from ufficio where ente_id = $1 and padre_id = $2 and al is null)::int as n`,
      [s.e.ente.id, s.e.uffici.edilizia],
    )
    expect(left?.n).toBe(0)
    // History: the old assignment is still there, closed, and the transfer of the fascicolo is told by two rows.
    const past = await query(
      s.marta,
      `select 1 from assegnazione where ente_id = $1 and registrazione_id = $2 and ufficio_id = $3 and stato = 'riassegnata' and al is not null`,
      [s.e.ente.id, s.prese, s.e.uffici.edilizia],
    )
    expect(past).toHaveLength(1)
    const transfers = await query<{ ufficioId: string; aperta: boolean }>(
      s.marta,
      `select ufficio_id as "ufficioId", al is null as aperta from fascicolo_assegnazione where ente_id = $1 and fascicolo_id = $2 order by dal, id`,
      [s.e.ente.id, s.fascicoloId],
    )
    expect(transfers).toEqual([
      { ufficioId: s.e.uffici.edilizia, aperta: false },
      { ufficioId: expect.any(String), aperta: true },
    ])
    expect(await verifyChain(s.marta, s.e.registroId)).toBeNull()
    expect((await listOrganigramma(s.marta)).find((u) => u.id === s.e.uffici.edilizia)?.al).toBe(addDays(OGGI, -1))
  })

  it('the people of the closed office find their work in the new one; a closed office receives nothing any more', async () => {
    const s = await scena()
    await reorganise(s.marta, { ...piano(s), ripartizioni: [], ...atto, dal: OGGI })
    const moved: Scope = { ...s.noemi, attore: { ...s.noemi.attore, uffici: [s.nuovo] } }
    expect((await listAssegnazioni(moved, 'da-prendere-in-carico', 1, 50)).totale).toBe(1)
    expect((await findVisibleById(moved, s.prese)).id).toBe(s.prese)
    const incarichi = await query<{ ufficioId: string; atto: string }>(
      s.marta,
      `select ufficio_id as "ufficioId", atto from incarico where ente_id = $1 and operatore_id = $2 and al is null`,
      [s.e.ente.id, s.noemi.attore.id],
    )
    expect(incarichi).toEqual([{ ufficioId: s.nuovo, atto: atto.atto }])
    const back = assignRegistrazione(s.lidia, s.prese, { ufficioId: s.e.uffici.edilizia, tipo: 'competenza', nota: '' })
    await expect(back).rejects.toMatchObject({ codice: 'dati-da-correggere' })
    await expect(previewRiorganizzazione(s.marta, piano(s))).rejects.toMatchObject({ codice: 'ufficio-assente' })
  })

  it('all in one act: when something in the middle fails nothing has moved', async () => {
    const s = await scena()
    const altrove = await createEnte(db.orm)
    await expect(
      reorganise(s.marta, { ...piano(s), ripartizioni: [{ codice: 'VI', ufficioId: altrove.uffici.scuola }], ...atto, dal: OGGI }),
    ).rejects.toMatchObject({ codice: 'dati-da-correggere' })
    expect(await officeOf(s, s.prese, 'competenza')).toMatchObject([{ ufficioId: s.e.uffici.edilizia }])
    expect(await query(s.marta, 'select 1 from riorganizzazione where ente_id = $1', [s.e.ente.id])).toEqual([])
  })

  it('a closure of tomorrow waits for its day, can be withdrawn, and then happens by itself once', async () => {
    const s = await scena()
    const first = await reorganise(s.marta, { ...piano(s), ...atto, dal: DOMANI })
    expect(first).toMatchObject({ stato: 'programmata', esito: null })
    await executeDue(s.marta)
    expect(await officeOf(s, s.prese, 'competenza')).toMatchObject([{ ufficioId: s.e.uffici.edilizia }])
    await withdrawRiorganizzazione(s.marta, first.id)
    await expect(withdrawRiorganizzazione(s.marta, first.id)).rejects.toMatchObject({ codice: 'riorganizzazione-assente' })
    await reorganise(s.marta, { ...piano(s), ...atto, dal: DOMANI })
    const tomorrow = new Date(Date.now() + 86_400_000)
    replaceClock(() => tomorrow)
    try {
      await executeDue(s.marta)
      await executeDue(s.marta)
    } finally {
      replaceClock(null)
    }
    expect(await officeOf(s, s.prese, 'competenza')).toMatchObject([{ ufficioId: s.nuovo }])
    await expect(reorganise(s.marta, { ...piano(s), ...atto, dal: addDays(OGGI, -1) })).rejects.toMatchObject({
      codice: 'dati-da-correggere',
    })
  })
})

it('an office that already has the document per conoscenza does not receive it twice', async () => {
  const s = await scena()
  await inTransaction(s.marta, async (tx) => {
    const [r] = await query<{ documentoId: string }>(
      tx,
      'select documento_id as "documentoId" from registrazione where ente_id = $1 and id = $2',
      [s.e.ente.id, s.conoscenza],
    )
    await insertRows(tx, 'assegnazione', [
      {
        id: newId(),
        registrazione_id: s.conoscenza,
        documento_id: r?.documentoId,
        ufficio_id: s.nuovo,
        operatore_id: null,
        tipo: 'conoscenza',
        stato: 'per_conoscenza',
        dal: new Date().toISOString(),
        autore_id: 'prova',
        autore_nome: 'Prova',
      },
    ])
  })
  await reorganise(s.marta, { ...piano(s), ...atto, dal: OGGI })
  expect(await officeOf(s, s.conoscenza, 'conoscenza')).toHaveLength(1)
})
