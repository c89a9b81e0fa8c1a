import { createFirmaEmergenza } from '../../../server/adapters/firma-emergenza/index.ts'
import { activateSerie, authoriseSerie, createRegistro, readQuadro } from '../../../server/emergenza/index.ts'
import type { DatiEmergenza, SerieDocumento } from '../../../server/emergenza/schema.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { replaceClock } from '../../../server/kernel/time.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createMemoryStore } from '../../../storage/memory.ts'
import { createDatabase, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { Dispositivo, datiEntrata, newDeviceKey } from '../../support/emergenza.ts'
import { createEnte, createOperatore, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

/** A database with an ente, its RGD and a clerk, and the legal clock in the test's hands. */
export interface Scena {
  readonly db: TestDatabase
  readonly e: EnteDiProva
  readonly rgd: Scope
  readonly impiegato: Scope
  readonly ports: Ports
  readonly store: ReturnType<typeof createMemoryStore>
  /** Moves both clocks: the database's and the process's. */
  ora(istante: string): Promise<void>
  /** A register for a site, entrusted to a device that installed it. */
  dispositivo(sede: string): Promise<Dispositivo>
  /** Data of a row of this ente. */
  dati(changes?: Partial<DatiEmergenza>): DatiEmergenza
  /** Uploads a text as the RGD would. */
  carica(testo: string): Promise<string>
  chiudi(): Promise<void>
}

export async function openScena(istante: string): Promise<Scena> {
  wireReactions()
  const db = await createDatabase()
  const e = await createEnte(db.orm)
  const store = createMemoryStore()
  const rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', e.uffici.protocollo, 'Marta')).scope
  const impiegato = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Noemi')).scope
  const ports = { store, firmaEmergenza: createFirmaEmergenza() } as unknown as Ports
  await withClient(db.ownerUrl, async (client) => {
    await client.query('create table orologio_prova (ora timestamptz not null)')
    await client.query(`grant select on orologio_prova to ${ruoli.app}, ${ruoli.jobs}`)
    await client.query('insert into orologio_prova values ($1)', [istante])
    await client.query(
      `create or replace function app.istante() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp as 'select ora from public.orologio_prova'`,
    )
  })
  replaceClock(() => new Date(istante))
  const ora = async (next: string): Promise<void> => {
    await withClient(db.ownerUrl, async (client) => void (await client.query('update orologio_prova set ora = $1', [next])))
    replaceClock(() => new Date(next))
  }
  return {
    db,
    e,
    rgd,
    impiegato,
    ports,
    store,
    ora,
    dispositivo: async (sede) => {
      const registroId = await createRegistro(rgd, { sede })
      const serieId = await authoriseSerie(rgd, { registroId, dispositivo: `Portatile di ${sede}`, provvedimento: 'Decreto 1/2026' })
      const key = await newDeviceKey()
      const { serie: testo, firma } = await activateSerie(impiegato, serieId, { chiave: key.pubblica }, ports.firmaEmergenza)
      return new Dispositivo({ testo, firma, documento: JSON.parse(testo) as SerieDocumento }, key.privata)
    },
    dati: (changes = {}) => datiEntrata({ voceId: e.voci.get('VI/3') ?? '', ufficioId: e.uffici.edilizia }, changes),
    carica: async (testo) => await stage(rgd, store, Buffer.from(testo, 'utf8'), 'registro-emergenza.json'),
    chiudi: async () => {
      replaceClock(null)
      await db.close()
    },
  }
}

/** Number, year and emergency number of every registration, in the order of the register. */
export async function registro(s: Scena): Promise<{ etichetta: string; emergenza: string | null }[]> {
  return await query(
    s.rgd,
    `select lpad(numero::text, 7, '0') || '/' || anno as etichetta, emergenza_numero as emergenza from registrazione where ente_id = $1 order by anno, numero`,
    [s.e.ente.id],
  )
}

/** The one opening of a register, as the page shows it. */
export async function apertura(s: Scena, codice: string) {
  const found = (await readQuadro(s.rgd)).aperture.filter((a) => a.registro.codice === codice)
  if (found[0] === undefined) throw new Error(`no opening of ${codice}`)
  return found[0]
}
