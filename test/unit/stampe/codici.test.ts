import { describe, expect, it } from '@jest/globals'
import { PDFDocument } from 'pdf-lib'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { composeEtichette } from '../../../server/stampe/etichetta.ts'
import { readCodici, renderPagina, readTesto } from '../../support/lettore.ts'

const ENTE = { id: '', slug: 'castelvento', denominazione: 'Comune di Castelvento', codiceIpa: 'c_x901', codiceFiscale: '' }
const riga = (numero: number, altro: object = {}) => ({
  aooCodice: 'AX12345',
  tipo: 'E' as const,
  numero,
  anno: 2026,
  istante: new Date('2026-09-14T06:13:00Z'),
  voceCodice: 'VI/3',
  riservata: false,
  annullamento: null,
  segnatura: `c_x901#AX12345#PG#2026-09-14#${String(numero).padStart(7, '0')}#E`,
  registroCodice: 'PG',
  ...altro,
})
const MM = 72 / 25.4

describe('the label of a registration', () => {
  it.each([
    ['62x29', 62, 29],
    ['50x25', 50, 25],
  ] as const)(
    'REQ-PROT-043 %s mm carries the data of the segnatura, and a scanner reads both codes at 203 dpi',
    async (formato, larghezza, altezza) => {
      const pdf = await stampatricePdf.print(composeEtichette(ENTE, [riga(15183)], formato))
      const page = (await PDFDocument.load(pdf)).getPage(0)
      expect([page.getWidth() / MM, page.getHeight() / MM].map((mm) => Math.round(mm * 100) / 100)).toEqual([larghezza, altezza])
      const [testo] = await readTesto(pdf)
      expect(testo?.replaceAll(/\s+/gu, ' ')).toBe('Comune di Castelvento · AX12345 · E 0015183/2026 14/09/2026 08:13 · VI/3')
      expect(await readCodici(await renderPagina(pdf, 1, 203))).toEqual([
        { formato: 'Code128', testo: 'PG20260015183' },
        { formato: 'QRCode', testo: 'c_x901#AX12345#PG#2026-09-14#0015183#E' },
      ])
    },
  )

  it('is printed in series, one a page', async () => {
    const pdf = await stampatricePdf.print(composeEtichette(ENTE, [riga(1), riga(2), riga(12345678)], '50x25'))
    expect((await readTesto(pdf)).map((t) => /\d{7,}\/2026/u.exec(t)?.[0])).toEqual(['0000001/2026', '0000002/2026', '12345678/2026'])
    const read = await readCodici(await renderPagina(pdf, 3, 203))
    expect(read.map((c) => c.testo)).toEqual(['PG202612345678', 'c_x901#AX12345#PG#2026-09-14#12345678#E'])
  })

  it('says ANNULLATO, and nothing of what a riservato is about', async () => {
    const pdf = await stampatricePdf.print(
      composeEtichette(ENTE, [riga(1, { annullamento: 'ANNULLATO il 14/09/2026' }), riga(2, { riservata: true })], '62x29'),
    )
    const [annullata, riservata] = await readTesto(pdf)
    expect(annullata).toContain('ANNULLATO')
    expect(riservata).not.toContain('VI/3')
  })

  it('fits names of any length on the paper', async () => {
    const ente = {
      ...ENTE,
      denominazione: 'Unione dei Comuni Montani delle Alte Valli di Castelvento, Borgoscuro e Pietralunga sul Torrente',
    }
    const pdf = await stampatricePdf.print(composeEtichette(ente, [riga(15183)], '50x25'))
    expect((await readTesto(pdf)).join(' ').replaceAll(/\s+/gu, ' ')).toContain('Pietralunga sul Torrente')
    expect((await readCodici(await renderPagina(pdf, 1, 203))).map((c) => c.formato)).toEqual(['Code128', 'QRCode'])
  })
})
