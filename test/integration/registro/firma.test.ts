import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { verifySeal } from '../../../server/adapters/sigillo-xades/index.ts'
import { createFirmatario } from '../../../server/demo/dati/documenti/firma.ts'
import type { Firmatario } from '../../../server/demo/dati/documenti/firma.ts'
import { sendRegistro } from '../../../server/conservazione/service/read.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { sealNonFirmati, signRegistro } from '../../../server/registro/service/firma.ts'
import { saveImpostazioni } from '../../../server/registro/service/impostazioni.ts'
import { findRegistroDaVersare } from '../../../server/registro/service/versa.ts'
import { readRegistro, regenerateRegistro } from '../../../server/registro/service/read.ts'
import { vigilaRegistri } from '../../../server/registro/service/vigila.ts'
import { createOperatore, readAll, stage } from '../../support/factories.ts'
import { itWithPrograms, runProgram } from '../../support/programmi.ts'
import { createMondoRegistro, fileOf, registriOf } from '../../support/registro.ts'
import type { MondoRegistro, RegistroProdotto } from '../../support/registro.ts'

let m: MondoRegistro
let marta: Firmatario
const ALLE_OTTO = '2026-05-05T06:00:00Z'

// Monday 4 May is produced on Tuesday; its term is Tuesday evening.
beforeAll(async () => {
  m = await createMondoRegistro()
  const who = await queryOne<{ nome: string; cognome: string; codiceFiscale: string }>(
    m.rgd,
    `select o.nome, o.cognome, o.codice_fiscale as "codiceFiscale" from incarico i join operatore o on o.id = i.operatore_id
      where i.ente_id = $1 and i.profilo = 'responsabileGestioneDocumentale'`,
    [m.e.ente.id],
  )
  if (who === null) throw new Error('nobody in charge')
  marta = await createFirmatario('prova', { nome: `${who.nome} ${who.cognome}`, codiceFiscale: who.codiceFiscale })
  await configure(true)
  await m.registra('2026-05-04T08:00:00Z')
  await m.produci(ALLE_OTTO)
}, 60_000)
afterAll(async () => await m.close())

async function configure(sigilloDiRipiego: boolean): Promise<void> {
  await saveImpostazioni(m.rgd, { sottoscrizione: 'firma', sigilloDiRipiego, giorniVuoti: true, annuale: true, classificazione: 'I/6' })
}

const day = async (giorno: string): Promise<RegistroProdotto> => {
  const found = (await registriOf(m)).findLast((r) => r.giorno === giorno && r.tipo === 'giornaliero')
  if (found === undefined) throw new Error(`no register of ${giorno}`)
  return found
}
const sign = async (r: RegistroProdotto, pdf: Buffer, who: Scope = m.rgd, chiave = newId()): Promise<void> =>
  await signRegistro(who, r.id, await stage(who, m.store, pdf, 'registro-firmato.pdf'), chiave, m.store)
const signed = async (r: RegistroProdotto, by: Firmatario = marta): Promise<Buffer> =>
  await by.firmaEsistente(await fileOf(m, r, 'pdf'), new Date('2026-05-05T07:00:00Z'), 'Registro giornaliero di protocollo')
const avvisi = async (giorno: string): Promise<{ tipo: string; testo: string }[]> =>
  await query(
    m.rgd,
    `select tipo, testo from avviso_registro where ente_id = $1 and giorno = $2 and chiuso_il is null order by dato_il, tipo`,
    [m.e.ente.id, giorno],
  )
const inCoda = async (id: string): Promise<number> =>
  (
    await query(m.lavori, `select 1 from evento_audit where ente_id = $1 and oggetto_id = $2 and azione ~ '(firmato|sigillato)$'`, [
      m.e.ente.id,
      id,
    ])
  ).length

