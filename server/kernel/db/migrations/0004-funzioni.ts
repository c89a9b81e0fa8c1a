import type { Ruoli } from './index.ts'

/** A person's id written as text: the system and citizens have others. */
const UUID = "'^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'"

/** Every access that follows from the present state for the registrations of relation `n`, which has the columns of registrazione. */
function accessiDi(relazione: string): string {
  return `select n.ente_id, n.id, n.operatore_id::uuid, 'operatore', n.istante, n.numero from ${relazione} n where n.operatore_id ~ ${UUID}
     union select n.ente_id, n.id, n.ufficio_mittente_id, 'mittente', n.istante, n.numero from ${relazione} n
       where n.ufficio_mittente_id is not null
     union select n.ente_id, n.id, a.ufficio_id, a.tipo, n.istante, n.numero from ${relazione} n
       join public.assegnazione a on a.ente_id = n.ente_id and a.registrazione_id = n.id
     union select n.ente_id, n.id, a.operatore_id, 'assegnatario', n.istante, n.numero from ${relazione} n
       join public.assegnazione a on a.ente_id = n.ente_id and a.registrazione_id = n.id where a.operatore_id is not null
     union select n.ente_id, n.id, c.chi, 'fascicolo', n.istante, n.numero from ${relazione} n
       join public.fascicolo_documento fd on fd.ente_id = n.ente_id and fd.documento_id = n.documento_id and fd.tolto_il is null ${FASCICOLO}`
}

/** Offices and people of the fascicolo of `fd`. */
const FASCICOLO = `join public.fascicolo f on f.ente_id = fd.ente_id and f.id = fd.fascicolo_id
       cross join lateral (select f.ufficio_id as chi union select f.responsabile_id
         union select fa.ufficio_id from public.fascicolo_assegnazione fa where fa.ente_id = f.ente_id and fa.fascicolo_id = f.id
         union select fa.operatore_id from public.fascicolo_assegnazione fa where fa.ente_id = f.ente_id and fa.fascicolo_id = f.id and fa.operatore_id is not null) c`

const ACCESSO = 'insert into public.accesso (ente_id, registrazione_id, chi, causa, istante, numero)'

/** A registration born riservata has its level in the history from the first instant. */
function riserveDi(relazione: string): string {
  return `insert into public.riserva (ente_id, id, registrazione_id, livello, fino, motivo, autore_id, autore_nome, dal, al)
     select n.ente_id, gen_random_uuid(), n.id, d.riservatezza, null, 'Livello dato alla registrazione', n.operatore_id, n.operatore_nome, n.istante, null
       from ${relazione} n join public.documento d on d.ente_id = n.ente_id and d.id = n.documento_id where n.riservato and d.riservatezza <> 'ORDINARIO'`
}

const TESTA = 'language plpgsql set search_path = pg_catalog, public, pg_temp as $$'

