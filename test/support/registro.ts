import { stampatricePdf } from '../../server/adapters/stampa-pdf/index.ts'
import { createSigilloXades, generateTestCertificate } from '../../server/adapters/sigillo-xades/index.ts'
import { withClient } from '../../server/kernel/db/connect.ts'
import { newId } from '../../server/kernel/ids.ts'
import { inTransaction, insertRows, query } from '../../server/kernel/scope.ts'
import type { Scope } from '../../server/kernel/scope.ts'
import { lockRegistro } from '../../server/protocollo/index.ts'
import { wireReactions } from '../../server/reactions.ts'
import { produceDovuti } from '../../server/registro/service/run.ts'
import type { PorteRegistro } from '../../server/registro/service/produce.ts'
import type { ObjectStore } from '../../storage/index.ts'
import { createMemoryStore } from '../../storage/memory.ts'
import { createDatabase, openScope, ruoli } from './database.ts'
import type { TestDatabase } from './database.ts'
import { createEnte, createOperatore, createRegistrazione, readAll, sistema } from './factories.ts'
import type { EnteDiProva } from './factories.ts'

/** An ente whose legal clock the test moves, with the people and the ports of daily registers. */
export interface MondoRegistro {
  readonly db: TestDatabase
  readonly e: EnteDiProva
  readonly store: ObjectStore
  readonly ports: PorteRegistro
  readonly protocollo: Scope
  readonly rgd: Scope
  /** As the worker runs. */
  readonly lavori: Scope
  /** Moves the database's legal clock; ISO instant. */
  ora(istante: string): Promise<void>
  registra(istante: string, changes?: Parameters<typeof createRegistrazione>[3]): Promise<string>
  produci(istante: string): Promise<boolean>
  close(): Promise<void>
}

export async function createMondoRegistro(): Promise<MondoRegistro> {
  wireReactions()
  const db = await createDatabase()
  const e = await createEnte(db.orm)
  const store = createMemoryStore()
  const sigillo = await createSigilloXades(
    await generateTestCertificate({ organizzazione: 'PROVA', identificativo: 'VATIT-00999000001', dal: new Date(Date.now() - 86_400_000) }),
  )
  const ports = { store, sigillo, stampa: stampatricePdf }
  await moveClock(db, null)
  const ora = async (istante: string): Promise<void> => await moveClock(db, istante)
  const protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  const lavori = openScope(db.orm, e.ente, sistema, ruoli.jobs)
  return {
    db,
    e,
    store,
    ports,
    protocollo,
    rgd: (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', e.uffici.protocollo, 'Renata')).scope,
    lavori,
    ora,
    registra: async (istante, changes) => {
      await ora(istante)
      return await createRegistrazione(protocollo, e, store, changes)
    },
    produci: async (istante) => {
      await ora(istante)
      return await produceDovuti(lavori, ports)
    },
    close: async () => await db.close(),
  }
}

async function moveClock(db: TestDatabase, istante: string | null): Promise<void> {
  await withClient(db.ownerUrl, async (client) => {
    if (istante === null) {
      await client.query('create table orologio_prova (ora timestamptz not null)')
      await client.query(`grant select on orologio_prova to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.sportello}`)
      await client.query('insert into orologio_prova values (clock_timestamp())')
      await client.query(
        `create or replace function app.istante() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp as 'select ora from public.orologio_prova'`,
      )
    } else await client.query('update orologio_prova set ora = $1', [istante])
  })
}

/** The rows an authorised act leaves (request and decision), at an instant of the legal clock. */
export async function autorizza(
  m: MondoRegistro,
  istante: string,
  registrazioneId: string,
  atto: { annullamento: true } | { campo: string; prima: string; dopo: string },
): Promise<void> {
  await m.ora(istante)
  await inTransaction(m.rgd, async (tx) => {
    await lockRegistro(tx, m.e.registroId)
    const id = newId()
    const richiesta = {
      id,
      registrazione_id: registrazioneId,
      motivo: 'Errore di prova',
      richiesto_il: istante,
      richiedente_id: 'x',
      richiedente_nome: 'Pino Prova',
    }
    if ('annullamento' in atto) await insertRows(tx, 'annullamento', [richiesta])
    else
      await insertRows(tx, 'rettifica', [
        { ...richiesta, campo: atto.campo, posizione: 1, valore_annullato: atto.prima, valore_corretto: atto.dopo, dati: null },
      ])
    await insertRows(tx, 'decisione_atto', [
      {
        id,
        registrazione_id: registrazioneId,
        atto: 'annullamento' in atto ? 'annullamento' : 'rettifica',
        esito: 'AUTORIZZATO',
        provvedimento_numero: '17',
        provvedimento_data: istante.slice(0, 10),
        motivo: '',
        conferma_destinatario: false,
        deciso_il: istante,
        decisore_id: tx.attore.id,
        decisore_nome: tx.attore.nome,
      },
    ])
  })
}

/** The daily registers of the ente, in order. */
export async function registriOf(m: MondoRegistro): Promise<RegistroProdotto[]> {
  return await query<RegistroProdotto>(
    m.lavori,
    `select r.id, r.tipo, to_char(r.giorno, 'YYYY-MM-DD') as giorno, r.progressivo, r.versione, r.identificativo, r.numero_primo as primo, r.numero_ultimo as ultimo,
            r.registrazioni, r.annullamenti, r.modifiche, r.riservate, r.impronta, r.impronta_precedente as precedente, to_char(r.scadenza, 'YYYY-MM-DD') as scadenza,
            r.prima_versione_id as "primaVersioneId", r.motivo, concat_ws(' ', r.responsabile_nome, r.responsabile_cognome, r.responsabile_codice_fiscale) as responsabile, r.prodotto_il as "prodottoIl",
            (select json_object_agg(k.parte, json_build_object('sha256', c.sha256, 'nome', c.nome)) from contenuto c
               join (values ('giorno', r.giorno_contenuto_id), ('righe', r.righe_contenuto_id), ('xml', r.xml_contenuto_id), ('pdf', r.pdf_contenuto_id)) k (parte, id) on k.id = c.id
              where c.ente_id = r.ente_id) as file
       from registro_giornaliero r where r.ente_id = $1 order by r.giorno, r.tipo desc, r.versione`,
    [m.e.ente.id],
  )
}

export interface RegistroProdotto {
  id: string
  tipo: string
  giorno: string
  progressivo: number
  versione: number
  identificativo: string
  primo: number | null
  ultimo: number | null
  registrazioni: number
  annullamenti: number
  modifiche: number
  riservate: number
  impronta: string
  precedente: string
  scadenza: string
  primaVersioneId: string | null
  motivo: string
  responsabile: string
  prodottoIl: Date
  file: Record<'giorno' | 'righe' | 'xml' | 'pdf', { sha256: string; nome: string }>
}

/** The bytes of a part of a register. */
export async function fileOf(m: MondoRegistro, r: RegistroProdotto, parte: keyof RegistroProdotto['file']): Promise<Buffer> {
  return await readAll(await m.store.open(m.e.ente.id, r.file[parte].sha256))
}
