import { wholeCondition } from '../fascicoli/index.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { TERMINE_ORDINARIO } from '../procedimenti/index.ts'
import { OGGI } from './repository.ts'

/** Measured times of a procedure in a year. */
export interface DurataRow {
  procedimentoId: string
  codice: string
  denominazione: string
  materia: string
  anno: number
  conclusi: number
  inCorso: number
  oltreTermine: number
  termineGiorni: number
  mediana: number | null
  novantesimo: number | null
  medianaNetta: number | null
  neiTermini: number | null
}

/**
 * Times by procedure and year of conclusion (L. 241/1990 art. 2 c. 4-bis): the practices this person reads, or with `pubblico` all those of the procedures
 * that are open to the people concerned, as counts only. Practices in course belong to the year of today.
 */
export async function findDurate(scope: Scope, f: { anno?: number | undefined; pubblico: boolean }): Promise<DurataRow[]> {
  const binds: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const seen = f.pubblico ? `(u.fascicolo ->> 'visibileCittadino')::boolean` : wholeCondition(scope, bind)
  const year = f.anno === undefined ? 'true' : `anno = ${bind(f.anno)}::int`
  return await query<DurataRow>(
    scope,
    `select * from (
       select pr.id as "procedimentoId", pr.codice, u.denominazione, u.materia, extract(year from coalesce(p.conclusa_il, ${OGGI}))::int as anno,
              count(*) filter (where p.conclusa_il is not null)::int as conclusi, count(*) filter (where p.conclusa_il is null)::int as "inCorso",
              count(*) filter (where p.conclusa_il is null and p.termine < ${OGGI})::int as "oltreTermine", coalesce(u.termine_giorni, ${TERMINE_ORDINARIO})::int as "termineGiorni",
              (percentile_cont(0.5) within group (order by p.giorni))::float as mediana, (percentile_cont(0.9) within group (order by p.giorni))::float as novantesimo,
              (percentile_cont(0.5) within group (order by p.giorni - p.giorni_sospesi))::float as "medianaNetta",
              (avg(case when p.nei_termini then 1 else 0 end) filter (where p.conclusa_il is not null))::float as "neiTermini"
         from pratica p join fascicolo f on f.ente_id = p.ente_id and f.id = p.fascicolo_id join procedimento pr on pr.ente_id = p.ente_id and pr.id = p.procedimento_id
         join procedimento_versione u on u.ente_id = pr.ente_id and u.procedimento_id = pr.id
          and u.numero = (select max(w.numero) from procedimento_versione w where w.ente_id = pr.ente_id and w.procedimento_id = pr.id)
        where p.ente_id = $1 and ${seen} group by pr.id, pr.codice, u.denominazione, u.materia, u.termine_giorni, 5) d
      where ${year} order by anno desc, codice`,
    binds,
  )
}

/** Number of calendar months without any movement after which an open fascicolo is said to be still (REQ-FASC-061). */
export const MESI_FERMO = 12

/** An open fascicolo nobody touched. */
export interface FermoRow {
  id: string
  codice: string
  slug: string
  oggetto: string
  ufficio: string
  responsabile: string
  ultimoMovimento: string
}

const FERMO = `f.stato = 'APERTO' and f.creato_il < app.istante() - interval '${MESI_FERMO} months' and not exists (select 1 from evento_audit e
  where e.ente_id = f.ente_id and e.fascicolo_id = f.id and e.istante >= app.istante() - interval '${MESI_FERMO} months'
    and e.azione not like '%-letto' and e.azione not like '%-letti' and e.azione not like '%-letta')`

/** The open fascicoli without movement for twelve months that this person reads, the longest still first: reading is not a movement (REQ-FASC-061). */
export async function findFermi(scope: Scope, pagina: number, perPagina: number): Promise<{ rows: FermoRow[]; totale: number }> {
  const binds: unknown[] = [scope.ente.id]
  const visible = wholeCondition(scope, (value) => `$${binds.push(value)}`)
  const totale = await queryOne<{ n: number }>(
    scope,
    `select count(*)::int as n from fascicolo f where f.ente_id = $1 and ${FERMO} and ${visible}`,
    binds,
  )
  const rows = await query<FermoRow>(
    scope,
    `select f.id, f.codice, f.slug, f.oggetto, u.denominazione as ufficio, coalesce(o.nome || ' ' || o.cognome, '') as responsabile,
            to_char(coalesce((select max(e.istante) from evento_audit e where e.ente_id = f.ente_id and e.fascicolo_id = f.id and e.azione not like '%-letto'
              and e.azione not like '%-letti' and e.azione not like '%-letta'), f.creato_il) at time zone 'Europe/Rome', 'YYYY-MM-DD') as "ultimoMovimento"
       from fascicolo f join ufficio u on u.ente_id = f.ente_id and u.id = f.ufficio_id left join operatore o on o.id = f.responsabile_id
      where f.ente_id = $1 and ${FERMO} and ${visible} order by 7, f.codice limit ${perPagina} offset ${(pagina - 1) * perPagina}`,
    binds,
  )
  return { rows, totale: totale?.n ?? 0 }
}

/** A notice with the practice it is about. */
export interface AvvisoRow {
  id: string
  tipo: string
  termine: string
  creatoIl: Date
  slug: string
  codice: string
  oggetto: string
  denominazione: string
  ufficioId: string
  responsabileId: string
}

/** Notices of the open practices this person reads that speak of the term as it is now, newest first; each practice only with its last one. */
export async function findAvvisi(scope: Scope): Promise<AvvisoRow[]> {
  const binds: unknown[] = [scope.ente.id]
  const visible = wholeCondition(scope, (value) => `$${binds.push(value)}`)
  return await query<AvvisoRow>(
    scope,
    `select * from (
       select distinct on (p.id) a.id, a.tipo, to_char(a.termine, 'YYYY-MM-DD') as termine, a.creato_il as "creatoIl", f.slug, f.codice, f.oggetto, v.denominazione,
              f.ufficio_id as "ufficioId", f.responsabile_id as "responsabileId"
         from pratica_avviso a join pratica p on p.ente_id = a.ente_id and p.id = a.pratica_id and p.termine = a.termine and p.conclusa_il is null
         join fascicolo f on f.ente_id = p.ente_id and f.id = p.fascicolo_id join procedimento_versione v on v.ente_id = p.ente_id and v.id = p.versione_id
        where a.ente_id = $1 and ${visible} order by p.id, a.creato_il desc, a.id desc) x
      order by termine, codice limit 500`,
    binds,
  )
}
