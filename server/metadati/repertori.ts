import { recordFact } from '../kernel/audit.ts'
import { inReadTransaction } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { now, romeDay } from '../kernel/time.ts'
import { findVisibleRiga } from '../repertori/index.ts'
import { rigaAssente } from './errors.ts'
import { findDocumentiFatti } from './repository.ts'
import type { MetadatiDto } from './schema.ts'
import { withRepairs } from './riparazione.ts'
import { emitDocumento } from './service.ts'

/** Metadata of a row of a repertory this person may see, with their file name; the read is recorded. Throws NotFound. */
export async function readDaiRepertorio(scope: Scope, rigaId: string): Promise<{ metadati: MetadatiDto; nome: string }> {
  const { fatti, riga } = await inReadTransaction(scope, async (s) => {
    const visible = await findVisibleRiga(s, rigaId)
    return { riga: visible, fatti: (await findDocumentiFatti(s, [visible.documentoId]))[0] }
  })
  if (fatti === undefined) throw rigaAssente()
  await recordFact(scope, {
    azione: 'metadati-letti',
    oggettoTipo: 'registrazione-repertorio',
    oggettoId: rigaId,
    documentoId: riga.documentoId,
  })
  const oggetto = { ente: scope.ente.slug, tipo: 'documento' as const, pagina: `repertori/righe/${rigaId}` }
  return {
    metadati: withRepairs(emitDocumento(fatti, romeDay(now())), oggetto),
    nome: `dai-${riga.codice}-${riga.serie}-${riga.numero}.xml`,
  }
}
