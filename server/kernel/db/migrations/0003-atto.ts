import { SENZA_ENTE, immutableTable, reference } from './strumenti.ts'
import type { Ruoli } from './index.ts'

/** What the entities want: types and states of a registration, links, deferrals, repeated arrivals, late scans. */
function tables(ruoli: Ruoli): string[] {
  return [
    `create table "collegamento" ("ente_id" uuid not null, "id" uuid not null, "registrazione_id" uuid not null, "collegata_id" uuid not null, "tipo" text not null, "autore_id" text not null, "autore_nome" text not null, "creato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `create index "collegamento_collegata" on "collegamento" ("ente_id", "collegata_id")`,
    `alter table "collegamento" add constraint "collegamento_coppia" unique ("ente_id", "registrazione_id", "collegata_id", "tipo")`,
    `create table "destinazione_errata" ("ente_id" uuid not null, "id" uuid not null, "aoo_id" uuid not null, "scelta" text not null, "registrazione_id" uuid null, "mezzo" text not null, "mittente" text not null, "oggetto" text not null, "data_arrivo" timestamptz not null, "amministrazione" text not null, "nota" text not null, "autore_id" text not null, "autore_nome" text not null, "creato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `create index "destinazione_errata_istante" on "destinazione_errata" ("ente_id", "creato_il")`,
    `create table "differimento" ("ente_id" uuid not null, "id" uuid not null, "aoo_id" uuid not null, "provvedimento" text not null, "causa" text not null, "ambito" text not null, "dal" date not null, "al" date not null, "entro_il" date not null, "autore_id" text not null, "autore_nome" text not null, "creato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `alter table "differimento" add constraint "differimento_provvedimento" unique ("ente_id", "provvedimento")`,
    `create table "scansione" ("ente_id" uuid not null, "registrazione_id" uuid not null, "documento_file_id" uuid not null, "impronta" text not null, "autore_id" text not null, "autore_nome" text not null, "creato_il" timestamptz not null, primary key ("ente_id", "registrazione_id"))`,
    `create index "documento_file_contenuto" on "documento_file" ("ente_id", "contenuto_id")`,
    `alter table "registrazione" add "stato" text not null default 'registrata', add "ufficio_operatore_id" uuid null, add "ufficio_mittente_id" uuid null, add "scansione_attesa" boolean not null default false, add "descrizione_cartaceo" text null, add "differimento_autorizzazione" text null, add "differimento_motivo" text null, add "differimento_entro_il" date null, add "emergenza_registro_id" uuid null, add "emergenza_numero" text null, add "emergenza_istante" timestamptz null`,
    `create index "registrazione_impronta" on "registrazione" ("ente_id", "impronta")`,
    `create index "registrazione_protocollo_mittente" on "registrazione" ("ente_id", "protocollo_mittente")`,
    `create policy "sigillata" on "registrazione" as restrictive for select to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.sportello} using (ente_id = current_setting('app.ente_id')::uuid and (stato = 'registrata' or current_setting('app.sigillatura', true) = 'si'))`,
    `create policy "sigillata" on "segnatura" as restrictive for select to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.sportello} using (ente_id = current_setting('app.ente_id')::uuid and exists (select 1 from registrazione r where r.ente_id = segnatura.ente_id and r.id = segnatura.registrazione_id))`,
    `alter table "soggetto" add "per_conoscenza" boolean not null default false, add "canale" text null`,
    `alter table "collegamento" enable row level security`,
    `alter table "collegamento" force row level security`,
    `create policy "ente" on "collegamento" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "destinazione_errata" enable row level security`,
    `alter table "destinazione_errata" force row level security`,
    `create policy "ente" on "destinazione_errata" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "differimento" enable row level security`,
    `alter table "differimento" force row level security`,
    `create policy "ente" on "differimento" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "scansione" enable row level security`,
    `alter table "scansione" force row level security`,
    `create policy "ente" on "scansione" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  ]
}

