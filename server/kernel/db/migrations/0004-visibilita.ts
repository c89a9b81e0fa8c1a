import { backfill, funzioni } from './0004-funzioni.ts'
import type { Ruoli } from './index.ts'
import { immutableTable, reference, SENZA_ENTE, updatableTable } from './strumenti.ts'

/** Who reaches what, levels of reserve, annulments and rectifications: tables, keys and row policies in the words of the schema comparison. */
function tabelle(ruoli: Ruoli): string[] {
  return [
    `create table "accesso" ("ente_id" uuid not null, "registrazione_id" uuid not null, "chi" uuid not null, "causa" text not null, "istante" timestamptz not null, "numero" int not null, "fino" date null, primary key ("ente_id", "registrazione_id", "chi", "causa"))`,
    `create index "accesso_chi" on "accesso" ("ente_id", "chi", "istante", "numero", "registrazione_id", "causa", "fino")`,
    `create table "accesso_autorita" ("ente_id" uuid not null, "id" uuid not null, "autorita" text not null, "base_giuridica" text not null, "riferimento" text not null, "oggetto" text not null, "operatore_id" uuid not null, "dal" date not null, "al" date not null, "creato_il" timestamptz not null, "autore_id" text not null, "autore_nome" text not null, "chiuso_il" timestamptz null, "chiuso_da" text null, primary key ("ente_id", "id"))`,
    `create table "accesso_autorita_registrazione" ("ente_id" uuid not null, "accesso_id" uuid not null, "registrazione_id" uuid not null, primary key ("ente_id", "accesso_id", "registrazione_id"))`,
    `create table "annullamento" ("ente_id" uuid not null, "id" uuid not null, "registrazione_id" uuid not null, "motivo" text not null, "richiesto_il" timestamptz not null, "richiedente_id" text not null, "richiedente_nome" text not null, primary key ("ente_id", "id"))`,
    `create index "annullamento_registrazione" on "annullamento" ("ente_id", "registrazione_id")`,
    `create table "decisione_atto" ("ente_id" uuid not null, "id" uuid not null, "registrazione_id" uuid not null, "atto" text not null, "esito" text not null, "provvedimento_numero" text null, "provvedimento_data" date null, "motivo" text not null, "conferma_destinatario" boolean not null, "deciso_il" timestamptz not null, "decisore_id" text not null, "decisore_nome" text not null, primary key ("ente_id", "id"))`,
    `create index "decisione_atto_registrazione" on "decisione_atto" ("ente_id", "registrazione_id", "atto")`,
    `create index "decisione_atto_istante" on "decisione_atto" ("ente_id", "deciso_il")`,
    `create table "lettore" ("ente_id" uuid not null, "id" uuid not null, "registrazione_id" uuid not null, "operatore_id" uuid not null, "dal" timestamptz not null, "al" timestamptz null, "autore_id" text not null, "autore_nome" text not null, primary key ("ente_id", "id"))`,
    `create index "lettore_registrazione" on "lettore" ("ente_id", "registrazione_id")`,
    `create table "rettifica" ("ente_id" uuid not null, "id" uuid not null, "registrazione_id" uuid not null, "campo" text not null, "posizione" int not null, "valore_annullato" text not null, "valore_corretto" text not null, "dati" jsonb null, "motivo" text not null, "richiesto_il" timestamptz not null, "richiedente_id" text not null, "richiedente_nome" text not null, primary key ("ente_id", "id"))`,
    `create index "rettifica_registrazione" on "rettifica" ("ente_id", "registrazione_id", "campo")`,
    `create table "riserva" ("ente_id" uuid not null, "id" uuid not null, "registrazione_id" uuid not null, "livello" text not null, "fino" date null, "motivo" text not null, "autore_id" text not null, "autore_nome" text not null, "dal" timestamptz not null, "al" timestamptz null, primary key ("ente_id", "id"))`,
    `create index "riserva_registrazione" on "riserva" ("ente_id", "registrazione_id", "dal")`,
    `alter table "accesso" enable row level security`,
    `alter table "accesso" force row level security`,
    `create policy "ente" on "accesso" to "${ruoli.app}", "${ruoli.jobs}", "${ruoli.owner}" using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "accesso_autorita" enable row level security`,
    `alter table "accesso_autorita" force row level security`,
    `create policy "ente" on "accesso_autorita" to "${ruoli.app}", "${ruoli.jobs}", "${ruoli.owner}" using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "accesso_autorita_registrazione" enable row level security`,
    `alter table "accesso_autorita_registrazione" force row level security`,
    `create policy "ente" on "accesso_autorita_registrazione" to "${ruoli.app}", "${ruoli.jobs}", "${ruoli.owner}" using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "annullamento" enable row level security`,
    `alter table "annullamento" force row level security`,
    `create policy "ente" on "annullamento" to "${ruoli.app}", "${ruoli.jobs}", "${ruoli.owner}" using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "decisione_atto" enable row level security`,
    `alter table "decisione_atto" force row level security`,
    `create policy "ente" on "decisione_atto" to "${ruoli.app}", "${ruoli.jobs}", "${ruoli.owner}" using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `create policy "cittadino" on "decisione_atto" for select to "${ruoli.sportello}" using (ente_id = current_setting('app.ente_id')::uuid and (esito = 'AUTORIZZATO' and exists (select 1 from registrazione r where r.id = decisione_atto.registrazione_id)))`,
    `alter table "lettore" enable row level security`,
    `alter table "lettore" force row level security`,
    `create policy "ente" on "lettore" to "${ruoli.app}", "${ruoli.jobs}", "${ruoli.owner}" using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "rettifica" enable row level security`,
    `alter table "rettifica" force row level security`,
    `create policy "ente" on "rettifica" to "${ruoli.app}", "${ruoli.jobs}", "${ruoli.owner}" using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `create policy "cittadino" on "rettifica" for select to "${ruoli.sportello}" using (ente_id = current_setting('app.ente_id')::uuid and (campo = 'oggetto' and exists (select 1 from decisione_atto d where d.id = rettifica.id and d.registrazione_id = rettifica.registrazione_id)))`,
    `alter table "riserva" enable row level security`,
    `alter table "riserva" force row level security`,
    `create policy "ente" on "riserva" to "${ruoli.app}", "${ruoli.jobs}", "${ruoli.owner}" using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  ]
}

/** Tables, guards and rights of this step. */
export function visibilita(ruoli: Ruoli): string[] {
  return [
    ...tabelle(ruoli),
    SENZA_ENTE,
    reference('riserva', 'registrazione_id', 'registrazione'),
    reference('lettore', 'registrazione_id', 'registrazione'),
    reference('annullamento', 'registrazione_id', 'registrazione'),
    reference('rettifica', 'registrazione_id', 'registrazione'),
    reference('decisione_atto', 'registrazione_id', 'registrazione'),
    reference('accesso_autorita_registrazione', 'accesso_id', 'accesso_autorita'),
    reference('accesso_autorita_registrazione', 'registrazione_id', 'registrazione'),
    'alter table lettore add constraint lettore_operatore_fk foreign key (operatore_id) references operatore (id)',
    'alter table accesso_autorita add constraint accesso_autorita_operatore_fk foreign key (operatore_id) references operatore (id)',
    "alter table riserva add constraint riserva_livello check (livello in ('ORDINARIO', 'RISERVATO', 'DATI_PARTICOLARI', 'PARTICOLARE'))",
    "alter table decisione_atto add constraint decisione_atto_esito check (atto in ('annullamento', 'rettifica') and esito in ('AUTORIZZATO', 'RIFIUTATO'))",
    // No authorisation without its provvedimento (REQ-PROT-049).
    "alter table decisione_atto add constraint decisione_atto_provvedimento check (esito <> 'AUTORIZZATO' or (btrim(provvedimento_numero) <> '' and provvedimento_numero is not null and provvedimento_data is not null))",
    'alter table accesso_autorita add constraint accesso_autorita_periodo check (al >= dal)',
    'create unique index riserva_in_vigore on riserva (ente_id, registrazione_id) where al is null',
    'create unique index lettore_in_vigore on lettore (ente_id, registrazione_id, operatore_id) where al is null',
    // Annulled once and for ever: no annulment of an annulment (REQ-PROT-051).
    "create unique index annullamento_unico on decisione_atto (ente_id, registrazione_id) where atto = 'annullamento' and esito = 'AUTORIZZATO'",
    ...immutableTable('annullamento', ruoli),
    ...immutableTable('rettifica', ruoli),
    ...immutableTable('decisione_atto', ruoli),
    ...immutableTable('accesso_autorita_registrazione', ruoli),
    ...updatableTable('riserva', 'al', ruoli),
    ...updatableTable('lettore', 'al', ruoli),
    ...updatableTable('accesso_autorita', 'chiuso_il, chiuso_da', ruoli),
    `grant select, insert, delete on accesso to ${ruoli.app}, ${ruoli.jobs}`,
    `grant select (ente_id, id, registrazione_id, campo, posizione, valore_corretto) on rettifica to ${ruoli.sportello}`,
    `grant select (ente_id, id, registrazione_id, atto, esito, provvedimento_numero, provvedimento_data, deciso_il) on decisione_atto to ${ruoli.sportello}`,
    ...funzioni(ruoli),
    backfill,
  ]
}
