import { deferredReferences, references } from './0002-riferimenti.ts'
import type { Ruoli } from './index.ts'

/** Tables whose rows never change: what is registered, filed as evidence or written in the trail (TUDA 53, 54; LG 3.1.5). */
const immutable = [
  'registrazione',
  'soggetto',
  'segnatura',
  'documento_file',
  'contenuto',
  'copia_segnata',
  'evento_audit',
  'chiave_idempotenza',
  'lavoro_storico',
] as const

/** Tables whose rows change in the named columns only. */
const updatable: Readonly<Record<string, string>> = {
  aoo: 'denominazione, domicilio_digitale, al',
  ufficio: 'denominazione, indirizzo_digitale, padre_id, al',
  incarico: 'al',
  titolario_versione: 'stato, al',
  voce_titolario: 'parole_chiave, conservazione_anni, ufficio_predefinito_id, chiusa_dal',
  registro: 'denominazione, attivo',
  contatore_registro: 'anno, ultimo, ultimo_istante',
  documento: 'voce_id',
  assegnazione: 'stato, motivo, nota, al, presa_da_nome, presa_il',
  classificazione: 'al',
  fascicolo: 'stato, chiuso_il, esito, nota_chiusura, visibile_cittadino, versione, termine',
  contatore_fascicolo: 'ultimo',
  fascicolo_documento: 'area, tolto_il',
  fascicolo_assegnazione: 'al',
  fascicolo_soggetto: 'visibile',
  fase: 'al',
  casella: 'attiva, ultimo_controllo, errore',
  messaggio: 'stato, motivo, voce_esclusione, nota, registrazione_id, bloccato_da, bloccato_da_nome, bloccato_il',
  contatore_versamento: 'ultimo',
  versamento:
    'stato, istantanea, produttore_nome, produttore_codice_fiscale, impronta_indice, impronta_pacchetto, dimensione, indice_contenuto_id, pacchetto_contenuto_id, presa_in_carico, trasmesso_il, rapporto_contenuto_id, rapporto_id, esito, rapporto_ricevuto_il, anomalie',
}

/** Columns the citizen's role may select: no internal note, no fiscal code of the staff; row policies narrow the rows to his own. */
const citizenColumns: Readonly<Record<string, string>> = {
  ente: 'id, slug, denominazione, codice_ipa, codice_fiscale, tavolozza',
  aoo: 'ente_id, id, codice, denominazione, domicilio_digitale, predefinita',
  ufficio: 'ente_id, id, aoo_id, codice, denominazione, indirizzo_digitale',
  operatore: 'id, nome, cognome, email',
  titolario_versione: 'ente_id, id, aoo_id, denominazione, stato, uri, dal, al',
  voce_titolario: 'ente_id, id, versione_id, codice, etichetta, livello, denominazione, padre_id',
  registro: 'ente_id, id, aoo_id, codice, denominazione, generale',
  contenuto: 'ente_id, id, sha256, dimensione, mime, formato',
  documento: 'ente_id, id, oggetto, tipologia, data_documento, creato_il',
  documento_file: 'ente_id, id, documento_id, contenuto_id, ruolo, posizione, nome, descrizione',
  registrazione:
    'ente_id, id, registro_id, anno, numero, istante, giorno, tipo, oggetto, mezzo, data_arrivo, documento_id, impronta, segnatura',
  soggetto: 'ente_id, id, registrazione_id, ruolo, posizione, tipo, nome, cognome, denominazione, codice_fiscale',
  assegnazione: 'ente_id, documento_id, tipo, presa_il',
  fascicolo:
    'ente_id, id, aoo_id, codice, slug, anno, voce_id, tipo, oggetto, stato, ufficio_id, responsabile_id, aperto_il, chiuso_il, esito, materia, procedimento, termine, visibile_cittadino, creato_il',
  fascicolo_documento: 'ente_id, id, fascicolo_id, documento_id, area, inserito_il, tolto_il',
  fascicolo_soggetto: 'ente_id, fascicolo_id, ruolo, codice_fiscale, visibile',
  fase: 'ente_id, fascicolo_id, fase, dal, al',
  evento_audit: 'ente_id, id, istante, attore_tipo, attore_id, attore_nome, azione, documento_id, fascicolo_id',
}

