import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'

/** An emergency register with its AOO and the general register its rows go into. */
export interface RegistroEmergenzaRow {
  id: string
  codice: string
  sede: string
  aooId: string
  aooCodice: string
  aooDenominazione: string
  /** General register in use of the same AOO; null when it has none. */
  registroId: string | null
}

const REGISTRO = `g.id, g.codice, g.sede, g.aoo_id as "aooId", a.codice as "aooCodice", a.denominazione as "aooDenominazione",
  (select r.id from registro r where r.ente_id = g.ente_id and r.aoo_id = g.aoo_id and r.generale and r.attivo) as "registroId"`
const FROM_REGISTRO = 'from registro_emergenza g join aoo a on a.ente_id = g.ente_id and a.id = g.aoo_id'

/** Every emergency register of the ente, by code. */
export async function findRegistri(scope: Scope): Promise<RegistroEmergenzaRow[]> {
  return await query<RegistroEmergenzaRow>(scope, `select ${REGISTRO} ${FROM_REGISTRO} where g.ente_id = $1 order by g.codice`, [
    scope.ente.id,
  ])
}

/** One register, kept from every other opening, series or recovery until the transaction ends. */
export async function lockRegistroEmergenza(tx: TxScope, id: string): Promise<RegistroEmergenzaRow | null> {
  // A row that never changes cannot be locked for update by this role: the lock is on its name.
  await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 63))', [`${tx.ente.id}:${id}`])
  return await queryOne<RegistroEmergenzaRow>(tx, `select ${REGISTRO} ${FROM_REGISTRO} where g.ente_id = $1 and g.id = $2`, [
    tx.ente.id,
    id,
  ])
}

export interface AperturaRow {
  id: string
  registroId: string
  codice: string
  sede: string
  causa: string
  inizio: Date
  provvedimento: string
  autorizzataDa: string
  origine: string
  ripristino: Date | null
  chiusaDa: string | null
  righeDichiarate: number | null
  recuperataIl: Date | null
  derogaMotivo: string | null
  derogaIl: Date | null
  derogaDa: string | null
  righe: number
}

const APERTURA = `p.id, p.registro_emergenza_id as "registroId", g.codice, g.sede, p.causa, p.inizio, p.provvedimento, p.autorizzata_da as "autorizzataDa", p.origine, p.ripristino,
  p.chiusa_da as "chiusaDa", p.righe_dichiarate as "righeDichiarate", p.recuperata_il as "recuperataIl", p.deroga_motivo as "derogaMotivo", p.deroga_il as "derogaIl", p.deroga_da as "derogaDa",
  (select count(*)::int from riga_emergenza r where r.ente_id = p.ente_id and r.apertura_id = p.id) as righe`
const FROM_APERTURA = 'from apertura_emergenza p join registro_emergenza g on g.ente_id = p.ente_id and g.id = p.registro_emergenza_id'

/** Openings, the latest first; of one register when it is named. */
export async function findAperture(scope: Scope, registroId: string | null = null): Promise<AperturaRow[]> {
  return await query<AperturaRow>(
    scope,
    `select ${APERTURA} ${FROM_APERTURA} where p.ente_id = $1 and ($2::uuid is null or p.registro_emergenza_id = $2) order by p.inizio desc, g.codice`,
    [scope.ente.id, registroId],
  )
}

/** One opening, locked. */
export async function lockApertura(tx: TxScope, id: string): Promise<AperturaRow | null> {
  return await queryOne<AperturaRow>(tx, `select ${APERTURA} ${FROM_APERTURA} where p.ente_id = $1 and p.id = $2 for update of p`, [
    tx.ente.id,
    id,
  ])
}

export interface AutorizzazioneRow {
  aperturaId: string
  tipo: string
  provvedimento: string
  autorizzataDa: string
  dal: Date
  al: Date
}

/** Authorisations of some openings in the order of time. */
export async function findAutorizzazioni(scope: Scope, aperturaIds: readonly string[]): Promise<AutorizzazioneRow[]> {
  return await query<AutorizzazioneRow>(
    scope,
    `select apertura_id as "aperturaId", tipo, provvedimento, autorizzata_da as "autorizzataDa", dal, al from autorizzazione_emergenza
      where ente_id = $1 and apertura_id = any($2::uuid[]) order by dal, al`,
    [scope.ente.id, aperturaIds],
  )
}

export interface GiornataRow {
  aperturaId: string
  giorno: string
  totale: number
}

