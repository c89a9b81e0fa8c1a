import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { openFascicolo } from '../../../server/fascicoli/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { findVersioneInForce, findVoceInForce, readVersione } from '../../../server/titolario/index.ts'
import { adoptBozza, publishVersione, revokeAdozione } from '../../../server/titolario/service/adotta.ts'
import { closeVoce, updateAiuti } from '../../../server/titolario/service/aiuti.ts'
import { createBozza, deleteBozza, updateBozza } from '../../../server/titolario/service/bozze.ts'
import { exportTitolario, importTitolario } from '../../../server/titolario/service/csv.ts'
import { compare, listVersioni } from '../../../server/titolario/service/versioni.ts'
import { addVoce, mergeVoci, removeVoce, renameVoce, splitVoce } from '../../../server/titolario/service/voci.ts'
import { openScope } from '../../support/database.ts'
import { createEnte, createOperatore, createRegistrazione, readAll, sistema } from '../../support/factories.ts'
import { buildFascicolo } from '../../support/fascicoli.ts'
import { createMondoTitolario } from '../../support/titolario.ts'
import type { MondoTitolario } from '../../support/titolario.ts'

let m: MondoTitolario

beforeAll(async () => {
  m = await createMondoTitolario()
  await m.ora('2026-11-25T10:00:00Z')
})
afterAll(async () => await m.db.close())

const adozione = { atto: 'Deliberazione n. 120', adottataIl: '2026-11-20' }
const inForce = async (scope: Scope, giorno: string) =>
  await query<{ id: string; dal: string; al: string | null }>(
    scope,
    `select id, to_char(dal, 'YYYY-MM-DD') as dal, to_char(al, 'YYYY-MM-DD') as al from titolario_versione where ente_id = $1 and stato = 'ATTIVO' and dal <= $2::date and (al is null or al > $2::date)`,
    [scope.ente.id, giorno],
  )
const fresh = async () => {
  const e = await createEnte(m.db.orm)
  return { e, rgd: (await createOperatore(m.db.orm, e, 'responsabileGestioneDocumentale', e.uffici.protocollo, 'Rosa')).scope }
}
const codeOf = async (scope: Scope, id: string, codice: string) => (await readVersione(scope, id)).voci.find((v) => v.codice === codice)

