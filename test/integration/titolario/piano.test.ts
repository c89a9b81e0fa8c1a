import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openFascicolo, readFascicolo } from '../../../server/fascicoli/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Profilo, Scope } from '../../../server/kernel/scope.ts'
import { permessiDi } from '../../../server/enti/index.ts'
import { readScrivania } from '../../../server/scrivania/service.ts'
import { addRegola, findConservazione, listRevisioni, tryTesto } from '../../../server/titolario/index.ts'
import { exportPiano, importPiano, readPiano, revokeRegola } from '../../../server/titolario/service/piano.ts'
import { addSinonimi, removeSinonimi } from '../../../server/titolario/service/prova.ts'
import { findVociByText } from '../../../server/titolario/service/read.ts'
import { readStatistiche, recordRevisione } from '../../../server/titolario/service/revisioni.ts'
import { createRegistrazione, readAll } from '../../support/factories.ts'
import { buildFascicolo } from '../../support/fascicoli.ts'
import { createMondoTitolario } from '../../support/titolario.ts'
import type { MondoTitolario } from '../../support/titolario.ts'

let m: MondoTitolario
const voce = (codice: string) => m.e.voci.get(codice) ?? ''
const rule = {
  tipologia: null,
  tipoFascicolo: null,
  condizione: null,
  decorrenza: 'chiusura' as const,
  sfoltimento: false,
  atto: 'Delibera n. 9',
  approvataIl: '2026-01-10',
}

beforeAll(async () => {
  m = await createMondoTitolario()
})
afterAll(async () => await m.db.close())

describe('piano di conservazione', () => {
  it('REQ-FASC-050 a voice is DA DEFINIRE until a rule is approved; then voices, fascicoli and the door show it, inherited and by type', async () => {
    expect(await findConservazione(m.rgd, { voceId: voce('VI/3/4') })).toEqual({ anni: null, regola: null })
    const before = await readPiano(m.rgd)
    expect(before.daDefinire).toBe(before.voci)
    await addRegola(m.rgd, { ...rule, voceId: voce('VI/3'), anni: 10 })
    await addRegola(m.rgd, { ...rule, voceId: voce('VI/3'), anni: 9999, tipologia: 'Provvedimento' })
    await addRegola(m.rgd, {
      ...rule,
      voceId: voce('VI/3/4'),
      anni: 5,
      tipoFascicolo: 'affare',
      decorrenza: 'documento',
      sfoltimento: true,
    })
    expect((await findConservazione(m.rgd, { voceId: voce('VI/3/4') })).regola).toMatchObject({
      anni: 10,
      codice: 'VI/3',
      atto: 'Delibera n. 9',
    })
    expect((await findConservazione(m.rgd, { voceId: voce('VI/3'), tipologia: 'Provvedimento' })).anni).toBe(9999)
    const affare = await findConservazione(m.rgd, { voceId: voce('VI/3/4'), tipoFascicolo: 'affare' })
    expect(affare).toMatchObject({ anni: 5, regola: { decorrenza: 'documento', sfoltimento: true } })
    const f = await openFascicolo(m.capo, buildFascicolo(m.e, m.capo.attore, { tipo: 'affare' }), newId())
    expect((await readFascicolo(m.capo, f.id)).conservazioneAnni).toBe(5)
    const after = await readPiano(m.rgd)
    const row = (codice: string) => after.righe.find((r) => r.codice === codice)
    expect(row('VI/3/1')).toMatchObject({ generale: { anni: 10, da: 'VI/3' }, daDefinire: false, proprie: [] })
    expect(row('IX/2')).toMatchObject({ generale: null, daDefinire: true })
    // What documents and fascicoli show from birth stands on the voice, inherited too.
    const shown = await query<{ codice: string; anni: number | null }>(
      m.rgd,
      `select codice, conservazione_anni as anni from voce_titolario where ente_id = $1 and codice in ('VI/3', 'VI/3/1', 'IX/2') order by codice`,
      [m.e.ente.id],
    )
    expect(shown.map((v) => v.anni)).toEqual([null, 10, 10])
    expect(after.daDefinire).toBe(before.daDefinire - after.righe.filter((r) => r.codice.startsWith('VI/3')).length)
  })

  it('REQ-FASC-050 a rule is replaced or revoked, never rewritten, and who may not is refused', async () => {
    const { id } = await addRegola(m.rgd, { ...rule, voceId: voce('IX/2'), anni: 5 })
    await addRegola(m.rgd, { ...rule, voceId: voce('IX/2'), anni: 7 })
    expect((await findConservazione(m.rgd, { voceId: voce('IX/2') })).anni).toBe(7)
    const rows = await query<{ anni: number; revocata: boolean }>(
      m.rgd,
      'select anni, revocata_il is not null as revocata from regola_conservazione where ente_id = $1 and voce_id = $2 order by anni',
      [m.e.ente.id, voce('IX/2')],
    )
    expect(rows).toEqual([
      { anni: 5, revocata: true },
      { anni: 7, revocata: false },
    ])
    await expect(revokeRegola(m.rgd, id, 'Già tolta')).rejects.toMatchObject({ codice: 'regola-assente' })
    await expect(query(m.rgd, 'delete from regola_conservazione where ente_id = $1 and id = $2', [m.e.ente.id, id])).rejects.toThrow(
      'si revoca',
    )
    await expect(addRegola(m.capo, { ...rule, voceId: voce('IX/2'), anni: 1 })).rejects.toMatchObject({ codice: 'titolario-riservato' })
    await expect(addRegola(m.rgd, { ...rule, voceId: voce('IX/2'), anni: null })).rejects.toMatchObject({ codice: 'regola-vuota' })
    await addRegola(m.rgd, { ...rule, voceId: voce('IX/2'), anni: null, condizione: 'Finché pende il ricorso' })
    expect(await findConservazione(m.rgd, { voceId: voce('IX/2') })).toMatchObject({
      anni: null,
      regola: { condizione: 'Finché pende il ricorso' },
    })
  })

  it('REQ-FASC-050 goes out to CSV and comes back, after a trial that says every fault', async () => {
    const csv = (await readAll((await exportPiano(m.rgd)).stream)).toString('utf8')
    const act = { atto: 'Delibera n. 10', approvataIl: '2026-02-01' }
    const bad = await importPiano(m.rgd, { ...act, csv: `${csv}I/99;;;10;;;\nI/1;;;0;;;\n`, prova: false })
    expect([bad.valido, bad.scritte, bad.rilievi.filter((r) => r.gravita === 'errore').map((r) => r.colonna)]).toEqual([
      false,
      false,
      ['codice', 'anni'],
    ])
    expect(await importPiano(m.rgd, { ...act, csv, prova: true })).toMatchObject({ valido: true, scritte: false })
    expect(await importPiano(m.rgd, { ...act, csv: `${csv}I/1;;;3;;;\n`, prova: false })).toMatchObject({ scritte: true })
    expect((await findConservazione(m.rgd, { voceId: voce('I/1') })).regola).toMatchObject({ anni: 3, atto: 'Delibera n. 10' })
    expect((await readAll((await exportPiano(m.rgd)).stream)).toString('utf8')).toContain('I/1;;;3;;chiusura;no\n')
  })
})

