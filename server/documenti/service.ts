import type { Readable } from 'node:stream'
import { ContentCorrupted, ContentNotFound, ContentTooLarge, openVerified } from '../../storage/index.ts'
import type { ObjectStore } from '../../storage/index.ts'
import { FileReply } from '../kernel/endpoint.ts'
import type { StreamBody } from '../kernel/endpoint.ts'
import { newId } from '../kernel/ids.ts'
import { inTransaction, insertMany, insertRows, json } from '../kernel/scope.ts'
import type { Rows, Scope, TxScope } from '../kernel/scope.ts'
import { now } from '../kernel/time.ts'
import {
  caricamentoInterrotto,
  contenutoAssente,
  documentoScartato,
  fileAlterato,
  fileTroppoGrande,
  fileVuoto,
  nomeFileMancante,
} from './errors.ts'
import { recogniseFormato } from './formato/index.ts'
import { findContenuti, findScartato } from './repository.ts'
import type { ContenutoRow, FileRow } from './repository.ts'
import { cleanFileName, modalitaFormazioneOf } from './rules.ts'
import type { ContenutoDto, Formato, Formazione, Riservatezza } from './schema.ts'

const HEAD_BYTES = 64 * 1024
const TAIL_BYTES = 64 * 1024
/** Files up to this size are read whole to look for a signature. */
const WHOLE_BYTES = 16 * 1024 * 1024

/**
 * Stores the bytes of a request before any registration: hashed on the way, durable, recognised from their content. The row is staged in the name of
 * who uploads it. Throws TooLarge above the limit, InvalidInput when empty, unnamed or cut short. No number is involved.
 */
export async function stageContenuto(scope: Scope, body: StreamBody, store: ObjectStore, maxBytes: number): Promise<ContenutoDto> {
  if (body.nome.trim() === '') throw nomeFileMancante()
  const stored = await storeBytes(scope, body.stream, store, maxBytes)
  if (stored.dimensione === 0) throw fileVuoto()
  const nome = cleanFileName(body.nome)
  const formato = await recognise(scope, store, stored, nome)
  const row = { id: newId(), sha256: stored.sha256, dimensione: stored.dimensione, nome, formato }
  await inTransaction(scope, async (tx) => await insertContenuti(tx, [row]))
  return row
}

async function storeBytes(
  scope: Scope,
  stream: Readable,
  store: ObjectStore,
  maxBytes: number,
): Promise<{ sha256: string; dimensione: number }> {
  try {
    return await store.put(stream, { ente: scope.ente.id, maxBytes })
  } catch (error) {
    if (error instanceof ContentTooLarge) throw fileTroppoGrande(Math.floor(maxBytes / 1024 / 1024))
    if (stream.errored !== null || stream.readableAborted || (error as { code?: string }).code === 'ECONNRESET')
      throw caricamentoInterrotto()
    throw error
  }
}

