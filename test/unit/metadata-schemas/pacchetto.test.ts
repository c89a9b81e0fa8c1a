import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { array, assert, property, string } from 'fast-check'
import { openPromise } from 'yauzl'
import {
  composePacchetto,
  PacchettoNonComponibile,
  sanitizeName,
  streamPacchetto,
  verifyPacchetto,
} from '../../../metadata-schemas/pacchetto/index.ts'
import type { PacchettoComposto, PacchettoDaComporre } from '../../../metadata-schemas/pacchetto/index.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'
import { DOCUMENTI_ESEMPIO, PACCHETTO_ESEMPIO, sorgente } from '../../support/pacchetto-esempio.ts'

const ID = PACCHETTO_ESEMPIO.idPdv
const DOC1 = 'documenti/c1b6a5e2-0000-7000-8000-000000000001'

let cartella: string
let zip: Buffer

beforeAll(async () => {
  cartella = await mkdtemp(join(tmpdir(), 'pacchetto-'))
  zip = await buffer(streamPacchetto(composePacchetto(PACCHETTO_ESEMPIO)).flusso)
})
afterAll(() => rm(cartella, { recursive: true }))

async function verify(byte: Buffer, idPdv?: string): ReturnType<typeof verifyPacchetto> {
  const file = join(cartella, 'p.zip')
  await writeFile(file, byte)
  return verifyPacchetto(file, idPdv === undefined ? {} : { idPdv })
}

const codes = async (byte: Buffer): Promise<string[]> => (await verify(byte)).anomalie.map((a) => a.codice)

/** The container with one text replaced by another of equal length, wherever it occurs. */
function replaceAll(byte: Buffer, prima: string, dopo: string): Buffer {
  expect(dopo).toHaveLength(prima.length)
  expect(byte.includes(prima)).toBe(true)
  return Buffer.from(byte.toString('latin1').replaceAll(prima, dopo), 'latin1')
}

/** The composed example with other entries, written without the checks of composition. */
function conVoci(voci: PacchettoComposto['voci']): Promise<Buffer> {
  return buffer(streamPacchetto({ ...composePacchetto(PACCHETTO_ESEMPIO), voci }).flusso)
}

const uno = (nome: string, massimo?: number): string => sanitizeName(nome, new Set(), massimo)

describe('sanitizeName', () => {
  it('REQ-CONS-035 keeps names readable, safe and whole in their extensions', () => {
    expect(uno('Relazione è già qui.pdf')).toBe('Relazione_e_gia_qui.pdf')
    expect(uno('Relazione e\u0300.pdf')).toBe(uno('Relazione è.pdf'))
    expect(uno('../../etc/passwd')).toBe('passwd')
    expect(uno('C:\\Documenti\\x.pdf')).toBe('x.pdf')
    expect(uno('.nascosto')).toBe('nascosto')
    expect(uno('CON.pdf')).toBe('f-CON.pdf')
    expect(uno('lpt1')).toBe('f-lpt1')
    expect(uno('日本語.pdf')).toBe('pdf')
    expect(uno('')).toBe('file')
    expect(uno(`${'a'.repeat(300)}.pdf.p7m`)).toBe(`${'a'.repeat(92)}.pdf.p7m`)
    expect(uno(`${'a'.repeat(300)}.p7m.tsd`, 20)).toBe(`${'a'.repeat(12)}.p7m.tsd`)
  })

  it('REQ-CONS-035 never gives the same name twice, ignoring case', () => {
    const usati = new Set<string>()
    expect([sanitizeName('a.pdf', usati), sanitizeName('A.PDF', usati), sanitizeName('à.pdf', usati)]).toEqual([
      'a.pdf',
      'A-2.PDF',
      'a-3.pdf',
    ])
  })

  it('REQ-CONS-035 gives an allowed name for any input', () => {
    assert(
      property(array(string({ unit: 'binary', maxLength: 150 }), { maxLength: 8 }), (nomi) => {
        const usati = new Set<string>()
        const risultati = nomi.map((nome) => sanitizeName(nome, usati, 40))
        expect(new Set(risultati.map((nome) => nome.toLowerCase())).size).toBe(nomi.length)
        for (const nome of risultati) expect(nome).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)
      }),
    )
  })
})

