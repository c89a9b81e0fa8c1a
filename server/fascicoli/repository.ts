import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import { riservataCondition } from '../protocollo/index.ts'
import type { SoggettoRow } from '../protocollo/index.ts'
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
  uffici: string[]
  assegnatari: string[]
  riservato: boolean
  documenti: number
}

/** SQL truth "fascicolo f holds a document that is not ordinary": as its registration is today, or by its own level when it has none. */
export const RISERVATO = `exists (select 1 from fascicolo_documento fd join documento d on d.ente_id = fd.ente_id and d.id = fd.documento_id
  left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and fd.tolto_il is null
    and ((r.id is null and d.riservatezza <> 'ORDINARIO') or ${riservataCondition()}))`
const ASSEGNATO = 'from fascicolo_assegnazione fa where fa.ente_id = f.ente_id and fa.fascicolo_id = f.id'

const FASCICOLO = `f.id, f.aoo_id as "aooId", f.codice, f.slug, f.anno, f.serie, f.progressivo, f.voce_id as "voceId", v.codice as "codiceVoce", v.denominazione as "denominazioneVoce",
  f.tipo, f.oggetto, f.stato, f.ufficio_id as "ufficioId", u.denominazione as ufficio, f.responsabile_id as "responsabileId", coalesce(o.nome || ' ' || o.cognome, '') as responsabile,
  to_char(f.aperto_il, 'YYYY-MM-DD') as "apertoIl", to_char(f.chiuso_il, 'YYYY-MM-DD') as "chiusoIl", f.esito, f.nota_chiusura as "notaChiusura", f.materia, f.procedimento,
  to_char(f.termine, 'YYYY-MM-DD') as termine, f.visibile_cittadino as "visibileCittadino", f.conservazione_anni as "conservazioneAnni", f.versione,
  array(select f.ufficio_id::text union select fa.ufficio_id::text ${ASSEGNATO}) as uffici,
  array(select fa.operatore_id::text ${ASSEGNATO} and fa.operatore_id is not null) as assegnatari, ${RISERVATO} as riservato,
  (select count(*)::int from fascicolo_documento fd where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and fd.tolto_il is null) as documenti`
const FROM = `from fascicolo f join voce_titolario v on v.ente_id = f.ente_id and v.id = f.voce_id join ufficio u on u.ente_id = f.ente_id and u.id = f.ufficio_id
  left join operatore o on o.id = f.responsabile_id`

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu

