import type { Ruoli } from './index.ts'
import { SENZA_ENTE, immutableTable, reference, updatableTable } from './strumenti.ts'

/** Allegato 5: judgements of the metadata, and the metadata files of other systems kept as evidence. */
export function metadati(ruoli: Ruoli): string[] {
  const fenced = (table: string): string[] => [
    `alter table "${table}" enable row level security`,
    `alter table "${table}" force row level security`,
    `create policy "ente" on "${table}" to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.owner} using (ente_id = current_setting('app.ente_id')::uuid) with check (ente_id = current_setting('app.ente_id')::uuid)`,
  ]
  return [
    SENZA_ENTE,
    `create table "metadati_cursore" ("ente_id" uuid not null, "fino_al" timestamptz not null, "passato_valutato" boolean not null, primary key ("ente_id"))`,
    `create table "metadati_importati" ("ente_id" uuid not null, "id" uuid not null, "profilo" text not null, "identificativo" text not null, "oggetto" text not null, "riferimento" text not null, "riservato" boolean not null, "provenienza" text not null, "nome_file" text not null, "contenuto_id" uuid not null, "sha256" text not null, "modello" jsonb not null, "rapporto" jsonb not null, "accettazione" text not null, "documento_id" uuid null, "fascicolo_id" uuid null, "registrazione_storica_id" uuid null, "importato_da" text not null, "importato_da_nome" text not null, "importato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `create index "metadati_importati_identificativo" on "metadati_importati" ("ente_id", "identificativo")`,
    `alter table "metadati_importati" add constraint "metadati_importati_file" unique ("ente_id", "sha256")`,
    `create table "metadati_servizio" ("ente_id" uuid not null, "denominazione" text not null, "schemi" text not null, "permanente" int null, "solo_fascicoli" boolean not null, "letterali" jsonb not null, "gravita" jsonb not null, "aggiornato_il" timestamptz not null, "autore_nome" text not null, primary key ("ente_id"))`,
    `create table "metadati_valutazione" ("ente_id" uuid not null, "id" uuid not null, "tipo" text not null, "profilo" text not null, "punteggio" int not null, "completo" boolean not null, "errori" int not null, "avvisi" int not null, "regole" jsonb not null, "esiti" jsonb not null, "ufficio_id" uuid null, "valutato_il" timestamptz not null, primary key ("ente_id", "id"))`,
    `create index "metadati_valutazione_elenco" on "metadati_valutazione" ("ente_id", "completo", "punteggio")`,
    ...['metadati_cursore', 'metadati_importati', 'metadati_servizio', 'metadati_valutazione'].flatMap(fenced),
    reference('metadati_importati', 'contenuto_id', 'contenuto'),
    reference('metadati_importati', 'documento_id', 'documento'),
    reference('metadati_importati', 'fascicolo_id', 'fascicolo'),
    reference('metadati_importati', 'registrazione_storica_id', 'registrazione_storica'),
    reference('metadati_valutazione', 'ufficio_id', 'ufficio'),
    "alter table metadati_importati add constraint metadati_importati_profilo check (profilo in ('DI', 'DAI', 'AGG'))",
    "alter table metadati_servizio add constraint metadati_servizio_schemi check (schemi in ('9999', '4999'))",
    "alter table metadati_valutazione add constraint metadati_valutazione_tipo check (tipo in ('documento', 'fascicolo'))",
    'alter table metadati_valutazione add constraint metadati_valutazione_punteggio check (punteggio between 0 and 100)',
    // What came from another system stays as it came.
    ...immutableTable('metadati_importati', ruoli),
    ...updatableTable(
      'metadati_servizio',
      'denominazione, schemi, permanente, solo_fascicoli, letterali, gravita, aggiornato_il, autore_nome',
      ruoli,
    ),
    ...updatableTable('metadati_cursore', 'fino_al, passato_valutato', ruoli),
    ...updatableTable(
      'metadati_valutazione',
      'profilo, punteggio, completo, errori, avvisi, regole, esiti, ufficio_id, valutato_il',
      ruoli,
    ),
  ]
}
