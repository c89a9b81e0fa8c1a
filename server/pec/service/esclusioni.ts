import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { tipoEsclusioneAssente } from '../errors.ts'
import { vociEsclusione } from '../rules.ts'
import type { SceltaNonCompetenza } from '../rules.ts'
import type { EsclusioniDto, NuovoTipoEsclusione } from '../schema.ts'

/** The heads of the law, which nobody adds to or takes from, each with the types of the ente's manual (REQ-PROT-012); and what is done with what is not ours. */
export async function readEsclusioni(scope: Scope): Promise<EsclusioniDto> {
  const tipi = await query<{ id: string; voce: string; denominazione: string }>(
    scope,
    'select id, voce, denominazione from tipo_esclusione where ente_id = $1 and al is null order by denominazione, id',
    [scope.ente.id],
  )
  return {
    voci: vociEsclusione.map((voce) => ({
      voce,
      tipi: tipi.filter((tipo) => tipo.voce === voce).map(({ id, denominazione }) => ({ id, denominazione })),
    })),
    ...(await readRegola(scope)),
  }
}

/** Adds a type of the manual under a head of the law; the shape refuses any other head. */
export async function addTipoEsclusione(scope: Scope, input: NuovoTipoEsclusione): Promise<EsclusioniDto> {
  await inTransaction(scope, async (tx) => {
    const id = newId()
    await insertRows(tx, 'tipo_esclusione', [
      { id, voce: input.voce, denominazione: input.denominazione, dal: now().toISOString(), al: null, autore_nome: tx.attore.nome },
    ])
    tx.audit({ azione: 'tipo-esclusione-aggiunto', oggettoTipo: 'tipo-esclusione', oggettoId: id, dopo: input })
  })
  return await readEsclusioni(scope)
}

/** Ends a type of the manual: what was left out under it keeps its name. Throws NotFound. */
export async function closeTipoEsclusione(scope: Scope, id: string): Promise<EsclusioniDto> {
  await inTransaction(scope, async (tx) => {
    const row = await queryOne<{ voce: string; denominazione: string }>(
      tx,
      'update tipo_esclusione set al = $3 where ente_id = $1 and id = $2 and al is null returning voce, denominazione',
      [tx.ente.id, id, now().toISOString()],
    )
    if (row === null) throw tipoEsclusioneAssente()
    tx.audit({ azione: 'tipo-esclusione-chiuso', oggettoTipo: 'tipo-esclusione', oggettoId: id, prima: row })
  })
  return await readEsclusioni(scope)
}

/** The rule in force for what is meant for another administration; without one it is registered and forwarded (REQ-PROT-018). */
export async function readRegola(scope: Scope): Promise<{ nonCompetenza: SceltaNonCompetenza }> {
  const row = await queryOne<{ nonCompetenza: SceltaNonCompetenza }>(
    scope,
    'select non_competenza as "nonCompetenza" from regola_arrivo where ente_id = $1 order by dal desc, id desc limit 1',
    [scope.ente.id],
  )
  return row ?? { nonCompetenza: 'registra_e_inoltra' }
}

/** Changes that rule from now on; the rules of the past stay. */
export async function changeRegola(scope: Scope, nonCompetenza: SceltaNonCompetenza): Promise<EsclusioniDto> {
  await inTransaction(scope, async (tx) => {
    const prima = await readRegola(tx)
    const id = newId()
    await insertRows(tx, 'regola_arrivo', [{ id, non_competenza: nonCompetenza, dal: now().toISOString(), autore_nome: tx.attore.nome }])
    tx.audit({ azione: 'regola-arrivo-cambiata', oggettoTipo: 'regola-arrivo', oggettoId: id, prima, dopo: { nonCompetenza } })
  })
  return await readEsclusioni(scope)
}
