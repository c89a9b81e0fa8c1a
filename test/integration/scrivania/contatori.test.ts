import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { buildOrdinaria } from '../../../server/demo/posta/index.ts'
import { permessiDi } from '../../../server/enti/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Profilo, Scope } from '../../../server/kernel/scope.ts'
import { ingestCasella } from '../../../server/pec/index.ts'
import { visteMessaggi } from '../../../server/pec/rules.ts'
import { excludeMessaggio, passMessaggio } from '../../../server/pec/service/decide.ts'
import { readCoda, readConteggi } from '../../../server/pec/service/queue.ts'
import { assignRegistrazione, markVista, refuseAssegnazione, takeInCarico } from '../../../server/protocollo/service/assign.ts'
import { countAssegnazioni, listAssegnazioni } from '../../../server/protocollo/service/worklist.ts'
import { visteAssegnazioni } from '../../../server/protocollo/schema/lavoro.ts'
import { listPratiche } from '../../../server/pratiche/index.ts'
import { filtriPratiche } from '../../../server/pratiche/schema.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { readScrivania } from '../../../server/scrivania/service.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, createRegistrazione } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { buildPorts, createCasella, gestoreDiProva, messaggio } from '../pec/posta.ts'

let db: TestDatabase

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
})
afterAll(async () => await db.close())

const OFFICES = ['protocollo', 'edilizia', 'scuola'] as const
/** What happens to one document after its registration. */
const documento = fc.record({
  ufficio: fc.constantFrom(...OFFICES),
  riservato: fc.boolean(),
  conoscenza: fc.option(fc.constantFrom(...OFFICES)),
  passo: fc.constantFrom('niente', 'preso', 'rifiutato', 'riassegnato' as const),
  visto: fc.boolean(),
})
type Documento = typeof documento extends fc.Arbitrary<infer T> ? T : never
const messaggi = fc.array(fc.constantFrom('attesa', 'scartato', 'passato' as const), { maxLength: 4 })
const PEOPLE: readonly (readonly [Profilo, (typeof OFFICES)[number] | null])[] = [
  ['responsabileGestioneDocumentale', null],
  ['operatoreProtocollo', 'protocollo'],
  ['responsabileUor', 'edilizia'],
  ['addettoUor', 'edilizia'],
  ['responsabileUor', 'scuola'],
  ['addettoUor', 'scuola'],
  ['consultazione', 'edilizia'],
  ['auditor', null],
]

interface Mondo {
  e: EnteDiProva
  rgd: Scope
  lidia: Scope
  people: Scope[]
}

async function build(documenti: readonly Documento[], arrivi: readonly string[]): Promise<Mondo> {
  const e = await createEnte(db.orm)
  const people: Scope[] = []
  for (const [profilo, ufficio] of PEOPLE) {
    const { scope } = await createOperatore(db.orm, e, profilo, ufficio === null ? null : e.uffici[ufficio], profilo)
    people.push({ ...scope, attore: { ...scope.attore, permessi: permessiDi([profilo]) } })
  }
  const [rgd, lidia] = people as [Scope, Scope]
  for (const d of documenti) await live(e, rgd, lidia, d)
  const ports = buildPorts(await gestoreDiProva())
  const casellaId = await createCasella(db, e)
  for (const _ of arrivi) ports.box.deliver(buildOrdinaria(newId(), await messaggio({ oggetto: `Avviso ${newId()}`, allegati: [] })))
  await ingestCasella(lidia, casellaId, ports)
  const ids = await query<{ id: string }>(lidia, 'select id from messaggio where ente_id = $1', [e.ente.id])
  for (const [i, { id }] of ids.entries()) {
    if (arrivi[i] === 'scartato') await excludeMessaggio(lidia, id, { voce: 'riviste', nota: '' })
    if (arrivi[i] === 'passato') await passMessaggio(lidia, id, { operatoreId: rgd.attore.id, nota: '' })
  }
  return { e, rgd, lidia, people }
}

async function live(e: EnteDiProva, rgd: Scope, lidia: Scope, d: Documento): Promise<void> {
  const id = await createRegistrazione(d.riservato ? rgd : lidia, e, undefined, {
    assegnazione: { ufficioId: e.uffici[d.ufficio] },
    riservatezza: d.riservato ? 'RISERVATO' : 'ORDINARIO',
  })
  if (d.conoscenza !== null && d.conoscenza !== d.ufficio) {
    await assignRegistrazione(rgd, id, { ufficioId: e.uffici[d.conoscenza], tipo: 'conoscenza', nota: '' })
  }
  const open = async (tipo: string) =>
    (
      await query<{ id: string }>(
        rgd,
        'select id from assegnazione where ente_id = $1 and registrazione_id = $2 and tipo = $3 and al is null',
        [e.ente.id, id, tipo],
      )
    )[0]?.id
  const [competenza, conoscenza] = [await open('competenza'), await open('conoscenza')]
  if (d.passo === 'preso') await takeInCarico(rgd, competenza ?? '')
  if (d.passo === 'rifiutato') await refuseAssegnazione(rgd, competenza ?? '', { motivo: 'incompleto', nota: '' })
  if (d.passo === 'riassegnato') await assignRegistrazione(rgd, id, { ufficioId: e.uffici.scuola, tipo: 'competenza', nota: '' })
  if (d.visto && conoscenza !== undefined) await markVista(rgd, conoscenza)
}

