import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { changeArea, changeVisibilita, fileDocumento, presentFascicoloById, readFascicolo } from '../../../server/fascicoli/index.ts'
import { recordFact } from '../../../server/kernel/audit.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Attore, Scope } from '../../../server/kernel/scope.ts'
import { openDocumentoFile } from '../../../server/protocollo/service/read.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { writeRettifica } from '../../support/atti.ts'
import { apri, flavio, ortensia, registra, store } from '../../support/fascicoli.ts'

/** What any citizen may read of an ente: its directory, nothing of anybody. */
const DIRECTORY = ['aoo', 'ente', 'registro', 'titolario_versione', 'ufficio', 'voce_titolario']

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let protocollo: Scope
let tables: string[]

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  tables = await withClient(db.ownerUrl, async (client) => {
    const sql = `select distinct table_name as t from information_schema.column_privileges where grantee = $1 and privilege_type = 'SELECT' order by 1`
    return (await client.query<{ t: string }>(sql, [ruoli.sportello])).rows.map((r) => r.t)
  })
})
afterAll(async () => await db.close())

/** The database as a citizen meets it: his role, his fiscal code, nothing else. */
function cittadino(codiceFiscale: string | undefined, ente = e): Scope {
  const attore: Attore = {
    tipo: 'cittadino',
    id: codiceFiscale ?? '',
    nome: 'Cittadino',
    ...(codiceFiscale === undefined ? {} : { codiceFiscale }),
    profili: [],
    uffici: [],
    permessi: new Set(['sportello.leggi']),
  }
  return openScope(db.orm, ente.ente, attore, ruoli.sportello)
}

/** Rows of every table the citizen's role may select, without the directory. */
async function countPersonal(scope: Scope): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const table of tables.filter((t) => !DIRECTORY.includes(t))) {
    found[table] = (await queryOne<{ n: number }>(scope, `select count(*)::int as n from ${table}`))?.n ?? -1
  }
  return found
}

const nothing = (counts: Record<string, number>): Record<string, number> => Object.fromEntries(Object.keys(counts).map((t) => [t, 0]))

/** A visible fascicolo of Ortensia with a common and a reserved document, both read by the office. */
async function prepara(): Promise<{ id: string; comune: string; riservato: string }> {
  const comune = await registra(protocollo, e)
  await writeRettifica(protocollo, comune.id, 'Oggetto sbagliato', 'Oggetto giusto')
  const riservato = await registra(protocollo, e, {
    mittenti: [{ tipo: 'PG', denominazione: 'Studio Geometrico srl' }],
    oggetto: 'Relazione di terzi',
  })
  const procedimento = { materia: 'Edilizia', denominazione: 'Accesso agli atti' }
  const id = await apri(capo, e, { documentoId: comune.documentoId, tipo: 'procedimento amministrativo', procedimento })
  await fileDocumento(capo, id, { documentoId: riservato.documentoId, area: 'riservata', motivo: 'Dati di terzi' })
  const f = await readFascicolo(capo, id)
  for (const d of f.documenti) await openDocumentoFile(capo, d.documentoId, d.principale?.id ?? '', store)
  return { id, comune: comune.documentoId, riservato: riservato.documentoId }
}

