import { immutableTable, reference, SENZA_ENTE } from './strumenti.ts'
import type { Ruoli } from './index.ts'

const tables = (ruoli: Ruoli): string[] => [
  'create table "sottoscrizione_registro_giornaliero" ("ente_id" uuid not null, "registro_giornaliero_id" uuid not null, "modo" text not null, "contenuto_id" uuid not null, "firmatario_nome" text not null, "firmatario_codice_fiscale" text not null, "certificato_emittente" text not null, "certificato_numero" text not null, "dichiarata_il" timestamptz null, "raccolta_il" timestamptz not null, "autore_nome" text not null, primary key ("ente_id", "registro_giornaliero_id"))',
  'alter table "sottoscrizione_registro_giornaliero" enable row level security',
  'alter table "sottoscrizione_registro_giornaliero" force row level security',
  `create policy "ente" on "sottoscrizione_registro_giornaliero" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  'alter table "impostazioni_registro_giornaliero" add "sigillo_di_ripiego" boolean not null default true',
]

/** Signature of the head of records management on daily registers (REQ-PROT-108); one function that gives numbers. */
export function giornaliero(ruoli: Ruoli): string[] {
  return [
    SENZA_ENTE,
    ...tables(ruoli),
    reference('sottoscrizione_registro_giornaliero', 'registro_giornaliero_id', 'registro_giornaliero'),
    reference('sottoscrizione_registro_giornaliero', 'contenuto_id', 'contenuto'),
    ...immutableTable('sottoscrizione_registro_giornaliero', ruoli),
    "alter table sottoscrizione_registro_giornaliero add constraint sottoscrizione_modo check (modo in ('firma', 'sigillo'))",
    "alter table sottoscrizione_registro_giornaliero add constraint sottoscrizione_firmatario check (modo = 'sigillo' or (firmatario_nome <> '' and firmatario_codice_fiscale <> ''))",
    'alter table impostazioni_registro_giornaliero drop constraint impostazioni_sottoscrizione',
    "alter table impostazioni_registro_giornaliero add constraint impostazioni_sottoscrizione check (sottoscrizione in ('nessuna', 'sigillo', 'firma'))",
    `grant update (sigillo_di_ripiego) on impostazioni_registro_giornaliero to ${ruoli.app}, ${ruoli.jobs}`,
    'alter table passo_registro_giornaliero drop constraint passo_ammesso',
    "alter table passo_registro_giornaliero add constraint passo_ammesso check (passo in ('firmato', 'sigillato', 'inviato', 'conservato', 'rifiutato', 'errore', 'ripreso'))",
    // One number is a series of one: the counter, the clock and the chain are read in one place.
    `create or replace function app.prendi_numero(p_registro uuid, out anno int, out numero int, out istante timestamptz, out giorno date, out catena_progressivo bigint, out catena_impronta text)
       language sql volatile set search_path = pg_catalog, public, pg_temp as
     'select n.anno, n.primo, n.istante, n.giorno, n.catena_progressivo, n.catena_impronta from app.prendi_numeri(p_registro, 1) n'`,
  ]
}