function foreignKey([table, column, parent]: readonly [string, string, string], deferred: boolean): string {
  const suffix = deferred ? ' deferrable initially deferred' : ''
  return `alter table ${table} add constraint ${table}_${column}_fk foreign key (ente_id, ${column}) references ${parent} (ente_id, id)${suffix}`
}

/** Functions of the schema `app`: the refusal of changes and the one door to the job queue. */
function functions(ruoli: Ruoli): string[] {
  return [
    `create schema app authorization ${ruoli.owner}`,
    `grant usage on schema app to ${ruoli.app}, ${ruoli.sportello}, ${ruoli.jobs}`,
    `create function app.rifiuta_modifica() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       raise exception 'La riga di % non si modifica e non si cancella: il dato registrato resta per sempre.', tg_table_name using errcode = '23514', constraint = tg_table_name || '_immutabile';
     end $$`,
    `create function app.rifiuta_numero() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       if new.anno < old.anno or (new.anno = old.anno and new.ultimo <> old.ultimo + 1) or (new.anno > old.anno and new.ultimo <> 1) then
         raise exception 'Il contatore avanza di uno: da %/% a %/% non è ammesso.', old.ultimo, old.anno, new.ultimo, new.anno using errcode = '23514', constraint = 'contatore_registro_contiguo';
       end if;
       return new;
     end $$`,
    // The number of a new row must be the one the counter has just given, in the same transaction: no other way to have one.
    `create function app.controlla_numero() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     declare c record;
     begin
       select anno, ultimo into c from public.contatore_registro where ente_id = new.ente_id and registro_id = new.registro_id;
       if c.anno is distinct from new.anno or c.ultimo < new.numero then
         raise exception 'Il numero %/% non viene dal contatore.', new.numero, new.anno using errcode = '23514', constraint = 'registrazione_numero_del_contatore';
       end if;
       if extract(year from new.istante at time zone 'Europe/Rome')::int <> new.anno or (new.istante at time zone 'Europe/Rome')::date <> new.giorno then
         raise exception 'Anno e giorno non corrispondono all''istante di registrazione.' using errcode = '23514', constraint = 'registrazione_anno_dell_istante';
       end if;
       return new;
     end $$`,
    // The clock of legal instants, apart so that a test of the new year can replace it.
    `create function app.istante() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp as 'select clock_timestamp()'`,
    // The counter under its row lock; then, and only then, one reading of the clock gives year, day and instant (REQ-PROT-032, 033, 034; decision 14).
    // Answers also the last link of the register's chain of events, read after the lock.
    `create function app.prendi_numero(p_registro uuid, out anno int, out numero int, out istante timestamptz, out giorno date, out catena_progressivo bigint, out catena_impronta text)
       language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
     declare
       v_ente uuid := current_setting('app.ente_id')::uuid;
       c record;
     begin
       select k.anno, k.ultimo, k.ultimo_istante into c from public.contatore_registro k where k.ente_id = v_ente and k.registro_id = p_registro for update;
       if not found then
         raise exception 'Il registro non ha un contatore.' using errcode = 'FA404';
       end if;
       istante := app.istante();
       if c.ultimo_istante is not null and istante < c.ultimo_istante then
         if istante < c.ultimo_istante - interval '1 second' then
           raise exception 'L''orologio è tornato indietro: da % a %.', c.ultimo_istante, istante using errcode = 'FA001';
         end if;
         istante := c.ultimo_istante;
       end if;
       giorno := (istante at time zone 'Europe/Rome')::date;
       anno := extract(year from giorno)::int;
       if anno < c.anno then
         raise exception 'L''anno % è già chiuso.', anno using errcode = 'FA001';
       end if;
       numero := case when anno = c.anno then c.ultimo + 1 else 1 end;
       update public.contatore_registro k set anno = prendi_numero.anno, ultimo = prendi_numero.numero, ultimo_istante = prendi_numero.istante
        where k.ente_id = v_ente and k.registro_id = p_registro;
       select e.progressivo, e.impronta into catena_progressivo, catena_impronta from public.evento_audit e
        where e.ente_id = v_ente and e.registro_id = p_registro order by e.progressivo desc limit 1;
     end $$`,
    // The counter of a series of fascicoli advances by one, and a new fascicolo carries what it has just given (REQ-FASC-003).
    `create function app.rifiuta_progressivo() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       if new.ultimo <> old.ultimo + 1 then
         raise exception 'Il contatore dei fascicoli avanza di uno: da % a % non è ammesso.', old.ultimo, new.ultimo using errcode = '23514', constraint = 'contatore_fascicolo_contiguo';
       end if;
       return new;
     end $$`,
    `create function app.controlla_progressivo() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
     declare v_ultimo int;
     begin
       select ultimo into v_ultimo from public.contatore_fascicolo where ente_id = new.ente_id and aoo_id = new.aoo_id and anno = new.anno and serie = new.serie;
       if v_ultimo is distinct from new.progressivo then
         raise exception 'Il progressivo % non viene dal contatore.', new.progressivo using errcode = '23514', constraint = 'fascicolo_progressivo_del_contatore';
       end if;
       return new;
     end $$`,
    // What is frozen stays frozen, and states follow the closed table (REQ-CONS-025, REQ-CONS-100): CONSERVATO and RIFIUTATO are final.
    `create function app.controlla_versamento() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       if old.istantanea <> '' and (new.istantanea <> old.istantanea or new.produttore_codice_fiscale <> old.produttore_codice_fiscale) then
         raise exception 'L''istantanea del versamento % non si modifica.', old.id_pdv using errcode = '23514', constraint = 'versamento_istantanea_congelata';
       end if;
       if new.stato <> old.stato and new.stato <> all (case old.stato
            when 'IN_PREPARAZIONE' then array['PRONTO', 'ERRORE']
            when 'PRONTO' then array['TRASMESSO', 'RIFIUTATO', 'ERRORE']
            when 'TRASMESSO' then array['CONSERVATO', 'RIFIUTATO', 'ERRORE']
            when 'ERRORE' then array['IN_PREPARAZIONE', 'PRONTO']
            else array[]::text[] end) then
         raise exception 'Il versamento % non passa da % a %.', old.id_pdv, old.stato, new.stato using errcode = '23514', constraint = 'versamento_stato_ammesso';
       end if;
       return new;
     end $$`,
    // Owned by the queue's role: the callers can queue, and see or touch nothing else of the queue (decision 20).
    'revoke all on all functions in schema app from public',
    `grant execute on function app.prendi_numero(uuid), app.istante() to ${ruoli.app}, ${ruoli.jobs}`,
    `grant execute on function app.istante() to ${ruoli.sportello}`,
    `grant create on schema app to ${ruoli.coda}`,
    `grant usage on schema app to ${ruoli.coda}`,
    `set local role ${ruoli.coda}`,
    `create function app.accoda(tipo text, carico jsonb, chiave text, tentativi int, quando timestamptz) returns void
       language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
     declare ente text := current_setting('app.ente_id', true);
     begin
       if ente is null or ente = '' then
         raise exception 'Manca l''ente: il lavoro non si accoda.' using errcode = '22023';
       end if;
       perform graphile_worker.add_job(
         identifier => tipo,
         payload => (carico || jsonb_build_object('ente', ente))::json,
         run_at => quando,
         max_attempts => tentativi,
         job_key => case when chiave is null then null else ente || ':' || chiave end);
     end $$`,
    'revoke all on function app.accoda(text, jsonb, text, int, timestamptz) from public',
    `grant execute on function app.accoda(text, jsonb, text, int, timestamptz) to ${ruoli.app}, ${ruoli.sportello}, ${ruoli.jobs}`,
    `set local role ${ruoli.owner}`,
    `revoke create on schema app from ${ruoli.coda}`,
  ]
}

