import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'

/** An extraction with the digests of its three files. */
export interface EstrazioneRow {
  id: string
  aoo: string
  aooCodice: string
  anno: number
  revisione: number
  righe: number
  impronta: string
  variazioni: string[]
  creataIl: Date
  creataDa: string
  csv: string
  csvDimensione: number
  xml: string
  xmlDimensione: number
  pdf: string
  pdfDimensione: number
}

const ESTRAZIONE = `select e.id, a.denominazione as aoo, a.codice as "aooCodice", e.anno, e.revisione, e.righe, e.impronta, e.variazioni, e.creata_il as "creataIl", e.creata_da_nome as "creataDa",
  c.sha256 as csv, c.dimensione::float8 as "csvDimensione", x.sha256 as xml, x.dimensione::float8 as "xmlDimensione", p.sha256 as pdf, p.dimensione::float8 as "pdfDimensione"
  from estrazione_fascicoli e join aoo a on a.ente_id = e.ente_id and a.id = e.aoo_id join contenuto c on c.ente_id = e.ente_id and c.id = e.csv_contenuto_id
  join contenuto x on x.ente_id = e.ente_id and x.id = e.xml_contenuto_id join contenuto p on p.ente_id = e.ente_id and p.id = e.pdf_contenuto_id`

/** One extraction, or null. */
export async function findEstrazione(scope: Scope, id: string): Promise<EstrazioneRow | null> {
  return await queryOne<EstrazioneRow>(scope, `${ESTRAZIONE} where e.ente_id = $1 and e.id = $2`, [scope.ente.id, id])
}

/** The last revision of a year of an AOO, or null. */
export async function findUltimaEstrazione(scope: Scope, aooId: string, anno: number): Promise<EstrazioneRow | null> {
  return await queryOne<EstrazioneRow>(
    scope,
    `${ESTRAZIONE} where e.ente_id = $1 and e.aoo_id = $2 and e.anno = $3 order by e.revisione desc limit 1`,
    [scope.ente.id, aooId, anno],
  )
}

/** Every extraction, newest year and revision first. */
export async function findEstrazioni(scope: Scope): Promise<EstrazioneRow[]> {
  return await query<EstrazioneRow>(
    scope,
    `${ESTRAZIONE} where e.ente_id = $1 order by e.anno desc, a.denominazione, e.revisione desc limit 500`,
    [scope.ente.id],
  )
}
