import type { Ruoli } from './index.ts'

/** A reference inside an ente: the key carries ente_id, so that a row of another ente can never be named. */
export function reference(table: string, column: string, parent: string, deferred = false): string {
  return `alter table ${table} add constraint ${table}_${column}_fk foreign key (ente_id, ${column}) references ${parent} (ente_id, id)${deferred ? ' deferrable initially deferred' : ''}`
}

/** Rights and trigger of a table whose rows never change once written. */
export function immutableTable(table: string, ruoli: Ruoli): string[] {
  return [
    `grant select, insert on ${table} to ${ruoli.app}, ${ruoli.jobs}`,
    `create trigger ${table}_immutabile before update or delete or truncate on ${table} for each statement execute function app.rifiuta_modifica()`,
  ]
}

/** Rights on a table whose rows change in the named columns only. */
export function updatableTable(table: string, columns: string, ruoli: Ruoli): string[] {
  return [
    `grant select, insert on ${table} to ${ruoli.app}, ${ruoli.jobs}`,
    `grant update (${columns}) on ${table} to ${ruoli.app}, ${ruoli.jobs}`,
  ]
}

/** The validation of a new constraint reads tables through their policies, which want an ente: none of this name exists. */
export const SENZA_ENTE = "select set_config('app.ente_id', '00000000-0000-0000-0000-000000000000', true)"
