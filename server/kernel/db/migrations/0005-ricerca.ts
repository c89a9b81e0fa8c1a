import type { Ruoli } from './index.ts'
import { SENZA_ENTE, reference } from './strumenti.ts'

/**
 * The inverted index. PostgreSQL cannot use a text index below a row policy, because `@@` and `%` are not leakproof: on 1,000,000 rows every search would read
 * the whole table. So the words stand apart, in two tables that no role of ours may touch, and these functions are their only door: each names the ente of the
 * transaction (its absence is an error) and answers ids or words, never texts. The ids are then read through the fenced register (docs/decisions.md).
 */
function index(ruoli: Ruoli): string[] {
  const writers = `${ruoli.app}, ${ruoli.jobs}`
  const definer = 'security definer set search_path = pg_catalog, public, pg_temp'
  return [
    'create extension if not exists pg_trgm with schema public',
    `create table app.indice_ricerca (ente uuid not null, registrazione uuid not null, istante timestamptz not null, parole tsvector not null, primary key (ente, registrazione))`,
    'create index indice_ricerca_parole on app.indice_ricerca using gin (parole)',
    'create index indice_ricerca_istante on app.indice_ricerca (ente, istante desc, registrazione)',
    'create table app.parola_ricerca (ente uuid not null, parola text collate "C" not null, primary key (ente, parola))',
    'create index parola_ricerca_simile on app.parola_ricerca using gin (parola gin_trgm_ops)',
    // Words as they are written and by their Italian root; the weights tell the head (A), the correspondents (B) and the files (D).
    `create function app.parole_di(p_testa text, p_corrispondenti text, p_corpo text, p_gettoni text[]) returns tsvector language sql immutable set search_path = pg_catalog, pg_temp as $$
       select setweight(to_tsvector('pg_catalog.simple', p_testa) || to_tsvector('pg_catalog.italian', p_testa), 'A')
           || setweight(to_tsvector('pg_catalog.simple', p_corrispondenti) || to_tsvector('pg_catalog.italian', p_corrispondenti), 'B')
           || setweight(to_tsvector('pg_catalog.simple', p_corpo) || to_tsvector('pg_catalog.italian', p_corpo), 'D') || array_to_tsvector(p_gettoni) $$`,
    // Who is reached is read here and not by the caller, after having waited for who is changing it.
    `create function app.indicizza_registrazione(p_registrazione uuid, p_istante timestamptz, p_testa text, p_corrispondenti text, p_corpo text, p_gettoni text[], p_parole text[],
       p_solo_nuova boolean) returns void language plpgsql ${definer} as $$
     declare
       v_ente uuid := current_setting('app.ente_id')::uuid;
       v_gettoni text[];
     begin
       perform 1 from app.indice_ricerca i where i.ente = v_ente and i.registrazione = p_registrazione for update;
       if found and p_solo_nuova then
         return;
       end if;
       v_gettoni := p_gettoni || ('zze' || replace(v_ente::text, '-', '')) || array(
         select distinct 'zzc' || replace(x.chi::text, '-', '') from public.accesso x where x.ente_id = v_ente and x.registrazione_id = p_registrazione);
       insert into app.indice_ricerca (ente, registrazione, istante, parole)
       values (v_ente, p_registrazione, p_istante, app.parole_di(p_testa, p_corrispondenti, p_corpo, v_gettoni))
       on conflict (ente, registrazione) do update set istante = excluded.istante, parole = excluded.parole;
       insert into app.parola_ricerca (ente, parola) select v_ente, p from (select distinct unnest(p_parole) as p) x order by p on conflict do nothing;
     end $$`,
    // Who reaches a registration is in the index as soon as it is in the register.
    `create function app.accesso_nell_indice() returns trigger language plpgsql ${definer} as $$
     begin
       update app.indice_ricerca i set parole = i.parole || n.gettoni
         from (select x.ente_id, x.registrazione_id, array_to_tsvector(array_agg(distinct 'zzc' || replace(x.chi::text, '-', ''))) as gettoni from nuovi x group by 1, 2) n
        where i.ente = n.ente_id and i.registrazione = n.registrazione_id;
       return null;
     end $$`,
    `create function app.accesso_fuori_indice() returns trigger language plpgsql ${definer} as $$
     begin
       update app.indice_ricerca i set parole = ts_delete(i.parole, n.gettoni)
         from (select v.ente_id, v.registrazione_id, array_agg(distinct 'zzc' || replace(v.chi::text, '-', '')) as gettoni from vecchi v
                where not exists (select 1 from public.accesso x where x.ente_id = v.ente_id and x.registrazione_id = v.registrazione_id and x.chi = v.chi) group by 1, 2) n
        where i.ente = n.ente_id and i.registrazione = n.registrazione_id;
       return null;
     end $$`,
    'create trigger accesso_indice_nuovo after insert on accesso referencing new table as nuovi for each statement execute function app.accesso_nell_indice()',
    'create trigger accesso_indice_tolto after delete on accesso referencing old table as vecchi for each statement execute function app.accesso_fuori_indice()',
    `create function app.togli_dall_indice(p_registrazioni uuid[]) returns void language plpgsql ${definer} as $$
     begin
       delete from app.indice_ricerca where ente = current_setting('app.ente_id')::uuid and registrazione = any(p_registrazioni);
     end $$`,
    // p_fra apart, bounded whatever is asked: up to p_tetto candidates by the index alone; when there are more, the newest ones, by windows of months or, where the words
    // are everywhere, walking back from today. `completo` says whether there are no others.
    `create function app.cerca_registrazioni(p_domanda tsquery, p_tetto int, p_rango boolean, p_fra uuid[])
       returns table (registrazione uuid, istante timestamptz, rango real, completo boolean) language plpgsql stable ${definer} set work_mem = '64MB' set enable_seqscan = off set enable_indexscan = on set enable_bitmapscan = on set jit = off as $$
     declare
       v_ente uuid := current_setting('app.ente_id')::uuid;
       v_domanda tsquery := p_domanda && ('zze' || replace(v_ente::text, '-', ''))::tsquery;
       v_finestra tsquery;
       v_ultimo timestamptz;
       v_recenti bigint;
       v_tante boolean;
       v_trovate uuid[];
       v_mesi int;
     begin
       -- Among given ones, in their order: what another engine proposed, or the documents of a fascicolo.
       if p_fra is not null then
         return query select i.registrazione, i.istante, (-f.posto)::real, true from unnest(p_fra) with ordinality f (id, posto)
           join app.indice_ricerca i on i.ente = v_ente and i.registrazione = f.id where i.parole @@ v_domanda;
         return;
       end if;
       -- What is frequent is frequent among the newest too: a short walk back finds enough of it, and no list of a million places is read.
       if p_tetto <= 100000 then
         select count(*) filter (where n.parole @@ v_domanda) into v_recenti
           from (select i.parole from app.indice_ricerca i where i.ente = v_ente order by i.istante desc limit p_tetto * 2) n;
         select v_recenti * 10 >= p_tetto and v_recenti * c.reltuples > 3.0 * p_tetto * p_tetto into v_tante from pg_class c where c.oid = 'app.indice_ricerca'::regclass;
         if v_tante then
           perform set_config('enable_bitmapscan', 'off', true);
           return query select i.registrazione, i.istante, 0::real, false from app.indice_ricerca i
             where i.ente = v_ente and i.parole @@ v_domanda order by i.istante desc limit p_tetto / 4;
           return;
         end if;
       end if;
       select max(i.istante) into v_ultimo from app.indice_ricerca i where i.ente = v_ente;
       perform set_config('enable_indexscan', 'off', true);
       v_trovate := array(select i.registrazione from app.indice_ricerca i where i.parole @@ v_domanda limit p_tetto + 1);
       if cardinality(v_trovate) <= p_tetto then
         perform set_config('enable_indexscan', 'on', true);
         return query select i.registrazione, i.istante, case when p_rango then ts_rank('{0.05, 0.1, 0.6, 1}', i.parole, p_domanda) else 0::real end, true
           from app.indice_ricerca i where i.ente = v_ente and i.registrazione = any(v_trovate);
         return;
       end if;
       foreach v_mesi in array array[1, 3, 12, 36, 120] loop
         select string_agg('zzm' || to_char((v_ultimo at time zone 'Europe/Rome') - make_interval(months => m), 'YYYYMM'), ' | ')::tsquery into v_finestra
           from generate_series(0, v_mesi - 1) m;
         v_trovate := array(select i.registrazione from app.indice_ricerca i where i.parole @@ (v_domanda && v_finestra) limit p_tetto + 1);
         exit when cardinality(v_trovate) > p_tetto;
         if cardinality(v_trovate) * 4 >= p_tetto then
           perform set_config('enable_indexscan', 'on', true);
           return query select i.registrazione, i.istante, 0::real, false from app.indice_ricerca i where i.ente = v_ente and i.registrazione = any(v_trovate);
           return;
         end if;
       end loop;
       perform set_config('enable_indexscan', 'on', true);
       perform set_config('enable_bitmapscan', 'off', true);
       return query select i.registrazione, i.istante, 0::real, false from app.indice_ricerca i
         where i.ente = v_ente and i.parole @@ v_domanda order by i.istante desc limit p_tetto / 4;
     end $$`,
    // Words of this ente that contain the part, or that look like the word.
    `create function app.parole_con(p_parte text, p_limite int) returns setof text language sql stable ${definer} as $$
       select parola from app.parola_ricerca where ente = current_setting('app.ente_id')::uuid and parola like '%' || p_parte || '%' order by length(parola), parola limit p_limite $$`,
    `create function app.parole_simili(p_parola text, p_limite int) returns setof text language sql stable ${definer} set pg_trgm.similarity_threshold = 0.2 as $$
       select parola from app.parola_ricerca where ente = current_setting('app.ente_id')::uuid and parola % p_parola order by similarity(parola, p_parola) desc, parola limit p_limite $$`,
    'revoke all on app.indice_ricerca, app.parola_ricerca from public',
    `revoke all on function app.parole_di(text, text, text, text[]), app.indicizza_registrazione(uuid, timestamptz, text, text, text, text[], text[], boolean), app.togli_dall_indice(uuid[]),
       app.cerca_registrazioni(tsquery, int, boolean, uuid[]), app.parole_con(text, int), app.parole_simili(text, int), app.accesso_nell_indice(), app.accesso_fuori_indice() from public`,
    `grant execute on function app.cerca_registrazioni(tsquery, int, boolean, uuid[]), app.parole_con(text, int), app.parole_simili(text, int) to ${ruoli.app}, ${ruoli.jobs}`,
    `grant execute on function app.indicizza_registrazione(uuid, timestamptz, text, text, text, text[], text[], boolean), app.togli_dall_indice(uuid[]) to ${writers}`,
  ]
}

