import { withClient } from '../../server/kernel/db/connect.ts'
import type { Scope } from '../../server/kernel/scope.ts'
import { wireReactions } from '../../server/reactions.ts'
import { adoptBozza } from '../../server/titolario/service/adotta.ts'
import { createBozza } from '../../server/titolario/service/bozze.ts'
import { readVersione } from '../../server/titolario/service/versioni.ts'
import { splitVoce } from '../../server/titolario/service/voci.ts'
import { createDatabase, ruoli } from './database.ts'
import type { TestDatabase } from './database.ts'
import { createEnte, createOperatore } from './factories.ts'
import type { EnteDiProva } from './factories.ts'

/** An ente whose legal clock the test moves, with the people who use and change its titolario. */
export interface MondoTitolario {
  readonly db: TestDatabase
  readonly e: EnteDiProva
  readonly rgd: Scope
  readonly protocollo: Scope
  readonly capo: Scope
  /** Moves the legal clock of the database; ISO instant. */
  ora(istante: string): Promise<void>
}

export async function createMondoTitolario(): Promise<MondoTitolario> {
  wireReactions()
  const db = await createDatabase()
  const e = await createEnte(db.orm)
  await withClient(db.ownerUrl, async (client) => {
    await client.query(`set role ${ruoli.owner}`)
    await client.query('create table orologio_prova (ora timestamptz)')
    await client.query(`grant select on orologio_prova to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.sportello}`)
    await client.query(
      `create or replace function app.istante() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp as 'select coalesce((select max(ora) from public.orologio_prova), clock_timestamp())'`,
    )
  })
  return {
    db,
    e,
    rgd: (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', e.uffici.protocollo, 'Renata')).scope,
    protocollo: (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope,
    capo: (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope,
    ora: async (istante) => {
      await withClient(db.ownerUrl, async (client) => {
        await client.query(`set role ${ruoli.owner}`)
        await client.query('delete from orologio_prova')
        await client.query('insert into orologio_prova values ($1)', [istante])
      })
    },
  }
}

/** A new version from a date in which VI/3 is split in VI/3 and another classe; answers voice ids by code and the version's id. */
export async function splitEdilizia(m: MondoTitolario, dal: string): Promise<{ id: string; nuova: string; voci: Map<string, string> }> {
  const { id } = await createBozza(m.rgd, { origine: 'versione', dal })
  const before = await readVersione(m.rgd, id)
  const edilizia = before.voci.find((v) => v.codice === 'VI/3')?.id ?? ''
  const [nuova] = await splitVoce(m.rgd, id, edilizia, { nuove: [{ denominazione: 'Paesaggio e vincoli' }], mantieni: true })
  await adoptBozza(m.rgd, id, { atto: 'Deliberazione n. 120', adottataIl: '2026-11-20', dal, uri: 'https://castelvento.example/titolario' })
  const { voci } = await readVersione(m.rgd, id)
  return { id, nuova: nuova?.codice ?? '', voci: new Map(voci.map((v) => [v.codice, v.id])) }
}