function grants(ruoli: Ruoli): string[] {
  const writers = `${ruoli.app}, ${ruoli.jobs}`
  return [
    'revoke all on all tables in schema public from public',
    `grant select on migrazione to ${ruoli.app}, ${ruoli.jobs}`,
    `grant select on ente to ${writers}`,
    `grant insert on ente to ${ruoli.app}`,
    `grant update (denominazione, tavolozza) on ente to ${ruoli.app}`,
    `grant select, insert on operatore to ${ruoli.app}`,
    `grant select on operatore to ${ruoli.jobs}`,
    `grant select, insert on sessione to ${ruoli.app}`,
    `grant update (ultima_attivita, scade_il, chiusa_il) on sessione to ${ruoli.app}`,
    ...immutable.map((table) => `grant select, insert on ${table} to ${writers}`),
    ...Object.entries(updatable).flatMap(([table, columns]) => [
      `grant select, insert on ${table} to ${writers}`,
      `grant update (${columns}) on ${table} to ${writers}`,
    ]),
    ...Object.entries(citizenColumns).map(([table, columns]) => `grant select (${columns}) on ${table} to ${ruoli.sportello}`),
    `grant insert on evento_audit to ${ruoli.sportello}`,
  ]
}

/** Functions, triggers, references and rights: what the database itself promises, whatever the program does. */
export function guardie(ruoli: Ruoli): string[] {
  return [
    // The validation of a new foreign key reads the tables through their policies: an ente must be named, and there are no rows yet.
    "select set_config('app.ente_id', '00000000-0000-0000-0000-000000000000', true)",
    ...functions(ruoli),
    ...references.map((r) => foreignKey(r, false)),
    ...deferredReferences.map((r) => foreignKey(r, true)),
    'alter table incarico add constraint incarico_operatore_fk foreign key (operatore_id) references operatore (id)',
    ...immutable.map(
      (table) =>
        `create trigger ${table}_immutabile before update or delete or truncate on ${table} for each statement execute function app.rifiuta_modifica()`,
    ),
    'create trigger contatore_registro_contiguo before update on contatore_registro for each row execute function app.rifiuta_numero()',
    'create trigger registrazione_numero before insert on registrazione for each row execute function app.controlla_numero()',
    "alter table registrazione add constraint registrazione_tipo check (tipo in ('E', 'U', 'I'))",
    'alter table registrazione add constraint registrazione_positivo check (numero >= 1)',
    "alter table registrazione add constraint registrazione_oggetto check (btrim(oggetto) <> '')",
    'create trigger contatore_fascicolo_contiguo before update on contatore_fascicolo for each row execute function app.rifiuta_progressivo()',
    'create trigger fascicolo_progressivo before insert on fascicolo for each row execute function app.controlla_progressivo()',
    "alter table fascicolo add constraint fascicolo_stato check (stato in ('APERTO', 'CHIUSO', 'IN_CONSERVAZIONE'))",
    "alter table fascicolo_documento add constraint fascicolo_documento_area check (area in ('comune', 'riservata'))",
    // One primary fascicolo for each document (REQ-FASC-016).
    'create unique index fascicolo_documento_primario on fascicolo_documento (ente_id, documento_id) where principale and tolto_il is null',
    'create trigger versamento_passo before update on versamento for each row execute function app.controlla_versamento()',
    // Nobody is told that something is preserved without a positive report of the conservatore in the archive (REQ-CONS-101).
    "alter table versamento add constraint versamento_prova check (stato <> 'CONSERVATO' or (rapporto_contenuto_id is not null and esito = 'POSITIVO' and impronta_indice is not null))",
    "alter table registro add constraint registro_codice_forma check (codice ~ '^[A-Za-z0-9_.-]{1,16}$')",
    // One titolario in force for each AOO (REQ-TIT-002, REQ-TIT-003).
    "create unique index titolario_versione_attiva on titolario_versione (ente_id, aoo_id) where stato = 'ATTIVO' and al is null",
    // One general register active for each AOO (REQ-PROT-002).
    'create unique index registro_generale_unico on registro (ente_id, aoo_id) where generale and attivo',
    // One open assignment per competenza for each registration.
    "create unique index assegnazione_competenza_unica on assegnazione (ente_id, registrazione_id) where tipo = 'competenza' and al is null",
    'create unique index classificazione_in_vigore on classificazione (ente_id, documento_id) where al is null',
    ...grants(ruoli),
  ]
}