/** Body of the functions that keep `accesso` in step with what it follows from. */
const derivazioni: readonly string[] = [
  `create function app.accesso_registrazione() returns trigger ${TESTA}
   begin
     ${ACCESSO} ${accessiDi('nuove')} on conflict do nothing;
     ${riserveDi('nuove')};
     return null;
   end $$`,
  `create function app.accesso_assegnazione() returns trigger ${TESTA}
   begin
     ${ACCESSO}
     select r.ente_id, r.id, a.ufficio_id, a.tipo, r.istante, r.numero from nuove a join public.registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id
     union select r.ente_id, r.id, a.operatore_id, 'assegnatario', r.istante, r.numero from nuove a
       join public.registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id where a.operatore_id is not null
     on conflict do nothing;
     return null;
   end $$`,
  // Documents leave and enter fascicoli, and fascicoli change hands: what followed from them is made anew.
  `create function app.accesso_dei_fascicoli(p_ente uuid, p_documenti uuid[]) returns void ${TESTA}
   begin
     delete from public.accesso x using public.registrazione r
      where r.ente_id = p_ente and r.documento_id = any(p_documenti) and x.ente_id = p_ente and x.registrazione_id = r.id and x.causa = 'fascicolo'
        and not exists (select 1 from public.fascicolo_documento fd ${FASCICOLO} where fd.ente_id = p_ente and fd.documento_id = r.documento_id and fd.tolto_il is null and c.chi = x.chi);
     ${ACCESSO}
     select r.ente_id, r.id, c.chi, 'fascicolo', r.istante, r.numero from public.registrazione r
       join public.fascicolo_documento fd on fd.ente_id = r.ente_id and fd.documento_id = r.documento_id and fd.tolto_il is null ${FASCICOLO}
      where r.ente_id = p_ente and r.documento_id = any(p_documenti)
     on conflict do nothing;
   end $$`,
  `create function app.accesso_fascicolo_documento() returns trigger ${TESTA}
   declare e record;
   begin
     for e in select n.ente_id, array_agg(n.documento_id) as documenti from nuove n group by n.ente_id loop
       perform app.accesso_dei_fascicoli(e.ente_id, e.documenti);
     end loop;
     return null;
   end $$`,
  `create function app.accesso_fascicolo_assegnazione() returns trigger ${TESTA}
   declare e record;
   begin
     for e in select fd.ente_id, array_agg(fd.documento_id) as documenti from nuove n
         join public.fascicolo_documento fd on fd.ente_id = n.ente_id and fd.fascicolo_id = n.fascicolo_id group by fd.ente_id loop
       perform app.accesso_dei_fascicoli(e.ente_id, e.documenti);
     end loop;
     return null;
   end $$`,
  `create function app.accesso_fascicolo() returns trigger ${TESTA}
   begin
     perform app.accesso_dei_fascicoli(new.ente_id, array(select fd.documento_id from public.fascicolo_documento fd where fd.ente_id = new.ente_id and fd.fascicolo_id = new.id));
     return null;
   end $$`,
  // Readers named one by one, and people who read for an authority.
  `create function app.accesso_delle_persone(p_ente uuid, p_registrazioni uuid[]) returns void ${TESTA}
   begin
     delete from public.accesso x where x.ente_id = p_ente and x.registrazione_id = any(p_registrazioni) and x.causa in ('lettore', 'autorita');
     insert into public.accesso (ente_id, registrazione_id, chi, causa, istante, numero, fino)
     select r.ente_id, r.id, l.operatore_id, 'lettore', r.istante, r.numero, null from public.registrazione r
       join public.lettore l on l.ente_id = r.ente_id and l.registrazione_id = r.id and l.al is null
      where r.ente_id = p_ente and r.id = any(p_registrazioni)
     union all
     select r.ente_id, r.id, a.operatore_id, 'autorita', r.istante, r.numero, max(a.al) from public.registrazione r
       join public.accesso_autorita_registrazione g on g.ente_id = r.ente_id and g.registrazione_id = r.id
       join public.accesso_autorita a on a.ente_id = g.ente_id and a.id = g.accesso_id and a.chiuso_il is null
      where r.ente_id = p_ente and r.id = any(p_registrazioni) group by r.ente_id, r.id, a.operatore_id, r.istante, r.numero;
   end $$`,
  `create function app.accesso_persone() returns trigger ${TESTA}
   declare e record;
   begin
     for e in select n.ente_id, array_agg(distinct n.registrazione_id) as registrazioni from nuove n group by n.ente_id loop
       perform app.accesso_delle_persone(e.ente_id, e.registrazioni);
     end loop;
     return null;
   end $$`,
  `create function app.accesso_autorita() returns trigger ${TESTA}
   declare e record;
   begin
     for e in select g.ente_id, array_agg(distinct g.registrazione_id) as registrazioni from nuove n
         join public.accesso_autorita_registrazione g on g.ente_id = n.ente_id and g.accesso_id = n.id group by g.ente_id loop
       perform app.accesso_delle_persone(e.ente_id, e.registrazioni);
     end loop;
     return null;
   end $$`,
]