describe('versions and their validity', () => {
  it('REQ-TIT-003 an adopted version keeps act, adoption date, beginning, URI and author, and goes from BOZZA to ATTIVO to STORICO by its dates', async () => {
    const { rgd } = await fresh()
    const { id } = await createBozza(rgd, { origine: 'versione', denominazione: 'Nuovo titolario' })
    const state = async (one: string) => (await listVersioni(rgd)).find((v) => v.id === one)
    expect(await state(id)).toMatchObject({ stato: 'BOZZA', dal: '2027-01-01', autoreNome: rgd.attore.nome, numero: 2 })
    await adoptBozza(rgd, id, { ...adozione, uri: 'https://prova.example/titolario' })
    const [old] = (await listVersioni(rgd)).filter((v) => v.numero === 1)
    expect(await state(id)).toMatchObject({ stato: 'ADOTTATO', ...adozione, uri: 'https://prova.example/titolario' })
    expect(old).toMatchObject({ stato: 'ATTIVO', al: '2027-01-01' })
    await m.ora('2027-01-01T00:30:00Z')
    expect([(await state(id))?.stato, (await state(old?.id ?? ''))?.stato]).toEqual(['ATTIVO', 'STORICO'])
    await m.ora('2026-11-25T10:00:00Z')
  })

  it('REQ-TIT-003 whatever versions are adopted or taken back, every day from the first has one version in force and one only', async () => {
    const steps = fc.array(fc.record({ giorni: fc.integer({ min: -400, max: 900 }), ritira: fc.boolean() }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const { rgd } = await fresh()
        for (const { giorni, ritira } of plan) {
          const dal = new Date(Date.UTC(2026, 10, 25 + giorni)).toISOString().slice(0, 10)
          const { id } = await createBozza(rgd, { origine: 'versione', dal })
          await adoptBozza(rgd, id, { ...adozione, adottataIl: '2020-01-01' }).catch(() => null)
          if (ritira) await revokeAdozione(rgd, id, 'Ripensamento').catch(() => null)
        }
        for (let giorno = -300; giorno < 1000; giorno += 37) {
          const day = new Date(Date.UTC(2026, 10, 25 + giorno)).toISOString().slice(0, 10)
          expect(await inForce(rgd, day)).toHaveLength(1)
        }
      }),
      { numRuns: 6 },
    )
  }, 120_000)

  it('REQ-TIT-003 two adoptions at once leave one version for each day', async () => {
    const { rgd } = await fresh()
    const drafts = [await createBozza(rgd, { origine: 'versione' }), await createBozza(rgd, { origine: 'versione' })]
    const done = await Promise.allSettled(drafts.map(async ({ id }) => await adoptBozza(rgd, id, adozione)))
    expect(done.filter((d) => d.status === 'fulfilled')).toHaveLength(1)
    expect(await inForce(rgd, '2027-01-01')).toHaveLength(1)
  })

  it('REQ-TIT-004 a version begins on 1 January by default and never in the past, neither by the service nor in the database', async () => {
    const { rgd } = await fresh()
    const { id } = await createBozza(rgd, { origine: 'versione' })
    for (const dal of ['2026-11-25', '2026-01-01'])
      await expect(adoptBozza(rgd, id, { atto: 'Atto', adottataIl: '2020-01-01', dal })).rejects.toMatchObject({
        campi: [{ campo: 'dal' }],
      })
    await expect(updateBozza(rgd, id, { dal: '2026-11-25' })).rejects.toMatchObject({ campi: [{ campo: 'dal' }] })
    const raw = query(
      rgd,
      `update titolario_versione set stato = 'ATTIVO', atto = 'Atto', adottata_il = '2020-01-01', dal = '2026-11-01' where ente_id = $1 and id = $2`,
      [rgd.ente.id, id],
    )
    await expect(raw).rejects.toThrow('Un titolario non vale per il passato')
    await adoptBozza(rgd, id, adozione)
    const [first] = await inForce(rgd, '2026-12-31')
    const shorten = query(rgd, `update titolario_versione set al = '2026-11-20' where ente_id = $1 and id = $2`, [rgd.ente.id, first?.id])
    await expect(shorten).rejects.toThrow('per il passato')
    const hole = query(rgd, `update titolario_versione set al = '2026-12-20' where ente_id = $1 and id = $2`, [rgd.ente.id, first?.id])
    await expect(hole).rejects.toThrow('Ogni giorno vale un titolario')
  })

  it('REQ-TIT-003 an adoption is taken back before its first day, and the version before it has no end again', async () => {
    const { rgd } = await fresh()
    const { id } = await createBozza(rgd, { origine: 'versione' })
    await adoptBozza(rgd, id, adozione)
    await expect(adoptBozza(rgd, id, adozione)).rejects.toMatchObject({ codice: 'titolario-adottato' })
    await revokeAdozione(rgd, id, 'La giunta ha rinviato')
    expect((await inForce(rgd, '2028-01-01')).map((v) => v.al)).toEqual([null])
    await deleteBozza(rgd, id, 'Non serve più')
    expect((await listVersioni(rgd)).map((v) => v.numero)).toEqual([1])
    const current = (await findVersioneInForce(rgd))?.id ?? ''
    await publishVersione(rgd, current, 'https://prova.example/v1')
    await expect(publishVersione(rgd, current, 'https://prova.example/v2')).rejects.toMatchObject({ campi: [{ campo: 'uri' }] })
    await expect(revokeAdozione(rgd, current, 'No')).rejects.toMatchObject({ codice: 'titolario-in-vigore' })
  })

  it('REQ-TIT-011 an ente that begins has the model as version 1 in BOZZA, which nobody can classify with until it is adopted', async () => {
    const ente = { ...m.e.ente, id: newId(), slug: 'nascente', codiceIpa: 'c_x899', codiceFiscale: '00999008990' }
    const aooId = newId()
    const scope: Scope = openScope(m.db.orm, ente, { ...m.rgd.attore })
    await inTransaction(openScope(m.db.orm, ente, sistema), async (tx) => {
      await query(
        tx,
        `insert into ente (id, slug, denominazione, codice_ipa, codice_fiscale, tavolozza, creato_il) values ($1, $2, 'Comune nascente', $3, $4, 'blu-istituzionale', now())`,
        [ente.id, ente.slug, ente.codiceIpa, ente.codiceFiscale],
      )
      await query(
        tx,
        `insert into aoo (ente_id, id, codice, denominazione, domicilio_digitale, predefinita, dal) values ($1, $2, 'AX99999', 'Area unica', 'p@prova.example', true, '2026-01-01')`,
        [ente.id, aooId],
      )
    })
    const { id } = await createBozza(scope, { origine: 'modello' })
    const { versione, voci } = await readVersione(scope, id)
    expect(versione).toMatchObject({ numero: 1, stato: 'BOZZA' })
    expect([1, 2].map((livello) => voci.filter((v) => v.livello === livello).length)).toEqual([14, 125])
    const voceId = voci.find((v) => v.codice === 'VI/3')?.id ?? ''
    await expect(findVoceInForce(scope, voceId)).rejects.toMatchObject({ codice: 'titolario-assente' })
    await adoptBozza(scope, id, { atto: 'Deliberazione n. 1', adottataIl: '2026-11-01', dal: '2026-11-02' })
    expect((await findVoceInForce(scope, voceId)).codice).toBe('VI/3')
  })
})

