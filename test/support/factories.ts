import { Readable } from 'node:stream'
import type { MikroORM } from '@mikro-orm/postgresql'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { createMemoryStore } from '../../storage/memory.ts'
import type { ObjectStore } from '../../storage/index.ts'
import { readTitolarioComuni } from '../../titolario/index.ts'
import { insertContenuti, storeBuffer } from '../../server/documenti/index.ts'
import { newId } from '../../server/kernel/ids.ts'
import { inTransaction, insertRows, query } from '../../server/kernel/scope.ts'
import type { Attore, EnteRef, Profilo, Scope } from '../../server/kernel/scope.ts'
import { codiceFiscaleInventato } from '../../server/demo/codice-fiscale.ts'
import { registerInArrivo } from '../../server/protocollo/index.ts'
import type { NuovaRegistrazioneEntrata, NuovaRegistrazioneInterna, NuovaRegistrazioneUscita } from '../../server/protocollo/index.ts'
import { adoptTitolarioWithin } from '../../server/titolario/index.ts'
import { log, openScope, ruoli } from './database.ts'

/** An ente ready to register: AOO, offices, general register, titolario in force. */
export interface EnteDiProva {
  readonly ente: EnteRef
  readonly aooId: string
  readonly registroId: string
  readonly uffici: Readonly<Record<'protocollo' | 'edilizia' | 'scuola', string>>
  /** Voice ids by code. */
  readonly voci: ReadonlyMap<string, string>
}

let serial = 0

/** Creates an ente with invented data. `slug` and codes are unique in the database of the test. */
export async function createEnte(orm: MikroORM, options: { slug?: string; denominazione?: string } = {}): Promise<EnteDiProva> {
  serial++
  const slug = options.slug ?? `prova${serial}`
  const ente: EnteRef = {
    id: newId(),
    slug,
    denominazione: options.denominazione ?? `Comune di Prova ${serial}`,
    codiceIpa: `c_x${String(900 + serial)}`,
    codiceFiscale: `0099900${String(serial).padStart(4, '0')}`,
  }
  const scope = openScope(orm, ente, sistema)
  const [aooId, registroId, protocollo, edilizia, scuola] = [newId(), newId(), newId(), newId(), newId()] as [
    string,
    string,
    string,
    string,
    string,
  ]
  const voci = await inTransaction(scope, async (tx) => {
    await query(
      tx,
      `insert into ente (id, slug, denominazione, codice_ipa, codice_fiscale, tavolozza, creato_il) values ($1, $2, $3, $4, $5, 'blu-istituzionale', now())`,
      [ente.id, ente.slug, ente.denominazione, ente.codiceIpa, ente.codiceFiscale],
    )
    await insertRows(tx, 'aoo', [
      {
        id: aooId,
        codice: `AX${String(serial).padStart(5, '0')}`,
        denominazione: 'Area organizzativa unica',
        domicilio_digitale: `protocollo@${slug}.example`,
        predefinita: true,
        dal: '2020-01-01',
        al: null,
      },
    ])
    await insertRows(
      tx,
      'ufficio',
      [
        [protocollo, 'PROTOC', 'Protocollo'],
        [edilizia, 'SUEDIL', 'Sportello unico edilizia'],
        [scuola, 'SCUOLA', 'Servizi scolastici'],
      ].map(([id, codice, denominazione]) => ({
        id,
        aoo_id: aooId,
        codice,
        denominazione,
        padre_id: null,
        indirizzo_digitale: `${String(codice).toLowerCase()}@${slug}.example`,
        dal: '2020-01-01',
        al: null,
      })),
    )
    await insertRows(tx, 'registro', [
      { id: registroId, aoo_id: aooId, codice: 'PG', denominazione: 'Protocollo generale', generale: true, attivo: true },
    ])
    await insertRows(tx, 'contatore_registro', [{ registro_id: registroId, anno: 2020, ultimo: 0, ultimo_istante: null }])
    return await adoptTitolarioWithin(tx, {
      aooId,
      denominazione: 'Titolario di prova',
      atto: 'Deliberazione di prova n. 1',
      dal: '2020-01-01',
      uri: null,
      piano: readTitolarioComuni().titolario,
      uffici: new Map([['VI/3', edilizia]]),
    })
  })
  return { ente, aooId, registroId, uffici: { protocollo, edilizia, scuola }, voci }
}

/** A codice fiscale of its own for each invented person: the database has one row for each. */
function invented(n: number): string {
  const nascita = new Date(Date.UTC(1950, 0, 1 + n)).toISOString().slice(0, 10)
  return codiceFiscaleInventato({ cognome: 'Ventaglio', nome: 'Prova', nascita, sesso: 'F' })
}

/** The system itself. */
export const sistema: Attore = { tipo: 'sistema', id: 'sistema', nome: 'Sistema', profili: [], uffici: [], permessi: new Set() }

