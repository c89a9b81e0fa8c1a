import { FERMABILI, stops } from './0026-fermi.ts'
import { SENZA_ENTE, immutableTable, reference, updatableTable } from './strumenti.ts'
import type { Ruoli } from './index.ts'

const TABELLE = [
  'autorizzazione_scarto',
  'documento_scartato',
  'documento_voce_scarto',
  'impostazioni_scarto',
  'impronta_scartata',
  'passo_scarto',
  'procedura_scarto',
  'vincolo_scarto',
  'voce_scarto',
]

/** Disposal of records (D.lgs. 42/2004 art. 21): nothing is destroyed without an authorisation that covers it, whatever the program does (REQ-CONS-210). */
export function scarto(ruoli: Ruoli): string[] {
  return [SENZA_ENTE, ...tables(ruoli), ...references(), ...rights(ruoli), ...functions(ruoli), ...guards(), ...stops()]
}

function tables(ruoli: Ruoli): string[] {
  const ente = `to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`
  return [
    `create table "autorizzazione_scarto" ("ente_id" uuid not null, "id" uuid not null, "procedura_id" uuid not null, "autorita" text not null, "esito" text not null, "protocollo" text not null, "del" date not null, "registrazione_id" uuid not null, "note" text not null, "registrata_il" timestamptz not null, "registrata_da_nome" text not null, primary key ("ente_id", "id"))`,
    `alter table "autorizzazione_scarto" add constraint "autorizzazione_scarto_unica" unique ("ente_id", "procedura_id", "autorita")`,
    `create table "documento_scartato" ("ente_id" uuid not null, "documento_id" uuid not null, "voce_id" uuid not null, "scartato_il" timestamptz not null, "riferimento" text not null, primary key ("ente_id", "documento_id"))`,
    `create table "documento_voce_scarto" ("ente_id" uuid not null, "voce_id" uuid not null, "documento_id" uuid not null, primary key ("ente_id", "voce_id", "documento_id"))`,
    `create index "documento_voce_scarto_documento" on "documento_voce_scarto" ("ente_id", "documento_id")`,
    `create table "impostazioni_scarto" ("ente_id" uuid not null, "giorni_copie" int not null, "aggiornate_il" timestamptz not null, "autore_nome" text not null, primary key ("ente_id"))`,
    `create table "impronta_scartata" ("ente_id" uuid not null, "sha256" text not null, "voce_id" uuid not null, "dimensione" bigint not null, "esito" text not null, "riferimento" text not null, "aggiornata_il" timestamptz not null, primary key ("ente_id", "sha256"))`,
    `create index "impronta_scartata_voce" on "impronta_scartata" ("ente_id", "voce_id")`,
    `create table "passo_scarto" ("ente_id" uuid not null, "id" uuid not null, "voce_id" uuid not null, "da" text null, "a" text not null, "motivo" text null, "istante" timestamptz not null, "autore_nome" text not null, primary key ("ente_id", "id"))`,
    `create index "passo_scarto_voce" on "passo_scarto" ("ente_id", "voce_id", "istante")`,
    `create table "procedura_scarto" ("ente_id" uuid not null, "id" uuid not null, "aoo_id" uuid not null, "anno" int not null, "numero" int not null, "scaduti_al" date not null, "note" text not null, "composizione" text not null, "esaminati" int not null, "da_esaminare" int not null, "creata_il" timestamptz not null, "proposta_da" text not null, "proposta_da_nome" text not null, "verificata_il" timestamptz null, "verificata_da_nome" text null, "provvedimento" text null, "provvedimento_del" date null, "motivazione" text null, "richiesta_id" uuid null, "richiesta_interno_id" uuid null, "richiesta_il" timestamptz null, "ordinata_da" text null, "ordinata_da_nome" text null, "ordinata_il" timestamptz null, "verbale" text null, "verbale_del" date null, "comunicazione_id" uuid null, "comunicazione_interno_id" uuid null, "comunicata_il" timestamptz null, primary key ("ente_id", "id"))`,
    `alter table "procedura_scarto" add constraint "procedura_scarto_numero" unique ("ente_id", "aoo_id", "anno", "numero")`,
    `create table "vincolo_scarto" ("ente_id" uuid not null, "id" uuid not null, "fascicolo_id" uuid not null, "tipo" text not null, "motivo" text not null, "atto" text not null, "dal" date not null, "al" date null, "creato_il" timestamptz not null, "autore_nome" text not null, "chiuso_il" timestamptz null, "chiuso_da_nome" text null, "motivo_chiusura" text null, primary key ("ente_id", "id"))`,
    `create index "vincolo_scarto_fascicolo" on "vincolo_scarto" ("ente_id", "fascicolo_id")`,
    `create table "voce_scarto" ("ente_id" uuid not null, "id" uuid not null, "procedura_id" uuid not null, "fascicolo_id" uuid not null, "stato" text not null, "stato_dal" timestamptz not null, "motivo" text null, "sospesa_da" text null, "non_prima_del" date null, "regola" text not null, "anni" int not null, "decorrenza" date not null, "scadenza" date not null, "estremo_dal" date not null, "estremo_al" date not null, "fascicoli" int not null, "documenti" int not null, "file" int not null, "byte" bigint not null, "cartacei" int not null, "trattenuti" int not null, "tipologie" jsonb not null, "riservata" boolean not null, "versata" boolean not null, "autorizzazione_id" uuid null, "autorizzazione_interno_id" uuid null, "distrutta_il" timestamptz null, primary key ("ente_id", "id"))`,
    `create index "voce_scarto_procedura" on "voce_scarto" ("ente_id", "procedura_id", "stato")`,
    `create index "voce_scarto_fascicolo" on "voce_scarto" ("ente_id", "fascicolo_id")`,
    ...TABELLE.flatMap((t) => [
      `alter table "${t}" enable row level security`,
      `alter table "${t}" force row level security`,
      `create policy "ente" on "${t}" ${ente}`,
    ]),
  ]
}

