import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openPacchetto, readVersamenti, readVersamento, retryVersamento } from '../../../server/conservazione/service/read.ts'
import { countVersamenti } from '../../../server/conservazione/index.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Conservatore, EsitoScambio } from '../../../server/ports/conservatore.ts'
import {
  awaitEsito,
  apriFascicolo,
  chiudiFascicolo,
  createConservatoreHttp,
  createStrada,
  fascicoloChiuso,
  findVersamentoRow,
  registra,
  runJob,
  spawnSimulatore,
} from '../../support/conservazione.ts'
import type { Strada } from '../../support/conservazione.ts'
import { openScope, ruoli } from '../../support/database.ts'
import { createEnte, createOperatore, sistema } from '../../support/factories.ts'

let s: Strada

beforeAll(async () => {
  s = await createStrada()
}, 60_000)
afterAll(async () => await s.close())

function fault(scambio: EsitoScambio, codice: string | null = null): Error {
  return Object.assign(new Error('Scambio fallito.'), { scambio, codice })
}

/** A conservatore that answers what the test says. */
function answering(
  transmit: Conservatore['transmit'],
  report: Conservatore['report'] = async () => await Promise.resolve(null),
): Conservatore {
  return {
    transmit: async (p) => {
      p.pacchetto.destroy()
      return await transmit(p)
    },
    report,
  }
}
const failing =
  (scambio: EsitoScambio, codice: string | null = null) =>
  async () =>
    await Promise.reject(fault(scambio, codice))

async function ready(): Promise<{ id: string; fascicoloId: string }> {
  const { fascicoloId } = await fascicoloChiuso(s)
  await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
  const { id } = await findVersamentoRow(s, fascicoloId)
  await runJob(s, 'conservazione.buildSip', id)
  return { id, fascicoloId }
}

describe('freezing', () => {
  it('REQ-CONS-002 with nobody in charge nothing is composed; once somebody is, it is taken up with the same identifier', async () => {
    const { fascicoloId } = await fascicoloChiuso(s)
    const appointments = async (al: string) =>
      await withClient(s.db.ownerUrl, async (client) => {
        await client.query(`select set_config('app.ente_id', $1, false)`, [s.e.ente.id])
        await client.query(`update incarico set al = ${al} where profilo = 'responsabileGestioneDocumentale'`)
      })
    await appointments(`'2020-12-31'`)
    await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
    const blocked = await findVersamentoRow(s, fascicoloId)
    expect(blocked).toMatchObject({ stato: 'ERRORE', istantanea: '', anomalie: [{ codice: 'PRODUTTORE_ASSENTE' }] })
    await appointments('null')
    await retryVersamento(s.rgd, blocked.id)
    await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
    expect(await findVersamentoRow(s, fascicoloId)).toMatchObject({ stato: 'IN_PREPARAZIONE', idPdv: blocked.idPdv, anomalie: [] })
  }, 60_000)

  it('a produttore whose fiscal code the index cannot carry is said before anything is frozen', async () => {
    const altro = await createEnte(s.db.orm)
    const capo = (await createOperatore(s.db.orm, altro, 'responsabileUor', altro.uffici.edilizia)).scope
    const rgd = await createOperatore(s.db.orm, altro, 'responsabileGestioneDocumentale')
    await withClient(
      s.db.ownerUrl,
      async (client) => await client.query(`update operatore set codice_fiscale = '' where id = $1`, [rgd.attore.id]),
    )
    const lavori = openScope(s.db.orm, altro.ente, sistema, ruoli.jobs)
    const there: Strada = { ...s, e: altro, capo, rgd: rgd.scope, protocollo: rgd.scope, lavori }
    const fascicoloId = await apriFascicolo(there, [(await registra(there)).documentoId])
    await chiudiFascicolo(there, fascicoloId)
    await runJob(there, 'conservazione.prepareVersamento', fascicoloId)
    expect(await findVersamentoRow(there, fascicoloId)).toMatchObject({
      stato: 'ERRORE',
      istantanea: '',
      anomalie: [{ codice: 'IDENTIFICATIVO' }],
    })
  }, 60_000)

  it('an open fascicolo is not frozen', async () => {
    const { documentoId } = await registra(s)
    const fascicoloId = await apriFascicolo(s, [documentoId])
    await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
    expect(await query(s.rgd, 'select 1 from versamento where ente_id = $1 and fascicolo_id = $2', [s.e.ente.id, fascicoloId])).toEqual([])
  }, 60_000)

  it('two runs at once give one versamento and one number', async () => {
    const { documentoId } = await registra(s)
    const fascicoloId = await apriFascicolo(s, [documentoId])
    await chiudiFascicolo(s, fascicoloId)
    await Promise.all(Array.from({ length: 4 }, async () => await runJob(s, 'conservazione.prepareVersamento', fascicoloId)))
    expect((await findVersamentoRow(s, fascicoloId)).stato).toBe('IN_PREPARAZIONE')
    const rows = await query<{ idPdv: string }>(s.rgd, `select id_pdv as "idPdv" from versamento where ente_id = $1`, [s.e.ente.id])
    const progressivi = rows.map((r) => Number(r.idPdv.slice(-6))).toSorted((a, b) => a - b)
    expect(progressivi).toEqual(progressivi.map((_, i) => i + 1))
  }, 60_000)
})