/** A fascicolo by id or by slug (of the default AOO first), whatever its visibility. */
export async function findByIdOrSlug(scope: Scope, idOrSlug: string): Promise<FascicoloRow | null> {
  const condition = UUID.test(idOrSlug) ? 'f.id = $2::uuid' : 'f.slug = $2'
  return await queryOne<FascicoloRow>(
    scope,
    `select ${FASCICOLO} ${FROM} join aoo a on a.ente_id = f.ente_id and a.id = f.aoo_id where f.ente_id = $1 and ${condition} order by a.predefinita desc limit 1`,
    [scope.ente.id, idOrSlug],
  )
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

/** A document of a fascicolo, in the order nobody can change (REQ-FASC-015). */
export interface DocumentoInFascicolo {
  id: string
  documentoId: string
  registrazioneId: string | null
  oggetto: string
  tipologia: string
  riservatezza: string
  tipoRegistrazione: 'E' | 'U' | 'I' | null
  area: Area
  inseritoIl: Date
}

/** The documents of a fascicolo by registration date and number; what is not registered follows, in order of filing. */
export async function findDocumenti(scope: Scope, fascicoloId: string): Promise<DocumentoInFascicolo[]> {
  return await query<DocumentoInFascicolo>(
    scope,
    `select fd.id, fd.documento_id as "documentoId", r.id as "registrazioneId", coalesce(app.oggetto_vigente(r.ente_id, r.id), d.oggetto) as oggetto, d.tipologia, d.riservatezza, r.tipo as "tipoRegistrazione", fd.area, fd.inserito_il as "inseritoIl"
       from fascicolo_documento fd join documento d on d.ente_id = fd.ente_id and d.id = fd.documento_id
       left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id
      where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.tolto_il is null
      order by r.giorno nulls last, r.numero, r.istante, fd.inserito_il, fd.id`,
    [scope.ente.id, fascicoloId],
  )
}

/** Interessati and participating administrations, in their order. */
export async function findFascicoloSoggetti(scope: Scope, fascicoloId: string): Promise<SoggettoRow[]> {
  return await query<SoggettoRow>(
    scope,
    `select ruolo, posizione, tipo, nome, cognome, denominazione, codice_fiscale as "codiceFiscale", codice_ipa as "codiceIpa", codice_aoo as "codiceAoo",
            denominazione_aoo as "denominazioneAoo", indirizzo_digitale as "indirizzoDigitale"
       from fascicolo_soggetto where ente_id = $1 and fascicolo_id = $2 order by ruolo, posizione`,
    [scope.ente.id, fascicoloId],
  )
}

/** Phases of a procedure, oldest first. */
export async function findFasi(scope: Scope, fascicoloId: string): Promise<{ fase: string; dal: string; al: string | null }[]> {
  return await query(
    scope,
    `select fase, to_char(dal, 'YYYY-MM-DD') as dal, to_char(al, 'YYYY-MM-DD') as al from fase where ente_id = $1 and fascicolo_id = $2 order by dal, id`,
    [scope.ente.id, fascicoloId],
  )
}

export interface FascicoloAssegnazioneRow {
  tipo: string
  ufficio: string
  operatore: string | null
  dal: Date
  al: Date | null
}

/** Assignments of the fascicolo with start and end (REQ-FASC-023). */
export async function findFascicoloAssegnazioni(scope: Scope, fascicoloId: string): Promise<FascicoloAssegnazioneRow[]> {
  return await query<FascicoloAssegnazioneRow>(
    scope,
    `select fa.tipo, u.denominazione as ufficio, o.nome || ' ' || o.cognome as operatore, fa.dal, fa.al
       from fascicolo_assegnazione fa join ufficio u on u.ente_id = fa.ente_id and u.id = fa.ufficio_id left join operatore o on o.id = fa.operatore_id
      where fa.ente_id = $1 and fa.fascicolo_id = $2 order by fa.dal, fa.id`,
    [scope.ente.id, fascicoloId],
  )
}

/** The last transfer of the fascicolo to the conservatore. The room of conservation is above this one: its table is read, its code is not. */
export async function findVersamento(
  scope: Scope,
  fascicoloId: string,
): Promise<{ id: string; idPdv: string; stato: string; esito: string | null } | null> {
  return await queryOne(
    scope,
    `select id, id_pdv as "idPdv", stato, esito from versamento where ente_id = $1 and fascicolo_id = $2 order by fascicolo_versione desc limit 1`,
    [scope.ente.id, fascicoloId],
  )
}

/** A fact of the trail. */
export interface FattoRow {
  istante: Date
  azione: string
  attore: string
  dati: string
}

/** What was done to the fascicolo and its documents, newest first; reads are not changes and stay in the trail. */
export async function findStoria(scope: Scope, fascicoloId: string): Promise<FattoRow[]> {
  return await query(
    scope,
    `select istante, azione, attore_nome as attore, dati from evento_audit
      where ente_id = $1 and fascicolo_id = $2 and azione not like '%-letto' and azione not like '%-letti' and azione not like '%-letta' order by istante desc, id desc limit 500`,
    [scope.ente.id, fascicoloId],
  )
}

/** Labels of the registered documents of a fascicolo whose assignment per competenza nobody took in charge. */
export async function findAssegnazioniAperte(scope: Scope, fascicoloId: string): Promise<{ anno: number; numero: number }[]> {
  return await query(
    scope,
    `select r.anno, r.numero from fascicolo_documento fd join registrazione r on r.ente_id = fd.ente_id and r.documento_id = fd.documento_id
       join assegnazione a on a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' and a.al is null and a.stato in ('da_prendere_in_carico', 'rifiutata')
      where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.tolto_il is null order by r.anno, r.numero`,
    [scope.ente.id, fascicoloId],
  )
}

/** What filing needs of a document: locked, so that two filings of the same document follow each other. */
export async function lockDocumento(tx: TxScope, documentoId: string): Promise<{ voceId: string; riservatezza: string } | null> {
  return await queryOne(tx, `select voce_id as "voceId", riservatezza from documento where ente_id = $1 and id = $2 for update`, [
    tx.ente.id,
    documentoId,
  ])
}

/** True when the document already has the one fascicolo it belongs to first (REQ-FASC-016). */
export async function hasFascicoloPrimario(scope: Scope, documentoId: string): Promise<boolean> {
  const row = await queryOne(
    scope,
    'select 1 from fascicolo_documento where ente_id = $1 and documento_id = $2 and principale and tolto_il is null',
    [scope.ente.id, documentoId],
  )
  return row !== null
}

/** The row of a document in a fascicolo, or null. */
export async function findCollocazione(scope: Scope, fascicoloId: string, documentoId: string): Promise<{ id: string; area: Area } | null> {
  return await queryOne(
    scope,
    'select id, area from fascicolo_documento where ente_id = $1 and fascicolo_id = $2 and documento_id = $3 and tolto_il is null',
    [scope.ente.id, fascicoloId, documentoId],
  )
}
