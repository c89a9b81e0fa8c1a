import type { Ruoli } from './index.ts'

/** Rows of a person looked at in one step of the walk, and the most that a walk is worth: beyond it the index of the words costs less. */
const PASSO = 2000
const CAMMINO = 24_000

/**
 * The search of who sees through his offices only. What is frequent is not looked for in the index of the words, whose long lists would be crossed with those of every
 * office: it is met by walking back through what reaches the person, newest first, until there is enough; a word that is rare there is left to the index, as before.
 * The same fence as `cerca_registrazioni` (docs/decisions.md): ente of the transaction, ids and nothing else.
 */
export function ricercaPerChi(ruoli: Ruoli): string[] {
  const definer = 'security definer set search_path = pg_catalog, public, pg_temp'
  return [
    `create function app.cerca_registrazioni_di(p_domanda tsquery, p_chi uuid[], p_tetto int, p_rango boolean, p_fra uuid[])
       returns table (registrazione uuid, istante timestamptz, rango real, completo boolean) language plpgsql stable ${definer}
       set work_mem = '64MB' set enable_indexscan = on set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
     declare
       v_ente uuid := current_setting('app.ente_id')::uuid;
       -- The word of the ente is in every row: a question without words asks for all of them.
       v_domanda tsquery := p_domanda && ('zze' || replace(v_ente::text, '-', ''))::tsquery;
       v_chi tsquery := (select string_agg('zzc' || replace(c::text, '-', ''), ' | ') from unnest(p_chi) c)::tsquery;
       v_basta int := p_tetto / 4;
       v_per_chi int := ${PASSO} / greatest(cardinality(p_chi), 1) + 1;
       v_prima timestamptz := 'infinity';
       v_fine timestamptz;
       v_inizio timestamptz;
       v_lotto uuid[];
       v_buone uuid[];
       v_trovate uuid[] := '{}';
       v_viste int := 0;
     begin
       if cardinality(p_chi) = 0 then
         return;
       end if;
       if p_fra is null and p_tetto <= 100000 then
         select min(i.istante) into v_inizio from app.indice_ricerca i where i.ente = v_ente;
         loop
           -- The next rows of every office; of those that were cut, the newest end says how far back nothing is missing.
           with s as materialized (
             select c.n, t.istante, t.registrazione from unnest(p_chi) with ordinality as c (chi, n) cross join lateral (
               select x.istante, x.registrazione_id as registrazione from public.accesso x where x.ente_id = v_ente and x.chi = c.chi and x.istante < v_prima
                order by x.istante desc limit v_per_chi) t),
           f as (select max(u.istante) as istante from (select min(s.istante) as istante from s group by s.n having count(*) >= v_per_chi) u)
           select array_agg(distinct s.registrazione) filter (where f.istante is null or s.istante > f.istante), max(f.istante) into v_lotto, v_fine from s, f;
           select array_agg(i.registrazione) into v_buone from unnest(v_lotto) l (id) join app.indice_ricerca i on i.ente = v_ente and i.registrazione = l.id where i.parole @@ v_domanda;
           v_viste := v_viste + coalesce(cardinality(v_lotto), 0);
           v_trovate := v_trovate || coalesce(v_buone, '{}');
           if v_fine is null and cardinality(v_trovate) <= p_tetto then
             return query select i.registrazione, i.istante, case when p_rango then ts_rank('{0.05, 0.1, 0.6, 1}', i.parole, p_domanda) else 0::real end, true
               from unnest(v_trovate) l (id) join app.indice_ricerca i on i.ente = v_ente and i.registrazione = l.id;
             return;
           end if;
           if v_fine is null or cardinality(v_trovate) >= v_basta then
             return query select i.registrazione, i.istante, 0::real, false from unnest(v_trovate) l (id)
               join app.indice_ricerca i on i.ente = v_ente and i.registrazione = l.id order by i.istante desc limit v_basta;
             return;
           end if;
           -- As it went so far: too far to walk, or few enough in all to be wanted whole, and then the index answers. Many rows of one instant would stop the walk.
           exit when v_lotto is null or cardinality(v_trovate)::bigint * ${CAMMINO} < v_basta::bigint * v_viste
             or cardinality(v_trovate) * (extract(epoch from now() - v_inizio) / greatest(extract(epoch from now() - v_fine), 1)) < 1.5 * p_tetto;
           v_prima := v_fine + interval '1 microsecond';
           -- The next step goes as far as it seems to be needed.
           v_per_chi := least(${CAMMINO}, (v_basta - cardinality(v_trovate))::bigint * v_viste / greatest(cardinality(v_trovate), 1) + ${PASSO} / 4) / cardinality(p_chi) + 1;
         end loop;
         -- Asked apart, the words and who is reached are two lists to cross and not one of forty words judged at each place.
         if numnode(p_domanda) > 0 then
           perform set_config('enable_indexscan', 'off', true);
           v_trovate := array(select i.registrazione from app.indice_ricerca i where i.parole @@ v_chi and i.parole @@ p_domanda and i.ente = v_ente limit p_tetto + 1);
           perform set_config('enable_indexscan', 'on', true);
           if cardinality(v_trovate) <= p_tetto then
             return query select i.registrazione, i.istante, case when p_rango then ts_rank('{0.05, 0.1, 0.6, 1}', i.parole, p_domanda) else 0::real end, true
               from unnest(v_trovate) l (id) join app.indice_ricerca i on i.ente = v_ente and i.registrazione = l.id;
             return;
           end if;
         end if;
       end if;
       return query select c.registrazione, c.istante, c.rango, c.completo from app.cerca_registrazioni(p_domanda && v_chi, p_tetto, p_rango, p_fra) c;
     end $$`,
    'revoke all on function app.cerca_registrazioni_di(tsquery, uuid[], int, boolean, uuid[]) from public',
    `grant execute on function app.cerca_registrazioni_di(tsquery, uuid[], int, boolean, uuid[]) to ${ruoli.app}, ${ruoli.jobs}`,
  ]
}
