import { SENZA_ENTE, immutableTable, reference, updatableTable } from './strumenti.ts'
import type { Ruoli } from './index.ts'

/** The archival life of fascicoli: series with their members, repertorio frozen each year, deposit, withdrawals, historical section. */
export function archivio(ruoli: Ruoli): string[] {
  return [SENZA_ENTE, ...tables(ruoli), ...references(), ...rights(ruoli), ...states(), ...series(), ...lists()]
}

function tables(ruoli: Ruoli): string[] {
  const ente = `to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`
  return [
    // A long print is a work like the others: its table was never written.
    'drop table "stampa_fascicolo"',
    `create table "avviso_archivio" ("ente_id" uuid not null, "id" uuid not null, "tipo" text not null, "chiave" text not null, "fascicolo_id" uuid null, "testo" text not null, "dato_il" timestamptz not null, "chiuso_il" timestamptz null, primary key ("ente_id", "id"))`,
    `create index "avviso_archivio_tipo" on "avviso_archivio" ("ente_id", "tipo", "dato_il")`,
    `create table "esame_repertorio" ("ente_id" uuid not null, "aoo_id" uuid not null, "anno" int not null, "esaminato_nel" int not null, primary key ("ente_id", "aoo_id", "anno", "esaminato_nel"))`,
    `create table "serie_membro" ("ente_id" uuid not null, "id" uuid not null, "serie_id" uuid not null, "posizione" int not null, "documento_id" uuid null, "fascicolo_id" uuid null, "giorno" date not null, "riferimento" text not null, primary key ("ente_id", "id"))`,
    `alter table "serie_membro" add constraint "serie_membro_posizione" unique ("ente_id", "serie_id", "posizione")`,
    `alter table "elenco_deposito" add "tipo" text not null, add "numero" int not null, add "posizione" text null, add "nota" text not null`,
    `alter table "elenco_deposito" add constraint "elenco_deposito_numero" unique ("ente_id", "aoo_id", "tipo", "numero")`,
    `alter table "estrazione_fascicoli" add "documento_id" uuid not null, add "variazioni" jsonb not null`,
    `alter table "fascicolo_movimento" add "entro" date null, add "restituito_il" timestamptz null, add "restituito_da_nome" text null, add "nota_restituzione" text null`,
    `alter table "serie_archivistica" add "conservazione_anni" int null, add "elenco_id" uuid null, add "posizione_fisica" text null`,
    ...['avviso_archivio', 'esame_repertorio', 'serie_membro'].flatMap((t) => [
      `alter table "${t}" enable row level security`,
      `alter table "${t}" force row level security`,
      `create policy "ente" on "${t}" ${ente}`,
    ]),
  ]
}

function references(): string[] {
  return [
    reference('avviso_archivio', 'fascicolo_id', 'fascicolo'),
    reference('esame_repertorio', 'aoo_id', 'aoo'),
    reference('serie_membro', 'serie_id', 'serie_archivistica'),
    reference('serie_membro', 'documento_id', 'documento'),
    reference('serie_membro', 'fascicolo_id', 'fascicolo'),
    reference('serie_archivistica', 'elenco_id', 'elenco_deposito'),
    reference('estrazione_fascicoli', 'documento_id', 'documento'),
  ]
}

function rights(ruoli: Ruoli): string[] {
  return [
    ...updatableTable('avviso_archivio', 'testo, dato_il, chiuso_il', ruoli),
    ...immutableTable('esame_repertorio', ruoli),
    ...immutableTable('serie_membro', ruoli),
    `grant update (elenco_id, posizione_fisica) on serie_archivistica to ${ruoli.app}, ${ruoli.jobs}`,
    `grant update (restituito_il, restituito_da_nome, nota_restituzione) on fascicolo_movimento to ${ruoli.app}, ${ruoli.jobs}`,
  ]
}

