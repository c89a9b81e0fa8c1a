import type { ObjectStore } from '../../../storage/index.ts'
import { extractContenuto, findContenuti } from '../../documenti/index.ts'
import { inReadTransaction, inTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { fileEstraneo, fileNonFirmato, firmatoDiverso } from '../errors.ts'
import { updateBozza } from '../repository.ts'
import type { BozzaDto } from '../schema.ts'
import { readContenuto } from './documento.ts'
import { findVisibleBozza, lockFor, readBozza } from './draft.ts'

/**
 * Takes the document signed by the person with a device of his own. It must hold a signature (PAdES or CAdES, told from the bytes), and hold the document
 * that was prepared here: a CAdES envelope the same bytes, a signed PDF the same beginning, because a signature is appended. Another content is refused
 * until the person confirms it. The signed bytes are kept as they came (REQ-PROT-028). Throws InvalidInput, RuleViolation, Conflict, NotFound.
 */
export async function attachFirmato(
  scope: Scope,
  id: string,
  input: { readonly versione: number; readonly contenutoId: string; readonly confermaDiverso: boolean },
  store: ObjectStore,
): Promise<BozzaDto> {
  const { row, file } = await inReadTransaction(scope, async (s) => ({
    row: await findVisibleBozza(s, id),
    file: (await findContenuti(s, [input.contenutoId])).get(input.contenutoId),
  }))
  if (file === undefined || file.caricatoDa !== scope.attore.id) throw fileEstraneo()
  if (file.formato.firmato !== 'pades' && file.formato.firmato !== 'cades') throw fileNonFirmato()
  const uguale =
    row.documento === null ||
    holdsDocumento(await readContenuto(scope, store, file.sha256), await readContenuto(scope, store, row.documento.sha256))
  if (!uguale && !input.confermaDiverso) throw firmatoDiverso()
  await inTransaction(scope, async (tx) => {
    const locked = await lockFor(tx, id, 'firma', input.versione, 'il file firmato si carica quando il documento è da firmare')
    await updateBozza(tx, id, { stato: 'FIRMATA', firmato_contenuto_id: file.id })
    tx.audit({
      azione: 'documento-firmato',
      oggettoTipo: 'bozza',
      oggettoId: id,
      prima: { stato: locked.stato, impronta: locked.documento?.sha256 ?? null },
      dopo: { stato: 'FIRMATA', impronta: file.sha256, firma: file.formato.firmato, contenutoUguale: uguale },
    })
  })
  return await readBozza(scope, id)
}

/** True when the signed bytes hold the document: inside an envelope, through several signatures, or at the beginning of a signed PDF. */
export function holdsDocumento(firmato: Buffer, documento: Buffer): boolean {
  let current: Buffer | null = firmato
  for (let depth = 0; current !== null && depth < 5; depth++) {
    if (current.subarray(0, documento.length).equals(documento)) return true
    current = extractContenuto(current) as Buffer | null
  }
  return false
}