/** The register's row has one step, and the counter advances by as many numbers as there are new rows. */
const functions: readonly string[] = [
  // Exactly the step from in_sigillatura to registrata, with the sealed segnatura already kept: nothing else of a row ever changes (decision 17).
  `create function app.passo_registrazione() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
   declare prima public.registrazione;
   begin
     prima := old;
     prima.stato := 'registrata';
     if old.stato <> 'in_sigillatura' or new is distinct from prima then
       raise exception 'La riga di % non si modifica e non si cancella: il dato registrato resta per sempre.', tg_table_name using errcode = '23514', constraint = 'registrazione_immutabile';
     end if;
     if not exists (select 1 from public.copia_segnata k where k.ente_id = new.ente_id and k.registrazione_id = new.id and k.tipo = 'segnatura') then
       raise exception 'Manca la segnatura sigillata.' using errcode = '23514', constraint = 'registrazione_sigillo';
     end if;
     return new;
   end $$`,
  `create or replace function app.rifiuta_numero() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
   begin
     if new.anno < old.anno or (new.anno = old.anno and new.ultimo <= old.ultimo) or new.ultimo < 1 then
       raise exception 'Il contatore avanza: da %/% a %/% non è ammesso.', old.ultimo, old.anno, new.ultimo, new.anno using errcode = '23514', constraint = 'contatore_registro_contiguo';
     end if;
     return new;
   end $$`,
  // At the commit every number the counter gave is the number of a row, rows not yet sealed included: a gap cannot be committed (REQ-PROT-032).
  `create function app.controlla_pieno() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
   declare
     prima text := current_setting('app.sigillatura', true);
     primo int := case when new.anno = old.anno then old.ultimo + 1 else 1 end;
     scritti int;
   begin
     if new.ultimo = primo and not exists (select 1 from public.registro g where g.ente_id = new.ente_id and g.id = new.registro_id and g.generale) then
       return null;
     end if;
     perform set_config('app.sigillatura', 'si', true);
     select count(*) into scritti from public.registrazione r
      where r.ente_id = new.ente_id and r.registro_id = new.registro_id and r.anno = new.anno and r.numero between primo and new.ultimo;
     perform set_config('app.sigillatura', coalesce(prima, ''), true);
     if scritti <> new.ultimo - primo + 1 then
       raise exception 'Numeri dati senza registrazione: da % a % del %.', primo, new.ultimo, new.anno using errcode = '23514', constraint = 'contatore_registro_pieno';
     end if;
     return null;
   end $$`,
  // Several numbers under one lock and one reading of the clock, taken after the lock: the requests joined in one transaction share the instant.
  `create function app.prendi_numeri(p_registro uuid, p_quanti int, out anno int, out primo int, out istante timestamptz, out giorno date, out catena_progressivo bigint, out catena_impronta text)
     language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
   declare
     v_ente uuid := current_setting('app.ente_id')::uuid;
     c record;
   begin
     if p_quanti < 1 then
       raise exception 'Quanti numeri? %', p_quanti using errcode = '22023';
     end if;
     select k.anno, k.ultimo, k.ultimo_istante into c from public.contatore_registro k where k.ente_id = v_ente and k.registro_id = p_registro for update;
     if not found then
       raise exception 'Il registro non ha un contatore.' using errcode = 'FA404';
     end if;
     istante := app.istante();
     if c.ultimo_istante is not null and istante < c.ultimo_istante then
       if istante < c.ultimo_istante - interval '1 second' then
         raise exception 'L''orologio è tornato indietro: da % a %.', c.ultimo_istante, istante using errcode = 'FA001';
       end if;
       istante := c.ultimo_istante;
     end if;
     giorno := (istante at time zone 'Europe/Rome')::date;
     anno := extract(year from giorno)::int;
     if anno < c.anno then
       raise exception 'L''anno % è già chiuso.', anno using errcode = 'FA001';
     end if;
     primo := case when anno = c.anno then c.ultimo + 1 else 1 end;
     update public.contatore_registro k set anno = prendi_numeri.anno, ultimo = prendi_numeri.primo + p_quanti - 1, ultimo_istante = prendi_numeri.istante
      where k.ente_id = v_ente and k.registro_id = p_registro;
     select e.progressivo, e.impronta into catena_progressivo, catena_impronta from public.evento_audit e
      where e.ente_id = v_ente and e.registro_id = p_registro order by e.progressivo desc limit 1;
   end $$`,
  // Asked before a day is sealed: is a row of it still without its seal? The answer alone, not the row.
  `create function app.in_sigillatura(p_registro uuid, p_giorno date) returns boolean language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
   declare
     prima text := current_setting('app.sigillatura', true);
     trovata boolean;
   begin
     perform set_config('app.sigillatura', 'si', true);
     select exists (select 1 from public.registrazione r where r.ente_id = current_setting('app.ente_id')::uuid and r.registro_id = p_registro
                       and r.giorno = p_giorno and r.stato = 'in_sigillatura') into trovata;
     perform set_config('app.sigillatura', coalesce(prima, ''), true);
     return trovata;
   end $$`,
  `create function app.scansione_attesa(p_ente uuid, p_registrazione uuid) returns boolean language sql stable set search_path = pg_catalog, public, pg_temp as
   'select r.scansione_attesa and not exists (select 1 from public.scansione s where s.ente_id = r.ente_id and s.registrazione_id = r.id)
      from public.registrazione r where r.ente_id = p_ente and r.id = p_registrazione'`,
]

