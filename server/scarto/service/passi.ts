import { findByNumero, findCondizioni, findVisibleById } from '../../protocollo/index.ts'
import { NotFound } from '../../kernel/errors.ts'
import { inTransaction, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { findOstacoli } from '../candidati.ts'
import {
  composizioneInCorso,
  fuoriOrdine,
  giaFatto,
  internoMancante,
  passoNonAmmesso,
  proceduraAssente,
  registrazioneNonTrovata,
  registrazioneSbagliata,
  vincolata,
  voceAssente,
} from '../errors.ts'
import { findProcedura, findVoce, findVociIn, moveVoci, readClock, refreshRiservate } from '../repository.ts'
import type { ProceduraRow, VoceRow } from '../repository.ts'
import { canMove } from '../rules.ts'
import type { InvioIn, NumeroProtocollo, ProvvedimentoIn, VerbaleIn } from '../schema.ts'

/** The disposal, locked against every other step of it. Throws NotFound, Conflict while its list is being composed. */
export async function lockProcedura(tx: TxScope, id: string): Promise<ProceduraRow> {
  const row = await findProcedura(tx, id, true)
  if (row === null) throw proceduraAssente()
  if (row.composizione === 'in_corso') throw composizioneInCorso()
  return row
}

/** The item of a disposal, locked. Throws NotFound. */
async function lockVoce(tx: TxScope, proceduraId: string, voceId: string): Promise<VoceRow> {
  await lockProcedura(tx, proceduraId)
  const voce = await findVoce(tx, voceId, true)
  if (voce === null || voce.proceduraId !== proceduraId) throw voceAssente()
  return voce
}

/** The registration this person names, of the wanted direction and not annulled. Throws InvalidInput on the field. */
export async function findRegistrazione(tx: TxScope, campo: string, dove: NumeroProtocollo, tipo: 'E' | 'U'): Promise<string> {
  const row = await findByNumero(tx, dove.anno, dove.numero)
  if (row === null) throw registrazioneNonTrovata(campo)
  try {
    await findVisibleById(tx, row.id)
  } catch (error) {
    if (error instanceof NotFound) throw registrazioneNonTrovata(campo)
    throw error
  }
  const condizione = (await findCondizioni(tx, [row.id])).get(row.id)
  if (row.tipo !== tipo || condizione?.annullata != null) throw registrazioneSbagliata(campo, tipo)
  return row.id
}

/** Leaves an item out of a disposal, with its reason (REQ-CONS-211): its fascicolo can be proposed again. Throws NotFound, RuleViolation. */
export async function excludeVoce(scope: Scope, proceduraId: string, voceId: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const voce = await lockVoce(tx, proceduraId, voceId)
    if (!canMove(voce.stato, 'ESCLUSO')) throw passoNonAmmesso(voce.stato, 'ESCLUSO')
    await moveVoci(tx, [voce], 'ESCLUSO', { motivo })
    tx.audit({
      azione: 'voce-scarto-esclusa',
      oggettoTipo: 'scarto',
      oggettoId: proceduraId,
      fascicoloId: voce.fascicoloId,
      prima: { stato: voce.stato },
      motivo,
    })
  })
}

/** Puts a stopped item back where it was, once nothing stops it any more (REQ-FASC-054). Throws NotFound, RuleViolation. */
export async function resumeVoce(scope: Scope, proceduraId: string, voceId: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const voce = await lockVoce(tx, proceduraId, voceId)
    if (voce.stato !== 'SOSPESO_PER_VINCOLO' || voce.sospesaDa === null) throw passoNonAmmesso(voce.stato, 'ripresa')
    if ((await findOstacoli(tx, [voce.fascicoloId])).size > 0) throw vincolata()
    await moveVoci(tx, [voce], voce.sospesaDa, { motivo })
    tx.audit({
      azione: 'voce-scarto-ripresa',
      oggettoTipo: 'scarto',
      oggettoId: proceduraId,
      fascicoloId: voce.fascicoloId,
      dopo: { stato: voce.sospesaDa },
      motivo,
    })
  })
}

/**
 * The check of the records manager (§17.1 step 2): every proposed item is looked at again; those that something keeps are stopped with the reason, the others
 * are verified. Answers how many of each. Throws NotFound, Conflict, RuleViolation when nothing is left to check.
 */
export async function verifyProcedura(scope: Scope, id: string): Promise<{ verificate: number; sospese: number }> {
  return await inTransaction(scope, async (tx) => {
    const procedura = await lockProcedura(tx, id)
    const voci = await findVociIn(tx, id, ['PROPOSTO'], true)
    if (voci.length === 0) throw fuoriOrdine('Non ci sono voci proposte da verificare.')
    const ostacoli = await findOstacoli(
      tx,
      voci.map((v) => v.fascicoloId),
    )
    const ferme = voci.filter((v) => ostacoli.has(v.fascicoloId))
    const libere = voci.filter((v) => !ostacoli.has(v.fascicoloId))
    for (const [motivo, same] of Map.groupBy(ferme, (v) => ostacoli.get(v.fascicoloId) ?? ''))
      await moveVoci(tx, same, 'SOSPESO_PER_VINCOLO', { motivo, sospesaDa: 'PROPOSTO' })
    await moveVoci(tx, libere, 'VERIFICATO')
    if (procedura.verificataIl === null)
      await query(tx, 'update procedura_scarto set verificata_il = app.istante(), verificata_da_nome = $3 where ente_id = $1 and id = $2', [
        tx.ente.id,
        id,
        tx.attore.nome,
      ])
    const esito = { verificate: libere.length, sospese: ferme.length }
    tx.audit({ azione: 'scarto-verificato', oggettoTipo: 'scarto', oggettoId: id, dopo: esito })
    return esito
  })
}

