import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openPacchetto, openRapporto, readVersamento, retryVersamento } from '../../../server/conservazione/service/read.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import type { Conservatore } from '../../../server/ports/conservatore.ts'
import { objectKey } from '../../../storage/address.ts'
import {
  awaitEsito,
  createConservatoreHttp,
  createStrada,
  fascicoloChiuso,
  findVersamentoRow,
  runJob,
  spawnSimulatore,
} from '../../support/conservazione.ts'
import type { SimulatoreDiProva, Strada } from '../../support/conservazione.ts'
import { readAll } from '../../support/factories.ts'

let s: Strada
let simulatore: SimulatoreDiProva
let conservatore: Conservatore
let cartella: string

beforeAll(async () => {
  s = await createStrada()
  cartella = await mkdtemp(join(tmpdir(), 'faldone-simulatore-'))
  simulatore = await spawnSimulatore(cartella)
  conservatore = createConservatoreHttp({ indirizzo: simulatore.indirizzo })
}, 60_000)
afterAll(async () => {
  await simulatore.stop()
  await s.close()
  await rm(cartella, { recursive: true, force: true })
})

/** Freezes and packs a closed fascicolo; answers its versamento. */
async function pack(fascicoloId: string): Promise<string> {
  await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
  const { id } = await findVersamentoRow(s, fascicoloId)
  await runJob(s, 'conservazione.buildSip', id)
  return id
}

async function storedPackages(): Promise<string[]> {
  const files = await readdir(s.cartella, { recursive: true })
  const objects = files.filter((f) => /[0-9a-f]{64}$/u.test(f))
  const heads = await Promise.all(objects.map(async (f) => (await readFile(join(s.cartella, f))).subarray(0, 4).toString('latin1')))
  return objects.filter((_, i) => heads[i] === 'PK\u0003\u0004')
}

