import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { personaDimostrativa } from '../../../server/demo/persone.ts'
import { createMemoryStore } from '../../../storage/memory.ts'
import { inTransaction, insertRows, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { registerInArrivo } from '../../../server/protocollo/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { indexRegistrazione } from '../../../server/ricerca/index.ts'
import { filtriRicerca } from '../../../server/ricerca/schema.ts'
import type { RisultatiDto } from '../../../server/ricerca/schema.ts'
import { searchRegistrazioni } from '../../../server/ricerca/service/cerca.ts'
import { suggestRicerca } from '../../../server/ricerca/service/suggerisci.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildNuova, buildPdf, createEnte, createOperatore, sistema, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { newId } from '../../../server/kernel/ids.ts'

describe('search on PostgreSQL', () => {
  let db: TestDatabase
  let e: EnteDiProva
  let altro: EnteDiProva
  let protocollo: Scope
  let edilizia: Scope
  let scuola: Scope
  let rgd: Scope
  const store = createMemoryStore()
  const ids: Record<string, string> = {}

  async function register(nome: string, changes: Parameters<typeof buildNuova>[2], testo = 'Documento', indicizza = true): Promise<string> {
    const contenutoId = await stage(protocollo, store, await buildPdf(testo), `${nome}.pdf`)
    const id = (await registerInArrivo(protocollo, buildNuova(e, contenutoId, changes), newId())).id
    if (indicizza) await indexRegistrazione(openScope(db.orm, e.ente, sistema, ruoli.jobs), id, store, null)
    ids[nome] = id
    return id
  }

  async function search(scope: Scope, q: string, changes: Record<string, unknown> = {}): Promise<RisultatiDto> {
    return await searchRegistrazioni(scope, filtriRicerca.parse({ q, ...changes }), null)
  }
  async function names(scope: Scope, q: string, changes: Record<string, unknown> = {}): Promise<string[]> {
    const byId = new Map(Object.entries(ids).map(([nome, id]) => [id, nome]))
    return (await search(scope, q, changes)).elementi.map((x) => byId.get(x.riga.id) ?? x.riga.id).toSorted()
  }

  beforeAll(async () => {
    db = await createDatabase()
    wireReactions()
    e = await createEnte(db.orm)
    altro = await createEnte(db.orm)
    protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
    edilizia = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia)).scope
    scuola = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.scuola)).scope
    rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale')).scope
    await register(
      'mulini',
      {
        oggetto: 'Permesso di costruire in via dei Mulini',
        protocolloMittente: { numero: 'P-77/2026' },
        note: 'Vedi la perizia geologica',
      },
      'Relazione asseverata del geometra Quagliarella',
    )
    await register('mensa', {
      oggetto: 'Iscrizione alla mensa scolastica',
      mittenti: [{ tipo: 'PF', nome: 'Tullio', cognome: 'Brezzaferma', codiceFiscale: personaDimostrativa('ortensia').codiceFiscale }],
      assegnazione: { ufficioId: e.uffici.scuola },
      mezzo: 'POSTA',
    })
    await register(
      'segreto',
      { oggetto: 'Segnalazione riservatissima su Zanzibar', riservatezza: 'RISERVATO' },
      'Contenuto sugli ornitorinchi',
    )
    await register('mobilita', { oggetto: 'Piano della mobilità sostenibile: permesso già rilasciato, costruire ciclabili' })
  })
  afterAll(async () => await db.close())

  it('REQ-PROT-142 finds by words, parts of words, roots, accents and the text of the files', async () => {
    expect(await names(rgd, 'mulini')).toEqual(['mulini'])
    expect(await names(rgd, 'MOBILITA')).toEqual(['mobilita'])
    expect(await names(rgd, 'iscrizioni mense')).toEqual(['mensa'])
    expect(await names(rgd, 'colastic')).toEqual(['mensa'])
    expect(await names(rgd, 'quagliarella')).toEqual(['mulini'])
    expect(await names(rgd, 'perizia geologica')).toEqual(['mulini'])
    expect(await names(rgd, 'inesistenzialmente')).toEqual([])
  })

  it('REQ-PROT-142 composes with AND, OR, NOT and exact sentences', async () => {
    expect(await names(rgd, 'permesso costruire')).toEqual(['mobilita', 'mulini'])
    expect(await names(rgd, '"permesso di costruire"')).toEqual(['mulini'])
    expect(await names(rgd, 'permesso -ciclabili')).toEqual(['mulini'])
    expect(await names(rgd, 'mulini OR mensa')).toEqual(['mensa', 'mulini'])
    expect(await names(rgd, 'mulini mensa')).toEqual([])
  })

  it('REQ-PROT-142 finds by number, segnatura, impronta, sender’s protocol, codice fiscale and correspondent', async () => {
    const r = await queryOne<{ numero: number; anno: number; segnatura: string; impronta: string }>(
      rgd,
      'select numero, anno, segnatura, impronta from registrazione where ente_id = $1 and id = $2',
      [e.ente.id, ids['mulini']],
    )
    if (r === null) throw new Error('not registered')
    expect(await names(rgd, String(r.numero))).toContain('mulini')
    expect(await names(rgd, `${r.numero}/${r.anno}`)).toEqual(['mulini'])
    expect(await names(rgd, `${r.numero}/${r.anno - 1}`)).toEqual([])
    expect(await names(rgd, r.segnatura)).toEqual(['mulini'])
    expect(await names(rgd, r.impronta)).toEqual(['mulini'])
    expect(await names(rgd, `impronta:${r.impronta.slice(0, 12)}`)).toEqual(['mulini'])
    expect(await names(rgd, 'protmitt:P-77/2026')).toEqual(['mulini'])
    expect(await names(rgd, personaDimostrativa('ortensia').codiceFiscale.toLowerCase())).toEqual(['mensa'])
    expect(await names(rgd, 'mitt:brezza')).toEqual(['mensa'])
    expect(await names(rgd, 'dest:brezza')).toEqual([])
  })

  it('REQ-PROT-142 narrows by class, office, direction, channel and days', async () => {
    expect(await names(rgd, 'class:06.03 permesso')).toEqual(['mobilita', 'mulini'])
    expect(await names(rgd, 'class:06.04 permesso')).toEqual([])
    expect(await names(rgd, 'uff:scolastici')).toEqual(['mensa'])
    expect(await names(rgd, 'tipo:arrivo mensa')).toEqual(['mensa'])
    expect(await names(rgd, 'tipo:partenza mensa')).toEqual([])
    expect(await names(rgd, 'canale:posta')).toEqual(['mensa'])
    expect(await names(rgd, 'mensa oggi')).toEqual(['mensa'])
    expect(await names(rgd, 'mensa a:01/01/2020')).toEqual([])
    expect(await names(rgd, 'mensa', { tipo: 'U' })).toEqual([])
    expect(await names(rgd, '', { ufficio: e.uffici.scuola })).toEqual(['mensa'])
  })

  it('forgives a mistake and says with which word', async () => {
    const found = await search(rgd, 'mitt:brezzafema')
    expect(found.elementi.map((x) => x.riga.id)).toEqual([ids['mensa']])
    expect((await search(rgd, 'mesna')).forseCercavi).toBe('mensa')
    expect((await search(rgd, 'mensa')).forseCercavi).toBeNull()
  })

  it('marks what was searched as data', async () => {
    const [hit] = (await search(rgd, 'quagliarella mulini')).elementi
    expect(hit?.oggetto.filter((p) => p.trovata).map((p) => p.testo)).toEqual(['Mulini'])
    expect(hit?.estratto?.filter((p) => p.trovata).map((p) => p.testo)).toEqual(['Quagliarella'])
  })

  it('counts facets over what is found', async () => {
    const { facce, totale } = await search(rgd, 'permesso')
    const values = (nome: string): unknown => facce.find((f) => f.nome === nome)?.valori.map((v) => [v.valore, v.quanti])
    expect(totale).toBe(2)
    expect(values('classe')).toEqual([['VI/3', 2]])
    expect(values('tipo')).toEqual([['E', 2]])
    expect(values('ufficio')).toEqual([[e.uffici.edilizia, 2]])
  })

  it('REQ-PROT-061 a riservato is neither found, counted, faceted nor suggested to who may not read it (A8)', async () => {
    expect(await names(rgd, 'zanzibar')).toEqual(['segreto'])
    expect(await names(rgd, 'ornitorinchi')).toEqual(['segreto'])
    const collega = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
    const lettore = (await createOperatore(db.orm, e, 'consultazione', e.uffici.edilizia)).scope
    expect(await names(collega, 'mensa')).toEqual(['mensa'])
    for (const who of [collega, edilizia, scuola, lettore]) {
      for (const q of ['zanzibar', 'ornitorinchi', 'riservatissima', 'zanzibr', 'segnalazione']) {
        const found = await search(who, q)
        expect({ q, totale: found.totale, conteggi: found.facce.flatMap((f) => f.valori), forse: found.forseCercavi }).toEqual({
          q,
          totale: 0,
          conteggi: [],
          forse: null,
        })
      }
      const suggested = JSON.stringify(await suggestRicerca(who, 'zanz'))
      expect(suggested).not.toMatch(/zanzibar/iu)
      expect(JSON.stringify(await suggestRicerca(who, 'ornit'))).not.toMatch(/ornitorinchi/iu)
    }
    expect(JSON.stringify(await suggestRicerca(rgd, 'zanz'))).toMatch(/zanzibar/iu)
  })

  it('an office finds what reaches it, and what is assigned to it from then on', async () => {
    expect(await names(edilizia, 'permesso')).toEqual(['mobilita', 'mulini'])
    expect(await names(edilizia, 'mensa')).toEqual([])
    expect(await names(scuola, 'permesso')).toEqual([])
    expect((await search(scuola, '')).totale).toBe(1)
    await inTransaction(openScope(db.orm, e.ente, sistema), async (tx) => {
      await query(
        tx,
        `insert into assegnazione (ente_id, id, registrazione_id, documento_id, ufficio_id, tipo, stato, dal, autore_id, autore_nome)
         select ente_id, $3, id, documento_id, $4, 'conoscenza', 'per_conoscenza', now(), 'prova', 'Prova' from registrazione where ente_id = $1 and id = $2`,
        [tx.ente.id, ids['mulini'], newId(), e.uffici.scuola],
      )
    })
    expect(await names(scuola, 'permesso')).toEqual(['mulini'])
  })

  it('what was just registered is found before the job has run', async () => {
    await register('subito', { oggetto: 'Ordinanza contingibile sui piccioni' }, 'testo', false)
    expect(await names(rgd, 'piccioni')).toEqual(['subito'])
    expect(await names(edilizia, 'contingibile')).toEqual(['subito'])
    const { numero } = (await queryOne<{ numero: number }>(rgd, 'select numero from registrazione where ente_id = $1 and id = $2', [
      e.ente.id,
      ids['subito'],
    ])) ?? { numero: 0 }
    expect(await names(protocollo, String(numero))).toContain('subito')
  })

  it('REQ-PROT-047 what was annulled or corrected is still found, by the old value and by the new, and shown as it is now', async () => {
    const id = await register('vecchio', { oggetto: 'Licenza per il chiosco Tramontana' })
    const decided = {
      esito: 'AUTORIZZATO',
      provvedimento_numero: '12',
      provvedimento_data: '2026-02-01',
      motivo: '',
      conferma_destinatario: false,
    }
    const asked = { registrazione_id: id, motivo: 'Errore', richiesto_il: 'now', richiedente_id: 'x', richiedente_nome: 'Lidia Torrebruna' }
    const by = { deciso_il: 'now', decisore_id: 'y', decisore_nome: 'Marta Valdorso' }
    const [rettifica, annullamento] = [newId(), newId()]
    await inTransaction(openScope(db.orm, e.ente, sistema), async (tx) => {
      await insertRows(tx, 'rettifica', [
        {
          id: rettifica,
          ...asked,
          campo: 'oggetto',
          posizione: 0,
          valore_annullato: 'Licenza per il chiosco Tramontana',
          valore_corretto: 'Licenza per il chiosco Scirocco',
        },
      ])
      await insertRows(tx, 'decisione_atto', [{ id: rettifica, registrazione_id: id, atto: 'rettifica', ...decided, ...by }])
      await insertRows(tx, 'annullamento', [{ id: annullamento, ...asked }])
      await insertRows(tx, 'decisione_atto', [{ id: annullamento, registrazione_id: id, atto: 'annullamento', ...decided, ...by }])
    })
    await indexRegistrazione(openScope(db.orm, e.ente, sistema, ruoli.jobs), id, store, null)
    for (const q of ['tramontana', 'scirocco', 'chiosco stato:annullato'])
      expect({ q, found: await names(rgd, q) }).toEqual({ q, found: ['vecchio'] })
    expect(await names(rgd, 'chiosco stato:valido')).toEqual([])
    const [hit] = (await search(rgd, 'tramontana')).elementi
    expect(hit?.riga).toMatchObject({
      annullata: true,
      oggetto: 'Licenza per il chiosco Scirocco',
      annullamento: expect.stringMatching(/^ANNULLATO.*12/u),
    })
  })

  it('the index is behind its functions: no role of ours reads it, and another ente finds nothing', async () => {
    await withClient(db.url, async (client) => {
      for (const role of [ruoli.app, ruoli.jobs, ruoli.sportello]) {
        for (const table of ['app.indice_ricerca', 'app.parola_ricerca']) {
          await client.query('begin')
          await client.query(`set local role ${role}`)
          await expect(client.query(`select 1 from ${table}`)).rejects.toMatchObject({ code: '42501' })
          await client.query('rollback')
        }
      }
      await client.query('begin')
      await client.query(`set local role ${ruoli.app}`)
      await expect(
        client.query(`select * from app.cerca_registrazioni('{mulini}'::tsquery[], null, 10, false, null)`),
      ).rejects.toMatchObject({
        code: expect.stringMatching(/^(42704|22P02)$/u),
      })
      await client.query('rollback')
    })
    const away = openScope(db.orm, altro.ente, sistema)
    expect(await query(away, `select * from app.cerca_registrazioni('{mulini}'::tsquery[], null, 10, false, null)`)).toEqual([])
    expect(
      await query(away, `select * from app.cerca_registrazioni('{}'::tsquery[], null, 10, false, $1::uuid[])`, [[ids['mulini']]]),
    ).toEqual([])
    const whose = [[e.uffici.edilizia, e.uffici.scuola, e.uffici.protocollo]]
    expect(await query(away, `select * from app.cerca_registrazioni('{mulini}'::tsquery[], $1::uuid[], 10, false, null)`, whose)).toEqual(
      [],
    )
    expect(await query(away, `select app.parole_con('mulin', 5)`)).toEqual([])
    expect(await query(away, `select app.parole_simili('mulinii', 5)`)).toEqual([])
  })

  it('REQ-PROT-142 REQ-PROT-061 walking back through what reaches a person proposes what the words of the index say reaches him, and nothing else', async () => {
    const chi = [e.uffici.edilizia, e.uffici.scuola, e.uffici.protocollo]
    let met = 0
    for (const office of [...chi.map((c) => [c]), chi, []]) {
      const tokens = office.map((c) => `zzc${c.replaceAll('-', '')}`).join(' | ')
      for (const words of [[], ['mulini'], ["'rich':*"], ['!mulini'], ['mulini | zzte'], ['mulini', 'zzte', '!zzti'], ['zz0']]) {
        const rows = async (parti: string[], chi: string[] | null, tetto: number): Promise<{ id: string; completo: boolean }[]> =>
          await query(
            rgd,
            `select registrazione as id, completo from app.cerca_registrazioni($1::text[]::tsquery[], $2::uuid[], ${tetto}, true, null) order by 1`,
            [parti, chi],
          )
        const walked = await rows(words, office, 4000)
        const reached = tokens === '' ? 'zz0' : tokens
        // Beyond a hundred thousand candidates nothing is walked: the index of the words answers.
        for (const [parti, people, tetto] of [
          [words, office, 200_000],
          [[...words, reached], null, 4000],
          [[...words, reached], null, 200_000],
        ] as const) {
          expect({ words, office, walked }).toEqual({
            words,
            office,
            walked: await rows([...parti], people === null ? null : [...people], tetto),
          })
        }
        met += walked.length
      }
    }
    expect(met).toBeGreaterThan(10)
  })
})
