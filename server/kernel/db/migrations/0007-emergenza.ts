import type { Ruoli } from './index.ts'
import { immutableTable, reference, SENZA_ENTE, updatableTable } from './strumenti.ts'

const ENTE = "ente_id = current_setting('app.ente_id')::uuid"
const TABLES = [
  'apertura_emergenza',
  'autorizzazione_emergenza',
  'giornata_emergenza',
  'recupero_emergenza',
  'registro_emergenza',
  'riga_emergenza',
  'serie_emergenza',
] as const

function tables(ruoli: Ruoli): string[] {
  return [
    'create table apertura_emergenza (ente_id uuid not null, id uuid not null, registro_emergenza_id uuid not null, causa text not null, inizio timestamptz not null, provvedimento text not null, autorizzata_da text not null, origine text not null, aperta_il timestamptz not null, aperta_da text not null, ripristino timestamptz null, chiusa_il timestamptz null, chiusa_da text null, righe_dichiarate int null, recuperata_il timestamptz null, deroga_motivo text null, deroga_il timestamptz null, deroga_da text null, primary key (ente_id, id))',
    'create index apertura_emergenza_registro on apertura_emergenza (ente_id, registro_emergenza_id, inizio)',
    'create table autorizzazione_emergenza (ente_id uuid not null, id uuid not null, apertura_id uuid not null, tipo text not null, provvedimento text not null, autorizzata_da text not null, dal timestamptz not null, al timestamptz not null, registrata_il timestamptz not null, registrata_da text not null, primary key (ente_id, id))',
    'create index autorizzazione_emergenza_apertura on autorizzazione_emergenza (ente_id, apertura_id, dal)',
    'create table giornata_emergenza (ente_id uuid not null, apertura_id uuid not null, giorno date not null, totale int not null, registrata_il timestamptz not null, registrata_da text not null, primary key (ente_id, apertura_id, giorno))',
    'create table recupero_emergenza (ente_id uuid not null, id uuid not null, registro_emergenza_id uuid not null, serie_id uuid not null, contenuto_id uuid not null, impronta text not null, istante timestamptz not null, operatore_nome text not null, righe int not null, verbale text not null, primary key (ente_id, id))',
    'create index recupero_emergenza_registro on recupero_emergenza (ente_id, registro_emergenza_id, istante)',
    'create table registro_emergenza (ente_id uuid not null, id uuid not null, aoo_id uuid not null, codice text not null, sede text not null, creato_il timestamptz not null, creato_da text not null, primary key (ente_id, id))',
    'alter table registro_emergenza add constraint registro_emergenza_codice unique (ente_id, codice)',
    'create table riga_emergenza (ente_id uuid not null, id uuid not null, registro_emergenza_id uuid not null, aoo_id uuid not null, apertura_id uuid not null, recupero_id uuid not null, registrazione_id uuid not null, numero text not null, anno int not null, progressivo int not null, istante timestamptz not null, giorno date not null, codice text not null, impronta text not null, dati text not null, primary key (ente_id, id))',
    'create index riga_emergenza_apertura on riga_emergenza (ente_id, apertura_id, giorno)',
    'create index riga_emergenza_recupero on riga_emergenza (ente_id, recupero_id)',
    'alter table riga_emergenza add constraint riga_emergenza_numero unique (ente_id, numero)',
    'alter table riga_emergenza add constraint riga_emergenza_registrazione unique (ente_id, registrazione_id)',
    'create table serie_emergenza (ente_id uuid not null, id uuid not null, registro_emergenza_id uuid not null, dispositivo text not null, provvedimento text not null, stato text not null, anno int not null, primo int not null, documento text null, firma text null, autorizzata_il timestamptz not null, autorizzata_da text not null, attivata_il timestamptz null, attivata_da text null, revocata_il timestamptz null, revocata_da text null, motivo_revoca text null, primary key (ente_id, id))',
    'alter table contatore_registro add sospeso boolean not null default false',
    ...TABLES.flatMap((table) => [
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy "ente" on ${table} to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (${ENTE}) with check (${ENTE})`,
    ]),
  ]
}

function references(): string[] {
  return [
    SENZA_ENTE,
    reference('registro_emergenza', 'aoo_id', 'aoo'),
    reference('serie_emergenza', 'registro_emergenza_id', 'registro_emergenza'),
    reference('apertura_emergenza', 'registro_emergenza_id', 'registro_emergenza'),
    reference('autorizzazione_emergenza', 'apertura_id', 'apertura_emergenza'),
    reference('giornata_emergenza', 'apertura_id', 'apertura_emergenza'),
    reference('recupero_emergenza', 'registro_emergenza_id', 'registro_emergenza'),
    reference('recupero_emergenza', 'serie_id', 'serie_emergenza'),
    reference('recupero_emergenza', 'contenuto_id', 'contenuto'),
    reference('riga_emergenza', 'registro_emergenza_id', 'registro_emergenza'),
    reference('riga_emergenza', 'aoo_id', 'aoo'),
    reference('riga_emergenza', 'apertura_id', 'apertura_emergenza'),
    reference('riga_emergenza', 'recupero_id', 'recupero_emergenza'),
    reference('riga_emergenza', 'registrazione_id', 'registrazione'),
    reference('registrazione', 'emergenza_registro_id', 'registro_emergenza'),
  ]
}

function rules(): string[] {
  return [
    "alter table registro_emergenza add constraint registro_emergenza_forma check (codice ~ '^RE[0-9]{2}$' and btrim(sede) <> '')",
    "alter table serie_emergenza add constraint serie_emergenza_stato check (stato in ('autorizzata', 'attiva', 'revocata') and primo >= 1)",
    // A register belongs to one device at a time: no two devices can give the same number.
    "create unique index serie_emergenza_unica on serie_emergenza (ente_id, registro_emergenza_id) where stato <> 'revocata'",
    "alter table apertura_emergenza add constraint apertura_emergenza_motivata check (btrim(causa) <> '' and btrim(provvedimento) <> '' and origine in ('ufficio', 'dispositivo'))",
    'alter table apertura_emergenza add constraint apertura_emergenza_ripristino check (ripristino is null or ripristino >= inizio)',
    "alter table apertura_emergenza add constraint apertura_emergenza_deroga check ((deroga_il is null) = (deroga_motivo is null) and btrim(coalesce(deroga_motivo, 'x')) <> '')",
    'create unique index apertura_emergenza_in_corso on apertura_emergenza (ente_id, registro_emergenza_id) where ripristino is null',
    // The opening covers 24 hours, each continuation one week at most (TUDA 63 c. 2).
    "alter table autorizzazione_emergenza add constraint autorizzazione_emergenza_durata check (al > dal and al - dal <= case tipo when 'apertura' then interval '24 hours' else interval '168 hours' end and tipo in ('apertura', 'prosecuzione') and btrim(provvedimento) <> '')",
    "create unique index autorizzazione_emergenza_iniziale on autorizzazione_emergenza (ente_id, apertura_id) where tipo = 'apertura'",
    'alter table giornata_emergenza add constraint giornata_emergenza_totale check (totale >= 0)',
    "alter table riga_emergenza add constraint riga_emergenza_forma check (numero ~ '^RE[0-9]{2}-[0-9]{4}-[0-9]{4,}$' and progressivo >= 1)",
    'create unique index riga_emergenza_progressivo on riga_emergenza (ente_id, registro_emergenza_id, anno, progressivo)',
  ]
}

/** What the database itself refuses of an emergency row, of an opening and of its day totals. */
function guards(): string[] {
  return [
    // A row has an authorisation that covers its instant, and the number that follows the last one of its register and year.
    `create function app.controlla_riga_emergenza() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     declare v_codice text; v_atteso int;
     begin
       if not exists (select 1 from public.autorizzazione_emergenza a where a.ente_id = new.ente_id and a.apertura_id = new.apertura_id and new.istante >= a.dal and new.istante < a.al) then
         raise exception 'Nessuna autorizzazione copre la registrazione di emergenza % del %.', new.numero, new.istante using errcode = '23514', constraint = 'riga_emergenza_autorizzata';
       end if;
       if extract(year from new.istante at time zone 'Europe/Rome')::int <> new.anno or (new.istante at time zone 'Europe/Rome')::date <> new.giorno then
         raise exception 'Anno e giorno di % non corrispondono al suo istante.', new.numero using errcode = '23514', constraint = 'riga_emergenza_anno';
       end if;
       select g.codice into v_codice from public.registro_emergenza g where g.ente_id = new.ente_id and g.id = new.registro_emergenza_id;
       if new.numero <> v_codice || '-' || new.anno || '-' || lpad(new.progressivo::text, greatest(4, length(new.progressivo::text)), '0') then
         raise exception 'Il numero % non è del registro %.', new.numero, v_codice using errcode = '23514', constraint = 'riga_emergenza_numero_del_registro';
       end if;
       select coalesce(max(r.progressivo) + 1, (select case when s.anno = new.anno then s.primo else 1 end from public.recupero_emergenza k join public.serie_emergenza s
                on s.ente_id = k.ente_id and s.id = k.serie_id where k.ente_id = new.ente_id and k.id = new.recupero_id))
         into v_atteso from public.riga_emergenza r where r.ente_id = new.ente_id and r.registro_emergenza_id = new.registro_emergenza_id and r.anno = new.anno;
       if new.progressivo is distinct from v_atteso then
         raise exception 'Il numero % non segue l''ultimo: era atteso il progressivo %.', new.numero, v_atteso using errcode = '23514', constraint = 'riga_emergenza_contigua';
       end if;
       return new;
     end $$`,
    // Dates are written once; an opening is recovered only when every day's total equals its rows (TUDA 63 c. 3).
    `create function app.controlla_apertura_emergenza() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       if (old.ripristino is not null and (new.ripristino, new.chiusa_il, new.righe_dichiarate) is distinct from (old.ripristino, old.chiusa_il, old.righe_dichiarate))
          or (old.recuperata_il is not null and new.recuperata_il is distinct from old.recuperata_il)
          or (old.deroga_il is not null and (new.deroga_il, new.deroga_motivo) is distinct from (old.deroga_il, old.deroga_motivo)) then
         raise exception 'Chiusura, recupero e deroga si scrivono una volta sola.' using errcode = '23514', constraint = 'apertura_emergenza_immutabile';
       end if;
       if new.recuperata_il is not null and old.recuperata_il is null then
         if new.ripristino is null then
           raise exception 'Il registro di emergenza non è chiuso.' using errcode = '23514', constraint = 'apertura_emergenza_chiusa';
         end if;
         if exists (select 1 from (select r.giorno, count(*) as righe from public.riga_emergenza r where r.ente_id = new.ente_id and r.apertura_id = new.id group by r.giorno) r
                    full join (select g.giorno, g.totale from public.giornata_emergenza g where g.ente_id = new.ente_id and g.apertura_id = new.id) g on g.giorno = r.giorno
                    where coalesce(r.righe, 0) <> coalesce(g.totale, -1)) then
           raise exception 'Il totale di una giornata non corrisponde alle sue registrazioni.' using errcode = '23514', constraint = 'giornata_emergenza_totale_esatto';
         end if;
       end if;
       return new;
     end $$`,
    'create trigger riga_emergenza_controllo before insert on riga_emergenza for each row execute function app.controlla_riga_emergenza()',
    'create trigger apertura_emergenza_controllo before update on apertura_emergenza for each row execute function app.controlla_apertura_emergenza()',
  ]
}

/** From restoration to recovery no number is given, unless the RGD overrides (TUDA 63 c. 5; REQ-PROT-085). */
function suspension(): string[] {
  return [
    // Whether an AOO waits for a recovery is never said by the program: it follows from its openings.
    `create function app.attende_recupero(p_ente uuid, p_aoo uuid) returns boolean language sql stable set search_path = pg_catalog, public, pg_temp as $$
       select exists (select 1 from public.apertura_emergenza a join public.registro_emergenza g on g.ente_id = a.ente_id and g.id = a.registro_emergenza_id
                       where a.ente_id = p_ente and g.aoo_id = p_aoo and a.ripristino is not null and a.recuperata_il is null and a.deroga_il is null) $$`,
    `create function app.propaga_sospensione() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     declare v_aoo uuid;
     begin
       select g.aoo_id into v_aoo from public.registro_emergenza g where g.ente_id = new.ente_id and g.id = new.registro_emergenza_id;
       update public.contatore_registro k set sospeso = app.attende_recupero(new.ente_id, v_aoo)
        where k.ente_id = new.ente_id and k.registro_id in (select r.id from public.registro r where r.ente_id = new.ente_id and r.aoo_id = v_aoo)
          and k.sospeso <> app.attende_recupero(new.ente_id, v_aoo);
       return null;
     end $$`,
    `create function app.controlla_sospensione() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     begin
       if new.sospeso is distinct from (select app.attende_recupero(r.ente_id, r.aoo_id) from public.registro r where r.ente_id = new.ente_id and r.id = new.registro_id) then
         raise exception 'La sospensione del registro segue le aperture di emergenza.' using errcode = '23514', constraint = 'contatore_registro_sospensione';
       end if;
       return new;
     end $$`,
    `create function app.rifiuta_sospeso() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       raise exception 'Il registro è sospeso: prima si recuperano le registrazioni di emergenza.' using errcode = 'FA085';
     end $$`,
    'create trigger apertura_emergenza_sospensione after insert or update on apertura_emergenza for each row execute function app.propaga_sospensione()',
    // The counter moves by one only when it gives a number: the suspension is another fact of the same row.
    'drop trigger contatore_registro_contiguo on contatore_registro',
    'create trigger contatore_registro_contiguo before update of anno, ultimo, ultimo_istante on contatore_registro for each row execute function app.rifiuta_numero()',
    'create trigger contatore_registro_sospensione before update of sospeso on contatore_registro for each row execute function app.controlla_sospensione()',
    // Costs nothing while no recovery is awaited; the recovery itself says so in its transaction.
    `create trigger contatore_registro_sospeso before update of ultimo on contatore_registro for each row
       when (new.sospeso and current_setting('app.recupero_emergenza', true) is distinct from 'si') execute function app.rifiuta_sospeso()`,
  ]
}

/** Emergency register (TUDA 63): tables, guards and rights. */
export function emergenza(ruoli: Ruoli): string[] {
  const fixed = ['registro_emergenza', 'autorizzazione_emergenza', 'giornata_emergenza', 'recupero_emergenza', 'riga_emergenza']
  const closing = 'ripristino, chiusa_il, chiusa_da, righe_dichiarate, recuperata_il, deroga_motivo, deroga_il, deroga_da'
  const device = 'stato, documento, firma, attivata_il, attivata_da, revocata_il, revocata_da, motivo_revoca'
  return [
    ...tables(ruoli),
    ...references(),
    ...rules(),
    ...guards(),
    ...suspension(),
    ...fixed.flatMap((table) => immutableTable(table, ruoli)),
    ...updatableTable('apertura_emergenza', closing, ruoli),
    ...updatableTable('serie_emergenza', device, ruoli),
    `grant update (sospeso) on contatore_registro to ${ruoli.app}, ${ruoli.jobs}`,
    'revoke all on function app.attende_recupero(uuid, uuid) from public',
    `grant execute on function app.attende_recupero(uuid, uuid) to ${ruoli.app}, ${ruoli.jobs}`,
  ]
}
