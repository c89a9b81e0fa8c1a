import { documentoAssente, findFiles, replyWith } from '../../documenti/index.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import type { FileReply } from '../../kernel/endpoint.ts'
import { inReadTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { findVociById } from '../../titolario/index.ts'
import { findCondizioni } from '../condizioni.ts'
import { copiaNonDisponibile, registrazioneAssente, sigilloInCorso } from '../errors.ts'
import { findAssegnazioni, findClassificazioni, findCopie, findFascicoliOf } from '../lists.ts'
import { canReadRegistrazione, visibilitaOf } from '../policy.ts'
import { presentRegistrazione } from '../presenter.ts'
import { findVista } from '../readable.ts'
import { findByDocumento, findById, findByNumero, findCollegamenti, findSoggetti } from '../repository.ts'
import type { RegistrazioneRow } from '../repository.ts'
import type { RegistrazioneDto } from '../schema.ts'

/** A registration by id, as its page shows it; the read is recorded. Throws NotFound when it is not there or not visible: the answer is the same. */
export async function readRegistrazione(scope: Scope, id: string): Promise<RegistrazioneDto> {
  return await read(scope, async (s) => await findById(s, id))
}

/** A registration by year and number of the general register. */
export async function readRegistrazioneByNumero(scope: Scope, anno: number, numero: number): Promise<RegistrazioneDto> {
  return await read(scope, async (s) => await findByNumero(s, anno, numero))
}

async function read(scope: Scope, find: (s: Scope) => Promise<RegistrazioneRow | null>): Promise<RegistrazioneDto> {
  const dto = await inReadTransaction(scope, async (s) => {
    const row = await assertVisible(s, await find(s))
    return await compose(s, row)
  })
  await recordFact(scope, {
    azione: 'registrazione-letta',
    oggettoTipo: 'registrazione',
    oggettoId: dto.id,
    documentoId: dto.documento.id,
    ...(dto.condizione.riservata ? { dopo: { livello: dto.condizione.livello } } : {}),
  })
  return dto
}

/** The DTO of a registration the caller may already see (after having made it, or after a check of its own). */
export async function presentById(scope: Scope, id: string): Promise<RegistrazioneDto> {
  return await inReadTransaction(scope, async (s) => {
    const row = await findById(s, id)
    if (row === null) throw registrazioneAssente()
    return await compose(s, row)
  })
}

async function compose(s: Scope, row: RegistrazioneRow): Promise<RegistrazioneDto> {
  const condizione = (await findCondizioni(s, [row.id])).get(row.id)
  const [soggetti, files, voci, storia, assegnazioni, fascicoli, copie, collegamenti] = [
    await findSoggetti(s, row.id),
    await findFiles(s, [row.documentoId]),
    await findVociById(s, [row.voceId]),
    await findClassificazioni(s, row.documentoId),
    await findAssegnazioni(s, row.id),
    await findFascicoliOf(s, row.documentoId),
    await findCopie(s, row.id),
    await findCollegamenti(s, row.id),
  ]
  const voce = voci.get(row.voceId)
  if (voce === undefined || condizione === undefined) throw new Error('a document without its voice or state')
  return presentRegistrazione(row, { soggetti, files, voce, storia, assegnazioni, fascicoli, copie, collegamenti, condizione })
}

/** The row, when this person may see it. Throws NotFound otherwise. */
export async function assertVisible(s: Scope, row: RegistrazioneRow | null): Promise<RegistrazioneRow> {
  if (row === null) throw registrazioneAssente()
  if (!canReadRegistrazione(visibilitaOf(s.attore), await findVista(s, row.id))) throw registrazioneAssente()
  return row
}

/** The registration of a document this person may see, or NotFound. Other features ask here before showing anything of a document. */
export async function findVisibleByDocumento(scope: Scope, documentoId: string): Promise<RegistrazioneRow> {
  return await inReadTransaction(scope, async (s) => {
    const row = await findByDocumento(s, documentoId)
    if (row === null) throw documentoAssente()
    return await assertVisible(s, row)
  })
}

/** The registration by id this person may see, or NotFound. */
export async function findVisibleById(scope: Scope, id: string): Promise<RegistrazioneRow> {
  return await inReadTransaction(scope, async (s) => await assertVisible(s, await findById(s, id)))
}

/** A file of a document, with verified bytes; the read is recorded and committed before the first of them leaves (REQ-PROT-055, 064). */
export async function openDocumentoFile(scope: Scope, documentoId: string, fileId: string, store: ObjectStore): Promise<FileReply> {
  const file = await inReadTransaction(scope, async (s) => {
    await findVisibleByDocumento(s, documentoId)
    return (await findFiles(s, [documentoId])).find((f) => f.id === fileId)
  })
  if (file === undefined) throw documentoAssente()
  await recordFact(scope, {
    azione: 'documento-letto',
    oggettoTipo: 'documento',
    oggettoId: documentoId,
    documentoId,
    dopo: { file: file.nome, impronta: file.sha256 },
  })
  return await replyWith(scope, file, store)
}

/** The sealed segnatura or the stamped copy of a registration. Throws Conflict while the seal is being made, NotFound where no copy can exist. */
export async function openCopia(scope: Scope, id: string, tipo: 'segnatura' | 'copia', store: ObjectStore): Promise<FileReply> {
  const { row, copia } = await inReadTransaction(scope, async (s) => {
    const visible = await assertVisible(s, await findById(s, id))
    // An annulled document is never handed out without its mark (REQ-PROT-048).
    const annullata = tipo === 'copia' && (await findCondizioni(s, [id])).get(id)?.annullata !== null
    const wanted = annullata ? 'copia-annullata' : tipo
    return { row: visible, copia: (await findCopie(s, id)).find((c) => c.tipo === wanted) }
  })
  if (copia === undefined) throw tipo === 'segnatura' ? sigilloInCorso() : copiaNonDisponibile()
  await recordFact(scope, {
    azione: 'documento-letto',
    oggettoTipo: 'registrazione',
    oggettoId: id,
    documentoId: row.documentoId,
    dopo: { file: copia.nome, impronta: copia.sha256 },
  })
  return await replyWith(scope, copia, store)
}
