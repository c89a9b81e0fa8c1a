import type { ObjectStore } from '../../../storage/index.ts'
import { openVerified } from '../../../storage/index.ts'
import { findContenuti } from '../../documenti/index.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, json } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { formatItalianInstant, now, romeYear } from '../../kernel/time.ts'
import { TabellaIlleggibile, decodeCsv, readTabella } from '../../kernel/csv.ts'
import {
  accettazioneMancante,
  annoNonChiuso,
  fileEstraneo,
  giaImportato,
  importazioneAssente,
  nonImportabile,
  statoImportazione,
  tabellaIlleggibile,
} from '../errors.ts'
import { presentImportazione } from '../presenter.ts'
import {
  findCodiciUffici,
  findImportazione,
  findRegistroStorico,
  listImportazioni,
  lockImportazione,
  updateImportazione,
} from '../repository.ts'
import type { ImportazioneRow } from '../repository.ts'
import type { ImportazioneDto, NuovaImportazione } from '../schema.ts'
import { ArchivioIlleggibile, digestsOf } from '../storico/archivio.ts'
import { leggiRighe } from '../storico/leggi.ts'
import type { RigaStorica } from '../storico/leggi.ts'
import { riconcilia } from '../storico/riconcilia.ts'
import type { Rapporto } from '../storico/riconcilia.ts'

/** The imports of the ente, the last first. */
export async function readImportazioni(scope: Scope): Promise<ImportazioneDto[]> {
  return (await listImportazioni(scope)).map(presentImportazione)
}

/** An import with its report. Throws NotFound. */
export async function readImportazione(scope: Scope, id: string): Promise<ImportazioneDto> {
  const row = await findImportazione(scope, id)
  if (row === null) throw importazioneAssente()
  return presentImportazione(row)
}

/**
 * Asks for the dry run of a past register: the table and the archive are read and reconciled by a job, nothing is imported. Throws InvalidInput for a year
 * that is not over or files that are not of this person, Conflict when that year is already here.
 */
export async function requestVerifica(scope: Scope, input: NuovaImportazione): Promise<ImportazioneDto> {
  const id = newId()
  if (input.anno >= romeYear(now())) throw annoNonChiuso(input.anno)
  await inTransaction(scope, async (tx) => {
    const here = await findRegistroStorico(tx, input.codice, input.anno)
    if (here !== null) throw giaImportato(input.codice, input.anno, formatItalianInstant(here.importatoIl))
    const wanted = [input.righeContenutoId, ...(input.archivioContenutoId === undefined ? [] : [input.archivioContenutoId])]
    const found = await findContenuti(tx, wanted)
    if (found.get(input.righeContenutoId)?.caricatoDa !== tx.attore.id) throw fileEstraneo('righeContenutoId')
    if (wanted.some((one) => found.get(one)?.caricatoDa !== tx.attore.id)) throw fileEstraneo('archivioContenutoId')
    await insertRows(tx, 'importazione', [
      {
        id,
        stato: 'IN_VERIFICA',
        codice: input.codice,
        anno: input.anno,
        denominazione: input.denominazione,
        provenienza: input.provenienza,
        righe_contenuto_id: input.righeContenutoId,
        archivio_contenuto_id: input.archivioContenutoId ?? null,
        rapporto: json(null),
        accettazione: '',
        fatte: 0,
        attore: json({ id: tx.attore.id, nome: tx.attore.nome }),
        creata_il: now().toISOString(),
      },
    ])
    tx.emit({ tipo: 'importazioneDaVerificare', id })
  })
  return await readImportazione(scope, id)
}

/** What an import would bring: its rows and their reconciliation. Throws InvalidInput when table or archive cannot be read. */
export async function examine(
  scope: Scope,
  row: ImportazioneRow,
  store: ObjectStore,
  maxBytes: number,
): Promise<{ righe: readonly RigaStorica[]; rapporto: Rapporto; uffici: ReadonlyMap<string, string> }> {
  const chunks: Buffer[] = []
  for await (const chunk of await openVerified(store, scope.ente.id, row.righeSha256)) chunks.push(chunk as Buffer)
  try {
    const letto = leggiRighe(readTabella(decodeCsv(Buffer.concat(chunks))), row.anno)
    const archivio =
      row.archivioSha256 === null
        ? new Map<string, string>()
        : await digestsOf(await openVerified(store, scope.ente.id, row.archivioSha256), maxBytes)
    const uffici = await findCodiciUffici(scope)
    return { righe: letto.righe, rapporto: riconcilia(letto, archivio, new Set(uffici.keys())), uffici }
  } catch (error) {
    if (error instanceof TabellaIlleggibile || error instanceof ArchivioIlleggibile) throw tabellaIlleggibile(error.message)
    throw error
  }
}

/** The dry run, in its job. A second run finds it verified and does nothing. */
export async function verifyImportazione(scope: Scope, id: string, store: ObjectStore, maxBytes: number): Promise<void> {
  const row = await findImportazione(scope, id)
  if (row?.stato !== 'IN_VERIFICA') return
  try {
    const { rapporto } = await examine(scope, row, store, maxBytes)
    await updateImportazione(scope, id, { stato: 'VERIFICATA', rapporto: json(rapporto) })
  } catch (error) {
    if (!(error instanceof FaldoneError)) throw error
    await updateImportazione(scope, id, { stato: 'FALLITA', errore: error.message, conclusa_il: now().toISOString() })
  }
}

/**
 * Confirms an import after its dry run. One with errors is refused; one with findings (gaps, missing files, different digests, days out of order) wants the
 * reason why the register comes here as it is, which stays with it for ever. The rows are written by a job. Throws RuleViolation, InvalidInput, Conflict.
 */
export async function confirmImportazione(scope: Scope, id: string, accettazione: string): Promise<ImportazioneDto> {
  await inTransaction(scope, async (tx) => {
    const row = await lockImportazione(tx, id)
    if (row === null) throw importazioneAssente()
    const here = await findRegistroStorico(tx, row.codice, row.anno)
    if (here !== null) throw giaImportato(row.codice, row.anno, formatItalianInstant(here.importatoIl))
    if (row.stato !== 'VERIFICATA' || row.rapporto === null) throw statoImportazione(row.stato)
    if (!row.rapporto.importabile) throw nonImportabile()
    if (row.rapporto.daAccettare && accettazione === '') throw accettazioneMancante()
    await updateImportazione(tx, id, { stato: 'IN_IMPORTAZIONE', accettazione, attore: json({ id: tx.attore.id, nome: tx.attore.nome }) })
    tx.audit({
      azione: 'importazione-confermata',
      oggettoTipo: 'importazione',
      oggettoId: id,
      dopo: { registro: row.codice, anno: row.anno, righe: row.rapporto.righe },
      ...(accettazione === '' ? {} : { motivo: accettazione }),
    })
    tx.emit({ tipo: 'importazioneConfermata', id })
  })
  return await readImportazione(scope, id)
}

/** An import for its printed report. Throws NotFound, Conflict while there is none. */
export async function findRapporto(scope: Scope, id: string): Promise<ImportazioneRow & { rapporto: Rapporto }> {
  return await inReadTransaction(scope, async (s) => {
    const row = await findImportazione(s, id)
    if (row === null) throw importazioneAssente()
    if (row.rapporto === null) throw statoImportazione(row.stato)
    return { ...row, rapporto: row.rapporto }
  })
}
