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
  /** Closed today: a voice may also have been closed from a day to come. */
  chiusa: boolean
  haFigli: boolean
  descrizione: string
  noteUso: string
  esempi: string[]
  tipiFascicolo: string[]
  sottoclasseObbligatoria: boolean
  accessoPredefinito: string | null
  ufficioId: string | null
  ufficioDenominazione: string | null
}

const VOCE = `v.id, v.versione_id as "versioneId", v.codice, v.etichetta, v.livello, v.denominazione, v.padre_id as "padreId", v.parole_chiave as "paroleChiave",
  v.conservazione_anni as "conservazioneAnni", to_char(v.chiusa_dal, 'YYYY-MM-DD') as "chiusaDal", coalesce(v.chiusa_dal <= app.oggi(), false) as chiusa,
  v.descrizione, v.note_uso as "noteUso", v.esempi, v.tipi_fascicolo as "tipiFascicolo", v.sottoclasse_obbligatoria as "sottoclasseObbligatoria",
  v.accesso_predefinito as "accessoPredefinito", u.id as "ufficioId", u.denominazione as "ufficioDenominazione",
  exists (select 1 from voce_titolario f where f.ente_id = v.ente_id and f.padre_id = v.id and (f.chiusa_dal is null or f.chiusa_dal > app.oggi())) as "haFigli"`
const FROM = 'from voce_titolario v left join ufficio u on u.ente_id = v.ente_id and u.id = v.ufficio_predefinito_id'

export interface VersioneRow {
  id: string
  denominazione: string
  stato: string
  atto: string
  uri: string | null
  /** First day of validity and first day after it, null while no other version follows. */
  dal: string
  al: string | null
  numero: number
  livelli: number
}

/** Adopted, begun and not yet ended on the Rome day of the legal clock: the change at midnight needs nobody (REQ-TIT-003). */
const IN_FORCE = "t.stato = 'ATTIVO' and t.dal <= o.giorno and (t.al is null or t.al > o.giorno)"
const VERSIONE = `t.id, t.denominazione, t.stato, t.atto, t.uri, to_char(t.dal, 'YYYY-MM-DD') as dal, to_char(t.al, 'YYYY-MM-DD') as al, t.numero, t.livelli`
const VERSIONE_IN_FORCE = `select ${VERSIONE} from titolario_versione t join aoo a on a.ente_id = t.ente_id and a.id = t.aoo_id, (select app.oggi() as giorno) o
   where t.ente_id = $1 and a.predefinita and ${IN_FORCE} order by t.dal desc limit 1`

/** The version in force today of the default AOO, or null. */
export async function findVersioneInForce(scope: Scope): Promise<VersioneRow | null> {
  return await queryOne<VersioneRow>(scope, VERSIONE_IN_FORCE, [scope.ente.id])
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
    `with recursive versione as (${VERSIONE_IN_FORCE}),
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
