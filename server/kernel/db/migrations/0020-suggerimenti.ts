import { SENZA_ENTE, reference, updatableTable } from './strumenti.ts'
import type { Ruoli } from './index.ts'

/** Memory, rules and measure of the proposals of classe and office (REQ-TIT-025). */
export function suggerimenti(ruoli: Ruoli): string[] {
  const ente = `to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`
  const fenced = ['memoria_suggerimento', 'registrazione_imparata', 'regola_suggerimento'].flatMap((t) => [
    `alter table "${t}" enable row level security`,
    `alter table "${t}" force row level security`,
    `create policy "ente" on "${t}" ${ente}`,
  ])
  return [
    SENZA_ENTE,
    `create table "memoria_suggerimento" ("ente_id" uuid not null, "genere" text not null, "chiave" text not null, "esito" uuid not null, "quante" int not null, primary key ("ente_id", "genere", "chiave", "esito"))`,
    `create table "registrazione_imparata" ("ente_id" uuid not null, "registrazione_id" uuid not null, "voce_id" uuid not null, "ufficio_id" uuid not null, "chiavi" jsonb not null, "rango_voce" int null, "rango_ufficio" int null, "imparata_il" timestamptz not null, primary key ("ente_id", "registrazione_id"))`,
    `create table "regola_suggerimento" ("ente_id" uuid not null, "id" uuid not null, "parole" text not null, "mittente" text not null, "voce_id" uuid null, "ufficio_id" uuid null, "dal" timestamptz not null, "autore_nome" text not null, "al" timestamptz null, primary key ("ente_id", "id"))`,
    ...fenced,
    `alter table memoria_suggerimento add constraint memoria_suggerimento_genere check (genere in ('voce', 'ufficio'))`,
    // Unlearning takes away what was learned, never more.
    'alter table memoria_suggerimento add constraint memoria_suggerimento_quante check (quante >= 0)',
    `alter table regola_suggerimento add constraint regola_suggerimento_condizione check (parole <> '' or mittente <> '')`,
    'alter table regola_suggerimento add constraint regola_suggerimento_esito check (num_nonnulls(voce_id, ufficio_id) > 0)',
    reference('registrazione_imparata', 'registrazione_id', 'registrazione'),
    reference('registrazione_imparata', 'voce_id', 'voce_titolario'),
    reference('registrazione_imparata', 'ufficio_id', 'ufficio'),
    reference('regola_suggerimento', 'voce_id', 'voce_titolario'),
    reference('regola_suggerimento', 'ufficio_id', 'ufficio'),
    ...updatableTable('memoria_suggerimento', 'quante', ruoli),
    ...updatableTable('registrazione_imparata', 'voce_id, ufficio_id, chiavi, imparata_il', ruoli),
    `grant delete on registrazione_imparata to ${ruoli.app}, ${ruoli.jobs}`,
    ...updatableTable('regola_suggerimento', 'al', ruoli),
  ]
}
