import { SENZA_ENTE, immutableTable, reference } from './strumenti.ts'
import type { Ruoli } from './index.ts'

/** Restore drills with their outcome (REQ-PROT-152), and the sending of the annulment message to another AOO (REQ-PROT-052). */
export function prove(ruoli: Ruoli): string[] {
  return [
    SENZA_ENTE,
    `create table "prova_ripristino" ("ente_id" uuid not null, "id" uuid not null, "registro_id" uuid not null, "eseguita_il" timestamptz not null, "operatore" text not null, "copia_registri" text not null, "copia_emergenza" text not null, "registro_giornaliero_id" uuid not null, "identificativo" text not null, "impronta" text not null, "perdite" jsonb not null, "autore_nome" text not null, "registrata_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `create index "prova_ripristino_ordine" on "prova_ripristino" ("ente_id", "eseguita_il")`,
    `create table "invio_annullamento" ("ente_id" uuid not null, "registrazione_id" uuid not null, "inviato_il" timestamptz not null, "mezzo" text not null, "indirizzo" text not null, "estremi" text not null, "autore_id" text not null, "autore_nome" text not null, "creato_il" timestamptz not null, primary key ("ente_id", "registrazione_id"))`,
    ...['prova_ripristino', 'invio_annullamento'].flatMap((table) => [
      `alter table "${table}" enable row level security`,
      `alter table "${table}" force row level security`,
      `create policy "ente" on "${table}" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
      ...immutableTable(table, ruoli),
    ]),
    reference('prova_ripristino', 'registro_id', 'registro'),
    reference('prova_ripristino', 'registro_giornaliero_id', 'registro_giornaliero'),
    reference('invio_annullamento', 'registrazione_id', 'registrazione'),
    `alter table prova_ripristino add constraint prova_ripristino_luoghi check (lower(copia_registri) <> lower(copia_emergenza))`,
    `alter table prova_ripristino add constraint prova_ripristino_perdite check (jsonb_typeof(perdite) = 'array')`,
    `alter table invio_annullamento add constraint invio_annullamento_mezzo check (mezzo in ('PEC', 'COOPERAZIONE', 'ALTRO'))`,
    `alter table invio_annullamento add constraint invio_annullamento_estremi check (estremi <> '')`,
  ]
}
