import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { visibilitaOf } from './policy.ts'
import type { FiltriRegistro, RigaRegistroDto } from './schema.ts'
import { formatEtichetta } from './rules.ts'

export interface AssegnazioneRow {
  id: string
  registrazioneId: string
  ufficioId: string
  ufficio: string
  operatoreId: string | null
  operatoreNome: string | null
  tipo: 'competenza' | 'conoscenza'
  stato: string
  motivo: string | null
  nota: string | null
  dal: Date
  al: Date | null
  autoreNome: string
  presaDaNome: string | null
  presaIl: Date | null
}

const ASSEGNAZIONE = `s.id, s.registrazione_id as "registrazioneId", s.ufficio_id as "ufficioId", u.denominazione as ufficio, s.operatore_id as "operatoreId",
  o.nome || ' ' || o.cognome as "operatoreNome", s.tipo, s.stato, s.motivo, s.nota, s.dal, s.al, s.autore_nome as "autoreNome", s.presa_da_nome as "presaDaNome", s.presa_il as "presaIl"`

/** Every assignment of a registration, oldest first. */
export async function findAssegnazioni(scope: Scope, registrazioneId: string): Promise<AssegnazioneRow[]> {
  return await query<AssegnazioneRow>(
    scope,
    `select ${ASSEGNAZIONE} from assegnazione s join ufficio u on u.ente_id = s.ente_id and u.id = s.ufficio_id left join operatore o on o.id = s.operatore_id
      where s.ente_id = $1 and s.registrazione_id = $2 order by s.dal, s.id`,
    [scope.ente.id, registrazioneId],
  )
}

export interface ClassificazioneRow {
  codice: string
  denominazione: string
  dal: Date
  al: Date | null
  autoreNome: string
  motivo: string
}

/** History of the classification of a document, oldest first. */
export async function findClassificazioni(scope: Scope, documentoId: string): Promise<ClassificazioneRow[]> {
  return await query<ClassificazioneRow>(
    scope,
    `select v.codice, v.denominazione, c.dal, c.al, c.autore_nome as "autoreNome", c.motivo from classificazione c join voce_titolario v on v.ente_id = c.ente_id and v.id = c.voce_id
      where c.ente_id = $1 and c.documento_id = $2 order by c.dal, c.id`,
    [scope.ente.id, documentoId],
  )
}

export interface FascicoloRef {
  id: string
  codice: string
  slug: string
  oggetto: string
  stato: string
}

/** Fascicoli that contain a document. Their oggetto is told only to the offices they belong to: another's could hold riservati. */
export async function findFascicoliOf(scope: Scope, documentoId: string): Promise<FascicoloRef[]> {
  return await query<FascicoloRef>(
    scope,
    `select f.id, f.codice, f.slug, case when $3 or f.ufficio_id = any($4::uuid[]) then f.oggetto else '' end as oggetto, f.stato
       from fascicolo_documento fd join fascicolo f on f.ente_id = fd.ente_id and f.id = fd.fascicolo_id
      where fd.ente_id = $1 and fd.documento_id = $2 and fd.tolto_il is null order by fd.principale desc, fd.inserito_il`,
    [scope.ente.id, documentoId, visibilitaOf(scope.attore).tutto, scope.attore.uffici],
  )
}

export interface CopiaRow {
  tipo: 'segnatura' | 'copia'
  contenutoId: string
  nome: string
  mime: string
  sha256: string
  dimensione: number
}

/** Sealed segnatura and stamped copy of a registration, as far as the jobs made them. */
export async function findCopie(scope: Scope, registrazioneId: string): Promise<CopiaRow[]> {
  return await query<CopiaRow>(
    scope,
    `select k.tipo, c.id as "contenutoId", c.nome, c.mime, c.sha256, c.dimensione::float8 as dimensione from copia_segnata k join contenuto c on c.ente_id = k.ente_id and c.id = k.contenuto_id
      where k.ente_id = $1 and k.registrazione_id = $2`,
    [scope.ente.id, registrazioneId],
  )
}

interface RigaRow {
  id: string
  anno: number
  numero: number
  istante: Date
  tipo: 'E' | 'U' | 'I'
  corrispondente: string | null
  oggetto: string
  voceCodice: string
  voceDenominazione: string
  fascicoloId: string | null
  fascicoloSlug: string | null
  fascicoloCodice: string | null
  ufficio: string | null
  stato: string | null
  riservato: boolean
  leggibile: boolean
}

/** Condition "this person may read registration r", with its binds: set-based, the same rule as `canReadRegistrazione`. */
export function readableCondition(scope: Scope, bind: (value: unknown) => string): string {
  const v = visibilitaOf(scope.attore)
  if (v.tutto) return 'true'
  const parts = [`r.operatore_id = ${bind(v.attoreId)}`]
  if (v.ordinari) parts.push('not r.riservato')
  const assegnata = `from assegnazione x where x.ente_id = r.ente_id and x.registrazione_id = r.id`
  if (v.uffici.length > 0) {
    const open = v.riservatiDegliUffici ? '' : 'not r.riservato and '
    parts.push(`${open}exists (select 1 ${assegnata} and x.ufficio_id = any(${bind(v.uffici)}::uuid[]))`)
  }
  if (/^[0-9a-f-]{36}$/u.test(v.attoreId)) parts.push(`exists (select 1 ${assegnata} and x.operatore_id = ${bind(v.attoreId)}::uuid)`)
  return `(${parts.map((p) => `(${p})`).join(' or ')})`
}

