import { Readable } from 'node:stream'
import { findContenuti, insertContenuti, replyWith, storeBuffer } from '../../documenti/index.ts'
import { FileReply } from '../../kernel/endpoint.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import { inReadTransaction, inTransaction, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { bozzaAssente, campiSenzaValore, conversioneAssente, statoNonAmmesso, testoVuoto } from '../errors.ts'
import { valoriDi } from '../modello/campi.ts'
import { compila } from '../modello/compila.ts'
import { findBozza, lockBozza, updateBozza } from '../repository.ts'
import type { BozzaRow } from '../repository.ts'
import { isAmmesso, isGenerata } from '../rules.ts'
import type { BozzaDto } from '../schema.ts'
import { assertClassificata, findVisibleBozza, lockFor, readBozza } from './draft.ts'
import { fillFile, printTesto } from './documento.ts'
import type { Reso } from './documento.ts'
import { loadFatti } from './fatti.ts'

const MIME: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  odt: 'application/vnd.oasis.opendocument.text',
}

/**
 * The document as it would be now, made on the spot and kept nowhere: the text as a page with BOZZA across it, a template file filled in its own format.
 * Missing values are written in brackets. Throws InvalidInput for a text outside the subset or an empty draft, NotFound.
 */
export async function previewBozza(scope: Scope, id: string, ports: Ports): Promise<FileReply> {
  const { row, fatti } = await inReadTransaction(scope, async (s) => {
    const found = await findVisibleBozza(s, id)
    return { row: found, fatti: await loadFatti(s, found) }
  })
  if (!isGenerata(row)) throw testoVuoto()
  const text = row.corpo.trim() !== ''
  const reso = text ? await printTesto(row, fatti, ports.stampa, false) : await fillFile(scope, row, fatti, ports.store, false)
  return asReply(reso)
}

