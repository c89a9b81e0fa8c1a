import type { ChainLink } from '../kernel/audit.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import type { SoggettoRow } from './rules.ts'

/** A register with its AOO: what the segnatura and the number need. */
export interface RegistroRow {
  id: string
  codice: string
  aooId: string
  aooCodice: string
  aooDenominazione: string
  aooIndirizzo: string
}

/** The given active register, or the general one of the default AOO. */
export async function findRegistro(scope: Scope, registroId: string | null): Promise<RegistroRow | null> {
  return await queryOne<RegistroRow>(
    scope,
    `select r.id, r.codice, a.id as "aooId", a.codice as "aooCodice", a.denominazione as "aooDenominazione", a.domicilio_digitale as "aooIndirizzo"
       from registro r join aoo a on a.ente_id = r.ente_id and a.id = r.aoo_id
      where r.ente_id = $1 and r.attivo and ($2::uuid = r.id or ($2::uuid is null and r.generale and a.predefinita))`,
    [scope.ente.id, registroId],
  )
}

export interface UfficioRow {
  id: string
  codice: string
  denominazione: string
  indirizzoDigitale: string
}

/** Offices of this ente by id that are open today. */
export async function findUfficiAttivi(scope: Scope, ids: readonly string[]): Promise<Map<string, UfficioRow>> {
  if (ids.length === 0) return new Map()
  const rows = await query<UfficioRow>(
    scope,
    `select id, codice, denominazione, indirizzo_digitale as "indirizzoDigitale" from ufficio where ente_id = $1 and id = any($2::uuid[]) and al is null`,
    [scope.ente.id, ids],
  )
  return new Map(rows.map((r) => [r.id, r]))
}

/** True when the person has an appointment today in the office. */
export async function isIncaricato(scope: Scope, operatoreId: string, ufficioId: string): Promise<boolean> {
  const row = await queryOne(
    scope,
    `select 1 from incarico where ente_id = $1 and operatore_id = $2 and ufficio_id = $3 and dal <= (now() at time zone 'Europe/Rome')::date
        and (al is null or al >= (now() at time zone 'Europe/Rome')::date) limit 1`,
    [scope.ente.id, operatoreId, ufficioId],
  )
  return row !== null
}

/**
 * Claims an idempotency key for a result that does not exist yet. Null: the key is ours. Otherwise the earlier request with that key, after waiting for it
 * to commit when it is still running (REQ-PROT-037).
 */
export async function claimKey(
  tx: TxScope,
  operazione: string,
  chiave: string,
  richiesta: string,
  risultatoId: string,
): Promise<{ richiesta: string; risultatoId: string } | null> {
  const mine = await queryOne(
    tx,
    `insert into chiave_idempotenza (ente_id, operazione, chiave, richiesta, risultato_id, creata_il) values ($1, $2, $3, $4, $5, clock_timestamp())
     on conflict do nothing returning 1 as mia`,
    [tx.ente.id, operazione, chiave, richiesta, risultatoId],
  )
  if (mine !== null) return null
  return await queryOne<{ richiesta: string; risultatoId: string }>(
    tx,
    `select richiesta, risultato_id as "risultatoId" from chiave_idempotenza where ente_id = $1 and operazione = $2 and chiave = $3`,
    [tx.ente.id, operazione, chiave],
  )
}

/** What the counter gave: number and instant belong together. `istante` keeps the microseconds of the database. */
export interface Numero {
  anno: number
  numero: number
  istante: string
  giorno: string
  ora: string
  catenaProgressivo: number
  catenaImpronta: string | null
}

/** Locks the register's counter and takes the next number. The lock is held until the caller's transaction ends: call it last. */
export async function takeNumero(tx: TxScope, registroId: string): Promise<Numero> {
  const row = await queryOne<Numero>(
    tx,
    `select anno, numero, to_char(istante at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as istante, to_char(giorno, 'YYYY-MM-DD') as giorno,
            to_char(istante at time zone 'Europe/Rome', 'HH24:MI:SS') as ora, coalesce(catena_progressivo, 0)::int as "catenaProgressivo", catena_impronta as "catenaImpronta"
       from app.prendi_numero($1)`,
    [registroId],
  )
  return row as Numero
}