describe('use of the titolario', () => {
  it('finds a voice by a synonym of the ente, in the lookup and in the tester, until it is taken away', async () => {
    const codes = async () => (await findVociByText(m.protocollo, 'barroccio')).map((v) => [v.codice, v.motivo])
    expect(await codes()).toEqual([])
    const { id } = await addSinonimi(m.rgd, ['barroccio', 'divieto di sosta'])
    expect((await codes())[0]).toEqual(['VI/7', 'sinonimo'])
    const [first] = await tryTesto(m.protocollo, 'un barroccio')
    expect(first?.spiegazione).toContain('«divieto di sosta», sinonimo di «barroccio»')
    await removeSinonimi(m.rgd, id)
    expect(await codes()).toEqual([])
  })

  it('REQ-TIT-008 counts unused voices, overuse of the last titolo and documents that stop at the classe, and keeps the reviews with their figures', async () => {
    for (const codice of ['XIV', 'XIV', 'VI/3', 'IX/2']) await createRegistrazione(m.protocollo, m.e, undefined, { voceId: voce(codice) })
    const s = await readStatistiche(m.rgd, {})
    expect(s.documenti).toBe(4)
    expect(s.oggettiDiversi).toMatchObject({ documenti: 2, eccessivo: true })
    expect(s.soloClasse).toMatchObject({ documenti: 1, su: 1, classi: [{ codice: 'VI/3', documenti: 1 }] })
    const unused = s.nonUsate.map((v) => v.codice)
    expect(unused).toContain('I/1')
    for (const used of ['XIV', 'VI/3', 'IX/2']) expect(unused).not.toContain(used)
    expect(s.perTitolo.find((t) => t.codice === 'VI')?.documenti).toBe(1)
    // In force since 2020 and never reviewed.
    expect(await listRevisioni(m.rgd)).toMatchObject({ revisioni: [], scaduta: true, entroIl: '2020-12-31' })
    // The desk of who must make it says so, and nobody else's.
    const desk = async (scope: Scope, profilo: Profilo) =>
      (await readScrivania({ ...scope, attore: { ...scope.attore, permessi: permessiDi([profilo]) } })).revisioneTitolario
    expect(await desk(m.rgd, 'responsabileGestioneDocumentale')).toMatchObject({ entroIl: '2020-12-31' })
    expect(await desk(m.capo, 'responsabileUor')).toBeNull()
    await recordRevisione(m.rgd, { esito: 'da aggiornare', note: 'Dividere la viabilità' })
    expect(await desk(m.rgd, 'responsabileGestioneDocumentale')).toBeNull()
    const after = await listRevisioni(m.rgd)
    expect(after).toMatchObject({ scaduta: false, giorni: 365 })
    expect(after.revisioni[0]).toMatchObject({
      esito: 'da aggiornare',
      note: 'Dividere la viabilità',
      autoreNome: m.rgd.attore.nome,
      statistiche: { documenti: 4, oggettiDiversi: 2 },
    })
    await expect(recordRevisione(m.protocollo, { esito: 'confermato', note: 'Io no' })).rejects.toMatchObject({
      codice: 'titolario-riservato',
    })
    await m.ora(new Date(Date.now() + 370 * 86_400_000).toISOString())
    expect((await listRevisioni(m.rgd)).scaduta).toBe(true)
    expect((await desk(m.rgd, 'responsabileGestioneDocumentale'))?.giorni).toBeLessThan(0)
  })
})
