import { openVerified } from '../../../storage/index.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import { checkRepertorio, writeRepertorio } from '../../../metadata-schemas/repertorio/index.ts'
import type { RepertorioXml, RigaRepertorioXml } from '../../../metadata-schemas/repertorio/index.ts'
import { createDocumentoWithin, insertContenuti, replyWith, storeBuffer } from '../../documenti/index.ts'
import type { NuovoContenuto } from '../../documenti/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import type { FileReply } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inSnapshot, inTransaction, insertRows, json, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay, romeYear } from '../../kernel/time.ts'
import type { Stampatrice } from '../../ports/stampa.ts'
import { writePrimaClassificazione } from '../../protocollo/index.ts'
import { findVersioneInForce, findVoci } from '../../titolario/index.ts'
import { annoFuturo, assente, estrazioneInCorso } from '../errors.ts'
import { assertGestore } from '../policy.ts'
import { findAnnoRepertorio, findAoo } from '../repository.ts'
import type { AooRow, RigaRepertorioRow } from '../repository.ts'
import { findEstrazione, findEstrazioni, findUltimaEstrazione } from '../repository-estrazioni.ts'
import type { EstrazioneRow } from '../repository-estrazioni.ts'
import { describeVariazioni, digest, readDati, TIPOLOGIA_REPERTORIO, writeDati } from '../rules.ts'
import type { EsitoEstrazione, EstrazioneDto, FormatoEstrazione } from '../schema.ts'
import { composeRepertorio } from '../stampa.ts'
import { ensureSerieRepertorioWithin } from './serie.ts'

/** What an extraction uses outside the database. */
export interface PorteEstrazione {
  readonly store: ObjectStore
  readonly stampa: Stampatrice
}

const MIME: Readonly<Record<FormatoEstrazione, string>> = { csv: 'text/csv', xml: 'application/xml', pdf: 'application/pdf' }

/** The data of a fascicolo as the extraction keeps them: whole, also those of one with riservati. */
export function toRigaEstratta(r: RigaRepertorioRow): RigaRepertorioXml {
  return {
    Identificativo: r.codice,
    ParteDi: r.parteDi ?? '',
    Tipo: r.tipo,
    Classificazione: r.codiceVoce,
    DenominazioneVoce: r.denominazioneVoce,
    Oggetto: r.oggetto,
    Apertura: r.apertoIl,
    Chiusura: r.chiusoIl ?? '',
    UOR: r.ufficio,
    RUP: r.responsabile,
    Stato: r.stato,
    Documenti: String(r.documenti + r.documentiRiservati),
    Conservazione: r.conservazioneAnni === null ? '' : String(r.conservazioneAnni),
    Trasferimenti: r.trasferimenti,
    Riaperture: r.riaperture,
  }
}

/**
 * Freezes the repertorio of a year of an AOO as CSV, XML and PDF/A (REQ-FASC-032). Data equal to those of the last revision make nothing new; otherwise the next
 * revision says what changed. The extraction is a document of the permanent series of the repertori. Throws Forbidden, NotFound, RuleViolation for a year that
 * has not begun, Conflict when another one came first.
 */
export async function extractRepertorio(
  scope: Scope,
  input: { readonly anno: number; readonly aooId?: string | undefined },
  ports: PorteEstrazione,
): Promise<EsitoEstrazione> {
  assertGestore(scope.attore)
  if (input.anno > romeYear(now())) throw annoFuturo()
  const { aoo, righe, ultima } = await inSnapshot(scope, async (s) => {
    const list = await findAoo(s)
    const found = input.aooId === undefined ? list[0] : list.find((a) => a.id === input.aooId)
    if (found === undefined) throw assente('L’area organizzativa')
    return {
      aoo: found,
      righe: (await findAnnoRepertorio(s, found.id, input.anno)).map(toRigaEstratta),
      ultima: await findUltimaEstrazione(s, found.id, input.anno),
    }
  })
  const csv = writeDati(righe)
  const impronta = digest(csv)
  if (ultima?.impronta === impronta) return { nuova: false, estrazione: presentEstrazione(ultima) }
  const variazioni = ultima === null ? [] : describeVariazioni(readDati(await readText(scope, ports.store, ultima.csv)), righe)
  const repertorio: RepertorioXml = {
    ente: { codice: scope.ente.codiceIpa, denominazione: scope.ente.denominazione },
    aoo,
    anno: input.anno,
    revisione: (ultima?.revisione ?? 0) + 1,
    estrattoIl: now().toISOString(),
    estrattoDa: scope.attore.nome,
    variazioni,
    righe,
    impronta,
  }
  const file = await storeFiles(scope, repertorio, csv, ports)
  const id = await inTransaction(scope, async (tx) => await keep(tx, aoo, repertorio, file))
  const made = await findEstrazione(scope, id)
  if (made === null) throw new Error('the extraction just made is not there')
  return { nuova: true, estrazione: presentEstrazione(made) }
}