/** The historical section is the last state; only from the deposit. */
function states(): string[] {
  return [
    'alter table fascicolo drop constraint fascicolo_stato',
    "alter table fascicolo add constraint fascicolo_stato check (stato in ('APERTO', 'SOSPESO', 'CHIUSO', 'IN_CONSERVAZIONE', 'IN_DEPOSITO', 'STORICO', 'APERTO_PER_ERRORE'))",
    `create or replace function app.controlla_stato_fascicolo() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       if new.stato <> all (case old.stato
            when 'APERTO' then array['SOSPESO', 'CHIUSO', 'APERTO_PER_ERRORE']
            when 'SOSPESO' then array['APERTO', 'CHIUSO']
            when 'CHIUSO' then array['APERTO', 'IN_CONSERVAZIONE', 'IN_DEPOSITO']
            when 'IN_CONSERVAZIONE' then array['APERTO', 'IN_DEPOSITO']
            when 'IN_DEPOSITO' then array['APERTO', 'STORICO']
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
       if new.stato in ('IN_DEPOSITO', 'STORICO') and not exists (
            select 1 from public.fascicolo_movimento m where m.ente_id = old.ente_id and m.fascicolo_id = old.id and m.elenco_id is not null
              and m.tipo = case new.stato when 'STORICO' then 'storico' else 'deposito' end) then
         raise exception 'Il fascicolo % non passa senza un elenco.', old.codice using errcode = '23514', constraint = 'fascicolo_passaggio_in_elenco';
       end if;
       return new;
     end $$`,
    'alter table fascicolo_movimento drop constraint fascicolo_movimento_forma',
    "alter table fascicolo_movimento add constraint fascicolo_movimento_forma check (tipo in ('trasferimento', 'trasmissione', 'deposito', 'storico', 'prelievo') and stato in ('richiesto', 'accettato', 'rifiutato', 'eseguito', 'restituito'))",
    "alter table fascicolo_movimento add constraint fascicolo_movimento_restituzione check ((restituito_il is not null) = (tipo = 'prelievo' and stato = 'restituito') and (restituito_il is null) = (restituito_da_nome is null))",
    "alter table fascicolo_movimento add constraint fascicolo_movimento_elenco check ((elenco_id is not null) = (tipo in ('deposito', 'storico')))",
  ]
}