async function recognise(scope: Scope, store: ObjectStore, stored: { sha256: string; dimensione: number }, nome: string): Promise<Formato> {
  const read = async (start: number, end: number): Promise<Buffer> =>
    await collect(await store.open(scope.ente.id, stored.sha256, { start, end }))
  if (stored.dimensione <= WHOLE_BYTES) {
    const all = await read(0, stored.dimensione - 1)
    return await recogniseFormato({ inizio: all.subarray(0, HEAD_BYTES), tutto: all, nome })
  }
  const inizio = await read(0, HEAD_BYTES - 1)
  const fine = await read(stored.dimensione - TAIL_BYTES, stored.dimensione - 1)
  return await recogniseFormato({ inizio, fine, nome })
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Bytes already in memory (parts of a message, rendered files) put in the store and recognised, ready for `insertContenuti`. */
export async function storeBuffer(scope: Scope, store: ObjectStore, bytes: Buffer, nome: string): Promise<NuovoContenuto> {
  const { Readable: Stream } = await import('node:stream')
  const stored = await store.put(Stream.from([bytes]), { ente: scope.ente.id })
  const clean = cleanFileName(nome)
  const formato = await recogniseFormato({ inizio: bytes.subarray(0, HEAD_BYTES), tutto: bytes, nome: clean })
  return { id: newId(), sha256: stored.sha256, dimensione: stored.dimensione, nome: clean, formato }
}

/** A content ready to be written as a row. */
export interface NuovoContenuto {
  readonly id: string
  readonly sha256: string
  readonly dimensione: number
  readonly nome: string
  readonly formato: Formato
}

/** Writes the rows of contents whose bytes are already in the store. */
export async function insertContenuti(tx: TxScope, contenuti: readonly NuovoContenuto[]): Promise<void> {
  await insertRows(
    tx,
    'contenuto',
    contenuti.map((c) => ({
      id: c.id,
      sha256: c.sha256,
      dimensione: c.dimensione,
      mime: c.formato.mime,
      formato: json(c.formato),
      nome: c.nome,
      caricato_da: tx.attore.id,
      caricato_il: now().toISOString(),
    })),
  )
}

/** The bytes of a content this person staged (not yet part of a document, or shown before registering). Throws NotFound otherwise. */
export async function openStagedContenuto(scope: Scope, id: string, store: ObjectStore): Promise<FileReply> {
  const row = (await findContenuti(scope, [id])).get(id)
  if (row === undefined || row.caricatoDa !== scope.attore.id) throw contenutoAssente()
  return await replyWith(scope, row, store)
}

/**
 * A reply with verified bytes: at the end of the stream the hash must be the recorded one, or the transfer fails. Throws Gone for what an authorised disposal
 * destroyed (REQ-FASC-053), RuleViolation for bytes that are not there.
 */
export async function replyWith(
  scope: Scope,
  file: Pick<ContenutoRow | FileRow, 'nome' | 'mime' | 'dimensione' | 'sha256'> & { readonly documentoId?: string },
  store: ObjectStore,
): Promise<FileReply> {
  // Also where something living has the same bytes: this document is no longer handed out.
  const scartato = file.documentoId === undefined ? null : await findScartato(scope, { documentoId: file.documentoId })
  if (scartato !== null) throw documentoScartato(scartato)
  try {
    const stream = await openVerified(store, scope.ente.id, file.sha256)
    stream.on('error', (error) => {
      if (error instanceof ContentCorrupted) scope.log.error({ sha256: file.sha256, ente: scope.ente.slug }, 'contenuto alterato')
    })
    return new FileReply({ nome: file.nome, tipo: file.mime, dimensione: file.dimensione, sha256: file.sha256, stream })
  } catch (error) {
    if (error instanceof ContentNotFound) {
      const distrutto = await findScartato(scope, { sha256: file.sha256 })
      throw distrutto === null ? fileAlterato() : documentoScartato(distrutto)
    }
    throw error
  }
}

/** What a new document needs. `allegati` keep their order. */
export interface NuovoDocumento {
  readonly aooId: string
  readonly oggetto: string
  readonly tipologia: string
  readonly formazione: Formazione
  readonly riservatezza: Riservatezza
  readonly dataDocumento: string | null
  readonly voceId: string
  /** Null for a paper registered before its scan. */
  readonly principale: FileScelto | null
  readonly allegati: readonly FileScelto[]
  readonly annessi: readonly FileScelto[]
}

/** A staged content chosen for a place in a document. */
export interface FileScelto {
  readonly contenutoId: string
  readonly nome: string
  readonly descrizione: string
}

/** A document just written, with its files as they are read back. */
export interface DocumentoCreato {
  readonly id: string
  readonly modalitaFormazione: string
  readonly files: readonly FileCreato[]
}

/** A file just written with the content it is made of. */
export interface FileCreato extends FileRow {
  readonly contenuto: ContenutoRow
}

/** Ids of the contents a document is made of, to be loaded before `buildDocumento`. */
export function contenutiOf(input: Pick<NuovoDocumento, 'principale' | 'allegati' | 'annessi'>): string[] {
  return placesOf(input).map((f) => f.contenutoId)
}

/**
 * A document and its files, ready to be written by `documentoRows`. `contenuti` were loaded through the fence: one of another ente is not there, one staged
 * by somebody else is refused unless `anyUploader` says that the caller already checked it. Throws NotFound.
 */
export function buildDocumento(
  input: NuovoDocumento,
  contenuti: ReadonlyMap<string, ContenutoRow>,
  attoreId: string,
  anyUploader = false,
): DocumentoCreato {
  const id = newId()
  const files = placesOf(input).map((w): FileCreato => {
    const contenuto = contenuti.get(w.contenutoId)
    if (contenuto === undefined || (!anyUploader && contenuto.caricatoDa !== attoreId)) throw contenutoAssente()
    const { sha256, dimensione, mime, formato } = contenuto
    const [nome, descrizione] = [cleanFileName(w.nome), w.descrizione.trim()]
    return { ...w, id: newId(), documentoId: id, nome, descrizione, sha256, dimensione, mime, formato, contenuto }
  })
  return { id, modalitaFormazione: modalitaFormazioneOf(input.formazione), files }
}

/** The rows of documents built by `buildDocumento`. */
export function documentoRows(
  documenti: readonly { readonly input: NuovoDocumento; readonly documento: DocumentoCreato }[],
): readonly Rows[] {
  return [
    ['documento', documenti.map(({ input, documento }) => toDocumentoColumns(documento.id, input))],
    ['documento_file', documenti.flatMap(({ documento }) => documento.files.map(toFileColumns))],
  ]
}

/** Writes a document with its files inside the caller's transaction, loading their contents. Throws NotFound. */
export async function createDocumentoWithin(tx: TxScope, input: NuovoDocumento, anyUploader = false): Promise<DocumentoCreato> {
  const contenuti = await findContenuti(tx, [...new Set(contenutiOf(input))])
  const documento = buildDocumento(input, contenuti, tx.attore.id, anyUploader)
  await insertMany(tx, documentoRows([{ input, documento }]))
  return documento
}

/**
 * Adds the main file to a document that waits for it (its late scan). Throws NotFound when the content is not this person's. The place is unique: a second
 * one is refused by the database.
 */
export async function addPrincipaleWithin(tx: TxScope, documentoId: string, file: FileScelto): Promise<FileCreato> {
  const contenuto = (await findContenuti(tx, [file.contenutoId])).get(file.contenutoId)
  if (contenuto === undefined || contenuto.caricatoDa !== tx.attore.id) throw contenutoAssente()
  const { sha256, dimensione, mime, formato } = contenuto
  const place = { ruolo: 'principale' as const, posizione: 1, contenutoId: file.contenutoId }
  const nome = cleanFileName(file.nome)
  const creato: FileCreato = {
    ...place,
    id: newId(),
    documentoId,
    nome,
    descrizione: file.descrizione.trim(),
    sha256,
    dimensione,
    mime,
    formato,
    contenuto,
  }
  await insertRows(tx, 'documento_file', [toFileColumns(creato)])
  return creato
}

function placesOf(input: Pick<NuovoDocumento, 'principale' | 'allegati' | 'annessi'>) {
  return [
    ...withPosition('principale', input.principale === null ? [] : [input.principale]),
    ...withPosition('allegato', input.allegati),
    ...withPosition('annesso', input.annessi),
  ]
}

function withPosition<T extends FileRow['ruolo']>(ruolo: T, files: readonly FileScelto[]) {
  return files.map(({ contenutoId, nome, descrizione }, i) => ({ ruolo, posizione: i + 1, contenutoId, nome, descrizione }))
}

function toDocumentoColumns(id: string, d: NuovoDocumento): Record<string, unknown> {
  return {
    id,
    aoo_id: d.aooId,
    oggetto: d.oggetto,
    tipologia: d.tipologia,
    modalita_formazione: modalitaFormazioneOf(d.formazione),
    formazione: d.formazione,
    riservatezza: d.riservatezza,
    data_documento: d.dataDocumento,
    versione: 1,
    voce_id: d.voceId,
    creato_il: now().toISOString(),
  }
}

function toFileColumns({ id, documentoId, contenutoId, ruolo, posizione, nome, descrizione }: FileCreato): Record<string, unknown> {
  return { id, documento_id: documentoId, contenuto_id: contenutoId, ruolo, posizione, nome, descrizione }
}
