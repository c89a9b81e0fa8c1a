import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { TabellaIlleggibile, decodeCsv, readTabella } from '../../../server/kernel/csv.ts'
import { ArchivioIlleggibile, digestsOf } from '../../../server/importazioni/storico/archivio.ts'
import { leggiGiorno, leggiRighe } from '../../../server/importazioni/storico/leggi.ts'
import { riconcilia } from '../../../server/importazioni/storico/riconcilia.ts'
import { buildZip, sha256 } from '../../support/storico.ts'

const nessuno = new Set<string>()
const read = (csv: string) => leggiRighe(readTabella(csv), 2019)

describe('the table of a past register', () => {
  it('is read with any usual separator, quotes, line ends inside cells and letters of Windows', () => {
    const expected = { numero: '1', data: '7/3/2019', oggetto: 'Città; "vecchia"\ndi sotto' }
    expect(readTabella('\uFEFFNumero;Data;Oggetto\r\n1;7/3/2019;"Città; ""vecchia""\ndi sotto"\r\n').righe[0]).toEqual({
      riga: 2,
      valori: expected,
    })
    expect(readTabella('numero,data\n1,7/3/2019\n\n2,8/3/2019\n').righe.map((row) => row.riga)).toEqual([2, 4])
    expect(readTabella(decodeCsv(Buffer.from('oggetto\nCitt\u00e0\n', 'latin1'))).righe[0]?.valori).toEqual({ oggetto: 'Città' })
  })

  it('tells rows whose cells are not the columns, and refuses what is no table', () => {
    expect(readTabella('a;b\n1;2\n1;2;3\n1\n').storte).toEqual([3, 4])
    expect(() => readTabella('')).toThrow(TabellaIlleggibile)
    expect(() => readTabella('a;a\n1;2\n')).toThrow('due volte')
    expect(() => readTabella('a;b\n"1;2\n')).toThrow(TabellaIlleggibile)
  })

  it('a row with several mistakes tells all of them, with its line', () => {
    const { righe, errori } = read('numero;data;ora;tipo;oggetto;riservato\n0;30/02/2019;25:00;X;;forse\n')
    expect(righe).toEqual([])
    expect(errori.map((errore) => [errore.riga, errore.campo])).toEqual([
      [2, 'numero'],
      [2, 'data'],
      [2, 'ora'],
      [2, 'tipo'],
      [2, 'oggetto'],
      [2, 'riservato'],
    ])
  })

  it('a day of another year, a missing column and a column nobody knows stop the file', () => {
    expect(read('numero;data;tipo;oggetto\n1;1/1/2020;E;a\n').errori[0]?.messaggio).toContain('non è dell’anno 2019')
    expect(read('numero;data;tipo\n1;1/1/2019;E\n').errori.map((errore) => errore.campo)).toEqual(['oggetto'])
    expect(read('numero;data;tipo;oggetto;protocollista\n1;1/1/2019;E;a;x\n').errori[0]?.messaggio).toContain('andrebbero perduti')
  })

  it('knows the days that exist', () => {
    expect(leggiGiorno('29/2/2020')).toBe('2020-02-29')
    expect(leggiGiorno('29/2/2019')).toBeNull()
    expect(leggiGiorno('2019-3-7')).toBeNull()
    expect(leggiGiorno('07.03.2019')).toBe('2019-03-07')
  })
})

describe('the reconciliation', () => {
  const header = 'numero;data;tipo;oggetto;ufficio;file;impronte'
  const report = (rows: string, archivio: Record<string, string> = {}, uffici = nessuno) =>
    riconcilia(read(`${header}\n${rows}`), new Map(Object.entries(archivio).map(([nome, testo]) => [nome, sha256(testo)])), uffici)

  it('names gaps, doubles, missing and unnamed files, different digests, days that go back, strange offices', () => {
    const r = report(
      [
        `2;2/1/2019;E;due;EDIL;a.pdf|b.pdf;${sha256('a')}|${sha256('altro')}`,
        '5;1/1/2019;U;cinque;VECCHIO;manca.pdf;',
        '5;3/1/2019;U;ancora cinque;;;',
      ].join('\n'),
      { 'a.pdf': 'a', 'b.pdf': 'b', 'sciolto.pdf': 's' },
      new Set(['EDIL']),
    )
    expect(r.errori).toEqual([{ riga: 4, campo: 'numero', messaggio: 'Il numero 5 è già alla riga 3.' }])
    expect(r.buchi).toEqual([
      { da: 1, a: 1 },
      { da: 3, a: 4 },
    ])
    expect(r.quantiNumeriMancanti).toBe(3)
    expect(r.fileMancanti).toEqual([{ riga: 3, numero: 5, nome: 'manca.pdf' }])
    expect(r.impronteDiverse).toEqual([{ riga: 2, numero: 2, nome: 'b.pdf', dichiarata: sha256('altro'), calcolata: sha256('b') }])
    expect(r.disordini).toEqual([{ numero: 5, giorno: '2019-01-01', precedente: '2019-01-02' }])
    expect(r.fileNonCitati).toEqual(['sciolto.pdf'])
    expect(r.ufficiSconosciuti).toEqual(['VECCHIO'])
    expect([r.importabile, r.daAccettare]).toEqual([false, true])
  })

  it('a digest may be written in base64', () => {
    const base64 = Buffer.from(sha256('a'), 'hex').toString('base64')
    expect(report(`1;1/1/2019;E;uno;;a.pdf;${base64}`, { 'a.pdf': 'a' }).quanteImpronteDiverse).toBe(0)
  })

  it('for any set of numbers: gaps and numbers together are exactly 1…last, and each double is told once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }), (numeri) => {
        const r = report(numeri.map((numero) => `${numero};1/1/2019;E;x;;;`).join('\n'))
        const missing = r.buchi.flatMap((gap) => Array.from({ length: gap.a - gap.da + 1 }, (_, i) => gap.da + i))
        const all = [...new Set([...numeri, ...missing])].toSorted((a, b) => a - b)
        expect(all).toEqual(Array.from({ length: Math.max(...numeri) }, (_, i) => i + 1))
        expect(missing.some((numero) => numeri.includes(numero))).toBe(false)
        expect(r.quantiErrori).toBe(numeri.length - new Set(numeri).size)
        expect(r.importabile).toBe(new Set(numeri).size === numeri.length)
      }),
    )
  })
})

describe('the archive of the files', () => {
  it('gives the digest of each file by name', async () => {
    const found = await digestsOf(Readable.from([buildZip({ 'a.pdf': 'uno', 'cartella/b.pdf': 'due' })]), 1000)
    expect([...found].toSorted()).toEqual([
      ['a.pdf', sha256('uno')],
      ['cartella/b.pdf', sha256('due')],
    ])
  })

  it('refuses what is no archive, a damaged file and one too large', async () => {
    await expect(digestsOf(Readable.from([Buffer.from('no')]), 1000)).rejects.toThrow(ArchivioIlleggibile)
    await expect(digestsOf(Readable.from([buildZip({ 'a.txt': 'x'.repeat(2000) })]), 1000)).rejects.toThrow('troppo grande')
    const damaged = buildZip({ 'a.txt': 'parole diverse tra loro, abbastanza lunghe da comprimere: uno due tre quattro' })
    damaged.fill(0xff, 36, 60)
    await expect(digestsOf(Readable.from([damaged]), 1000)).rejects.toThrow(ArchivioIlleggibile)
  })
})
