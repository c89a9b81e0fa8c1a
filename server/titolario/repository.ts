import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'

/** A voice of the plan with what follows from its place. */
export interface VoceRow {
  id: string
  versioneId: string
  codice: string
  etichetta: string
  livello: number
  denominazione: string
  padreId: string | null
  paroleChiave: string
  conservazioneAnni: number | null
  chiusaDal: string | null
  haFigli: boolean
  ufficioId: string | null
  ufficioDenominazione: string | null
}

const VOCE = `v.id, v.versione_id as "versioneId", v.codice, v.etichetta, v.livello, v.denominazione, v.padre_id as "padreId", v.parole_chiave as "paroleChiave",
  v.conservazione_anni as "conservazioneAnni", to_char(v.chiusa_dal, 'YYYY-MM-DD') as "chiusaDal", u.id as "ufficioId", u.denominazione as "ufficioDenominazione",
  exists (select 1 from voce_titolario f where f.ente_id = v.ente_id and f.padre_id = v.id and f.chiusa_dal is null) as "haFigli"`
const FROM = 'from voce_titolario v left join ufficio u on u.ente_id = v.ente_id and u.id = v.ufficio_predefinito_id'

export interface VersioneRow {
  id: string
  denominazione: string
  stato: string
  atto: string
  uri: string | null
  dal: string
}

/** The version in force of the default AOO, or null. */
export async function findVersioneInForce(scope: Scope): Promise<VersioneRow | null> {
  return await queryOne<VersioneRow>(
    scope,
    `select t.id, t.denominazione, t.stato, t.atto, t.uri, to_char(t.dal, 'YYYY-MM-DD') as dal
       from titolario_versione t join aoo a on a.ente_id = t.ente_id and a.id = t.aoo_id
      where t.ente_id = $1 and a.predefinita and t.stato = 'ATTIVO' and t.al is null order by t.dal desc limit 1`,
    [scope.ente.id],
  )
}

/** Every voice of a version in the order of the plan. */
export async function findVoci(scope: Scope, versioneId: string): Promise<VoceRow[]> {
  return await query<VoceRow>(scope, `select ${VOCE} ${FROM} where v.ente_id = $1 and v.versione_id = $2 order by v.ordine`, [
    scope.ente.id,
    versioneId,
  ])
}

/** Voices by id, whatever their version. */
export async function findVociById(scope: Scope, ids: readonly string[]): Promise<Map<string, VoceRow>> {
  if (ids.length === 0) return new Map()
  const rows = await query<VoceRow>(scope, `select ${VOCE} ${FROM} where v.ente_id = $1 and v.id = any($2::uuid[])`, [scope.ente.id, ids])
  return new Map(rows.map((r) => [r.id, r]))
}

/** A voice with the plan around it. */
export interface VoceConPiano {
  voce: VoceRow | null
  /** The version in force. */
  versione: VersioneRow | null
  /** From the titolo to the voice itself. */
  percorso: { codice: string; denominazione: string }[] | null
}

/** Some voices, the version in force and the path of each in one statement: every registration asks them. A voice that does not exist has null. */
export async function findVociConPiano(scope: Scope, ids: readonly string[]): Promise<Map<string, VoceConPiano>> {
  const rows = await query<VoceConPiano & { id: string }>(
    scope,
    `with recursive versione as (
       select t.id, t.denominazione, t.stato, t.atto, t.uri, to_char(t.dal, 'YYYY-MM-DD') as dal
         from titolario_versione t join aoo a on a.ente_id = t.ente_id and a.id = t.aoo_id
        where t.ente_id = $1 and a.predefinita and t.stato = 'ATTIVO' and t.al is null order by t.dal desc limit 1),
     voce as (select ${VOCE} ${FROM} where v.ente_id = $1 and v.id = any($2::uuid[])),
     percorso as (
       select id as di, codice, denominazione, padre_id, 0 as passo from voce_titolario where ente_id = $1 and id = any($2::uuid[])
       union all
       select p.di, v.codice, v.denominazione, v.padre_id, p.passo + 1 from percorso p join voce_titolario v on v.ente_id = $1 and v.id = p.padre_id)
     select x.id, (select row_to_json(v) from voce v where v.id = x.id) as voce, (select row_to_json(t) from versione t) as versione,
            (select json_agg(json_build_object('codice', codice, 'denominazione', denominazione) order by passo desc) from percorso where di = x.id) as percorso
       from unnest($2::uuid[]) as x(id)`,
    [scope.ente.id, ids],
  )
  return new Map(rows.map((r) => [r.id, r]))
}