describe('the draft', () => {
  it('REQ-TIT-005 adds, renames, splits, unites and closes voices, and each says where it comes from', async () => {
    const { rgd } = await fresh()
    const { id } = await createBozza(rgd, { origine: 'versione' })
    const voce = async (codice: string) => (await codeOf(rgd, id, codice))?.id ?? ''
    const added = await addVoce(rgd, id, { padreId: await voce('VI'), denominazione: 'Droni e aeromobili' })
    await renameVoce(rgd, id, await voce('VI/1'), 'Urbanistica e piani')
    const [part] = await splitVoce(rgd, id, await voce('VI/3'), { nuove: [{ denominazione: 'Paesaggio' }], mantieni: true })
    await mergeVoci(rgd, id, { voci: [await voce('IX/2')], inVoceId: await voce('IX/1') })
    await removeVoce(rgd, id, await voce('XIII/1'))
    const { voci, soppresse } = await readVersione(rgd, id)
    const from = (codice: string) => voci.find((v) => v.codice === codice)?.origini.map((o) => `${o.tipo} ${o.codice}`)
    expect(from(added.codice)).toEqual([])
    expect(from('VI/1')).toEqual(['rinominata VI/1'])
    expect([from('VI/3'), from(part?.codice ?? '')]).toEqual([['divisa VI/3'], ['divisa VI/3']])
    expect(from('IX/1')).toEqual(['accorpata IX/1', 'accorpata IX/2'])
    expect(voci.some((v) => v.codice === 'IX/2' || v.codice === 'XIII/1')).toBe(false)
    expect(soppresse.map((s) => s.codice)).toContain('XIII/1')
    const codes = voci.map((v) => v.etichetta)
    expect(codes).toEqual(codes.toSorted())
    const current = (await findVersioneInForce(rgd))?.id ?? ''
    expect((await compare(rgd, current, id)).cambiamenti.map((c) => c.tipo).toSorted()).toEqual(
      expect.arrayContaining(['accorpata', 'divisa', 'nuova', 'rinominata', 'soppressa']),
    )
    await expect(addVoce(rgd, id, { padreId: await voce('VI/3/1'), denominazione: 'Troppo sotto' })).rejects.toMatchObject({
      codice: 'livello-eccessivo',
    })
    await expect(addVoce(rgd, id, { padreId: null, denominazione: 'Doppio', codice: 'VI' })).rejects.toMatchObject({
      codice: 'codice-occupato',
    })
  })

  it('REQ-TIT-005 a voice of an adopted version is neither renamed, renumbered nor deleted, not even by SQL; it closes from a day to come', async () => {
    const { rgd, e } = await fresh()
    const voceId = e.voci.get('XIII/1') ?? ''
    for (const sql of [
      "update voce_titolario set denominazione = 'Altra' where ente_id = $1 and id = $2",
      "update voce_titolario set codice = 'XIII/9' where ente_id = $1 and id = $2",
      'delete from voce_titolario where ente_id = $1 and id = $2',
    ])
      await expect(query(rgd, sql, [rgd.ente.id, voceId])).rejects.toThrow(/non si (rinomina|aggiungono)/u)
    const versione = (await findVersioneInForce(rgd))?.id ?? ''
    await expect(renameVoce(rgd, versione, voceId, 'Altra')).rejects.toMatchObject({ codice: 'titolario-adottato' })
    await expect(closeVoce(rgd, voceId, { dal: '2026-11-25', motivo: 'Non serve' })).rejects.toMatchObject({ codice: 'chiusura-passata' })
    await closeVoce(rgd, voceId, { dal: '2026-12-01', motivo: 'Non serve' })
    expect((await findVoceInForce(rgd, voceId)).codice).toBe('XIII/1')
    await m.ora('2026-12-01T08:00:00Z')
    await expect(findVoceInForce(rgd, voceId)).rejects.toMatchObject({ codice: 'voce-chiusa' })
    await m.ora('2026-11-25T10:00:00Z')
  })

  it('REQ-TIT-009 every voice carries its helps, which change in a version in force and lead the opening of fascicoli', async () => {
    const { rgd, e } = await fresh()
    const capo = await createOperatore(m.db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Elsa')
    const voceId = e.voci.get('VI/3/4') ?? ''
    const aiuti = {
      paroleChiave: ['accesso', 'copia'],
      descrizione: 'Accesso alle pratiche edilizie',
      noteUso: 'Non per accesso civico',
      esempi: ['richiesta di copia del permesso'],
      tipiFascicolo: ['procedimento amministrativo' as const],
      sottoclasseObbligatoria: true,
      accessoPredefinito: 'RISERVATO' as const,
      ufficioPredefinitoId: e.uffici.edilizia,
    }
    await updateAiuti(rgd, voceId, aiuti)
    const versione = (await findVersioneInForce(rgd))?.id ?? ''
    const { ufficioPredefinitoId, ...rest } = aiuti
    expect(await codeOf(rgd, versione, 'VI/3/4')).toMatchObject({ ...rest, ufficioPredefinito: { id: ufficioPredefinitoId } })
    const registrazione = await createRegistrazione(rgd, e)
    expect(registrazione).not.toBe('')
    const affare = buildFascicolo(e, capo.attore, { tipo: 'affare' })
    await expect(openFascicolo(capo.scope, affare, newId())).rejects.toMatchObject({ codice: 'tipo-non-ammesso' })
    // A classe that does not want its sottoclasse takes fascicoli itself.
    const classe = { ...affare, voceId: e.voci.get('VI/3') ?? '' }
    await expect(openFascicolo(capo.scope, classe, newId())).rejects.toMatchObject({ codice: 'sottoclasse-mancante' })
    await updateAiuti(rgd, classe.voceId, { ...aiuti, tipiFascicolo: [], sottoclasseObbligatoria: false })
    expect((await openFascicolo(capo.scope, classe, newId())).ripetuta).toBe(false)
  })

  it('REQ-TIT-010 only the head of records management and the vicario edit, and every edit is in the trail with author and values', async () => {
    const { rgd, e } = await fresh()
    const vicario = (await createOperatore(m.db.orm, e, 'vicario', e.uffici.protocollo, 'Vito')).scope
    for (const profilo of ['operatoreProtocollo', 'responsabileUor', 'addettoUor', 'auditor'] as const) {
      const { scope } = await createOperatore(m.db.orm, e, profilo, e.uffici.edilizia, 'Altro')
      await expect(createBozza(scope, { origine: 'versione' })).rejects.toMatchObject({ codice: 'titolario-riservato' })
    }
    const { id } = await createBozza(vicario, { origine: 'versione' })
    const voce = await codeOf(rgd, id, 'VI/1')
    await renameVoce(vicario, id, voce?.id ?? '', 'Urbanistica')
    const trail = await query<{
      azione: string
      autore: string
      dati: string
    }>(rgd, `select azione, attore_nome as autore, dati from evento_audit where ente_id = $1 and oggetto_id = $2 order by istante`, [
      rgd.ente.id,
      id,
    ])
    expect(trail.map((t) => [t.azione, t.autore])).toEqual([
      ['titolario-bozza-creata', vicario.attore.nome],
      ['titolario-voce-rinominata', vicario.attore.nome],
    ])
    expect(JSON.parse(trail[1]?.dati ?? '{}')).toMatchObject({
      prima: { denominazione: voce?.denominazione },
      dopo: { denominazione: 'Urbanistica' },
    })
  })

  it('imports a CSV on trial first, with every fault and its line, and exports what it reads back equal', async () => {
    const { rgd } = await fresh()
    const current = (await findVersioneInForce(rgd))?.id ?? ''
    const csv = (await readAll((await exportTitolario(rgd, current)).stream)).toString('utf8')
    const input = { denominazione: 'Da file', livelli: 3 }
    const faults = await importTitolario(rgd, { ...input, csv: `${csv}VI/3;Doppia;2;VI;;\nboh;x;1;;;\n`, prova: false })
    expect([faults.valido, faults.bozzaId, faults.rilievi.filter((r) => r.gravita === 'errore').length]).toEqual([false, null, 2])
    const trial = await importTitolario(rgd, { ...input, csv, prova: true })
    expect([trial.valido, trial.bozzaId, (await listVersioni(rgd)).length]).toEqual([true, null, 1])
    const { bozzaId } = await importTitolario(rgd, { ...input, csv, prova: false })
    const back = (await readAll((await exportTitolario(rgd, bozzaId ?? '')).stream)).toString('utf8')
    expect(back).toBe(csv)
    expect((await compare(rgd, current, bozzaId ?? '')).cambiamenti).toEqual([])
  })
})