describe('what must never leave or never be believed', () => {
  it('REQ-CONS-026 one altered byte in the archive stops the package, and not even a part of it is kept', async () => {
    const { fascicoloId, documenti } = await fascicoloChiuso(s)
    await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
    const { id } = await findVersamentoRow(s, fascicoloId)
    const file = join(s.cartella, objectKey(s.e.ente.id, documenti[0]?.sha256 ?? ''))
    const original = await readFile(file)
    const altered = Buffer.from(original)
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
    await chmod(file, 0o644)
    await writeFile(file, altered)
    const packages = await storedPackages()
    await runJob(s, 'conservazione.buildSip', id)
    expect(await findVersamentoRow(s, fascicoloId)).toMatchObject({ stato: 'ERRORE', anomalie: [{ codice: 'SORGENTE_ALTERATA' }] })
    expect(await storedPackages()).toEqual(packages)
    await expect(openPacchetto(s.rgd, id, s.store)).rejects.toMatchObject({ codice: 'pacchetto-non-pronto' })

    // Restored from a copy, it is taken up with the same identifier.
    await writeFile(file, original)
    const before = await findVersamentoRow(s, fascicoloId)
    expect((await retryVersamento(s.rgd, id)).stato).toBe('IN_PREPARAZIONE')
    await runJob(s, 'conservazione.buildSip', id)
    expect(await findVersamentoRow(s, fascicoloId)).toMatchObject({ stato: 'PRONTO', idPdv: before.idPdv, anomalie: [] })
  }, 60_000)

  it('REQ-CONS-026 a file that is no longer there stops the package too', async () => {
    const { fascicoloId, documenti } = await fascicoloChiuso(s)
    await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
    const { id } = await findVersamentoRow(s, fascicoloId)
    await rm(join(s.cartella, objectKey(s.e.ente.id, documenti[1]?.sha256 ?? '')), { force: true })
    await runJob(s, 'conservazione.buildSip', id)
    expect(await findVersamentoRow(s, fascicoloId)).toMatchObject({ stato: 'ERRORE', anomalie: [{ codice: 'SORGENTE_ILLEGGIBILE' }] })
  }, 60_000)

  it('REQ-CONS-101 a report that cites another hash is kept as received and never makes it conservato', async () => {
    const { fascicoloId } = await fascicoloChiuso(s)
    const id = await pack(fascicoloId)
    await runJob(s, 'conservazione.sendSip', id, conservatore)
    const { improntaIndice } = await readVersamento(s.rgd, id)
    const liar: Conservatore = {
      transmit: async (p) => await conservatore.transmit(p),
      report: async (idPdv) => {
        const risposta = await conservatore.report(idPdv)
        return risposta === null ? null : { xml: risposta.xml.replaceAll(improntaIndice ?? '', 'f'.repeat(64)) }
      },
    }
    await awaitEsito(s, id, liar)
    const dto = await readVersamento(s.rgd, id)
    expect(dto).toMatchObject({ stato: 'ERRORE', anomalie: [{ codice: 'RDV_NON_COLLEGABILE' }], ripetibile: true })
    expect((await readAll((await openRapporto(s.rgd, id, s.store)).stream)).toString('utf8')).toContain('f'.repeat(64))
    const fascicolo = await queryOne<{ stato: string }>(s.rgd, 'select stato from fascicolo where ente_id = $1 and id = $2', [
      s.e.ente.id,
      fascicoloId,
    ])
    expect(fascicolo?.stato).toBe('CHIUSO')

    // Asked again, the same identifier and bytes are recognised and the true report is believed.
    await retryVersamento(s.rgd, id)
    await runJob(s, 'conservazione.sendSip', id, conservatore)
    await awaitEsito(s, id, conservatore)
    expect((await readVersamento(s.rgd, id)).stato).toBe('CONSERVATO')
  }, 60_000)

  it('a report that cannot be read is kept and proves nothing', async () => {
    const { fascicoloId } = await fascicoloChiuso(s)
    const id = await pack(fascicoloId)
    await runJob(s, 'conservazione.sendSip', id, conservatore)
    const html: Conservatore = {
      ...conservatore,
      report: async () => await Promise.resolve({ xml: '<html><body>Manutenzione</body></html>' }),
    }
    await runJob(s, 'conservazione.readEsito', id, html)
    expect(await findVersamentoRow(s, fascicoloId)).toMatchObject({ stato: 'ERRORE', anomalie: [{ codice: 'RDV_ILLEGGIBILE' }] })
    expect((await readAll((await openRapporto(s.rgd, id, s.store)).stream)).toString('utf8')).toContain('Manutenzione')
  }, 60_000)

  it('REQ-CONS-025 what changes after the freeze does not reach the package', async () => {
    const { fascicoloId } = await fascicoloChiuso(s)
    await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
    const { id, istantanea } = await findVersamentoRow(s, fascicoloId)
    await query(s.lavori, `update ufficio set denominazione = 'Ufficio rinominato' where ente_id = $1`, [s.e.ente.id])
    await runJob(s, 'conservazione.buildSip', id)
    const zip = (await readAll((await openPacchetto(s.rgd, id, s.store)).stream)).toString('utf8')
    expect(istantanea).toContain('Sportello unico edilizia')
    expect(zip).toContain('Sportello unico edilizia')
    expect(zip).not.toContain('Ufficio rinominato')
  }, 60_000)

  it('REQ-CONS-025 the database refuses to change what was frozen, to skip a state and to call conservato what has no proof', async () => {
    const { fascicoloId } = await fascicoloChiuso(s)
    await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
    const { id } = await findVersamentoRow(s, fascicoloId)
    const set = async (assignment: string) =>
      await query(s.lavori, `update versamento set ${assignment} where ente_id = $1 and id = $2`, [s.e.ente.id, id])
    await expect(set(`istantanea = '{}'`)).rejects.toThrow(/non si modifica/u)
    await expect(set(`stato = 'CONSERVATO'`)).rejects.toThrow(/non passa/u)
    await expect(set(`id_pdv = 'altro'`)).rejects.toThrow(/permission denied/u)
    await set(`stato = 'PRONTO'`)
    await set(`stato = 'TRASMESSO'`)
    await expect(set(`stato = 'CONSERVATO', esito = 'POSITIVO'`)).rejects.toThrow(/versamento_prova/u)
  }, 60_000)
})
