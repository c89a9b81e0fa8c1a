import { Buffer } from 'node:buffer'
import { ContentTooLarge } from '../../../storage/index.ts'
import type { ObjectStore, Stored } from '../../../storage/index.ts'
import { insertContenuti } from '../../documenti/index.ts'
import type { NuovoContenuto } from '../../documenti/index.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, json } from '../../kernel/scope.ts'
import type { Attore, Scope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import type { Casella, MessaggioInCasella } from '../../ports/casella.ts'
import { MessaggioIlleggibile, parseMessaggio, VERSIONE_ANALISI } from '../busta/index.ts'
import type { Messaggio } from '../busta/index.ts'
import { casellaAssente } from '../errors.ts'
import { findCasella, isKnown, lockCasella, noteControllo } from '../repository.ts'
import type { CasellaRow } from '../repository.ts'
import { dataArrivo, esitoVerifica, remarkRitardo, statoIniziale, storable } from '../rules.ts'
import type { AnalisiSalvata, ParteSalvata, StatoMessaggio } from '../rules.ts'
import { stageParti } from './parts.ts'

/** Messages come in by the system's hand, whoever asked for the reading. */
const ACQUISIZIONE: Attore = {
  tipo: 'sistema',
  id: 'acquisizione-posta',
  nome: 'Acquisizione posta',
  profili: [],
  uffici: [],
  permessi: new Set(),
}

/** Larger messages are kept and put aside: reading one holds it in memory. */
const MAX_READ_BYTES = 128 * 1024 * 1024

export interface EsitoControllo {
  nuovi: number
  doppi: number
  quarantena: number
  errori: number
}

type IngestPorts = Pick<Ports, 'store' | 'caselle' | 'maxUploadBytes'>

/**
 * Reads a mailbox: every message is stored as raw bytes first, then read, then written in one transaction with its parts staged as contents, then
 * marked completed. The same message again changes nothing (REQ-PEC-019, REQ-PROT-136); receipts are set aside and never registered
 * (REQ-PROT-131); what cannot be read goes to quarantine with its reason and the next message is taken. A mailbox that cannot be read leaves
 * its error on the mailbox (REQ-PEC-021). Throws NotFound for an unknown mailbox; never called inside a transaction.
 */
export async function ingestCasella(scope: Scope, casellaId: string, ports: IngestPorts): Promise<EsitoControllo> {
  const system: Scope = { ...scope, attore: ACQUISIZIONE }
  const row = await findCasella(system, casellaId)
  if (row === null) throw casellaAssente()
  const esito: EsitoControllo = { nuovi: 0, doppi: 0, quarantena: 0, errori: 0 }
  let fault: string | null = null
  try {
    const mailbox = ports.caselle.apri(scope.ente.slug, row.indirizzo)
    for await (const item of mailbox.elenca()) await takeOne(system, { row, mailbox, item, ports }, esito)
  } catch (error) {
    fault = 'La casella non risponde: verrà riletta al prossimo controllo.'
    scope.log.error({ err: error, casella: row.indirizzo }, 'casella non leggibile')
  }
  if (fault === null && esito.errori > 0) fault = `${esito.errori} messaggi non acquisiti: verranno riletti al prossimo controllo.`
  await noteControllo(system, row.id, now(), fault)
  return esito
}

interface Arrivo {
  readonly row: CasellaRow
  readonly mailbox: Casella
  readonly item: MessaggioInCasella
  readonly ports: IngestPorts
}

/** One message: whatever happens to it, the others are read. Left uncompleted it comes back at the next reading. */
async function takeOne(scope: Scope, arrivo: Arrivo, esito: EsitoControllo): Promise<void> {
  try {
    const outcome = await acquire(scope, arrivo)
    await arrivo.mailbox.completata(arrivo.item.uid)
    esito[outcome]++
  } catch (error) {
    esito.errori++
    scope.log.error({ err: error, casella: arrivo.row.indirizzo, uid: arrivo.item.uid }, 'messaggio non acquisito')
  }
}

async function acquire(scope: Scope, arrivo: Arrivo): Promise<'nuovi' | 'doppi' | 'quarantena'> {
  const { store } = arrivo.ports
  const stored = await storeRaw(scope, arrivo)
  if (await isKnown(scope, arrivo.row.id, null, stored.sha256)) return 'doppi'
  const scarico = now()
  try {
    if (stored.dimensione > MAX_READ_BYTES)
      throw new MessaggioIlleggibile(
        'struttura',
        'Il messaggio è troppo grande per essere letto: è conservato intero e va trattato a mano.',
      )
    const message = await parseMessaggio(await readBytes(scope, store, stored.sha256), {
      ancore: arrivo.ports.caselle.ancore,
      ...optionalDomains(arrivo.ports),
    })
    const staged = await stageParti(scope, store, message, rawContenuto(stored))
    return await write(scope, arrivo, { stored, ...staged, ...describe(message, arrivo.item.arrivatoIl ?? null, scarico) })
  } catch (error) {
    if (!(error instanceof MessaggioIlleggibile)) throw error
    const raw = rawContenuto(stored)
    return await write(scope, arrivo, {
      stored,
      contenuti: [raw],
      parti: [rawParte(raw)],
      segnatura: null,
      ...unreadable(error.message, stored, arrivo.item.arrivatoIl ?? null, scarico),
    })
  }
}

function optionalDomains(ports: IngestPorts): { dominiSdi?: readonly string[] } {
  return ports.caselle.dominiSdi === undefined ? {} : { dominiSdi: ports.caselle.dominiSdi }
}

/** Bytes first (REQ-PEC-001): streamed to the store under their hash, whatever is in them. */
async function storeRaw(scope: Scope, arrivo: Arrivo): Promise<Stored> {
  const stream = await arrivo.mailbox.scarica(arrivo.item.uid)
  try {
    return await arrivo.ports.store.put(stream, { ente: scope.ente.id, maxBytes: Math.max(arrivo.ports.maxUploadBytes, MAX_READ_BYTES) })
  } catch (error) {
    if (error instanceof ContentTooLarge) stream.destroy()
    throw error
  }
}

async function readBytes(scope: Scope, store: ObjectStore, sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await store.open(scope.ente.id, sha256)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function rawContenuto(stored: Stored): NuovoContenuto {
  const formato = { mime: 'message/rfc822', descrizione: 'Messaggio di posta elettronica', firmato: 'nessuna' as const, avvisi: [] }
  return { id: newId(), sha256: stored.sha256, dimensione: stored.dimensione, nome: 'messaggio.eml', formato }
}

function rawParte(raw: NuovoContenuto): ParteSalvata {
  const { id, nome, dimensione, sha256 } = raw
  return {
    id,
    percorso: '',
    padre: null,
    nome,
    nomeOriginale: null,
    mime: raw.formato.mime,
    dimensione,
    sha256,
    ruolo: 'busta',
    inLinea: false,
    firmato: 'nessuna',
    principaleProposto: true,
    avvisi: [],
  }
}

interface Descrizione {
  chiave: string
  classe: string
  stato: StatoMessaggio
  tipo: 'pec' | 'email'
  mittente: string
  mittenteIndirizzo: string
  oggetto: string
  ricevutoIl: string
  esitoFirma: string
  motivo: string | null
  daticert: Messaggio['daticert']
  analisi: Omit<AnalisiSalvata, 'segnatura'>
}

function describe(message: Messaggio, casella: Date | null, scarico: Date): Descrizione {
  const { stato, motivo } = statoIniziale(message)
  const indirizzo = message.autore?.indirizzo ?? message.daticert?.mittente ?? ''
  return {
    chiave: message.chiaveDuplicati,
    classe: message.classe,
    stato,
    tipo: message.classe === 'busta' ? 'pec' : 'email',
    mittente: message.autore?.nome === undefined || message.autore.nome === '' ? indirizzo : message.autore.nome,
    mittenteIndirizzo: indirizzo,
    oggetto: message.oggetto,
    ricevutoIl: dataArrivo(casella, message.daticert, scarico),
    esitoFirma: message.firma.esito,
    motivo,
    daticert: message.daticert,
    analisi: {
      versione: message.versioneAnalisi,
      verificato: message.verificato,
      esito: esitoVerifica(message),
      controlli: message.controlli,
      firma: message.firma,
      tipoRicevuta: message.tipoRicevuta,
      virus: message.virus,
      messageId: message.messageId,
      riferimentoMessageId: message.riferimentoMessageId,
      istanti: { accettazione: message.daticert?.istante ?? null, casella: casella?.toISOString() ?? null, scarico: scarico.toISOString() },
      fattura: message.fattura,
      testo: message.testo,
      avvisi: [...message.avvisi, ...remarkRitardo(casella, message.daticert)],
    },
  }
}

function unreadable(motivo: string, stored: Stored, casella: Date | null, scarico: Date): Descrizione {
  return {
    chiave: `sha256|${stored.sha256}`,
    classe: 'anomalo',
    stato: 'quarantena',
    tipo: 'email',
    mittente: '',
    mittenteIndirizzo: '',
    oggetto: '(messaggio non leggibile)',
    ricevutoIl: dataArrivo(casella, null, scarico),
    esitoFirma: 'assente',
    motivo,
    daticert: null,
    analisi: {
      versione: VERSIONE_ANALISI,
      verificato: false,
      esito: 'illeggibile',
      controlli: [],
      firma: null,
      tipoRicevuta: null,
      virus: false,
      messageId: null,
      riferimentoMessageId: null,
      istanti: { accettazione: null, casella: casella?.toISOString() ?? null, scarico: scarico.toISOString() },
      fattura: null,
      testo: null,
      avvisi: [],
    },
  }
}

interface DaScrivere extends Descrizione {
  stored: Stored
  contenuti: NuovoContenuto[]
  parti: ParteSalvata[]
  segnatura: AnalisiSalvata['segnatura']
}

/** One transaction: contents, message and trail together, or nothing. The key is looked up again under the mailbox's lock. */
async function write(scope: Scope, arrivo: Arrivo, found: DaScrivere): Promise<'nuovi' | 'doppi' | 'quarantena'> {
  const d = storable(found)
  return await inTransaction(scope, async (tx) => {
    await lockCasella(tx, arrivo.row.id)
    if (await isKnown(tx, arrivo.row.id, d.chiave, d.stored.sha256)) return 'doppi'
    const id = newId()
    await insertContenuti(tx, d.contenuti)
    await insertRows(tx, 'messaggio', [
      {
        id,
        casella_id: arrivo.row.id,
        uid: arrivo.item.uid,
        chiave: d.chiave,
        contenuto_id: d.parti[0]?.id ?? null,
        classe: d.classe,
        stato: d.stato,
        tipo: d.tipo,
        mittente: d.mittente,
        mittente_indirizzo: d.mittenteIndirizzo,
        oggetto: d.oggetto,
        ricevuto_il: d.ricevutoIl,
        acquisito_il: d.analisi.istanti.scarico,
        esito_firma: d.esitoFirma,
        controlli: json({ ...d.analisi, segnatura: d.segnatura }),
        daticert: d.daticert === null ? null : json(d.daticert),
        parti: json(d.parti),
        motivo: d.motivo,
      },
    ])
    tx.audit({
      azione: 'messaggio-acquisito',
      oggettoTipo: 'messaggio',
      oggettoId: id,
      dopo: {
        casella: arrivo.row.indirizzo,
        stato: d.stato,
        classe: d.classe,
        impronta: d.stored.sha256,
        firma: d.esitoFirma,
        motivo: d.motivo,
      },
    })
    // A virus notice is a security event of its own (REQ-PEC-020): it must be found in the trail without opening the message.
    if (d.analisi.virus)
      tx.audit({
        azione: 'allarme-virus',
        oggettoTipo: 'messaggio',
        oggettoId: id,
        dopo: { tipoRicevuta: d.analisi.tipoRicevuta, identificativo: d.daticert?.identificativo ?? null },
      })
    return d.stato === 'quarantena' ? 'quarantena' : 'nuovi'
  })
}