function references(): string[] {
  return [
    reference('procedura_scarto', 'aoo_id', 'aoo'),
    ...['richiesta_id', 'richiesta_interno_id', 'comunicazione_id', 'comunicazione_interno_id'].map((c) =>
      reference('procedura_scarto', c, 'registrazione'),
    ),
    reference('voce_scarto', 'procedura_id', 'procedura_scarto'),
    reference('voce_scarto', 'fascicolo_id', 'fascicolo'),
    reference('voce_scarto', 'autorizzazione_id', 'autorizzazione_scarto'),
    reference('voce_scarto', 'autorizzazione_interno_id', 'autorizzazione_scarto'),
    reference('documento_voce_scarto', 'voce_id', 'voce_scarto'),
    reference('documento_voce_scarto', 'documento_id', 'documento'),
    reference('passo_scarto', 'voce_id', 'voce_scarto'),
    reference('autorizzazione_scarto', 'procedura_id', 'procedura_scarto'),
    reference('autorizzazione_scarto', 'registrazione_id', 'registrazione'),
    reference('vincolo_scarto', 'fascicolo_id', 'fascicolo'),
    reference('documento_scartato', 'documento_id', 'documento'),
    reference('documento_scartato', 'voce_id', 'voce_scarto'),
    reference('impronta_scartata', 'voce_id', 'voce_scarto'),
  ]
}

function rights(ruoli: Ruoli): string[] {
  return [
    ...updatableTable(
      'procedura_scarto',
      'composizione, esaminati, da_esaminare, verificata_il, verificata_da_nome, provvedimento, provvedimento_del, motivazione, richiesta_id, richiesta_interno_id, richiesta_il, ordinata_da, ordinata_da_nome, ordinata_il, verbale, verbale_del, comunicazione_id, comunicazione_interno_id, comunicata_il',
      ruoli,
    ),
    ...updatableTable(
      'voce_scarto',
      'stato, stato_dal, motivo, sospesa_da, non_prima_del, riservata, autorizzazione_id, autorizzazione_interno_id, distrutta_il',
      ruoli,
    ),
    ...updatableTable('vincolo_scarto', 'chiuso_il, chiuso_da_nome, motivo_chiusura', ruoli),
    ...updatableTable('impronta_scartata', 'voce_id, riferimento, esito, aggiornata_il', ruoli),
    ...updatableTable('impostazioni_scarto', 'giorni_copie, aggiornate_il, autore_nome', ruoli),
    ...immutableTable('documento_voce_scarto', ruoli),
    ...immutableTable('passo_scarto', ruoli),
    ...immutableTable('autorizzazione_scarto', ruoli),
    ...immutableTable('documento_scartato', ruoli),
  ]
}

