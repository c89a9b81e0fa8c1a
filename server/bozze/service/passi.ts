import { inTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { updateBozza } from '../repository.ts'
import type { BozzaDto } from '../schema.ts'
import { assertClassificata, lockFor, readBozza } from './draft.ts'

/** Takes a prepared draft back to work: the prepared and the signed document are left behind. Throws Conflict, RuleViolation, NotFound. */
export async function resumeBozza(scope: Scope, id: string, versione: number): Promise<BozzaDto> {
  await inTransaction(scope, async (tx) => {
    const row = await lockFor(tx, id, 'riprendi', versione, 'non c’è nulla da riprendere')
    await updateBozza(tx, id, { stato: 'IN_LAVORAZIONE', documento_contenuto_id: null, firmato_contenuto_id: null, preparazione: null })
    tx.audit({
      azione: 'bozza-ripresa',
      oggettoTipo: 'bozza',
      oggettoId: id,
      prima: { stato: row.stato },
      dopo: { stato: 'IN_LAVORAZIONE' },
    })
  })
  return await readBozza(scope, id)
}

/** Sends a draft to the protocol office, which from then on sees it in its list and may give it the number. Throws InvalidInput without its class (REQ-TIT-020). */
export async function sendAlProtocollo(scope: Scope, id: string, versione: number, nota: string): Promise<BozzaDto> {
  await inTransaction(scope, async (tx) => {
    const row = await lockFor(tx, id, 'alProtocollo', versione, 'non si invia al protocollo')
    await assertClassificata(tx, row.dati.voceId)
    await updateBozza(tx, id, { al_protocollo_il: now().toISOString(), nota_protocollo: nota })
    tx.audit({ azione: 'bozza-al-protocollo', oggettoTipo: 'bozza', oggettoId: id, dopo: { nota } })
  })
  return await readBozza(scope, id)
}

/** Discards a draft with the reason; it stays where discarded drafts are and can be brought back. No number is involved. */
export async function discardBozza(scope: Scope, id: string, versione: number, motivo: string): Promise<BozzaDto> {
  await inTransaction(scope, async (tx) => {
    const row = await lockFor(tx, id, 'scarta', versione, 'non si può scartare')
    await updateBozza(tx, id, { stato: 'SCARTATA', stato_prima_dello_scarto: row.stato, motivo_scarto: motivo })
    tx.audit({
      azione: 'bozza-scartata',
      oggettoTipo: 'bozza',
      oggettoId: id,
      prima: { stato: row.stato },
      dopo: { stato: 'SCARTATA' },
      motivo,
    })
  })
  return await readBozza(scope, id)
}

/** Brings a discarded draft back to the state it had. */
export async function restoreBozza(scope: Scope, id: string, versione: number): Promise<BozzaDto> {
  await inTransaction(scope, async (tx) => {
    const row = await lockFor(tx, id, 'ripristina', versione, 'non è tra gli scartati')
    const stato = row.statoPrimaDelloScarto ?? 'IN_LAVORAZIONE'
    await updateBozza(tx, id, { stato, stato_prima_dello_scarto: null, motivo_scarto: null })
    tx.audit({ azione: 'bozza-ripristinata', oggettoTipo: 'bozza', oggettoId: id, prima: { stato: 'SCARTATA' }, dopo: { stato } })
  })
  return await readBozza(scope, id)
}