describe('the fence of the citizen, in the database', () => {
  it('covers exactly the tables it is meant to', () => {
    expect(tables).toEqual(
      [
        ...DIRECTORY,
        'assegnazione',
        'contenuto',
        'decisione_atto',
        'documento',
        'documento_file',
        'evento_audit',
        'fascicolo',
        'fascicolo_documento',
        'fascicolo_soggetto',
        'fase',
        'operatore',
        'registrazione',
        'rettifica',
        'soggetto',
      ].toSorted(),
    )
  })

  it('REQ-PROT-145 the person concerned meets his own fascicolo, anybody else not one row in any table', async () => {
    await prepara()
    const hers = await countPersonal(cittadino(ortensia.codiceFiscale))
    expect(Object.entries(hers).filter(([, n]) => n === 0)).toEqual([])
    const others = await countPersonal(cittadino(flavio.codiceFiscale))
    expect(others).toEqual(nothing(others))
    expect(Object.keys(others).length).toBeGreaterThan(10)
  })

  it('REQ-PROT-145 without an identity there is not one row', async () => {
    for (const cf of [undefined, '']) {
      const counts = await countPersonal(cittadino(cf))
      expect(counts).toEqual(nothing(counts))
    }
  })

  it('REQ-FASC-013 a document of the reserved area is not in the list, nor its registration, files, contents or reads', async () => {
    const { id, comune, riservato } = await prepara()
    const her = cittadino(ortensia.codiceFiscale)
    const seen = await query<{ d: string }>(her, 'select documento_id as d from fascicolo_documento where fascicolo_id = $1', [id])
    expect(seen.map((r) => r.d)).toEqual([comune])
    for (const table of [
      'documento where id',
      'documento_file where documento_id',
      'registrazione where documento_id',
      'evento_audit where documento_id',
      'assegnazione where documento_id',
    ]) {
      expect(await query(her, `select 1 from ${table} = $1`, [riservato])).toEqual([])
      expect((await query(her, `select 1 from ${table} = $1`, [comune])).length).toBeGreaterThan(0)
    }
    const content = await queryOne<{ c: string }>(
      capo,
      'select contenuto_id as c from documento_file where ente_id = $1 and documento_id = $2',
      [e.ente.id, riservato],
    )
    expect(await query(her, 'select 1 from contenuto where id = $1', [content?.c])).toEqual([])
    await changeArea(capo, id, comune, { area: 'riservata', motivo: 'Prova' })
    expect(await query(her, 'select 1 from documento where id = any($1::uuid[])', [[comune, riservato]])).toEqual([])
  })

  it('REQ-FASC-021 nothing of a fascicolo that the ente did not open to the citizen, everything again when it does', async () => {
    const ente = await createEnte(db.orm)
    const head = (await createOperatore(db.orm, ente, 'responsabileUor', ente.uffici.edilizia)).scope
    const desk = (await createOperatore(db.orm, ente, 'operatoreProtocollo', ente.uffici.protocollo)).scope
    const r = await registra(desk, ente)
    await writeRettifica(desk, r.id, 'Oggetto sbagliato', 'Oggetto giusto')
    const procedimento = { materia: 'Edilizia', denominazione: 'Accesso agli atti' }
    const id = await apri(head, ente, {
      documentoId: r.documentoId,
      visibileCittadino: false,
      tipo: 'procedimento amministrativo',
      procedimento,
    })
    const f = await readFascicolo(head, id)
    await openDocumentoFile(head, r.documentoId, f.documenti[0]?.principale?.id ?? '', store)
    const her = cittadino(ortensia.codiceFiscale, ente)
    const closed = await countPersonal(her)
    expect(closed).toEqual(nothing(closed))
    await changeVisibilita(head, id, { visibileCittadino: true, motivo: 'Avvio del procedimento' })
    expect(Object.entries(await countPersonal(her)).filter(([, n]) => n === 0)).toEqual([])
    await changeVisibilita(head, id, { visibileCittadino: false, motivo: 'Prova' })
    expect(await countPersonal(her)).toEqual(closed)
  })

  it('a document filed in two fascicoli shows only the one that concerns the reader', async () => {
    const { comune } = await prepara()
    const other = await apri(capo, e, { voceId: e.voci.get('VI/5') ?? '', interessati: [flavio] })
    await fileDocumento(capo, other, { documentoId: comune, area: 'riservata', motivo: 'Di un’altra persona' })
    const his = cittadino(flavio.codiceFiscale)
    expect(await query(his, 'select id from fascicolo')).toEqual([{ id: other }])
    expect(await query(his, 'select 1 from documento')).toEqual([])
    expect(await query(cittadino(ortensia.codiceFiscale), 'select 1 from fascicolo where id = $1', [other])).toEqual([])
  })

  it('a participating administration gives nobody a right to read', async () => {
    const id = await apri(capo, e, {
      interessati: [],
      amministrazioniPartecipanti: [{ tipo: 'PAI', denominazione: 'Ente parco', codiceIpa: 'ep_x901' }],
    })
    await inTransaction(capo, async (tx) => {
      await insertRows(tx, 'fascicolo_soggetto', [
        {
          id: newId(),
          fascicolo_id: id,
          ruolo: 'amministrazione',
          posizione: 2,
          tipo: 'PAI',
          codice_fiscale: 'MSTGVN65C12X901Y',
          visibile: true,
        },
      ])
    })
    const counts = await countPersonal(cittadino('MSTGVN65C12X901Y'))
    expect(counts).toEqual(nothing(counts))
  })

  it.each([
    ['registrazione', 'note'],
    ['fascicolo', 'nota_chiusura'],
    ['operatore', 'codice_fiscale'],
    ['evento_audit', 'dati'],
    ['contenuto', 'caricato_da'],
  ])('the role cannot even name %s.%s', async (table, column) => {
    await expect(query(cittadino(ortensia.codiceFiscale), `select ${column} from ${table}`)).rejects.toThrow(/permission denied/u)
  })

  it('REQ-PROT-145 the role reads only: it can write nothing but its own reads in the trail', async () => {
    const { id, comune } = await prepara()
    const her = cittadino(ortensia.codiceFiscale)
    const refused = [
      'update fascicolo set visibile_cittadino = true',
      'delete from fascicolo_documento',
      `update fascicolo_documento set area = 'comune'`,
      'select 1 from messaggio',
      'select 1 from segnatura',
      'select 1 from sessione',
    ]
    for (const sql of refused) await expect(query(her, sql)).rejects.toThrow(/permission denied/u)
    await recordFact(her, { azione: 'fascicolo-letto', oggettoTipo: 'fascicolo', oggettoId: id, fascicoloId: id })
    const forged: Scope = { ...her, attore: { ...her.attore, id: flavio.codiceFiscale } }
    await expect(
      recordFact(forged, { azione: 'documento-letto', oggettoTipo: 'documento', oggettoId: comune, documentoId: comune }),
    ).rejects.toThrow(/row-level security/u)
  })

  it('never tells one interessato what another one opened', async () => {
    const r = await registra(protocollo, e, { mittenti: [ortensia, flavio] })
    const id = await apri(capo, e, { documentoId: r.documentoId })
    expect((await presentFascicoloById(capo, id)).interessati).toEqual([ortensia, flavio])
    await recordFact(cittadino(flavio.codiceFiscale), {
      azione: 'documento-letto',
      oggettoTipo: 'documento',
      oggettoId: r.documentoId,
      documentoId: r.documentoId,
    })
    const reads = async (cf: string) =>
      await query(cittadino(cf), `select attore_id from evento_audit where documento_id = $1 and attore_tipo = 'cittadino'`, [
        r.documentoId,
      ])
    expect(await reads(flavio.codiceFiscale)).toEqual([{ attore_id: flavio.codiceFiscale }])
    expect(await reads(ortensia.codiceFiscale)).toEqual([])
    expect(
      await query(cittadino(flavio.codiceFiscale), 'select codice_fiscale from soggetto where codice_fiscale = $1', [
        ortensia.codiceFiscale,
      ]),
    ).toEqual([])
  })
})
