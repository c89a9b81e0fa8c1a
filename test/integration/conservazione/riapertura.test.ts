import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { checkPIndex } from '../../../metadata-schemas/sincro/index.ts'
import { openIndice } from '../../../server/conservazione/service/read.ts'
import { fileDocumento, presentFascicoloById } from '../../../server/fascicoli/index.ts'
import { reopenFascicolo } from '../../../server/fascicoli/service/stato.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Conservatore } from '../../../server/ports/conservatore.ts'
import {
  apriFascicolo,
  awaitEsito,
  chiudiFascicolo,
  createConservatoreHttp,
  createStrada,
  registra,
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

interface Versamento {
  readonly id: string
  readonly idPdv: string
  readonly stato: string
  readonly improntaIndice: string
}

/** Closes a fascicolo and packs it; answers its newest versamento and the index of the package. */
async function closeAndPack(fascicoloId: string): Promise<{ versamento: Versamento; indice: string }> {
  await chiudiFascicolo(s, fascicoloId)
  await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
  const { id } = await newest(fascicoloId)
  await runJob(s, 'conservazione.buildSip', id)
  return { versamento: await newest(fascicoloId), indice: (await readAll((await openIndice(s.rgd, id, s.store)).stream)).toString('utf8') }
}

async function newest(fascicoloId: string): Promise<Versamento> {
  const [row] = await query<Versamento>(
    s.rgd,
    `select id, id_pdv as "idPdv", stato, impronta_indice as "improntaIndice" from versamento where ente_id = $1 and fascicolo_id = $2 order by fascicolo_versione desc limit 1`,
    [s.e.ente.id, fascicoloId],
  )
  if (row === undefined) throw new Error('no versamento')
  return row
}

async function reopenWithMore(fascicoloId: string): Promise<void> {
  const { versione } = await presentFascicoloById(s.capo, fascicoloId)
  await reopenFascicolo(s.capo, fascicoloId, { versione, motivo: 'Arrivata un’integrazione' })
  await fileDocumento(s.capo, fascicoloId, { documentoId: (await registra(s)).documentoId })
}

describe('a fascicolo reopened after its package left', () => {
  it('REQ-FASC-042 is closed again with a package that names the one it updates and the digest of its index, and the conservatore takes it', async () => {
    const fascicoloId = await apriFascicolo(s, [(await registra(s)).documentoId])
    const first = await closeAndPack(fascicoloId)
    expect(first.indice).not.toContain('PIndexSource')
    await runJob(s, 'conservazione.sendSip', first.versamento.id, conservatore)
    await awaitEsito(s, first.versamento.id, conservatore)

    await reopenWithMore(fascicoloId)
    expect((await presentFascicoloById(s.capo, fascicoloId)).riaperture).toMatchObject([{ idPdv: first.versamento.idPdv }])
    const second = await closeAndPack(fascicoloId)
    expect(second.versamento.idPdv).not.toBe(first.versamento.idPdv)
    expect(second.indice).toContain('<s:PIndexSource s:derivation="onetoone">')
    expect(second.indice).toContain(`<s:ID s:scheme="local">${first.versamento.idPdv}#indice</s:ID>`)
    expect(second.indice).toContain(first.versamento.improntaIndice)
    expect(second.indice).toContain(`<s:PIndexID s:scheme="local">${first.versamento.idPdv}#indice</s:PIndexID>`)
    expect(checkPIndex(second.indice).valido).toBe(true)
    await runJob(s, 'conservazione.sendSip', second.versamento.id, conservatore)
    await awaitEsito(s, second.versamento.id, conservatore)
    expect((await newest(fascicoloId)).stato).toBe('CONSERVATO')
    // The first one stays as it was handed over.
    const [before] = await query<{ stato: string; impronta: string }>(
      s.rgd,
      'select stato, impronta_indice as impronta from versamento where ente_id = $1 and id = $2',
      [s.e.ente.id, first.versamento.id],
    )
    expect(before).toEqual({ stato: 'CONSERVATO', impronta: first.versamento.improntaIndice })
  }, 60_000)

  it('whose package never left names none: there is nothing to update', async () => {
    const fascicoloId = await apriFascicolo(s, [(await registra(s)).documentoId])
    await closeAndPack(fascicoloId)
    await reopenWithMore(fascicoloId)
    expect((await closeAndPack(fascicoloId)).indice).not.toContain('PIndexSource')
  })
})