/** Search, saved searches and people's long works: tables, guards and rights of this step. */
export function ricerca(ruoli: Ruoli): string[] {
  const writers = `${ruoli.app}, ${ruoli.jobs}`
  return [
    SENZA_ENTE,
    `create table "lavoro_lungo" ("ente_id" uuid not null, "id" uuid not null, "tipo" text not null, "titolo" text not null, "stato" text not null, "fatti" int not null, "totale" int null, "autore_id" text not null, "autore_nome" text not null, "parametri" jsonb not null, "esito" jsonb null, "file" jsonb null, "errore" text null, "interruzione" boolean not null, "creato_il" timestamptz not null, "iniziato_il" timestamptz null, "concluso_il" timestamptz null, "scade_il" timestamptz null, primary key ("ente_id", "id"))`,
    `create index "lavoro_lungo_autore" on "lavoro_lungo" ("ente_id", "autore_id", "creato_il")`,
    `create table "ricerca_recente" ("ente_id" uuid not null, "autore_id" text not null, "domanda" text not null, "usata_il" timestamptz not null, primary key ("ente_id", "autore_id", "domanda"))`,
    `create table "ricerca_salvata" ("ente_id" uuid not null, "id" uuid not null, "nome" text not null, "ambito" text not null, "domanda" text not null, "autore_id" text not null, "autore_nome" text not null, "ufficio_id" uuid null, "creata_il" timestamptz not null, "tolta_il" timestamptz null, primary key ("ente_id", "id"))`,
    `create index "ricerca_salvata_autore" on "ricerca_salvata" ("ente_id", "autore_id")`,
    `create table "testo_registrazione" ("ente_id" uuid not null, "registrazione_id" uuid not null, "anno" int not null, "tipo" text not null, "mezzo" text not null, "voce" text not null, "ufficio_id" uuid null, "stato" text not null, "estrazione" text not null, "corpo" text not null, "aggiornato_il" timestamptz not null, primary key ("ente_id", "registrazione_id"))`,
    `alter table "lavoro_lungo" enable row level security`,
    `alter table "lavoro_lungo" force row level security`,
    `create policy "ente" on "lavoro_lungo" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "ricerca_recente" enable row level security`,
    `alter table "ricerca_recente" force row level security`,
    `create policy "ente" on "ricerca_recente" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "ricerca_salvata" enable row level security`,
    `alter table "ricerca_salvata" force row level security`,
    `create policy "ente" on "ricerca_salvata" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "testo_registrazione" enable row level security`,
    `alter table "testo_registrazione" force row level security`,
    `create policy "ente" on "testo_registrazione" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    reference('testo_registrazione', 'registrazione_id', 'registrazione'),
    reference('testo_registrazione', 'ufficio_id', 'ufficio'),
    reference('ricerca_salvata', 'ufficio_id', 'ufficio'),
    `grant select, insert, update on testo_registrazione to ${writers}`,
    `grant select, insert on ricerca_salvata to ${ruoli.app}`,
    `grant update (nome, domanda, ufficio_id, tolta_il) on ricerca_salvata to ${ruoli.app}`,
    `grant select, insert, update, delete on ricerca_recente to ${ruoli.app}`,
    "alter table ricerca_salvata add constraint ricerca_salvata_ambito check (ambito in ('ricerca', 'registro'))",
    `grant select, insert on lavoro_lungo to ${writers}`,
    `grant update (stato, fatti, totale, esito, file, errore, interruzione, iniziato_il, concluso_il, scade_il) on lavoro_lungo to ${writers}`,
    "alter table lavoro_lungo add constraint lavoro_lungo_stato check (stato in ('in_attesa', 'in_corso', 'concluso', 'interrotto', 'fallito'))",
    ...index(ruoli),
  ]
}
