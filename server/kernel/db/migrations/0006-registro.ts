import { immutableTable, reference, SENZA_ENTE, updatableTable } from './strumenti.ts'
import type { Ruoli } from './index.ts'

const references: readonly (readonly [table: string, column: string, parent: string])[] = [
  ['calendario_aoo', 'aoo_id', 'aoo'],
  ['impostazioni_registro_giornaliero', 'registro_id', 'registro'],
  ['registro_giornaliero', 'registro_id', 'registro'],
  ['registro_giornaliero', 'prima_versione_id', 'registro_giornaliero'],
  ['registro_giornaliero', 'giorno_contenuto_id', 'contenuto'],
  ['registro_giornaliero', 'righe_contenuto_id', 'contenuto'],
  ['registro_giornaliero', 'xml_contenuto_id', 'contenuto'],
  ['registro_giornaliero', 'pdf_contenuto_id', 'contenuto'],
  ['passo_registro_giornaliero', 'registro_giornaliero_id', 'registro_giornaliero'],
  ['avviso_registro', 'registro_id', 'registro'],
  ['avviso_registro', 'registro_giornaliero_id', 'registro_giornaliero'],
  ['versamento', 'registro_giornaliero_id', 'registro_giornaliero'],
]

function tables(ruoli: Ruoli): string[] {
  return [
    'create table "avviso_registro" ("ente_id" uuid not null, "id" uuid not null, "registro_id" uuid not null, "giorno" date not null, "tipo" text not null, "testo" text not null, "registro_giornaliero_id" uuid null, "dato_il" timestamptz not null, "chiuso_il" timestamptz null, primary key ("ente_id", "id"))',
    'create index "avviso_registro_giorno" on "avviso_registro" ("ente_id", "registro_id", "giorno")',
    'create table "calendario_aoo" ("ente_id" uuid not null, "aoo_id" uuid not null, "patrono" text null, "santo_patrono" text not null, "giorni" jsonb not null, primary key ("ente_id", "aoo_id"))',
    'create table "impostazioni_registro_giornaliero" ("ente_id" uuid not null, "registro_id" uuid not null, "sottoscrizione" text not null, "giorni_vuoti" boolean not null, "annuale" boolean not null, "classificazione" text not null, primary key ("ente_id", "registro_id"))',
    'create table "interruzione" ("ente_id" uuid not null, "id" uuid not null, "inizio" timestamptz not null, "fine" timestamptz null, "causa" text not null, "rimedio" text not null, "autore_nome" text not null, "registrata_il" timestamptz not null, primary key ("ente_id", "id"))',
    'create table "passo_registro_giornaliero" ("ente_id" uuid not null, "id" uuid not null, "registro_giornaliero_id" uuid not null, "passo" text not null, "istante" timestamptz not null, "dettaglio" text not null, "riferimento" text not null, primary key ("ente_id", "id"))',
    'create index "passo_registro_giornaliero_ordine" on "passo_registro_giornaliero" ("ente_id", "registro_giornaliero_id", "istante")',
    'create table "registro_giornaliero" ("ente_id" uuid not null, "id" uuid not null, "registro_id" uuid not null, "tipo" text not null, "giorno" date not null, "anno" int not null, "progressivo" int not null, "versione" int not null, "prima_versione_id" uuid null, "identificativo" text not null, "oggetto" text not null, "numero_primo" int null, "numero_ultimo" int null, "registrazioni" int not null, "annullamenti" int not null, "modifiche" int not null, "riservate" int not null, "impronta_righe" text not null, "impronta_precedente" text not null, "impronta" text not null, "giorno_contenuto_id" uuid not null, "righe_contenuto_id" uuid not null, "xml_contenuto_id" uuid not null, "pdf_contenuto_id" uuid not null, "sottoscrizione" text not null, "responsabile_nome" text not null, "responsabile_cognome" text not null, "responsabile_codice_fiscale" text not null, "produttore" text not null, "motivo" text not null, "prodotto_il" timestamptz not null, "scadenza" date not null, primary key ("ente_id", "id"))',
    'alter table "registro_giornaliero" add constraint "registro_giornaliero_giorno" unique ("ente_id", "registro_id", "tipo", "giorno", "versione")',
    'alter table "registro_giornaliero" add constraint "registro_giornaliero_identificativo" unique ("ente_id", "identificativo")',
    'create table "sigillo_traccia" ("ente_id" uuid not null, "giorno" date not null, "fatti" int not null, "impronta_fatti" text not null, "impronta_precedente" text not null, "impronta" text not null, "sigillato_il" timestamptz not null, primary key ("ente_id", "giorno"))',
    'alter table "versamento" add "registro_giornaliero_id" uuid null, add "tentativo" int not null default 1',
    'alter table "versamento" alter column "fascicolo_id" drop not null',
    'alter table "versamento" alter column "fascicolo_versione" drop not null',
    'alter table "versamento" add constraint "versamento_registro" unique ("ente_id", "registro_giornaliero_id", "tentativo")',
    'alter table "avviso_registro" enable row level security',
    'alter table "avviso_registro" force row level security',
    `create policy "ente" on "avviso_registro" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    'alter table "calendario_aoo" enable row level security',
    'alter table "calendario_aoo" force row level security',
    `create policy "ente" on "calendario_aoo" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    'alter table "impostazioni_registro_giornaliero" enable row level security',
    'alter table "impostazioni_registro_giornaliero" force row level security',
    `create policy "ente" on "impostazioni_registro_giornaliero" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    'alter table "interruzione" enable row level security',
    'alter table "interruzione" force row level security',
    `create policy "ente" on "interruzione" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    'alter table "passo_registro_giornaliero" enable row level security',
    'alter table "passo_registro_giornaliero" force row level security',
    `create policy "ente" on "passo_registro_giornaliero" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    'alter table "registro_giornaliero" enable row level security',
    'alter table "registro_giornaliero" force row level security',
    `create policy "ente" on "registro_giornaliero" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    'alter table "sigillo_traccia" enable row level security',
    'alter table "sigillo_traccia" force row level security',
    `create policy "ente" on "sigillo_traccia" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  ]
}

/** What the database itself promises of daily registers: one chain of days, nothing changed afterwards. */
function guards(ruoli: Ruoli): string[] {
  return [
    ...references.map(([table, column, parent]) => reference(table, column, parent)),
    ...['registro_giornaliero', 'passo_registro_giornaliero', 'sigillo_traccia'].flatMap((table) => immutableTable(table, ruoli)),
    ...updatableTable('calendario_aoo', 'patrono, santo_patrono, giorni', ruoli),
    ...updatableTable('impostazioni_registro_giornaliero', 'sottoscrizione, giorni_vuoti, annuale, classificazione', ruoli),
    ...updatableTable('avviso_registro', 'chiuso_il', ruoli),
    ...updatableTable('interruzione', 'fine, causa, rimedio', ruoli),
    "alter table registro_giornaliero add constraint registro_giornaliero_tipo check (tipo in ('giornaliero', 'annuale'))",
    'alter table registro_giornaliero add constraint registro_giornaliero_numeri check ((numero_primo is null) = (registrazioni = 0) and (numero_ultimo is null) = (registrazioni = 0))',
    'alter table registro_giornaliero add constraint registro_giornaliero_versione check (versione >= 1 and (versione = 1) = (prima_versione_id is null))',
    "alter table impostazioni_registro_giornaliero add constraint impostazioni_sottoscrizione check (sottoscrizione in ('nessuna', 'sigillo'))",
    "alter table passo_registro_giornaliero add constraint passo_ammesso check (passo in ('firmato', 'inviato', 'conservato', 'rifiutato', 'errore', 'ripreso'))",
    'alter table interruzione add constraint interruzione_ordine check (fine is null or fine >= inizio)',
    // One open alarm of a kind for a day: telling it again changes nothing.
    'create unique index avviso_registro_aperto on avviso_registro (ente_id, registro_id, giorno, tipo) where chiuso_il is null',
    // The trail that is sealed by day (decision 19): reads and refusals, not the chained facts.
    'create index evento_audit_giornata on evento_audit (ente_id, istante) where registro_id is null',
    'alter table versamento add constraint versamento_oggetto check ((fascicolo_id is null) <> (registro_giornaliero_id is null) and (fascicolo_id is null) = (fascicolo_versione is null))',
  ]
}

/** Daily register, calendar, outages; a versamento may be that of a daily register. */
export function registroGiornaliero(ruoli: Ruoli): string[] {
  return [SENZA_ENTE, ...tables(ruoli), ...guards(ruoli)]
}
