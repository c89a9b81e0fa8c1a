import type { z } from 'zod'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { findVisibleById } from '../../protocollo/index.ts'
import { giaAnnullata, richiestaAssente, richiestaGiaAperta, trasmissioneNonInUscita, trasmissioneSenzaRiferimento } from '../errors.ts'
import { canReadRiga } from '../policy.ts'
import { presentAnnullamento, presentRiga } from '../presenter.ts'
import { findAnnullamenti, findAnnullamentiAperti, findRiga, lockAnnullamento, lockRepertorio } from '../repository.ts'
import { formatEtichettaRepertorio } from '../rules.ts'
import type { AnnullamentoDto, decisioneIn, RigaDto } from '../schema.ts'
import { findVisibleRiga } from './read.ts'

const OGGETTO = 'registrazione-repertorio'

/** Asks for the annulment of a row; until it is authorised the row stays valid (REQ-PROT-112, as REQ-PROT-049). Throws when one is pending or done. */
export async function requestAnnullamento(scope: Scope, rigaId: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const riga = await findVisibleRiga(tx, rigaId)
    await lockRepertorio(tx, riga.repertorioId)
    if (riga.annullataIl !== null) throw giaAnnullata()
    if ((await findAnnullamenti(tx, rigaId)).some((a) => a.esito === null)) throw richiestaGiaAperta()
    await insertRows(tx, 'annullamento_repertorio', [
      {
        id: newId(),
        riga_id: rigaId,
        motivo,
        richiesto_da: tx.attore.id,
        richiesto_da_nome: tx.attore.nome,
        richiesto_il: now().toISOString(),
      },
    ])
    tx.audit({ azione: 'annullamento-richiesto', oggettoTipo: OGGETTO, oggettoId: rigaId, registroId: riga.repertorioId, motivo })
  })
}

/**
 * Decides a request: authorised with number and date of the provvedimento, or refused (as REQ-PROT-049). An authorised annulment is for ever: the row stays,
 * legible and marked, and its number is never given again.
 */
export async function decideAnnullamento(scope: Scope, id: string, d: z.infer<typeof decisioneIn>): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const richiesta = await lockAnnullamento(tx, id)
    if (richiesta === null) throw richiestaAssente()
    const riga = await findRiga(tx, richiesta.rigaId)
    if (riga === null) throw richiestaAssente()
    await lockRepertorio(tx, riga.repertorioId)
    const authorised = d.esito === 'autorizzato'
    await query(
      tx,
      `update annullamento_repertorio set esito = $3, deciso_da = $4, deciso_da_nome = $5, deciso_il = clock_timestamp(), provvedimento_numero = $6, provvedimento_data = $7::date, nota = $8
        where ente_id = $1 and id = $2`,
      [tx.ente.id, id, d.esito, tx.attore.id, tx.attore.nome, authorised ? d.numero : null, authorised ? (d.data ?? null) : null, d.nota],
    )
    tx.audit({
      azione: authorised ? 'annullata' : 'annullamento-rifiutato',
      oggettoTipo: OGGETTO,
      oggettoId: riga.id,
      documentoId: riga.documentoId,
      registroId: riga.repertorioId,
      prima: { stato: 'valida' },
      dopo: authorised ? { stato: 'ANNULLATO', provvedimento: { numero: d.numero, data: d.data } } : { stato: 'valida', nota: d.nota },
      motivo: richiesta.motivo,
    })
  })
}

/** Requests to be decided, with the row each is about. */
export async function listRichieste(scope: Scope): Promise<(AnnullamentoDto & { riga: RigaDto })[]> {
  return await inReadTransaction(scope, async (s) => {
    const out: (AnnullamentoDto & { riga: RigaDto })[] = []
    for (const a of await findAnnullamentiAperti(s)) {
      const riga = await findRiga(s, a.rigaId)
      if (riga !== null && canReadRiga(s.attore, riga)) out.push({ ...presentAnnullamento(a), riga: presentRiga(riga, s.attore) })
    }
    return out
  })
}

/**
 * Ties a row to the protocol registration of the letter that sent it outside: the letter is registered, the act is not, and the letter names it
 * (REQ-PROT-113). Throws RuleViolation when it is not an outgoing registration or does not name the row.
 */
export async function linkTrasmissione(scope: Scope, rigaId: string, registrazioneId: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const riga = await findVisibleRiga(tx, rigaId)
    const lettera = await findVisibleById(tx, registrazioneId)
    if (lettera.tipo !== 'U') throw trasmissioneNonInUscita()
    const etichetta = formatEtichettaRepertorio(riga.codice, riga.serie, riga.numero)
    if (!lettera.oggetto.toLowerCase().includes(etichetta.toLowerCase())) throw trasmissioneSenzaRiferimento(etichetta)
    await lockRepertorio(tx, riga.repertorioId)
    await query(
      tx,
      `insert into trasmissione_repertorio (ente_id, riga_id, registrazione_id, creata_il) values ($1, $2, $3, clock_timestamp()) on conflict do nothing`,
      [tx.ente.id, rigaId, registrazioneId],
    )
    tx.audit({
      azione: 'trasmessa',
      oggettoTipo: OGGETTO,
      oggettoId: rigaId,
      registroId: riga.repertorioId,
      dopo: { registrazioneId, segnatura: lettera.segnatura },
    })
  })
}
