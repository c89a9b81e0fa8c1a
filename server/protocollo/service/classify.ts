import type { z } from 'zod'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { findVoceInForce, findVoceUnder } from '../../titolario/index.ts'
import type { VoceInPlan } from '../../titolario/index.ts'
import { classificazioneUguale, sottoclasseRiservata } from '../errors.ts'
import { canChooseSottoclasse } from '../policy.ts'
import { PRIMA_CLASSIFICAZIONE } from '../rules.ts'
import { lockRegistro } from '../repository.ts'
import type { RegistrazioneRow } from '../repository.ts'
import type { nuovaClassificazioneIn } from '../schema.ts'
import { findVisibleById } from './read.ts'

/** Changes the classification of a registered document; the old one stays in the history (REQ-TIT-023). */
export async function reclassifyRegistrazione(
  scope: Scope,
  registrazioneId: string,
  input: z.infer<typeof nuovaClassificazioneIn>,
): Promise<void> {
  const visible = await findVisibleById(scope, registrazioneId)
  await inTransaction(scope, async (tx) => {
    await lockRegistro(tx, visible.registroId)
    await reclassifyWithin(tx, visible, input.voceId, input.motivo)
  })
}

/**
 * The same change inside the caller's transaction, who holds the register's counter lock (`lockRegistro`). Number, segnatura and fascicolo identifiers
 * never change (REQ-TIT-023). `sotto`: the document takes a voice under its own, of the version it has, also when another is in force. Throws RuleViolation when nothing changes or the sottoclasse is not the actor's to give (REQ-TIT-022).
 */
export async function reclassifyWithin(
  tx: TxScope,
  r: Pick<RegistrazioneRow, 'id' | 'documentoId' | 'registroId' | 'voceId'>,
  voceId: string,
  motivo: string,
  sotto = false,
): Promise<void> {
  const voce = await writeClassificazione(tx, r, voceId, motivo, sotto)
  tx.audit({
    azione: 'riclassificata',
    oggettoTipo: 'registrazione',
    oggettoId: r.id,
    documentoId: r.documentoId,
    registroId: r.registroId,
    prima: { voceId: r.voceId },
    dopo: { voceId: voce.id, codice: voce.codice },
    motivo,
  })
  tx.emit({ tipo: 'classificazioneCambiata', id: r.id })
}

/** The same change for a document of another register, whose facts the caller chains. Answers the new voice's code. Throws as `reclassifyWithin`. */
export async function reclassifyDocumentoWithin(
  tx: TxScope,
  d: { readonly documentoId: string; readonly voceId: string },
  voceId: string,
  motivo: string,
  sotto = false,
): Promise<string> {
  return (await writeClassificazione(tx, d, voceId, motivo, sotto)).codice
}

/** The first row of the history of a document that is born outside the register, with its class (REQ-TIT-020, REQ-TIT-023). */
export async function writePrimaClassificazione(tx: TxScope, documentoId: string, voceId: string): Promise<void> {
  await insertRows(tx, 'classificazione', [
    {
      id: newId(),
      documento_id: documentoId,
      voce_id: voceId,
      dal: now().toISOString(),
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      motivo: PRIMA_CLASSIFICAZIONE,
    },
  ])
}

/** Old row closed, new row opened, voice of the document moved: history first (REQ-TIT-023). */
async function writeClassificazione(
  tx: TxScope,
  r: { readonly documentoId: string; readonly voceId: string },
  voceId: string,
  motivo: string,
  sotto = false,
): Promise<VoceInPlan> {
  if (r.voceId === voceId) throw classificazioneUguale()
  const voce = sotto ? await findVoceUnder(tx, r.voceId, voceId) : await findVoceInForce(tx, voceId)
  if (voce.livello > 2 && !canChooseSottoclasse(tx.attore)) throw sottoclasseRiservata()
  const adesso = now().toISOString()
  await query(tx, 'update classificazione set al = $3 where ente_id = $1 and documento_id = $2 and al is null', [
    tx.ente.id,
    r.documentoId,
    adesso,
  ])
  await insertRows(tx, 'classificazione', [
    {
      id: newId(),
      documento_id: r.documentoId,
      voce_id: voce.id,
      dal: adesso,
      al: null,
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      motivo,
    },
  ])
  await query(tx, 'update documento set voce_id = $3 where ente_id = $1 and id = $2', [tx.ente.id, r.documentoId, voce.id])
  return voce
}