describe('composePacchetto', () => {
  it('lays the files out as foreseen, index first', () => {
    expect(composePacchetto(PACCHETTO_ESEMPIO).voci.map((voce) => voce.percorso)).toEqual([
      'PIndex.xml',
      'aggregazione/metadati.xml',
      `${DOC1}/metadati.xml`,
      `${DOC1}/principale/Istanza_perche.pdf`,
      `${DOC1}/allegati/01-planimetria.pdf`,
      `${DOC1}/allegati/02-PLANIMETRIA-2.pdf`,
      `${DOC1}/annessi/01-daticert.xml`,
      'documenti/c1b6a5e2-0000-7000-8000-000000000002/metadati.xml',
      'documenti/c1b6a5e2-0000-7000-8000-000000000002/principale/permesso.pdf.p7m',
    ])
  })

  it('refuses a package whose index would not be valid', () => {
    expect(() => composePacchetto({ ...PACCHETTO_ESEMPIO, documenti: [] })).toThrow(PacchettoNonComponibile)
    expect(() => composePacchetto({ ...PACCHETTO_ESEMPIO, idPdv: '../altrove' })).toThrow(PacchettoNonComponibile)
    const doppio: PacchettoDaComporre = { ...PACCHETTO_ESEMPIO, documenti: [...DOCUMENTI_ESEMPIO, ...DOCUMENTI_ESEMPIO] }
    expect(() => composePacchetto(doppio)).toThrow(PacchettoNonComponibile)
  })
})

describe('streamPacchetto', () => {
  it('REQ-CONS-033 gives the same bytes twice, also in another time zone', async () => {
    const ancora = await buffer(streamPacchetto(composePacchetto(PACCHETTO_ESEMPIO)).flusso)
    expect(ancora.equals(zip)).toBe(true)
    const programma = `
      import { buffer } from 'node:stream/consumers'
      import { createHash } from 'node:crypto'
      import { composePacchetto, streamPacchetto } from '${new URL('../../../metadata-schemas/pacchetto/index.ts', import.meta.url).href}'
      import { PACCHETTO_ESEMPIO } from '${new URL('../../support/pacchetto-esempio.ts', import.meta.url).href}'
      console.log(createHash('sha256').update(await buffer(streamPacchetto(composePacchetto(PACCHETTO_ESEMPIO)).flusso)).digest('hex'))`
    const altrove = spawnSync(process.execPath, ['--input-type=module', '-e', programma], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'Pacific/Apia' },
    })
    expect(altrove.stdout.trim()).toBe(createHash('sha256').update(zip).digest('hex'))
  })

  it('knows its size before and its digest after', async () => {
    const scrittura = streamPacchetto(composePacchetto(PACCHETTO_ESEMPIO))
    expect(scrittura.dimensione).toBe(zip.length)
    await buffer(scrittura.flusso)
    expect(await scrittura.esito).toEqual({ sha256: createHash('sha256').update(zip).digest('hex'), dimensione: zip.length })
  })

  it('REQ-CONS-026 breaks when a source is not the registered one, is shorter, longer, or cannot be read', async () => {
    const buona = sorgente('istanza.pdf', Buffer.from('contenuto registrato'))
    const guaste = [
      { codice: 'SORGENTE_ALTERATA', apri: () => Readable.from([Buffer.from('contenuto alterato..')]) },
      { codice: 'SORGENTE_ALTERATA', apri: () => Readable.from([Buffer.from('corto')]) },
      { codice: 'SORGENTE_ALTERATA', apri: () => Readable.from([Buffer.from('contenuto registrato e altro')]) },
      { codice: 'SORGENTE_ILLEGGIBILE', apri: () => Promise.reject<Readable>(new Error('disco')) },
      {
        codice: 'SORGENTE_ILLEGGIBILE',
        apri: () =>
          new Readable({
            read() {
              this.destroy(new Error('disco'))
            },
          }),
      },
    ]
    for (const { codice, apri } of guaste) {
      const documenti = [{ ...DOCUMENTI_ESEMPIO[1], principale: { ...buona, apri } } as (typeof DOCUMENTI_ESEMPIO)[number]]
      const scrittura = streamPacchetto(composePacchetto({ ...PACCHETTO_ESEMPIO, documenti }))
      const parziale = join(cartella, 'parziale.zip')
      await expect(pipeline(scrittura.flusso, createWriteStream(parziale))).rejects.toMatchObject({
        codice,
        percorso: expect.stringContaining('principale/istanza.pdf'),
      })
      await expect(scrittura.esito).rejects.toMatchObject({ codice })
      expect((await verifyPacchetto(parziale)).valido).toBe(false)
    }
  })

  it('stops opening sources when the consumer goes away', async () => {
    const aperte: Readable[] = []
    const lenta = {
      ...sorgente('grande.bin', Buffer.alloc(1)),
      dimensione: 1e12,
      apri: () => aperte[aperte.push(Readable.from(zeros())) - 1] as Readable,
    }
    const documenti = [{ ...DOCUMENTI_ESEMPIO[1], principale: lenta } as (typeof DOCUMENTI_ESEMPIO)[number]]
    const scrittura = streamPacchetto(composePacchetto({ ...PACCHETTO_ESEMPIO, documenti }))
    for await (const blocco of scrittura.flusso) if (aperte.length > 0 && blocco.length > 0) break
    await expect(scrittura.esito).rejects.toThrow()
    expect(aperte.every((flusso) => flusso.destroyed)).toBe(true)
  })

  it('REQ-CONS-036 writes one root folder, index first, no folders, links or encryption, and ZIP64 above 4 GiB', async () => {
    const file = join(cartella, 'elenco.zip')
    await writeFile(file, zip)
    const elenco = await openPromise(file)
    const nomi: string[] = []
    for await (const voce of elenco.eachEntry()) {
      nomi.push(voce.fileName)
      expect(voce.isEncrypted()).toBe(false)
      expect(voce.generalPurposeBitFlag & 0x800).toBe(0x800)
      expect(voce.externalFileAttributes >>> 16).toBe(0o100644)
    }
    expect(nomi[0]).toBe(`${ID}/PIndex.xml`)
    expect(nomi.every((nome) => nome.startsWith(`${ID}/`) && !nome.endsWith('/'))).toBe(true)

    // five GiB are announced, not written: 8 bytes more in the descriptor, 28 in the table, 76 for the two ZIP64 records at the end
    const grande = { percorso: 'f/grande', dimensione: 5 * 1024 ** 3, sha256: '', contenuto: () => Readable.from([]) }
    const { dimensione, flusso } = streamPacchetto({ idPdv: ID, indice: { xml: '', sha256: '' }, avvisi: [], voci: [grande] })
    flusso.destroy()
    const nome = `${ID}/f/grande`.length
    expect(dimensione).toBe(grande.dimensione + (30 + nome) + (16 + 8) + (46 + nome + 28) + (22 + 76))
  })
})

