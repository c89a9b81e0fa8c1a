import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { fileDocumento, openFascicolo, readFascicolo } from '../../../server/fascicoli/index.ts'
import { listCambio } from '../../../server/fascicoli/service/cambio.ts'
import { reopenUnderVoce } from '../../../server/fascicoli/service/riclassa.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import { lockRegistro, presentById } from '../../../server/protocollo/index.ts'
import { selectPagina } from '../../../server/protocollo/elenco.ts'
import { reclassifyRegistrazione } from '../../../server/protocollo/service/classify.ts'
import { filtriRicerca } from '../../../server/ricerca/schema.ts'
import { searchRegistrazioni } from '../../../server/ricerca/service/cerca.ts'
import { findEquivalenti, findVersioneInForce, readVersione } from '../../../server/titolario/index.ts'
import { createRegistrazione } from '../../support/factories.ts'
import { buildFascicolo } from '../../support/fascicoli.ts'
import { createMondoTitolario, splitEdilizia } from '../../support/titolario.ts'
import type { MondoTitolario } from '../../support/titolario.ts'

const PRIMA = '2026-12-31T22:59:59.400Z' // 23:59:59 in Rome
const DOPO = '2026-12-31T23:00:00.100Z' // 00:00:00 of 1 January in Rome

let m: MondoTitolario
let nuova: { id: string; nuova: string; voci: Map<string, string> }
let vecchio: { id: string; codice: string }
let spedita: string
let primaDelCambio: string

const registra = async (voceId: string) => await createRegistrazione(m.protocollo, m.e, undefined, { voceId })
const voceOf = async (registrazioneId: string) =>
  await queryOne<{ codice: string; versione: number; segnatura: string; numero: number; documentoId: string }>(
    m.rgd,
    `select v.codice, t.numero as versione, r.segnatura, r.numero, r.documento_id as "documentoId" from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id
       join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id join titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id where r.ente_id = $1 and r.id = $2`,
    [m.e.ente.id, registrazioneId],
  )

beforeAll(async () => {
  m = await createMondoTitolario()
  await m.ora('2026-11-25T10:00:00Z')
  nuova = await splitEdilizia(m, '2027-01-01')
  primaDelCambio = await registra(m.e.voci.get('VI/3') ?? '')
  const r = await presentById(m.rgd, primaDelCambio)
  const input = buildFascicolo(m.e, m.capo.attore, { documentoId: r.documento.id })
  vecchio = await readFascicolo(m.capo, (await openFascicolo(m.capo, input, newId())).id)
  spedita = await registra(m.e.voci.get('VI/3') ?? '')
})
afterAll(async () => await m.db.close())

