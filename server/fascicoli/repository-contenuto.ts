import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import type { SoggettoRow } from '../protocollo/index.ts'
import type { Area } from './schema.ts'

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
  /** Its place in the fascicolo, from 1. */
  ordine: number
}

/** A part of the documents of a fascicolo: from a place, at most so many; with or without those of the reserved area. */
export interface Parte {
  readonly da: number
  readonly quanti: number
  readonly riservata: boolean
}

/**
 * The documents of a fascicolo by registration date and number; what is not registered follows, in order of filing. All of them unless a part is asked: of the others only
 * the keys of the order are read.
 */
export async function findDocumenti(scope: Scope, fascicoloId: string, parte?: Parte): Promise<DocumentoInFascicolo[]> {
  return await query<DocumentoInFascicolo>(
    scope,
    `with p as materialized (
       select fd.id, fd.documento_id, fd.area, fd.inserito_il, r.id as registrazione_id, r.tipo, r.giorno, r.numero, r.istante
         from fascicolo_documento fd left join registrazione r on r.ente_id = fd.ente_id and r.documento_id = fd.documento_id
        where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.tolto_il is null and ($3 or fd.area = 'comune')
        order by ${ORDINE('r', 'fd')} limit $4 offset $5),
     n as materialized (select p.*, ($5::int + row_number() over (order by ${ORDINE('p', 'p')}))::int as ordine from p)
     select n.id, n.documento_id as "documentoId", n.registrazione_id as "registrazioneId",
            case when n.registrazione_id is null then d.oggetto else coalesce(app.oggetto_vigente($1, n.registrazione_id), d.oggetto) end as oggetto, d.tipologia,
            d.riservatezza, n.tipo as "tipoRegistrazione", n.area, n.inserito_il as "inseritoIl", n.ordine
       from n join documento d on d.ente_id = $1 and d.id = n.documento_id order by n.ordine`,
    [scope.ente.id, fascicoloId, parte?.riservata ?? true, parte?.quanti ?? null, parte?.da ?? 0],
  )
}

// Registered documents first, in the order of the register; the others as they were filed.
const ORDINE = (r: string, fd: string): string => `${r}.giorno nulls last, ${r}.numero, ${r}.istante, ${fd}.inserito_il, ${fd}.id`

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

/** What was done to the fascicolo and its documents, newest first; reads are not changes and stay in the trail. Of reserved documents only when asked. */
export async function findStoria(scope: Scope, fascicoloId: string, riservata: boolean): Promise<FattoRow[]> {
  return await query(
    scope,
    `select istante, azione, attore_nome as attore, dati from evento_audit e
      where ente_id = $1 and fascicolo_id = $2 and azione not like '%-letto' and azione not like '%-letti' and azione not like '%-letta'
        and ($3 or e.documento_id is null or not exists (select 1 from fascicolo_documento fd where fd.ente_id = e.ente_id and fd.fascicolo_id = e.fascicolo_id
              and fd.documento_id = e.documento_id and fd.area = 'riservata'))
      order by istante desc, id desc limit 200`,
    [scope.ente.id, fascicoloId, riservata],
  )
}

/** How many documents a fascicolo holds now, with or without those of the reserved area. */
export async function countDocumenti(scope: Scope, fascicoloId: string, riservata: boolean): Promise<number> {
  const row = await queryOne<{ n: number }>(
    scope,
    `select count(*)::int as n from fascicolo_documento where ente_id = $1 and fascicolo_id = $2 and tolto_il is null and ($3 or area = 'comune')`,
    [scope.ente.id, fascicoloId, riservata],
  )
  return row?.n ?? 0
}

/** A document of the fascicolo that is in no protocol register, or null. */
export async function findNonRegistrato(
  scope: Scope,
  fascicoloId: string,
  documentoId: string,
): Promise<{ riservatezza: string; area: Area } | null> {
  return await queryOne(
    scope,
    `select d.riservatezza, fd.area from fascicolo_documento fd join documento d on d.ente_id = fd.ente_id and d.id = fd.documento_id
      where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.documento_id = $3 and fd.tolto_il is null
        and not exists (select 1 from registrazione r where r.ente_id = d.ente_id and r.documento_id = d.id)`,
    [scope.ente.id, fascicoloId, documentoId],
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
