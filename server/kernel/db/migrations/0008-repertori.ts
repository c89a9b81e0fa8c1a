import type { Ruoli } from './index.ts'
import { SENZA_ENTE, immutableTable, reference, updatableTable } from './strumenti.ts'

function tables(ruoli: Ruoli): string[] {
  return [
    `create table "annullamento_repertorio" ("ente_id" uuid not null, "id" uuid not null, "riga_id" uuid not null, "motivo" text not null, "richiesto_da" text not null, "richiesto_da_nome" text not null, "richiesto_il" timestamptz not null, "esito" text null, "deciso_da" text null, "deciso_da_nome" text null, "deciso_il" timestamptz null, "provvedimento_numero" text null, "provvedimento_data" date null, "nota" text null, primary key ("ente_id", "id"))`,
    `create index "annullamento_repertorio_riga" on "annullamento_repertorio" ("ente_id", "riga_id")`,
    `create table "contatore_repertorio" ("ente_id" uuid not null, "repertorio_id" uuid not null, "serie" text not null, "ultimo" int not null, "ultimo_istante" timestamptz null, primary key ("ente_id", "repertorio_id"))`,
    `create table "estrazione_repertorio" ("ente_id" uuid not null, "id" uuid not null, "repertorio_id" uuid not null, "dal" date not null, "al" date not null, "righe" int not null, "testo" text not null, "impronta" text not null, "impronta_precedente" text not null, "creata_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `alter table "estrazione_repertorio" add constraint "estrazione_repertorio_periodo" unique ("ente_id", "repertorio_id", "dal", "al")`,
    `create table "pubblicazione" ("ente_id" uuid not null, "id" uuid not null, "riga_id" uuid not null, "atto_id" uuid null, "richiedente" text not null, "dal" date not null, "al" date not null, "file_ids" jsonb not null, "ritirata_il" timestamptz null, "motivo_ritiro" text null, "relata_contenuto_id" uuid null, "relata_il" timestamptz null, primary key ("ente_id", "id"))`,
    `create index "pubblicazione_periodo" on "pubblicazione" ("ente_id", "dal", "al")`,
    `alter table "pubblicazione" add constraint "pubblicazione_riga" unique ("ente_id", "riga_id")`,
    `create table "registrazione_repertorio" ("ente_id" uuid not null, "id" uuid not null, "repertorio_id" uuid not null, "serie" text not null, "anno" int not null, "numero" int not null, "istante" timestamptz not null, "giorno" date not null, "riferimento" text not null, "oggetto" text not null, "formatore" text not null, "dati" jsonb not null, "documento_id" uuid not null, "impronta" text not null, "riservato" boolean not null, "operatore_id" text not null, "operatore_nome" text not null, "note" text not null, primary key ("ente_id", "id"))`,
    `create index "registrazione_repertorio_giorno" on "registrazione_repertorio" ("ente_id", "repertorio_id", "giorno")`,
    `alter table "registrazione_repertorio" add constraint "registrazione_repertorio_numero" unique ("ente_id", "repertorio_id", "serie", "numero")`,
    `alter table "registrazione_repertorio" add constraint "registrazione_repertorio_documento" unique ("ente_id", "documento_id")`,
    `create table "repertorio" ("ente_id" uuid not null, "id" uuid not null, "aoo_id" uuid not null, "codice" text not null, "denominazione" text not null, "tipologia" text not null, "ufficio_id" uuid null, "numerazione" text not null, "mandato" text null, "campi" jsonb not null, "visibilita" text not null, "conservazione_anni" int null, "albo" boolean not null, "giorni_albo" int not null, "attivo" boolean not null, "creato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `alter table "repertorio" add constraint "repertorio_codice" unique ("ente_id", "aoo_id", "codice")`,
    `create table "trasmissione_repertorio" ("ente_id" uuid not null, "riga_id" uuid not null, "registrazione_id" uuid not null, "creata_il" timestamptz not null, primary key ("ente_id", "riga_id", "registrazione_id"))`,
    `alter table "annullamento_repertorio" enable row level security`,
    `alter table "annullamento_repertorio" force row level security`,
    `create policy "ente" on "annullamento_repertorio" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "contatore_repertorio" enable row level security`,
    `alter table "contatore_repertorio" force row level security`,
    `create policy "ente" on "contatore_repertorio" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "estrazione_repertorio" enable row level security`,
    `alter table "estrazione_repertorio" force row level security`,
    `create policy "ente" on "estrazione_repertorio" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "pubblicazione" enable row level security`,
    `alter table "pubblicazione" force row level security`,
    `create policy "ente" on "pubblicazione" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "registrazione_repertorio" enable row level security`,
    `alter table "registrazione_repertorio" force row level security`,
    `create policy "ente" on "registrazione_repertorio" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "repertorio" enable row level security`,
    `alter table "repertorio" force row level security`,
    `create policy "ente" on "repertorio" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    `alter table "trasmissione_repertorio" enable row level security`,
    `alter table "trasmissione_repertorio" force row level security`,
    `create policy "ente" on "trasmissione_repertorio" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  ]
}

/** The counter gives series and number under its row lock, with one clock reading after it, as that of the protocol register (REQ-PROT-112). */
function functions(ruoli: Ruoli): string[] {
  return [
    `create function app.prendi_numero_repertorio(p_repertorio uuid, out serie text, out anno int, out numero int, out istante timestamptz, out giorno date)
       language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
     declare
       v_ente uuid := current_setting('app.ente_id')::uuid;
       k record;
       r record;
     begin
       select c.serie, c.ultimo, c.ultimo_istante into k from public.contatore_repertorio c where c.ente_id = v_ente and c.repertorio_id = p_repertorio for update;
       if not found then
         raise exception 'Il repertorio non ha un contatore.' using errcode = 'FA404';
       end if;
       select p.numerazione, p.mandato into r from public.repertorio p where p.ente_id = v_ente and p.id = p_repertorio;
       istante := app.istante();
       if k.ultimo_istante is not null and istante < k.ultimo_istante then
         if istante < k.ultimo_istante - interval '1 second' then
           raise exception 'L''orologio è tornato indietro: da % a %.', k.ultimo_istante, istante using errcode = 'FA001';
         end if;
         istante := k.ultimo_istante;
       end if;
       giorno := (istante at time zone 'Europe/Rome')::date;
       anno := extract(year from giorno)::int;
       serie := case r.numerazione when 'annuale' then anno::text when 'mandato' then coalesce(r.mandato, '') else 'unica' end;
       numero := case when serie = k.serie then k.ultimo + 1 else 1 end;
       update public.contatore_repertorio c set serie = prendi_numero_repertorio.serie, ultimo = prendi_numero_repertorio.numero, ultimo_istante = prendi_numero_repertorio.istante
        where c.ente_id = v_ente and c.repertorio_id = p_repertorio;
     end $$`,
    `create function app.rifiuta_numero_repertorio() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       if (new.serie = old.serie and new.ultimo <> old.ultimo + 1) or (new.serie <> old.serie and new.ultimo <> 1) then
         raise exception 'Il contatore del repertorio avanza di uno.' using errcode = '23514', constraint = 'contatore_repertorio_contiguo';
       end if;
       return new;
     end $$`,
    // The number of a new row is the one the counter has just given, in the same transaction.
    `create function app.controlla_numero_repertorio() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     declare k record;
     begin
       select c.serie, c.ultimo into k from public.contatore_repertorio c where c.ente_id = new.ente_id and c.repertorio_id = new.repertorio_id;
       if k.serie is distinct from new.serie or k.ultimo is distinct from new.numero then
         raise exception 'Il numero %/% non viene dal contatore.', new.numero, new.serie using errcode = '23514', constraint = 'registrazione_repertorio_del_contatore';
       end if;
       if (new.istante at time zone 'Europe/Rome')::date <> new.giorno then
         raise exception 'Il giorno non corrisponde all''istante.' using errcode = '23514', constraint = 'registrazione_repertorio_giorno';
       end if;
       return new;
     end $$`,
    // A decision is taken once; what was decided does not change.
    `create function app.controlla_annullamento_repertorio() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       if old.esito is not null then
         raise exception 'La richiesta è già stata decisa.' using errcode = '23514', constraint = 'annullamento_repertorio_deciso';
       end if;
       return new;
     end $$`,
    'revoke all on function app.prendi_numero_repertorio(uuid) from public',
    `grant execute on function app.prendi_numero_repertorio(uuid) to ${ruoli.app}, ${ruoli.jobs}`,
  ]
}

/** Repertories, their rows and the albo. */
export function repertori(ruoli: Ruoli): string[] {
  return [
    SENZA_ENTE,
    ...tables(ruoli),
    ...functions(ruoli),
    reference('repertorio', 'aoo_id', 'aoo'),
    reference('repertorio', 'ufficio_id', 'ufficio'),
    reference('contatore_repertorio', 'repertorio_id', 'repertorio', true),
    reference('registrazione_repertorio', 'repertorio_id', 'repertorio'),
    reference('registrazione_repertorio', 'documento_id', 'documento'),
    reference('annullamento_repertorio', 'riga_id', 'registrazione_repertorio'),
    reference('trasmissione_repertorio', 'riga_id', 'registrazione_repertorio'),
    reference('trasmissione_repertorio', 'registrazione_id', 'registrazione'),
    reference('estrazione_repertorio', 'repertorio_id', 'repertorio'),
    reference('pubblicazione', 'riga_id', 'registrazione_repertorio'),
    reference('pubblicazione', 'atto_id', 'registrazione_repertorio'),
    reference('pubblicazione', 'relata_contenuto_id', 'contenuto'),
    ...immutableTable('registrazione_repertorio', ruoli),
    ...immutableTable('trasmissione_repertorio', ruoli),
    ...immutableTable('estrazione_repertorio', ruoli),
    ...updatableTable(
      'repertorio',
      'denominazione, tipologia, ufficio_id, campi, visibilita, conservazione_anni, albo, giorni_albo, attivo, mandato',
      ruoli,
    ),
    ...updatableTable('contatore_repertorio', 'serie, ultimo, ultimo_istante', ruoli),
    ...updatableTable(
      'annullamento_repertorio',
      'esito, deciso_da, deciso_da_nome, deciso_il, provvedimento_numero, provvedimento_data, nota',
      ruoli,
    ),
    ...updatableTable('pubblicazione', 'ritirata_il, motivo_ritiro, relata_contenuto_id, relata_il', ruoli),
    'create trigger contatore_repertorio_contiguo before update on contatore_repertorio for each row execute function app.rifiuta_numero_repertorio()',
    'create trigger registrazione_repertorio_del_contatore before insert on registrazione_repertorio for each row execute function app.controlla_numero_repertorio()',
    'create trigger annullamento_repertorio_deciso before update on annullamento_repertorio for each row execute function app.controlla_annullamento_repertorio()',
    "alter table repertorio add constraint repertorio_codice_forma check (codice ~ '^[A-Za-z0-9_.-]{1,16}$')",
    // An authorised annulment has its provvedimento (as TUDA 54 c. 2), and a row is annulled once.
    "alter table annullamento_repertorio add constraint annullamento_repertorio_provvedimento check (esito is distinct from 'autorizzato' or (provvedimento_numero is not null and provvedimento_data is not null))",
    "create unique index annullamento_repertorio_unico on annullamento_repertorio (ente_id, riga_id) where esito = 'autorizzato'",
    'create unique index annullamento_repertorio_aperto on annullamento_repertorio (ente_id, riga_id) where esito is null',
    'alter table pubblicazione add constraint pubblicazione_durata check (al > dal)',
    'create unique index pubblicazione_atto on pubblicazione (ente_id, atto_id) where ritirata_il is null',
  ]
}
