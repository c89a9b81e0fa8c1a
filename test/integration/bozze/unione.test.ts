import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { createBozza, saveBozza } from '../../../server/bozze/service/draft.ts'
import { saveModello } from '../../../server/bozze/service/modelli.ts'
import { runUnione } from '../../../server/bozze/service/lettere.ts'
import { checkUnione, readUnione, startUnione, stopUnione } from '../../../server/bozze/service/unione.ts'
import { nuovoModello } from '../../../server/bozze/schema.ts'
import type { BozzaDto } from '../../../server/bozze/schema.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { openJobScope } from '../../../server/kernel/jobs/worker.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, log, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, store } from '../../support/fascicoli.ts'

const ports = { store, stampa: stampatricePdf } as unknown as Ports

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let jobs: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  jobs = await openJobScope({ orm: db.orm, ruoli, log }, e.ente.id, 'prova')
})
afterAll(async () => await db.close())

interface Scritta {
  numero: number
  oggetto: string
  operatoreNome: string
  destinatario: string
  fascicolata: boolean
}
const written = async (): Promise<Scritta[]> =>
  await query<Scritta>(
    capo,
    `select r.numero, r.oggetto, r.operatore_nome as "operatoreNome", s.denominazione as destinatario,
            exists (select 1 from fascicolo_documento fd where fd.ente_id = r.ente_id and fd.documento_id = r.documento_id) as fascicolata
       from registrazione r join soggetto s on s.ente_id = r.ente_id and s.registrazione_id = r.id and s.ruolo = 'destinatario' where r.ente_id = $1 order by r.numero`,
    [e.ente.id],
  )

async function letter(): Promise<BozzaDto> {
  const modello = await saveModello(
    capo,
    nuovoModello.parse({
      nome: `Convocazione ${newId()}`,
      formato: 'HTML',
      richiedeFirma: false,
      corpo: '<p>A {{destinatario}}: si presenti alle {{riga.ora}}.</p>',
    }),
    store,
  )
  const dati = { oggetto: 'Convocazione delle {{riga.ora}}', voceId: e.voci.get('VI/3') ?? '', mezzo: 'POSTA' as const }
  return await createBozza(capo, { tipo: 'U', modelloId: modello.id, fascicoloId: await apri(capo, e), dati }, newId())
}
const ELENCO = 'denominazione;ora\nPonteggi Aurora;9\nPro Loco;10\nBanda Musicale;11\n'

describe('a letter to many', () => {
  it('the check tells every wrong row and writes nothing; one wrong row stops all', async () => {
    const b = await letter()
    const check = await checkUnione(capo, b.id, 'denominazione;ora;colore\nPonteggi Aurora;;blu\n;10;\nPro Loco;11;\n')
    expect([check.valide, check.errate, check.colonneNonUsate]).toEqual([1, 2, ['colore']])
    expect(check.righe[0]?.errori[0]?.messaggio).toBe('Manca il valore di riga.ora.')
    await expect(startUnione(capo, b.id, 'denominazione;ora\nPonteggi;\n', newId())).rejects.toMatchObject({ codice: 'unione-errata' })
    expect(await written()).toEqual([])
  })

  it('REQ-PROT-015 one registration and one number for each, in the name of who confirmed, as the letter was then; run again it gives no other', async () => {
    const b = await letter()
    const key = newId()
    const unione = await startUnione(capo, b.id, ELENCO, key)
    expect((await startUnione(capo, b.id, ELENCO, key)).id).toBe(unione.id)
    await saveBozza(capo, b.id, { versione: b.versione, dati: { ...b.dati, oggetto: 'Cambiato dopo' }, corpo: '<p>Altro</p>' })
    await runUnione(jobs, unione.id, ports)
    await runUnione(jobs, unione.id, ports)
    expect(await written()).toEqual(
      ['9', '10', '11'].map((ora, i) => ({
        numero: i + 1,
        oggetto: `Convocazione delle ${ora}`,
        operatoreNome: capo.attore.nome,
        destinatario: ['Ponteggi Aurora', 'Pro Loco', 'Banda Musicale'][i],
        fascicolata: true,
      })),
    )
    const done = await readUnione(capo, unione.id)
    expect(done).toMatchObject({ stato: 'CONCLUSA', totale: 3, fatte: 3, rifiutate: 0 })
    expect(done.righe.map((riga) => riga.etichetta?.slice(0, 7))).toEqual(['0000001', '0000002', '0000003'])
  })

  it('REQ-PROT-037 stopped by a crash between two rows it goes on from there, and gives each row one number', async () => {
    const b = await letter()
    const unione = await startUnione(capo, b.id, ELENCO, newId())
    const before = (await written()).length
    let prints = 0
    const crashing = {
      ...ports,
      stampa: {
        ...stampatricePdf,
        print: async (stampa: Parameters<typeof stampatricePdf.print>[0]) => {
          if (++prints > 1) throw new Error('caduta')
          return await stampatricePdf.print(stampa)
        },
      },
    } as unknown as Ports
    await expect(runUnione(jobs, unione.id, crashing)).rejects.toThrow('caduta')
    expect(await readUnione(capo, unione.id)).toMatchObject({ stato: 'IN_CORSO', fatte: 1 })
    await Promise.all([runUnione(jobs, unione.id, ports), runUnione(jobs, unione.id, ports)])
    expect((await written()).length).toBe(before + 3)
    expect(await readUnione(capo, unione.id)).toMatchObject({ stato: 'CONCLUSA', fatte: 3 })
  })

  it('stopped by a person, what has a number keeps it and the rest stays undone', async () => {
    const unione = await startUnione(capo, (await letter()).id, ELENCO, newId())
    const before = (await written()).length
    expect((await stopUnione(capo, unione.id)).stato).toBe('INTERROTTA')
    await runUnione(jobs, unione.id, ports)
    expect((await written()).length).toBe(before)
  })
})
