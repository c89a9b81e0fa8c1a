import type { Ruoli } from './index.ts'

/** A practice remembers that it suspended its fascicolo: only then does it take it up again, and never what a person suspended. */
export function sospensioniPratica(ruoli: Ruoli): string[] {
  return [
    'alter table "pratica" add "fascicolo_sospeso" boolean not null default false',
    'alter table "pratica" alter column "fascicolo_sospeso" drop default',
    `grant update (fascicolo_sospeso) on pratica to ${ruoli.app}, ${ruoli.jobs}`,
    `create index "pratica_sospesa_fino" on "pratica" ("ente_id", "sospesa_fino") where fascicolo_sospeso`,
  ]
}
