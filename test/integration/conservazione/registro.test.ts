import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { checkDaiXml } from '../../support/versamento-registro.ts'
import { conservazioneJobs } from '../../../server/conservazione/index.ts'
import { readVersamento, retryVersamento } from '../../../server/conservazione/service/read.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import type { Conservatore } from '../../../server/ports/conservatore.ts'
import { listRegistri } from '../../../server/registro/service/read.ts'
import { vigilaRegistri } from '../../../server/registro/service/vigila.ts'
import { createConservatoreHttp, spawnSimulatore } from '../../support/conservazione.ts'
import type { SimulatoreDiProva } from '../../support/conservazione.ts'
import { createMondoRegistro, registriOf } from '../../support/registro.ts'
import type { MondoRegistro } from '../../support/registro.ts'

let m: MondoRegistro
let simulatore: SimulatoreDiProva
let cartella: string
let conservatore: Conservatore

// Friday 26 June with a registration; Monday 29 is the patron saint: the term is Tuesday 30.
beforeAll(async () => {
  m = await createMondoRegistro()
  cartella = await mkdtemp(join(tmpdir(), 'faldone-simulatore-'))
  await query(
    m.rgd,
    `insert into calendario_aoo (ente_id, aoo_id, patrono, santo_patrono, giorni) values ($1, $2, '06-29', 'Santi Pietro e Paolo', '[]')`,
    [m.e.ente.id, m.e.aooId],
  )
  await m.registra('2026-06-26T08:00:00Z')
  await m.registra('2026-06-26T09:00:00Z', { riservatezza: 'RISERVATO' })
  await m.produci('2026-06-27T22:30:00Z')
  const refused = (await registriOf(m)).find((r) => r.giorno === '2026-06-26')?.identificativo ?? ''
  simulatore = await spawnSimulatore(cartella, 0, [refused])
  conservatore = createConservatoreHttp({ indirizzo: simulatore.indirizzo })
}, 60_000)
afterAll(async () => {
  await simulatore.stop()
  await m.close()
  await rm(cartella, { recursive: true, force: true })
})

async function run(tipo: string, id: string, c: Conservatore = conservatore): Promise<void> {
  const job = conservazioneJobs.find((j) => j.type === `conservazione.${tipo}`)
  await job?.handler(m.lavori, { id }, { store: m.store, conservatore: c } as unknown as Ports)
}

