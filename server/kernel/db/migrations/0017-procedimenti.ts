import type { Ruoli } from './index.ts'
import { SENZA_ENTE, immutableTable, reference, updatableTable } from './strumenti.ts'

/** Catalogue of the procedures with versioned models, their runs in the fascicoli, the events that move a term. */
export function procedimenti(ruoli: Ruoli): string[] {
  return [SENZA_ENTE, ...tables(ruoli), ...references(), ...rights(ruoli), ...guards(ruoli)]
}

function tables(ruoli: Ruoli): string[] {
  return [
    `create table "pratica" ("ente_id" uuid not null, "id" uuid not null, "fascicolo_id" uuid not null, "procedimento_id" uuid not null, "versione_id" uuid not null, "registrazione_id" uuid null, "avvio" date not null, "termine_iniziale" date not null, "termine" date null, "silenzio_il" date null, "sospesa_dal" date null, "sospesa_fino" date null, "conclusa_il" date null, "esito" text null, "motivo_esito" text null, "provvedimento_id" uuid null, "giorni" int null, "giorni_sospesi" int null, "nei_termini" boolean null, "creata_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `create index "pratica_termine" on "pratica" ("ente_id", "termine")`,
    `create index "pratica_procedimento" on "pratica" ("ente_id", "procedimento_id", "conclusa_il")`,
    `alter table "pratica" add constraint "pratica_fascicolo" unique ("ente_id", "fascicolo_id")`,
    `create table "pratica_avviso" ("ente_id" uuid not null, "id" uuid not null, "pratica_id" uuid not null, "tipo" text not null, "termine" date not null, "creato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `alter table "pratica_avviso" add constraint "pratica_avviso_unico" unique ("ente_id", "pratica_id", "tipo", "termine")`,
    `create table "pratica_evento" ("ente_id" uuid not null, "id" uuid not null, "pratica_id" uuid not null, "tipo" text not null, "riferito_id" uuid null, "giorno" date not null, "giorni" int null, "motivo" text not null, "documento_id" uuid null, "autore_id" text not null, "autore_nome" text not null, "istante" timestamptz not null, primary key ("ente_id", "id"))`,
    `create index "pratica_evento_pratica" on "pratica_evento" ("ente_id", "pratica_id", "istante")`,
    `create table "pratica_passo" ("ente_id" uuid not null, "id" uuid not null, "pratica_id" uuid not null, "passo" text not null, "esito" text not null, "motivo" text not null, "giorno" date not null, "documento_id" uuid null, "autore_id" text not null, "autore_nome" text not null, "istante" timestamptz not null, primary key ("ente_id", "id"))`,
    `create index "pratica_passo_pratica" on "pratica_passo" ("ente_id", "pratica_id", "istante")`,
    `create table "procedimento" ("ente_id" uuid not null, "id" uuid not null, "aoo_id" uuid not null, "codice" text not null, "attivo" boolean not null, "creato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `alter table "procedimento" add constraint "procedimento_codice" unique ("ente_id", "aoo_id", "codice")`,
    `create table "procedimento_versione" ("ente_id" uuid not null, "id" uuid not null, "procedimento_id" uuid not null, "numero" int not null, "denominazione" text not null, "materia" text not null, "iniziativa" text not null, "codice_voce" text not null, "ufficio_id" uuid null, "responsabile_id" uuid null, "termine_giorni" int null, "termine_unita" text not null, "silenzio" text not null, "scheda" jsonb not null, "passi" jsonb not null, "fascicolo" jsonb not null, "motivo" text not null, "autore_id" text not null, "autore_nome" text not null, "creata_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `alter table "procedimento_versione" add constraint "procedimento_versione_numero" unique ("ente_id", "procedimento_id", "numero")`,
    `create table "regole_termini" ("ente_id" uuid not null, "aoo_id" uuid not null, "regole" jsonb not null, primary key ("ente_id", "aoo_id"))`,
    `alter table "fascicolo" add "procedimento_id" uuid null`,
    `create index "fascicolo_procedimento" on "fascicolo" ("ente_id", "procedimento_id")`,
    `alter table "pratica" enable row level security`,
    `alter table "pratica" force row level security`,
    `create policy "ente" on "pratica" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "pratica_avviso" enable row level security`,
    `alter table "pratica_avviso" force row level security`,
    `create policy "ente" on "pratica_avviso" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "pratica_evento" enable row level security`,
    `alter table "pratica_evento" force row level security`,
    `create policy "ente" on "pratica_evento" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "pratica_passo" enable row level security`,
    `alter table "pratica_passo" force row level security`,
    `create policy "ente" on "pratica_passo" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "procedimento" enable row level security`,
    `alter table "procedimento" force row level security`,
    `create policy "ente" on "procedimento" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "procedimento_versione" enable row level security`,
    `alter table "procedimento_versione" force row level security`,
    `create policy "ente" on "procedimento_versione" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "regole_termini" enable row level security`,
    `alter table "regole_termini" force row level security`,
    `create policy "ente" on "regole_termini" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  ]
}

function references(): string[] {
  return [
    reference('procedimento', 'aoo_id', 'aoo'),
    reference('procedimento_versione', 'procedimento_id', 'procedimento'),
    reference('procedimento_versione', 'ufficio_id', 'ufficio'),
    reference('regole_termini', 'aoo_id', 'aoo'),
    reference('fascicolo', 'procedimento_id', 'procedimento_versione'),
    reference('pratica', 'fascicolo_id', 'fascicolo'),
    reference('pratica', 'procedimento_id', 'procedimento'),
    reference('pratica', 'versione_id', 'procedimento_versione'),
    reference('pratica', 'registrazione_id', 'registrazione'),
    reference('pratica', 'provvedimento_id', 'documento'),
    reference('pratica_passo', 'pratica_id', 'pratica'),
    reference('pratica_passo', 'documento_id', 'documento'),
    reference('pratica_evento', 'pratica_id', 'pratica'),
    reference('pratica_evento', 'riferito_id', 'pratica_evento'),
    reference('pratica_evento', 'documento_id', 'documento'),
    reference('pratica_avviso', 'pratica_id', 'pratica'),
  ]
}

function rights(ruoli: Ruoli): string[] {
  return [
    ...updatableTable('procedimento', 'attivo', ruoli),
    ...immutableTable('procedimento_versione', ruoli),
    ...updatableTable('regole_termini', 'regole', ruoli),
    ...updatableTable(
      'pratica',
      'termine, silenzio_il, sospesa_dal, sospesa_fino, conclusa_il, esito, motivo_esito, provvedimento_id, giorni, giorni_sospesi, nei_termini',
      ruoli,
    ),
    ...immutableTable('pratica_passo', ruoli),
    ...immutableTable('pratica_evento', ruoli),
    ...immutableTable('pratica_avviso', ruoli),
    `grant update (procedimento_id) on fascicolo to ${ruoli.app}, ${ruoli.jobs}`,
  ]
}

function guards(ruoli: Ruoli): string[] {
  return [
    "alter table procedimento add constraint procedimento_codice_forma check (codice ~ '^[A-Z][A-Z0-9-]{1,19}$')",
    "alter table procedimento_versione add constraint procedimento_versione_iniziativa check (iniziativa in ('parte', 'ufficio'))",
    "alter table procedimento_versione add constraint procedimento_versione_unita check (termine_unita in ('giorni', 'giorni lavorativi'))",
    "alter table procedimento_versione add constraint procedimento_versione_silenzio check (silenzio in ('nessuno', 'assenso', 'diniego', 'inadempimento'))",
    'alter table procedimento_versione add constraint procedimento_versione_termine check (termine_giorni between 1 and 3650)',
    // A concluded practice has its outcome and its measure, and neither changes any more.
    'alter table pratica add constraint pratica_conclusione check ((conclusa_il is null) = (esito is null) and (conclusa_il is null) = (giorni is null))',
    "alter table pratica_passo add constraint pratica_passo_motivo check (esito = 'fatto' or motivo <> '')",
    `create function app.proteggi_pratica() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       if old.conclusa_il is not null then
         raise exception 'La pratica è conclusa.' using errcode = '23514', constraint = 'pratica_conclusa';
       end if;
       return new;
     end $$`,
    'create trigger pratica_conclusa before update on pratica for each row execute function app.proteggi_pratica()',
    `create function app.proteggi_procedimento_fascicolo() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       raise exception 'Il fascicolo ha già il suo procedimento.' using errcode = '23514', constraint = 'fascicolo_procedimento_fisso';
     end $$`,
    `create trigger fascicolo_procedimento_fisso before update of procedimento_id on fascicolo for each row
       when (old.procedimento_id is not null and new.procedimento_id is distinct from old.procedimento_id) execute function app.proteggi_procedimento_fascicolo()`,
    `revoke all on function app.proteggi_pratica(), app.proteggi_procedimento_fascicolo() from public`,
    `grant execute on function app.proteggi_pratica(), app.proteggi_procedimento_fascicolo() to ${ruoli.app}, ${ruoli.jobs}`,
  ]
}
