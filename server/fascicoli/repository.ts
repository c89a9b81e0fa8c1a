import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import { riservataCondition } from '../protocollo/index.ts'
import { visibilitaFascicoliOf } from './policy.ts'
import type { Area, FiltriFascicoli, StatoFascicolo, TipoFascicolo } from './schema.ts'

/** A fascicolo with what its visibility needs. */
export interface FascicoloRow {
  id: string
  aooId: string
  codice: string
  slug: string
  anno: number
  serie: string
  progressivo: number
  voceId: string
  codiceVoce: string
  denominazioneVoce: string
  tipo: TipoFascicolo
  oggetto: string
  stato: StatoFascicolo
  ufficioId: string
  ufficio: string
  responsabileId: string
  responsabile: string
  apertoIl: string
  chiusoIl: string | null
  esito: string | null
  notaChiusura: string | null
  materia: string | null
  procedimento: string | null
  termine: string | null
  visibileCittadino: boolean
  conservazioneAnni: number | null
  versione: number
  padreId: string | null
  livello: number
  posizioneFisica: string | null
  note: string | null
  paroleChiave: string[]
  statoDal: string | null
  statoMotivo: string | null
  uffici: string[]
  assegnatari: string[]
  /** Offices that are or were in charge: the owner's side of the reserved area. */
  ufficiTitolari: string[]
  /** Offices and people let into the reserved area. */
  ammessi: string[]
  riservato: boolean
  /** Documents in the common area, papers included. */
  documenti: number
  documentiRiservati: number
}

/** SQL truth "fascicolo f holds a document that is not ordinary": as its registration is today, or by its own level when it has none. */
export const RISERVATO = `exists (select 1 from fascicolo_documento fd join documento d on d.ente_id = fd.ente_id and d.id = fd.documento_id
  left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and fd.tolto_il is null
    and ((r.id is null and d.riservatezza <> 'ORDINARIO') or ${riservataCondition()}))`
const ASSEGNATO = 'from fascicolo_assegnazione fa where fa.ente_id = f.ente_id and fa.fascicolo_id = f.id'

/** Documents and papers of an area of fascicolo f. */
const contati = (area: Area): string =>
  `((select count(*)::int from fascicolo_documento fd where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and fd.tolto_il is null and fd.area = '${area}')
  + (select count(*)::int from documento_cartaceo dc where dc.ente_id = f.ente_id and dc.fascicolo_id = f.id and dc.tolto_il is null and dc.area = '${area}'))`

/** Through whom fascicolo f reaches people. */
const CHI = `array(select f.ufficio_id::text union select fa.ufficio_id::text ${ASSEGNATO} and fa.tipo = 'competenza') as "ufficiTitolari",
  array(select coalesce(am.ufficio_id, am.operatore_id)::text from fascicolo_ammesso am where am.ente_id = f.ente_id and am.fascicolo_id = f.id and am.al is null) as ammessi,
  array(select f.ufficio_id::text union select fa.ufficio_id::text ${ASSEGNATO}) as uffici,
  array(select fa.operatore_id::text ${ASSEGNATO} and fa.operatore_id is not null) as assegnatari`

export const FASCICOLO = `f.id, f.aoo_id as "aooId", f.codice, f.slug, f.anno, f.serie, f.progressivo, f.voce_id as "voceId", v.codice as "codiceVoce", v.denominazione as "denominazioneVoce",
  f.tipo, f.oggetto, f.stato, f.ufficio_id as "ufficioId", u.denominazione as ufficio, f.responsabile_id as "responsabileId", coalesce(o.nome || ' ' || o.cognome, '') as responsabile,
  to_char(f.aperto_il, 'YYYY-MM-DD') as "apertoIl", to_char(f.chiuso_il, 'YYYY-MM-DD') as "chiusoIl", f.esito, f.nota_chiusura as "notaChiusura", f.materia, f.procedimento,
  to_char(f.termine, 'YYYY-MM-DD') as termine, f.visibile_cittadino as "visibileCittadino", f.conservazione_anni as "conservazioneAnni", f.versione,
  f.fascicolo_padre_id as "padreId", f.livello, f.posizione_fisica as "posizioneFisica", f.note, f.parole_chiave as "paroleChiave", to_char(f.stato_dal, 'YYYY-MM-DD') as "statoDal",
  f.stato_motivo as "statoMotivo", ${CHI}, ${RISERVATO} as riservato,
  ${contati('comune')} as documenti, ${contati('riservata')} as "documentiRiservati"`
