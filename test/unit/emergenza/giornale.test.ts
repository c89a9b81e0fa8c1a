import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createFirmaEmergenza } from '../../../server/adapters/firma-emergenza/index.ts'
import { readFileEmergenza, verificationCode, verifyFirma } from '../../../server/emergenza/formato.ts'
import { formatNumeroEmergenza, readGiornale } from '../../../server/emergenza/rules.ts'
import type { SerieDocumento } from '../../../server/emergenza/schema.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { catenaIntegra, codiceVerifica, serieAutentica } from '../../../web/src/moduli/emergenza/pagina/formato.ts'
import {
  bloccoRegistrazione,
  copertaFino,
  erroreAutorizzazione,
  erroreChiusura,
  erroreGiornata,
  prossimoNumero,
} from '../../../web/src/moduli/emergenza/pagina/regole.ts'
import { Dispositivo, datiEntrata, newDeviceKey } from '../../support/emergenza.ts'

const firma = createFirmaEmergenza()
const ids = { voceId: newId(), ufficioId: newId() }
const T0 = '2026-12-30T08:05:00.000Z'
const at = (minutes: number): string => new Date(Date.parse(T0) + minutes * 60_000).toISOString()
const hours = (n: number): string => at(n * 60)
let chiave: Awaited<ReturnType<typeof newDeviceKey>>

beforeAll(async () => {
  chiave = await newDeviceKey()
})

function device(changes: Partial<SerieDocumento> = {}): Dispositivo {
  const documento: SerieDocumento = {
    formato: 'faldone-serie-emergenza/1',
    ente: { slug: 'prova', denominazione: 'Comune di Prova', codiceIpa: 'c_x900' },
    aoo: { codice: 'AX00001', denominazione: 'Area unica' },
    registro: { id: newId(), codice: 'RE01', sede: 'Sportello di via Roma' },
    serie: newId(),
    dispositivo: 'Portatile dello sportello',
    provvedimento: 'Decreto 1/2026',
    anno: 2026,
    primo: 1,
    chiave: chiave.pubblica,
    rilasciataIl: '2026-12-01T09:00:00.000Z',
    ...changes,
  }
  const testo = JSON.stringify(documento)
  return new Dispositivo({ testo, firma: firma.sign(testo), documento }, chiave.privata)
}

const read = (testo: string) => readFileEmergenza(testo, (t, f) => verifyFirma(firma.chiave, t, f))

/** Everything wrong in a device's file: bytes, chain and signatures, then the journal. */
async function errorsOf(d: Dispositivo): Promise<string[]> {
  const { errori, letto } = read(await d.file())
  const found = letto === null ? [] : readGiornale(letto.serie, letto.fatti).errori
  return [...errori, ...found].map((e) => `${e.campo}: ${e.messaggio}`)
}

/** One interruption with `n` rows, closed as it should be. */
async function interruption(d: Dispositivo, from: number, n: number): Promise<void> {
  await d.apri(at(from))
  for (let i = 0; i < n; i++) await d.registra(at(from + i + 1), datiEntrata(ids))
  if (n > 0) await d.giornata('2026-12-30', d.stato.aperta?.righe.length ?? 0)
  await d.chiudi(at(from + n + 1))
}