const segue = (tabella: string, quando: 'insert' | 'update', funzione: string): string =>
  `create trigger ${tabella}_accesso_${quando} after ${quando} on ${tabella} referencing new table as nuove for each statement execute function app.${funzione}()`

const trigger: readonly string[] = [
  segue('registrazione', 'insert', 'accesso_registrazione'),
  segue('assegnazione', 'insert', 'accesso_assegnazione'),
  segue('assegnazione', 'update', 'accesso_assegnazione'),
  segue('fascicolo_documento', 'insert', 'accesso_fascicolo_documento'),
  segue('fascicolo_documento', 'update', 'accesso_fascicolo_documento'),
  segue('fascicolo_assegnazione', 'insert', 'accesso_fascicolo_assegnazione'),
  segue('lettore', 'insert', 'accesso_persone'),
  segue('lettore', 'update', 'accesso_persone'),
  segue('accesso_autorita_registrazione', 'insert', 'accesso_persone'),
  segue('accesso_autorita', 'update', 'accesso_autorita'),
  `create trigger fascicolo_accesso after update on fascicolo for each row
     when (old.ufficio_id is distinct from new.ufficio_id or old.responsabile_id is distinct from new.responsabile_id) execute function app.accesso_fascicolo()`,
]

/** What everybody asks of a registration. Bodies are bound to their tables when made, so that no search path can turn them elsewhere. */
const domande: readonly string[] = [
  // The level in force today in Rome (REQ-PROT-063: the expiry reopens by itself).
  `create function app.livello(p_ente uuid, p_registrazione uuid) returns text language sql stable parallel safe
   begin atomic
     select coalesce((select v.livello from riserva v where v.ente_id = p_ente and v.registrazione_id = p_registrazione and v.al is null
       and (v.fino is null or v.fino >= (app.istante() at time zone 'Europe/Rome')::date)), 'ORDINARIO');
   end`,
  `create function app.riservata(p_ente uuid, p_registrazione uuid) returns boolean language sql stable parallel safe
   begin atomic
     select exists (select 1 from riserva v where v.ente_id = p_ente and v.registrazione_id = p_registrazione and v.al is null and v.livello <> 'ORDINARIO'
       and (v.fino is null or v.fino >= (app.istante() at time zone 'Europe/Rome')::date));
   end`,
  // A document is as closed as its registration; one that has none keeps its own level.
  `create function app.documento_riservato(p_ente uuid, p_documento uuid) returns boolean language sql stable parallel safe
   begin atomic
     select coalesce((select app.riservata(r.ente_id, r.id) from registrazione r where r.ente_id = p_ente and r.documento_id = p_documento),
       (select d.riservatezza <> 'ORDINARIO' from documento d where d.ente_id = p_ente and d.id = p_documento), true);
   end`,
  `create function app.annullata(p_ente uuid, p_registrazione uuid) returns boolean language sql stable parallel safe
   begin atomic
     select exists (select 1 from decisione_atto d where d.ente_id = p_ente and d.registrazione_id = p_registrazione and d.atto = 'annullamento' and d.esito = 'AUTORIZZATO');
   end`,
  // The value in force of a datum of class B, or null where nothing corrected it (REQ-PROT-045).
  `create function app.valore_corretto(p_ente uuid, p_registrazione uuid, p_campo text, p_posizione int) returns text language sql stable parallel safe
   begin atomic
     select t.valore_corretto from rettifica t join decisione_atto d on d.ente_id = t.ente_id and d.id = t.id and d.esito = 'AUTORIZZATO'
      where t.ente_id = p_ente and t.registrazione_id = p_registrazione and t.campo = p_campo and t.posizione = p_posizione order by d.deciso_il desc, d.id desc limit 1;
   end`,
  `create function app.oggetto_vigente(p_ente uuid, p_registrazione uuid) returns text language sql stable parallel safe
   begin atomic
     select coalesce(app.valore_corretto(p_ente, p_registrazione, 'oggetto', 0),
       (select r.oggetto from registrazione r where r.ente_id = p_ente and r.id = p_registrazione));
   end`,
  // How lists call the first correspondent, as corrected.
  `create function app.corrispondente_vigente(p_ente uuid, p_registrazione uuid) returns text language sql stable parallel safe
   begin atomic
     select coalesce(app.valore_corretto(s.ente_id, s.registrazione_id, s.ruolo, s.posizione), s.denominazione, s.cognome || ' ' || s.nome)
       from soggetto s where s.ente_id = p_ente and s.registrazione_id = p_registrazione order by s.ruolo, s.posizione limit 1;
   end`,
]

