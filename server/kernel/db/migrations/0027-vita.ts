import { SENZA_ENTE, reference } from './strumenti.ts'
import type { Ruoli } from './index.ts'

/**
 * Fascicoli proposed by who may not open them (REQ-FASC-010): the document they begin with, one proposal for each, a decision that stays. Handing a fascicolo
 * over to another body: the package and its digest, the registration that carried it, what the other body answered.
 */
export function vita(ruoli: Ruoli): string[] {
  return [
    SENZA_ENTE,
    `alter table "fascicolo_proposta" add "documento_id" uuid null`,
    reference('fascicolo_proposta', 'documento_id', 'documento'),
    "create unique index fascicolo_proposta_documento on fascicolo_proposta (ente_id, documento_id) where documento_id is not null and stato = 'PROPOSTO'",
    `create function app.controlla_proposta_fascicolo() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       if old.stato <> 'PROPOSTO' then
         raise exception 'La proposta è già decisa.' using errcode = '23514', constraint = 'fascicolo_proposta_decisa';
       end if;
       if new.stato = 'PROPOSTO' or new.decisa_da_nome is null or new.decisa_il is null or (new.stato = 'RESPINTO' and coalesce(btrim(new.motivo), '') = '') then
         raise exception 'La decisione su una proposta vuole chi, quando e, se è respinta, perché.' using errcode = '23514', constraint = 'fascicolo_proposta_motivata';
       end if;
       return new;
     end $$`,
    'create trigger fascicolo_proposta_decisione before update on fascicolo_proposta for each row execute function app.controlla_proposta_fascicolo()',
    ...trasmissioni(ruoli),
  ]
}

function trasmissioni(ruoli: Ruoli): string[] {
  return [
    `alter table "fascicolo_movimento" add "con_riservati" boolean null, add "esclusi" int null, add "lavoro_id" uuid null, add "registrazione_uscita_id" uuid null, add "esito_fascicolo" text null, add "registrazione_entrata_id" uuid null, add "riscontro_da_nome" text null, add "riscontro_il" timestamptz null, add "riscontro_nota" text null`,
    reference('fascicolo_movimento', 'lavoro_id', 'lavoro_lungo'),
    reference('fascicolo_movimento', 'registrazione_uscita_id', 'registrazione'),
    reference('fascicolo_movimento', 'registrazione_entrata_id', 'registrazione'),
    `grant update (esclusi, lavoro_id, registrazione_uscita_id, esito_fascicolo, registrazione_entrata_id, riscontro_da_nome, riscontro_il, riscontro_nota) on fascicolo_movimento to ${ruoli.app}, ${ruoli.jobs}`,
    "alter table fascicolo_movimento add constraint fascicolo_movimento_esito check (esito_fascicolo is null or (tipo = 'trasmissione' and esito_fascicolo in ('chiuso', 'continua')))",
    `create function app.controlla_trasmissione_fascicolo() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
     begin
       if old.impronta is not null and (new.impronta is distinct from old.impronta or new.pacchetto_contenuto_id is distinct from old.pacchetto_contenuto_id
            or new.documenti is distinct from old.documenti) then
         raise exception 'Il pacchetto consegnato non cambia.' using errcode = '23514', constraint = 'trasmissione_pacchetto_fermo';
       end if;
       if new.stato <> old.stato and new.stato <> all (case old.stato when 'richiesto' then array['eseguito', 'rifiutato'] when 'eseguito' then array['accettato', 'rifiutato']
            else array[]::text[] end) then
         raise exception 'La trasmissione non passa da % a %.', old.stato, new.stato using errcode = '23514', constraint = 'trasmissione_passo';
       end if;
       if new.stato = 'eseguito' and (new.impronta is null or new.esito_fascicolo is null) then
         raise exception 'Non si consegna un pacchetto che non c’è.' using errcode = '23514', constraint = 'trasmissione_pacchetto';
       end if;
       if old.stato in ('accettato', 'rifiutato') then
         raise exception 'La trasmissione è conclusa.' using errcode = '23514', constraint = 'trasmissione_conclusa';
       end if;
       return new;
     end $$`,
    "create trigger fascicolo_movimento_trasmissione before update on fascicolo_movimento for each row when (old.tipo = 'trasmissione') execute function app.controlla_trasmissione_fascicolo()",
  ]
}
