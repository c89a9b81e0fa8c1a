import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { FASCICOLO, FROM, visibleCondition } from './repository.ts'
import type { FascicoloRow } from './repository.ts'
import type { Area } from './schema-base.ts'
import type { MovimentoDto, TipoCollegamento } from './schema-contorno.ts'

/** Some fascicoli by id, of those this person sees; the others are simply not in the answer. */
export async function findVisibili(scope: Scope, ids: readonly string[]): Promise<Map<string, FascicoloRow>> {
  if (ids.length === 0) return new Map()
  const binds: unknown[] = [scope.ente.id, [...new Set(ids)]]
  const visible = visibleCondition(scope, (value) => `$${binds.push(value)}`)
  const rows = await query<FascicoloRow>(
    scope,
    `select ${FASCICOLO} ${FROM} where f.ente_id = $1 and f.id = any($2::uuid[]) and ${visible}`,
    binds,
  )
  return new Map(rows.map((r) => [r.id, r]))
}

/** Ids of the parts of a fascicolo, in the order they were opened. */
export async function findParti(scope: Scope, fascicoloId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    scope,
    'select id from fascicolo where ente_id = $1 and fascicolo_padre_id = $2 order by progressivo',
    [scope.ente.id, fascicoloId],
  )
  return rows.map((r) => r.id)
}

export interface CollegamentoRow {
  id: string
  altroId: string
  tipo: TipoCollegamento
  motivo: string
}

/** Links in force, as read from this fascicolo: `presupposto` written on the other side is `conseguente` here. */
export async function findCollegamenti(scope: Scope, fascicoloId: string): Promise<CollegamentoRow[]> {
  return await query<CollegamentoRow>(
    scope,
    `select id, case when fascicolo_id = $2 then altro_id else fascicolo_id end as "altroId",
            case when fascicolo_id = $2 then tipo when tipo = 'presupposto' then 'conseguente' when tipo = 'conseguente' then 'presupposto' else tipo end as tipo, motivo
       from fascicolo_collegamento where ente_id = $1 and $2 in (fascicolo_id, altro_id) and tolto_il is null order by creato_il, id`,
    [scope.ente.id, fascicoloId],
  )
}

export interface CartaceoRow {
  id: string
  oggetto: string
  tipologia: string
  dataDocumento: string | null
  consistenza: string
  posizioneFisica: string
  area: Area
  copiaDocumentoId: string | null
  inseritoIl: Date
  inseritoDa: string
}

/** Papers kept by reference, in order of filing; those of the reserved area only when asked. */
export async function findCartacei(scope: Scope, fascicoloId: string, riservata: boolean): Promise<CartaceoRow[]> {
  return await query<CartaceoRow>(
    scope,
    `select id, oggetto, tipologia, to_char(data_documento, 'YYYY-MM-DD') as "dataDocumento", consistenza, posizione_fisica as "posizioneFisica", area,
            copia_documento_id as "copiaDocumentoId", inserito_il as "inseritoIl", inserito_da as "inseritoDa"
       from documento_cartaceo where ente_id = $1 and fascicolo_id = $2 and tolto_il is null and ($3 or area = 'comune') order by inserito_il, id`,
    [scope.ente.id, fascicoloId, riservata],
  )
}

export interface TracciaRow {
  oggetto: string
  numero: number | null
  anno: number | null
  riservato: boolean
  quando: Date
  chi: string
  motivo: string
  altroId: string | null
}

const TRACCIA = `coalesce(app.oggetto_vigente(r.ente_id, r.id), d.oggetto) as oggetto, r.numero, r.anno, app.documento_riservato(d.ente_id, d.id) as riservato`
const TRACCIA_FROM = `from fascicolo_documento fd join documento d on d.ente_id = fd.ente_id and d.id = fd.documento_id
  left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id`

/** Documents that left the fascicolo, newest first (REQ-FASC-017). */
export async function findUsciti(scope: Scope, fascicoloId: string, riservata: boolean): Promise<TracciaRow[]> {
  return await query<TracciaRow>(
    scope,
    `select ${TRACCIA}, fd.tolto_il as quando, coalesce(fd.tolto_da, '') as chi, coalesce(fd.motivo_rimozione, '') as motivo, fd.destinazione_id as "altroId" ${TRACCIA_FROM}
      where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.tolto_il is not null and ($3 or fd.area = 'comune') order by fd.tolto_il desc limit 200`,
    [scope.ente.id, fascicoloId, riservata],
  )
}

/** Documents that came here from another fascicolo, newest first. */
export async function findEntrati(scope: Scope, fascicoloId: string, riservata: boolean): Promise<TracciaRow[]> {
  return await query<TracciaRow>(
    scope,
    `select ${TRACCIA}, fd.inserito_il as quando, fd.inserito_da as chi, '' as motivo, fd.provenienza_id as "altroId" ${TRACCIA_FROM}
      where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.provenienza_id is not null and ($3 or fd.area = 'comune') order by fd.inserito_il desc limit 200`,
    [scope.ente.id, fascicoloId, riservata],
  )
}

