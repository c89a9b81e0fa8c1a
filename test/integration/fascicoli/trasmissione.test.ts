import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openPromise } from 'yauzl'
import { checkIndice } from '../../../metadata-schemas/trasmissione/index.ts'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { presentFascicoloById } from '../../../server/fascicoli/index.ts'
import { addCartaceo } from '../../../server/fascicoli/service/aggiungi.ts'
import { openParte } from '../../../server/fascicoli/service/parti.ts'
import {
  abandonTrasmissione,
  answerTrasmissione,
  deliverTrasmissione,
  openPacchetto,
  requestTrasmissione,
} from '../../../server/fascicoli/service/trasmetti.ts'
import { isTrasmissibile } from '../../../server/fascicoli/trasmissione/contenuto.ts'
import { fileDocumento } from '../../../server/fascicoli/index.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { findLavoro } from '../../../server/kernel/lavori.ts'
import { inTransaction, query } from '../../../server/kernel/scope.ts'
import { register as registerUscita } from '../../../server/protocollo/index.ts'
import { jobs } from '../../../server/reactions.ts'
import { apriFascicolo, createStrada, registra } from '../../support/conservazione.ts'
import type { Strada } from '../../support/conservazione.ts'
import { buildPdf, buildUscita, createOperatore, readAll, stage } from '../../support/factories.ts'
import { itWithPrograms, runProgram } from '../../support/programmi.ts'

let s: Strada
beforeAll(async () => {
  s = await createStrada()
})
afterAll(async () => await s.close())

const DESTINATARIO = { destinatario: 'Unione dei comuni della Valserena', codiceIpa: 'uc_x902', motivo: 'Funzione conferita all’unione' }

/** Runs the job that makes a package, as the worker would. */
async function compose(fascicoloId: string, id: string, store = s.store): Promise<string> {
  const movimento = (await presentFascicoloById(s.rgd, fascicoloId)).movimenti.find((m) => m.id === id)
  const lavoro = movimento?.lavoroId ?? ''
  const job = jobs.find((j) => j.type === 'fascicoli.componiTrasmissione')
  await job?.handler(s.lavori, { id: lavoro }, { store, stampa: stampatricePdf } as unknown as Ports)
  return lavoro
}

/** A fascicolo with two ordinary documents, a reserved one, a paper and a part with a document of its own. */
async function prepara(): Promise<{ id: string; codice: string; ordinari: string[]; riservato: string; parte: string }> {
  const ordinari = [await registra(s), await registra(s)].map((d) => d.documentoId)
  const riservato = (await registra(s, { riservatezza: 'RISERVATO', oggetto: 'Certificato sanitario' })).documentoId
  const id = await apriFascicolo(s, [...ordinari, riservato])
  await addCartaceo(s.capo, id, {
    oggetto: 'Plastico',
    tipologia: 'Elaborato',
    consistenza: '1',
    posizioneFisica: 'Armadio 3',
    area: 'comune',
  })
  const { id: parteId } = await openParte(s.capo, id, { oggetto: 'Sopralluogo' }, newId())
  const parte = (await registra(s)).documentoId
  await fileDocumento(s.capo, parteId, { documentoId: parte })
  return { id, codice: (await presentFascicoloById(s.capo, id)).codice, ordinari, riservato, parte }
}

const pacchetto = async (id: string, movimento: string): Promise<Buffer> =>
  await readAll((await openPacchetto(s.capo, id, movimento, s.store)).stream)

