import type { ObjectStore } from '../../storage/index.ts'
import { findFiles, replyWith } from '../documenti/index.ts'
import { sessioneDi } from '../identita/index.ts'
import { recordFact } from '../kernel/audit.ts'
import type { FileReply } from '../kernel/endpoint.ts'
import { inReadTransaction } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { documentoNonTuo, identitaAssente, praticaAssente } from './errors.ts'
import { presentAccesso, presentPratica, presentRigaPratica } from './presenter.ts'
import { findAccessi, findDocumentiPratica, findPratica, findPratiche } from './repository.ts'
import type { AccessoDto, Pagine, PraticaDto, ProfiloDto, RigaPraticaDto } from './schema.ts'

/** Who the identity provider said the citizen is. Throws NotAuthenticated outside a session. */
export async function readProfilo(scope: Scope): Promise<ProfiloDto> {
  const sessione = sessioneDi(scope)
  if (sessione === null) throw identitaAssente()
  const { nome, codiceFiscale, schema, livello } = sessione
  return await Promise.resolve({ nome, codiceFiscale, schema, livello, ente: scope.ente.denominazione })
}

/** The fascicoli that concern the citizen and that the ente made visible to him (CAD 41 c. 2-quater, REQ-PROT-145). */
export async function listPratiche(scope: Scope): Promise<RigaPraticaDto[]> {
  return await inReadTransaction(scope, async (s) => (await findPratiche(s)).map(presentRigaPratica))
}

/** One of them with stages, responsible person and the documents of its common area (REQ-FASC-021); the read is recorded. Throws NotFound. */
export async function readPratica(scope: Scope, slug: string): Promise<PraticaDto> {
  const dto = await inReadTransaction(scope, async (s) => {
    const row = await findPratica(s, slug)
    if (row === null) throw praticaAssente()
    const documenti = await findDocumentiPratica(s, row.id)
    return presentPratica(
      row,
      documenti,
      await findFiles(
        s,
        documenti.map((d) => d.id),
      ),
    )
  })
  await recordFact(scope, { azione: 'fascicolo-letto', oggettoTipo: 'fascicolo', oggettoId: dto.id, fascicoloId: dto.id })
  return dto
}

/**
 * A file of a document open to the citizen. The read is committed to the trail before the first byte leaves; the bytes are checked against their
 * recorded hash on the way. Throws NotFound, the same for what is not his and for what does not exist.
 */
export async function openDocumentoPratica(scope: Scope, documentoId: string, fileId: string, store: ObjectStore): Promise<FileReply> {
  const file = (await findFiles(scope, [documentoId])).find((f) => f.id === fileId)
  if (file === undefined) throw documentoNonTuo()
  await recordFact(scope, {
    azione: 'documento-letto',
    oggettoTipo: 'documento',
    oggettoId: documentoId,
    documentoId,
    dopo: { file: file.nome, impronta: file.sha256 },
  })
  return await replyWith(scope, file, store)
}

/** Who opened the citizen's documents and fascicoli: the people of the ente by name, and himself; never another citizen. */
export async function listAccessi(scope: Scope, pagine: Pagine): Promise<{ elementi: AccessoDto[]; totale: number }> {
  return await inReadTransaction(scope, async (s) => {
    const { rows, totale } = await findAccessi(s, pagine)
    return { elementi: rows.map(presentAccesso), totale }
  })
}
