import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { buildBusta, spedisci } from '../../../server/demo/posta/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { ingestCasella, registerMessaggio } from '../../../server/pec/index.ts'
import { openParte, readMessaggio } from '../../../server/pec/service/queue.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, readAll } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { buildPorts, createCasella, gestoreDiProva, messaggio } from './posta.ts'
import type { PosteDiProva } from './posta.ts'

let db: TestDatabase
let e: EnteDiProva
let autore: Scope
let collega: Scope
let capo: Scope
let ports: PosteDiProva
let deliver: () => Promise<string>

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  const gestore = await gestoreDiProva()
  e = await createEnte(db.orm)
  autore = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Lidia')).scope
  collega = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Bruno')).scope
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Egidio')).scope
  const casellaId = await createCasella(db, e)
  ports = buildPorts(gestore)
  deliver = async () => {
    ports.box.deliver(await buildBusta(gestore, spedisci(gestore, await messaggio({ oggetto: `Ricorso segretissimo ${newId()}` }))))
    await ingestCasella(autore, casellaId, ports)
    const rows = await query<{ id: string }>(
      autore,
      `select id from messaggio where ente_id = $1 order by acquisito_il desc, id desc limit 1`,
      [e.ente.id],
    )
    return rows[0]?.id ?? ''
  }
})
afterAll(async () => await db.close())

async function register(id: string, riservatezza: 'ORDINARIO' | 'RISERVATO'): Promise<void> {
  await registerMessaggio(
    autore,
    id,
    {
      oggetto: 'Ricorso segretissimo',
      mittenti: [{ tipo: 'PF', nome: 'Ada', cognome: 'Però' }],
      voceId: e.voci.get('VI/3') ?? '',
      assegnazione: { ufficioId: e.uffici.edilizia },
      perConoscenza: [],
      tipologia: 'Istanza',
      riservatezza,
      note: '',
    },
    newId(),
  )
}

describe('the message of a registered document', () => {
  it('REQ-PROT-061 once registered as riservato, its subject, sender and parts are as closed as the registration, also for the clerk who saw it in the queue', async () => {
    const id = await deliver()
    const before = await readMessaggio(collega, id)
    const parte = before.parti[0]?.id ?? ''
    await register(id, 'RISERVATO')
    await expect(readMessaggio(collega, id)).rejects.toMatchObject({ status: 404 })
    await expect(openParte(collega, id, parte, ports.store)).rejects.toMatchObject({ status: 404 })
    // Who registered it, and the head of the office it is assigned to, still read it.
    expect((await readMessaggio(autore, id)).oggetto).toContain('segretissimo')
    expect((await readAll((await openParte(capo, id, parte, ports.store)).stream)).length).toBeGreaterThan(0)
  })

  it('REQ-PROT-055 reading a part of a registered message is a reading of its document in the trail', async () => {
    const id = await deliver()
    await register(id, 'ORDINARIO')
    const parte = (await readMessaggio(collega, id)).parti[0]?.id ?? ''
    await openParte(collega, id, parte, ports.store)
    const fact = await queryOne<{ n: number }>(
      autore,
      `select count(*)::int as n from evento_audit a join messaggio m on m.ente_id = a.ente_id and m.id::text = a.oggetto_id
         join registrazione r on r.ente_id = m.ente_id and r.id = m.registrazione_id
        where a.ente_id = $1 and m.id = $2 and a.azione = 'parte-letta' and a.documento_id = r.documento_id`,
      [e.ente.id, id],
    )
    expect(fact?.n).toBe(1)
  })
})
