import { compareVersioni, proposeLegami } from '../../../titolario/index.ts'
import type { Legame, TipoPredecessore } from '../../../titolario/index.ts'
import { inReadTransaction, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { versioneAssente } from '../errors.ts'
import { canManageTitolario } from '../policy.ts'
import { presentVoceIntera, toPlan } from '../presenter.ts'
import { findVoci } from '../repository.ts'
import type { ConfrontoDto, VersioneDto, VersioneInteraDto } from '../schema.ts'

/** The versions of the plan, newest first: state as of today, computed from the dates. Drafts are shown to who may change them. */
export async function listVersioni(scope: Scope): Promise<VersioneDto[]> {
  const rows = await query<VersioneDto>(
    scope,
    `select t.id, t.numero, t.denominazione, t.atto, to_char(t.adottata_il, 'YYYY-MM-DD') as "adottataIl", t.uri, to_char(t.dal, 'YYYY-MM-DD') as dal,
            to_char(t.al, 'YYYY-MM-DD') as al, t.livelli, t.origine, t.autore_nome as "autoreNome", to_char(t.creata_il at time zone 'Europe/Rome', 'YYYY-MM-DD') as "creataIl", t.note,
            (select count(*)::int from voce_titolario v where v.ente_id = t.ente_id and v.versione_id = t.id) as voci, t.base_id as "baseId",
            case when t.stato = 'BOZZA' then 'BOZZA' when t.al <= app.oggi() then 'STORICO' when t.dal > app.oggi() then 'ADOTTATO' else 'ATTIVO' end as stato
       from titolario_versione t join aoo a on a.ente_id = t.ente_id and a.id = t.aoo_id where t.ente_id = $1 and a.predefinita order by t.numero desc`,
    [scope.ente.id],
  )
  return canManageTitolario(scope.attore) ? rows : rows.filter((r) => r.stato !== 'BOZZA')
}

/** A version with every voice and where each comes from. Throws NotFound, also for a draft that is not the reader's. */
export async function readVersione(scope: Scope, id: string): Promise<VersioneInteraDto> {
  return await inReadTransaction(scope, async (s) => {
    const versione = await findVersione(s, id)
    const origini = await query<{ voceId: string | null; codice: string; denominazione: string; tipo: TipoPredecessore }>(
      s,
      `select p.voce_id as "voceId", v.codice, v.denominazione, p.tipo from voce_predecessore p join voce_titolario v on v.ente_id = p.ente_id and v.id = p.predecessore_id
        where p.ente_id = $1 and p.versione_id = $2 order by v.ordine`,
      [s.ente.id, id],
    )
    const byVoce = Map.groupBy(origini, (o) => o.voceId ?? '')
    const toOrigine = ({ codice, denominazione, tipo }: (typeof origini)[number]) => ({ codice, denominazione, tipo })
    return {
      versione,
      voci: (await findVoci(s, id)).map((v) => ({ ...presentVoceIntera(v), origini: (byVoce.get(v.id) ?? []).map(toOrigine) })),
      soppresse: (byVoce.get('') ?? []).map(toOrigine),
    }
  })
}

async function findVersione(scope: Scope, id: string): Promise<VersioneDto> {
  const found = (await listVersioni(scope)).find((v) => v.id === id)
  if (found === undefined) throw versioneAssente()
  return found
}

/** What changed from one version to another: by the links where they were written, otherwise by codes and names. Throws NotFound. */
export async function compare(scope: Scope, daId: string, aId: string): Promise<ConfrontoDto> {
  return await inReadTransaction(scope, async (s) => {
    const [da, a] = [await findVersione(s, daId), await findVersione(s, aId)]
    const [prima, dopo] = [await findVoci(s, daId), await findVoci(s, aId)]
    const written = await query<Legame>(
      s,
      `select v.codice as da, n.codice as a, p.tipo from voce_predecessore p join voce_titolario v on v.ente_id = p.ente_id and v.id = p.predecessore_id
         left join voce_titolario n on n.ente_id = p.ente_id and n.id = p.voce_id where p.ente_id = $1 and p.versione_id = $2 and v.versione_id = $3`,
      [s.ente.id, aId, daId],
    )
    const legami = written.length > 0 ? written : proposeLegami(toPlan(prima), toPlan(dopo))
    const name = (voci: typeof prima) => (codice: string) => ({
      codice,
      denominazione: voci.find((v) => v.codice === codice)?.denominazione ?? '',
    })
    const cambiamenti = compareVersioni(dopo, legami).map((c) => ({
      tipo: c.tipo,
      prima: c.prima.map(name(prima)),
      dopo: c.dopo.map(name(dopo)),
    }))
    return { da, a, scritti: written.length > 0, uguali: dopo.length - cambiamenti.reduce((n, c) => n + c.dopo.length, 0), cambiamenti }
  })
}
