import type { z } from 'zod'
import { findFiles, presentFile } from '../../documenti/index.ts'
import { inReadTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { daysBetween, now, romeDay } from '../../kernel/time.ts'
import { findRigheById } from '../lists.ts'
import { canReassign } from '../policy.ts'
import type { lavoroAssegnazioneDto, visteAssegnazioni } from '../schema.ts'

type Vista = (typeof visteAssegnazioni)[number]
const stati: Readonly<Record<Vista, string>> = {
  'da-prendere-in-carico': 'da_prendere_in_carico',
  'in-carico': 'in_carico',
  'per-conoscenza': 'per_conoscenza',
  rifiutate: 'rifiutata',
}

/** The work of my offices in one state, oldest first. Whoever assigns for the AOO also sees what was refused anywhere. */
export async function listAssegnazioni(
  scope: Scope,
  vista: Vista,
  pagina: number,
  perPagina: number,
): Promise<{ elementi: z.infer<typeof lavoroAssegnazioneDto>[]; totale: number }> {
  const wholeAoo = vista === 'rifiutate' && canReassign(scope.attore, null)
  return await inReadTransaction(scope, async (s) => {
    const where = `a.ente_id = $1 and a.al is null and a.stato = $2 and ($3 or a.ufficio_id = any($4::uuid[]))`
    const params = [s.ente.id, stati[vista], wholeAoo, s.attore.uffici]
    const totale = await queryOne<{ n: number }>(s, `select count(*)::int as n from assegnazione a where ${where}`, params)
    const rows = await query<{
      id: string
      registrazioneId: string
      documentoId: string
      tipo: 'competenza' | 'conoscenza'
      stato: string
      dal: Date
      motivo: string | null
      nota: string | null
    }>(
      s,
      `select a.id, a.registrazione_id as "registrazioneId", a.documento_id as "documentoId", a.tipo, a.stato, a.dal, a.motivo, a.nota from assegnazione a
        where ${where} order by a.dal, a.id limit ${perPagina} offset ${(pagina - 1) * perPagina}`,
      params,
    )
    const righe = await findRigheById(
      s,
      rows.map((r) => r.registrazioneId),
    )
    const files = await findFiles(
      s,
      rows.map((r) => r.documentoId),
    )
    const elementi = rows.flatMap((r) => {
      const registrazione = righe.get(r.registrazioneId)
      const own = files.filter((f) => f.documentoId === r.documentoId)
      const principale = own.find((f) => f.ruolo === 'principale')
      if (registrazione === undefined || principale === undefined || registrazione.stato === 'riservata') return []
      return [
        {
          id: r.id,
          registrazione,
          documentoId: r.documentoId,
          tipo: r.tipo,
          stato: r.stato,
          dal: r.dal.toISOString(),
          giorni: daysBetween(romeDay(r.dal), romeDay(now())),
          motivo: r.motivo,
          nota: r.nota,
          principale: presentFile(principale),
          allegati: own.filter((f) => f.ruolo === 'allegato').map(presentFile),
        },
      ]
    })
    return { elementi, totale: totale?.n ?? 0 }
  })
}
