import { buffer } from 'node:stream/consumers'
import { openVerified } from '../../../storage/index.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import { findContenuti, insertContenuti, replyWith, storeBuffer } from '../../documenti/index.ts'
import type { NuovoContenuto } from '../../documenti/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import type { FileReply } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, json, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { formatItalianInstant, now, romeDay } from '../../kernel/time.ts'
import { claimKey, chiaveGiaUsata, digestRequest } from '../../protocollo/index.ts'
import {
  accettazioneMetadatiMancante,
  archivioMetadatiIlleggibile,
  fileMetadatiEstraneo,
  importatoAssente,
  nullaDaImportare,
} from '../errors.ts'
import { findCollegamento } from './collega.ts'
import { ArchivioMetadatiIlleggibile, readIstanza, unpack } from './leggi.ts'
import type { IstanzaLetta } from './leggi.ts'
import { findImportati, findImportato, presentRiga } from './repository.ts'
import type { FiltriImportati, ImportatiDto, ImportatoDto, ImportazioneMetadatiIn, VerificaMetadatiDto } from './schema.ts'

const OPERAZIONE = 'importazione-metadati'

/** The instances of some uploads of this person, each read and judged; the same file twice counts once. Throws InvalidInput. */
async function readUploads(scope: Scope, ids: readonly string[], store: ObjectStore): Promise<IstanzaLetta[]> {
  const contenuti = await findContenuti(scope, ids)
  const oggi = romeDay(now())
  const letti = new Map<string, IstanzaLetta>()
  for (const id of ids) {
    const contenuto = contenuti.get(id)
    if (contenuto === undefined || contenuto.caricatoDa !== scope.attore.id) throw fileMetadatiEstraneo()
    const bytes = await buffer(await openVerified(store, scope.ente.id, contenuto.sha256))
    try {
      for (const file of await unpack({ nome: contenuto.nome, bytes })) {
        const letta = readIstanza(file, oggi)
        letti.set(letta.sha256, letta)
      }
    } catch (error) {
      if (error instanceof ArchivioMetadatiIlleggibile) throw archivioMetadatiIlleggibile(error.message)
      throw error
    }
  }
  return [...letti.values()]
}

/** True when it comes here only with a reason: the schema refuses it or a blocking rule is broken. */
function wantsReason({ rapporto }: IstanzaLetta): boolean {
  return rapporto.errori.length > 0 || rapporto.esiti.some((esito) => esito.gravita === 'errore')
}

async function findAlready(scope: Scope, digests: readonly string[]): Promise<Map<string, Date>> {
  const rows = await query<{ sha256: string; il: Date }>(
    scope,
    'select sha256, importato_il as il from metadati_importati where ente_id = $1 and sha256 = any($2::text[])',
    [scope.ente.id, digests],
  )
  return new Map(rows.map((row) => [row.sha256, row.il]))
}

/** The dry run: what each file is, what had to be tolerated, what is wrong and where, which record of ours it speaks of. Nothing is written. */
export async function verifyMetadati(scope: Scope, ids: readonly string[], store: ObjectStore): Promise<VerificaMetadatiDto> {
  const letti = await readUploads(scope, ids, store)
  return await inReadTransaction(scope, async (s) => {
    const already = await findAlready(
      s,
      letti.map((one) => one.sha256),
    )
    const istanze: VerificaMetadatiDto['istanze'] = []
    for (const letta of letti) {
      const il = already.get(letta.sha256)
      istanze.push({
        ...letta.rapporto,
        collegamento: letta.modello === null ? null : await findCollegamento(s, letta.modello),
        giaImportato: il === undefined ? null : formatItalianInstant(il),
      })
    }
    const fresh = letti.filter((one) => one.modello !== null && !already.has(one.sha256))
    return { istanze, importabili: fresh.length, daAccettare: fresh.filter(wantsReason).length }
  })
}