const DISTRUTTI = "('DISTRUTTO_IN_CONSERVAZIONE', 'DISTRUTTO_LOCALMENTE', 'BACKUP_AGGIORNATI', 'COMUNICATO')"
/** SQL truth "an authorisation covers item v, that of the Ministry of the Interior too where it holds riservati". */
const AUTORIZZATA = 'v.autorizzazione_id is not null and (not v.riservata or v.autorizzazione_interno_id is not null)'

function functions(ruoli: Ruoli): string[] {
  const mine = [
    'app.radice_fascicolo(uuid, uuid)',
    'app.scarto_vincolato(uuid, uuid)',
    'app.sospendi_scarto(uuid, uuid, text, text)',
    'app.documento_vive_altrove(uuid, uuid, uuid)',
  ]
  return [
    // The fascicolo a part belongs to: two levels below it at most.
    `create function app.radice_fascicolo(p_ente uuid, p_fascicolo uuid) returns uuid language sql stable set search_path = pg_catalog, public, pg_temp as $$
       select coalesce(p.fascicolo_padre_id, p.id, f.id) from public.fascicolo f left join public.fascicolo p on p.ente_id = f.ente_id and p.id = f.fascicolo_padre_id
        where f.ente_id = p_ente and f.id = p_fascicolo $$`,
    `create function app.scarto_vincolato(p_ente uuid, p_fascicolo uuid) returns boolean language sql stable set search_path = pg_catalog, public, pg_temp as $$
       select exists (select 1 from public.vincolo_scarto c where c.ente_id = p_ente and c.chiuso_il is null
          and (c.al is null or c.al >= (app.istante() at time zone 'Europe/Rome')::date) and app.radice_fascicolo(p_ente, c.fascicolo_id) = p_fascicolo) $$`,
    `create function app.sospendi_scarto(p_ente uuid, p_fascicolo uuid, p_motivo text, p_autore text) returns void language sql volatile set search_path = pg_catalog, public, pg_temp as $$
       with fermate as (
         update public.voce_scarto v set stato = 'SOSPESO_PER_VINCOLO', sospesa_da = v.stato, stato_dal = app.istante(), motivo = p_motivo
          where v.ente_id = p_ente and v.fascicolo_id = app.radice_fascicolo(p_ente, p_fascicolo) and v.stato in ${FERMABILI}
          returning v.ente_id, v.id, v.sospesa_da, v.stato, v.motivo, v.stato_dal)
       insert into public.passo_scarto (ente_id, id, voce_id, da, a, motivo, istante, autore_nome)
         select f.ente_id, gen_random_uuid(), f.id, f.sospesa_da, f.stato, f.motivo, f.stato_dal, p_autore from fermate f $$`,
    // Filed in a fascicolo that is not destroyed: its bytes stay for that one.
    `create function app.documento_vive_altrove(p_ente uuid, p_documento uuid, p_fascicolo uuid) returns boolean language sql stable set search_path = pg_catalog, public, pg_temp as $$
       select exists (select 1 from public.fascicolo_documento fd where fd.ente_id = p_ente and fd.documento_id = p_documento and fd.tolto_il is null
          and app.radice_fascicolo(p_ente, fd.fascicolo_id) <> p_fascicolo
          and not exists (select 1 from public.voce_scarto v where v.ente_id = p_ente and v.fascicolo_id = app.radice_fascicolo(p_ente, fd.fascicolo_id) and v.stato in ${DISTRUTTI})) $$`,
    // What anybody who asked for its bytes is told, the citizen too, who does not read the tables: when it was destroyed and by which authorisation.
    `create function app.scarto_di(p_documento uuid, p_sha256 text) returns table (scartato_il timestamptz, riferimento text)
       language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
       select s.scartato_il, s.riferimento from public.documento_scartato s where s.ente_id = current_setting('app.ente_id')::uuid and s.documento_id = p_documento
       union all
       select i.aggiornata_il, i.riferimento from public.impronta_scartata i where i.ente_id = current_setting('app.ente_id')::uuid and i.sha256 = p_sha256 and i.esito = 'distrutta'
       limit 1 $$`,
    'revoke all on function app.scarto_di(uuid, text) from public',
    `grant execute on function app.scarto_di(uuid, text) to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.sportello}`,
    // The text a document was written from is a copy of it: only that may go from a concluded draft, and only with its document.
    `create or replace function app.bozza_conclusa() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       if old.stato = 'PROTOCOLLATA' and not (new.corpo = '' and to_jsonb(new) - 'corpo' = to_jsonb(old) - 'corpo' and exists (
            select 1 from public.registrazione r join public.documento_scartato s on s.ente_id = r.ente_id and s.documento_id = r.documento_id
             where r.ente_id = old.ente_id and r.id = old.registrazione_id)) then
         raise exception 'La bozza è già stata protocollata: non si modifica.' using errcode = '23514', constraint = 'bozza_conclusa';
       end if;
       return new;
     end $$`,
    ...mine.flatMap((f) => [`revoke all on function ${f} from public`, `grant execute on function ${f} to ${ruoli.app}, ${ruoli.jobs}`]),
  ]
}

