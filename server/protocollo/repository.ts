import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import type { SoggettoRow } from './soggetti.ts'

/** A register with its AOO: what the segnatura and the number need. */
export interface RegistroRow {
  id: string
  codice: string
  aooId: string
  aooCodice: string
  aooDenominazione: string
  aooIndirizzo: string
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
  ufficioMittenteId: string | null
  ufficioMittente: string | null
  /** The file is still awaited. */
  scansioneAttesa: boolean
  descrizioneCartaceo: string | null
  differimentoAutorizzazione: string | null
  differimentoMotivo: string | null
  differimentoEntroIl: string | null
  emergenzaNumero: string | null
  emergenzaIstante: Date | null
}

const REGISTRAZIONE = `r.id, r.registro_id as "registroId", g.codice as "registroCodice", a.id as "aooId", a.codice as "aooCodice", a.denominazione as "aooDenominazione",
  a.domicilio_digitale as "aooIndirizzo", r.anno, r.numero, r.istante, to_char(r.giorno, 'YYYY-MM-DD') as giorno, r.tipo, r.oggetto, r.mezzo, r.data_arrivo as "dataArrivo",
  r.protocollo_mittente as "protocolloMittente", to_char(r.data_protocollo_mittente, 'YYYY-MM-DD') as "dataProtocolloMittente", r.documento_id as "documentoId", coalesce(z.impronta, r.impronta) as impronta, r.segnatura,
  r.riservato, r.operatore_id as "operatoreId", r.operatore_nome as "operatoreNome", r.note, d.tipologia, d.formazione, d.modalita_formazione as "modalitaFormazione", d.riservatezza,
  to_char(d.data_documento, 'YYYY-MM-DD') as "dataDocumento", d.versione, d.voce_id as "voceId", r.ufficio_mittente_id as "ufficioMittenteId", m.denominazione as "ufficioMittente",
  r.scansione_attesa and z.registrazione_id is null as "scansioneAttesa", r.descrizione_cartaceo as "descrizioneCartaceo", r.differimento_autorizzazione as "differimentoAutorizzazione",
  r.differimento_motivo as "differimentoMotivo", to_char(r.differimento_entro_il, 'YYYY-MM-DD') as "differimentoEntroIl", r.emergenza_numero as "emergenzaNumero",
  r.emergenza_istante as "emergenzaIstante"`
const FROM = `from registrazione r join registro g on g.ente_id = r.ente_id and g.id = r.registro_id join aoo a on a.ente_id = g.ente_id and a.id = g.aoo_id
  join documento d on d.ente_id = r.ente_id and d.id = r.documento_id left join ufficio m on m.ente_id = r.ente_id and m.id = r.ufficio_mittente_id
  left join scansione z on z.ente_id = r.ente_id and z.registrazione_id = r.id`

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
            denominazione_aoo as "denominazioneAoo", indirizzo_digitale as "indirizzoDigitale", per_conoscenza as "perConoscenza", canale
       from soggetto where ente_id = $1 and registrazione_id = $2 order by ruolo, posizione`,
    [scope.ente.id, registrazioneId],
  )
}

/** A link as the page of one of its two registrations shows it. */
export interface CollegamentoRow {
  id: string
  anno: number
  numero: number
  tipo: 'risposta' | 'provvedimento' | 'sostituisce' | 'stesso-documento' | 'correlata'
  verso: 'uscente' | 'entrante'
}

/** Links of a registration, both ways, oldest first: numbers only, because what the other one says may not be everybody's to read. */
export async function findCollegamenti(scope: Scope, registrazioneId: string): Promise<CollegamentoRow[]> {
  return await query<CollegamentoRow>(
    scope,
    `select r.id, r.anno, r.numero, c.tipo, case when c.registrazione_id = $2 then 'uscente' else 'entrante' end as verso
       from collegamento c join registrazione r on r.ente_id = c.ente_id and r.id = case when c.registrazione_id = $2 then c.collegata_id else c.registrazione_id end
      where c.ente_id = $1 and (c.registrazione_id = $2 or c.collegata_id = $2) order by c.creato_il, c.id`,
    [scope.ente.id, registrazioneId],
  )
}
