import { inReadTransaction, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { assertManages, readVersione } from '../../titolario/index.ts'
import type { CambioFascicoloDto } from '../schema-cambio.ts'

/**
 * The fascicoli still open in voices that a version of the titolario (also a draft) splits, unites, renames or suppresses, or that lie under such a voice, each
 * with the voices it could be reopened in: they stay in their version until somebody closes them (REQ-TIT-006). Throws Forbidden, NotFound.
 */
export async function listCambio(scope: Scope, versioneId: string): Promise<CambioFascicoloDto[]> {
  assertManages(scope.attore)
  return await inReadTransaction(scope, async (s) => {
    const { versione } = await readVersione(s, versioneId)
    return await query<CambioFascicoloDto>(
      s,
      `with recursive percorso as (
         select v.id as foglia, v.id, v.padre_id, 0 as passo from voce_titolario v where v.ente_id = $1 and v.versione_id <> $2
         union all
         select p.foglia, v.id, v.padre_id, p.passo + 1 from percorso p join voce_titolario v on v.ente_id = $1 and v.id = p.padre_id),
       mutate as (
         select distinct on (p.foglia) p.foglia, k.tipo from percorso p join voce_predecessore k on k.ente_id = $1 and k.versione_id = $2 and k.predecessore_id = p.id
          where k.tipo <> 'uguale' order by p.foglia, p.passo),
       proposte as (
         select p.foglia, json_agg(json_build_object('id', n.id, 'codice', n.codice, 'denominazione', n.denominazione) order by p.passo, n.ordine) as voci
           from percorso p join voce_predecessore k on k.ente_id = $1 and k.versione_id = $2 and k.predecessore_id = p.id join voce_titolario n on n.ente_id = $1 and n.id = k.voce_id
          where p.passo = 0 or k.tipo = 'divisa' group by p.foglia)
       select f.id, f.slug, f.codice, f.oggetto, u.denominazione as ufficio, v.codice as "voceCodice", v.denominazione as "voceDenominazione", m.tipo,
              coalesce(c.voci, '[]') as proposte, f.versione,
              $3::boolean and f.tipo in ('affare', 'attivita') and not exists (select 1 from fascicolo s where s.ente_id = f.ente_id and s.fascicolo_padre_id = f.id) as riapribile
         from fascicolo f join voce_titolario v on v.ente_id = f.ente_id and v.id = f.voce_id join mutate m on m.foglia = f.voce_id
         left join proposte c on c.foglia = f.voce_id join ufficio u on u.ente_id = f.ente_id and u.id = f.ufficio_id
        where f.ente_id = $1 and f.livello = 0 and f.stato in ('APERTO', 'SOSPESO') order by v.ordine, f.anno, f.progressivo limit 1000`,
      [s.ente.id, versione.id, versione.stato === 'ATTIVO'],
    )
  })
}
