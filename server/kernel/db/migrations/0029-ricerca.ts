import type { Ruoli } from './index.ts'

/** What a walk back may cost, in places of the index read one after the other, where its lists are short and where they are not. */
const CAMMINO = 60_000
const CAMMINO_LARGO = 120_000
/** A row looked up by its id costs as many of those places. */
const SPARSA = 10

/**
 * The search, once more: a person of a few offices walks back only over the newest places, which say how frequent his question is; the rest is asked of the index of the
 * words together with the words of the newest months, as many as seem to be needed, so that its long lists are read at their end only. And the words of the ente that begin as
 * the one typed are named one by one: the beginning of a word makes PostgreSQL read the whole lists of all of them. The same fence as before (docs/decisions.md).
 */
export function ricercaPerMesi(ruoli: Ruoli): string[] {
  const definer = 'security definer set search_path = pg_catalog, public, pg_temp'
  return [
    'drop function app.cerca_nell_indice(tsquery[], tsquery, boolean, int)',
    // Words of this ente that begin so, in their order.
    `create function app.parole_da(p_inizio text, p_limite int) returns setof text language sql stable ${definer} as $$
       select parola from app.parola_ricerca where ente = current_setting('app.ente_id')::uuid and parola >= p_inizio and parola < p_inizio || chr(1114111) order by parola limit p_limite $$`,
    // What the index of the words alone finds, at most p_limite, in no order. Exclusions stand beside a part that is looked for: alone they would read the whole index.
    `create function app.cerca_nell_indice(p_parti tsquery[], p_base tsquery, p_base_a_parte boolean, p_limite int)
       returns table (registrazione uuid, istante timestamptz) language plpgsql stable ${definer}
       set work_mem = '64MB' set enable_seqscan = off set enable_indexscan = off set enable_bitmapscan = on set jit = off as $$
     declare
       v_cercate tsquery[] := array(select p from unnest(p_parti) with ordinality u (p, n) where numnode(p) > 0 and querytree(p) <> 'T' order by numnode(p), n);
       v_parte tsquery;
     begin
       if p_base_a_parte or cardinality(v_cercate) = 0 then
         v_cercate := v_cercate || p_base;
       else
         v_cercate[1] := v_cercate[1] && p_base;
       end if;
       foreach v_parte in array array(select p from unnest(p_parti) p where numnode(p) > 0 and querytree(p) = 'T') loop
         v_cercate[1] := v_cercate[1] && v_parte;
       end loop;
       return query execute 'select i.registrazione, i.istante from app.indice_ricerca i where i.ente = $1 and ' ||
         (select string_agg(format('i.parole @@ %L::tsquery', p), ' and ' order by n) from unnest(v_cercate) with ordinality u (p, n)) || ' limit $2'
         using current_setting('app.ente_id')::uuid, p_limite;
     end $$`,
    // p_chi null for who sees everything; p_fra apart, bounded whatever is asked. Where there are more than p_tetto these are the newest, and completo says so.
    `create or replace function app.cerca_registrazioni(p_parti tsquery[], p_chi uuid[], p_tetto int, p_rango boolean, p_fra uuid[])
       returns table (registrazione uuid, istante timestamptz, rango real, completo boolean) language plpgsql stable ${definer}
       set work_mem = '64MB' set enable_indexscan = on set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
     declare
       v_ente uuid := current_setting('app.ente_id')::uuid;
       v_parole tsquery := app.congiunzione(p_parti);
       -- Who is reached, or the word of the ente, which is in every row of it.
       v_base tsquery := case when p_chi is null then 'zze' || replace(v_ente::text, '-', '') else (select string_agg('zzc' || replace(c::text, '-', ''), ' | ') from unnest(p_chi) c) end::tsquery;
       v_domanda tsquery := case when p_chi is null and v_parole is not null then v_parole else app.congiunzione(p_parti || v_base) end;
       v_basta int := p_tetto / 4;
       v_lungo int := p_tetto * 2;
       v_largo int := case when p_chi is null and coalesce(numnode(v_parole), 0) <= 20 then ${CAMMINO} else ${CAMMINO_LARGO} end;
       v_viste bigint := 0;
       v_costo bigint := 0;
       v_rado boolean;
       v_prima timestamptz := 'infinity';
       v_fine timestamptz;
       v_inizio timestamptz;
       v_ultimo timestamptz;
       v_lotto uuid[];
       v_buone uuid[];
       v_quando timestamptz[];
       v_trovate uuid[] := '{}';
       v_istanti timestamptz[] := '{}';
       v_finestra tsquery;
       v_mesi int;
       v_tutti int;
       v_stima double precision;
       -- As many as these are wanted whole.
       v_intere int := case when p_chi is null then 1.5 else 0.5 end * p_tetto;
     begin
       if cardinality(p_chi) = 0 then
         return;
       end if;
       -- Among given ones, in their order: what another engine proposed, or the documents of a fascicolo.
       if p_fra is not null then
         return query select i.registrazione, i.istante, (-f.posto)::real, true from unnest(p_fra) with ordinality f (id, posto)
           join app.indice_ricerca i on i.ente = v_ente and i.registrazione = f.id where i.parole @@ v_domanda;
         return;
       end if;
       select min(i.istante), max(i.istante) into v_inizio, v_ultimo from app.indice_ricerca i where i.ente = v_ente;
       v_tutti := 2 + extract(epoch from v_ultimo - v_inizio) / 2600000;
       while p_tetto <= 100000 loop
         -- A window of the newest places not seen yet.
         select i.istante into v_fine from app.indice_ricerca i where i.ente = v_ente and i.istante < v_prima order by i.istante desc offset v_lungo limit 1;
         if p_chi is not null and v_rado is distinct from false then
           v_lotto := array(select distinct x.registrazione_id from public.accesso x where x.ente_id = v_ente and x.chi = any(p_chi) and x.istante >= coalesce(v_fine, '-infinity') and x.istante < v_prima);
           v_rado := coalesce(v_rado, cardinality(v_lotto) * ${SPARSA} < v_lungo);
         end if;
         if v_rado then
           select array_agg(i.registrazione), array_agg(i.istante) into v_buone, v_quando
             from unnest(v_lotto) l (id) join app.indice_ricerca i on i.ente = v_ente and i.registrazione = l.id where i.parole @@ v_domanda;
           v_costo := v_costo + cardinality(v_lotto) * ${SPARSA};
         else
           -- After the first window, which says how frequent it is, no more are read than are wanted.
           select array_agg(n.registrazione), array_agg(n.istante) into v_buone, v_quando
             from (select i.registrazione, i.istante from app.indice_ricerca i where i.ente = v_ente and i.istante >= coalesce(v_fine, '-infinity') and i.istante < v_prima and i.parole @@ v_domanda
                    order by i.istante desc limit case when v_viste = 0 then v_lungo * 2 else greatest(v_basta - cardinality(v_trovate), 1) end) n;
           v_costo := v_costo + v_lungo;
         end if;
         v_viste := v_viste + v_lungo;
         v_trovate := v_trovate || coalesce(v_buone, '{}');
         v_istanti := v_istanti || coalesce(v_quando, '{}');
         if v_fine is null and cardinality(v_trovate) <= p_tetto and (v_viste = v_lungo or cardinality(v_trovate) < v_basta) then
           return query select i.registrazione, i.istante, case when p_rango and v_parole is not null then ts_rank('{0.05, 0.1, 0.6, 1}', i.parole, v_parole) else 0::real end, true
             from unnest(v_trovate) l (id) join app.indice_ricerca i on i.ente = v_ente and i.registrazione = l.id;
           return;
         end if;
         -- As it went so far: how many there are in all, and how many months back the newest that are wanted go.
         if v_viste = v_lungo and v_fine is not null then
           v_stima := cardinality(v_trovate) * extract(epoch from v_ultimo - v_inizio) / greatest(extract(epoch from v_ultimo - v_fine), 1);
           v_mesi := least(v_tutti, 2 + extract(epoch from v_ultimo - v_fine) / 2630000 * v_basta * 1.2 / greatest(cardinality(v_trovate), 1))::int;
         end if;
         -- Few enough to be wanted whole, or too far to walk, and then the index answers.
         exit when v_viste = v_lungo and v_fine is not null and v_stima < v_intere;
         if v_fine is null or cardinality(v_trovate) >= v_basta then
           return query select n.id, n.quando, 0::real, false from unnest(v_trovate, v_istanti) n (id, quando) order by n.quando desc limit v_basta;
           return;
         end if;
         exit when v_basta * v_costo > v_largo::bigint * cardinality(v_trovate);
         exit when p_chi is not null and v_parole is not null;
         v_prima := v_fine;
         -- The next window goes as far as it seems to be needed.
         v_lungo := least(${CAMMINO_LARGO} * ${SPARSA}, (v_basta - cardinality(v_trovate)) * v_viste * 1.2 / cardinality(v_trovate) + p_tetto / 4)::int;
       end loop;
       -- All of them where they are few or nothing is known of them, the newest months where they are many: more months until there are enough.
       v_mesi := case when v_stima >= v_intere then v_mesi end;
       loop
         v_finestra := case when v_mesi < v_tutti then (select string_agg('zzm' || to_char((v_ultimo at time zone 'Europe/Rome') - make_interval(months => m), 'YYYYMM'), ' | ')::tsquery
           from generate_series(0, v_mesi - 1) m) end;
         select coalesce(array_agg(c.registrazione), '{}'), coalesce(array_agg(c.istante), '{}') into v_trovate, v_istanti
           from app.cerca_nell_indice(case when v_finestra is null then p_parti else p_parti || v_finestra end, v_base, p_chi is not null, case when v_mesi is null then p_tetto + 1 else p_tetto * 4 + 1 end) c;
         if v_finestra is null and cardinality(v_trovate) <= p_tetto then
           return query select i.registrazione, i.istante, case when p_rango and v_parole is not null then ts_rank('{0.05, 0.1, 0.6, 1}', i.parole, v_parole) else 0::real end, true
             from unnest(v_trovate) l (id) join app.indice_ricerca i on i.ente = v_ente and i.registrazione = l.id;
           return;
         end if;
         exit when cardinality(v_trovate) > p_tetto * 4;
         if v_mesi is not null and cardinality(v_trovate) >= v_basta then
           return query select n.id, n.quando, 0::real, false from unnest(v_trovate, v_istanti) n (id, quando) order by n.quando desc limit v_basta;
           return;
         end if;
         v_mesi := coalesce(v_mesi * 3, 1);
       end loop;
       return query select i.registrazione, i.istante, 0::real, false from app.indice_ricerca i
         where i.ente = v_ente and i.istante > '-infinity' and i.parole @@ v_domanda order by i.istante desc limit v_basta;
     end $$`,
    'revoke all on function app.parole_da(text, int), app.cerca_nell_indice(tsquery[], tsquery, boolean, int) from public',
    `grant execute on function app.parole_da(text, int) to ${ruoli.app}, ${ruoli.jobs}`,
  ]
}
