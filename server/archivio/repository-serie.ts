import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import type { TipoSerie } from './schema.ts'

/** A series with the words of its criterion. */
export interface SerieRow {
  id: string
  aooId: string
  aoo: string
  tipo: TipoSerie
  denominazione: string
  anno: number
  tipologia: string | null
  tipoFascicolo: string | null
  voceId: string | null
  codiceVoce: string | null
  denominazioneVoce: string | null
  versioneId: string | null
  conservazioneAnni: number | null
  chiusaIl: Date | null
  membri: number | null
  impronta: string | null
  elenco: number | null
  posizioneFisica: string | null
}

const SERIE = `select s.id, s.aoo_id as "aooId", a.denominazione as aoo, s.tipo, s.denominazione, s.anno, s.tipologia, s.tipo_fascicolo as "tipoFascicolo", s.voce_id as "voceId",
  v.codice as "codiceVoce", v.denominazione as "denominazioneVoce", v.versione_id as "versioneId", s.conservazione_anni as "conservazioneAnni", s.chiusa_il as "chiusaIl",
  s.membri, s.impronta, e.numero as elenco, s.posizione_fisica as "posizioneFisica"
  from serie_archivistica s join aoo a on a.ente_id = s.ente_id and a.id = s.aoo_id left join voce_titolario v on v.ente_id = s.ente_id and v.id = s.voce_id
  left join elenco_deposito e on e.ente_id = s.ente_id and e.id = s.elenco_id`

/** Every series, newest year first. */
export async function findSerie(scope: Scope): Promise<SerieRow[]> {
  return await query<SerieRow>(scope, `${SERIE} where s.ente_id = $1 order by s.anno desc, s.tipo, s.denominazione, s.id limit 500`, [
    scope.ente.id,
  ])
}

/** Some series by id. */
export async function findSerieById(scope: Scope, ids: readonly string[]): Promise<SerieRow[]> {
  if (ids.length === 0) return []
  return await query<SerieRow>(
    scope,
    `${SERIE} where s.ente_id = $1 and s.id = any($2::uuid[]) order by v.ordine nulls last, s.anno, s.id`,
    [scope.ente.id, ids],
  )
}

/** Locks a series until the transaction ends; null when it is not there. */
export async function lockSerie(tx: TxScope, id: string): Promise<SerieRow | null> {
  await query(tx, 'select 1 from serie_archivistica where ente_id = $1 and id = $2 for update', [tx.ente.id, id])
  return (await findSerieById(tx, [id]))[0] ?? null
}

/** A member, live or frozen. */
export interface MembroRow {
  id: string
  posizione: number
  giorno: string
  riferimento: string
  oggetto: string
  pagina: string | null
}

/** Day a document belongs to: of its registration, of its row in a repertory, its own, or the day it entered. */
export const GIORNO_DOCUMENTO = `coalesce(r.giorno, rr.giorno, d.data_documento, (d.creato_il at time zone 'Europe/Rome')::date)`
export const DOCUMENTO_FROM = `from documento d join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
  left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id left join registrazione_repertorio rr on rr.ente_id = d.ente_id and rr.documento_id = d.id
  left join repertorio rp on rp.ente_id = rr.ente_id and rp.id = rr.repertorio_id`
const RIFERIMENTO = `case when r.id is not null then lpad(r.numero::text, 7, '0') || '/' || r.anno when rr.id is not null then rp.codice || ' ' || rr.serie || '/' || rr.numero else 'non protocollato' end`
const UNDER = "($5::text is null or (v.versione_id = $6::uuid and (v.codice = $5 or left(v.codice, length($5) + 1) = $5 || '/')))"

/** The members that the criterion of an open series has now, in their order (REQ-FASC-031): documents by time, fascicoli by the titolario. */
function liveMembri(s: SerieRow): { sql: string; binds: unknown[] } {
  const binds = [s.aooId, s.anno, s.tipo === 'documentale' ? s.tipologia : s.tipoFascicolo, s.codiceVoce, s.versioneId]
  if (s.tipo === 'documentale')
    return {
      binds,
      sql: `select d.id, (row_number() over (order by ${GIORNO_DOCUMENTO}, coalesce(r.istante, rr.istante, d.creato_il), coalesce(r.numero, rr.numero), d.id))::int as posizione, to_char(${GIORNO_DOCUMENTO}, 'YYYY-MM-DD') as giorno,
              ${RIFERIMENTO} as riferimento, coalesce(app.oggetto_vigente(r.ente_id, r.id), d.oggetto) as oggetto,
              case when r.id is not null then 'protocollo/' || r.anno || '/' || r.numero when rr.id is not null then 'repertori/righe/' || rr.id end as pagina
         ${DOCUMENTO_FROM} where d.ente_id = $1 and d.aoo_id = $2 and extract(year from ${GIORNO_DOCUMENTO}) = $3 and d.tipologia = $4 and ${UNDER}`,
    }
  return {
    binds,
    sql: `select f.id, (row_number() over (order by v.ordine, f.serie collate "C", f.progressivo, f.id))::int as posizione, to_char(f.aperto_il, 'YYYY-MM-DD') as giorno,
            f.codice as riferimento, f.oggetto, 'fascicoli/' || f.slug as pagina
       from fascicolo f join voce_titolario v on v.ente_id = f.ente_id and v.id = f.voce_id
      where f.ente_id = $1 and f.aoo_id = $2 and f.anno = $3 and f.livello = 0 and f.stato <> 'APERTO_PER_ERRORE' and ($4::text is null or f.tipo = $4) and ${UNDER}`,
  }
}

/** Those of a closed series, as they were frozen. */
const FROZEN = `select m.id, m.posizione, to_char(m.giorno, 'YYYY-MM-DD') as giorno, m.riferimento,
  coalesce(f.oggetto, app.oggetto_vigente(r.ente_id, r.id), d.oggetto) as oggetto,
  case when f.id is not null then 'fascicoli/' || f.slug when r.id is not null then 'protocollo/' || r.anno || '/' || r.numero when rr.id is not null then 'repertori/righe/' || rr.id end as pagina
  from serie_membro m left join fascicolo f on f.ente_id = m.ente_id and f.id = m.fascicolo_id left join documento d on d.ente_id = m.ente_id and d.id = m.documento_id
  left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id left join registrazione_repertorio rr on rr.ente_id = d.ente_id and rr.documento_id = d.id
  where m.ente_id = $1 and m.serie_id = $2`

/** A part of the members of a series, or all of them; how many there are. */
export async function findMembri(
  scope: Scope,
  s: SerieRow,
  parte?: { readonly pagina: number; readonly perPagina: number },
): Promise<{ rows: MembroRow[]; totale: number }> {
  const from = s.chiusaIl === null ? liveMembri(s) : { sql: FROZEN, binds: [s.id] }
  const binds = [scope.ente.id, ...from.binds]
  const part = parte === undefined ? '' : `limit ${parte.perPagina} offset ${(parte.pagina - 1) * parte.perPagina}`
  const rows = await query<MembroRow>(scope, `select * from (${from.sql}) x order by posizione ${part}`, binds)
  if (parte === undefined) return { rows, totale: rows.length }
  const n = await queryOne<{ n: number }>(scope, `select count(*)::int as n from (${from.sql}) x`, binds)
  return { rows, totale: n?.n ?? 0 }
}