/** A series has one criterion for each year; a member that does not meet it is refused, and a closed series is closed (REQ-FASC-031). */
function series(): string[] {
  return [
    "create unique index serie_archivistica_unica on serie_archivistica (ente_id, aoo_id, anno, tipo, coalesce(tipologia, ''), coalesce(tipo_fascicolo, ''), coalesce(voce_id, '00000000-0000-0000-0000-000000000000'))",
    'alter table serie_archivistica add constraint serie_archivistica_chiusura check ((chiusa_il is null) = (membri is null) and (chiusa_il is null) = (impronta is null) and (elenco_id is null or chiusa_il is not null))',
    'alter table serie_membro add constraint serie_membro_uno check ((documento_id is null) <> (fascicolo_id is null))',
    'create unique index serie_membro_documento on serie_membro (ente_id, serie_id, documento_id) where documento_id is not null',
    'create unique index serie_membro_fascicolo on serie_membro (ente_id, serie_id, fascicolo_id) where fascicolo_id is not null',
    `create function app.controlla_serie_archivistica() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     declare v_livello int;
     begin
       select v.livello into v_livello from public.voce_titolario v where v.ente_id = new.ente_id and v.id = new.voce_id;
       if v_livello > 3 then
         raise exception 'Una serie si ferma al terzo livello del titolario.' using errcode = '23514', constraint = 'serie_archivistica_livello';
       end if;
       return new;
     end $$`,
    'create trigger serie_archivistica_livello before insert on serie_archivistica for each row execute function app.controlla_serie_archivistica()',
    `create function app.controlla_chiusura_serie() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       if old.chiusa_il is not null and (new.chiusa_il, new.membri, new.impronta) is distinct from (old.chiusa_il, old.membri, old.impronta) then
         raise exception 'Una serie chiusa non cambia.' using errcode = '23514', constraint = 'serie_archivistica_chiusa';
       end if;
       if old.chiusa_il is null and new.chiusa_il is not null and new.anno >= extract(year from new.chiusa_il at time zone 'Europe/Rome') then
         raise exception 'La serie si chiude quando il suo anno è finito.' using errcode = '23514', constraint = 'serie_archivistica_anno_finito';
       end if;
       return new;
     end $$`,
    'create trigger serie_archivistica_chiusura before update on serie_archivistica for each row execute function app.controlla_chiusura_serie()',
    `create function app.controlla_membro_serie() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     declare s public.serie_archivistica; v_codice text; v_versione uuid;
     begin
       select * into s from public.serie_archivistica x where x.ente_id = new.ente_id and x.id = new.serie_id;
       if s.chiusa_il is not null then
         raise exception 'Una serie chiusa non riceve altro.' using errcode = '23514', constraint = 'serie_membro_chiusa';
       end if;
       select v.codice, v.versione_id into v_codice, v_versione from public.voce_titolario v where v.ente_id = s.ente_id and v.id = s.voce_id;
       if extract(year from new.giorno) <> s.anno or (s.tipo = 'documentale') <> (new.documento_id is not null)
          or (s.tipo = 'documentale' and not exists (select 1 from public.documento d join public.voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
                left join public.registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id
                left join public.registrazione_repertorio rr on rr.ente_id = d.ente_id and rr.documento_id = d.id
                where d.ente_id = new.ente_id and d.id = new.documento_id and d.aoo_id = s.aoo_id and d.tipologia = s.tipologia
                  and new.giorno = coalesce(r.giorno, rr.giorno, d.data_documento, (d.creato_il at time zone 'Europe/Rome')::date)
                  and (v_codice is null or (v.versione_id = v_versione and (v.codice = v_codice or left(v.codice, length(v_codice) + 1) = v_codice || '/')))))
          or (s.tipo = 'fascicoli' and not exists (select 1 from public.fascicolo f join public.voce_titolario v on v.ente_id = f.ente_id and v.id = f.voce_id
                where f.ente_id = new.ente_id and f.id = new.fascicolo_id and f.aoo_id = s.aoo_id and f.anno = s.anno and f.livello = 0 and new.giorno = f.aperto_il and (s.tipo_fascicolo is null or f.tipo = s.tipo_fascicolo)
                  and (v_codice is null or (v.versione_id = v_versione and (v.codice = v_codice or left(v.codice, length(v_codice) + 1) = v_codice || '/'))))) then
         raise exception 'Non appartiene alla serie %.', s.denominazione using errcode = '23514', constraint = 'serie_membro_estraneo';
       end if;
       return new;
     end $$`,
    'create trigger serie_membro_estraneo before insert on serie_membro for each row execute function app.controlla_membro_serie()',
  ]
}

function lists(): string[] {
  const inForce = (giorno: string): string => `t.stato = 'ATTIVO' and t.dal <= ${giorno} and (t.al is null or t.al > ${giorno})`
  return [
    // A paper fascicolo older than every adopted titolario is recorded under the one in force on the day it is recorded (REQ-FASC-047).
    `create or replace function app.controlla_voce_fascicolo() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       if exists (select 1 from nuovi n join public.voce_titolario v on v.ente_id = n.ente_id and v.id = n.voce_id
                   join public.titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id where n.livello = 0 and not (${inForce('n.aperto_il')})
                    and not (${inForce("(n.creato_il at time zone 'Europe/Rome')::date")} and n.aperto_il < (
                      select min(x.dal) from public.titolario_versione x where x.ente_id = n.ente_id and x.aoo_id = n.aoo_id and x.stato = 'ATTIVO'))) then
         raise exception 'La voce non è del titolario in vigore il giorno dell''apertura.' using errcode = 'FA064';
       end if;
       return null;
     end $$`,
    "alter table elenco_deposito add constraint elenco_deposito_tipo check (tipo in ('deposito', 'storico') and righe > 0)",
    "alter table avviso_archivio add constraint avviso_archivio_tipo_ammesso check (tipo in ('deposito', 'prelievo', 'attivita'))",
    'create unique index avviso_archivio_aperto on avviso_archivio (ente_id, tipo, chiave) where chiuso_il is null',
  ]
}
