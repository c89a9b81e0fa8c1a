import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, json, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { findCondizioni } from '../condizioni.ts'
import type { Condizione } from '../condizioni.ts'
import { chiaveGiaUsata, datiDaCorreggere, registrazioneAssente } from '../errors.ts'
import { datoAssente, datoAutomatico, giaAnnullata, richiestaPendente, valoreUguale } from '../errors-atti.ts'
import { claimKey, findSoggetti, lockRegistro } from '../repository.ts'
import type { RegistrazioneRow } from '../repository.ts'
import { soggettoErrors } from '../controlli.ts'
import { digestRequest } from '../rules.ts'
import type { AnnullamentoIn, RettificaIn } from '../schema/atti.ts'
import type { CampoRettificabile } from '../schema/condizione.ts'
import { correct, describeSoggetto, findSoggetto, soggettoOf, valueOf } from '../vigente.ts'
import { findVisibleById } from './read.ts'

/** The clock of legal instants, read while the register's counter is locked: decisions follow one another as their instants do. */
export async function legalInstant(tx: TxScope): Promise<string> {
  const row = await queryOne<{ istante: string }>(
    tx,
    `select to_char(app.istante() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as istante`,
  )
  return row?.istante ?? ''
}

/** Takes the register's counter, so that requests and decisions on a registration follow one another; then its state in force. */
async function lockCondizione(tx: TxScope, r: Pick<RegistrazioneRow, 'id' | 'registroId'>): Promise<Condizione> {
  await lockRegistro(tx, r.registroId)
  const condizione = (await findCondizioni(tx, [r.id])).get(r.id)
  if (condizione === undefined) throw registrazioneAssente()
  if (condizione.annullata !== null) throw giaAnnullata()
  return condizione
}

/** The id given earlier for the same key, or null: the key is taken for `id`. Throws RuleViolation for a key used otherwise. */
async function repeated(tx: TxScope, operazione: string, chiave: string, richiesta: unknown, id: string): Promise<string | null> {
  const digest = digestRequest(richiesta)
  const earlier = await claimKey(tx, operazione, chiave, digest, id)
  if (earlier !== null && earlier.richiesta !== digest) throw chiaveGiaUsata()
  return earlier?.risultatoId ?? null
}

/**
 * Asks that a whole registration be annulled, because a datum of class A is wrong (REQ-PROT-046). Nothing changes until it is authorised (REQ-PROT-049).
 * Answers the id of the request. Throws NotFound, RuleViolation when it is annulled already or another request waits.
 */
export async function requestAnnullamento(scope: Scope, registrazioneId: string, input: AnnullamentoIn, chiave: string): Promise<string> {
  const r = await findVisibleById(scope, registrazioneId)
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const earlier = await repeated(tx, 'annullamento', chiave, { registrazioneId, input }, id)
    if (earlier !== null) return earlier
    await lockCondizione(tx, r)
    if (await hasPendente(tx, 'annullamento', registrazioneId)) throw richiestaPendente()
    await insertRows(tx, 'annullamento', [{ id, registrazione_id: r.id, motivo: input.motivo, ...(await chi(tx)) }])
    record(tx, r, { azione: 'annullamento-richiesto', dopo: { richiesta: id, stato: 'RICHIESTO' }, motivo: input.motivo })
    return id
  })
}

async function chi(tx: TxScope): Promise<Record<string, string>> {
  return { richiesto_il: await legalInstant(tx), richiedente_id: tx.attore.id, richiedente_nome: tx.attore.nome }
}

async function hasPendente(
  tx: TxScope,
  tabella: 'annullamento' | 'rettifica',
  registrazioneId: string,
  campo?: CampoRettificabile,
  posizione = 0,
): Promise<boolean> {
  const field = campo === undefined ? '' : ' and q.campo = $3 and q.posizione = $4'
  const row = await queryOne(
    tx,
    `select 1 from ${tabella} q where q.ente_id = $1 and q.registrazione_id = $2${field} and not exists (select 1 from decisione_atto d where d.ente_id = q.ente_id and d.id = q.id) limit 1`,
    campo === undefined ? [tx.ente.id, registrazioneId] : [tx.ente.id, registrazioneId, campo, posizione],
  )
  return row !== null
}

