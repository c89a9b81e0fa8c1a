import type { Ruoli } from './index.ts'
import { SENZA_ENTE, immutableTable, reference, updatableTable } from './strumenti.ts'

/** Fascicoli whole: parts, series, links, papers, movements, reopenings, repertorio. */
export function fascicoli(ruoli: Ruoli): string[] {
  return [SENZA_ENTE, ...tables(ruoli), ...references(), ...rights(ruoli), ...guards()]
}

function tables(ruoli: Ruoli): string[] {
  return [
    `create table "documento_cartaceo" ("ente_id" uuid not null, "id" uuid not null, "fascicolo_id" uuid not null, "oggetto" text not null, "tipologia" text not null, "data_documento" date null, "consistenza" text not null, "posizione_fisica" text not null, "area" text not null, "copia_documento_id" uuid null, "inserito_il" timestamptz not null, "inserito_da" text not null, "tolto_il" timestamptz null, "tolto_da" text null, "motivo_rimozione" text null, primary key ("ente_id", "id"))`,
    `create index "documento_cartaceo_fascicolo" on "documento_cartaceo" ("ente_id", "fascicolo_id")`,
    `create table "elenco_deposito" ("ente_id" uuid not null, "id" uuid not null, "aoo_id" uuid not null, "righe" int not null, "testo" text not null, "impronta" text not null, "creato_il" timestamptz not null, "creato_da_nome" text not null, primary key ("ente_id", "id"))`,
    `create index "elenco_deposito_creato" on "elenco_deposito" ("ente_id", "creato_il")`,
    `create table "estrazione_fascicoli" ("ente_id" uuid not null, "id" uuid not null, "aoo_id" uuid not null, "anno" int not null, "revisione" int not null, "righe" int not null, "csv_contenuto_id" uuid not null, "xml_contenuto_id" uuid not null, "pdf_contenuto_id" uuid not null, "impronta" text not null, "creata_il" timestamptz not null, "creata_da_nome" text not null, primary key ("ente_id", "id"))`,
    `alter table "estrazione_fascicoli" add constraint "estrazione_fascicoli_revisione" unique ("ente_id", "aoo_id", "anno", "revisione")`,
    `create table "fascicolo_ammesso" ("ente_id" uuid not null, "id" uuid not null, "fascicolo_id" uuid not null, "ufficio_id" uuid null, "operatore_id" uuid null, "motivo" text not null, "dal" timestamptz not null, "autore_nome" text not null, "al" timestamptz null, "chiuso_da" text null, primary key ("ente_id", "id"))`,
    `create index "fascicolo_ammesso_fascicolo" on "fascicolo_ammesso" ("ente_id", "fascicolo_id")`,
    `create table "fascicolo_collegamento" ("ente_id" uuid not null, "id" uuid not null, "fascicolo_id" uuid not null, "altro_id" uuid not null, "tipo" text not null, "motivo" text not null, "creato_il" timestamptz not null, "creato_da" text not null, "tolto_il" timestamptz null, "tolto_da" text null, "motivo_rimozione" text null, primary key ("ente_id", "id"))`,
    `create index "fascicolo_collegamento_fascicolo" on "fascicolo_collegamento" ("ente_id", "fascicolo_id")`,
    `create index "fascicolo_collegamento_altro" on "fascicolo_collegamento" ("ente_id", "altro_id")`,
    `create table "fascicolo_movimento" ("ente_id" uuid not null, "id" uuid not null, "fascicolo_id" uuid not null, "tipo" text not null, "stato" text not null, "da_ufficio_id" uuid null, "a_ufficio_id" uuid null, "responsabile_id" uuid null, "destinatario" text null, "destinatario_codice_ipa" text null, "motivo" text not null, "richiesto_da" text not null, "richiesto_da_nome" text not null, "richiesto_il" timestamptz not null, "deciso_da_nome" text null, "deciso_il" timestamptz null, "nota" text null, "pacchetto_contenuto_id" uuid null, "impronta" text null, "documenti" int null, "elenco_id" uuid null, primary key ("ente_id", "id"))`,
    `create index "fascicolo_movimento_fascicolo" on "fascicolo_movimento" ("ente_id", "fascicolo_id", "richiesto_il")`,
    `create index "fascicolo_movimento_stato" on "fascicolo_movimento" ("ente_id", "tipo", "stato")`,
    `create table "fascicolo_proposta" ("ente_id" uuid not null, "id" uuid not null, "ufficio_id" uuid not null, "stato" text not null, "dati" jsonb not null, "precedente_id" uuid null, "nota" text not null, "riservata" boolean not null, "proposta_da" text not null, "proposta_da_nome" text not null, "proposta_il" timestamptz not null, "decisa_da_nome" text null, "decisa_il" timestamptz null, "motivo" text null, "fascicolo_id" uuid null, primary key ("ente_id", "id"))`,
    `create index "fascicolo_proposta_stato" on "fascicolo_proposta" ("ente_id", "stato", "ufficio_id")`,
    `create table "fascicolo_riapertura" ("ente_id" uuid not null, "id" uuid not null, "fascicolo_id" uuid not null, "motivo" text not null, "riaperto_da" text not null, "riaperto_da_nome" text not null, "riaperto_il" timestamptz not null, "stato_precedente" text not null, "chiuso_il" text not null, "esito" text not null, "versione_precedente" int not null, "id_pdv" text null, primary key ("ente_id", "id"))`,
    `create index "fascicolo_riapertura_fascicolo" on "fascicolo_riapertura" ("ente_id", "fascicolo_id")`,
    `create table "impostazioni_fascicoli" ("ente_id" uuid not null, "livelli" int not null, "aggiornate_il" timestamptz not null, "autore_nome" text not null, primary key ("ente_id"))`,
    `create table "serie_archivistica" ("ente_id" uuid not null, "id" uuid not null, "aoo_id" uuid not null, "tipo" text not null, "denominazione" text not null, "anno" int not null, "tipologia" text null, "tipo_fascicolo" text null, "voce_id" uuid null, "creata_il" timestamptz not null, "creata_da" text not null, "chiusa_il" timestamptz null, "membri" int null, "impronta" text null, primary key ("ente_id", "id"))`,
    `create index "serie_archivistica_anno" on "serie_archivistica" ("ente_id", "aoo_id", "anno")`,
    `create table "stampa_fascicolo" ("ente_id" uuid not null, "id" uuid not null, "fascicolo_id" uuid not null, "tipo" text not null, "stato" text not null, "fatti" int not null, "totale" int not null, "contenuto_id" uuid null, "richiesta_da" text not null, "richiesta_il" timestamptz not null, "errore" text null, primary key ("ente_id", "id"))`,
    `create index "stampa_fascicolo_richiesta" on "stampa_fascicolo" ("ente_id", "richiesta_da", "richiesta_il")`,
    `alter table "fascicolo" add "fascicolo_padre_id" uuid null, add "livello" int not null default 0, add "posizione_fisica" text null, add "note" text null, add "parole_chiave" jsonb not null default '[]', add "stato_dal" date null, add "stato_motivo" text null`,
    `alter table "fascicolo" alter column "livello" drop default, alter column "parole_chiave" drop default`,
    `create index "fascicolo_padre" on "fascicolo" ("ente_id", "fascicolo_padre_id")`,
    `alter table "fascicolo_documento" add "tolto_da" text null, add "motivo_rimozione" text null, add "destinazione_id" uuid null, add "provenienza_id" uuid null`,
    `alter table "documento_cartaceo" enable row level security`,
    `alter table "documento_cartaceo" force row level security`,
    `create policy "ente" on "documento_cartaceo" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "elenco_deposito" enable row level security`,
    `alter table "elenco_deposito" force row level security`,
    `create policy "ente" on "elenco_deposito" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "estrazione_fascicoli" enable row level security`,
    `alter table "estrazione_fascicoli" force row level security`,
    `create policy "ente" on "estrazione_fascicoli" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "fascicolo_ammesso" enable row level security`,
    `alter table "fascicolo_ammesso" force row level security`,
    `create policy "ente" on "fascicolo_ammesso" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "fascicolo_collegamento" enable row level security`,
    `alter table "fascicolo_collegamento" force row level security`,
    `create policy "ente" on "fascicolo_collegamento" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "fascicolo_movimento" enable row level security`,
    `alter table "fascicolo_movimento" force row level security`,
    `create policy "ente" on "fascicolo_movimento" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "fascicolo_proposta" enable row level security`,
    `alter table "fascicolo_proposta" force row level security`,
    `create policy "ente" on "fascicolo_proposta" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "fascicolo_riapertura" enable row level security`,
    `alter table "fascicolo_riapertura" force row level security`,
    `create policy "ente" on "fascicolo_riapertura" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "impostazioni_fascicoli" enable row level security`,
    `alter table "impostazioni_fascicoli" force row level security`,
    `create policy "ente" on "impostazioni_fascicoli" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "serie_archivistica" enable row level security`,
    `alter table "serie_archivistica" force row level security`,
    `create policy "ente" on "serie_archivistica" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "stampa_fascicolo" enable row level security`,
    `alter table "stampa_fascicolo" force row level security`,
    `create policy "ente" on "stampa_fascicolo" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    // A document that left a fascicolo may come back: one row in force, the others are its trace.
    'alter table fascicolo_documento drop constraint fascicolo_documento_unico',
    'create unique index fascicolo_documento_unico on fascicolo_documento (ente_id, fascicolo_id, documento_id) where tolto_il is null',
    'create index fascicolo_documento_dentro on fascicolo_documento (ente_id, fascicolo_id) where tolto_il is null',
  ]
}

function references(): string[] {
  return [
    reference('fascicolo', 'fascicolo_padre_id', 'fascicolo'),
    reference('fascicolo_documento', 'destinazione_id', 'fascicolo'),
    reference('fascicolo_documento', 'provenienza_id', 'fascicolo'),
    reference('documento_cartaceo', 'fascicolo_id', 'fascicolo'),
    reference('documento_cartaceo', 'copia_documento_id', 'documento'),
    reference('fascicolo_collegamento', 'fascicolo_id', 'fascicolo'),
    reference('fascicolo_collegamento', 'altro_id', 'fascicolo'),
    reference('fascicolo_ammesso', 'fascicolo_id', 'fascicolo'),
    reference('fascicolo_ammesso', 'ufficio_id', 'ufficio'),
    'alter table fascicolo_ammesso add constraint fascicolo_ammesso_operatore_id_fk foreign key (operatore_id) references operatore (id)',
    reference('serie_archivistica', 'aoo_id', 'aoo'),
    reference('serie_archivistica', 'voce_id', 'voce_titolario'),
    reference('fascicolo_proposta', 'ufficio_id', 'ufficio'),
    reference('fascicolo_proposta', 'precedente_id', 'fascicolo'),
    reference('fascicolo_proposta', 'fascicolo_id', 'fascicolo'),
    reference('fascicolo_movimento', 'fascicolo_id', 'fascicolo'),
    reference('fascicolo_movimento', 'da_ufficio_id', 'ufficio'),
    reference('fascicolo_movimento', 'a_ufficio_id', 'ufficio'),
    reference('fascicolo_movimento', 'pacchetto_contenuto_id', 'contenuto'),
    reference('fascicolo_movimento', 'elenco_id', 'elenco_deposito'),
    'alter table fascicolo_movimento add constraint fascicolo_movimento_responsabile_id_fk foreign key (responsabile_id) references operatore (id)',
    reference('fascicolo_riapertura', 'fascicolo_id', 'fascicolo'),
    reference('elenco_deposito', 'aoo_id', 'aoo'),
    reference('estrazione_fascicoli', 'aoo_id', 'aoo'),
    reference('estrazione_fascicoli', 'csv_contenuto_id', 'contenuto'),
    reference('estrazione_fascicoli', 'xml_contenuto_id', 'contenuto'),
    reference('estrazione_fascicoli', 'pdf_contenuto_id', 'contenuto'),
    reference('stampa_fascicolo', 'fascicolo_id', 'fascicolo'),
    reference('stampa_fascicolo', 'contenuto_id', 'contenuto'),
  ]
}

function rights(ruoli: Ruoli): string[] {
  return [
    `grant update (responsabile_id, posizione_fisica, note, parole_chiave, stato_dal, stato_motivo, conservazione_anni) on fascicolo to ${ruoli.app}, ${ruoli.jobs}`,
    `grant update (principale, tolto_da, motivo_rimozione, destinazione_id) on fascicolo_documento to ${ruoli.app}, ${ruoli.jobs}`,
    ...updatableTable('documento_cartaceo', 'area, posizione_fisica, copia_documento_id, tolto_il, tolto_da, motivo_rimozione', ruoli),
    ...updatableTable('fascicolo_collegamento', 'tolto_il, tolto_da, motivo_rimozione', ruoli),
    ...updatableTable('fascicolo_ammesso', 'al, chiuso_da', ruoli),
    ...updatableTable('serie_archivistica', 'chiusa_il, membri, impronta', ruoli),
    ...updatableTable('fascicolo_proposta', 'stato, decisa_da_nome, decisa_il, motivo, fascicolo_id', ruoli),
    ...updatableTable(
      'fascicolo_movimento',
      'stato, deciso_da_nome, deciso_il, nota, pacchetto_contenuto_id, impronta, documenti, elenco_id',
      ruoli,
    ),
    ...updatableTable('stampa_fascicolo', 'stato, fatti, totale, contenuto_id, errore', ruoli),
    ...updatableTable('impostazioni_fascicoli', 'livelli, aggiornate_il, autore_nome', ruoli),
    ...immutableTable('fascicolo_riapertura', ruoli),
    ...immutableTable('elenco_deposito', ruoli),
    ...immutableTable('estrazione_fascicoli', ruoli),
  ]
}

/** States follow a closed table; a closed fascicolo receives nothing; what left keeps its trace. */
function guards(): string[] {
  return [
    'alter table fascicolo drop constraint fascicolo_stato',
    "alter table fascicolo add constraint fascicolo_stato check (stato in ('APERTO', 'SOSPESO', 'CHIUSO', 'IN_CONSERVAZIONE', 'IN_DEPOSITO', 'APERTO_PER_ERRORE'))",
    'alter table fascicolo add constraint fascicolo_livello check (livello between 0 and 2 and (livello = 0) = (fascicolo_padre_id is null))',
    `create function app.controlla_stato_fascicolo() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       if new.stato <> all (case old.stato
            when 'APERTO' then array['SOSPESO', 'CHIUSO', 'APERTO_PER_ERRORE']
            when 'SOSPESO' then array['APERTO', 'CHIUSO']
            when 'CHIUSO' then array['APERTO', 'IN_CONSERVAZIONE', 'IN_DEPOSITO']
            when 'IN_CONSERVAZIONE' then array['APERTO', 'IN_DEPOSITO']
            when 'IN_DEPOSITO' then array['APERTO']
            else array[]::text[] end) then
         raise exception 'Il fascicolo % non passa da % a %.', old.codice, old.stato, new.stato using errcode = '23514', constraint = 'fascicolo_passo';
       end if;
       if new.stato = 'APERTO' and old.stato <> 'SOSPESO' and not exists (
            select 1 from public.fascicolo_riapertura r where r.ente_id = old.ente_id and r.fascicolo_id = old.id and r.versione_precedente = old.versione) then
         raise exception 'Il fascicolo % non si riapre senza la sua annotazione.', old.codice using errcode = '23514', constraint = 'fascicolo_riapertura_annotata';
       end if;
       if new.stato = 'CHIUSO' and exists (
            select 1 from public.fascicolo s where s.ente_id = old.ente_id and s.fascicolo_padre_id = old.id and s.stato in ('APERTO', 'SOSPESO')) then
         raise exception 'Il fascicolo % ha sottofascicoli aperti.', old.codice using errcode = '23514', constraint = 'fascicolo_figli_chiusi';
       end if;
       return new;
     end $$`,
    'create trigger fascicolo_passo before update on fascicolo for each row when (old.stato is distinct from new.stato) execute function app.controlla_stato_fascicolo()',
    `create function app.controlla_inserimento_fascicolo() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     declare v_stato text;
     begin
       select f.stato into v_stato from public.fascicolo f where f.ente_id = new.ente_id and f.id = new.fascicolo_id;
       if v_stato is distinct from 'APERTO' and v_stato is distinct from 'SOSPESO' then
         raise exception 'Un fascicolo % non riceve documenti.', v_stato using errcode = '23514', constraint = 'fascicolo_aperto';
       end if;
       return new;
     end $$`,
    'create trigger fascicolo_documento_aperto before insert on fascicolo_documento for each row execute function app.controlla_inserimento_fascicolo()',
    'create trigger documento_cartaceo_aperto before insert on documento_cartaceo for each row execute function app.controlla_inserimento_fascicolo()',
    // Out is out: the trace is complete and is not rewritten.
    `create function app.controlla_rimozione() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       if old.tolto_il is not null then
         raise exception 'La rimozione è già avvenuta.' using errcode = '23514', constraint = 'rimozione_definitiva';
       end if;
       if new.tolto_il is not null and (new.tolto_da is null or coalesce(btrim(new.motivo_rimozione), '') = '') then
         raise exception 'La rimozione vuole chi e perché.' using errcode = '23514', constraint = 'rimozione_motivata';
       end if;
       return new;
     end $$`,
    'create trigger fascicolo_documento_rimozione before update on fascicolo_documento for each row execute function app.controlla_rimozione()',
    'create trigger documento_cartaceo_rimozione before update on documento_cartaceo for each row execute function app.controlla_rimozione()',
    'create trigger fascicolo_collegamento_rimozione before update on fascicolo_collegamento for each row execute function app.controlla_rimozione()',
    "alter table documento_cartaceo add constraint documento_cartaceo_area check (area in ('comune', 'riservata') and btrim(posizione_fisica) <> '')",
    "alter table fascicolo_collegamento add constraint fascicolo_collegamento_tipo check (tipo in ('collegato', 'presupposto', 'conseguente') and fascicolo_id <> altro_id)",
    'create unique index fascicolo_collegamento_unico on fascicolo_collegamento (ente_id, fascicolo_id, altro_id) where tolto_il is null',
    'alter table fascicolo_ammesso add constraint fascicolo_ammesso_chi check ((ufficio_id is null) <> (operatore_id is null))',
    "alter table serie_archivistica add constraint serie_archivistica_criteri check ((tipo = 'documentale' and tipologia is not null) or (tipo = 'fascicoli' and (voce_id is not null or tipo_fascicolo is not null)))",
    "alter table fascicolo_proposta add constraint fascicolo_proposta_stato_ammesso check (stato in ('PROPOSTO', 'APERTO', 'RESPINTO') and (stato = 'APERTO') = (fascicolo_id is not null))",
    "create unique index fascicolo_proposta_anno on fascicolo_proposta (ente_id, precedente_id) where precedente_id is not null and stato <> 'RESPINTO'",
    "alter table fascicolo_movimento add constraint fascicolo_movimento_forma check (tipo in ('trasferimento', 'trasmissione', 'deposito', 'prelievo') and stato in ('richiesto', 'accettato', 'rifiutato', 'eseguito', 'restituito'))",
    // One transfer under way, one withdrawal not returned.
    "create unique index fascicolo_movimento_in_corso on fascicolo_movimento (ente_id, fascicolo_id, tipo) where stato = 'richiesto' or (tipo = 'prelievo' and stato = 'eseguito')",
    'alter table impostazioni_fascicoli add constraint impostazioni_fascicoli_livelli check (livelli in (1, 2))',
  ]
}