export const FROM = `from fascicolo f join voce_titolario v on v.ente_id = f.ente_id and v.id = f.voce_id join ufficio u on u.ente_id = f.ente_id and u.id = f.ufficio_id
  left join operatore o on o.id = f.responsabile_id`

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu

/** A fascicolo by id or by slug (of the default AOO first), whatever its visibility. */
export async function findByIdOrSlug(scope: Scope, idOrSlug: string): Promise<FascicoloRow | null> {
  const condition = UUID.test(idOrSlug) ? 'f.id = $2::uuid' : 'f.slug = $2'
  return await queryOne<FascicoloRow>(
    scope,
    `select ${FASCICOLO} ${FROM} join aoo a on a.ente_id = f.ente_id and a.id = f.aoo_id where f.ente_id = $1 and ${condition} order by a.predefinita desc limit 1`,
    [scope.ente.id, idOrSlug],
  )
}

/** What the visibility of a fascicolo is judged from, riservati apart. */
export type VistoRow = Pick<FascicoloRow, 'id' | 'responsabileId' | 'uffici' | 'assegnatari' | 'ufficiTitolari' | 'ammessi'>

/** Who a fascicolo reaches, by id or by slug, without looking at its documents. */
export async function findVisto(scope: Scope, idOrSlug: string): Promise<VistoRow | null> {
  const condition = UUID.test(idOrSlug) ? 'f.id = $2::uuid' : 'f.slug = $2'
  return await queryOne<VistoRow>(
    scope,
    `select f.id, f.responsabile_id as "responsabileId", ${CHI} from fascicolo f join aoo a on a.ente_id = f.ente_id and a.id = f.aoo_id
      where f.ente_id = $1 and ${condition} order by a.predefinita desc limit 1`,
    [scope.ente.id, idOrSlug],
  )
}

/** True when a fascicolo holds a document that is not ordinary: all of its documents are looked at. */
export async function hasRiservati(scope: Scope, fascicoloId: string): Promise<boolean> {
  const row = await queryOne<{ riservato: boolean }>(
    scope,
    `select ${RISERVATO} as riservato from fascicolo f where f.ente_id = $1 and f.id = $2`,
    [scope.ente.id, fascicoloId],
  )
  return row?.riservato ?? true
}

/** Locks a fascicolo against every other change of it until the transaction ends; the row as it is now. */
export async function lockFascicolo(tx: TxScope, idOrSlug: string): Promise<FascicoloRow | null> {
  const found = await findByIdOrSlug(tx, idOrSlug)
  if (found === null) return null
  await query(tx, 'select 1 from fascicolo where ente_id = $1 and id = $2 for update', [tx.ente.id, found.id])
  return await findByIdOrSlug(tx, found.id)
}

/** Condition "this person sees fascicolo f", set-based: the same rule as `sightOf`. */
export function visibleCondition(scope: Scope, bind: (value: unknown) => string): string {
  const v = visibilitaFascicoliOf(scope.attore)
  if (v.tutto || v.metadati) return 'true'
  const parts: string[] = []
  if (UUID.test(v.attoreId)) {
    const me = `${bind(v.attoreId)}::uuid`
    parts.push(`f.responsabile_id = ${me}`, `exists (select 1 ${ASSEGNATO} and fa.operatore_id = ${me})`)
  }
  if (v.ordinari) parts.push(`not ${RISERVATO}`)
  const ofSome = (uffici: readonly string[]): string => {
    const some = `${bind(uffici)}::uuid[]`
    return `(f.ufficio_id = any(${some}) or exists (select 1 ${ASSEGNATO} and fa.ufficio_id = any(${some})))`
  }
  if (v.uffici.length > 0) parts.push(`${ofSome(v.uffici)} and not ${RISERVATO}`)
  if (v.ufficiDiretti.length > 0) parts.push(ofSome(v.ufficiDiretti))
  return parts.length === 0 ? 'false' : `(${parts.map((p) => `(${p})`).join(' or ')})`
}

const like = (text: string): string => `%${text.replaceAll(/[%_\\]/gu, String.raw`\$&`)}%`