/**
 * Asks that one datum of class B be annulled and replaced by the right one (REQ-PROT-045). The value in force is taken as the one to annul, so that
 * repeated corrections make one readable chain. Answers the id of the request. Throws NotFound, InvalidInput, RuleViolation.
 */
export async function requestRettifica(scope: Scope, registrazioneId: string, input: RettificaIn, chiave: string): Promise<string> {
  const r = await findVisibleById(scope, registrazioneId)
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const earlier = await repeated(tx, 'rettifica', chiave, { registrazioneId, input }, id)
    if (earlier !== null) return earlier
    const condizione = await lockCondizione(tx, r)
    const posizione = 'posizione' in input ? input.posizione : 0
    if (await hasPendente(tx, 'rettifica', registrazioneId, input.campo, posizione)) throw richiestaPendente()
    const valori = await compare(tx, r, condizione, input, posizione)
    await insertRows(tx, 'rettifica', [
      {
        id,
        registrazione_id: r.id,
        campo: input.campo,
        posizione,
        valore_annullato: valori.annullato,
        valore_corretto: valori.corretto,
        dati: valori.dati === null ? null : json(valori.dati),
        motivo: input.motivo,
        ...(await chi(tx)),
      },
    ])
    record(tx, r, {
      azione: 'rettifica-richiesta',
      prima: { [input.campo]: valori.annullato },
      dopo: { [input.campo]: valori.corretto, richiesta: id, stato: 'RICHIESTO' },
      motivo: input.motivo,
    })
    return id
  })
}

interface Valori {
  readonly annullato: string
  readonly corretto: string
  readonly dati: { readonly annullato: unknown; readonly corretto: unknown } | null
}

/** The value in force and the one that would take its place. */
async function compare(tx: TxScope, r: RegistrazioneRow, c: Condizione, input: RettificaIn, posizione: number): Promise<Valori> {
  // An instant certified by the message or by the portal is a datum of class A.
  if (input.campo === 'dataArrivo' && (r.mezzo === 'PEC' || r.mezzo === 'PORTALE')) throw datoAutomatico()
  if (input.campo.toLowerCase().includes('mittente') && r.tipo !== 'E') throw datoAssente()
  const vigente = correct({ row: r, soggetti: await findSoggetti(tx, r.id) }, c.correzioni)
  const annullato = valueOf(vigente, input.campo, posizione)
  if (annullato === null) throw datoAssente()
  if ('soggetto' in input) {
    const campi = soggettoErrors(input.soggetto, 'soggetto')
    if (campi.length > 0) throw datiDaCorreggere(campi)
    const before = findSoggetto(vigente.soggetti, input.campo, posizione)
    const dati = { annullato: before === undefined ? null : soggettoOf(before), corretto: input.soggetto }
    if (dati.annullato !== null && describeSoggetto(dati.annullato) === describeSoggetto(input.soggetto)) throw valoreUguale()
    const corretto = input.soggetto.tipo === 'PF' ? `${input.soggetto.cognome} ${input.soggetto.nome}` : input.soggetto.denominazione
    return { annullato, corretto, dati }
  }
  const corretto = input.campo === 'dataArrivo' ? new Date(input.valore).toISOString() : input.valore
  if (input.campo.startsWith('data') && corretto !== '' && corretto.slice(0, 10) > r.giorno)
    throw datiDaCorreggere([{ campo: 'valore', messaggio: 'La data è successiva alla registrazione.' }])
  if (annullato === corretto) throw valoreUguale()
  return { annullato, corretto, dati: null }
}

/** Writes a fact on a registration into its register's chain: the counter must be locked. */
export function record(
  tx: TxScope,
  r: RegistrazioneRow,
  fact: { readonly azione: string; readonly prima?: unknown; readonly dopo: unknown; readonly motivo: string },
): void {
  tx.audit({ ...fact, oggettoTipo: 'registrazione', oggettoId: r.id, documentoId: r.documentoId, registroId: r.registroId })
}
