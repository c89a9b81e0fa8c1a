import type { Ruoli } from './index.ts'
import { SENZA_ENTE, reference, updatableTable } from './strumenti.ts'

function tables(ruoli: Ruoli): string[] {
  return [
    `create table "bozza" ("ente_id" uuid not null, "id" uuid not null, "tipo" text not null, "stato" text not null, "dati" jsonb not null, "modello_id" uuid null, "corpo" text not null, "ufficio_id" uuid null, "fascicolo_id" uuid null, "risposta_a" uuid null, "richiede_firma" boolean not null, "documento_contenuto_id" uuid null, "firmato_contenuto_id" uuid null, "preparazione" text null, "al_protocollo_il" timestamptz null, "nota_protocollo" text not null, "motivo_scarto" text null, "stato_prima_dello_scarto" text null, "registrazione_id" uuid null, "riservata" boolean not null, "versione" int not null, "autore_id" text not null, "autore_nome" text not null, "creata_il" timestamptz not null, "aggiornata_da" text not null, "aggiornata_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `create index "bozza_elenco" on "bozza" ("ente_id", "stato", "aggiornata_il")`,
    `create index "bozza_fascicolo" on "bozza" ("ente_id", "fascicolo_id")`,
    `alter table "bozza" add constraint "bozza_registrazione" unique ("ente_id", "registrazione_id")`,
    `create table "modello_documento" ("ente_id" uuid not null, "id" uuid not null, "nome" text not null, "descrizione" text not null, "formato" text not null, "corpo" text not null, "contenuto_id" uuid null, "oggetto" text not null, "tipologia" text not null, "richiede_firma" boolean not null, "attivo" boolean not null, "versione" int not null, "aggiornato_da" text not null, "aggiornato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `alter table "modello_documento" add constraint "modello_documento_nome" unique ("ente_id", "nome")`,
    `create table "unione" ("ente_id" uuid not null, "id" uuid not null, "bozza_id" uuid not null, "stato" text not null, "totale" int not null, "fatte" int not null, "rifiutate" int not null, "istantanea" jsonb not null, "attore" jsonb not null, "creata_il" timestamptz not null, "conclusa_il" timestamptz null, primary key ("ente_id", "id"))`,
    `create index "unione_bozza" on "unione" ("ente_id", "bozza_id")`,
    `create table "unione_riga" ("ente_id" uuid not null, "id" uuid not null, "unione_id" uuid not null, "posizione" int not null, "dati" jsonb not null, "esito" text null, "errori" jsonb not null, "registrazione_id" uuid null, primary key ("ente_id", "id"))`,
    `alter table "unione_riga" add constraint "unione_riga_posizione" unique ("ente_id", "unione_id", "posizione")`,
    `alter table "bozza" enable row level security`,
    `alter table "bozza" force row level security`,
    `create policy "ente" on "bozza" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "modello_documento" enable row level security`,
    `alter table "modello_documento" force row level security`,
    `create policy "ente" on "modello_documento" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "unione" enable row level security`,
    `alter table "unione" force row level security`,
    `create policy "ente" on "unione" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "unione_riga" enable row level security`,
    `alter table "unione_riga" force row level security`,
    `create policy "ente" on "unione_riga" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  ]
}

/** Templates, drafts, letters to many: tables, guards and rights. */
export function bozze(ruoli: Ruoli): string[] {
  return [
    ...tables(ruoli),
    SENZA_ENTE,
    reference('modello_documento', 'contenuto_id', 'contenuto'),
    reference('bozza', 'modello_id', 'modello_documento'),
    reference('bozza', 'ufficio_id', 'ufficio'),
    reference('bozza', 'fascicolo_id', 'fascicolo'),
    reference('bozza', 'risposta_a', 'registrazione'),
    reference('bozza', 'documento_contenuto_id', 'contenuto'),
    reference('bozza', 'firmato_contenuto_id', 'contenuto'),
    reference('bozza', 'registrazione_id', 'registrazione'),
    reference('unione', 'bozza_id', 'bozza'),
    reference('unione_riga', 'unione_id', 'unione'),
    reference('unione_riga', 'registrazione_id', 'registrazione'),
    "alter table modello_documento add constraint modello_documento_formato check (formato in ('HTML', 'DOCX', 'ODT') and (formato = 'HTML') = (contenuto_id is null))",
    "alter table bozza add constraint bozza_tipo check (tipo in ('E', 'U', 'I'))",
    "alter table bozza add constraint bozza_stato check (stato in ('IN_LAVORAZIONE', 'DA_FIRMARE', 'FIRMATA', 'PRONTA', 'PROTOCOLLATA', 'SCARTATA'))",
    "alter table bozza add constraint bozza_protocollata check ((stato = 'PROTOCOLLATA') = (registrazione_id is not null))",
    "alter table bozza add constraint bozza_firmata check (stato <> 'FIRMATA' or firmato_contenuto_id is not null)",
    // What was registered is the registration's: its draft stays as it was that moment.
    `create function app.bozza_conclusa() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       if old.stato = 'PROTOCOLLATA' then
         raise exception 'La bozza è già stata protocollata: non si modifica.' using errcode = '23514', constraint = 'bozza_conclusa';
       end if;
       return new;
     end $$`,
    'revoke all on function app.bozza_conclusa() from public',
    'create trigger bozza_conclusa before update on bozza for each row execute function app.bozza_conclusa()',
    ...updatableTable(
      'modello_documento',
      'nome, descrizione, corpo, contenuto_id, oggetto, tipologia, richiede_firma, attivo, versione, aggiornato_da, aggiornato_il',
      ruoli,
    ),
    ...updatableTable(
      'bozza',
      'stato, dati, modello_id, corpo, ufficio_id, fascicolo_id, richiede_firma, documento_contenuto_id, firmato_contenuto_id, preparazione, al_protocollo_il, nota_protocollo, motivo_scarto, stato_prima_dello_scarto, registrazione_id, riservata, versione, aggiornata_da, aggiornata_il',
      ruoli,
    ),
    ...updatableTable('unione', 'stato, fatte, rifiutate, conclusa_il', ruoli),
    ...updatableTable('unione_riga', 'esito, errori, registrazione_id', ruoli),
  ]
}
