import { newId } from '../../kernel/ids.ts'
import { identitaDi, inTransaction, insertRows, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { findOstacoli } from '../candidati.ts'
import { fuoriOrdine, giaFatto, giornoNonAmmesso, ordineDellaStessaPersona, vociEstranee } from '../errors.ts'
import { advanceSospese, coverVoci, findAutorizzazioni, findVociIn, moveVoci, readClock } from '../repository.ts'
import type { VoceRow } from '../repository.ts'
import { esitoOf, nonPrimaDel } from '../rules.ts'
import type { AutorizzazioneIn } from '../schema.ts'
import { findRegistrazione, lockProcedura } from './passi.ts'

/**
 * Records what an authority answered, item by item, with its registration in entrata (§17.1 step 6). Items refused go back to normal life with the reason and are
 * not proposed again before the given day or twelve months (REQ-CONS-212); those with riservati wait for both authorities. Throws NotFound, Conflict,
 * InvalidInput, RuleViolation.
 */
export async function recordAutorizzazione(scope: Scope, id: string, input: AutorizzazioneIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const procedura = await lockProcedura(tx, id)
    if (procedura.richiestaId === null) throw fuoriOrdine('Prima registra la richiesta alla Soprintendenza.')
    if (input.autorita === 'interno' && procedura.richiestaInternoId === null)
      throw fuoriOrdine('Per questo scarto non è stata chiesta l’autorizzazione del Ministero dell’interno.')
    if ((await findAutorizzazioni(tx, id)).some((a) => a.autorita === input.autorita))
      throw giaFatto('La risposta di questa autorità è già registrata.')
    const clock = await readClock(tx)
    if (input.del > clock.oggi) throw giornoNonAmmesso('del', 'La data dell’autorizzazione è nel futuro.')
    const voci = await findRichieste(tx, id, input)
    const refused = new Map(input.rifiutate.map((r) => [r.voceId, r]))
    if ([...refused.keys()].some((voceId) => !voci.some((v) => v.id === voceId))) throw vociEstranee()
    const coperte = voci.filter((v) => !refused.has(v.id))
    const registrazioneId = await findRegistrazione(tx, 'registrazione', input.registrazione, 'E')
    const autorizzazioneId = newId()
    const esito = esitoOf(coperte.length, refused.size)
    await insertRows(tx, 'autorizzazione_scarto', [
      {
        id: autorizzazioneId,
        procedura_id: id,
        autorita: input.autorita,
        esito,
        protocollo: input.protocollo,
        del: input.del,
        registrazione_id: registrazioneId,
        note: input.note,
        registrata_il: clock.istante,
        registrata_da_nome: tx.attore.nome,
      },
    ])
    for (const voce of voci) {
      const rifiuto = refused.get(voce.id)
      if (rifiuto === undefined) continue
      await moveVoci(tx, [voce], 'NON_AUTORIZZATO', { motivo: rifiuto.motivo, nonPrimaDel: nonPrimaDel(input.del, rifiuto.nonPrimaDel) })
    }
    await authorise(tx, coperte, input, autorizzazioneId)
    tx.audit({
      azione: 'scarto-autorizzato',
      oggettoTipo: 'scarto',
      oggettoId: id,
      dopo: {
        autorita: input.autorita,
        esito,
        protocollo: input.protocollo,
        del: input.del,
        registrazione: registrazioneId,
        rifiutate: input.rifiutate,
      },
    })
  })
}

/** The items that wait for this authority: also those that a hold stopped after the request. */
async function findRichieste(tx: TxScope, id: string, input: AutorizzazioneIn): Promise<VoceRow[]> {
  const voci = await findVociIn(tx, id, ['RICHIESTO', 'SOSPESO_PER_VINCOLO'], true)
  return voci.filter(
    (v) => (v.stato === 'RICHIESTO' || v.sospesaDa === 'RICHIESTO') && (input.autorita === 'soprintendenza' || v.riservata),
  )
}

async function authorise(tx: TxScope, coperte: readonly VoceRow[], input: AutorizzazioneIn, autorizzazioneId: string): Promise<void> {
  await coverVoci(
    tx,
    coperte.map((v) => v.id),
    input.autorita,
    autorizzazioneId,
  )
  const complete = coperte.filter((v) =>
    input.autorita === 'soprintendenza' ? !v.riservata || v.autorizzazioneInternoId !== null : v.autorizzazioneId !== null,
  )
  await moveVoci(
    tx,
    complete.filter((v) => v.stato === 'RICHIESTO'),
    'AUTORIZZATO',
  )
  await advanceSospese(
    tx,
    complete.map((v) => v.id),
  )
}

/**
 * The order of destruction, by a person who is not the one who proposed (REQ-CONS-210, §20): only authorised items that nothing stops. Answers how many were
 * ordered and how many were stopped. Throws NotFound, Forbidden, Conflict, RuleViolation.
 */
export async function orderScarto(scope: Scope, id: string): Promise<{ ordinate: number; sospese: number }> {
  return await inTransaction(scope, async (tx) => {
    const procedura = await lockProcedura(tx, id)
    if (identitaDi(tx.attore).includes(procedura.propostaDa)) throw ordineDellaStessaPersona()
    const voci = await findVociIn(tx, id, ['AUTORIZZATO'], true)
    if (voci.length === 0) throw fuoriOrdine('Non ci sono voci autorizzate da distruggere.')
    const ostacoli = await findOstacoli(
      tx,
      voci.map((v) => v.fascicoloId),
    )
    const ferme = voci.filter((v) => ostacoli.has(v.fascicoloId))
    const libere = voci.filter((v) => !ostacoli.has(v.fascicoloId))
    if (procedura.ordinataIl === null && libere.length > 0)
      await query(
        tx,
        'update procedura_scarto set ordinata_da = $3, ordinata_da_nome = $4, ordinata_il = app.istante() where ente_id = $1 and id = $2',
        [tx.ente.id, id, tx.attore.id, tx.attore.nome],
      )
    for (const [motivo, same] of Map.groupBy(ferme, (v) => ostacoli.get(v.fascicoloId) ?? ''))
      await moveVoci(tx, same, 'SOSPESO_PER_VINCOLO', { motivo, sospesaDa: 'AUTORIZZATO' })
    await moveVoci(tx, libere, 'ORDINATO')
    const esito = { ordinate: libere.length, sospese: ferme.length }
    tx.audit({ azione: 'scarto-ordinato', oggettoTipo: 'scarto', oggettoId: id, dopo: esito })
    if (libere.length > 0) tx.emit({ tipo: 'scartoOrdinato', id })
    return esito
  })
}
