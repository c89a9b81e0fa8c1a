import type { z } from 'zod'
import { findFiles, presentFile } from '../../documenti/index.ts'
import { identitaDi, inReadTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { daysBetween, now, romeDay } from '../../kernel/time.ts'
import { findRigheById, readableCondition } from '../lists.ts'
import { canReassign } from '../policy.ts'
import { visteAssegnazioni } from '../schema/lavoro.ts'
import type { lavoroAssegnazioneDto, VistaAssegnazioni } from '../schema/lavoro.ts'

/** State an assignment has in each view; `inviate` shows every state. */
const stati: Readonly<Record<VistaAssegnazioni, string | null>> = {
  'da-prendere-in-carico': 'da_prendere_in_carico',
  'in-carico': 'in_carico',
  'non-fascicolate': 'in_carico',
  'per-conoscenza': 'per_conoscenza',
  rifiutate: 'rifiutata',
  inviate: null,
}

const FROM = 'from assegnazione a join registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id'

/**
 * The one condition of a view, for its list and for its counter alike: open, in that state, of my offices and readable by me. Refused ones are of the
 * whole AOO for who assigns in it; the sent ones are those I gave to others.
 */
function viewCondition(scope: Scope, vista: VistaAssegnazioni, bind: (value: unknown) => string): string {
  const parts = ['a.al is null', readableCondition(scope, bind)]
  const stato = stati[vista]
  if (stato !== null) parts.push(`a.stato = ${bind(stato)}`)
  const mine = (): string => `a.ufficio_id = any(${bind(scope.attore.uffici)}::uuid[])`
  if (vista === 'inviate') parts.push(`a.autore_id = any(${bind(identitaDi(scope.attore))}::text[]) and not ${mine()}`)
  else if (vista !== 'rifiutate' || !canReassign(scope.attore, null)) parts.push(mine())
  if (vista === 'non-fascicolate') {
    parts.push(
      `not exists (select 1 from fascicolo_documento fd where fd.ente_id = a.ente_id and fd.documento_id = a.documento_id and fd.tolto_il is null)`,
    )
  }
  return parts.join(' and ')
}

/** How many documents each view holds for this person: the very condition of the lists, so that a number always equals what it opens. */
export async function countAssegnazioni(scope: Scope): Promise<Record<VistaAssegnazioni, number>> {
  const binds: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const counts = visteAssegnazioni.map(
    (vista, i) => `(select count(*)::int ${FROM} where a.ente_id = $1 and ${viewCondition(scope, vista, bind)}) as v${i}`,
  )
  const row = await queryOne<Record<string, number>>(scope, `select ${counts.join(', ')}`, binds)
  return Object.fromEntries(visteAssegnazioni.map((vista, i) => [vista, row?.[`v${i}`] ?? 0])) as Record<VistaAssegnazioni, number>
}

interface Riga {
  id: string
  registrazioneId: string
  documentoId: string
  ufficio: string
  operatore: string | null
  tipo: 'competenza' | 'conoscenza'
  stato: string
  dal: Date
  motivo: string | null
  nota: string | null
}

/** The work of my offices in one view, oldest first; what I sent newest first. */
export async function listAssegnazioni(
  scope: Scope,
  vista: VistaAssegnazioni,
  pagina: number,
  perPagina: number,
): Promise<{ elementi: z.infer<typeof lavoroAssegnazioneDto>[]; totale: number }> {
  return await inReadTransaction(scope, async (s) => {
    const binds: unknown[] = [s.ente.id]
    const where = `a.ente_id = $1 and ${viewCondition(s, vista, (value) => `$${binds.push(value)}`)}`
    const totale = await queryOne<{ n: number }>(s, `select count(*)::int as n ${FROM} where ${where}`, binds)
    const rows = await query<Riga>(
      s,
      `select a.id, a.registrazione_id as "registrazioneId", a.documento_id as "documentoId", u.denominazione as ufficio, o.nome || ' ' || o.cognome as operatore,
              a.tipo, a.stato, a.dal, a.motivo, a.nota
         ${FROM} join ufficio u on u.ente_id = a.ente_id and u.id = a.ufficio_id left join operatore o on o.id = a.operatore_id
        where ${where} order by a.dal ${vista === 'inviate' ? 'desc' : 'asc'}, a.id limit ${perPagina} offset ${(pagina - 1) * perPagina}`,
      binds,
    )
    return { elementi: await present(s, rows), totale: totale?.n ?? 0 }
  })
}

async function present(s: Scope, rows: readonly Riga[]): Promise<z.infer<typeof lavoroAssegnazioneDto>[]> {
  const ids = rows.map((r) => r.registrazioneId)
  const righe = await findRigheById(s, ids)
  const files = await findFiles(
    s,
    rows.map((r) => r.documentoId),
  )
  const oggi = romeDay(now())
  return rows.flatMap((r) => {
    const registrazione = righe.get(r.registrazioneId)
    if (registrazione === undefined) return []
    const own = files.filter((f) => f.documentoId === r.documentoId)
    const principale = own.find((f) => f.ruolo === 'principale')
    return [
      {
        id: r.id,
        registrazione,
        documentoId: r.documentoId,
        tipo: r.tipo,
        stato: r.stato,
        dal: r.dal.toISOString(),
        giorni: daysBetween(romeDay(r.dal), oggi),
        ufficio: r.ufficio,
        operatore: r.operatore,
        motivo: r.motivo,
        nota: r.nota,
        principale: principale === undefined ? null : presentFile(principale),
        allegati: own.filter((f) => f.ruolo === 'allegato').map(presentFile),
      },
    ]
  })
}
