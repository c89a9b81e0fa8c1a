import type { Ruoli } from './index.ts'
import { SENZA_ENTE, reference } from './strumenti.ts'

const TESTA = 'language plpgsql set search_path = pg_catalog, public, pg_temp as $$'

/**
 * What lists filter and judge by stands on the row they are read from: direction, voice and level on each access, voice on a row of its own for who sees everything. The
 * rows follow by triggers, so that no act can forget them; who writes an access waits for who is changing voice or level of the same document, and the other way round.
 */
const derivazioni: readonly string[] = [
  `create function app.accesso_dati() returns trigger ${TESTA}
   declare
     prima text := current_setting('app.sigillatura', true);
   begin
     perform set_config('app.sigillatura', 'si', true);
     select r.tipo, d.voce_id into new.tipo, new.voce_id from public.registrazione r join public.documento d on d.ente_id = r.ente_id and d.id = r.documento_id
      where r.ente_id = new.ente_id and r.id = new.registrazione_id for share of d;
     perform set_config('app.sigillatura', coalesce(prima, ''), true);
     select v.livello, v.fino into new.livello, new.livello_fino from public.riserva v
      where v.ente_id = new.ente_id and v.registrazione_id = new.registrazione_id and v.al is null;
     new.livello := coalesce(new.livello, 'ORDINARIO');
     return new;
   end $$`,
  `create function app.riserva_negli_accessi() returns trigger ${TESTA}
   begin
     perform 1 from public.documento d join public.registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id
       join (select distinct n.ente_id, n.registrazione_id from nuove n) q on q.ente_id = r.ente_id and q.registrazione_id = r.id order by d.id for no key update of d;
     update public.accesso x set livello = coalesce(v.livello, 'ORDINARIO'), livello_fino = v.fino
       from (select distinct n.ente_id, n.registrazione_id from nuove n) q
       left join public.riserva v on v.ente_id = q.ente_id and v.registrazione_id = q.registrazione_id and v.al is null
      where x.ente_id = q.ente_id and x.registrazione_id = q.registrazione_id
        and (x.livello, x.livello_fino) is distinct from (coalesce(v.livello, 'ORDINARIO'), v.fino);
     return null;
   end $$`,
  `create function app.registrazione_sotto_voce() returns trigger ${TESTA}
   begin
     insert into public.registrazione_voce (ente_id, registrazione_id, voce_id, istante, numero, tipo)
     select n.ente_id, n.id, d.voce_id, n.istante, n.numero, n.tipo from nuove n join public.documento d on d.ente_id = n.ente_id and d.id = n.documento_id;
     return null;
   end $$`,
  `create function app.voce_negli_elenchi() returns trigger ${TESTA}
   begin
     update public.registrazione_voce x set voce_id = new.voce_id from public.registrazione r
      where r.ente_id = new.ente_id and r.documento_id = new.id and x.ente_id = r.ente_id and x.registrazione_id = r.id;
     update public.accesso x set voce_id = new.voce_id from public.registrazione r
      where r.ente_id = new.ente_id and r.documento_id = new.id and x.ente_id = r.ente_id and x.registrazione_id = r.id;
     return null;
   end $$`,
]

const trigger: readonly string[] = [
  'create trigger accesso_dati before insert on accesso for each row execute function app.accesso_dati()',
  ...(['insert', 'update'] as const).map(
    (quando) =>
      `create trigger riserva_accesso_${quando} after ${quando} on riserva referencing new table as nuove for each statement execute function app.riserva_negli_accessi()`,
  ),
  'create trigger registrazione_voce_insert after insert on registrazione referencing new table as nuove for each statement execute function app.registrazione_sotto_voce()',
  'create trigger documento_voce after update of voce_id on documento for each row when (old.voce_id is distinct from new.voce_id) execute function app.voce_negli_elenchi()',
]

/** What is already registered, ente by ente: the owner too reads one at a time. */
const backfill = `do $$
   declare e record;
   begin
     for e in select id from ente loop
       perform set_config('app.ente_id', e.id::text, true);
       insert into registrazione_voce (ente_id, registrazione_id, voce_id, istante, numero, tipo)
       select r.ente_id, r.id, d.voce_id, r.istante, r.numero, r.tipo from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id where r.ente_id = e.id;
       update accesso x set tipo = n.tipo, voce_id = n.voce_id, livello = coalesce(v.livello, 'ORDINARIO'), livello_fino = v.fino
         from registrazione_voce n left join riserva v on v.ente_id = n.ente_id and v.registrazione_id = n.registrazione_id and v.al is null
        where n.ente_id = e.id and x.ente_id = n.ente_id and x.registrazione_id = n.registrazione_id;
     end loop;
     perform set_config('app.ente_id', '00000000-0000-0000-0000-000000000000', true);
   end $$`

/** Lists of the register read from the row that opens it. */
export function elenchi(ruoli: Ruoli): string[] {
  const writers = `${ruoli.app}, ${ruoli.jobs}`
  return [
    SENZA_ENTE,
    'drop index "accesso_chi"',
    `alter table "accesso" add "tipo" text null, add "voce_id" uuid null, add "livello" text null, add "livello_fino" date null`,
    `create table "registrazione_voce" ("ente_id" uuid not null, "registrazione_id" uuid not null, "voce_id" uuid not null, "istante" timestamptz not null, "numero" int not null, "tipo" text not null, primary key ("ente_id", "registrazione_id"))`,
    `alter table "registrazione_voce" enable row level security`,
    `alter table "registrazione_voce" force row level security`,
    `create policy "ente" on "registrazione_voce" to ${writers}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
    backfill,
    'alter table "accesso" alter column "tipo" set not null, alter column "voce_id" set not null, alter column "livello" set not null',
    `create index "accesso_chi" on "accesso" ("ente_id", "chi", "istante", "numero", "registrazione_id", "causa", "fino", "livello", "livello_fino", "tipo")`,
    `create index "accesso_voce" on "accesso" ("ente_id", "chi", "voce_id", "istante", "numero", "registrazione_id", "causa", "fino", "livello", "livello_fino", "tipo")`,
    `create index "registrazione_voce_ordine" on "registrazione_voce" ("ente_id", "voce_id", "istante", "numero", "registrazione_id", "tipo")`,
    reference('registrazione_voce', 'registrazione_id', 'registrazione'),
    `grant update (voce_id, livello, livello_fino) on accesso to ${writers}`,
    `grant select, insert on registrazione_voce to ${writers}`,
    `grant update (voce_id) on registrazione_voce to ${writers}`,
    ...derivazioni,
    ...trigger,
  ]
}
