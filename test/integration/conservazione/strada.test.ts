import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { checkPIndex, readPIndex } from '../../../metadata-schemas/sincro/index.ts'
import { verifyPacchetto } from '../../../metadata-schemas/pacchetto/index.ts'
import { compileSchema } from '../../../metadata-schemas/xml/index.ts'
import {
  openIndice,
  openPacchetto,
  openRapporto,
  readVersamenti,
  readVersamento,
  retryVersamento,
} from '../../../server/conservazione/service/read.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import type { Conservatore } from '../../../server/ports/conservatore.ts'
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
import { itWithMateriali, materiale } from '../../support/materiali.ts'

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

const official = (nome: string) => compileSchema(nome, readFileSync(materiale('schemas', 'allegato5', nome), 'utf8'))

/** Freezes and packs a closed fascicolo; answers its versamento. */
async function pack(fascicoloId: string): Promise<string> {
  await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
  const { id } = await findVersamentoRow(s, fascicoloId)
  await runJob(s, 'conservazione.buildSip', id)
  return id
}

/** The parts of a snapshot looked at here. */
interface Frozen {
  readonly fascicolo: { readonly metadati: { readonly sha256: string } }
  readonly documenti: readonly { readonly metadati: { readonly sha256: string } }[]
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

describe('from a closed fascicolo to conservato', () => {
  let id: string
  let fascicoloId: string
  let zip: Buffer
  let chiuso: Awaited<ReturnType<typeof fascicoloChiuso>>
  let rapportoRicevuto = ''

  beforeAll(async () => {
    chiuso = await fascicoloChiuso(s)
    fascicoloId = chiuso.fascicoloId
    id = await pack(fascicoloId)
    zip = await readAll((await openPacchetto(s.rgd, id, s.store)).stream)
  }, 60_000)

  it('REQ-CONS-030 the identifier is given once, by the counter, before any byte leaves', async () => {
    const row = await findVersamentoRow(s, fascicoloId)
    expect(row.idPdv).toMatch(/^c_x\d{3}-AX\d{5}-\d{8}-\d{6}$/u)
    await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
    expect((await findVersamentoRow(s, fascicoloId)).idPdv).toBe(row.idPdv)
    const frozen = JSON.parse(row.istantanea) as { produttore: { nome: string; atto: string } }
    expect(frozen.produttore).toMatchObject({ nome: 'Renata', atto: 'Decreto di prova n. 1' })
  })

  it('REQ-CONS-037 every file is listed once and every listed file is there, digests recomputed from the ZIP', async () => {
    const file = join(cartella, 'scaricato.zip')
    await writeFile(file, zip)
    const esito = await verifyPacchetto(file)
    expect(esito.anomalie).toEqual([])
    const dto = await readVersamento(s.rgd, id)
    expect(esito.improntaPacchetto).toBe(dto.improntaPacchetto)
    expect(esito.improntaIndice).toBe(dto.improntaIndice)
    expect(dto.dimensione).toBe(zip.length)
  })

  it('REQ-CONS-038 sealed segnatura and original message travel as annessi, and the allegati are only those of the document', async () => {
    const indice = readPIndex(await readAll((await openIndice(s.rgd, id, s.store)).stream))
    const [first, second] = indice.documenti
    const kinds = first?.file.map((f) => f.relazioni[0]?.tipo ?? 'principale')
    expect(kinds).toEqual(['principale', 'allegato_di', 'annesso_di', 'annesso_di'])
    expect(first?.file.slice(2).map((f) => f.percorso.split('/').pop())).toEqual(['01-Segnatura.xml', '02-messaggio.eml'])
    expect(second?.file.map((f) => f.relazioni[0]?.tipo ?? 'principale')).toEqual(['principale', 'allegato_di'])
  })

  it('REQ-CONS-035 names are safe in the package and the original one stays in the metadata', async () => {
    const esito = await verifyPacchetto(join(cartella, 'scaricato.zip'))
    expect(esito.file.map((f) => f.percorso).filter((p) => p.includes('/allegati/'))).toEqual([
      expect.stringMatching(/\/allegati\/01-planimetria_e\.pdf$/u),
      expect.stringMatching(/\/allegati\/01-planimetria_e\.pdf$/u),
    ])
    expect([...esito.metadati.values()].map(String).join('')).toContain('<NomeDelDocumento>Istanza di accesso.pdf</NomeDelDocumento>')
  })

  it('REQ-CONS-060 metadata are rendered once: the digest of the snapshot is that of the index and of the file', async () => {
    const { istantanea } = await findVersamentoRow(s, fascicoloId)
    const { fascicolo, documenti } = JSON.parse(istantanea) as Frozen
    const frozen = [fascicolo, ...documenti].map((x) => x.metadati.sha256)
    const indice = readPIndex(await readAll((await openIndice(s.rgd, id, s.store)).stream))
    expect([indice.aggregazione, ...indice.documenti.map((d) => d.metadati)].map((x) => x?.impronta.esadecimale)).toEqual(frozen)
    const { file } = await verifyPacchetto(join(cartella, 'scaricato.zip'))
    expect(file.filter((f) => f.percorso.endsWith('/metadati.xml')).map((f) => f.sha256)).toEqual(frozen)
  })

  it('the index keeps the words of a riservato out', async () => {
    const xml = (await readAll((await openIndice(s.rgd, id, s.store)).stream)).toString('utf8')
    expect(checkPIndex(xml).valido).toBe(true)
    expect(xml.match(/<s:Description>/gu)).toHaveLength(1)
  })

  it('REQ-CONS-033 the same snapshot gives the same bytes of index and container', async () => {
    const { istantanea, idPdv } = await findVersamentoRow(s, fascicoloId)
    const { composePacchetto, streamPacchetto } = await import('../../../metadata-schemas/pacchetto/index.ts')
    const { layoutPacchetto } = await import('../../../server/conservazione/layout.ts')
    const { readIstantanea } = await import('../../../server/conservazione/snapshot.ts')
    const again = composePacchetto(layoutPacchetto(readIstantanea(istantanea), idPdv, async (h) => await s.store.open(s.e.ente.id, h)))
    expect(sha256(await readAll(streamPacchetto(again).flusso))).toBe(sha256(zip))
  })

  itWithMateriali(
    'REQ-CONS-045 the index obeys both copies of the published schema, and the metadata the official Allegato 5 ones',
    async () => {
      const indice = await readAll((await openIndice(s.rgd, id, s.store)).stream)
      for (const copia of ['PIndex.xsd', 'PIndex-variante-parer.xsd']) {
        const schema = compileSchema(copia, readFileSync(materiale('schemas', 'conservazione', 'sincro-v2', copia), 'utf8'))
        expect(schema.validate(indice)).toEqual({ valido: true, errori: [] })
      }
      const [agg, dai] = [official('AggregazioneDocumentaliInformatiche.xsd'), official('DocumentoAmministrativoInformatico.xsd')]
      const { metadati } = await verifyPacchetto(join(cartella, 'scaricato.zip'))
      expect(metadati.size).toBe(3)
      for (const [percorso, bytes] of metadati) {
        expect((percorso.startsWith('aggregazione/') ? agg : dai).validate(bytes)).toEqual({ valido: true, errori: [] })
      }
    },
  )

  it('REQ-CONS-001 it is conservato only when the report of the conservatore is in, never before', async () => {
    expect((await readVersamento(s.rgd, id)).stato).toBe('PRONTO')
    await runJob(s, 'conservazione.sendSip', id, conservatore)
    expect(await readVersamento(s.rgd, id)).toMatchObject({ stato: 'TRASMESSO', presaInCarico: expect.stringMatching(/^PIC-/u) })
    await awaitEsito(s, id, conservatore)
    const dto = await readVersamento(s.rgd, id)
    expect(dto).toMatchObject({ stato: 'CONSERVATO', anomalie: [], ripetibile: false, rapporto: { esito: 'POSITIVO' } })
    const rapporto = (await readAll((await openRapporto(s.rgd, id, s.store)).stream)).toString('utf8')
    expect(rapporto).toContain(dto.improntaIndice)
    rapportoRicevuto = rapporto
    const fascicolo = await queryOne<{ stato: string }>(s.rgd, 'select stato from fascicolo where ente_id = $1 and id = $2', [
      s.e.ente.id,
      fascicoloId,
    ])
    expect(fascicolo?.stato).toBe('IN_CONSERVAZIONE')
  })

  it('REQ-CONS-031 documents and fascicolo bear the same identifiers in the database, index, metadata and report', async () => {
    const indice = readPIndex(await readAll((await openIndice(s.rgd, id, s.store)).stream))
    const inDatabase = chiuso.documenti.map((d) => d.documentoId)
    expect(indice.documenti.map((d) => d.id)).toEqual(inDatabase)
    const { metadati } = await verifyPacchetto(join(cartella, 'scaricato.zip'))
    const files = [...metadati.values()].map(String)
    const codice = (await readVersamento(s.rgd, id)).fascicolo?.codice ?? ''
    for (const documentoId of inDatabase) {
      expect(files.filter((xml) => xml.includes(`<Identificativo>${documentoId}</Identificativo>`))).toHaveLength(2)
      expect(rapportoRicevuto).toContain(`<IdOggetto>${documentoId}</IdOggetto>`)
    }
    expect(files.filter((xml) => xml.includes(`<IdAggregazione>${codice}</IdAggregazione>`))).toHaveLength(3)
    expect(rapportoRicevuto).toContain(`<IdOggetto>${codice}</IdOggetto>`)
  })

  it('running every step again changes nothing, and there is nothing to repeat', async () => {
    const before = await readVersamento(s.rgd, id)
    await runJob(s, 'conservazione.prepareVersamento', fascicoloId)
    for (const step of ['buildSip', 'sendSip', 'readEsito']) await runJob(s, `conservazione.${step}`, id, conservatore)
    expect(await readVersamento(s.rgd, id)).toEqual(before)
    await expect(retryVersamento(s.rgd, id)).rejects.toMatchObject({ codice: 'gia-conservato' })
  })

  it('every step is in the trail of the fascicolo, and the list shows the transfer', async () => {
    const rows = await query<{ azione: string }>(
      s.rgd,
      `select azione from evento_audit where ente_id = $1 and oggetto_id = $2 and azione not like '%letto' order by istante, id`,
      [s.e.ente.id, id],
    )
    expect(rows.map((r) => r.azione)).toEqual([
      'versamento-preparato',
      'pacchetto-composto',
      'versamento-trasmesso',
      'versamento-conservato',
    ])
    expect((await readVersamenti(s.rgd, { stato: 'CONSERVATO', pagina: 1, perPagina: 10 })).elementi.map((v) => v.id)).toContain(id)
  })
})
