import type { Ruoli } from './index.ts'
import { SENZA_ENTE, immutableTable, reference, updatableTable } from './strumenti.ts'

const FISSO = 'set search_path = pg_catalog, public, pg_temp'

/** The titolario whole: drafts and versions with their validity, origin of voices, synonyms, piano di conservazione, reviews. */
export function titolario(ruoli: Ruoli): string[] {
  return [
    SENZA_ENTE,
    ...tables(ruoli),
    ...references(),
    ...rights(ruoli),
    ...shapes(),
    ...versionGuards(),
    ...voiceGuards(),
    ...useGuards(),
    ...lineage(ruoli),
  ]
}

function fenced(table: string, ruoli: Ruoli): string[] {
  return [
    `alter table "${table}" enable row level security`,
    `alter table "${table}" force row level security`,
    `create policy "ente" on "${table}" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  ]
}

function tables(ruoli: Ruoli): string[] {
  return [
    `create table "regola_conservazione" ("ente_id" uuid not null, "id" uuid not null, "voce_id" uuid not null, "tipologia" text null, "tipo_fascicolo" text null, "anni" int null, "condizione" text null, "decorrenza" text not null, "sfoltimento" boolean not null, "atto" text not null, "approvata_il" date not null, "creata_il" timestamptz not null, "autore_nome" text not null, "revocata_il" timestamptz null, "revocata_da" text null, primary key ("ente_id", "id"))`,
    `create index "regola_conservazione_voce" on "regola_conservazione" ("ente_id", "voce_id")`,
    `create table "revisione_titolario" ("ente_id" uuid not null, "id" uuid not null, "versione_id" uuid not null, "giorno" date not null, "esito" text not null, "note" text not null, "statistiche" jsonb not null, "autore_id" text not null, "autore_nome" text not null, "creata_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `create index "revisione_titolario_versione" on "revisione_titolario" ("ente_id", "versione_id", "creata_il")`,
    `create table "voce_predecessore" ("ente_id" uuid not null, "id" uuid not null, "versione_id" uuid not null, "voce_id" uuid null, "predecessore_id" uuid not null, "tipo" text not null, primary key ("ente_id", "id"))`,
    `create index "voce_predecessore_da" on "voce_predecessore" ("ente_id", "predecessore_id")`,
    `alter table "voce_predecessore" add constraint "voce_predecessore_coppia" unique ("ente_id", "versione_id", "voce_id", "predecessore_id")`,
    `create table "voce_sinonimo" ("ente_id" uuid not null, "id" uuid not null, "parole" jsonb not null, "creato_il" timestamptz not null, "autore_nome" text not null, "tolto_il" timestamptz null, primary key ("ente_id", "id"))`,
    // Until now an ente had one version only, written at its beginning.
    `alter table "titolario_versione" add "numero" int not null default 1, add "adottata_il" date null, add "livelli" int not null default 3, add "base_id" uuid null, add "origine" text not null default 'modello', add "autore_id" text not null default 'sistema', add "autore_nome" text not null default 'Sistema', add "creata_il" timestamptz not null default now(), add "note" text not null default ''`,
    `alter table "titolario_versione" alter column "numero" drop default, alter column "livelli" drop default, alter column "origine" drop default, alter column "autore_id" drop default, alter column "autore_nome" drop default, alter column "creata_il" drop default, alter column "note" drop default`,
    `alter table "titolario_versione" add constraint "titolario_versione_numero" unique ("ente_id", "aoo_id", "numero")`,
    `alter table "voce_titolario" add "descrizione" text not null default '', add "note_uso" text not null default '', add "esempi" jsonb not null default '[]', add "tipi_fascicolo" jsonb not null default '[]', add "sottoclasse_obbligatoria" boolean not null default true, add "accesso_predefinito" text null`,
    `alter table "voce_titolario" alter column "descrizione" drop default, alter column "note_uso" drop default, alter column "esempi" drop default, alter column "tipi_fascicolo" drop default, alter column "sottoclasse_obbligatoria" drop default`,
    ...['regola_conservazione', 'revisione_titolario', 'voce_predecessore', 'voce_sinonimo'].flatMap((table) => fenced(table, ruoli)),
  ]
}

function references(): string[] {
  return [
    reference('titolario_versione', 'base_id', 'titolario_versione'),
    reference('regola_conservazione', 'voce_id', 'voce_titolario'),
    reference('revisione_titolario', 'versione_id', 'titolario_versione'),
    reference('voce_predecessore', 'versione_id', 'titolario_versione'),
    reference('voce_predecessore', 'voce_id', 'voce_titolario'),
    reference('voce_predecessore', 'predecessore_id', 'voce_titolario'),
  ]
}

function rights(ruoli: Ruoli): string[] {
  const writers = `${ruoli.app}, ${ruoli.jobs}`
  return [
    `grant update (denominazione, atto, adottata_il, uri, dal, livelli, note) on titolario_versione to ${writers}`,
    `grant update (codice, etichetta, livello, ordine, denominazione, padre_id, descrizione, note_uso, esempi, tipi_fascicolo, sottoclasse_obbligatoria, accesso_predefinito) on voce_titolario to ${writers}`,
    // Only drafts can be deleted: the triggers below see to it.
    `grant delete on titolario_versione, voce_titolario to ${writers}`,
    ...updatableTable('regola_conservazione', 'revocata_il, revocata_da', ruoli),
    ...updatableTable('voce_predecessore', 'tipo', ruoli),
    ...updatableTable('voce_sinonimo', 'tolto_il', ruoli),
    `grant delete on regola_conservazione, voce_predecessore to ${writers}`,
    ...immutableTable('revisione_titolario', ruoli),
  ]
}

function shapes(): string[] {
  return [
    "alter table titolario_versione add constraint titolario_versione_stato check (stato in ('BOZZA', 'ATTIVO'))",
    'alter table titolario_versione add constraint titolario_versione_livelli check (livelli between 2 and 5)',
    'alter table titolario_versione add constraint titolario_versione_periodo check (al is null or al > dal)',
    "alter table voce_predecessore add constraint voce_predecessore_tipo check (tipo in ('uguale', 'rinominata', 'accorpata', 'divisa', 'soppressa') and (tipo = 'soppressa') = (voce_id is null))",
    'create unique index voce_predecessore_soppressa on voce_predecessore (ente_id, versione_id, predecessore_id) where voce_id is null',
    'alter table voce_sinonimo add constraint voce_sinonimo_parole check (jsonb_array_length(parole) >= 2)',
    'alter table regola_conservazione add constraint regola_conservazione_anni check (anni between 1 and 9999)',
    "alter table regola_conservazione add constraint regola_conservazione_regola check (anni is not null or btrim(coalesce(condizione, '')) <> '')",
    "alter table regola_conservazione add constraint regola_conservazione_decorrenza check (decorrenza in ('chiusura', 'documento'))",
    "alter table regola_conservazione add constraint regola_conservazione_atto check (btrim(atto) <> '')",
    "create unique index regola_conservazione_unica on regola_conservazione (ente_id, voce_id, coalesce(tipologia, ''), coalesce(tipo_fascicolo, '')) where revocata_il is null",
    "alter table revisione_titolario add constraint revisione_titolario_esito check (esito in ('confermato', 'da aggiornare'))",
  ]
}

/** One version in force for each AOO on every day, never changed backwards (REQ-TIT-002, REQ-TIT-003, REQ-TIT-004). */
function versionGuards(): string[] {
  return [
    'drop index titolario_versione_attiva',
    `create function app.oggi() returns date language sql volatile ${FISSO} as $$ select (app.istante() at time zone 'Europe/Rome')::date $$`,
    `create function app.controlla_versione_titolario() returns trigger language plpgsql ${FISSO} as $$
     declare
       v_riga public.titolario_versione := coalesce(new, old);
       v_ultima date;
     begin
       perform pg_advisory_xact_lock(hashtextextended(v_riga.ente_id::text || v_riga.aoo_id::text, 15));
       if tg_op = 'DELETE' then
         if old.stato <> 'BOZZA' then
           raise exception 'Un titolario adottato non si elimina.' using errcode = '23514', constraint = 'titolario_adottato';
         end if;
         return old;
       end if;
       if tg_op = 'INSERT' then
         if new.stato <> 'BOZZA' or new.al is not null then
           raise exception 'Un titolario nasce in bozza.' using errcode = '23514', constraint = 'titolario_nasce_bozza';
         end if;
         return new;
       end if;
       if (new.aoo_id, new.numero, new.creata_il) is distinct from (old.aoo_id, old.numero, old.creata_il) then
         raise exception 'Area, numero e data di un titolario non cambiano.' using errcode = '23514', constraint = 'titolario_adottato';
       end if;
       if old.stato = 'BOZZA' and new.stato = 'ATTIVO' then
         if btrim(new.atto) = '' or new.adottata_il is null or new.adottata_il > new.dal then
           raise exception 'Un titolario si adotta con un atto, non dopo l''inizio della sua validità.' using errcode = '23514', constraint = 'titolario_atto';
         end if;
         select max(t.dal) into v_ultima from public.titolario_versione t where t.ente_id = new.ente_id and t.aoo_id = new.aoo_id and t.stato = 'ATTIVO' and t.id <> new.id;
         if v_ultima is not null and (new.dal <= v_ultima or new.dal <= app.oggi()) then
           raise exception 'Un titolario non vale per il passato.' using errcode = '23514', constraint = 'titolario_non_retroattivo';
         end if;
       elsif old.stato = 'ATTIVO' and new.stato = 'BOZZA' then
         if old.dal <= app.oggi() then
           raise exception 'Un titolario già in vigore non torna in bozza.' using errcode = '23514', constraint = 'titolario_adottato';
         end if;
       elsif old.stato = 'ATTIVO' then
         if (new.denominazione, new.atto, new.adottata_il, new.dal, new.livelli) is distinct from (old.denominazione, old.atto, old.adottata_il, old.dal, old.livelli)
            or (old.uri is not null and new.uri is distinct from old.uri) then
           raise exception 'Un titolario adottato non cambia.' using errcode = '23514', constraint = 'titolario_adottato';
         end if;
         if new.al is distinct from old.al and (old.al <= app.oggi() or new.al <= app.oggi()) then
           raise exception 'Un titolario non smette di valere per il passato.' using errcode = '23514', constraint = 'titolario_non_retroattivo';
         end if;
       end if;
       return new;
     end $$`,
    'create trigger titolario_versione_passo before insert or update or delete on titolario_versione for each row execute function app.controlla_versione_titolario()',
    // From the first adoption on every day has one version and one only: each ends the day the next one begins, the last has no end.
    `create function app.controlla_vigenza_titolario() returns trigger language plpgsql ${FISSO} as $$
     declare v_riga public.titolario_versione := coalesce(new, old);
     begin
       if exists (select 1 from (select t.al, lead(t.dal) over (order by t.dal) as dopo from public.titolario_versione t
                   where t.ente_id = v_riga.ente_id and t.aoo_id = v_riga.aoo_id and t.stato = 'ATTIVO') p where p.al is distinct from p.dopo) then
         raise exception 'Ogni giorno vale un titolario, uno solo.' using errcode = '23514', constraint = 'titolario_vigenza';
       end if;
       return null;
     end $$`,
    'create constraint trigger titolario_versione_vigenza after insert or update or delete on titolario_versione deferrable initially deferred for each row execute function app.controlla_vigenza_titolario()',
  ]
}

/** What is adopted is not rewritten: a voice is closed from a day to come, and its helps may improve (REQ-TIT-005). */
function voiceGuards(): string[] {
  return [
    `create function app.controlla_voce_titolario() returns trigger language plpgsql ${FISSO} as $$
     declare
       v_riga public.voce_titolario := coalesce(new, old);
       v_stato text;
     begin
       select t.stato into v_stato from public.titolario_versione t where t.ente_id = v_riga.ente_id and t.id = v_riga.versione_id;
       if v_stato = 'BOZZA' then return v_riga; end if;
       if tg_op <> 'UPDATE' then
         raise exception 'Le voci di un titolario adottato non si aggiungono e non si eliminano.' using errcode = '23514', constraint = 'voce_adottata';
       end if;
       if (new.versione_id, new.codice, new.etichetta, new.livello, new.ordine, new.denominazione, new.padre_id)
          is distinct from (old.versione_id, old.codice, old.etichetta, old.livello, old.ordine, old.denominazione, old.padre_id) then
         raise exception 'La voce % di un titolario adottato non si rinomina e non si rinumera.', old.codice using errcode = '23514', constraint = 'voce_adottata';
       end if;
       if new.chiusa_dal is distinct from old.chiusa_dal and (old.chiusa_dal <= app.oggi() or new.chiusa_dal <= app.oggi()) then
         raise exception 'Una voce si chiude da un giorno a venire.' using errcode = '23514', constraint = 'voce_chiusura';
       end if;
       return new;
     end $$`,
    'create trigger voce_titolario_adottata before insert or update or delete on voce_titolario for each row execute function app.controlla_voce_titolario()',
    `create function app.controlla_predecessore() returns trigger language plpgsql ${FISSO} as $$
     declare v_riga public.voce_predecessore := coalesce(new, old);
     begin
       if exists (select 1 from public.titolario_versione t where t.ente_id = v_riga.ente_id and t.id = v_riga.versione_id and t.stato <> 'BOZZA') then
         raise exception 'L''origine delle voci di un titolario adottato non cambia.' using errcode = '23514', constraint = 'voce_adottata';
       end if;
       return v_riga;
     end $$`,
    'create trigger voce_predecessore_adottata before insert or update or delete on voce_predecessore for each row execute function app.controlla_predecessore()',
    // A rule is revoked, never rewritten; it disappears only with a draft.
    `create function app.controlla_regola_conservazione() returns trigger language plpgsql ${FISSO} as $$
     begin
       if tg_op = 'UPDATE' then
         if old.revocata_il is not null then
           raise exception 'La regola è già revocata.' using errcode = '23514', constraint = 'regola_revocata';
         end if;
         return new;
       end if;
       if exists (select 1 from public.voce_titolario v join public.titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id
                   where v.ente_id = old.ente_id and v.id = old.voce_id and t.stato <> 'BOZZA') then
         raise exception 'Una regola di conservazione approvata si revoca, non si elimina.' using errcode = '23514', constraint = 'regola_approvata';
       end if;
       return old;
     end $$`,
    'create trigger regola_conservazione_passo before update or delete on regola_conservazione for each row execute function app.controlla_regola_conservazione()',
  ]
}

/** A document gets a voice of the version that is in force on the day of its number, whatever the program read before midnight (REQ-TIT-021). */
function useGuards(): string[] {
  const inForce = (giorno: string): string => `t.stato = 'ATTIVO' and t.dal <= ${giorno} and (t.al is null or t.al > ${giorno})`
  return [
    `create function app.controlla_voce_registrata() returns trigger language plpgsql ${FISSO} as $$
     begin
       if exists (select 1 from nuove n join public.documento d on d.ente_id = n.ente_id and d.id = n.documento_id
                   join public.voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id join public.titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id
                  where not (${inForce('n.giorno')})) then
         raise exception 'La voce non è del titolario in vigore il giorno della registrazione.' using errcode = 'FA064';
       end if;
       return null;
     end $$`,
    'create trigger registrazione_voce_in_vigore after insert on registrazione referencing new table as nuove for each statement execute function app.controlla_voce_registrata()',
    `create function app.controlla_voce_classificata() returns trigger language plpgsql ${FISSO} as $$
     begin
       if exists (select 1 from nuove n join public.voce_titolario v on v.ente_id = n.ente_id and v.id = n.voce_id
                   join public.titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id where t.stato <> 'ATTIVO') then
         raise exception 'Non si classifica con un titolario in bozza.' using errcode = 'FA064';
       end if;
       return null;
     end $$`,
    'create trigger classificazione_voce_adottata after insert on classificazione referencing new table as nuove for each statement execute function app.controlla_voce_classificata()',
    // A part keeps the voice of its fascicolo, whatever version that is of (REQ-FASC-030).
    `create function app.controlla_voce_fascicolo() returns trigger language plpgsql ${FISSO} as $$
     begin
       if exists (select 1 from nuovi n join public.voce_titolario v on v.ente_id = n.ente_id and v.id = n.voce_id
                   join public.titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id where n.livello = 0 and not (${inForce('n.aperto_il')})) then
         raise exception 'La voce non è del titolario in vigore il giorno dell''apertura.' using errcode = 'FA064';
       end if;
       return null;
     end $$`,
    'create trigger fascicolo_voce_in_vigore after insert on fascicolo referencing new table as nuovi for each statement execute function app.controlla_voce_fascicolo()',
  ]
}

/** Where voices come from and what they became: what search across versions and the filing in an older fascicolo ask (REQ-TIT-006, REQ-TIT-007). */
function lineage(ruoli: Ruoli): string[] {
  const walk = (name: string, from: string, to: string): string =>
    `${name} as (select id from inizio union select p.${to} from ${name} c join public.voce_predecessore p on p.ente_id = p_ente and p.${from} = c.id
       join public.titolario_versione t on t.ente_id = p.ente_id and t.id = p.versione_id and t.stato = 'ATTIVO' where p.${to} is not null)`
  return [
    `create function app.voci_in_linea(p_ente uuid, p_voci uuid[]) returns setof uuid language sql stable ${FISSO} as $$
     with recursive inizio as (select unnest(p_voci) as id), ${walk('prima', 'voce_id', 'predecessore_id')}, ${walk('dopo', 'predecessore_id', 'voce_id')}
     select id from prima union select id from dopo $$`,
    `create function app.voci_equivalenti(p_ente uuid, p_codice text) returns setof uuid language sql stable ${FISSO} as $$
     select app.voci_in_linea(p_ente, array(select v.id from public.voce_titolario v join public.titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id
       where v.ente_id = p_ente and t.stato = 'ATTIVO' and (v.codice = p_codice or v.codice like p_codice || '/%'))) $$`,
    'revoke all on function app.voci_in_linea(uuid, uuid[]), app.voci_equivalenti(uuid, text), app.oggi() from public',
    `grant execute on function app.voci_in_linea(uuid, uuid[]), app.voci_equivalenti(uuid, text), app.oggi() to ${ruoli.app}, ${ruoli.jobs}`,
    `grant execute on function app.oggi() to ${ruoli.sportello}`,
  ]
}