function asReply({ bytes, nome }: Reso): FileReply {
  const tipo = MIME[nome.slice(nome.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  return new FileReply({ nome, tipo, dimensione: bytes.length, stream: Readable.from([bytes]) })
}

/**
 * Makes and freezes the document of a draft: from then on the text does not change until it is taken back. A text becomes a PDF at once; a template file
 * becomes a PDF by a job where an office program is installed, or stays in its own format when asked (`formato: 'ORIGINALE'`). A field without a value
 * stops it, by name; so does a missing class (REQ-TIT-020). Then the draft is DA_FIRMARE, or PRONTA when no signature is needed. Throws Unavailable when a PDF is asked and no program is there.
 */
export async function prepareDocumento(
  scope: Scope,
  id: string,
  input: { readonly versione: number; readonly formato: 'PDF' | 'ORIGINALE' },
  ports: Ports,
): Promise<BozzaDto> {
  const { row, fatti } = await inReadTransaction(scope, async (s) => {
    const found = await findVisibleBozza(s, id)
    return { row: found, fatti: await loadFatti(s, found) }
  })
  if (!isAmmesso('prepara', row.stato)) throw statoNonAmmesso(row.stato, 'il documento è già preparato')
  if (!isGenerata(row)) throw testoVuoto()
  await inReadTransaction(scope, async (s) => await assertClassificata(s, row.dati.voceId))
  const oggetto = compila(row.dati.oggetto, valoriDi(fatti), (value) => value)
  if (oggetto.mancanti.length > 0 || oggetto.sconosciuti.length > 0) throw campiSenzaValore(oggetto.mancanti, oggetto.sconosciuti)
  if (row.corpo.trim() !== '') {
    await freeze(scope, id, input.versione, await printTesto(row, fatti, ports.stampa, true), ports)
    return await readBozza(scope, id)
  }
  const filled = await fillFile(scope, row, fatti, ports.store, true)
  if (input.formato === 'ORIGINALE') {
    await freeze(scope, id, input.versione, filled, ports)
    return await readBozza(scope, id)
  }
  if (ports.conversione.programma === null) throw conversioneAssente()
  await inTransaction(scope, async (tx) => {
    const locked = await lockFor(tx, id, 'prepara', input.versione, 'il documento è già preparato')
    await query(tx, `update bozza set preparazione = 'in corso' where ente_id = $1 and id = $2`, [tx.ente.id, id])
    tx.emit({ tipo: 'bozzaDaPreparare', id, dati: { versione: String(locked.versione) } })
  })
  return await readBozza(scope, id)
}

/** Stores the document, then writes that the draft has it. Throws Conflict when the draft changed while it was being made. */
async function freeze(scope: Scope, id: string, versione: number, reso: Reso, ports: Ports): Promise<void> {
  const contenuto = await storeBuffer(scope, ports.store, reso.bytes, reso.nome)
  await inTransaction(scope, async (tx) => {
    const row = await lockFor(tx, id, 'prepara', versione, 'il documento è già preparato')
    await insertContenuti(tx, [contenuto])
    await writeFrozen(tx, row, contenuto)
  })
}

async function writeFrozen(tx: TxScope, row: BozzaRow, contenuto: { readonly id: string; readonly sha256: string }): Promise<void> {
  const stato = row.richiedeFirma ? 'DA_FIRMARE' : 'PRONTA'
  await updateBozza(tx, row.id, { stato, documento_contenuto_id: contenuto.id, firmato_contenuto_id: null, preparazione: null })
  tx.audit({
    azione: 'documento-preparato',
    oggettoTipo: 'bozza',
    oggettoId: row.id,
    prima: { stato: row.stato },
    dopo: { stato, impronta: contenuto.sha256 },
  })
}

/**
 * The later half of the preparation of a template file: fill, convert, freeze. Nothing happens when the draft changed or was prepared meanwhile; a failure
 * is written on the draft, to be read there.
 */
export async function convertBozza(scope: Scope, id: string, versione: number, ports: Ports): Promise<void> {
  const row = await findBozza(scope, id)
  if (row === null || row.versione !== versione || row.preparazione !== 'in corso') return
  try {
    const fatti = await inReadTransaction(scope, async (s) => await loadFatti(s, row))
    const filled = await fillFile(scope, row, fatti, ports.store, true)
    const bytes = Buffer.from(await ports.conversione.toPdf(filled.bytes, row.modelloFormato === 'ODT' ? 'ODT' : 'DOCX'))
    const contenuto = await storeBuffer(scope, ports.store, bytes, filled.nome.replace(/\.[a-z]+$/u, '.pdf'))
    await inTransaction(scope, async (tx) => {
      const locked = await lockBozza(tx, id)
      if (locked === null || locked.versione !== versione || locked.stato !== 'IN_LAVORAZIONE') return
      await insertContenuti(tx, [contenuto])
      await writeFrozen(tx, locked, contenuto)
    })
  } catch (error) {
    scope.log.warn({ bozza: id, errore: error instanceof Error ? error.message : String(error) }, 'preparazione del documento')
    const reason =
      error instanceof FaldoneError ? error.message : 'Il PDF non si è potuto produrre: riprova, o usa il documento nel suo formato.'
    await query(scope, 'update bozza set preparazione = $3 where ente_id = $1 and id = $2 and versione = $4', [
      scope.ente.id,
      id,
      reason,
      versione,
    ])
  }
}

/** The prepared document, the signed one, or a file of the draft's data, with verified bytes. Throws NotFound. */
export async function openBozzaFile(scope: Scope, id: string, contenutoId: string, ports: Ports): Promise<FileReply> {
  const file = await inReadTransaction(scope, async (s) => {
    const row = await findVisibleBozza(s, id)
    const own = [
      row.documento?.id,
      row.firmato?.id,
      row.dati.documento?.contenutoId,
      ...row.dati.allegati.map((allegato) => allegato.contenutoId),
    ]
    if (!own.includes(contenutoId)) throw bozzaAssente()
    return (await findContenuti(s, [contenutoId])).get(contenutoId)
  })
  if (file === undefined) throw bozzaAssente()
  return await replyWith(scope, file, ports.store)
}
