import { inTransaction, json, query, queryFound, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { now, romeYear } from '../kernel/time.ts'
import { CALENDARIO_NAZIONALE, nationalHolidays } from './calendario.ts'
import type { Calendario } from './calendario.ts'
import type { CalendarioDto, NuovoCalendario } from './schema.ts'

/** The calendar of an AOO; the national one when nothing was configured. */
export async function findCalendario(scope: Scope, aooId: string): Promise<Calendario> {
  const row = await queryOne<Calendario>(
    scope,
    'select patrono, santo_patrono as "santoPatrono", giorni from calendario_aoo where ente_id = $1 and aoo_id = $2',
    [scope.ente.id, aooId],
  )
  return row ?? CALENDARIO_NAZIONALE
}

/** The AOO asked for, or the default one. Throws NotFound. */
async function findAoo(scope: Scope, aooId: string | undefined): Promise<{ id: string; denominazione: string }> {
  return await queryFound(
    scope,
    'L’area organizzativa non esiste.',
    'select id, denominazione from aoo where ente_id = $1 and (id = $2 or ($2::uuid is null and predefinita)) order by predefinita desc limit 1',
    [scope.ente.id, aooId ?? null],
  )
}

/** The calendar with the national holidays of this year and the next, as its page shows it. Throws NotFound. */
export async function readCalendario(scope: Scope, aooId?: string): Promise<CalendarioDto> {
  const aoo = await findAoo(scope, aooId)
  const { patrono, santoPatrono, giorni } = await findCalendario(scope, aoo.id)
  const anno = romeYear(now())
  const festivi = [anno, anno + 1].flatMap((y) => [...nationalHolidays(y)].map(([giorno, nome]) => ({ giorno, nome })))
  return { aoo, patrono, santoPatrono, giorni: [...giorni], festivi }
}

/** Replaces the calendar of an AOO; terms already computed do not change. In the trail with the old one. Throws NotFound. */
export async function saveCalendario(scope: Scope, nuovo: NuovoCalendario, aooId?: string): Promise<CalendarioDto> {
  const aoo = await findAoo(scope, aooId)
  await inTransaction(scope, async (tx) => {
    const prima = await findCalendario(tx, aoo.id)
    const giorni = nuovo.giorni.toSorted((a, b) => (a.giorno < b.giorno ? -1 : 1))
    await query(
      tx,
      `insert into calendario_aoo (ente_id, aoo_id, patrono, santo_patrono, giorni) values ($1, $2, $3, $4, $5)
       on conflict (ente_id, aoo_id) do update set patrono = excluded.patrono, santo_patrono = excluded.santo_patrono, giorni = excluded.giorni`,
      [tx.ente.id, aoo.id, nuovo.patrono, nuovo.santoPatrono, json(giorni)],
    )
    tx.audit({ azione: 'calendario-modificato', oggettoTipo: 'aoo', oggettoId: aoo.id, prima, dopo: { ...nuovo, giorni } })
  })
  return await readCalendario(scope, aoo.id)
}
