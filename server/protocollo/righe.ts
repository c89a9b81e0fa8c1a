import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { findCondizioni, formatAnnullamento } from './condizioni.ts'
import type { Condizione } from './condizioni.ts'
import { selectPagina } from './elenco.ts'
import { visibilitaOf } from './policy.ts'
import { readableCondition, riservataCondition } from './readable.ts'
import { formatEtichetta } from './rules.ts'
import type { FiltriRegistro, RigaRegistroDto } from './schema.ts'

/** A page of the register. `totaleParziale`: the rows are more than `totale`. */
export interface PaginaRegistro {
  readonly elementi: RigaRegistroDto[]
  readonly totale: number
  readonly totaleParziale: boolean
}

/**
 * The register, newest first. A person sees what he may read; whoever sees the whole AOO also sees that a riservato exists: number and date only
 * (REQ-PROT-061). A search by words never finds what may not be read. The rows of an ordinary person come from the index of what reaches each of his
 * offices, so that they cost as much as an administrator's, whatever the size of the register.
 */
export async function findRighe(scope: Scope, filtri: FiltriRegistro): Promise<PaginaRegistro> {
  const limite = filtri.perPagina
  const { ids, totale, totaleParziale } = await selectPagina(scope, filtri, limite, (filtri.pagina - 1) * limite)
  const righe = await findRigheById(scope, ids)
  // Only who sees the whole AOO is told of what he may not read, whatever the rows the list was read from say.
  const { ordinari } = visibilitaOf(scope.attore)
  const elementi = ids.flatMap((id) => righe.get(id) ?? []).filter((r) => ordinari || r.stato !== 'riservata')
  return { elementi, totale, totaleParziale }
}

interface RigaRow {
  id: string
  anno: number
  numero: number
  istante: Date
  tipo: 'E' | 'U' | 'I'
  voceCodice: string
  voceDenominazione: string
  fascicoloId: string | null
  fascicoloSlug: string | null
  fascicoloCodice: string | null
  ufficio: string | null
  stato: string | null
  riservata: boolean
  leggibile: boolean
  scansioneAttesa: boolean
  emergenza: string | null
  differita: boolean
}

const RIGA = `r.id, r.anno, r.numero, r.istante, r.tipo, v.codice as "voceCodice", v.denominazione as "voceDenominazione", f.id as "fascicoloId", f.slug as "fascicoloSlug",
  f.codice as "fascicoloCodice", u.denominazione as ufficio, a.stato, ${riservataCondition()} as riservata, app.scansione_attesa(r.ente_id, r.id) as "scansioneAttesa",
  r.emergenza_numero as emergenza, r.differimento_autorizzazione is not null as differita`
const RIGA_FROM = `from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
  left join lateral (select f.id, f.slug, f.codice from fascicolo_documento fd join fascicolo f on f.ente_id = fd.ente_id and f.id = fd.fascicolo_id
      where fd.ente_id = r.ente_id and fd.documento_id = r.documento_id and fd.tolto_il is null order by fd.principale desc, fd.inserito_il limit 1) f on true
  left join assegnazione a on a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' and a.al is null
  left join ufficio u on u.ente_id = a.ente_id and u.id = a.ufficio_id`

/** Rows of the register for some registrations, by id. One that may not be read carries number and date only. */
export async function findRigheById(scope: Scope, ids: readonly string[]): Promise<Map<string, RigaRegistroDto>> {
  if (ids.length === 0) return new Map()
  const binds: unknown[] = [scope.ente.id, ids]
  const readable = readableCondition(scope, (value) => `$${binds.push(value)}`)
  const rows = await query<RigaRow>(
    scope,
    `select ${RIGA}, ${readable} as leggibile ${RIGA_FROM} where r.ente_id = $1 and r.id = any($2::uuid[])`,
    binds,
  )
  const condizioni = await findCondizioni(
    scope,
    rows.map((r) => r.id),
  )
  return new Map(rows.map((r) => [r.id, presentRiga(r, condizioni.get(r.id))]))
}

/** A row as the list shows it: an unreadable riservato leaves the server without any content, an annulled one always with its mark (REQ-PROT-048). */
function presentRiga(r: RigaRow, c: Condizione | undefined): RigaRegistroDto {
  const annullata = c?.annullata ?? null
  const base = {
    id: r.id,
    anno: r.anno,
    numero: r.numero,
    etichetta: formatEtichetta(r.numero, r.anno),
    istante: r.istante.toISOString(),
    tipo: r.tipo,
    riservata: r.riservata || !r.leggibile,
    annullata: annullata !== null,
    annullamento: annullata === null ? null : formatAnnullamento(annullata),
  }
  if (!r.leggibile) {
    const nothing = {
      corrispondente: '',
      voce: null,
      fascicolo: null,
      ufficio: null,
      scansioneAttesa: false,
      emergenza: null,
      differita: false,
    }
    return { ...base, ...nothing, oggetto: 'RISERVATO', stato: 'riservata' }
  }
  return {
    ...base,
    corrispondente: c?.corrispondente ?? '',
    oggetto: c?.oggetto ?? '',
    voce: { codice: r.voceCodice, denominazione: r.voceDenominazione },
    fascicolo: r.fascicoloId === null ? null : { id: r.fascicoloId, slug: r.fascicoloSlug ?? '', codice: r.fascicoloCodice ?? '' },
    ufficio: r.ufficio,
    stato: annullata === null ? (r.stato ?? 'registrata') : 'annullata',
    scansioneAttesa: r.scansioneAttesa,
    emergenza: r.emergenza,
    differita: r.differita,
  }
}
