import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readArchivioDesk } from '../../../server/archivio/index.ts'
import { fileDocumento, presentFascicoloById } from '../../../server/fascicoli/index.ts'
import type { ControlloChiusura } from '../../../server/fascicoli/index.ts'
import { openParte } from '../../../server/fascicoli/service/parti.ts'
import { listProposte } from '../../../server/fascicoli/service/proposte.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { timetable } from '../../../server/timetable.ts'
import { apriPieno, esegui, nelGiorno, registraInCarico } from '../../support/archivio.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, sistema } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, registra } from '../../support/fascicoli.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let protocollo: Scope
let rgd: Scope
let system: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Rina')).scope
  system = openScope(db.orm, e.ente, sistema, ruoli.jobs)
})
afterAll(async () => await db.close())

const ports = {} as Ports
const fineAnno = async (giorno: string, controlli: readonly ControlloChiusura[] = [], ora = '01:00:00'): Promise<void> =>
  await nelGiorno(db, giorno, async () => await esegui(system, 'archivio.chiudiAttivita', ports, controlli), ora)
const attivita = async () => (await readArchivioDesk(rgd)).filter((a) => a.tipo === 'attivita').map((a) => a.testo)
const seguiti = async (id: string) => (await listProposte(capo)).filter((p) => p.precedente?.id === id)

describe('activities at the end of the year', () => {
  it('REQ-FASC-043 close by themselves on the last day of the year, parts first, and the new year’s one is proposed to its office', async () => {
    const f = await nelGiorno(db, '2024-03-04', async () => {
      const made = await apriPieno(capo, protocollo, e, { tipo: 'attivita', oggetto: 'Ordinanze di viabilità 2024' })
      const parte = await openParte(capo, made.id, { oggetto: 'Primo trimestre' }, newId())
      await fileDocumento(capo, parte.id, { documentoId: (await registraInCarico(protocollo, e)).documentoId })
      return { ...made, parte: parte.id }
    })
    const affare = await nelGiorno(db, '2024-03-05', async () => await apriPieno(capo, protocollo, e))
    await fineAnno('2024-12-31', [], '23:30:00')
    expect((await presentFascicoloById(capo, f.id)).stato).toBe('APERTO')
    await fineAnno('2025-01-01', [], '00:20:00')
    expect(await presentFascicoloById(capo, f.id)).toMatchObject({ stato: 'CHIUSO', chiusoIl: '2024-12-31', esito: 'conclusione' })
    expect((await presentFascicoloById(capo, f.parte)).stato).toBe('CHIUSO')
    expect((await presentFascicoloById(capo, affare.id)).stato).toBe('APERTO')
    const [next, ...more] = await seguiti(f.id)
    expect(more).toEqual([])
    expect(next).toMatchObject({
      stato: 'PROPOSTO',
      ufficio: { id: e.uffici.edilizia },
      voce: { codice: 'VI/3/4' },
      dati: { tipo: 'attivita', oggetto: 'Ordinanze di viabilità 2025', responsabileId: capo.attore.id },
    })
    // Again, and the next year: nothing twice, and a proposal refused is not made again.
    await fineAnno('2025-01-02')
    expect(await seguiti(f.id)).toHaveLength(1)
    expect(await attivita()).toEqual([])
  })

  it('REQ-FASC-043 what blocks the closing leaves it open, never forced, with a notice that names why, tried again the next day', async () => {
    const f = await nelGiorno(db, '2024-06-03', async () => {
      const id = await apri(capo, e, { tipo: 'attivita', oggetto: 'Certificati' })
      await fileDocumento(capo, id, { documentoId: (await registra(protocollo, e, { dataArrivo: '2024-06-03T06:00:00Z' })).documentoId })
      return { id, codice: (await presentFascicoloById(capo, id)).codice }
    })
    const metadati: ControlloChiusura = async (_s, x) =>
      await Promise.resolve(
        x.id === f.id
          ? { bloccanti: [{ codice: 'metadati-incompleti', messaggio: 'Mancano i metadati.', forzabile: true }], avvisi: [] }
          : { bloccanti: [], avvisi: [] },
      )
    await fineAnno('2025-01-03', [metadati])
    expect((await presentFascicoloById(capo, f.id)).stato).toBe('APERTO')
    const [testo] = await attivita()
    expect(testo).toMatch(
      new RegExp(
        `^L’attività ${f.codice.replaceAll(/[./]/gu, '\\$&')} è finita con il suo anno e resta aperta: Il documento \\d{7}/2024 non è stato preso in carico da nessuno. Mancano i metadati.$`,
        'u',
      ),
    )
    // Who answers for it sees the notice too; others do not.
    expect((await readArchivioDesk(capo)).map((a) => a.testo)).toEqual([testo])
    expect(await readArchivioDesk(protocollo)).toEqual([])
    expect(await seguiti(f.id)).toHaveLength(1)
    await inTransaction(capo, async (tx) => await query(tx, `update assegnazione set stato = 'in_carico' where ente_id = $1`, [e.ente.id]))
    await fineAnno('2025-01-03', [], '12:00:00')
    expect((await presentFascicoloById(capo, f.id)).stato).toBe('APERTO')
    await fineAnno('2025-01-04')
    expect(await presentFascicoloById(capo, f.id)).toMatchObject({ stato: 'CHIUSO', chiusoIl: '2024-12-31' })
    expect(await attivita()).toEqual([])
  })

  it('REQ-FASC-043 one whose last document is of the new year closes on that day, and the timetable runs it each hour', async () => {
    const f = await nelGiorno(db, '2024-07-01', async () => await apriPieno(capo, protocollo, e, { tipo: 'attivita', oggetto: 'Tarda' }))
    await nelGiorno(db, '2025-01-07', async () => {
      await fileDocumento(capo, f.id, { documentoId: (await registraInCarico(protocollo, e)).documentoId })
      await esegui(system, 'archivio.chiudiAttivita', ports)
    })
    expect(await presentFascicoloById(capo, f.id)).toMatchObject({ stato: 'CHIUSO', chiusoIl: '2025-01-07' })
    expect(timetable).toContainEqual({ tipo: 'archivio.chiudiAttivita', tentativi: 3, passo: 'ora' })
  })
})