describe('the signature of the head of records management', () => {
  it('REQ-PROT-108 a register to be signed waits: it says so, and nothing of it goes to preservation', async () => {
    const r = await day('2026-05-04')
    expect(await readRegistro(m.rgd, r.id, m.ports)).toMatchObject({ stato: 'da-firmare', firmabile: true, reinviabile: false })
    expect(await readRegistro(m.protocollo, r.id, m.ports)).toMatchObject({ stato: 'da-firmare', firmabile: false })
    expect((await avvisi('2026-05-04')).map((a) => a.tipo)).toEqual(['firma'])
    expect(await findRegistroDaVersare(m.lavori, r.id)).toBeNull()
    await expect(sendRegistro(m.rgd, r.id)).rejects.toMatchObject({ codice: 'registro-da-firmare' })
    await m.ora('2026-05-05T10:05:00Z')
    await vigilaRegistri(m.lavori)
    expect((await avvisi('2026-05-04')).find((a) => a.tipo === 'scadenza-12')?.testo).toContain('Attende la firma')
  })

  it('REQ-PROT-108 only the very PDF that was produced, with only a signature more, is taken', async () => {
    const r = await day('2026-05-04')
    const pdf = await fileOf(m, r, 'pdf')
    const good = await signed(r)
    await expect(sign(r, pdf)).rejects.toMatchObject({ codice: 'registro-non-firmato' })
    const other = await marta.firmaEsistente(Buffer.concat([pdf, Buffer.from('\n% altro')]).subarray(0, pdf.length), new Date(), '')
    expect(other.subarray(0, pdf.length).equals(pdf)).toBe(true)
    const flipped = Buffer.from(good)
    flipped[pdf.length - 200] = (flipped[pdf.length - 200] ?? 0) ^ 1
    await expect(sign(r, flipped)).rejects.toMatchObject({ codice: 'registro-firmato-diverso' })
    const reworked = Buffer.from(good)
    const at = reworked.indexOf('/Reason', pdf.length)
    reworked[at + 12] = reworked[at + 12] === 0x30 ? 0x31 : 0x30
    await expect(sign(r, reworked)).rejects.toMatchObject({ codice: 'firma-non-valida' })
    const longer = Buffer.concat([good, Buffer.from('\n% dopo la firma\n%%EOF')])
    await expect(sign(r, longer)).rejects.toMatchObject({ codice: 'firma-non-valida' })
    expect(await inCoda(r.id)).toBe(0)
  })

  it('REQ-PROT-108 only whoever is in charge signs, and only he brings the signature', async () => {
    const r = await day('2026-05-04')
    const stranger = await createFirmatario('prova', { nome: 'Aldo Estraneo', codiceFiscale: 'VNTRNS74E50X901Q' })
    await expect(sign(r, await signed(r, stranger))).rejects.toMatchObject({ codice: 'firmatario-estraneo' })
    await expect(sign(r, await signed(r), m.protocollo)).rejects.toMatchObject({ status: 403 })
    const contenuto = await stage(m.protocollo, m.store, await signed(r), 'altrui.pdf')
    await expect(signRegistro(m.rgd, r.id, contenuto, newId(), m.store)).rejects.toMatchObject({ codice: 'registro-non-firmato' })
  })

  it('REQ-PROT-108 the signed PDF becomes the document, the wait is over, and the same request changes nothing', async () => {
    const r = await day('2026-05-04')
    const pdf = await signed(r)
    const key = newId()
    const contenuto = await stage(m.rgd, m.store, pdf, 'registro-firmato.pdf')
    await signRegistro(m.rgd, r.id, contenuto, key, m.store)
    await signRegistro(m.rgd, r.id, contenuto, key, m.store)
    await expect(signRegistro(m.rgd, r.id, contenuto, newId(), m.store)).rejects.toMatchObject({ codice: 'registro-non-da-firmare' })
    const dto = await readRegistro(m.rgd, r.id, m.ports)
    expect(dto).toMatchObject({
      stato: 'firmato',
      firmabile: false,
      sottoscrizione: { modo: 'firma', firmatario: expect.stringContaining('Renata') },
    })
    expect(dto.passi.map((p) => p.passo)).toEqual(['firmato'])
    expect((await avvisi('2026-05-04')).map((a) => a.tipo)).not.toContain('firma')
    const due = await findRegistroDaVersare(m.lavori, r.id)
    expect(due?.principale.sha256).toBe(dto.improntaPdf)
    expect((await readAll(await m.store.open(m.e.ente.id, dto.improntaPdf))).equals(pdf)).toBe(true)
    expect(due?.metadati.xml).toMatch(/Firmato da Renata \S+ \(PAdES\), firma raccolta il 05\/05\/2026/u)
    const n = await sendRegistro(m.rgd, r.id)
    expect(n).toMatchObject({ stato: 'IN_PREPARAZIONE', anomalie: [] })
    // What was produced stays as it was.
    expect((await day('2026-05-04')).file.pdf.sha256).toBe(r.file.pdf.sha256)
  })

  itWithPrograms(['pdfsig', 'qpdf'])('REQ-PROT-108 other programs read the signed register and find its signature valid', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'firmato-'))
    try {
      const dto = await readRegistro(m.rgd, (await day('2026-05-04')).id, m.ports)
      writeFileSync(join(folder, 'f.pdf'), await readAll(await m.store.open(m.e.ente.id, dto.improntaPdf)))
      const { uscita } = runProgram('pdfsig', ['-nocert', join(folder, 'f.pdf')])
      expect(uscita).toContain('Signature is Valid')
      expect(uscita).toContain('Total document signed')
      expect(runProgram('qpdf', ['--check', join(folder, 'f.pdf')])).toMatchObject({ codice: 0 })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('a signature that does not come', () => {
  it('REQ-PROT-108 in the evening of the last day the seal is put instead, and the register goes', async () => {
    await m.produci('2026-05-06T06:00:00Z')
    const r = await day('2026-05-05')
    await m.ora('2026-05-06T17:59:00Z')
    await sealNonFirmati(m.lavori, m.ports)
    expect(await inCoda(r.id)).toBe(0)
    await m.ora('2026-05-06T18:00:00Z')
    await sealNonFirmati(m.lavori, m.ports)
    await sealNonFirmati(m.lavori, m.ports)
    expect(await inCoda(r.id)).toBe(1)
    const dto = await readRegistro(m.rgd, r.id, m.ports)
    expect(dto).toMatchObject({ stato: 'sigillato', sottoscrizione: { modo: 'sigillo' } })
    const due = await findRegistroDaVersare(m.lavori, r.id)
    const xml = due?.allegati.find((a) => a.nome.endsWith('.xml'))
    expect(verifySeal(String(await readAll(await m.store.open(m.e.ente.id, xml?.sha256 ?? '')))).valido).toBe(true)
    await expect(sign(r, await signed(r))).rejects.toMatchObject({ codice: 'registro-non-da-firmare' })
  })

  it('REQ-PROT-108 without that choice it goes on waiting, and the term past is told with its reason', async () => {
    await configure(false)
    await m.produci('2026-05-07T06:00:00Z')
    const r = await day('2026-05-06')
    await m.ora('2026-05-07T22:30:00Z')
    await sealNonFirmati(m.lavori, m.ports)
    expect(await inCoda(r.id)).toBe(0)
    await vigilaRegistri(m.lavori)
    expect((await avvisi('2026-05-06')).find((a) => a.tipo === 'scaduto')?.testo).toContain('Attende la firma')
  })

  it('REQ-PROT-108 a later version is the one to sign, and its deputy may', async () => {
    const r = await day('2026-05-06')
    const second = await regenerateRegistro(m.rgd, r.id, 'Classificazione corretta', newId(), m.ports)
    await expect(sign(r, await signed(r))).rejects.toMatchObject({ codice: 'registro-non-da-firmare' })
    const { scope } = await createOperatore(m.db.orm, m.e, 'vicario', m.e.uffici.protocollo, 'Vico')
    const who = await queryOne<{ codiceFiscale: string }>(m.rgd, `select codice_fiscale as "codiceFiscale" from operatore where id = $1`, [
      scope.attore.id,
    ])
    const vico = await createFirmatario('vicario', { nome: 'Vico Persona', codiceFiscale: who?.codiceFiscale ?? '' })
    await sign(await day('2026-05-06'), await signed(await day('2026-05-06'), vico), scope)
    expect(await readRegistro(m.rgd, second.id, m.ports)).toMatchObject({ stato: 'firmato' })
  })
})
