import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { renderPlanimetria, renderRelazione, renderRicevuta } from '../../../server/demo/dati/documenti/allegati.ts'
import { createFirmatario } from '../../../server/demo/dati/documenti/firma.ts'
import type { Firmatario } from '../../../server/demo/dati/documenti/firma.ts'
import { composeLettera, renderLettera } from '../../../server/demo/dati/documenti/lettera.ts'
import { renderScansione } from '../../../server/demo/dati/documenti/scansione.ts'
import { renderCsv, renderDwg, renderOdt } from '../../../server/demo/dati/documenti/vari.ts'
import { createCaso } from '../../../server/demo/dati/caso.ts'
import { createRubrica } from '../../../server/demo/dati/rubrica.ts'
import { listZip } from '../../../server/documenti/formato/contenitori.ts'
import { recogniseFormato } from '../../../server/documenti/formato/index.ts'
import { itWithPrograms, runProgram } from '../../support/programmi.ts'

const ISTANTE = new Date('2026-09-10T08:00:00Z')
const rubrica = createRubrica(createCaso('prova'), 'Castelvento')
const folder = mkdtempSync(join(tmpdir(), 'documenti-'))
const inFolder = (nome: string, bytes: Buffer | string): string => {
  const path = join(folder, nome)
  writeFileSync(path, bytes)
  return path
}
const formato = async (nome: string, bytes: Buffer) => await recogniseFormato({ inizio: bytes, tutto: bytes, nome })

function lettera(oggetto: string) {
  const [mittente] = rubrica.professionisti
  if (mittente === undefined) throw new Error('nobody writes')
  return {
    mittente,
    ente: 'Comune di Castelvento',
    ufficio: 'Protocollo',
    giorno: '2026-09-10',
    oggetto,
    corpo: ['È così.'],
    allegati: ['Relazione'],
  }
}

/** Signed bytes and signature of a PDF, as its ByteRange says. */
function splitSignature(pdf: Buffer): { firmato: Buffer; firma: Buffer } {
  const range = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+) *\]/u.exec(pdf.toString('latin1'))?.slice(1).map(Number) ?? []
  const [a = 0, b = 0, c = 0, d = 0] = range
  expect(c + d).toBe(pdf.length)
  const padded = Buffer.from(pdf.subarray(b + 1, c - 1).toString('latin1'), 'hex')
  // The DER header says how long the signature is; the rest of the room is zeros.
  return { firmato: Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]), firma: padded.subarray(0, 4 + padded.readUInt16BE(2)) }
}

describe('the invented documents', () => {
  let firmatario: Firmatario
  beforeAll(async () => {
    firmatario = await createFirmatario('prova', { nome: 'Nives Acquarossa', codiceFiscale: 'CQRNVS48T58X901N' })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are recognised as what they are, and nothing is said against them', async () => {
    const caso = createCaso('formati')
    const made: readonly (readonly [string, Buffer, string])[] = [
      ['lettera.pdf', await renderLettera(lettera('Prova')), 'application/pdf'],
      ['scansione.pdf', await renderScansione(caso, ['OGGETTO: prova'], 'Prova', '2026-09-10'), 'application/pdf'],
      ['relazione.pdf', await renderRelazione(caso, 'Relazione', 'Prova', '2026-09-10'), 'application/pdf'],
      ['planimetria.pdf', await renderPlanimetria(caso, 'Tavola', 'Prova', '2026-09-10'), 'application/pdf'],
      ['ricevuta.pdf', await renderRicevuta(caso, 'Diritti', 'Prova', '2026-09-10'), 'application/pdf'],
      ['prospetto.csv', renderCsv(caso, 'Prova'), 'text/csv'],
      ['programma.odt', renderOdt('Prova', ['Uno & due']), 'application/vnd.oasis.opendocument.text'],
      ['tavola.dwg', renderDwg('prova'), 'image/vnd.dwg'],
    ]
    for (const [nome, bytes, mime] of made)
      expect({ nome, ...(await formato(nome, bytes)) }).toMatchObject({ nome, mime, firmato: 'nessuna', avvisi: [] })
  })

  it('are equal for equal content and differ with what they say', async () => {
    const [one, again, other] = await Promise.all([
      renderLettera(lettera('Uno')),
      renderLettera(lettera('Uno')),
      renderLettera(lettera('Due')),
    ])
    expect(one.equals(again)).toBe(true)
    expect(one.equals(other)).toBe(false)
  })

  it('pack the text document with its kind first, as ODF wants', () => {
    const odt = renderOdt('Prova', [])
    expect(listZip({ inizio: odt, tutto: odt, nome: 'a.odt' })?.map((e) => e.nome)).toEqual([
      'mimetype',
      'content.xml',
      'META-INF/manifest.xml',
    ])
  })

  it('are signed inside the PDF and in an envelope, always with the same bytes', async () => {
    const pdf = await firmatario.firmaPdf(await composeLettera(lettera('Firmata')), ISTANTE)
    const busta = await firmatario.firmaBusta(await renderLettera(lettera('Imbustata')), ISTANTE)
    expect(await formato('firmata.pdf', pdf)).toMatchObject({ mime: 'application/pdf', firmato: 'pades', avvisi: [] })
    expect(await formato('imbustata.pdf.p7m', busta)).toMatchObject({
      firmato: 'cades',
      avvisi: [],
      descrizione: expect.stringContaining('PDF'),
    })
    const twin = await createFirmatario('prova', { nome: 'Nives Acquarossa', codiceFiscale: 'CQRNVS48T58X901N' })
    expect((await twin.firmaPdf(await composeLettera(lettera('Firmata')), ISTANTE)).equals(pdf)).toBe(true)
  })

  itWithPrograms(['openssl'])('OpenSSL accepts both signatures against the test authority, and refuses one changed byte', async () => {
    const autorita = inFolder('autorita.pem', firmatario.autoritaPem)
    const verify = [
      'cms',
      '-verify',
      '-cades',
      '-inform',
      'DER',
      '-binary',
      '-purpose',
      'any',
      '-CAfile',
      autorita,
      '-out',
      join(folder, 'uscita'),
    ]
    const { firmato, firma } = splitSignature(await firmatario.firmaPdf(await composeLettera(lettera('Firmata')), ISTANTE))
    const firmaFile = inFolder('firma.der', firma)
    const good = runProgram('openssl', [...verify, '-in', firmaFile, '-content', inFolder('contenuto', firmato)])
    expect(good).toMatchObject({ codice: 0, uscita: expect.stringContaining('CAdES Verification successful') })
    firmato[100] = (firmato[100] ?? 0) ^ 1
    expect(runProgram('openssl', [...verify, '-in', firmaFile, '-content', inFolder('alterato', firmato)]).codice).not.toBe(0)
    const busta = inFolder('busta.p7m', await firmatario.firmaBusta(await renderLettera(lettera('Imbustata')), ISTANTE))
    expect(runProgram('openssl', [...verify, '-in', busta]).codice).toBe(0)
  })

  itWithPrograms(['pdfsig'])('pdfsig finds one valid signature over the whole document', async () => {
    const path = inFolder('firmata.pdf', await firmatario.firmaPdf(await composeLettera(lettera('Firmata')), ISTANTE))
    const { uscita } = runProgram('pdfsig', ['-nocert', path])
    expect(uscita).toContain('Signature is Valid')
    expect(uscita).toContain('Total document signed')
  })
})
