import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createMemoryStore } from '../../../storage/memory.ts'
import { partitaIvaControllo } from '../../../metadata-schemas/codici/index.ts'
import { codiceFiscaleInventato } from '../../../server/demo/codice-fiscale.ts'
import { newId } from '../../../server/kernel/ids.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { presentById, registerInArrivo } from '../../../server/protocollo/index.ts'
import type { NuovaRegistrazioneEntrata } from '../../../server/protocollo/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildNuova, buildPdf, createEnte, createOperatore, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

const CODICE_FISCALE = codiceFiscaleInventato({ nome: 'Ortensia', cognome: 'Ventaglio', nascita: '1974-05-10', sesso: 'F' })
const PARTITA_IVA = `0099900000${partitaIvaControllo('0099900000')}`

let db: TestDatabase
let e: EnteDiProva
let clerk: Scope
let collega: string
const store = createMemoryStore()

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  clerk = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
  collega = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia)).attore.id
})
afterAll(async () => await db.close())

async function register(changes: Partial<NuovaRegistrazioneEntrata>, allegati: readonly string[] = []) {
  const contenutoId = await stage(clerk, store, await buildPdf(newId()), 'istanza.pdf')
  const altri = await Promise.all(
    allegati.map(async (nome) => ({
      contenutoId: await stage(clerk, store, await buildPdf(nome), nome),
      nome,
      descrizione: ' con spazi ',
    })),
  )
  return await registerInArrivo(clerk, buildNuova(e, contenutoId, { ...changes, allegati: altri }), newId())
}

describe('the answer to a registration', () => {
  it.each([
    ['a person', {}, []],
    [
      'several correspondents, each with everything',
      {
        mittenti: [
          {
            tipo: 'PF',
            nome: 'Ortensia',
            cognome: 'Ventaglio',
            codiceFiscale: CODICE_FISCALE.toLowerCase(),
            indirizzoDigitale: 'Ortensia@Posta.Example',
          },
          { tipo: 'PG', denominazione: 'Molino Finto srl', codiceFiscalePartitaIva: PARTITA_IVA, indirizzoDigitale: '' },
          { tipo: 'PAI', denominazione: 'Comune di Borgofinto', codiceIpa: 'c_x902', codiceAoo: 'AX90200', denominazioneAoo: 'Area unica' },
          { tipo: 'PAE', denominazione: 'Gemeinde Erfunden', indirizzoDigitale: 'post@erfunden.example' },
        ],
      },
      [],
    ],
    [
      'attachments, copies to other offices, a reserved document with the sender’s own protocol',
      {
        riservatezza: 'DATI_PARTICOLARI',
        dataDocumento: '2026-01-02',
        protocolloMittente: { numero: '77/A', data: '2026-01-03' },
        note: 'Arrivata a mano.',
        mezzo: 'A_MANO',
      },
      ['uno.pdf', 'due.pdf'],
    ],
  ] as const)('is what reading it answers: %s', async (_, changes, allegati) => {
    const perConoscenza = allegati.length === 0 ? [] : [e.uffici.scuola, e.uffici.protocollo]
    const { id, present } = await register({ ...(changes as unknown as Partial<NuovaRegistrazioneEntrata>), perConoscenza }, allegati)
    const dto = present()
    expect(dto).not.toBeNull()
    expect(dto).toEqual(await presentById(clerk, id))
  })

  it('is read from the database when it names a person, and when the key had already been used', async () => {
    const named = await register({ assegnazione: { ufficioId: e.uffici.edilizia, operatoreId: collega } })
    expect(named.present()).toBeNull()
    expect((await presentById(clerk, named.id)).assegnazioni[0]?.operatore?.nome).toContain('Persona')

    const contenutoId = await stage(clerk, store, await buildPdf(), 'istanza.pdf')
    const chiave = newId()
    const nuova = buildNuova(e, contenutoId)
    const first = await registerInArrivo(clerk, nuova, chiave)
    const again = await registerInArrivo(clerk, nuova, chiave)
    expect(again).toMatchObject({ id: first.id, ripetuta: true })
    expect(again.present()).toBeNull()
  })
})
