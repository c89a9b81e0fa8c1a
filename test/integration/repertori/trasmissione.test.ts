import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createMemoryStore } from '../../../storage/memory.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { presentById, register } from '../../../server/protocollo/index.ts'
import type { NuovaRegistrazioneUscita } from '../../../server/protocollo/index.ts'
import { adoptPredefiniti, presentRigaById, registerRiga } from '../../../server/repertori/index.ts'
import { linkTrasmissione } from '../../../server/repertori/service/annul.ts'
import { listRepertori } from '../../../server/repertori/service/configure.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildPdf, createEnte, createOperatore, createRegistrazione, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let e: EnteDiProva
let lidia: Scope
let atto: { id: string; etichetta: string }
const store = createMemoryStore()

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  const rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  lidia = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Lidia')).scope
  await adoptPredefiniti(rgd)
  const repertorioId = (await listRepertori(rgd)).find((r) => r.codice === 'DET')?.id ?? ''
  atto = await registerRiga(
    lidia,
    repertorioId,
    {
      oggetto: 'Concessione del contributo',
      formatore: 'Settore servizi sociali',
      voceId: e.voci.get('VI/3') ?? '',
      dati: {},
      documento: { contenutoId: await staged('determina.pdf'), nome: 'determina.pdf', descrizione: '', formazione: 'file' },
      allegati: [],
      riservato: false,
      note: '',
    },
    newId(),
  )
})
afterAll(async () => await db.close())

async function staged(nome: string): Promise<string> {
  return await stage(lidia, store, await buildPdf(`${nome} ${newId()}`), nome)
}

async function uscita(changes: Partial<NuovaRegistrazioneUscita> = {}): Promise<string> {
  const input: NuovaRegistrazioneUscita = {
    tipo: 'U',
    oggetto: 'Comunicazione dell’esito',
    destinatari: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio' }],
    mezzo: 'POSTA',
    ufficioMittenteId: e.uffici.edilizia,
    voceId: e.voci.get('VI/3') ?? '',
    perConoscenza: [],
    documento: { contenutoId: await staged('lettera.pdf'), nome: 'lettera.pdf', descrizione: '', formazione: 'file' },
    allegati: [],
    tipologia: 'Comunicazione',
    riservatezza: 'ORDINARIO',
    note: '',
    collegamenti: [],
    ...changes,
  } as NuovaRegistrazioneUscita
  return (await register(lidia, input, newId())).id
}

describe('an act that leaves the body', () => {
  it('REQ-PROT-113 the letter that sends it is registered and names it; one that does not is refused', async () => {
    const silent = await uscita({ oggetto: 'Si trasmette l’atto in oggetto' })
    await expect(linkTrasmissione(lidia, atto.id, silent)).rejects.toMatchObject({ codice: 'trasmissione-senza-riferimento' })
    const lettera = await uscita({ oggetto: `Trasmissione di ${atto.etichetta}` })
    await linkTrasmissione(lidia, atto.id, lettera)
    const { etichetta } = await presentById(lidia, lettera)
    expect((await presentRigaById(lidia, atto.id)).trasmissioni).toMatchObject([{ registrazioneId: lettera, etichetta }])
  })
})

describe('received documents and final provvedimenti', () => {
  it('REQ-PROT-146 the final act of a received document is linked to it, and each shows the other', async () => {
    const istanza = await createRegistrazione(lidia, e, store)
    const provvedimento = await uscita({
      oggetto: 'Provvedimento finale sull’istanza',
      tipologia: 'Provvedimento',
      collegamenti: [{ registrazioneId: istanza, tipo: 'provvedimento' }],
    })
    const [da, a] = [await presentById(lidia, provvedimento), await presentById(lidia, istanza)]
    expect(da.collegamenti).toEqual([{ id: istanza, etichetta: a.etichetta, tipo: 'provvedimento', verso: 'uscente' }])
    expect(a.collegamenti).toEqual([{ id: provvedimento, etichetta: da.etichetta, tipo: 'provvedimento', verso: 'entrante' }])
    expect(da.numero).not.toBe(a.numero)
  })
})

describe('an outgoing riservato', () => {
  it('REQ-PROT-066 its segnatura says that it is; an ordinary one does not', async () => {
    const xmlOf = async (id: string): Promise<string> =>
      (await query<{ xml: string }>(lidia, 'select xml from segnatura where ente_id = $1 and registrazione_id = $2', [e.ente.id, id]))[0]
        ?.xml ?? ''
    expect(await xmlOf(await uscita({ riservatezza: 'RISERVATO' }))).toMatch(/<(?:\w+:)?Riservato[^>]*>true</u)
    expect(await xmlOf(await uscita())).not.toMatch(/Riservato[^>]*>true</u)
  })
})
