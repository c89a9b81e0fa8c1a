/** States in which an item of a disposal is on its way and can still be stopped. */
export const FERMABILI = "('PROPOSTO', 'VERIFICATO', 'RICHIESTO', 'AUTORIZZATO', 'ORDINATO')"

/** What arrives on an item under way stops it by itself (REQ-CONS-213, REQ-FASC-054). */
export function stops(): string[] {
  const stop = (nome: string, body: string): string =>
    `create function app.${nome}() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$ begin ${body} return null; end $$`
  const dei = (documento: string, motivo: string): string =>
    `perform app.sospendi_scarto(new.ente_id, v.fascicolo_id, '${motivo}', 'Sistema') from (select distinct v.fascicolo_id from public.documento_voce_scarto d
       join public.voce_scarto v on v.ente_id = d.ente_id and v.id = d.voce_id and v.stato in ${FERMABILI} where d.ente_id = new.ente_id and d.documento_id = ${documento}) v;`
  const documentoDi = (colonna: string): string =>
    `(select r.documento_id from public.registrazione r where r.ente_id = new.ente_id and r.id = new.${colonna})`
  return [
    stop(
      'vincolo_ferma_scarto',
      "perform app.sospendi_scarto(new.ente_id, new.fascicolo_id, 'Vincolo: ' || new.tipo || '. ' || new.motivo, new.autore_nome);",
    ),
    'create trigger vincolo_scarto_ferma after insert on vincolo_scarto for each row execute function app.vincolo_ferma_scarto()',
    stop(
      'collegamento_fascicolo_ferma_scarto',
      `perform app.sospendi_scarto(new.ente_id, k.id, 'Collegato a un altro fascicolo.', 'Sistema') from (values (new.fascicolo_id), (new.altro_id)) k (id);`,
    ),
    'create trigger fascicolo_collegamento_ferma after insert on fascicolo_collegamento for each row execute function app.collegamento_fascicolo_ferma_scarto()',
    stop('collegamento_ferma_scarto', dei(documentoDi('collegata_id'), 'Una nuova registrazione è collegata a un suo documento.')),
    'create trigger collegamento_ferma after insert on collegamento for each row execute function app.collegamento_ferma_scarto()',
    stop('accesso_ferma_scarto', dei(documentoDi('registrazione_id'), 'Un’autorità ha accesso a un suo documento.')),
    'create trigger accesso_autorita_ferma after insert on accesso_autorita_registrazione for each row execute function app.accesso_ferma_scarto()',
    stop('fascicolazione_ferma_scarto', dei('new.documento_id', 'Un suo documento è stato messo in un altro fascicolo.')),
    'create trigger fascicolo_documento_ferma after insert on fascicolo_documento for each row execute function app.fascicolazione_ferma_scarto()',
    stop(
      'pratica_ferma_scarto',
      "perform app.sospendi_scarto(new.ente_id, new.fascicolo_id, 'Un procedimento è stato avviato.', 'Sistema');",
    ),
    'create trigger pratica_ferma after insert on pratica for each row execute function app.pratica_ferma_scarto()',
    stop(
      'riapertura_ferma_scarto',
      "perform app.sospendi_scarto(new.ente_id, new.fascicolo_id, 'Il fascicolo è stato riaperto.', new.riaperto_da_nome);",
    ),
    'create trigger fascicolo_riapertura_ferma after insert on fascicolo_riapertura for each row execute function app.riapertura_ferma_scarto()',
  ]
}