type FileEstratti = Readonly<Record<FormatoEstrazione, NuovoContenuto>>

async function storeFiles(scope: Scope, r: RepertorioXml, csv: string, ports: PorteEstrazione): Promise<FileEstratti> {
  const xml = writeRepertorio(r)
  const esito = checkRepertorio(xml)
  if (!esito.valido)
    throw new Error(`the XML of the repertorio is not valid: ${esito.errori.map((e) => `${e.riga}: ${e.messaggio}`).join(' ')}`)
  const chunks: Uint8Array[] = []
  for await (const chunk of ports.stampa.printLunga(composeRepertorio(scope.ente, r))) chunks.push(chunk)
  const nome = `repertorio-fascicoli-${r.aoo.codice}-${r.anno}-r${r.revisione}`
  const store = async (bytes: Buffer, formato: FormatoEstrazione): Promise<NuovoContenuto> => {
    const made = await storeBuffer(scope, ports.store, bytes, `${nome}.${formato}`)
    return { ...made, formato: { ...made.formato, mime: MIME[formato] } }
  }
  return {
    csv: await store(Buffer.from(csv, 'utf8'), 'csv'),
    xml: await store(Buffer.from(xml, 'utf8'), 'xml'),
    pdf: await store(Buffer.concat(chunks), 'pdf'),
  }
}

async function keep(tx: TxScope, aoo: AooRow, r: RepertorioXml, file: FileEstratti): Promise<string> {
  await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1 || $2, 25))', [aoo.id, String(r.anno)])
  const last = await findUltimaEstrazione(tx, aoo.id, r.anno)
  if ((last?.revisione ?? 0) + 1 !== r.revisione) throw estrazioneInCorso()
  const oggi = romeDay(new Date(r.estrattoIl))
  // The first one of a year that is over belongs to that year; a later revision to the year in which it is made.
  const del = r.revisione === 1 && r.anno < Number(oggi.slice(0, 4)) ? `${r.anno}-12-31` : oggi
  const voceId = await findVoceArchivio(tx)
  await insertContenuti(tx, [file.pdf, file.csv, file.xml])
  const scelto = (formato: FormatoEstrazione, descrizione: string) => ({
    contenutoId: file[formato].id,
    nome: file[formato].nome,
    descrizione,
  })
  const documento = await createDocumentoWithin(tx, {
    aooId: aoo.id,
    oggetto: `${TIPOLOGIA_REPERTORIO} ${r.anno}, revisione ${r.revisione}`,
    tipologia: TIPOLOGIA_REPERTORIO,
    formazione: 'redatto',
    // It names also fascicoli with riservati.
    riservatezza: 'RISERVATO',
    dataDocumento: del,
    voceId,
    principale: scelto('pdf', ''),
    allegati: [scelto('csv', 'Gli stessi dati in CSV'), scelto('xml', 'Gli stessi dati in XML')],
    annessi: [],
  })
  await writePrimaClassificazione(tx, documento.id, voceId)
  const id = newId()
  await insertRows(tx, 'estrazione_fascicoli', [
    {
      id,
      aoo_id: aoo.id,
      anno: r.anno,
      revisione: r.revisione,
      righe: r.righe.length,
      csv_contenuto_id: file.csv.id,
      xml_contenuto_id: file.xml.id,
      pdf_contenuto_id: file.pdf.id,
      documento_id: documento.id,
      impronta: r.impronta,
      variazioni: json(r.variazioni),
      creata_il: r.estrattoIl,
      creata_da_nome: tx.attore.nome,
    },
  ])
  await ensureSerieRepertorioWithin(tx, aoo.id, Number(del.slice(0, 4)), voceId)
  tx.audit({
    azione: 'repertorio-fascicoli-estratto',
    oggettoTipo: 'estrazione-fascicoli',
    oggettoId: id,
    documentoId: documento.id,
    dopo: { anno: r.anno, revisione: r.revisione, righe: r.righe.length, impronta: r.impronta },
  })
  return id
}