/** Day totals of some openings. */
export async function findGiornate(scope: Scope, aperturaIds: readonly string[]): Promise<GiornataRow[]> {
  return await query<GiornataRow>(
    scope,
    `select apertura_id as "aperturaId", to_char(giorno, 'YYYY-MM-DD') as giorno, totale from giornata_emergenza
      where ente_id = $1 and apertura_id = any($2::uuid[]) order by giorno`,
    [scope.ente.id, aperturaIds],
  )
}

export interface SerieRow {
  id: string
  registroId: string
  codice: string
  sede: string
  dispositivo: string
  provvedimento: string
  stato: string
  anno: number
  primo: number
  documento: string | null
  firma: string | null
  autorizzataIl: Date
  autorizzataDa: string
  attivataIl: Date | null
  attivataDa: string | null
  revocataIl: Date | null
  motivoRevoca: string | null
}

const SERIE = `s.id, s.registro_emergenza_id as "registroId", g.codice, g.sede, s.dispositivo, s.provvedimento, s.stato, s.anno, s.primo, s.documento, s.firma,
  s.autorizzata_il as "autorizzataIl", s.autorizzata_da as "autorizzataDa", s.attivata_il as "attivataIl", s.attivata_da as "attivataDa", s.revocata_il as "revocataIl",
  s.motivo_revoca as "motivoRevoca"`
const FROM_SERIE = 'from serie_emergenza s join registro_emergenza g on g.ente_id = s.ente_id and g.id = s.registro_emergenza_id'

/** Every series, the latest of each register first. */
export async function findSerie(scope: Scope): Promise<SerieRow[]> {
  return await query<SerieRow>(scope, `select ${SERIE} ${FROM_SERIE} where s.ente_id = $1 order by g.codice, s.autorizzata_il desc`, [
    scope.ente.id,
  ])
}

/** One series, not locked. */
export async function findSerieById(scope: Scope, id: string): Promise<SerieRow | null> {
  return await queryOne<SerieRow>(scope, `select ${SERIE} ${FROM_SERIE} where s.ente_id = $1 and s.id = $2`, [scope.ente.id, id])
}

/** One series, locked. */
export async function lockSerie(tx: TxScope, id: string): Promise<SerieRow | null> {
  return await queryOne<SerieRow>(tx, `select ${SERIE} ${FROM_SERIE} where s.ente_id = $1 and s.id = $2 for update of s`, [tx.ente.id, id])
}

/** Last progressive recovered of a register in a year; 0 when none (REQ-PROT-083). */
export async function findUltimo(scope: Scope, registroId: string, anno: number): Promise<number> {
  const row = await queryOne<{ ultimo: number }>(
    scope,
    'select coalesce(max(progressivo), 0)::int as ultimo from riga_emergenza where ente_id = $1 and registro_emergenza_id = $2 and anno = $3',
    [scope.ente.id, registroId, anno],
  )
  return row?.ultimo ?? 0
}

/** A row already recovered, with the ordinary registration it became. */
export interface RigaRow {
  numero: string
  istante: Date
  impronta: string
  codice: string
  registrazioneId: string
  anno: number
  protocollo: number
  istanteRegistrazione: Date
  recuperoId: string
}

const RIGA = `e.numero, e.istante, e.impronta, e.codice, e.registrazione_id as "registrazioneId", r.anno, r.numero as protocollo, r.istante as "istanteRegistrazione",
  e.recupero_id as "recuperoId"`
const FROM_RIGA = 'from riga_emergenza e join registrazione r on r.ente_id = e.ente_id and r.id = e.registrazione_id'

/** Rows recovered of a register, by number. */
export async function findRighe(scope: Scope, registroId: string): Promise<Map<string, RigaRow>> {
  const rows = await query<RigaRow>(scope, `select ${RIGA} ${FROM_RIGA} where e.ente_id = $1 and e.registro_emergenza_id = $2`, [
    scope.ente.id,
    registroId,
  ])
  return new Map(rows.map((r) => [r.numero, r]))
}

/** The row with an emergency number, or null. */
export async function findRiga(scope: Scope, numero: string): Promise<RigaRow | null> {
  return await queryOne<RigaRow>(scope, `select ${RIGA} ${FROM_RIGA} where e.ente_id = $1 and e.numero = $2`, [scope.ente.id, numero])
}

/** One reading of the legal clock. */
export async function readClock(tx: TxScope): Promise<Date> {
  const row = await queryOne<{ istante: Date }>(tx, 'select app.istante() as istante')
  return (row as { istante: Date }).istante
}

/** True while the general register of some AOO of the ente waits for a recovery. */
export async function isSospeso(scope: Scope): Promise<boolean> {
  const row = await queryOne(scope, 'select 1 from contatore_registro where ente_id = $1 and sospeso limit 1', [scope.ente.id])
  return row !== null
}