/** Owned by the queue's role: many jobs by one statement, with one NOTIFY. Of two with the same key the last one stays. */
function queue(ruoli: Ruoli): string[] {
  return [
    `grant create on schema app to ${ruoli.coda}`,
    `set local role ${ruoli.coda}`,
    `create function app.accoda_tutti(lavori jsonb) returns void
       language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
     declare ente text := current_setting('app.ente_id', true);
     begin
       if ente is null or ente = '' then
         raise exception 'Manca l''ente: il lavoro non si accoda.' using errcode = '22023';
       end if;
       perform graphile_worker.add_jobs((
         select array_agg(u.spec) from (
           select distinct on (coalesce(e.j->>'chiave', e.n::text))
                  (e.j->>'tipo', ((e.j->'carico') || jsonb_build_object('ente', ente))::json, null, (e.j->>'quando')::timestamptz, (e.j->>'tentativi')::smallint,
                   ente || ':' || (e.j->>'chiave'), null, null)::graphile_worker.job_spec as spec
             from jsonb_array_elements(lavori) with ordinality e(j, n)
            order by coalesce(e.j->>'chiave', e.n::text), e.n desc) u));
     end $$`,
    'revoke all on function app.accoda_tutti(jsonb) from public',
    `grant execute on function app.accoda_tutti(jsonb) to ${ruoli.app}, ${ruoli.sportello}, ${ruoli.jobs}`,
    `set local role ${ruoli.owner}`,
    `revoke create on schema app from ${ruoli.coda}`,
  ]
}

const guards: readonly string[] = [
  'drop trigger registrazione_immutabile on registrazione',
  'create trigger registrazione_immutabile before delete or truncate on registrazione for each statement execute function app.rifiuta_modifica()',
  'create trigger registrazione_passo before update on registrazione for each row execute function app.passo_registrazione()',
  'create constraint trigger contatore_registro_pieno after update on contatore_registro deferrable initially deferred for each row execute function app.controlla_pieno()',
  "alter table registrazione add constraint registrazione_stato check (stato = 'registrata' or (stato = 'in_sigillatura' and tipo = 'U'))",
  // No file means no digest and the paper described; with a file the digest is there (REQ-PROT-020).
  "alter table registrazione add constraint registrazione_scansione check (case when scansione_attesa then impronta = '' and tipo = 'E' and btrim(coalesce(descrizione_cartaceo, '')) <> '' else impronta <> '' end)",
  // Deferral is for what comes in and never by PEC (REQ-PROT-070, REQ-PROT-072).
  "alter table registrazione add constraint registrazione_differimento check (differimento_autorizzazione is null or (tipo = 'E' and mezzo <> 'PEC' and differimento_motivo is not null and differimento_entro_il is not null))",
  'alter table registrazione add constraint registrazione_emergenza check (num_nonnulls(emergenza_registro_id, emergenza_numero, emergenza_istante) in (0, 3))',
  'create unique index registrazione_emergenza_numero on registrazione (ente_id, emergenza_numero) where emergenza_numero is not null',
  // The watchdog and the start look for these few: nothing else is in_sigillatura.
  "create index registrazione_in_sigillatura on registrazione (ente_id, istante) where stato = 'in_sigillatura'",
  "alter table collegamento add constraint collegamento_tipo check (tipo in ('risposta', 'provvedimento', 'sostituisce', 'stesso-documento', 'correlata'))",
  'alter table collegamento add constraint collegamento_diverso check (registrazione_id <> collegata_id)',
  "alter table destinazione_errata add constraint destinazione_errata_scelta check ((scelta = 'inoltrata' and registrazione_id is not null) or (scelta = 'restituita' and registrazione_id is null and mezzo <> 'PEC'))",
]

/** Tables, guards and rights of this step. */
export function atto(ruoli: Ruoli): string[] {
  return [
    SENZA_ENTE,
    ...tables(ruoli),
    ...functions,
    ...queue(ruoli),
    ...guards,
    reference('registrazione', 'ufficio_mittente_id', 'ufficio'),
    reference('registrazione', 'ufficio_operatore_id', 'ufficio'),
    reference('collegamento', 'registrazione_id', 'registrazione', true),
    reference('collegamento', 'collegata_id', 'registrazione'),
    reference('differimento', 'aoo_id', 'aoo'),
    reference('destinazione_errata', 'aoo_id', 'aoo'),
    reference('destinazione_errata', 'registrazione_id', 'registrazione'),
    reference('scansione', 'registrazione_id', 'registrazione'),
    reference('scansione', 'documento_file_id', 'documento_file'),
    ...['collegamento', 'differimento', 'destinazione_errata', 'scansione'].flatMap((t) => immutableTable(t, ruoli)),
    `grant update (stato) on registrazione to ${ruoli.app}, ${ruoli.jobs}`,
    `grant select (stato) on registrazione to ${ruoli.sportello}`,
    'revoke all on function app.prendi_numeri(uuid, int), app.scansione_attesa(uuid, uuid), app.in_sigillatura(uuid, date), app.passo_registrazione(), app.controlla_pieno() from public',
    `grant execute on function app.prendi_numeri(uuid, int), app.scansione_attesa(uuid, uuid), app.in_sigillatura(uuid, date) to ${ruoli.app}, ${ruoli.jobs}`,
  ]
}