async function* zeros(): AsyncGenerator<Buffer> {
  for (;;) yield await Promise.resolve(Buffer.alloc(65_536))
}

describe('verifyPacchetto', () => {
  it('recomputes every digest of a good package', async () => {
    const composto = composePacchetto(PACCHETTO_ESEMPIO)
    const esito = await verify(zip, ID)
    expect(esito.anomalie).toEqual([])
    expect(esito).toMatchObject({
      valido: true,
      dimensione: zip.length,
      improntaPacchetto: createHash('sha256').update(zip).digest('hex'),
      improntaIndice: composto.indice.sha256,
    })
    expect(esito.file).toEqual(composto.voci.slice(1).map(({ percorso, sha256, dimensione }) => ({ percorso, sha256, dimensione })))
    expect([...esito.metadati.keys()]).toHaveLength(3)
    expect((await verify(zip, 'altro-pacchetto')).anomalie).toMatchObject([{ codice: 'INDICE-IDPDV' }])
  })

  it('names the file in which one byte was altered', async () => {
    for (const voce of composePacchetto(PACCHETTO_ESEMPIO).voci.slice(1)) {
      const alterato = Buffer.from(zip)
      const inizio = alterato.indexOf(`${ID}/${voce.percorso}`) + ID.length + 1 + voce.percorso.length
      alterato[inizio + voce.dimensione - 1] = (alterato[inizio + voce.dimensione - 1] as number) ^ 1
      expect((await verify(alterato)).anomalie).toMatchObject([{ codice: 'IMPRONTA-DIVERSA', percorso: voce.percorso }])
    }
  })

  it('refuses any package in which one byte was altered', async () => {
    const passo = 41
    const accettati: number[] = []
    for (let i = 0; i < zip.length; i += passo) {
      const alterato = Buffer.from(zip)
      alterato[i] = (alterato[i] as number) ^ 1
      const esito = await verify(alterato, ID)
      // dates, attributes and checksums of the container are not content: then at least the digest of the whole package tells
      if (esito.valido && esito.improntaPacchetto === createHash('sha256').update(zip).digest('hex')) accettati.push(i)
      if (esito.valido)
        for (const file of esito.file) expect(composePacchetto(PACCHETTO_ESEMPIO).voci).toContainEqual(expect.objectContaining(file))
    }
    expect(accettati).toEqual([])
  }, 60_000)

  it('REQ-CONS-037 refuses a file not listed and a listed file not there', async () => {
    const { voci } = composePacchetto(PACCHETTO_ESEMPIO)
    const aggiunta = { percorso: 'documenti/intruso.txt', dimensione: 2, sha256: '', contenuto: Buffer.from('ab') }
    expect((await verify(await conVoci([...voci, aggiunta]))).anomalie).toMatchObject([
      { codice: 'FILE-NON-ELENCATO', percorso: 'documenti/intruso.txt' },
    ])
    expect((await verify(await conVoci(voci.slice(0, -1)))).anomalie).toMatchObject([
      { codice: 'FILE-MANCANTE', percorso: voci.at(-1)?.percorso },
    ])
  })

  it('refuses an index that is missing, not first, or not valid', async () => {
    const [indice, ...altre] = composePacchetto(PACCHETTO_ESEMPIO).voci
    expect(indice).toBeDefined()
    expect(await codes(await conVoci(altre))).toEqual(['INDICE-ASSENTE'])
    expect(await codes(await conVoci([...altre, indice as (typeof altre)[number]]))).toEqual(['INDICE-POSIZIONE'])
    expect(await codes(replaceAll(zip, 's:language="it"', 's:languagE="it"'))).toEqual(['INDICE-NON-VALIDO'])
  })

  it('REQ-CONS-097 refuses tricks of the container without reading its contents', async () => {
    const casi: [string, Buffer][] = [
      ['ZIP-PERCORSO', replaceAll(zip, `${ID}/aggregazione/metadati.xml`, `${ID}/../regazione/metadati.xml`)],
      ['ZIP-PERCORSO', replaceAll(zip, `${ID}/aggregazione/metadati.xml`, `/${ID.slice(1)}/aggregazione/metadati.xml`)],
      ['ZIP-PERCORSO', replaceAll(zip, `${ID}/aggregazione/metadati.xml`, `${ID}\\aggregazione/metadati.xml`)],
      ['ZIP-RADICE', replaceAll(zip, `${ID}/aggregazione/metadati.xml`, `${ID.slice(0, -1)}X/aggregazione/metadati.xml`)],
      ['ZIP-ILLEGGIBILE', zip.subarray(0, zip.length - 30)],
      ['ZIP-ILLEGGIBILE', Buffer.from('<html>Errore 502</html>')],
      ['ZIP-ILLEGGIBILE', Buffer.alloc(0)],
    ]
    for (const [codice, byte] of casi) {
      const esito = await verify(byte)
      expect(esito.anomalie.map((a) => a.codice)).toContain(codice)
      expect(esito.file).toEqual([])
    }
    const { voci } = composePacchetto(PACCHETTO_ESEMPIO)
    const gemella = { ...(voci.at(-1) as (typeof voci)[number]), percorso: (voci.at(-1)?.percorso ?? '').toUpperCase() }
    expect(await codes(await conVoci([...voci, gemella]))).toContain('ZIP-DUPLICATO')

    // the name before the data says one thing, the table another
    const locale = Buffer.from(zip)
    locale.write('AGGREGAZIONE', zip.indexOf(`${ID}/aggregazione/metadati.xml`) + ID.length + 1)
    expect(await codes(locale)).toEqual(['ZIP-PERCORSO'])

    // a symbolic link, an encrypted entry
    const tabella = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    const collegamento = Buffer.from(zip)
    collegamento.writeUInt32LE((0o120777 << 16) >>> 0, tabella + 38)
    expect(await codes(collegamento)).toEqual(['ZIP-VOCE'])
    const cifrato = Buffer.from(zip)
    cifrato.writeUInt16LE(0x801, tabella + 8)
    expect((await verify(cifrato)).anomalie).toMatchObject([
      { codice: expect.stringMatching(/^ZIP-/), messaggio: expect.stringMatching(/./) },
    ])
  })

  it('REQ-CONS-097 refuses a container beyond the limits of number, size and compression', async () => {
    const file = join(cartella, 'limiti.zip')
    await writeFile(file, zip)
    for (const limiti of [{ voci: 3 }, { byteTotali: 100 }]) {
      const esito = await verifyPacchetto(file, { limiti })
      expect(esito.anomalie.map((a) => a.codice)).toContain('ZIP-LIMITI')
    }
    const tabella = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    const bomba = Buffer.from(zip)
    bomba.writeUInt16LE(8, tabella + 10)
    bomba.writeUInt32LE(10, tabella + 20)
    bomba.writeUInt32LE(100_000, tabella + 24)
    expect(await codes(bomba)).toContain('ZIP-LIMITI')
  })

  itWithMateriali('accepts the published sample', async () => {
    const esempi = materiale('schemas', 'conservazione', 'esempi')
    const pubblicato = join(esempi, 'sincro', 'pdv-fascicolo', 'c_x000-AXX0001-20261122-000042.zip')
    expect(await verifyPacchetto(pubblicato)).toMatchObject({ valido: true, anomalie: [] })
  })
})
