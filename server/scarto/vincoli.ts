import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import type { TipoVincolo } from './schema.ts'

/** A hold with its fascicolo. */
export interface VincoloRow {
  readonly id: string
  readonly fascicoloId: string
  readonly codice: string
  readonly slug: string
  readonly oggetto: string
  readonly tipo: TipoVincolo
  readonly motivo: string
  readonly atto: string
  readonly dal: string
  readonly al: string | null
  readonly inVigore: boolean
  readonly creatoIl: Date
  readonly autore: string
  readonly chiusoIl: Date | null
  readonly chiusoDa: string | null
  readonly motivoChiusura: string | null
}

/** Holds in force first, then the others, newest first: of the whole of one fascicolo, or of all. */
export async function findVincoli(scope: Scope, fascicoloId: string | null): Promise<VincoloRow[]> {
  return await query<VincoloRow>(
    scope,
    `select * from (
       select c.id, c.fascicolo_id as "fascicoloId", f.codice, f.slug, f.oggetto, c.tipo, c.motivo, c.atto, to_char(c.dal, 'YYYY-MM-DD') as dal, to_char(c.al, 'YYYY-MM-DD') as al,
              c.chiuso_il is null and (c.al is null or c.al >= (app.istante() at time zone 'Europe/Rome')::date) as "inVigore", c.creato_il as "creatoIl", c.autore_nome as autore,
              c.chiuso_il as "chiusoIl", c.chiuso_da_nome as "chiusoDa", c.motivo_chiusura as "motivoChiusura"
         from vincolo_scarto c join fascicolo f on f.ente_id = c.ente_id and f.id = c.fascicolo_id
        where c.ente_id = $1 and ($2::uuid is null or app.radice_fascicolo(c.ente_id, c.fascicolo_id) = app.radice_fascicolo($1, $2))) k
      order by "inVigore" desc, "creatoIl" desc limit 500`,
    [scope.ente.id, fascicoloId],
  )
}