/** The files of a ZIP by path, read by a library that did not write it. */
async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const root = await mkdtemp(join(tmpdir(), 'faldone-pacchetto-'))
  try {
    await writeFile(join(root, 'p.zip'), bytes)
    const zip = await openPromise(join(root, 'p.zip'))
    const files = new Map<string, Buffer>()
    for await (const entry of zip.eachEntry()) files.set(entry.fileName, await readAll(await zip.openReadStreamPromise(entry)))
    return files
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

describe('handing a fascicolo over to another body', () => {
  itWithPrograms(['unzip', 'sha256sum'])(
    'the package is a folder whose every file answers to the sums beside it, for tools of others; its digest and number of documents are the evidence',
    async () => {
      const f = await prepara()
      const movimento = await requestTrasmissione(s.capo, f.id, { ...DESTINATARIO, conRiservati: false }, newId())
      const lavoro = await compose(f.id, movimento)
      expect(await findLavoro(s.capo, lavoro)).toMatchObject({ stato: 'concluso', esito: { documenti: 4, esclusi: 1 } })
      const bytes = await pacchetto(f.id, movimento)
      const root = await mkdtemp(join(tmpdir(), 'faldone-consegna-'))
      try {
        await writeFile(join(root, 'p.zip'), bytes)
        expect(runProgram('unzip', ['-q', join(root, 'p.zip'), '-d', root]).codice).toBe(0)
        const { slug, movimenti } = await presentFascicoloById(s.capo, f.id)
        const folder = join(root, `fascicolo-${slug}`)
        const checked = runProgram('sh', ['-c', `cd '${folder}' && sha256sum --strict -c SHA256SUMS`])
        expect(checked.codice).toBe(0)
        const listed = checked.uscita.split('\n').filter((line) => line.endsWith(': OK')).length
        // Every file of the folder but the sums themselves.
        const there = runProgram('sh', ['-c', `cd '${folder}' && find . -type f | wc -l`])
        expect(listed).toBe(Number(there.uscita.trim()) - 1)
        const sum = runProgram('sha256sum', [join(root, 'p.zip')]).uscita.split(' ')[0]
        expect(movimenti.find((m) => m.id === movimento)).toMatchObject({ impronta: sum, documenti: 4, esclusi: 1, stato: 'richiesto' })
      } finally {
        await rm(root, { recursive: true, force: true })
      }
    },
  )

  it('holds documents with their metadata, the aggregation, its cover, the part, the paper by its place; of reserved documents nothing, not even their words', async () => {
    const f = await prepara()
    const movimento = await requestTrasmissione(s.capo, f.id, { ...DESTINATARIO, conRiservati: false }, newId())
    await compose(f.id, movimento)
    const files = await unzip(await pacchetto(f.id, movimento))
    const paths = [...files.keys()].map((path) => path.split('/').slice(1).join('/'))
    expect(paths).toEqual([
      'documenti/00001/00-Istanza di accesso.pdf',
      'documenti/00001/01-planimetria è.pdf',
      'documenti/00001/metadati.xml',
      'documenti/00002/00-Istanza di accesso.pdf',
      'documenti/00002/01-planimetria è.pdf',
      'documenti/00002/metadati.xml',
      'aggregazione.xml',
      'frontespizio.pdf',
      expect.stringMatching(/^sottofascicoli\/.*\/documenti\/00001\/00-Istanza di accesso\.pdf$/u),
      expect.stringMatching(/^sottofascicoli\/.*\/documenti\/00001\/01-planimetria è\.pdf$/u),
      expect.stringMatching(/^sottofascicoli\/.*\/documenti\/00001\/metadati\.xml$/u),
      expect.stringMatching(/^sottofascicoli\/.*\/aggregazione\.xml$/u),
      expect.stringMatching(/^sottofascicoli\/.*\/frontespizio\.pdf$/u),
      'indice.xml',
      'indice.csv',
      'SHA256SUMS',
    ])
    const text = (suffix: string): string => [...files].find(([path]) => path.endsWith(suffix))?.[1].toString('utf8') ?? ''
    const indice = text('/indice.xml')
    expect(checkIndice(indice).errori).toEqual([])
    expect(indice).toContain('<PosizioneFisica>Armadio 3</PosizioneFisica>')
    expect(indice).toContain('<CodiceIPA>uc_x902</CodiceIPA>')
    const impronta = await digestOf(f.riservato)
    for (const words of ['Certificato sanitario', impronta, Buffer.from(impronta, 'hex').toString('base64')])
      for (const body of [indice, text('/indice.csv'), text('/aggregazione.xml'), text('/SHA256SUMS')]) expect(body).not.toContain(words)
  })

  it('the reserved documents go when who sees them asks for it, and then the package is only for who sees them', async () => {
    const f = await prepara()
    const movimento = await requestTrasmissione(s.rgd, f.id, { ...DESTINATARIO, conRiservati: true }, newId())
    await compose(f.id, movimento)
    const files = await unzip(await readAll((await openPacchetto(s.rgd, f.id, movimento, s.store)).stream))
    const indice = [...files].find(([path]) => path.endsWith('/indice.xml'))?.[1].toString('utf8') ?? ''
    expect(indice).toContain('Certificato sanitario')
    expect((await presentFascicoloById(s.rgd, f.id)).movimenti[0]).toMatchObject({ documenti: 5, esclusi: 0, conRiservati: true })
    expect(isTrasmissibile({ leggibile: false, area: 'comune' }, false, true)).toBe(false)
    expect(isTrasmissibile({ leggibile: true, area: 'riservata' }, false, false)).toBe(false)
    expect(isTrasmissibile({ leggibile: true, area: 'comune' }, true, false)).toBe(false)
  })

  it('only who decides of the fascicolo hands it over, one at a time, and not before the package is made; what is abandoned leaves it as it is', async () => {
    const f = await prepara()
    const altro = (await createOperatore(s.db.orm, s.e, 'addettoUor', s.e.uffici.edilizia, 'Aldo')).scope
    await expect(requestTrasmissione(altro, f.id, { ...DESTINATARIO, conRiservati: false }, newId())).rejects.toMatchObject({
      codice: expect.stringMatching(/^(azione-non-consentita|fascicolo-assente)$/u),
    })
    const chiave = newId()
    const movimento = await requestTrasmissione(s.capo, f.id, { ...DESTINATARIO, conRiservati: false }, chiave)
    expect(await requestTrasmissione(s.capo, f.id, { ...DESTINATARIO, conRiservati: false }, chiave)).toBe(movimento)
    await expect(requestTrasmissione(s.capo, f.id, { ...DESTINATARIO, conRiservati: false }, newId())).rejects.toMatchObject({
      codice: 'trasmissione-in-corso',
    })
    await expect(deliverTrasmissione(s.capo, f.id, movimento, { nota: '' }, [])).rejects.toMatchObject({
      codice: 'pacchetto-in-preparazione',
    })
    await expect(openPacchetto(s.capo, f.id, movimento, s.store)).rejects.toMatchObject({ codice: 'pacchetto-in-preparazione' })
    await expect(answerTrasmissione(s.capo, f.id, movimento, { accettato: true, nota: '' })).rejects.toMatchObject({
      codice: 'pacchetto-in-preparazione',
    })
    await abandonTrasmissione(s.capo, f.id, movimento, 'Non serve più')
    const lavoro = await compose(f.id, movimento)
    expect(await findLavoro(s.capo, lavoro)).toMatchObject({ stato: 'fallito', errore: expect.stringContaining('abbandonata') })
    expect(await presentFascicoloById(s.capo, f.id)).toMatchObject({
      stato: 'APERTO',
      movimenti: [{ stato: 'rifiutato', nota: 'Non serve più', impronta: null }],
    })
  })

  it('given up while its package is being written: no package stays in evidence, no file in the works, and the work says why', async () => {
    const f = await prepara()
    const movimento = await requestTrasmissione(s.capo, f.id, { ...DESTINATARIO, conRiservati: false }, newId())
    const store = {
      ...s.store,
      put: async (...args: Parameters<typeof s.store.put>) => {
        const stored = await s.store.put(...args)
        await abandonTrasmissione(s.capo, f.id, movimento, 'Sbagliato ente')
        return stored
      },
    }
    const lavoro = await compose(f.id, movimento, store)
    expect(await findLavoro(s.capo, lavoro)).toMatchObject({ stato: 'fallito', file: null, errore: expect.stringContaining('abbandonata') })
    expect((await presentFascicoloById(s.capo, f.id)).movimenti).toMatchObject([{ stato: 'rifiutato', impronta: null }])
  })

  it('REQ-FASC-019 delivered with its registration, it closes here as passed on for competence; the answer of the other body comes in with its own; the evidence no longer changes', async () => {
    const f = await prepara()
    const parte = (await presentFascicoloById(s.capo, f.id)).parti[0]?.id ?? ''
    const movimento = await requestTrasmissione(s.capo, f.id, { ...DESTINATARIO, conRiservati: false }, newId())
    await compose(f.id, movimento)
    const uscita = await registerOut()
    const entrata = (await registra(s)).id
    const { versione } = await presentFascicoloById(s.capo, f.id)
    const closing = { registrazioneId: uscita, nota: '', chiusura: { versione, motivoForzatura: 'Documenti ancora da prendere in carico' } }
    await expect(deliverTrasmissione(s.capo, f.id, movimento, { ...closing, registrazioneId: entrata }, [])).rejects.toMatchObject({
      codice: 'registrazione-non-adatta',
    })
    // An open part keeps the whole open: nothing is delivered.
    await expect(deliverTrasmissione(s.capo, f.id, movimento, closing, [])).rejects.toMatchObject({ codice: 'chiusura-bloccata' })
    await closeParte(parte)
    await deliverTrasmissione(s.capo, f.id, movimento, closing, [])
    expect(await presentFascicoloById(s.capo, f.id)).toMatchObject({
      stato: 'CHIUSO',
      esito: 'trasmissione per competenza',
      movimenti: [{ stato: 'eseguito', esitoFascicolo: 'chiuso', registrazioneUscita: { numero: expect.any(Number) } }],
    })
    await answerTrasmissione(s.capo, f.id, movimento, { accettato: true, registrazioneId: entrata, nota: 'Preso in carico' })
    expect((await presentFascicoloById(s.capo, f.id)).movimenti[0]).toMatchObject({
      stato: 'accettato',
      registrazioneEntrata: { numero: expect.any(Number) },
      riscontro: { da: s.capo.attore.nome, nota: 'Preso in carico' },
    })
    await expect(answerTrasmissione(s.capo, f.id, movimento, { accettato: false, nota: '' })).rejects.toMatchObject({
      codice: 'movimento-deciso',
    })
    for (const change of [`impronta = repeat('0', 64)`, 'documenti = 1', `stato = 'richiesto'`])
      await expect(
        inTransaction(
          s.rgd,
          async (tx) => await query(tx, `update fascicolo_movimento set ${change} where ente_id = $1 and id = $2`, [tx.ente.id, movimento]),
        ),
      ).rejects.toThrow()
  })

  it('delivered without closing, the fascicolo continues here', async () => {
    const f = await prepara()
    const movimento = await requestTrasmissione(s.capo, f.id, { ...DESTINATARIO, conRiservati: false }, newId())
    await compose(f.id, movimento)
    await deliverTrasmissione(s.capo, f.id, movimento, { nota: 'A mano' }, [])
    expect(await presentFascicoloById(s.capo, f.id)).toMatchObject({
      stato: 'APERTO',
      movimenti: [{ stato: 'eseguito', esitoFascicolo: 'continua' }],
    })
  })
})

async function digestOf(documentoId: string): Promise<string> {
  const [row] = await query<{ sha256: string }>(
    s.rgd,
    `select c.sha256 from documento_file df join contenuto c on c.ente_id = df.ente_id and c.id = df.contenuto_id where df.ente_id = $1 and df.documento_id = $2 and df.ruolo = 'principale'`,
    [s.e.ente.id, documentoId],
  )
  return row?.sha256 ?? ''
}

async function registerOut(): Promise<string> {
  const contenutoId = await stage(s.rgd, s.store, await buildPdf(`Lettera ${newId()}`), 'lettera.pdf')
  return (await registerUscita(s.rgd, buildUscita(s.e, contenutoId), newId())).id
}

async function closeParte(id: string): Promise<void> {
  const { closeFascicolo } = await import('../../../server/fascicoli/index.ts')
  const { versione } = await presentFascicoloById(s.capo, id)
  await closeFascicolo(s.capo, id, { versione, esito: 'conclusione', nota: '', motivoForzatura: 'Prova' }, [])
}
