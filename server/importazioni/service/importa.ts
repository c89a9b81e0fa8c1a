import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { ObjectStore } from '../../../storage/index.ts'
import { openVerified } from '../../../storage/index.ts'
import { insertContenuti, storeBuffer } from '../../documenti/index.ts'
import type { NuovoContenuto } from '../../documenti/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, json, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { formatItalianInstant, now } from '../../kernel/time.ts'
import { giaImportato, statoImportazione } from '../errors.ts'
import { findImportazione, findRegistroStorico, lockImportazione, updateImportazione } from '../repository.ts'
import type { ImportazioneRow } from '../repository.ts'
import { visitArchivio } from '../storico/archivio.ts'
import type { RigaStorica } from '../storico/leggi.ts'
import type { Rapporto } from '../storico/riconcilia.ts'
import { examine } from './storico.ts'

/** Rows written by one statement. */
const BLOCCO = 500
/** Files between two signs of progress. */
const PASSO = 50

/**
 * The real run, in its job: reads and reconciles again, and stops when the outcome is not the one that was accepted; puts the files in the archive; then
 * writes register, rows and files in one transaction, all or nothing. Run again after a crash it begins again, and finds the files already there. The live
 * register, its counter and its triggers are not touched.
 */
export async function runImportazione(scope: Scope, id: string, store: ObjectStore, maxBytes: number): Promise<void> {
  const row = await findImportazione(scope, id)
  if (row?.stato !== 'IN_IMPORTAZIONE') return
  const outcome = await examine(scope, row, store, maxBytes)
  if (digest(outcome.rapporto) !== digest(row.rapporto)) {
    await fail(scope, id, 'Il file o gli uffici sono cambiati dopo la verifica: ripetila. Nulla è stato importato.')
    return
  }
  const contenuti = await stageFiles(
    scope,
    row,
    new Set(outcome.righe.flatMap((riga) => riga.file.map((file) => file.nome))),
    store,
    maxBytes,
  )
  try {
    await inTransaction(scope, async (tx) => await writeRegistro(tx, id, outcome, contenuti))
  } catch (error) {
    if (!(error instanceof Error && 'codice' in error)) throw error
    await fail(scope, id, error.message)
  }
}

async function fail(scope: Scope, id: string, errore: string): Promise<void> {
  await updateImportazione(scope, id, { stato: 'FALLITA', errore, conclusa_il: now().toISOString() })
}

/** A value's digest whatever the order of its keys: jsonb keeps another one. */
function digest(value: unknown): string {
  const sorted = (one: unknown): unknown =>
    Array.isArray(one)
      ? one.map(sorted)
      : typeof one === 'object' && one !== null
        ? Object.fromEntries(
            Object.entries(one)
              .toSorted(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, inner]) => [key, sorted(inner)]),
          )
        : one
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')
}

/** Puts the named files of the archive in the store; answers their contents by name, not yet written as rows. */
async function stageFiles(
  scope: Scope,
  row: ImportazioneRow,
  named: ReadonlySet<string>,
  store: ObjectStore,
  maxBytes: number,
): Promise<Map<string, NuovoContenuto>> {
  const contenuti = new Map<string, NuovoContenuto>()
  if (row.archivioSha256 === null) return contenuti
  await visitArchivio(await openVerified(store, scope.ente.id, row.archivioSha256), maxBytes, async (file) => {
    if (!named.has(file.nome)) return
    contenuti.set(file.nome, await storeBuffer(scope, store, await buffer(await file.read()), file.nome))
    if (contenuti.size % PASSO === 0) await updateImportazione(scope, row.id, { fatte: contenuti.size })
  })
  return contenuti
}

async function writeRegistro(
  tx: TxScope,
  id: string,
  outcome: { readonly righe: readonly RigaStorica[]; readonly rapporto: Rapporto; readonly uffici: ReadonlyMap<string, string> },
  contenuti: ReadonlyMap<string, NuovoContenuto>,
): Promise<void> {
  const row = await lockImportazione(tx, id)
  if (row?.stato !== 'IN_IMPORTAZIONE') throw statoImportazione(row?.stato ?? 'ASSENTE')
  const here = await findRegistroStorico(tx, row.codice, row.anno)
  if (here !== null) throw giaImportato(row.codice, row.anno, formatItalianInstant(here.importatoIl))
  const registroId = newId()
  const aoo = await queryOne<{ id: string }>(tx, 'select id from aoo where ente_id = $1 and predefinita', [tx.ente.id])
  await insertRows(tx, 'registro_storico', [
    {
      id: registroId,
      aoo_id: aoo?.id ?? null,
      codice: row.codice,
      anno: row.anno,
      denominazione: row.denominazione,
      provenienza: row.provenienza,
      impronta_file: row.righeSha256,
      impronta_archivio: row.archivioSha256,
      righe: outcome.rapporto.righe,
      primo: outcome.rapporto.primo,
      ultimo: outcome.rapporto.ultimo,
      rapporto: json(outcome.rapporto),
      accettazione: row.accettazione,
      importato_da: row.attore.nome,
      importato_il: now().toISOString(),
    },
  ])
  for (const block of blocks([...contenuti.values()])) await insertContenuti(tx, block)
  for (const block of blocks(outcome.righe)) await writeBlocco(tx, registroId, row.anno, block, outcome.uffici, contenuti)
  await updateImportazione(tx, id, {
    stato: 'IMPORTATA',
    fatte: contenuti.size,
    registro_storico_id: registroId,
    conclusa_il: now().toISOString(),
  })
  tx.audit({
    azione: 'registro-storico-importato',
    oggettoTipo: 'registro-storico',
    oggettoId: registroId,
    dopo: { registro: row.codice, anno: row.anno, righe: outcome.rapporto.righe, impronta: row.righeSha256, confermataDa: row.attore.nome },
  })
}

async function writeBlocco(
  tx: TxScope,
  registroId: string,
  anno: number,
  righe: readonly RigaStorica[],
  uffici: ReadonlyMap<string, string>,
  contenuti: ReadonlyMap<string, NuovoContenuto>,
): Promise<void> {
  const withId = righe.map((riga) => ({ id: newId(), riga }))
  await insertRows(
    tx,
    'registrazione_storica',
    withId.map(({ id, riga }) => ({
      id,
      registro_storico_id: registroId,
      anno,
      numero: riga.numero,
      giorno: riga.giorno,
      ora: riga.ora,
      tipo: riga.tipo,
      oggetto: riga.oggetto,
      mittenti: riga.mittenti,
      destinatari: riga.destinatari,
      protocollo_mittente: riga.protocolloMittente,
      classificazione: riga.classificazione,
      fascicolo: riga.fascicolo,
      ufficio: riga.ufficio,
      ufficio_id: uffici.get(riga.ufficio) ?? null,
      riservata: riga.riservata,
      annullata: riga.annullata,
      annullamento: riga.annullamento,
      note: riga.note,
    })),
  )
  await insertRows(
    tx,
    'file_storico',
    withId.flatMap(({ id, riga }) =>
      riga.file.flatMap((file, index) => {
        const contenuto = contenuti.get(file.nome)
        const place = { id: newId(), registrazione_storica_id: id, posizione: index + 1, nome: contenuto?.nome ?? file.nome }
        return contenuto === undefined ? [] : [{ ...place, contenuto_id: contenuto.id, impronta_dichiarata: file.impronta }]
      }),
    ),
  )
}

function blocks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / BLOCCO) }, (_, index) => list.slice(index * BLOCCO, (index + 1) * BLOCCO))
}
