import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { readableCondition } from '../protocollo/index.ts'

/** Registrations a day in the last 14 days, zeros included, of what this person may read. */
export async function countByDay(scope: Scope): Promise<{ giorno: string; entrata: number; uscita: number; interno: number }[]> {
  const binds: unknown[] = [scope.ente.id]
  const readable = readableCondition(scope, (value) => `$${binds.push(value)}`)
  return await query(
    scope,
    `select to_char(g.giorno, 'YYYY-MM-DD') as giorno, count(r.id) filter (where r.tipo = 'E')::int as entrata, count(r.id) filter (where r.tipo = 'U')::int as uscita,
            count(r.id) filter (where r.tipo = 'I')::int as interno
       from generate_series((now() at time zone 'Europe/Rome')::date - 13, (now() at time zone 'Europe/Rome')::date, interval '1 day') as g(giorno)
       left join registrazione r on r.ente_id = $1 and r.giorno = g.giorno::date and ${readable}
      group by g.giorno order by g.giorno`,
    binds,
  )
}

/** Open fascicoli of some offices whose term falls within seven days or is past. */
export async function findScadenze(
  scope: Scope,
  uffici: readonly string[],
  tutti: boolean,
): Promise<{ id: string; slug: string; codice: string; oggetto: string; termine: string; giorni: number }[]> {
  return await query(
    scope,
    `select id, slug, codice, oggetto, to_char(termine, 'YYYY-MM-DD') as termine, (termine - (now() at time zone 'Europe/Rome')::date)::int as giorni from fascicolo
      where ente_id = $1 and stato = 'APERTO' and not exists (select 1 from pratica p where p.ente_id = fascicolo.ente_id and p.fascicolo_id = fascicolo.id and p.conclusa_il is not null) and termine <= (now() at time zone 'Europe/Rome')::date + 7 and ($3 or ufficio_id = any($2::uuid[]))
      order by termine, codice limit 20`,
    [scope.ente.id, uffici, tutti],
  )
}
