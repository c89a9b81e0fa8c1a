import type { Ruoli } from './index.ts'
import { SENZA_ENTE, reference, updatableTable } from './strumenti.ts'

/** The heads of TUDA art. 53 c. 5: a closed list, so that no manual can add one (REQ-PROT-012). */
const VOCI = [
  'gazzette ufficiali',
  'bollettini ufficiali e notiziari della pubblica amministrazione',
  'note di ricezione di circolari e altre disposizioni',
  'materiali statistici',
  'atti preparatori interni',
  'giornali',
  'riviste',
  'libri',
  'materiali pubblicitari',
  'inviti a manifestazioni',
  'documenti già soggetti a registrazione particolare',
]

/** Substitutions, decisions on the queue, second arrivals, reorganisations. */
export function lavoro(ruoli: Ruoli): string[] {
  return [...tables(ruoli), ...guards(ruoli)]
}

function tables(ruoli: Ruoli): string[] {
  return [
    `create table "decisione_messaggio" ("ente_id" uuid not null, "id" uuid not null, "messaggio_id" uuid not null, "tipo" text not null, "voce" text null, "tipo_esclusione_id" uuid null, "registrazione_id" uuid null, "operatore_id" uuid null, "destinatario" text null, "nota" text not null, "dal" timestamptz not null, "autore_id" text not null, "autore_nome" text not null, "al" timestamptz null, "chiusa_da_nome" text null, primary key ("ente_id", "id"))`,
    `create index "decisione_messaggio_messaggio" on "decisione_messaggio" ("ente_id", "messaggio_id", "dal")`,
    `create table "regola_arrivo" ("ente_id" uuid not null, "id" uuid not null, "non_competenza" text not null, "dal" timestamptz not null, "autore_nome" text not null, primary key ("ente_id", "id"))`,
    `create index "regola_arrivo_dal" on "regola_arrivo" ("ente_id", "dal")`,
    `create table "riorganizzazione" ("ente_id" uuid not null, "id" uuid not null, "ufficio_id" uuid not null, "dal" date not null, "successore_id" uuid not null, "ripartizioni" jsonb not null, "atto" text not null, "nota" text not null, "stato" text not null, "esito" jsonb null, "creata_il" timestamptz not null, "autore_id" text not null, "autore_nome" text not null, "eseguita_il" timestamptz null, primary key ("ente_id", "id"))`,
    `create index "riorganizzazione_stato" on "riorganizzazione" ("ente_id", "stato", "dal")`,
    `create table "sostituzione" ("ente_id" uuid not null, "id" uuid not null, "titolare_id" uuid not null, "sostituto_id" uuid not null, "tipo" text not null, "incarico_id" uuid null, "motivo" text not null, "atto" text not null, "dal" date not null, "al" date not null, "creata_il" timestamptz not null, "autore_id" text not null, "autore_nome" text not null, "revocata_il" timestamptz null, "revocata_da_nome" text null, primary key ("ente_id", "id"))`,
    `create index "sostituzione_sostituto" on "sostituzione" ("ente_id", "sostituto_id", "dal")`,
    `create table "tipo_esclusione" ("ente_id" uuid not null, "id" uuid not null, "voce" text not null, "denominazione" text not null, "dal" timestamptz not null, "al" timestamptz null, "autore_nome" text not null, primary key ("ente_id", "id"))`,
    `create index "tipo_esclusione_voce" on "tipo_esclusione" ("ente_id", "voce")`,
    `create table "ulteriore_arrivo" ("ente_id" uuid not null, "id" uuid not null, "registrazione_id" uuid not null, "documento_id" uuid not null, "mezzo" text not null, "arrivato_il" timestamptz not null, "messaggio_id" uuid null, "nota" text not null, "dal" timestamptz not null, "autore_id" text not null, "autore_nome" text not null, "al" timestamptz null, primary key ("ente_id", "id"))`,
    `create index "ulteriore_arrivo_registrazione" on "ulteriore_arrivo" ("ente_id", "registrazione_id")`,
    `alter table "aoo" add "punto_servizio" text null`,
    `alter table "incarico" add "aoo_id" uuid null`,
    `create policy "incaricabile" on "operatore" for insert to ${ruoli.app} with check (current_setting('app.incarica', true) = codice_fiscale and codice_fiscale <> '' and not amministratore_sia)`,
    `create policy "da_incaricare" on "operatore" for select to ${ruoli.app} using (codice_fiscale <> '' and codice_fiscale = nullif(current_setting('app.incarica', true), ''))`,
    `alter table "decisione_messaggio" enable row level security`,
    `alter table "decisione_messaggio" force row level security`,
    `create policy "ente" on "decisione_messaggio" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "regola_arrivo" enable row level security`,
    `alter table "regola_arrivo" force row level security`,
    `create policy "ente" on "regola_arrivo" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "riorganizzazione" enable row level security`,
    `alter table "riorganizzazione" force row level security`,
    `create policy "ente" on "riorganizzazione" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "sostituzione" enable row level security`,
    `alter table "sostituzione" force row level security`,
    `create policy "ente" on "sostituzione" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "tipo_esclusione" enable row level security`,
    `alter table "tipo_esclusione" force row level security`,
    `create policy "ente" on "tipo_esclusione" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "ulteriore_arrivo" enable row level security`,
    `alter table "ulteriore_arrivo" force row level security`,
    `create policy "ente" on "ulteriore_arrivo" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  ]
}

function guards(ruoli: Ruoli): string[] {
  const voci = VOCI.map((voce) => `'${voce}'`).join(', ')
  return [
    SENZA_ENTE,
    reference('incarico', 'aoo_id', 'aoo'),
    reference('sostituzione', 'incarico_id', 'incarico'),
    'alter table sostituzione add constraint sostituzione_titolare_fk foreign key (titolare_id) references operatore (id)',
    'alter table sostituzione add constraint sostituzione_sostituto_fk foreign key (sostituto_id) references operatore (id)',
    'alter table sostituzione add constraint sostituzione_date check (al >= dal and titolare_id <> sostituto_id)',
    ...updatableTable('sostituzione', 'revocata_il, revocata_da_nome', ruoli),
    reference('decisione_messaggio', 'messaggio_id', 'messaggio'),
    reference('decisione_messaggio', 'tipo_esclusione_id', 'tipo_esclusione'),
    reference('decisione_messaggio', 'registrazione_id', 'registrazione'),
    `alter table decisione_messaggio add constraint decisione_messaggio_voce check (tipo <> 'escluso' or voce in (${voci}))`,
    `alter table decisione_messaggio add constraint decisione_messaggio_tipo check (tipo in ('escluso', 'unito', 'restituito', 'da_inoltrare', 'passato'))`,
    // One decision of a kind in force on a message.
    'create unique index decisione_messaggio_in_vigore on decisione_messaggio (ente_id, messaggio_id, tipo) where al is null',
    ...updatableTable('decisione_messaggio', 'al, chiusa_da_nome', ruoli),
    `alter table tipo_esclusione add constraint tipo_esclusione_voce_ammessa check (voce in (${voci}))`,
    ...updatableTable('tipo_esclusione', 'al', ruoli),
    `alter table regola_arrivo add constraint regola_arrivo_scelta check (non_competenza in ('registra_e_inoltra', 'restituisci'))`,
    `grant select, insert on regola_arrivo to ${ruoli.app}, ${ruoli.jobs}`,
    // What comes from a domicilio digitale is registered: it is neither left out nor sent back, whatever the program does (CAD 40-bis; REQ-PROT-011, 137).
    `alter table messaggio add constraint messaggio_pec_registrata check (tipo <> 'pec' or stato not in ('scartato', 'restituito'))`,
    reference('ulteriore_arrivo', 'registrazione_id', 'registrazione'),
    reference('ulteriore_arrivo', 'documento_id', 'documento'),
    reference('ulteriore_arrivo', 'messaggio_id', 'messaggio'),
    ...updatableTable('ulteriore_arrivo', 'al', ruoli),
    reference('riorganizzazione', 'ufficio_id', 'ufficio'),
    reference('riorganizzazione', 'successore_id', 'ufficio'),
    `alter table riorganizzazione add constraint riorganizzazione_successore check (successore_id <> ufficio_id and stato in ('programmata', 'eseguita', 'ritirata'))`,
    ...updatableTable('riorganizzazione', 'stato, esito, eseguita_il', ruoli),
    `grant update (ufficio_id) on fascicolo to ${ruoli.app}, ${ruoli.jobs}`,
    `grant update (punto_servizio) on aoo to ${ruoli.app}, ${ruoli.jobs}`,
    // Every person once, known by his codice fiscale (REQ-PROT-140).
    "create unique index operatore_persona on operatore (codice_fiscale) where codice_fiscale <> ''",
  ]
}