/** A decision belongs to its request, nothing follows an annulment, and the values of a datum make one chain (REQ-PROT-045, REQ-PROT-051). */
const guardia = `create function app.controlla_decisione() returns trigger ${TESTA}
   declare richiesta record; in_vigore text;
   begin
     if new.atto = 'annullamento' then
       perform 1 from public.annullamento a where a.ente_id = new.ente_id and a.id = new.id and a.registrazione_id = new.registrazione_id;
     else
       select t.* into richiesta from public.rettifica t where t.ente_id = new.ente_id and t.id = new.id and t.registrazione_id = new.registrazione_id;
     end if;
     if not found then
       raise exception 'La decisione non ha la sua richiesta.' using errcode = '23514', constraint = 'decisione_atto_richiesta';
     end if;
     if new.esito = 'AUTORIZZATO' then
       if app.annullata(new.ente_id, new.registrazione_id) then
         raise exception 'La registrazione è già annullata: l''annullamento non si annulla e non si rettifica.' using errcode = '23514', constraint = 'decisione_atto_dopo_annullamento';
       end if;
       if new.atto = 'rettifica' then
         in_vigore := app.valore_corretto(new.ente_id, new.registrazione_id, richiesta.campo, richiesta.posizione);
         if in_vigore is not null and in_vigore <> richiesta.valore_annullato then
           raise exception 'Il dato è cambiato dopo la richiesta.' using errcode = '23514', constraint = 'decisione_atto_catena';
         end if;
       end if;
     end if;
     return new;
   end $$`

/** Functions and triggers of visibility, reserve and annulment. */
export function funzioni(ruoli: Ruoli): string[] {
  const questions = [
    'livello(uuid, uuid)',
    'riservata(uuid, uuid)',
    'documento_riservato(uuid, uuid)',
    'annullata(uuid, uuid)',
    'valore_corretto(uuid, uuid, text, int)',
    'oggetto_vigente(uuid, uuid)',
    'corrispondente_vigente(uuid, uuid)',
    'accesso_dei_fascicoli(uuid, uuid[])',
    'accesso_delle_persone(uuid, uuid[])',
  ]
  return [
    ...domande,
    ...derivazioni,
    guardia,
    ...trigger,
    'create trigger decisione_atto_controllo before insert on decisione_atto for each row execute function app.controlla_decisione()',
    ...questions.map((q) => `revoke all on function app.${q} from public`),
    ...questions.map((q) => `grant execute on function app.${q} to ${ruoli.app}, ${ruoli.jobs}`),
    `grant execute on function app.annullata(uuid, uuid), app.valore_corretto(uuid, uuid, text, int), app.oggetto_vigente(uuid, uuid) to ${ruoli.sportello}`,
  ]
}

/** What is already registered gets its accesses and levels, ente by ente: the owner too reads one at a time. */
export const backfill = `do $$
   declare e record;
   begin
     for e in select id from ente loop
       perform set_config('app.ente_id', e.id::text, true);
       ${ACCESSO} ${accessiDi('public.registrazione')} on conflict do nothing;
       ${riserveDi('public.registrazione')};
     end loop;
     perform set_config('app.ente_id', '00000000-0000-0000-0000-000000000000', true);
   end $$`