/** Facts are written once; items follow the closed table of states; without a covering authorisation there is no order and no destruction. */
function guards(): string[] {
  return [
    "alter table procedura_scarto add constraint procedura_scarto_composizione check (composizione in ('in_corso', 'pronta', 'fallita'))",
    // Never the one who proposed.
    'alter table procedura_scarto add constraint procedura_scarto_due_persone check (ordinata_da is null or ordinata_da <> proposta_da)',
    `create function app.controlla_procedura_scarto() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       if exists (select 1 from jsonb_each_text(to_jsonb(old)) o join jsonb_each_text(to_jsonb(new)) n on n.key = o.key
                   where o.key not in ('composizione', 'esaminati', 'da_esaminare') and o.value is not null and n.value is distinct from o.value) then
         raise exception 'Un passo dello scarto non si riscrive.' using errcode = '23514', constraint = 'procedura_scarto_immutabile';
       end if;
       return new;
     end $$`,
    'create trigger procedura_scarto_passo before update on procedura_scarto for each row execute function app.controlla_procedura_scarto()',
    `alter table voce_scarto add constraint voce_scarto_autorizzata check (stato not in ('ORDINATO', 'DISTRUTTO_IN_CONSERVAZIONE', 'DISTRUTTO_LOCALMENTE', 'BACKUP_AGGIORNATI', 'COMUNICATO') or (autorizzazione_id is not null and (not riservata or autorizzazione_interno_id is not null)))`,
    "alter table voce_scarto add constraint voce_scarto_nasce check (stato in ('PROPOSTO', 'VERIFICATO', 'RICHIESTO', 'AUTORIZZATO', 'NON_AUTORIZZATO', 'ORDINATO', 'DISTRUTTO_IN_CONSERVAZIONE', 'DISTRUTTO_LOCALMENTE', 'BACKUP_AGGIORNATI', 'COMUNICATO', 'ESCLUSO', 'SOSPESO_PER_VINCOLO'))",
    // Permanent is never an item, and its term has passed on the day of the proposal.
    'alter table voce_scarto add constraint voce_scarto_termine check (anni between 1 and 9998 and scadenza > decorrenza)',
    "create unique index voce_scarto_una on voce_scarto (ente_id, fascicolo_id) where stato not in ('ESCLUSO', 'NON_AUTORIZZATO')",
    `create function app.inizia_voce_scarto() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       if new.stato <> 'PROPOSTO' or new.autorizzazione_id is not null or new.autorizzazione_interno_id is not null then
         raise exception 'Una voce di scarto nasce proposta.' using errcode = '23514', constraint = 'voce_scarto_nasce_proposta';
       end if;
       if exists (select 1 from public.fascicolo f where f.ente_id = new.ente_id and app.radice_fascicolo(f.ente_id, f.id) = new.fascicolo_id and f.stato in ('APERTO', 'SOSPESO')) then
         raise exception 'Un fascicolo aperto non si scarta.' using errcode = '23514', constraint = 'voce_scarto_fascicolo_chiuso';
       end if;
       return new;
     end $$`,
    'create trigger voce_scarto_inizio before insert on voce_scarto for each row execute function app.inizia_voce_scarto()',
    `create function app.controlla_voce_scarto() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       if new.stato <> old.stato then
         if new.stato <> all (case old.stato
              when 'PROPOSTO' then array['VERIFICATO', 'ESCLUSO', 'SOSPESO_PER_VINCOLO']
              when 'VERIFICATO' then array['RICHIESTO', 'ESCLUSO', 'SOSPESO_PER_VINCOLO']
              when 'RICHIESTO' then array['AUTORIZZATO', 'NON_AUTORIZZATO', 'SOSPESO_PER_VINCOLO']
              when 'AUTORIZZATO' then array['ORDINATO', 'SOSPESO_PER_VINCOLO']
              when 'ORDINATO' then array['DISTRUTTO_IN_CONSERVAZIONE', 'SOSPESO_PER_VINCOLO']
              when 'DISTRUTTO_IN_CONSERVAZIONE' then array['DISTRUTTO_LOCALMENTE']
              when 'DISTRUTTO_LOCALMENTE' then array['BACKUP_AGGIORNATI']
              when 'BACKUP_AGGIORNATI' then array['COMUNICATO']
              when 'SOSPESO_PER_VINCOLO' then array['PROPOSTO', 'VERIFICATO', 'RICHIESTO', 'AUTORIZZATO', 'ORDINATO', 'NON_AUTORIZZATO', 'ESCLUSO']
              else array[]::text[] end) then
           raise exception 'La voce di scarto non passa da % a %.', old.stato, new.stato using errcode = '23514', constraint = 'voce_scarto_passo';
         end if;
         if new.stato = 'SOSPESO_PER_VINCOLO' and new.sospesa_da is distinct from old.stato then
           raise exception 'Una voce sospesa ricorda da dove.' using errcode = '23514', constraint = 'voce_scarto_sospesa_da';
         end if;
         if old.stato = 'SOSPESO_PER_VINCOLO' and new.stato not in ('ESCLUSO', 'NON_AUTORIZZATO') and new.stato <> old.sospesa_da then
           raise exception 'Una voce sospesa riprende da dove era.' using errcode = '23514', constraint = 'voce_scarto_ripresa';
         end if;
         if new.stato in ('VERIFICATO', 'RICHIESTO', 'ORDINATO', 'DISTRUTTO_IN_CONSERVAZIONE') and app.scarto_vincolato(new.ente_id, new.fascicolo_id) then
           raise exception 'Il fascicolo ha un vincolo: non si scarta.' using errcode = '23514', constraint = 'voce_scarto_vincolata';
         end if;
         if new.stato in ('ORDINATO', 'DISTRUTTO_IN_CONSERVAZIONE')
            and not exists (select 1 from public.procedura_scarto p where p.ente_id = new.ente_id and p.id = new.procedura_id and p.ordinata_da is not null) then
           raise exception 'Manca l''ordine della seconda persona.' using errcode = '23514', constraint = 'voce_scarto_ordine';
         end if;
       end if;
       if new.sospesa_da is distinct from old.sospesa_da and new.stato = old.stato
          and not (old.stato = 'SOSPESO_PER_VINCOLO' and old.sospesa_da = 'RICHIESTO' and new.sospesa_da = 'AUTORIZZATO') then
         raise exception 'Una voce sospesa ricorda da dove.' using errcode = '23514', constraint = 'voce_scarto_sospesa_da';
       end if;
       if old.riservata and not new.riservata then
         raise exception 'Una voce riservata lo resta.' using errcode = '23514', constraint = 'voce_scarto_riservata';
       end if;
       if (old.autorizzazione_id is not null and new.autorizzazione_id is distinct from old.autorizzazione_id)
          or (old.autorizzazione_interno_id is not null and new.autorizzazione_interno_id is distinct from old.autorizzazione_interno_id) then
         raise exception 'L''autorizzazione non si riscrive.' using errcode = '23514', constraint = 'voce_scarto_autorizzazione_immutabile';
       end if;
       if exists (select 1 from (values (new.autorizzazione_id, 'soprintendenza'), (new.autorizzazione_interno_id, 'interno')) k (id, autorita)
                   where k.id is not null and not exists (select 1 from public.autorizzazione_scarto a where a.ente_id = new.ente_id and a.id = k.id
                     and a.procedura_id = new.procedura_id and a.autorita = k.autorita and a.esito <> 'negata')) then
         raise exception 'L''autorizzazione è di un altro scarto, di un''altra autorità o negata.' using errcode = '23514', constraint = 'voce_scarto_autorizzazione_sua';
       end if;
       return new;
     end $$`,
    'create trigger voce_scarto_passo before update on voce_scarto for each row execute function app.controlla_voce_scarto()',
    "alter table autorizzazione_scarto add constraint autorizzazione_scarto_forma check (autorita in ('soprintendenza', 'interno') and esito in ('totale', 'parziale', 'negata') and btrim(protocollo) <> '')",
    "alter table vincolo_scarto add constraint vincolo_scarto_forma check (tipo in ('contenzioso', 'verifica', 'accesso', 'sequestro') and btrim(motivo) <> '' and (al is null or al >= dal) and (chiuso_il is null) = (motivo_chiusura is null))",
    'alter table impostazioni_scarto add constraint impostazioni_scarto_giorni check (giorni_copie between 0 and 3650)',
    "alter table impronta_scartata add constraint impronta_scartata_esito check (esito in ('in_corso', 'distrutta', 'trattenuta'))",
    `create function app.controlla_distruzione() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       if not exists (select 1 from public.voce_scarto v where v.ente_id = new.ente_id and v.id = new.voce_id and v.stato = 'DISTRUTTO_IN_CONSERVAZIONE' and ${AUTORIZZATA}) then
         raise exception 'Nessuna distruzione senza ordine e autorizzazione.' using errcode = '23514', constraint = 'scarto_non_autorizzato';
       end if;
       if tg_table_name = 'documento_scartato' then
         if not exists (select 1 from public.documento_voce_scarto d where d.ente_id = new.ente_id and d.voce_id = new.voce_id and d.documento_id = (to_jsonb(new) ->> 'documento_id')::uuid) then
           raise exception 'L''autorizzazione non comprende questo documento.' using errcode = '23514', constraint = 'scarto_non_autorizzato';
         end if;
         if app.documento_vive_altrove(new.ente_id, (to_jsonb(new) ->> 'documento_id')::uuid, (select v.fascicolo_id from public.voce_scarto v where v.ente_id = new.ente_id and v.id = new.voce_id)) then
           raise exception 'Il documento è anche in un fascicolo che resta.' using errcode = '23514', constraint = 'scarto_documento_vivo';
         end if;
       end if;
       return new;
     end $$`,
    'create trigger documento_scartato_autorizzato before insert on documento_scartato for each row execute function app.controlla_distruzione()',
    'create trigger impronta_scartata_autorizzata before insert or update on impronta_scartata for each row execute function app.controlla_distruzione()',
    // The same bytes cannot come back while they are being removed, nor be announced by an upload that found them just before. The lock orders the two.
    `create function app.contenuto_non_in_distruzione() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       perform pg_advisory_xact_lock_shared(hashtextextended(new.ente_id::text || new.sha256, 26));
       if exists (select 1 from public.impronta_scartata i where i.ente_id = new.ente_id and i.sha256 = new.sha256
                   and (i.esito = 'in_corso' or (i.esito = 'distrutta' and i.aggiornata_il > clock_timestamp() - interval '1 hour'))) then
         raise exception 'Un file uguale è appena stato distrutto con uno scarto.' using errcode = 'FA026', constraint = 'contenuto_in_distruzione';
       end if;
       return new;
     end $$`,
    'create trigger contenuto_in_distruzione before insert on contenuto for each row execute function app.contenuto_non_in_distruzione()',
    // What was destroyed does not live again.
    `create function app.fascicolo_scartato_fermo() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       if exists (select 1 from public.voce_scarto v where v.ente_id = old.ente_id and v.fascicolo_id = app.radice_fascicolo(old.ente_id, old.id) and v.stato in ${DISTRUTTI}) then
         raise exception 'Il fascicolo % è stato scartato.', old.codice using errcode = '23514', constraint = 'fascicolo_scartato';
       end if;
       return new;
     end $$`,
    'create trigger fascicolo_scartato before update on fascicolo for each row when (old.stato is distinct from new.stato) execute function app.fascicolo_scartato_fermo()',
  ]
}