/** Everything a person is shown as a number, beside the length of the list it opens. */
async function compare(s: Scope): Promise<[string, number | null, number][]> {
  const may = (permesso: string): boolean => s.attore.permessi.has(permesso)
  const out: [string, number | null, number][] = []
  const desk = may('scrivania.leggi') ? (await readScrivania(s)).contatori : null
  if (may('assegnazioni.leggi')) {
    const counts = await countAssegnazioni(s)
    for (const vista of visteAssegnazioni) {
      const list = await listAssegnazioni(s, vista, 1, 200)
      out.push([`scheda ${vista}`, counts[vista], list.elementi.length], [`totale ${vista}`, list.totale, list.elementi.length])
    }
    const length = async (vista: (typeof visteAssegnazioni)[number]) => (await listAssegnazioni(s, vista, 1, 200)).elementi.length
    out.push(
      ['da prendere', desk?.daPrendereInCarico ?? null, await length('da-prendere-in-carico')],
      ['in carico', desk?.inCarico ?? null, await length('in-carico')],
      ['non fascicolati', desk?.nonFascicolati ?? null, await length('non-fascicolate')],
      ['per conoscenza', desk?.perConoscenza ?? null, await length('per-conoscenza')],
      ['rifiutate', desk?.rifiutate ?? null, await length('rifiutate')],
    )
  }
  if (may('pratiche.leggi')) {
    const length = async (situazione: 'scaduta' | 'oggi' | 'in scadenza') =>
      (await listPratiche(s, filtriPratiche.parse({ situazione, perPagina: 200 }))).elementi.length
    out.push(
      ['termini scaduti', desk?.praticheScadute ?? null, await length('scaduta')],
      ['termini di oggi', desk?.praticheOggi ?? null, await length('oggi')],
      ['termini vicini', desk?.praticheInScadenza ?? null, await length('in scadenza')],
    )
  }
  if (may('messaggi.leggi')) {
    const counts = await readConteggi(s)
    for (const vista of visteMessaggi) {
      const list = await readCoda(s, vista, 1, 200)
      out.push([`coda ${vista}`, counts[vista], list.elementi.length], [`totale ${vista}`, list.totale, list.elementi.length])
    }
    const length = async (vista: (typeof visteMessaggi)[number]) => (await readCoda(s, vista, 1, 200)).elementi.length
    out.push(
      ['da protocollare', desk?.daProtocollare ?? null, await length('tutti')],
      ['in ritardo', desk?.inRitardo ?? null, await length('in-ritardo')],
      ['passati a me', desk?.passatiAMe ?? null, await length('per-me')],
      ['quarantena', desk?.quarantena ?? null, await length('quarantena')],
    )
  }
  return out
}

describe('every number equals the list it opens', () => {
  it('REQ-PROT-141 in random worlds, riservati included, for every profile: desk, tabs and totals', async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(fc.array(documento, { minLength: 3, maxLength: 7 }), messaggi, async (documenti, arrivi) => {
        const { people } = await build(documenti, arrivi)
        for (const person of people) {
          for (const [nome, contatore, lunghezza] of await compare(person)) {
            expect({ chi: person.attore.profili, nome, contatore }).toEqual({ chi: person.attore.profili, nome, contatore: lunghezza })
            seen += lunghezza
          }
        }
      }),
      { numRuns: 6 },
    )
    // Worlds where nothing ever happens would prove nothing.
    expect(seen).toBeGreaterThan(50)
  })

  it('REQ-PROT-062 a riservato of the office is not among the work of who may not read it, and is among that of its head', async () => {
    const d: Documento = { ufficio: 'edilizia', riservato: true, conoscenza: null, passo: 'niente', visto: false }
    const { people } = await build([d], [])
    const counts = async (i: number) => (await countAssegnazioni(people[i] as Scope))['da-prendere-in-carico']
    expect([await counts(2), await counts(3)]).toEqual([1, 0])
    const [a] = await query<{ id: string }>(people[0] as Scope, 'select id from assegnazione where ente_id = $1', [
      (people[0] as Scope).ente.id,
    ])
    await expect(takeInCarico(people[3] as Scope, a?.id ?? '')).rejects.toMatchObject({ codice: 'assegnazione-assente' })
  })
})