describe('numbering of the emergency series', () => {
  it('REQ-PROT-083 the number is register, year and progressive, with at least four digits', () => {
    expect(formatNumeroEmergenza('RE01', 2026, 7)).toBe('RE01-2026-0007')
    expect(formatNumeroEmergenza('RE12', 2027, 12345)).toBe('RE12-2027-12345')
  })

  it('REQ-PROT-083 the progressive goes on across interruptions of a year and begins again with the next', async () => {
    const d = device()
    await interruption(d, 0, 2)
    await interruption(d, 60, 1)
    expect(d.voci.flatMap((v) => (v.fatto.tipo === 'registrazione' ? [v.fatto.numero] : []))).toEqual([
      'RE01-2026-0001',
      'RE01-2026-0002',
      'RE01-2026-0003',
    ])
    // Half past midnight of 1 January in Rome is still the old year in UTC.
    expect(prossimoNumero(d.serie.documento, d.stato, Date.parse('2026-12-31T22:59:59Z')).numero).toBe('RE01-2026-0004')
    expect(prossimoNumero(d.serie.documento, d.stato, Date.parse('2026-12-31T23:30:00Z')).numero).toBe('RE01-2027-0001')
  })

  it('REQ-PROT-083 a series that begins after numbers already recovered goes on from there', async () => {
    const d = device({ primo: 41 })
    await interruption(d, 0, 1)
    await expect(errorsOf(d)).resolves.toEqual([])
    expect(d.voci[1]?.fatto).toMatchObject({ numero: 'RE01-2026-0041' })
  })

  it('REQ-PROT-083 whatever the interruptions, numbers are unique and without holes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }), async (sizes) => {
        const d = device()
        for (const [i, n] of sizes.entries()) await interruption(d, i * 60, n)
        const numbers = d.voci.flatMap((v) => (v.fatto.tipo === 'registrazione' ? [v.fatto.progressivo] : []))
        expect(numbers).toEqual(numbers.map((_, i) => i + 1))
        expect(await errorsOf(d)).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})

describe('authorisations', () => {
  it('REQ-PROT-081 the page writes for 24 hours from the opening, and then only under a continuation', async () => {
    const d = device()
    await d.apri(T0)
    const block = (istante: string) => bloccoRegistrazione(d.stato, Date.parse(istante), Date.parse('2027-03-01T00:00:00Z'))
    expect(block(hours(0))).toBeNull()
    expect(block(hours(23.99))).toBeNull()
    expect(block(hours(24))).toMatch(/Nessuna autorizzazione/u)
    await d.autorizza(hours(24), hours(24 + 168))
    expect(block(hours(24))).toBeNull()
    expect(block(hours(191.9))).toBeNull()
    expect(block(hours(192))).toMatch(/Nessuna autorizzazione/u)
    expect(copertaFino(d.stato.aperta as never, Date.parse(T0))).toBe(Date.parse(hours(192)))
  })

  it('REQ-PROT-081 a continuation lasts one week at most', async () => {
    const d = device()
    await d.apri(T0)
    const aperta = d.stato.aperta as NonNullable<typeof d.stato.aperta>
    expect(erroreAutorizzazione(aperta, Date.parse(hours(24)), Date.parse(hours(24 + 168)))).toBeNull()
    expect(erroreAutorizzazione(aperta, Date.parse(hours(24)), Date.parse(hours(24 + 168)) + 1)).toMatch(/settimana/u)
  })

  it('REQ-PROT-081 a file with a row that nothing covers, or with a longer continuation, names it', async () => {
    const d = device()
    await d.apri(T0)
    await d.registra(hours(25), datiEntrata(ids))
    await d.giornata('2026-12-31', 1)
    await d.chiudi(hours(26))
    await expect(errorsOf(d)).resolves.toEqual([
      expect.stringMatching(/^RE01-2026-0001: Nessuna autorizzazione copre il 31\/12\/2026 10:05/u),
    ])
    const other = device()
    await other.apri(T0)
    await other.autorizza(hours(24), hours(24 + 169))
    await other.chiudi(hours(30))
    await expect(errorsOf(other)).resolves.toEqual([expect.stringMatching(/al massimo una settimana/u)])
  })

  it('REQ-PROT-080 nothing is written before an opening with its cause, start and authorisation', async () => {
    expect(bloccoRegistrazione(device().stato, Date.parse(T0), Date.parse(T0))).toMatch(/non è aperto/u)
    const d = device()
    await d.registra(T0, datiEntrata(ids))
    await expect(errorsOf(d)).resolves.toEqual([expect.stringMatching(/^RE01-2026-0001: Il fatto non appartiene a nessuna interruzione/u)])
    const blank = device()
    await blank.apri(T0, '', '')
    await blank.chiudi(hours(1))
    expect((await errorsOf(blank)).join('\n')).toMatch(/causa[\s\S]*autorizzazione/u)
  })
})

describe('day totals', () => {
  it('REQ-PROT-082 a day closes only with the number of its rows, and a closed day takes no more', async () => {
    const d = device()
    await d.apri(T0)
    for (const i of [1, 2]) await d.registra(at(i), datiEntrata(ids))
    const aperta = d.stato.aperta as NonNullable<typeof d.stato.aperta>
    expect(erroreChiusura(aperta, Date.parse(hours(1)), Date.parse(hours(2)))).toMatch(/ogni giornata/u)
    expect(erroreGiornata(aperta, '2026-12-30', 3)).toMatch(/totale scritto è 3, le registrazioni di quel giorno sono 2/u)
    expect(erroreGiornata(aperta, '2026-12-30', 2)).toBeNull()
    await d.giornata('2026-12-30', 2)
    expect(bloccoRegistrazione(d.stato, Date.parse(hours(1)), Date.parse(hours(2)))).toMatch(/già chiusa/u)
    expect(erroreChiusura(d.stato.aperta as never, Date.parse(hours(1)), Date.parse(hours(2)))).toBeNull()
  })

  it('REQ-PROT-082 a file whose total is not the number of rows, or is missing, names the day', async () => {
    const d = device()
    await d.apri(T0)
    await d.registra(at(1), datiEntrata(ids))
    await d.giornata('2026-12-30', 2)
    await d.chiudi(hours(1))
    await expect(errorsOf(d)).resolves.toEqual([
      expect.stringMatching(/Il totale del 30\/12\/2026 è 2, le registrazioni di quel giorno sono 1/u),
    ])
    const other = device()
    await other.apri(T0)
    await other.registra(at(1), datiEntrata(ids))
    await other.chiudi(hours(1))
    await expect(errorsOf(other)).resolves.toEqual([expect.stringMatching(/Manca il totale della giornata 2026-12-30/u)])
  })
})

describe('the file', () => {
  it('writer and reader agree: chain, signatures, verification code', async () => {
    const d = device()
    await interruption(d, 0, 3)
    const { errori, letto } = read(await d.file())
    expect(errori).toEqual([])
    expect(letto?.fatti.map((f) => f.fatto.tipo)).toEqual([
      'apertura',
      'registrazione',
      'registrazione',
      'registrazione',
      'giornata',
      'chiusura',
    ])
    for (const { impronta } of letto?.fatti ?? []) {
      expect(verificationCode(impronta)).toBe(codiceVerifica(impronta))
      expect(verificationCode(impronta)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/u)
    }
    await expect(catenaIntegra(d.serie.testo, d.righe)).resolves.toBe(true)
    await expect(catenaIntegra(d.serie.testo, d.righe.toSpliced(1, 1))).resolves.toBe(false)
    await expect(serieAutentica(firma.chiave, d.serie.testo, d.serie.firma)).resolves.toBe(true)
    await expect(serieAutentica(createFirmaEmergenza().chiave, d.serie.testo, d.serie.firma)).resolves.toBe(false)
  })

  it('REQ-PROT-088 any one altered, added or missing byte refuses the whole file', async () => {
    const d = device()
    await interruption(d, 0, 2)
    const bytes = Buffer.from(await d.file(), 'utf8')
    const decode = (b: Buffer): string => b.toString('utf8')
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('cambia', 'togli', 'aggiungi'),
        (where, by, how) => {
          const changed = Buffer.from(bytes)
          changed[where] = (changed[where] ?? 0) ^ by
          const cut = Buffer.concat([bytes.subarray(0, where), bytes.subarray(where + 1)])
          const longer = Buffer.concat([bytes.subarray(0, where), Buffer.from([by]), bytes.subarray(where)])
          const other = how === 'cambia' ? changed : how === 'togli' ? cut : longer
          const { errori, letto } = read(decode(other))
          expect(letto).toBeNull()
          expect(errori.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('REQ-PROT-088 an altered row is named, also when who alters it knows how digests are made', async () => {
    const d = device()
    await interruption(d, 0, 2)
    const altered = (await d.file()).replace('occupazione di suolo', 'occupazione di tutto')
    expect(read(altered).errori.map((e) => e.campo)).toContain('RE01-2026-0001')
    // The whole chain made again: only the device's key is missing.
    const forged = device({ ...d.serie.documento })
    await forged.scrivi(d.voci[0]?.fatto as never)
    await forged.registra(at(1), datiEntrata(ids, { oggetto: 'Altro oggetto' }))
    await forged.giornata('2026-12-30', 1)
    await forged.chiudi(hours(1))
    const signature = /"firma": "([\w-]+)"\n\}/u.exec(await d.file())?.[1] ?? ''
    const file = (await forged.file()).replace(/"firma": "[\w-]+"\n\}/u, `"firma": "${signature}"\n}`)
    expect(read(file).errori).toEqual([{ campo: 'firma', messaggio: expect.stringMatching(/firma del dispositivo/u) }])
  })

  it('REQ-PROT-088 a series nobody issued, a missing number and a row out of order are named', async () => {
    const d = device()
    await interruption(d, 0, 1)
    const stranger = readFileEmergenza(await d.file(), (t, f) => verifyFirma(createFirmaEmergenza().chiave, t, f))
    expect(stranger.errori.map((e) => e.campo)).toEqual(['serie'])
    const hole = device()
    await hole.apri(T0)
    await hole.registra(at(1), datiEntrata(ids))
    await hole.scrivi({
      tipo: 'registrazione',
      numero: 'RE01-2026-0003',
      anno: 2026,
      progressivo: 3,
      istante: at(0.5),
      trascritta: false,
      dati: datiEntrata(ids),
    })
    await hole.giornata('2026-12-30', 2)
    await hole.chiudi(hours(1))
    const found = await errorsOf(hole)
    expect(found).toEqual([
      expect.stringMatching(/^RE01-2026-0003: Nella serie manca un numero: dopo RE01-2026-0001 era atteso RE01-2026-0002/u),
      expect.stringMatching(/^RE01-2026-0003: L’istante viene prima/u),
    ])
  })
})
