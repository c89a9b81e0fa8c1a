import type { Ports } from '../../kernel/endpoint.ts'
import { inReadTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { fileDocumentoWithin } from '../../fascicoli/index.ts'
import {
  chiaveGiaUsata,
  completeSigillo,
  datiDaCorreggere,
  findById,
  inTurno,
  nuovaRegistrazione,
  presentById,
  registerWithin,
  translate,
} from '../../protocollo/index.ts'
import type { NuovaRegistrazione, RegistrazioneDto } from '../../protocollo/index.ts'
import { findVociById } from '../../titolario/index.ts'
import { protocollazioneNonConsentita, statoNonAmmesso } from '../errors.ts'
import { canProtocolla } from '../policy.ts'
import { updateBozza } from '../repository.ts'
import type { BozzaRow } from '../repository.ts'
import { isDocumentoPronto, toRichiesta, vistaOf } from '../rules.ts'
import { findVisibleBozza, lockFor } from './draft.ts'

/**
 * Gives a draft its number, at the very end: registration with segnatura, link to what it answers, place in the fascicolo and end of the draft in one
 * transaction (REQ-PROT-035). The document is the one prepared or signed here, byte for byte (REQ-PROT-028). A draft already registered answers with its
 * registration, whatever the key. Throws InvalidInput with every missing field, Forbidden for who sends drafts to the protocol office, RuleViolation for a
 * document not yet prepared or signed, Conflict for a version that is not the last; no number is consumed.
 */
export async function registerBozza(scope: Scope, id: string, versione: number, chiave: string, ports: Ports): Promise<RegistrazioneDto> {
  const before = await inReadTransaction(scope, async (s) => await findVisibleBozza(s, id))
  if (!canProtocolla(scope.attore, vistaOf(before))) throw protocollazioneNonConsentita()
  if (before.registrazioneId !== null) return await answer(scope, before.registrazioneId, ports)
  let registrazioneId: string
  try {
    registrazioneId = await inTurno(scope, async (tx) => await registerBozzaWithin(tx, id, versione, chiave))
  } catch (error) {
    const after = await inReadTransaction(scope, async (s) => await findVisibleBozza(s, id))
    // The same draft registered meanwhile, by a repetition or by a colleague: one draft has one number.
    if (after.registrazioneId === null) throw translate(error)
    registrazioneId = after.registrazioneId
  }
  return await answer(scope, registrazioneId, ports)
}

async function answer(scope: Scope, registrazioneId: string, ports: Ports): Promise<RegistrazioneDto> {
  await completeSigillo(scope, registrazioneId, ports)
  return await presentById(scope, registrazioneId)
}

async function registerBozzaWithin(tx: TxScope, id: string, versione: number, chiave: string): Promise<string> {
  const row = await lockFor(tx, id, 'protocolla', versione, 'il documento va prima preparato e, se serve, firmato')
  if (!isDocumentoPronto(row)) throw statoNonAmmesso(row.stato, 'prepara il documento prima di protocollarlo')
  const nuova = toNuova({ ...row, dati: { ...row.dati, voceId: await voceOf(tx, row) } })
  const { id: registrazioneId, ripetuta } = await registerWithin(tx, nuova, chiave, { contenutiDelSistema: true })
  // The key belongs to a registration that did not come from this draft.
  if (ripetuta) throw chiaveGiaUsata()
  if (row.fascicoloId !== null) await fileRegistrata(tx, row.fascicoloId, registrazioneId)
  await updateBozza(tx, id, { stato: 'PROTOCOLLATA', registrazione_id: registrazioneId })
  tx.audit({
    azione: 'bozza-protocollata',
    oggettoTipo: 'bozza',
    oggettoId: id,
    prima: { stato: row.stato },
    dopo: { stato: 'PROTOCOLLATA', registrazioneId, autore: row.autoreNome },
  })
  return registrazioneId
}

/**
 * The voice a draft is registered under. Who may not choose a sottoclasse registers under its classe: the filing in the same transaction gives the document
 * the sottoclasse of its fascicolo, which was chosen by who opened it (REQ-TIT-022).
 */
export async function voceOf(tx: TxScope, row: BozzaRow): Promise<string | null> {
  const { voceId } = row.dati
  const chooses = tx.attore.profili.some((p) => p === 'responsabileUor' || p === 'responsabileGestioneDocumentale' || p === 'vicario')
  if (voceId === null || row.fascicoloId === null || chooses) return voceId
  const fascicolo = await queryOne<{ voceId: string }>(tx, 'select voce_id as "voceId" from fascicolo where ente_id = $1 and id = $2', [
    tx.ente.id,
    row.fascicoloId,
  ])
  const voce = (await findVociById(tx, [voceId])).get(voceId)
  return fascicolo?.voceId === voceId && voce !== undefined && voce.livello > 2 ? voce.padreId : voceId
}

/** The request of a draft, checked as any other: every wrong field together (REQ-PROT-020). */
export function toNuova(row: BozzaRow): NuovaRegistrazione {
  const parsed = nuovaRegistrazione.safeParse(toRichiesta(row))
  if (parsed.success) return parsed.data
  throw datiDaCorreggere(parsed.error.issues.map((issue) => ({ campo: issue.path.join('.'), messaggio: issue.message })))
}

/**
 * Puts the new document in the fascicolo the draft was prepared in. Who named it could file there, and his office answers for it: who gives the number may be
 * the protocol office, which does not see every fascicolo. Going to another administration the document is not visible before its seal: this transaction
 * made it and may see it.
 */
export async function fileRegistrata(tx: TxScope, fascicoloId: string, registrazioneId: string): Promise<void> {
  await query(tx, `select set_config('app.sigillatura', 'si', true)`)
  const registrazione = await findById(tx, registrazioneId)
  if (registrazione === null) throw new Error('a registration that is not there')
  const attore = { ...tx.attore, tipo: 'sistema' as const }
  await fileDocumentoWithin({ ...tx, attore }, fascicoloId, { documentoId: registrazione.documentoId })
  await query(tx, `select set_config('app.sigillatura', '', true)`)
}
