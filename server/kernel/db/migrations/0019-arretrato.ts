import { SENZA_ENTE, immutableTable, reference, updatableTable } from './strumenti.ts'
import type { Ruoli } from './index.ts'

/** Causes given by the records manager, thresholds and weekly pictures of the arrears of filing (REQ-FASC-022). */
export function arretrato(ruoli: Ruoli): string[] {
  const ente = `to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`
  const fenced = ['causa_arretrato', 'soglia_arretrato', 'riepilogo_arretrato'].flatMap((t) => [
    `alter table "${t}" enable row level security`,
    `alter table "${t}" force row level security`,
    `create policy "ente" on "${t}" ${ente}`,
  ])
  return [
    SENZA_ENTE,
    `create table "causa_arretrato" ("ente_id" uuid not null, "id" uuid not null, "registrazione_id" uuid not null, "causa" text not null, "nota" text not null, "dal" timestamptz not null, "autore_id" text not null, "autore_nome" text not null, "al" timestamptz null, primary key ("ente_id", "id"))`,
    `create index "causa_arretrato_registrazione" on "causa_arretrato" ("ente_id", "registrazione_id")`,
    `create table "soglia_arretrato" ("ente_id" uuid not null, "aoo_id" uuid not null, "giorni_responsabile" int not null, "giorni_rgd" int not null, primary key ("ente_id", "aoo_id"))`,
    `create table "riepilogo_arretrato" ("ente_id" uuid not null, "id" uuid not null, "settimana" date not null, "ufficio_id" uuid null, "dati" jsonb not null, "creato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `create index "riepilogo_arretrato_settimana" on "riepilogo_arretrato" ("ente_id", "settimana")`,
    ...fenced,
    reference('causa_arretrato', 'registrazione_id', 'registrazione'),
    reference('soglia_arretrato', 'aoo_id', 'aoo'),
    reference('riepilogo_arretrato', 'ufficio_id', 'ufficio'),
    `alter table causa_arretrato add constraint causa_arretrato_causa check (causa in ('scansione', 'smistamento', 'titolario', 'immissione', 'formazione'))`,
    'alter table soglia_arretrato add constraint soglia_arretrato_ordine check (0 < giorni_responsabile and giorni_responsabile < giorni_rgd)',
    // One open cause for each registration, one picture of each office for each week: two processes cannot write them twice.
    'create unique index causa_arretrato_aperta on causa_arretrato (ente_id, registrazione_id) where al is null',
    'create unique index riepilogo_arretrato_unico on riepilogo_arretrato (ente_id, settimana, ufficio_id) nulls not distinct',
    ...updatableTable('causa_arretrato', 'al', ruoli),
    ...updatableTable('soglia_arretrato', 'giorni_responsabile, giorni_rgd', ruoli),
    ...immutableTable('riepilogo_arretrato', ruoli),
  ]
}