describe('sending', () => {
  it('REQ-CONS-122 an unknown outcome is asked about before anything is sent again', async () => {
    const { id } = await ready()
    const lost = answering(failing('esito-ignoto'), failing('sconosciuto'))
    await expect(runJob(s, 'conservazione.sendSip', id, lost)).rejects.toThrow('Scambio fallito.')
    expect((await readVersamento(s.rgd, id)).stato).toBe('PRONTO')
    const taken = answering(failing('esito-ignoto'), async () => await Promise.resolve(null))
    await runJob(s, 'conservazione.sendSip', id, taken)
    expect((await readVersamento(s.rgd, id)).stato).toBe('TRASMESSO')
  }, 60_000)

  it('a conservatore that does not answer leaves the package where it is, for a later attempt', async () => {
    const { id } = await ready()
    await expect(runJob(s, 'conservazione.sendSip', id, answering(failing('non-inviato')))).rejects.toThrow('Scambio fallito.')
    expect((await readVersamento(s.rgd, id)).stato).toBe('PRONTO')
  }, 60_000)

  it('a refusal at the door and a wrong configuration wait for a person', async () => {
    const refused = await ready()
    await runJob(s, 'conservazione.sendSip', refused.id, answering(failing('rifiuto', 'contenuto-diverso')))
    expect(await readVersamento(s.rgd, refused.id)).toMatchObject({ stato: 'ERRORE', anomalie: [{ codice: 'contenuto-diverso' }] })
    const closed = await ready()
    await runJob(s, 'conservazione.sendSip', closed.id, answering(failing('configurazione')))
    expect(await readVersamento(s.rgd, closed.id)).toMatchObject({
      stato: 'ERRORE',
      anomalie: [{ codice: 'CONFIGURAZIONE' }],
      ripetibile: true,
    })
  }, 60_000)

  it('REQ-CONS-123 a crash between the bytes and the answer repeats the same identifier and bytes, and the conservatore holds one package', async () => {
    const { id } = await ready()
    const cartella = await mkdtemp(join(tmpdir(), 'faldone-simulatore-'))
    const simulatore = await spawnSimulatore(cartella)
    try {
      const real = createConservatoreHttp({ indirizzo: simulatore.indirizzo })
      const sent: { idPdv: string; sha256: string; presaInCarico: string }[] = []
      const watched: Conservatore = {
        transmit: async (p) => {
          const esito = await real.transmit(p)
          sent.push({ idPdv: p.idPdv, sha256: p.sha256, ...esito })
          // The process dies here the first time: the receipt never reaches the database.
          if (sent.length === 1) throw new Error('killed')
          return esito
        },
        report: async (idPdv) => await real.report(idPdv),
      }
      await expect(runJob(s, 'conservazione.sendSip', id, watched)).rejects.toThrow('killed')
      expect((await readVersamento(s.rgd, id)).stato).toBe('PRONTO')
      await runJob(s, 'conservazione.sendSip', id, watched)
      expect(sent).toHaveLength(2)
      expect(sent[1]).toEqual(sent[0])
      await awaitEsito(s, id, real)
      expect((await readVersamento(s.rgd, id)).stato).toBe('CONSERVATO')
    } finally {
      await simulatore.stop()
      await rm(cartella, { recursive: true, force: true })
    }
  }, 60_000)

  it('a report that is late is asked for again, and the package is not sent again', async () => {
    const { id } = await ready()
    let sent = 0
    const slow = answering(async () => {
      sent++
      return await Promise.resolve({ presaInCarico: 'PIC-1' })
    })
    await runJob(s, 'conservazione.sendSip', id, slow)
    await expect(runJob(s, 'conservazione.readEsito', id, slow)).rejects.toMatchObject({ codice: 'rapporto-in-attesa' })
    await runJob(s, 'conservazione.sendSip', id, slow)
    expect(sent).toBe(1)
    expect((await readVersamento(s.rgd, id)).stato).toBe('TRASMESSO')
  }, 60_000)
})

describe('who may what', () => {
  it('states for the responsabile della conservazione, content and repetition only for the produttore', async () => {
    const { id } = await ready()
    const { scope: rdc } = await createOperatore(s.db.orm, s.e, 'responsabileConservazione')
    const seen = await readVersamento(rdc, id)
    expect(seen).toMatchObject({ stato: 'PRONTO', ripetibile: false, fascicolo: { oggetto: 'Fascicolo con documenti riservati' } })
    await expect(openPacchetto(rdc, id, s.store)).rejects.toMatchObject({ codice: 'pacchetto-riservato' })
    await expect(retryVersamento(rdc, id)).rejects.toMatchObject({ codice: 'solo-produttore' })
    expect((await readVersamento(s.rgd, id)).fascicolo?.oggetto).toBe('Accesso agli atti di via del Forno')
  }, 60_000)

  it('another ente sees nothing of it, and its numbers are its own', async () => {
    const { id } = await ready()
    const altro = await createEnte(s.db.orm)
    const { scope } = await createOperatore(s.db.orm, altro, 'responsabileGestioneDocumentale')
    await expect(readVersamento(scope, id)).rejects.toMatchObject({ codice: 'versamento-assente' })
    expect(await readVersamenti(scope, { pagina: 1, perPagina: 50 })).toEqual({ elementi: [], totale: 0 })
    expect(await countVersamenti(scope)).toEqual({ conservati: 0, inAttesa: 0, rifiutati: 0 })
    expect((await countVersamenti(s.rgd)).inAttesa).toBeGreaterThan(0)
  }, 60_000)
})
