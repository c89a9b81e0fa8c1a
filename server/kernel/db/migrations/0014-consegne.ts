import { SENZA_ENTE, immutableTable, reference } from './strumenti.ts'
import type { Ruoli } from './index.ts'

/** The steps of the delivery to each addressee of an outgoing registration (REQ-PROT-027). */
export function consegne(ruoli: Ruoli): string[] {
  return [
    SENZA_ENTE,
    `create table "consegna" ("ente_id" uuid not null, "id" uuid not null, "registrazione_id" uuid not null, "posizione" int not null, "stato" text not null, "giorno" date not null, "estremi" text not null, "autore_id" text not null, "autore_nome" text not null, "creato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `alter table "consegna" add constraint "consegna_passo" unique ("ente_id", "registrazione_id", "posizione", "stato")`,
    `alter table "consegna" enable row level security`,
    `alter table "consegna" force row level security`,
    `create policy "ente" on "consegna" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    reference('consegna', 'registrazione_id', 'registrazione'),
    `alter table consegna add constraint consegna_stato check (stato in ('inviato', 'mancata-consegna', 'consegnato'))`,
    ...immutableTable('consegna', ruoli),
  ]
}