/** The fascicoli this person sees, last opened first. Words never find what is masked for him. */
export async function findFascicoli(scope: Scope, filtri: FiltriFascicoli): Promise<{ rows: FascicoloRow[]; totale: number }> {
  const binds: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const where = ['f.ente_id = $1', visibleCondition(scope, bind)]
  if (filtri.stato !== undefined) where.push(`f.stato = ${bind(filtri.stato)}`)
  if (filtri.tipo !== undefined) where.push(`f.tipo = ${bind(filtri.tipo)}`)
  if (filtri.anno !== undefined) where.push(`f.anno = ${bind(filtri.anno)}`)
  if (filtri.ufficio !== undefined) where.push(`f.ufficio_id = ${bind(filtri.ufficio)}::uuid`)
  if (filtri.responsabile !== undefined) where.push(`f.responsabile_id = ${bind(filtri.responsabile)}::uuid`)
  if (filtri.voce !== undefined) {
    const voce = bind(filtri.voce)
    where.push(`(v.codice = ${voce} or v.codice like ${voce} || '/%')`)
  }
  const words = (filtri.q ?? '')
    .split(/\s+/u)
    .filter((w) => w !== '')
    .slice(0, 8)
  for (const word of words) {
    const pattern = bind(like(word))
    where.push(
      `(f.oggetto ilike ${pattern} or f.codice ilike ${pattern} or f.slug ilike ${pattern} or exists (select 1 from fascicolo_soggetto q where q.ente_id = f.ente_id and q.fascicolo_id = f.id
         and (q.denominazione ilike ${pattern} or q.cognome || ' ' || q.nome ilike ${pattern} or q.codice_fiscale ilike ${pattern})))`,
    )
  }
  if (words.length > 0 && visibilitaFascicoliOf(scope.attore).metadati) where.push(`not ${RISERVATO}`)
  const all = where.join(' and ')
  const totale = await queryOne<{ n: number }>(scope, `select count(*)::int as n ${FROM} where ${all}`, binds)
  const rows = await query<FascicoloRow>(
    scope,
    `select ${FASCICOLO} ${FROM} where ${all} order by f.creato_il desc, f.id desc limit ${filtri.perPagina} offset ${(filtri.pagina - 1) * filtri.perPagina}`,
    binds,
  )
  return { rows, totale: totale?.n ?? 0 }
}

/** A row of the candidates for a document. */
export interface CandidatoRow {
  id: string
  codice: string
  slug: string
  oggetto: string
  responsabile: string
  tipo: TipoFascicolo
  codiceVoce: string
  ufficioId: string
  interessatiComuni: string[]
}

/** Open fascicoli this person sees that do not hold the document and share with it a party or the voice; the most recent ones. */
export async function findCandidati(scope: Scope, documentoId: string, codiceVoce: string): Promise<CandidatoRow[]> {
  const binds: unknown[] = [scope.ente.id, documentoId, codiceVoce]
  const visible = visibleCondition(scope, (value) => `$${binds.push(value)}`)
  return await query<CandidatoRow>(
    scope,
    `select * from (
       select f.id, f.codice, f.slug, f.oggetto, coalesce(o.nome || ' ' || o.cognome, '') as responsabile, f.tipo, v.codice as "codiceVoce", f.ufficio_id as "ufficioId", f.creato_il,
              array(select distinct coalesce(fs.denominazione, fs.cognome || ' ' || fs.nome) from fascicolo_soggetto fs
                      join registrazione r on r.ente_id = fs.ente_id and r.documento_id = $2 join soggetto s on s.ente_id = r.ente_id and s.registrazione_id = r.id
                     where fs.ente_id = f.ente_id and fs.fascicolo_id = f.id and fs.ruolo = 'interessato'
                       and (s.codice_fiscale = fs.codice_fiscale or s.indirizzo_digitale = fs.indirizzo_digitale)) as "interessatiComuni"
         ${FROM}
        where f.ente_id = $1 and f.stato in ('APERTO', 'SOSPESO') and ${visible}
          and not exists (select 1 from fascicolo_documento fd where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and fd.documento_id = $2)) c
      where cardinality(c."interessatiComuni") > 0 or c."codiceVoce" = $3 or c."codiceVoce" like $3 || '/%'
      order by cardinality(c."interessatiComuni") desc, c.creato_il desc limit 200`,
    binds,
  )
}
