import type { Ruoli } from './index.ts'
import { SENZA_ENTE, immutableTable, reference, updatableTable } from './strumenti.ts'

function tables(ruoli: Ruoli): string[] {
  return [
    `create table "file_storico" ("ente_id" uuid not null, "id" uuid not null, "registrazione_storica_id" uuid not null, "posizione" int not null, "nome" text not null, "contenuto_id" uuid not null, "impronta_dichiarata" text null, primary key ("ente_id", "id"))`,
    `alter table "file_storico" add constraint "file_storico_posizione" unique ("ente_id", "registrazione_storica_id", "posizione")`,
    `create table "importazione" ("ente_id" uuid not null, "id" uuid not null, "stato" text not null, "codice" text not null, "anno" int not null, "denominazione" text not null, "provenienza" text not null, "righe_contenuto_id" uuid not null, "archivio_contenuto_id" uuid null, "rapporto" jsonb not null, "accettazione" text not null, "fatte" int not null, "errore" text null, "attore" jsonb not null, "creata_il" timestamptz not null, "conclusa_il" timestamptz null, "registro_storico_id" uuid null, primary key ("ente_id", "id"))`,
    `create index "importazione_creata" on "importazione" ("ente_id", "creata_il")`,
    `create table "registrazione_storica" ("ente_id" uuid not null, "id" uuid not null, "registro_storico_id" uuid not null, "anno" int not null, "numero" int not null, "giorno" date not null, "ora" text null, "tipo" text not null, "oggetto" text not null, "mittenti" text not null, "destinatari" text not null, "protocollo_mittente" text null, "classificazione" text not null, "fascicolo" text not null, "ufficio" text not null, "ufficio_id" uuid null, "riservata" boolean not null, "annullata" boolean not null, "annullamento" text not null, "note" text not null, primary key ("ente_id", "id"))`,
    `create index "registrazione_storica_giorno" on "registrazione_storica" ("ente_id", "giorno")`,
    `alter table "registrazione_storica" add constraint "registrazione_storica_numero" unique ("ente_id", "registro_storico_id", "numero")`,
    `create table "registro_storico" ("ente_id" uuid not null, "id" uuid not null, "aoo_id" uuid not null, "codice" text not null, "anno" int not null, "denominazione" text not null, "provenienza" text not null, "impronta_file" text not null, "impronta_archivio" text null, "righe" int not null, "primo" int not null, "ultimo" int not null, "rapporto" jsonb not null, "accettazione" text not null, "importato_da" text not null, "importato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `alter table "registro_storico" add constraint "registro_storico_anno" unique ("ente_id", "aoo_id", "codice", "anno")`,
    `create table "serie" ("ente_id" uuid not null, "id" uuid not null, "nome" text not null, "stato" text not null, "totale" int not null, "fatte" int not null, "rifiutate" int not null, "attore" jsonb not null, "creata_il" timestamptz not null, "conclusa_il" timestamptz null, primary key ("ente_id", "id"))`,
    `create index "serie_creata" on "serie" ("ente_id", "creata_il")`,
    `create table "serie_riga" ("ente_id" uuid not null, "id" uuid not null, "serie_id" uuid not null, "posizione" int not null, "chiave" text not null, "dati" jsonb not null, "esito" text null, "errori" jsonb not null, "registrazione_id" uuid null, primary key ("ente_id", "id"))`,
    `alter table "serie_riga" add constraint "serie_riga_posizione" unique ("ente_id", "serie_id", "posizione")`,
    `alter table "serie_riga" add constraint "serie_riga_chiave" unique ("ente_id", "serie_id", "chiave")`,
    `alter table "file_storico" enable row level security`,
    `alter table "file_storico" force row level security`,
    `create policy "ente" on "file_storico" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "importazione" enable row level security`,
    `alter table "importazione" force row level security`,
    `create policy "ente" on "importazione" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "registrazione_storica" enable row level security`,
    `alter table "registrazione_storica" force row level security`,
    `create policy "ente" on "registrazione_storica" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "registro_storico" enable row level security`,
    `alter table "registro_storico" force row level security`,
    `create policy "ente" on "registro_storico" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "serie" enable row level security`,
    `alter table "serie" force row level security`,
    `create policy "ente" on "serie" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "serie_riga" enable row level security`,
    `alter table "serie_riga" force row level security`,
    `create policy "ente" on "serie_riga" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  ]
}

/** Mass registration and registers of other systems: tables, guards and rights. */
export function importazioni(ruoli: Ruoli): string[] {
  return [
    ...tables(ruoli),
    SENZA_ENTE,
    reference('serie_riga', 'serie_id', 'serie'),
    reference('serie_riga', 'registrazione_id', 'registrazione'),
    reference('registro_storico', 'aoo_id', 'aoo'),
    reference('registrazione_storica', 'registro_storico_id', 'registro_storico'),
    reference('registrazione_storica', 'ufficio_id', 'ufficio'),
    reference('file_storico', 'registrazione_storica_id', 'registrazione_storica'),
    reference('file_storico', 'contenuto_id', 'contenuto'),
    reference('importazione', 'righe_contenuto_id', 'contenuto'),
    reference('importazione', 'archivio_contenuto_id', 'contenuto'),
    reference('importazione', 'registro_storico_id', 'registro_storico'),
    "alter table registrazione_storica add constraint registrazione_storica_tipo check (tipo in ('E', 'U', 'I'))",
    'alter table registrazione_storica add constraint registrazione_storica_positivo check (numero >= 1)',
    'alter table registrazione_storica add constraint registrazione_storica_anno check (extract(year from giorno) = anno)',
    // A past year is closed when it comes here: only the transaction that brings it writes its rows, and nobody after.
    ...['registro_storico', 'registrazione_storica', 'file_storico'].flatMap((table) => immutableTable(table, ruoli)),
    ...updatableTable('serie', 'stato, fatte, rifiutate, conclusa_il', ruoli),
    ...updatableTable('serie_riga', 'esito, errori, registrazione_id', ruoli),
    ...updatableTable('importazione', 'stato, rapporto, accettazione, fatte, errore, attore, conclusa_il, registro_storico_id', ruoli),
    // A row of the past enters with its register, never later: the register must have been written by this same transaction.
    `create function app.controlla_storico() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     declare v_xmin xid;
     begin
       select r.xmin into v_xmin from public.registro_storico r where r.ente_id = new.ente_id and r.id = new.registro_storico_id;
       if v_xmin is null or v_xmin::text <> pg_current_xact_id()::xid::text then
         raise exception 'Il registro storico è chiuso: non riceve altre righe.' using errcode = '23514', constraint = 'registro_storico_chiuso';
       end if;
       return new;
     end $$`,
    'revoke all on function app.controlla_storico() from public',
    'create trigger registrazione_storica_chiusa before insert on registrazione_storica for each row execute function app.controlla_storico()',
  ]
}