/** The rows that carry the number, in one statement: registration, segnatura, link of the register's chain (decision 13). */
export async function insertNumbered(
  tx: TxScope,
  r: Readonly<Record<string, unknown>> & { id: string },
  segnaturaXml: string,
  link: ChainLink & { impronta: string; documentoId: string; attoreNome: string },
): Promise<void> {
  const columns = Object.keys(r)
  const values: unknown[] = [tx.ente.id, ...columns.map((c) => r[c])]
  const bind = (value: unknown): string => `$${values.push(value)}`
  await query(
    tx,
    `with r as (insert into registrazione (ente_id, ${columns.join(', ')}) values ($1, ${columns.map((_, i) => `$${i + 2}`).join(', ')})),
          s as (insert into segnatura (ente_id, registrazione_id, xml) values ($1, ${bind(r.id)}, ${bind(segnaturaXml)}))
     insert into evento_audit (ente_id, id, istante, attore_tipo, attore_id, attore_nome, azione, oggetto_tipo, oggetto_id, documento_id, dati, richiesta, registro_id, progressivo,
                               impronta_precedente, impronta)
     values ($1, ${bind(link.id)}, ${bind(link.istante)}, ${bind(tx.attore.tipo)}, ${bind(link.attoreId)}, ${bind(link.attoreNome)}, ${bind(link.azione)}, ${bind(link.oggettoTipo)},
             ${bind(link.oggettoId)}, ${bind(link.documentoId)}, ${bind(link.dati)}, ${bind(tx.requestId)}, ${bind(r['registro_id'])}, ${bind(link.progressivo)},
             ${bind(link.improntaPrecedente)}, ${bind(link.impronta)})`,
    values,
  )
}

/** Locks the counter of a register for an act that changes it without a number (assignment, classification): its events are chained under the same lock. */
export async function lockRegistro(tx: TxScope, registroId: string): Promise<void> {
  await query(tx, 'select 1 from contatore_registro where ente_id = $1 and registro_id = $2 for update', [tx.ente.id, registroId])
}

export interface RegistrazioneRow {
  id: string
  registroId: string
  registroCodice: string
  aooId: string
  aooCodice: string
  aooDenominazione: string
  aooIndirizzo: string
  anno: number
  numero: number
  istante: Date
  giorno: string
  tipo: 'E' | 'U' | 'I'
  oggetto: string
  mezzo: string
  dataArrivo: Date | null
  protocolloMittente: string | null
  dataProtocolloMittente: string | null
  documentoId: string
  impronta: string
  segnatura: string
  riservato: boolean
  operatoreId: string
  operatoreNome: string
  note: string
  tipologia: string
  formazione: string
  modalitaFormazione: string
  riservatezza: string
  dataDocumento: string | null
  versione: number
  voceId: string
}

const REGISTRAZIONE = `r.id, r.registro_id as "registroId", g.codice as "registroCodice", a.id as "aooId", a.codice as "aooCodice", a.denominazione as "aooDenominazione",
  a.domicilio_digitale as "aooIndirizzo", r.anno, r.numero, r.istante, to_char(r.giorno, 'YYYY-MM-DD') as giorno, r.tipo, r.oggetto, r.mezzo, r.data_arrivo as "dataArrivo",
  r.protocollo_mittente as "protocolloMittente", to_char(r.data_protocollo_mittente, 'YYYY-MM-DD') as "dataProtocolloMittente", r.documento_id as "documentoId", r.impronta, r.segnatura,
  r.riservato, r.operatore_id as "operatoreId", r.operatore_nome as "operatoreNome", r.note, d.tipologia, d.formazione, d.modalita_formazione as "modalitaFormazione", d.riservatezza,
  to_char(d.data_documento, 'YYYY-MM-DD') as "dataDocumento", d.versione, d.voce_id as "voceId"`
const FROM = `from registrazione r join registro g on g.ente_id = r.ente_id and g.id = r.registro_id join aoo a on a.ente_id = g.ente_id and a.id = g.aoo_id
  join documento d on d.ente_id = r.ente_id and d.id = r.documento_id`

/** A registration by id. */
export async function findById(scope: Scope, id: string): Promise<RegistrazioneRow | null> {
  return await queryOne<RegistrazioneRow>(scope, `select ${REGISTRAZIONE} ${FROM} where r.ente_id = $1 and r.id = $2`, [scope.ente.id, id])
}

/** A registration by year and number in the default AOO's general register. */
export async function findByNumero(scope: Scope, anno: number, numero: number): Promise<RegistrazioneRow | null> {
  return await queryOne<RegistrazioneRow>(
    scope,
    `select ${REGISTRAZIONE} ${FROM} where r.ente_id = $1 and g.generale and a.predefinita and r.anno = $2 and r.numero = $3`,
    [scope.ente.id, anno, numero],
  )
}

/** The registration of a document, or null when it is not registered. */
export async function findByDocumento(scope: Scope, documentoId: string): Promise<RegistrazioneRow | null> {
  return await queryOne<RegistrazioneRow>(scope, `select ${REGISTRAZIONE} ${FROM} where r.ente_id = $1 and r.documento_id = $2`, [
    scope.ente.id,
    documentoId,
  ])
}

/** Correspondents of a registration in their order. */
export async function findSoggetti(scope: Scope, registrazioneId: string): Promise<SoggettoRow[]> {
  return await query<SoggettoRow>(
    scope,
    `select ruolo, posizione, tipo, nome, cognome, denominazione, codice_fiscale as "codiceFiscale", codice_ipa as "codiceIpa", codice_aoo as "codiceAoo",
            denominazione_aoo as "denominazioneAoo", indirizzo_digitale as "indirizzoDigitale"
       from soggetto where ente_id = $1 and registrazione_id = $2 order by ruolo, posizione`,
    [scope.ente.id, registrazioneId],
  )
}
