import { SENZA_ENTE, reference } from './strumenti.ts'
import type { Ruoli } from './index.ts'

/** Fascicoli proposed by who may not open them (REQ-FASC-010): the document they begin with, one proposal for each, a decision that stays. */
export function vita(_ruoli: Ruoli): string[] {
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
  ]
}
