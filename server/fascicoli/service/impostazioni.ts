import { inReadTransaction, inTransaction, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { readClock } from '../numbering.ts'
import { findLivelli } from '../repository-contorno.ts'

export interface Impostazioni {
  /** 1: sottofascicoli only; 2: inserti too (REQ-FASC-030). */
  readonly livelli: number
}

/** How deep this ente divides its fascicoli. */
export async function readImpostazioni(scope: Scope): Promise<Impostazioni> {
  return await inReadTransaction(scope, async (s) => ({ livelli: await findLivelli(s) }))
}

/** Changes how deep fascicoli may be divided from now on; the parts there are stay (REQ-FASC-030). */
export async function changeImpostazioni(scope: Scope, input: Impostazioni): Promise<Impostazioni> {
  return await inTransaction(scope, async (tx) => {
    const livelli = await findLivelli(tx)
    await query(
      tx,
      `insert into impostazioni_fascicoli (ente_id, livelli, aggiornate_il, autore_nome) values ($1, $2, $3, $4)
       on conflict (ente_id) do update set livelli = excluded.livelli, aggiornate_il = excluded.aggiornate_il, autore_nome = excluded.autore_nome`,
      [tx.ente.id, input.livelli, (await readClock(tx)).istante, tx.attore.nome],
    )
    tx.audit({ azione: 'fascicoli-impostati', oggettoTipo: 'ente', oggettoId: tx.ente.id, prima: { livelli }, dopo: input })
    return input
  })
}

/**
 * The controlled subjects of a voice of the titolario (REQ-FASC-011): its examples and those of the voices above it, the nearest first; the free description
 * follows the one that is chosen.
 */
export async function listOggetti(scope: Scope, voceId: string): Promise<string[]> {
  const rows = await query<{ oggetto: string }>(
    scope,
    `with recursive sopra as (
       select v.id, v.padre_id, v.denominazione, v.esempi, 0 as passo from voce_titolario v where v.ente_id = $1 and v.id = $2
       union all select p.id, p.padre_id, p.denominazione, p.esempi, s.passo + 1 from sopra s join voce_titolario p on p.ente_id = $1 and p.id = s.padre_id)
     select x.oggetto from sopra s cross join lateral (select s.denominazione as oggetto where s.passo = 0 union all select jsonb_array_elements_text(s.esempi)) x
      group by x.oggetto order by min(s.passo), x.oggetto limit 100`,
    [scope.ente.id, voceId],
  )
  return rows.map((r) => r.oggetto)
}