/** Records the internal act that asks for the disposal (§17.1 step 4). Throws NotFound, Conflict, RuleViolation before the check is complete. */
export async function recordProvvedimento(scope: Scope, id: string, input: ProvvedimentoIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const procedura = await lockProcedura(tx, id)
    if (procedura.provvedimento !== null) throw giaFatto('Il provvedimento di questo scarto è già registrato.')
    if ((await findVociIn(tx, id, ['PROPOSTO'])).length > 0 || (await findVociIn(tx, id, ['VERIFICATO'])).length === 0)
      throw fuoriOrdine('Prima verifica tutte le voci: il provvedimento ne approva l’elenco.')
    await query(
      tx,
      'update procedura_scarto set provvedimento = $3, provvedimento_del = $4, motivazione = $5 where ente_id = $1 and id = $2',
      [tx.ente.id, id, input.estremi, input.del, input.motivazione],
    )
    tx.audit({ azione: 'scarto-deliberato', oggettoTipo: 'scarto', oggettoId: id, dopo: input })
  })
}

/**
 * Links the registration in uscita that carries the request to the Soprintendenza, and that to the Ministry of the Interior where riservati are included
 * (D.lgs. 42/2004 art. 21 c. 1 d). The verified items become requested. Throws NotFound, Conflict, InvalidInput, RuleViolation.
 */
export async function recordRichiesta(scope: Scope, id: string, input: InvioIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const procedura = await lockProcedura(tx, id)
    if (procedura.richiestaId !== null) throw giaFatto('La richiesta di questo scarto è già registrata.')
    if (procedura.provvedimento === null) throw fuoriOrdine('Prima registra il provvedimento che approva lo scarto.')
    await refreshRiservate(tx, id)
    const voci = await findVociIn(tx, id, ['VERIFICATO'], true)
    if (voci.length === 0) throw fuoriOrdine('Non ci sono voci verificate da richiedere.')
    const sospese = await findVociIn(tx, id, ['SOSPESO_PER_VINCOLO'])
    if ([...voci, ...sospese].some((v) => v.riservata) && input.registrazioneInterno === null) throw internoMancante()
    const { registrazione, interno } = await findInvio(tx, input)
    await query(
      tx,
      'update procedura_scarto set richiesta_id = $3, richiesta_interno_id = $4, richiesta_il = app.istante() where ente_id = $1 and id = $2',
      [tx.ente.id, id, registrazione, interno],
    )
    await moveVoci(tx, voci, 'RICHIESTO')
    tx.audit({ azione: 'scarto-richiesto', oggettoTipo: 'scarto', oggettoId: id, dopo: { registrazione, interno, voci: voci.length } })
  })
}

async function findInvio(tx: TxScope, input: InvioIn): Promise<{ registrazione: string; interno: string | null }> {
  const registrazione = await findRegistrazione(tx, 'registrazione', input.registrazione, 'U')
  const interno =
    input.registrazioneInterno === null ? null : await findRegistrazione(tx, 'registrazioneInterno', input.registrazioneInterno, 'U')
  return { registrazione, interno }
}

/** Records the conservatore's report of destruction: the items in preservation go on from there (§17.1 step 8). Throws NotFound, Conflict, RuleViolation. */
export async function recordVerbale(scope: Scope, id: string, input: VerbaleIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const procedura = await lockProcedura(tx, id)
    if (procedura.verbale !== null) throw giaFatto('Il verbale del conservatore è già registrato.')
    if (procedura.ordinataIl === null) throw fuoriOrdine('Il verbale viene dopo l’ordine di distruzione.')
    await query(tx, 'update procedura_scarto set verbale = $3, verbale_del = $4 where ente_id = $1 and id = $2', [
      tx.ente.id,
      id,
      input.estremi,
      input.del,
    ])
    tx.audit({ azione: 'scarto-verbale', oggettoTipo: 'scarto', oggettoId: id, dopo: input })
    tx.emit({ tipo: 'scartoOrdinato', id })
  })
}

/** Records that the outcome was told to the Soprintendenza, and to the Ministry of the Interior where it was asked: the last step (§17.1 step 10). */
export async function recordComunicazione(scope: Scope, id: string, input: InvioIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const procedura = await lockProcedura(tx, id)
    if (procedura.comunicataIl !== null) throw giaFatto('L’esito di questo scarto è già stato comunicato.')
    const voci = await findVociIn(tx, id, ['BACKUP_AGGIORNATI'], true)
    const dopo = await findVociIn(tx, id, ['AUTORIZZATO', 'ORDINATO', 'DISTRUTTO_IN_CONSERVAZIONE', 'DISTRUTTO_LOCALMENTE'])
    if (voci.length === 0 || dopo.length > 0)
      throw fuoriOrdine('L’esito si comunica quando tutto è distrutto, anche nelle copie di sicurezza.')
    if (procedura.richiestaInternoId !== null && input.registrazioneInterno === null) throw internoMancante()
    const { registrazione, interno } = await findInvio(tx, input)
    const clock = await readClock(tx)
    await query(
      tx,
      'update procedura_scarto set comunicazione_id = $3, comunicazione_interno_id = $4, comunicata_il = $5 where ente_id = $1 and id = $2',
      [tx.ente.id, id, registrazione, interno, clock.istante],
    )
    await moveVoci(tx, voci, 'COMUNICATO')
    tx.audit({ azione: 'scarto-comunicato', oggettoTipo: 'scarto', oggettoId: id, dopo: { registrazione, interno, voci: voci.length } })
  })
}