async function writeIstanza(tx: TxScope, letta: IstanzaLetta, contenutoId: string, input: ImportazioneMetadatiIn): Promise<void> {
  const { modello, rapporto, sha256 } = letta
  if (modello === null || rapporto.profilo === null) throw new Error('an unreadable instance was about to be imported')
  const collegamento = await findCollegamento(tx, modello)
  const of = (tipo: string): string | null => (collegamento?.tipo === tipo ? collegamento.id : null)
  const id = newId()
  await insertRows(tx, 'metadati_importati', [
    {
      id,
      profilo: rapporto.profilo,
      identificativo: rapporto.identificativo,
      oggetto: rapporto.oggetto,
      riferimento: rapporto.riferimento,
      riservato: modello.profilo !== 'AGG' && modello.riservato,
      provenienza: input.provenienza,
      nome_file: rapporto.nome,
      contenuto_id: contenutoId,
      sha256,
      modello: json(modello),
      rapporto: json(rapporto),
      accettazione: wantsReason(letta) ? input.accettazione : '',
      documento_id: of('documento'),
      fascicolo_id: of('fascicolo'),
      registrazione_storica_id: of('registrazione-storica'),
      importato_da: tx.attore.id,
      importato_da_nome: tx.attore.nome,
      importato_il: now().toISOString(),
    },
  ])
  tx.audit({
    azione: 'metadati-importati',
    oggettoTipo: 'metadati-importati',
    oggettoId: id,
    ...(of('documento') === null ? {} : { documentoId: of('documento') ?? '' }),
    ...(of('fascicolo') === null ? {} : { fascicoloId: of('fascicolo') ?? '' }),
    dopo: { profilo: rapporto.profilo, identificativo: rapporto.identificativo, impronta: sha256, provenienza: input.provenienza },
    ...(wantsReason(letta) ? { motivo: input.accettazione } : {}),
  })
}

/**
 * Imports the readable instances that are not here yet: each file is kept as it came, with its report and what it speaks of, and never changes. Those the
 * schema or a blocking rule refuses want a reason, which stays with them. Same key and same request give the first result. Throws InvalidInput, Conflict.
 */
export async function importMetadati(
  scope: Scope,
  input: ImportazioneMetadatiIn,
  chiave: string,
  store: ObjectStore,
): Promise<ImportatiDto> {
  const letti = (await readUploads(scope, input.contenuti, store)).filter((one) => one.modello !== null)
  const richiesta = digestRequest(input)
  const kept: NuovoContenuto[] = []
  for (const { file } of letti) kept.push(await storeBuffer(scope, store, file.bytes, file.nome))
  await inTransaction(scope, async (tx) => {
    const earlier = await claimKey(tx, OPERAZIONE, chiave, richiesta, newId())
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta) throw chiaveGiaUsata()
      return
    }
    const already = await findAlready(
      tx,
      letti.map((one) => one.sha256),
    )
    const fresh = letti.filter((one) => !already.has(one.sha256))
    if (fresh.length === 0) throw nullaDaImportare()
    if (fresh.some(wantsReason) && input.accettazione === '') throw accettazioneMetadatiMancante()
    const contents = kept.filter((one) => fresh.some((letta) => letta.sha256 === one.sha256))
    await insertContenuti(tx, contents)
    for (const letta of fresh) {
      const contenuto = contents.find((one) => one.sha256 === letta.sha256)
      if (contenuto === undefined) throw new Error('the bytes of an instance were not kept')
      await writeIstanza(tx, letta, contenuto.id, input)
    }
  })
  const digests = letti.map((one) => one.sha256)
  return await inReadTransaction(scope, async (s) => await findImportati(s, { pagina: 1, perPagina: 100 }, digests))
}

/** The metadata files of other systems kept here, the last first. */
export async function listImportati(scope: Scope, filtri: FiltriImportati): Promise<ImportatiDto> {
  return await inReadTransaction(scope, async (s) => await findImportati(s, filtri, null))
}

/** One of them with its report and its text; the read is recorded. Throws NotFound. */
export async function readImportato(scope: Scope, id: string, store: ObjectStore): Promise<ImportatoDto> {
  const row = await inReadTransaction(scope, async (s) => await findImportato(s, id))
  if (row === null) throw importatoAssente()
  const bytes = await buffer(await openVerified(store, scope.ente.id, row.sha256))
  await recordFact(scope, { azione: 'metadati-importati-letti', oggettoTipo: 'metadati-importati', oggettoId: id })
  return {
    ...presentRiga(scope, row),
    rapporto: row.rapporto,
    accettazione: row.accettazione,
    sha256: row.sha256,
    xml: bytes.toString('utf8'),
  }
}

/** Its file as it came. Throws NotFound. */
export async function openImportato(scope: Scope, id: string, store: ObjectStore): Promise<FileReply> {
  const row = await inReadTransaction(scope, async (s) => await findImportato(s, id))
  if (row === null) throw importatoAssente()
  await recordFact(scope, { azione: 'metadati-importati-letti', oggettoTipo: 'metadati-importati', oggettoId: id })
  return await replyWith(scope, { nome: row.nomeFile, mime: 'application/xml', sha256: row.sha256, dimensione: row.dimensione }, store)
}