/** Creates a person with an appointment and opens a scope in his name. */
export async function createOperatore(
  orm: MikroORM,
  e: EnteDiProva,
  profilo: Profilo,
  ufficioId: string | null = null,
  nome = 'Prova',
): Promise<{ scope: Scope; attore: Attore; soggetto: string }> {
  serial++
  const id = newId()
  const soggetto = `prova-${serial}`
  const variables = { 'app.ente_id': e.ente.id, 'app.amministratore_sia': 'si' }
  const scope: Scope = {
    em: orm.em.fork({ session: { role: ruoli.app, variables } }),
    ente: e.ente,
    attore: sistema,
    requestId: newId(),
    log,
  }
  await inTransaction(scope, async (tx) => {
    await query(
      tx,
      `insert into operatore (id, soggetto, nome, cognome, codice_fiscale, email, amministratore_sia) values ($1, $2, $3, $4, $5, $6, false)`,
      [id, soggetto, nome, `Persona${serial}`, invented(serial), `persona${serial}@${e.ente.slug}.example`],
    )
    await insertRows(tx, 'incarico', [
      { id: newId(), operatore_id: id, profilo, ufficio_id: ufficioId, atto: 'Decreto di prova n. 1', dal: '2020-01-01', al: null },
    ])
  })
  const attore: Attore = {
    tipo: 'operatore',
    id,
    nome: `${nome} Persona${serial}`,
    profili: [profilo],
    uffici: ufficioId === null ? [] : [ufficioId],
    permessi: new Set(),
  }
  return { scope: openScope(orm, e.ente, attore), attore, soggetto }
}

/** A small real PDF. */
export async function buildPdf(testo = 'Documento di prova'): Promise<Buffer> {
  const document = await PDFDocument.create()
  const page = document.addPage([595, 842])
  page.drawText(testo, { x: 60, y: 700, size: 14, font: await document.embedFont(StandardFonts.Helvetica) })
  return Buffer.from(await document.save())
}

/** Stages bytes in the name of the scope's actor, as an upload would. */
export async function stage(scope: Scope, store: ObjectStore, bytes: Buffer, nome: string): Promise<string> {
  const contenuto = await storeBuffer(scope, store, bytes, nome)
  await inTransaction(scope, async (tx) => await insertContenuti(tx, [contenuto]))
  return contenuto.id
}

/** A complete and valid request; whatever is given replaces the default. */
export function buildNuova(
  e: EnteDiProva,
  contenutoId: string,
  changes: Partial<NuovaRegistrazioneEntrata> = {},
): NuovaRegistrazioneEntrata {
  return {
    oggetto: 'Richiesta di accesso agli atti del permesso di costruire',
    mittenti: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio', indirizzoDigitale: 'ortensia@posta.example' }],
    mezzo: 'A_MANO',
    dataArrivo: new Date(Date.now() - 60_000).toISOString(),
    voceId: e.voci.get('VI/3') ?? '',
    assegnazione: { ufficioId: e.uffici.edilizia },
    perConoscenza: [],
    documento: { contenutoId, nome: 'istanza.pdf', descrizione: '', formazione: 'file' },
    allegati: [],
    tipologia: 'Istanza',
    riservatezza: 'ORDINARIO',
    note: '',
    ...changes,
  }
}

/** A complete and valid outgoing request of the office of building. */
export function buildUscita(
  e: EnteDiProva,
  contenutoId: string,
  changes: Partial<NuovaRegistrazioneUscita> = {},
): NuovaRegistrazioneUscita {
  return {
    tipo: 'U',
    oggetto: 'Riscontro alla richiesta di accesso agli atti',
    destinatari: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio', indirizzoDigitale: 'ortensia@posta.example' }],
    mezzo: 'RACCOMANDATA',
    voceId: e.voci.get('VI/3') ?? '',
    ufficioMittenteId: e.uffici.edilizia,
    perConoscenza: [],
    documento: { contenutoId, nome: 'riscontro.pdf', descrizione: '', formazione: 'redatto' },
    allegati: [],
    tipologia: 'Comunicazione',
    riservatezza: 'ORDINARIO',
    note: '',
    ...changes,
  }
}

/** A complete and valid internal request, from building to school. */
export function buildInterna(
  e: EnteDiProva,
  contenutoId: string,
  changes: Partial<NuovaRegistrazioneInterna> = {},
): NuovaRegistrazioneInterna {
  return {
    tipo: 'I',
    oggetto: 'Parere interno sulla scuola di via Roma',
    mezzo: 'ALTRO',
    voceId: e.voci.get('VI/3') ?? '',
    ufficioMittenteId: e.uffici.edilizia,
    assegnazione: { ufficioId: e.uffici.scuola },
    perConoscenza: [],
    documento: { contenutoId, nome: 'parere.pdf', descrizione: '', formazione: 'redatto' },
    allegati: [],
    tipologia: 'Comunicazione',
    riservatezza: 'ORDINARIO',
    note: '',
    ...changes,
  }
}

/** Registers a document with one PDF through the real service; answers the registration's id. */
export async function createRegistrazione(
  scope: Scope,
  e: EnteDiProva,
  store: ObjectStore = createMemoryStore(),
  changes: Partial<NuovaRegistrazioneEntrata> = {},
): Promise<string> {
  const contenutoId = await stage(scope, store, await buildPdf(`Documento ${newId()}`), 'istanza.pdf')
  return (await registerInArrivo(scope, buildNuova(e, contenutoId, changes), newId())).id
}

/** The bytes of a stream. */
export async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
