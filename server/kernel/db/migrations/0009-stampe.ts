import { immutableTable, reference, updatableTable } from './strumenti.ts'
import type { Ruoli } from './index.ts'

function fence(table: string, ruoli: Ruoli): string[] {
  return [
    `alter table "${table}" enable row level security`,
    `alter table "${table}" force row level security`,
    `create policy "ente" on "${table}" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  ]
}

/** Choices of an ente about its prints, the prints made, the receipts issued by themselves. */
export function stampe(ruoli: Ruoli): string[] {
  return [
    'create table "impostazioni_stampe" ("ente_id" uuid not null, "formato_etichetta" text not null, "formato_ricevuta" text not null, "stampa_automatica" boolean not null, "termine_giorni" int not null, "rimedi" text not null, "visione_atti" text not null, "ufficio_accesso" text not null, "aggiornate_il" timestamptz not null, "autore_nome" text not null, primary key ("ente_id"))',
    'create table "ricevuta_emessa" ("ente_id" uuid not null, "registrazione_id" uuid not null, "contenuto_id" uuid not null, "avvio" boolean not null, "emessa_il" timestamptz not null, primary key ("ente_id", "registrazione_id"))',
    'create table "stampata" ("ente_id" uuid not null, "id" uuid not null, "registrazione_id" uuid not null, "tipo" text not null, "formato" text not null, "progressivo" int not null, "stampata_il" timestamptz not null, "autore_id" text not null, "autore_nome" text not null, primary key ("ente_id", "id"))',
    'create index "stampata_registrazione" on "stampata" ("ente_id", "registrazione_id", "tipo")',
    ...['impostazioni_stampe', 'ricevuta_emessa', 'stampata'].flatMap((table) => fence(table, ruoli)),
    reference('ricevuta_emessa', 'registrazione_id', 'registrazione'),
    reference('ricevuta_emessa', 'contenuto_id', 'contenuto'),
    reference('stampata', 'registrazione_id', 'registrazione'),
    "alter table impostazioni_stampe add constraint impostazioni_stampe_formati check (formato_etichetta in ('62x29', '50x25') and formato_ricevuta in ('A5', 'A4') and termine_giorni between 1 and 3650)",
    "alter table stampata add constraint stampata_tipo check (tipo in ('ricevuta', 'etichetta') and progressivo > 0)",
    ...updatableTable(
      'impostazioni_stampe',
      'formato_etichetta, formato_ricevuta, stampa_automatica, termine_giorni, rimedi, visione_atti, ufficio_accesso, aggiornate_il, autore_nome',
      ruoli,
    ),
    // What was printed and what was issued is never taken back.
    ...immutableTable('stampata', ruoli),
    ...immutableTable('ricevuta_emessa', ruoli),
  ]
}