const RIGA = `r.id, r.anno, r.numero, r.istante, r.tipo, r.oggetto, r.riservato, v.codice as "voceCodice", v.denominazione as "voceDenominazione",
  (select coalesce(s.denominazione, s.cognome || ' ' || s.nome) from soggetto s where s.ente_id = r.ente_id and s.registrazione_id = r.id order by s.ruolo, s.posizione limit 1) as corrispondente,
  f.id as "fascicoloId", f.slug as "fascicoloSlug", f.codice as "fascicoloCodice", u.denominazione as ufficio, a.stato`
const RIGA_FROM = `from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
  left join lateral (select f.id, f.slug, f.codice from fascicolo_documento fd join fascicolo f on f.ente_id = fd.ente_id and f.id = fd.fascicolo_id
      where fd.ente_id = r.ente_id and fd.documento_id = r.documento_id and fd.tolto_il is null order by fd.principale desc, fd.inserito_il limit 1) f on true
  left join assegnazione a on a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' and a.al is null
  left join ufficio u on u.ente_id = a.ente_id and u.id = a.ufficio_id`

/**
 * The register, newest first. A person sees what he may read; whoever sees the whole AOO also sees that a riservato exists: number and date only
 * (REQ-PROT-061). A search by words never finds what may not be read.
 */
export async function findRighe(scope: Scope, filtri: FiltriRegistro): Promise<{ elementi: RigaRegistroDto[]; totale: number }> {
  const binds: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const readable = readableCondition(scope, bind)
  const masked = visibilitaOf(scope.attore).ordinari && !touchesContent(filtri) ? `(${readable} or r.riservato)` : readable
  const where = ['r.ente_id = $1', masked, ...filterConditions(filtri, bind)].join(' and ')
  const totale = await query<{ n: number }>(scope, `select count(*)::int as n ${RIGA_FROM} where ${where}`, binds)
  const rows = await query<RigaRow>(
    scope,
    `select ${RIGA}, ${readable} as leggibile ${RIGA_FROM} where ${where} order by r.istante desc, r.numero desc
      limit ${filtri.perPagina} offset ${(filtri.pagina - 1) * filtri.perPagina}`,
    binds,
  )
  return { elementi: rows.map(presentRiga), totale: totale[0]?.n ?? 0 }
}

function touchesContent(f: FiltriRegistro): boolean {
  return f.q !== undefined || f.voce !== undefined || f.ufficio !== undefined
}

function filterConditions(f: FiltriRegistro, bind: (value: unknown) => string): string[] {
  const out: string[] = []
  if (f.anno !== undefined) out.push(`r.anno = ${bind(f.anno)}`)
  if (f.tipo !== undefined) out.push(`r.tipo = ${bind(f.tipo)}`)
  if (f.da !== undefined) out.push(`r.giorno >= ${bind(f.da)}::date`)
  if (f.a !== undefined) out.push(`r.giorno <= ${bind(f.a)}::date`)
  if (f.ufficio !== undefined) out.push(`u.id = ${bind(f.ufficio)}::uuid`)
  if (f.voce !== undefined) {
    const voce = bind(f.voce)
    out.push(`(v.codice = ${voce} or v.codice like ${voce} || '/%')`)
  }
  const number = /^0*(\d{1,9})(?:[/ ](\d{2}|\d{4}))?$/u.exec(f.q ?? '')
  if (number !== null) {
    out.push(`r.numero = ${bind(Number(number[1]))}`)
    if (number[2] !== undefined) out.push(`r.anno = ${bind(number[2].length === 2 ? 2000 + Number(number[2]) : Number(number[2]))}`)
  } else if (f.q !== undefined && f.q !== '') {
    for (const word of f.q.split(/\s+/u).slice(0, 8)) {
      const like = bind(`%${word.replaceAll(/[%_\\]/gu, String.raw`\$&`)}%`)
      out.push(
        `(r.oggetto ilike ${like} or exists (select 1 from soggetto q where q.ente_id = r.ente_id and q.registrazione_id = r.id and (q.denominazione ilike ${like} or q.cognome || ' ' || q.nome ilike ${like} or q.codice_fiscale ilike ${like} or q.indirizzo_digitale ilike ${like})))`,
      )
    }
  }
  return out
}

/** A row as the list shows it: an unreadable riservato leaves the server without any content. */
export function presentRiga(r: RigaRow): RigaRegistroDto {
  const base = {
    id: r.id,
    anno: r.anno,
    numero: r.numero,
    etichetta: formatEtichetta(r.numero, r.anno),
    istante: r.istante.toISOString(),
    tipo: r.tipo,
    riservata: r.riservato,
  }
  if (!r.leggibile)
    return { ...base, corrispondente: '', oggetto: 'RISERVATO', voce: null, fascicolo: null, ufficio: null, stato: 'riservata' }
  return {
    ...base,
    corrispondente: r.corrispondente ?? '',
    oggetto: r.oggetto,
    voce: { codice: r.voceCodice, denominazione: r.voceDenominazione },
    fascicolo: r.fascicoloId === null ? null : { id: r.fascicoloId, slug: r.fascicoloSlug ?? '', codice: r.fascicoloCodice ?? '' },
    ufficio: r.ufficio,
    stato: r.stato ?? 'registrata',
  }
}

/** Rows of the register for some registrations, with the order of the ids. */
export async function findRigheById(scope: Scope, ids: readonly string[]): Promise<Map<string, RigaRegistroDto>> {
  if (ids.length === 0) return new Map()
  const binds: unknown[] = [scope.ente.id, ids]
  const readable = readableCondition(scope, (value) => `$${binds.push(value)}`)
  const rows = await query<RigaRow>(
    scope,
    `select ${RIGA}, ${readable} as leggibile ${RIGA_FROM} where r.ente_id = $1 and r.id = any($2::uuid[])`,
    binds,
  )
  return new Map(rows.map((r) => [r.id, presentRiga(r)]))
}