/** The voice of the general archive in the plan in force: I/6 of the model of the comuni, else the class that names the archive, else the first class. */
async function findVoceArchivio(tx: TxScope): Promise<string> {
  const versione = await findVersioneInForce(tx)
  const classi = versione === null ? [] : (await findVoci(tx, versione.id)).filter((v) => v.livello === 2)
  const found = classi.find((v) => v.codice === 'I/6') ?? classi.find((v) => /archivi/iu.test(v.denominazione)) ?? classi[0]
  if (found === undefined) throw assente('La classe del titolario in cui sta il repertorio')
  return found.id
}

async function readText(scope: Scope, store: ObjectStore, sha256: string): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await openVerified(store, scope.ente.id, sha256)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function presentEstrazione(r: EstrazioneRow): EstrazioneDto {
  return {
    id: r.id,
    aoo: r.aoo,
    anno: r.anno,
    revisione: r.revisione,
    righe: r.righe,
    impronta: r.impronta,
    variazioni: r.variazioni,
    creataIl: r.creataIl.toISOString(),
    creataDa: r.creataDa,
    file: [
      { formato: 'csv', sha256: r.csv, dimensione: r.csvDimensione },
      { formato: 'xml', sha256: r.xml, dimensione: r.xmlDimensione },
      { formato: 'pdf', sha256: r.pdf, dimensione: r.pdfDimensione },
    ],
  }
}

/** The extractions kept, newest year and revision first. They name every fascicolo: only who governs the archive. Throws Forbidden. */
export async function listEstrazioni(scope: Scope): Promise<EstrazioneDto[]> {
  assertGestore(scope.attore)
  return (await inReadTransaction(scope, findEstrazioni)).map(presentEstrazione)
}

/** A file of an extraction, as it was frozen; the read is recorded. Throws Forbidden, NotFound. */
export async function openEstrazione(scope: Scope, id: string, formato: FormatoEstrazione, store: ObjectStore): Promise<FileReply> {
  assertGestore(scope.attore)
  const row = await findEstrazione(scope, id)
  if (row === null) throw assente('L’estrazione')
  const sha256 = row[formato]
  const nome = `repertorio-fascicoli-${row.aooCodice}-${row.anno}-r${row.revisione}.${formato}`
  await recordFact(scope, {
    azione: 'repertorio-fascicoli-letto',
    oggettoTipo: 'estrazione-fascicoli',
    oggettoId: id,
    dopo: { formato, impronta: sha256 },
  })
  return await replyWith(scope, { nome, mime: MIME[formato], sha256, dimensione: row[`${formato}Dimensione`] }, store)
}

/**
 * At the beginning of each year, in Rome: the repertorio of the year that ended, and of the years before those whose data changed since their last revision.
 * A year already looked at in this year is not looked at again. Run by the timetable; a second run finds nothing to do.
 */
export async function extractDovuti(scope: Scope, ports: PorteEstrazione): Promise<void> {
  const anno = romeYear(now())
  const due = await query<{ aooId: string; anno: number }>(
    scope,
    `select f.aoo_id as "aooId", f.anno from fascicolo f where f.ente_id = $1 and f.anno < $2
        and not exists (select 1 from esame_repertorio x where x.ente_id = f.ente_id and x.aoo_id = f.aoo_id and x.anno = f.anno and x.esaminato_nel = $2)
      group by 1, 2 order by 2, 1`,
    [scope.ente.id, anno],
  )
  for (const one of due) {
    await extractRepertorio(scope, one, ports)
    await inTransaction(scope, async (tx) => {
      await insertRows(tx, 'esame_repertorio', [{ aoo_id: one.aooId, anno: one.anno, esaminato_nel: anno }])
    })
  }
}