describe('case A14: a new titolario from 1 January with a classe split', () => {
  it('REQ-TIT-003 REQ-TIT-004 A14 the version in force is that of the day: one second before midnight the old one, at midnight the new one, with nothing run', async () => {
    await m.ora(PRIMA)
    expect((await findVersioneInForce(m.rgd))?.numero).toBe(1)
    await m.ora(DOPO)
    expect((await findVersioneInForce(m.rgd))?.numero).toBe(2)
  })

  it('REQ-TIT-021 A14 at 23:59:59 only the old voice registers, at 00:00:00 only the new one, and the refusal names what the old one became', async () => {
    await m.ora(PRIMA)
    await expect(registra(nuova.voci.get('VI/3') ?? '')).rejects.toMatchObject({ codice: 'dati-da-correggere' })
    const ultima = await registra(m.e.voci.get('VI/3') ?? '')
    expect(await voceOf(ultima)).toMatchObject({ codice: 'VI/3', versione: 1 })
    await m.ora(DOPO)
    await expect(registra(m.e.voci.get('VI/3') ?? '')).rejects.toMatchObject({
      campi: [{ campo: 'voceId', messaggio: `VI/3 non è del titolario in vigore: oggi corrisponde a VI/3 o ${nuova.nuova}.` }],
    })
    expect(await voceOf(await registra(nuova.voci.get(nuova.nuova) ?? ''))).toMatchObject({ codice: nuova.nuova, versione: 2 })
  })

  it('REQ-TIT-021 A14 a voice read before midnight is refused by the database when the number comes after it, and no number is lost', async () => {
    await m.ora(PRIMA)
    const before = await ultimoNumero()
    const [locked, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const holder = inTransaction(m.rgd, async (tx) => {
      await lockRegistro(tx, m.e.registroId)
      locked.resolve()
      await held.promise
    })
    await locked.promise
    // It has read the old voice while it was in force, and waits for its number.
    const pending = registra(m.e.voci.get('VI/3') ?? '').then(
      () => null,
      (error: unknown) => error,
    )
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await m.ora(DOPO)
    held.resolve()
    await holder
    expect(await pending).toMatchObject({ codice: 'titolario-cambiato' })
    expect(await ultimoNumero()).toBe(before)
  })

  it('REQ-TIT-006 A14 the fascicolo open in the old version receives documents of the new voices that come from its own, and they keep theirs', async () => {
    await m.ora('2027-01-04T09:00:00Z')
    for (const codice of ['VI/3', nuova.nuova]) {
      const id = await registra(nuova.voci.get(codice) ?? '')
      const { documentoId } = (await voceOf(id)) ?? { documentoId: '' }
      await fileDocumento(m.capo, vecchio.id, { documentoId })
      expect(await voceOf(id)).toMatchObject({ codice, versione: 2 })
    }
    const estranea = (await voceOf(await registra(nuova.voci.get('IX/2') ?? '')))?.documentoId ?? ''
    await expect(fileDocumento(m.rgd, vecchio.id, { documentoId: estranea })).rejects.toMatchObject({ codice: 'classificazione-diversa' })
    const f = await readFascicolo(m.capo, vecchio.id)
    expect([f.codice, f.voce.codice, f.documenti.length]).toEqual([vecchio.codice, 'VI/3/4', 3])
  })

  it('REQ-TIT-004 A14 a document registered before the change is filed after it with a sottoclasse of its own version', async () => {
    const { documentoId } = (await voceOf(spedita)) ?? { documentoId: '' }
    await fileDocumento(m.capo, vecchio.id, { documentoId })
    expect(await voceOf(spedita)).toMatchObject({ codice: 'VI/3/4', versione: 1 })
  })

  it('REQ-TIT-023 A14 a sent document reclassified after the change keeps number, segnatura and fascicolo, and its history tells the two versions', async () => {
    const before = await voceOf(spedita)
    await reclassifyRegistrazione(m.rgd, spedita, {
      voceId: nuova.voci.get(nuova.nuova) ?? '',
      motivo: 'Riguarda il vincolo paesaggistico',
    })
    const after = await voceOf(spedita)
    expect(after).toMatchObject({ codice: nuova.nuova, versione: 2, numero: before?.numero, segnatura: before?.segnatura })
    const history = await query<{ codice: string; versione: number; autore: string; motivo: string }>(
      m.rgd,
      `select v.codice, t.numero as versione, c.autore_nome as autore, c.motivo from classificazione c join voce_titolario v on v.ente_id = c.ente_id and v.id = c.voce_id
         join titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id where c.ente_id = $1 and c.documento_id = $2 order by c.dal`,
      [m.e.ente.id, before?.documentoId],
    )
    expect(history.map((h) => [h.codice, h.versione])).toEqual([
      ['VI/3', 1],
      ['VI/3/4', 1],
      [nuova.nuova, 2],
    ])
    expect(history.at(-1)).toMatchObject({ autore: m.rgd.attore.nome, motivo: 'Riguarda il vincolo paesaggistico' })
    expect((await readFascicolo(m.capo, vecchio.id)).documenti.map((d) => d.documentoId)).toContain(before?.documentoId)
  })

  it('REQ-TIT-007 A14 the search by the new voice finds the documents of the old one, and the other way round', async () => {
    const byNew = await findEquivalenti(m.rgd, nuova.nuova)
    expect(byNew.map((v) => [v.codice, v.versione])).toEqual([
      ['VI/3', 1],
      [nuova.nuova, 2],
    ])
    const byOld = (await findEquivalenti(m.rgd, 'VI/3')).map((v) => `${v.versione} ${v.codice}`)
    expect(byOld).toEqual(expect.arrayContaining(['1 VI/3', '1 VI/3/4', '2 VI/3', `2 ${nuova.nuova}`]))
    const found = async (voce: string) => [...(await selectPagina(m.rgd, { voce, pagina: 1, perPagina: 200 }, 200, 0)).ids]
    const [conNuova, conVecchia] = [await found(nuova.nuova), await found('VI/3')]
    const old = await registrateCon(1, 'VI/3')
    const fresh = await registrateCon(2, nuova.nuova)
    expect(old.length).toBeGreaterThan(0)
    expect(fresh.length).toBeGreaterThan(0)
    expect(conNuova).toEqual(expect.arrayContaining([...old, ...fresh]))
    expect(conVecchia).toEqual(expect.arrayContaining([...old, ...fresh]))
    expect(await found('IX/2')).not.toEqual(expect.arrayContaining(old))
  })

  it('REQ-TIT-007 A14 the full text search by class follows the links too, and does not take for the old voice another one with its code', async () => {
    await m.ora('2027-01-05T09:00:00Z')
    const [old, split] = [await registrateCon(1, 'VI/3'), await registrateCon(2, nuova.nuova)]
    const same = [await registra(nuova.voci.get('VI/3') ?? '')]
    const found = async (q: string) =>
      (await searchRegistrazioni(m.rgd, filtriRicerca.parse({ q, perPagina: 100 }), null)).elementi.map((x) => x.riga.id)
    const byNew = await found(`class:${nuova.nuova}`)
    expect(byNew).toEqual(expect.arrayContaining([...old, ...split]))
    // VI/3 of the new version is a sister of the searched voice, not its past.
    expect(byNew).not.toEqual(expect.arrayContaining(same))
    expect(await found('class:VI/3')).toEqual(expect.arrayContaining([...old, ...split, ...same]))
    expect(await found('class:IX/2')).not.toEqual(expect.arrayContaining(old))
    expect(await found(`class:${nuova.nuova} accesso`)).toEqual(expect.arrayContaining(old))
  })

  it('REQ-TIT-006 A14 lists the fascicoli open in the voices that change, each with the voices it could be reopened in', async () => {
    await m.ora('2026-12-10T09:00:00Z')
    const other = buildFascicolo(m.e, m.capo.attore, { voceId: m.e.voci.get('IX/2') ?? '' })
    await openFascicolo(m.capo, other, newId())
    const list = await listCambio(m.rgd, nuova.id)
    expect(list.map((f) => [f.codice, f.voceCodice, f.tipo, f.proposte.map((p) => p.codice)])).toEqual([
      [vecchio.codice, 'VI/3/4', 'divisa', ['VI/3/4', 'VI/3', nuova.nuova]],
    ])
    await expect(listCambio(m.protocollo, nuova.id)).rejects.toMatchObject({ codice: 'titolario-riservato' })
  })

  it('REQ-TIT-006 A14 closes an open fascicolo and opens its continuation under the new class in one act, tied to it, once for each key', async () => {
    await m.ora('2027-01-10T09:00:00Z')
    const prima = await readFascicolo(m.capo, vecchio.id)
    const [riga] = (await listCambio(m.rgd, nuova.id)).filter((f) => f.id === vecchio.id)
    expect(riga).toMatchObject({ riapribile: true, versione: prima.versione })
    const voceId = nuova.voci.get(nuova.nuova) ?? ''
    const motivo = 'Riguarda i vincoli'
    const reopen = async (changes: object = {}, chi = m.capo, chiave = newId()) =>
      await reopenUnderVoce(chi, vecchio.id, { versione: prima.versione, voceId, motivo, ...changes }, chiave, [])
    await expect(reopen({}, m.protocollo)).rejects.toMatchObject({ codice: 'azione-non-consentita' })
    await expect(reopen({ voceId: nuova.voci.get('IX/2') })).rejects.toMatchObject({ codice: 'voce-non-in-linea' })
    await expect(reopen({ voceId: m.e.voci.get('VI/3/4') })).rejects.toMatchObject({ codice: 'voce-non-in-linea' })
    await expect(reopen({ versione: 999 })).rejects.toMatchObject({ codice: 'versione-superata' })
    // What stops the closing undoes the opening with it.
    const blocco = { codice: 'prova', messaggio: 'Manca qualcosa', forzabile: false }
    const refused = reopenUnderVoce(m.capo, vecchio.id, { versione: prima.versione, voceId, motivo }, newId(), [
      async () => await Promise.resolve({ bloccanti: [blocco], avvisi: [] }),
    ])
    await expect(refused).rejects.toMatchObject({ codice: 'chiusura-bloccata' })
    const chiave = newId()
    const id = await reopen({}, m.capo, chiave)
    expect(await reopen({}, m.capo, chiave)).toBe(id)
    const [dopo, continua] = [await readFascicolo(m.capo, vecchio.id), await readFascicolo(m.capo, id)]
    expect(dopo).toMatchObject({ codice: prima.codice, stato: 'CHIUSO', esito: 'conclusione', voce: { codice: 'VI/3/4' } })
    expect(dopo.documenti.map((d) => d.documentoId)).toEqual(prima.documenti.map((d) => d.documentoId))
    expect(continua).toMatchObject({ stato: 'APERTO', voce: { codice: nuova.nuova }, oggetto: prima.oggetto, tipo: prima.tipo })
    expect(continua.codice).toBe(`2027-${nuova.nuova}.1`)
    expect(continua.interessati).toEqual(prima.interessati)
    expect(continua.collegamenti.map((c) => [c.tipo, c.fascicolo.codice])).toEqual([['presupposto', prima.codice]])
    await expect(reopen()).rejects.toMatchObject({ codice: 'fascicolo-gia-chiuso' })
    const figli = await query(m.rgd, 'select 1 from fascicolo where ente_id = $1 and voce_id = $2', [m.e.ente.id, voceId])
    expect(figli).toHaveLength(1)
  })

  it('REQ-TIT-006 a fascicolo of a procedure stays in its voice until it ends, and is not offered', async () => {
    await m.ora('2026-12-10T09:00:00Z')
    const input = buildFascicolo(m.e, m.capo.attore, {
      tipo: 'procedimento amministrativo',
      procedimento: { materia: 'Edilizia', denominazione: 'Permesso di costruire' },
    })
    const { id } = await openFascicolo(m.capo, input, newId())
    await m.ora('2027-01-10T09:00:00Z')
    expect((await listCambio(m.rgd, nuova.id)).find((f) => f.id === id)?.riapribile).toBe(false)
    const act = { versione: 1, voceId: nuova.voci.get(nuova.nuova) ?? '', motivo: 'Prova' }
    await expect(reopenUnderVoce(m.capo, id, act, newId(), [])).rejects.toMatchObject({ codice: 'tipo-non-riapribile' })
  })

  it('REQ-TIT-005 the new version says which voices come from the split one', async () => {
    const { voci } = await readVersione(m.rgd, nuova.id)
    const origini = (codice: string) => voci.find((v) => v.codice === codice)?.origini.map((o) => [o.codice, o.tipo])
    expect(origini('VI/3')).toEqual([['VI/3', 'divisa']])
    expect(origini(nuova.nuova)).toEqual([['VI/3', 'divisa']])
    expect(origini('IX/2')).toEqual([['IX/2', 'uguale']])
  })
})

const ultimoNumero = async () =>
  (await queryOne<{ n: number }>(m.rgd, 'select max(numero) as n from registrazione where ente_id = $1', [m.e.ente.id]))?.n

async function registrateCon(versione: number, codice: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    m.rgd,
    `select r.id from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
       join titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id where r.ente_id = $1 and t.numero = $2 and v.codice = $3`,
    [m.e.ente.id, versione, codice],
  )
  return rows.map((r) => r.id)
}