export interface MovimentoRow {
  id: string
  fascicoloId: string
  tipo: MovimentoDto['tipo']
  stato: MovimentoDto['stato']
  daUfficioId: string | null
  daUfficio: string | null
  aUfficioId: string | null
  aUfficio: string | null
  responsabileId: string | null
  responsabile: string | null
  destinatario: string | null
  destinatarioCodiceIpa: string | null
  motivo: string
  richiestoDa: string
  richiestoIl: Date
  decisoDa: string | null
  decisoIl: Date | null
  nota: string | null
  pacchettoContenutoId: string | null
  impronta: string | null
  documenti: number | null
  esclusi: number | null
  conRiservati: boolean | null
  lavoroId: string | null
  uscitaAnno: number | null
  uscitaNumero: number | null
  esitoFascicolo: 'chiuso' | 'continua' | null
  entrataAnno: number | null
  entrataNumero: number | null
  riscontroDa: string | null
  riscontroIl: Date | null
  riscontroNota: string | null
}

export const MOVIMENTO = `m.id, m.fascicolo_id as "fascicoloId", m.tipo, m.stato, m.da_ufficio_id as "daUfficioId", du.denominazione as "daUfficio", m.a_ufficio_id as "aUfficioId", au.denominazione as "aUfficio",
  m.responsabile_id as "responsabileId", o.nome || ' ' || o.cognome as responsabile, m.destinatario, m.destinatario_codice_ipa as "destinatarioCodiceIpa", m.motivo, m.richiesto_da_nome as "richiestoDa",
  m.richiesto_il as "richiestoIl", m.deciso_da_nome as "decisoDa", m.deciso_il as "decisoIl", m.nota, m.pacchetto_contenuto_id as "pacchettoContenutoId", m.impronta, m.documenti,
  m.esclusi, m.con_riservati as "conRiservati", m.lavoro_id as "lavoroId", ru.anno as "uscitaAnno", ru.numero as "uscitaNumero", m.esito_fascicolo as "esitoFascicolo",
  re.anno as "entrataAnno", re.numero as "entrataNumero", m.riscontro_da_nome as "riscontroDa", m.riscontro_il as "riscontroIl", m.riscontro_nota as "riscontroNota"`
export const MOVIMENTO_FROM = `from fascicolo_movimento m left join ufficio du on du.ente_id = m.ente_id and du.id = m.da_ufficio_id
  left join ufficio au on au.ente_id = m.ente_id and au.id = m.a_ufficio_id left join operatore o on o.id = m.responsabile_id
  left join registrazione ru on ru.ente_id = m.ente_id and ru.id = m.registrazione_uscita_id left join registrazione re on re.ente_id = m.ente_id and re.id = m.registrazione_entrata_id`

/** Movements of a fascicolo, newest first. */
export async function findMovimenti(scope: Scope, fascicoloId: string): Promise<MovimentoRow[]> {
  return await query<MovimentoRow>(
    scope,
    `select ${MOVIMENTO} ${MOVIMENTO_FROM} where m.ente_id = $1 and m.fascicolo_id = $2 order by m.richiesto_il desc, m.id desc limit 100`,
    [scope.ente.id, fascicoloId],
  )
}

/** A movement of a fascicolo, or null. */
export async function findMovimento(scope: Scope, fascicoloId: string, id: string): Promise<MovimentoRow | null> {
  return await queryOne<MovimentoRow>(
    scope,
    `select ${MOVIMENTO} ${MOVIMENTO_FROM} where m.ente_id = $1 and m.fascicolo_id = $2 and m.id = $3`,
    [scope.ente.id, fascicoloId, id],
  )
}

export interface RiaperturaRow {
  riapertoIl: Date
  riapertoDa: string
  motivo: string
  chiusoIl: string
  esito: string
  idPdv: string | null
}

/** Reopenings, newest first (REQ-FASC-042). */
export async function findRiaperture(scope: Scope, fascicoloId: string): Promise<RiaperturaRow[]> {
  return await query<RiaperturaRow>(
    scope,
    `select riaperto_il as "riapertoIl", riaperto_da_nome as "riapertoDa", motivo, chiuso_il as "chiusoIl", esito, id_pdv as "idPdv"
       from fascicolo_riapertura where ente_id = $1 and fascicolo_id = $2 order by riaperto_il desc, id desc`,
    [scope.ente.id, fascicoloId],
  )
}

/** Offices and people that are or were let into the reserved area, with their dates. */
export async function findAmmessi(
  scope: Scope,
  fascicoloId: string,
): Promise<{ id: string; chi: string; motivo: string; dal: Date; al: Date | null }[]> {
  return await query(
    scope,
    `select a.id, coalesce(u.denominazione, o.nome || ' ' || o.cognome) as chi, a.motivo, a.dal, a.al from fascicolo_ammesso a left join ufficio u on u.ente_id = a.ente_id and u.id = a.ufficio_id
       left join operatore o on o.id = a.operatore_id where a.ente_id = $1 and a.fascicolo_id = $2 order by a.dal, a.id limit 200`,
    [scope.ente.id, fascicoloId],
  )
}

/** How deep this ente divides its fascicoli: 1 sottofascicoli, 2 inserti too (REQ-FASC-030). */
export async function findLivelli(scope: Scope): Promise<number> {
  const row = await queryOne<{ livelli: number }>(scope, 'select livelli from impostazioni_fascicoli where ente_id = $1', [scope.ente.id])
  return row?.livelli ?? 1
}
