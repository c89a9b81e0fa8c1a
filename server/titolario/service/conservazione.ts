import { resolveRegola } from '../../../titolario/index.ts'
import type { Decorrenza } from '../../../titolario/index.ts'
import { query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'

/** What the retention of an object is asked with: its voice, the documentary type of a document, the type of a fascicolo. */
export interface OggettoConservato {
  readonly voceId: string
  readonly tipologia?: string | null | undefined
  readonly tipoFascicolo?: string | null | undefined
}

/** A rule in force, with the voice that carries it (own or inherited). */
export interface RegolaRow {
  readonly id: string
  readonly voceId: string
  readonly codice: string
  readonly tipologia: string | null
  readonly tipoFascicolo: string | null
  readonly anni: number | null
  readonly condizione: string | null
  readonly decorrenza: Decorrenza
  readonly sfoltimento: boolean
  readonly atto: string
  /** Day of the act, `YYYY-MM-DD`. */
  readonly approvataIl: string
}

/** Retention of an object: years (9999 for ever) and the rule they come from; both null while the plan does not say (DA DEFINIRE). */
export interface Conservazione {
  readonly anni: number | null
  readonly regola: RegolaRow | null
}

/** The retention of some objects at once, in their order, each with the rule it comes from (REQ-FASC-050). */
export async function findConservazioni(scope: Scope, oggetti: readonly OggettoConservato[]): Promise<Conservazione[]> {
  const ids = [...new Set(oggetti.map((o) => o.voceId))]
  if (ids.length === 0) return []
  const rows = await query<RegolaRow & { di: string; passo: number }>(
    scope,
    `with recursive percorso as (
       select id as di, id, padre_id, codice, 0 as passo from voce_titolario where ente_id = $1 and id = any($2::uuid[])
       union all
       select p.di, v.id, v.padre_id, v.codice, p.passo + 1 from percorso p join voce_titolario v on v.ente_id = $1 and v.id = p.padre_id)
     select p.di, p.passo, p.codice, r.id, r.voce_id as "voceId", r.tipologia, r.tipo_fascicolo as "tipoFascicolo", r.anni, r.condizione, r.decorrenza, r.sfoltimento,
            r.atto, to_char(r.approvata_il, 'YYYY-MM-DD') as "approvataIl"
       from percorso p join regola_conservazione r on r.ente_id = $1 and r.voce_id = p.id where r.revocata_il is null order by p.passo`,
    [scope.ente.id, ids],
  )
  const byVoce = Map.groupBy(rows, (r) => r.di)
  return oggetti.map((o) => {
    const percorso = [...Map.groupBy(byVoce.get(o.voceId) ?? [], (r) => r.passo).values()]
    const found = resolveRegola(percorso, o)
    if (found === null) return { anni: null, regola: null }
    const { di: _di, passo: _passo, ...regola } = found
    return { anni: regola.anni, regola }
  })
}

/** The retention of one object (REQ-FASC-050); inside a transaction it reads in it. */
export async function findConservazione(scope: Scope, oggetto: OggettoConservato): Promise<Conservazione> {
  const [found] = await findConservazioni(scope, [oggetto])
  return found ?? { anni: null, regola: null }
}

/** Writes on each voice the general rule that applies to it, own or inherited: what documents and fascicoli show from birth. */
export async function refreshConservazione(tx: TxScope, versioneId: string): Promise<void> {
  await query(
    tx,
    `with recursive generali as (select voce_id, anni from regola_conservazione where ente_id = $1 and tipologia is null and tipo_fascicolo is null and revocata_il is null),
       albero as (
         select v.id, g.anni from voce_titolario v left join generali g on g.voce_id = v.id where v.ente_id = $1 and v.versione_id = $2 and v.padre_id is null
         union all
         select v.id, case when g.voce_id is null then a.anni else g.anni end from albero a join voce_titolario v on v.ente_id = $1 and v.padre_id = a.id
           left join generali g on g.voce_id = v.id)
     update voce_titolario v set conservazione_anni = a.anni from albero a where v.ente_id = $1 and v.id = a.id and v.conservazione_anni is distinct from a.anni`,
    [tx.ente.id, versioneId],
  )
}