/** Asks for the report until it is there, as the retried job does. */
async function awaitEsito(id: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await run('readEsito', id)
      return
    } catch (error) {
      if ((error as { codice?: string }).codice !== 'rapporto-in-attesa' || attempt > 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

interface Tentativo {
  id: string
  stato: string
  idPdv: string
  tentativo: number
  istantanea: string
}

const tentativi = async (registroGiornalieroId: string): Promise<Tentativo[]> =>
  await query(
    m.lavori,
    `select id, stato, id_pdv as "idPdv", tentativo, istantanea from versamento where ente_id = $1 and registro_giornaliero_id = $2 order by tentativo`,
    [m.e.ente.id, registroGiornalieroId],
  )

const passi = async (id: string): Promise<string[]> =>
  (
    await query<{ passo: string }>(
      m.lavori,
      'select passo from passo_registro_giornaliero where ente_id = $1 and registro_giornaliero_id = $2 order by istante, id',
      [m.e.ente.id, id],
    )
  ).map((p) => p.passo)

const avvisi = async (): Promise<string[]> =>
  (
    await query<{ tipo: string }>(
      m.rgd,
      `select tipo from avviso_registro where ente_id = $1 and giorno = '2026-06-26' and chiuso_il is null order by dato_il, tipo`,
      [m.e.ente.id],
    )
  ).map((a) => a.tipo)

async function friday(): Promise<string> {
  return (await registriOf(m)).find((r) => r.giorno === '2026-06-26')?.id ?? ''
}

/** Refuses whatever it is sent, as a conservatore with a fault of its own would. */
const refusing: Conservatore = {
  transmit: async () =>
    await Promise.reject(Object.assign(new Error('Il servizio rifiuta il pacchetto.'), { scambio: 'configurazione', codice: 'PROVA' })),
  report: async () => await Promise.resolve(null),
}

describe('a daily register on its way to preservation', () => {
  it('REQ-PROT-105 it is queued by its production, frozen with its files and metadata of type d', async () => {
    const queued = await queryOne<{ n: number }>(
      m.lavori,
      `select count(*)::int as n from evento_audit where ente_id = $1 and azione = 'registro-giornaliero-prodotto'`,
      [m.e.ente.id],
    )
    expect(queued?.n).toBe(2)
    const id = await friday()
    await run('prepareRegistro', id)
    await run('prepareRegistro', id)
    const [only, ...others] = await tentativi(id)
    expect(others).toEqual([])
    expect(only).toMatchObject({ stato: 'IN_PREPARAZIONE', tentativo: 1 })
    const frozen = JSON.parse(only?.istantanea ?? '{}') as {
      documenti: { id: string; metadati: { xml: string }; file: { ruolo: string; sha256: string }[] }[]
    }
    const [documento] = frozen.documenti
    expect(documento?.file.map((f) => f.ruolo)).toEqual(['principale', 'allegato', 'allegato', 'allegato'])
    const registro = (await registriOf(m)).find((r) => r.id === id)
    expect(documento?.file[0]?.sha256).toBe(registro?.file.pdf.sha256)
    checkDaiXml(documento?.metadati.xml ?? '', {
      identificativo: registro?.identificativo ?? '',
      numero: '1',
      riservato: true,
      allegati: 3,
      registro: 'RG_PG',
      conteggi: 'Registrazioni 2, dalla 1 alla 2; annullamenti 0; modifiche 0.',
    })
  })

  it('A7 REQ-PROT-106 a stop before acceptance keeps the obligation open and alarms at once; the same bytes go on afterwards', async () => {
    await m.ora('2026-06-30T07:00:00Z')
    const id = await friday()
    const [v] = await tentativi(id)
    await run('buildSip', v?.id ?? '')
    await run('sendSip', v?.id ?? '', refusing)
    expect(await passi(id)).toEqual(['errore'])
    expect(await avvisi()).toEqual(['errore'])
    await vigilaRegistri(m.lavori)
    expect(await avvisi()).toEqual(['errore'])
    const before = await readVersamento(m.rgd, v?.id ?? '')
    await retryVersamento(m.rgd, v?.id ?? '')
    const after = await readVersamento(m.rgd, v?.id ?? '')
    expect([after.stato, after.improntaPacchetto]).toEqual(['PRONTO', before.improntaPacchetto])
  })

  it('A7 REQ-PROT-106 a refusal of the conservatore alarms the same day and opens the obligation again, with the term of before', async () => {
    const id = await friday()
    const [v] = await tentativi(id)
    await m.ora('2026-06-30T08:00:00Z')
    await run('sendSip', v?.id ?? '')
    expect(await passi(id)).toEqual(['errore', 'ripreso', 'inviato'])
    expect(await avvisi()).toEqual([])
    await m.ora('2026-06-30T08:20:00Z')
    await awaitEsito(v?.id ?? '')
    const refused = await readVersamento(m.rgd, v?.id ?? '')
    expect(refused).toMatchObject({ stato: 'RIFIUTATO', ripetibile: true, anomalie: [{ codice: 'RIFIUTO-RICHIESTO' }] })
    expect(refused.rapporto?.ricevutoIl).toBeTruthy()
    const riga = (await listRegistri(m.rgd, { dal: '2026-06-26', al: '2026-06-26' })).elementi[0]
    expect(riga).toMatchObject({ stato: 'errore', adempiuto: false, scadenza: '2026-06-30' })
    const rifiuto = await queryOne<{ passo: string; istante: Date; dettaglio: string; riferimento: string }>(
      m.lavori,
      `select passo, istante, dettaglio, riferimento from passo_registro_giornaliero where ente_id = $1 and registro_giornaliero_id = $2 order by istante desc, id desc limit 1`,
      [m.e.ente.id, id],
    )
    expect(rifiuto).toMatchObject({ passo: 'rifiutato', istante: new Date('2026-06-30T08:20:00Z'), riferimento: v?.idPdv })
    expect(rifiuto?.dettaglio).toContain('rifiuta il documento')
    const [avviso] = (await listRegistri(m.rgd, { dal: '2026-06-26', al: '2026-06-26' })).avvisi
    expect(avviso).toMatchObject({ tipo: 'rifiuto', datoIl: '2026-06-30T08:20:00.000Z' })
    expect(avviso?.testo).toContain('il termine è quello di prima')
  }, 30_000)

  it('A7 REQ-PROT-106 the identical document goes again in a package of its own', async () => {
    const id = await friday()
    const [v] = await tentativi(id)
    await retryVersamento(m.rgd, v?.id ?? '')
    await run('prepareRegistro', id)
    const [first, second] = await tentativi(id)
    expect(second).toMatchObject({ tentativo: 2, stato: 'IN_PREPARAZIONE' })
    expect(second?.idPdv).not.toBe(first?.idPdv)
    const files = (t: Tentativo | undefined) => (JSON.parse(t?.istantanea ?? '{}') as { documenti: { file: unknown }[] }).documenti[0]?.file
    expect(files(second)).toEqual(files(first))
  })

  it('A7 REQ-PROT-106 alarms come at 12, 16 and 20 of the last day, and when the term is past', async () => {
    const at = async (istante: string): Promise<string[]> => {
      await m.ora(istante)
      await vigilaRegistri(m.lavori)
      return await avvisi()
    }
    expect(await at('2026-06-29T10:30:00Z')).toEqual([])
    expect(await at('2026-06-30T09:59:00Z')).not.toContain('scadenza-12')
    expect(await at('2026-06-30T10:00:00Z')).toContain('scadenza-12')
    expect(await at('2026-06-30T14:05:00Z')).toContain('scadenza-16')
    expect(await at('2026-06-30T18:05:00Z')).toContain('scadenza-20')
    expect(await at('2026-06-30T21:59:00Z')).not.toContain('scaduto')
    expect(await at('2026-06-30T22:01:00Z')).toContain('scaduto')
  })

  it('REQ-PROT-105 REQ-PROT-106 the conservatore accepts it: receipt and report are stored with their instants, every alarm is closed', async () => {
    const id = await friday()
    const v = (await tentativi(id)).at(-1)?.id ?? ''
    await run('buildSip', v)
    await run('sendSip', v)
    await awaitEsito(v)
    const dto = await readVersamento(m.rgd, v)
    expect([dto.stato, dto.anomalie]).toEqual(['CONSERVATO', []])
    expect(dto).toMatchObject({ fascicolo: null, registro: { giorno: '2026-06-26' } })
    expect((await passi(id)).slice(-2)).toEqual(['inviato', 'conservato'])
    expect(dto.rapporto?.ricevutoIl).toBeTruthy()
    expect(await avvisi()).toEqual([])
  }, 30_000)

  it('REQ-PROT-107 the register of an empty day is accepted too', async () => {
    const saturday = (await registriOf(m)).find((r) => r.giorno === '2026-06-27')?.id ?? ''
    await run('prepareRegistro', saturday)
    const [v] = await tentativi(saturday)
    expect(v?.stato).toBe('IN_PREPARAZIONE')
    await run('buildSip', v?.id ?? '')
    expect((await tentativi(saturday))[0]?.stato).toBe('PRONTO')
  })

  it('the database wants one subject for each transfer', async () => {
    await expect(
      query(m.lavori, `update versamento set stato = stato, registro_giornaliero_id = null where ente_id = $1`, [m.e.ente.id]),
    ).rejects.toThrow()
  })
})
