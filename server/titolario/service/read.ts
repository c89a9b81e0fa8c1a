import { findDestinazioni, formatPercorso, searchVoci } from '../../../titolario/index.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import { inReadTransaction, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { formatItalianDay } from '../../kernel/time.ts'
import { soloTitolo, titolarioAssente, voceAssente, voceChiusa, voceNonInVigore } from '../errors.ts'
import { presentVoce, toPlan } from '../presenter.ts'
import { findVersioneInForce, findVoci, findVociConPiano } from '../repository.ts'
import type { VersioneRow, VoceConPiano, VoceRow } from '../repository.ts'
import type { TitolarioDto, VoceTrovataDto } from '../schema.ts'
import { listSinonimi } from './prova.ts'

/** Below this many voices found, synonyms are tried. */
const POCHE = 5

/** The plan in force with all its voices. Throws NotFound when no version is active. */
export async function readTitolario(scope: Scope): Promise<TitolarioDto> {
  const { versione, voci } = await loadInForce(scope)
  const { id, denominazione, dal, stato, atto } = versione
  return { versione: { id, denominazione, valeDal: dal, stato, atto }, voci: voci.map(presentVoce) }
}

/** The voices that answer to what a clerk types, best first, at most 20, each with its path and why it was found. */
export async function findVociByText(scope: Scope, testo: string): Promise<VoceTrovataDto[]> {
  const { voci } = await loadInForce(scope)
  const byCode = new Map(voci.map((v) => [v.codice, v]))
  const plan = toPlan(voci)
  const found = new Map<string, string>(
    searchVoci(plan, testo, { limite: 20, soloSelezionabili: true }).map(({ voce, motivo }) => [voce.codice, motivo]),
  )
  // Where the words alone find little, what they stand for is tried too.
  if (found.size < POCHE && testo.trim() !== '') {
    const sinonimi = (await listSinonimi(scope)).map((g) => g.parole)
    for (const d of findDestinazioni(plan, testo, { limite: POCHE, sinonimi }))
      if (!found.has(d.voce.codice) && d.ragioni[0]?.sinonimoDi !== null) found.set(d.voce.codice, 'sinonimo')
  }
  return [...found].flatMap(([codice, motivo]) => {
    const row = byCode.get(codice)
    return row === undefined || row.chiusa ? [] : [{ ...presentVoce(row), percorso: formatPercorso(plan.pathOf(codice)), motivo }]
  })
}

async function loadInForce(scope: Scope): Promise<{ versione: VersioneRow; voci: VoceRow[] }> {
  return await inReadTransaction(scope, async (s) => {
    const versione = await findVersioneInForce(s)
    if (versione === null) throw titolarioAssente()
    return { versione, voci: await findVoci(s, versione.id) }
  })
}

/** A voice with the plan it belongs to, as a document carries them. */
export interface VoceInPlan extends VoceRow {
  readonly versione: VersioneRow
  /** From the titolo to the voice itself. */
  readonly percorso: readonly { codice: string; denominazione: string }[]
}

/**
 * The voice a document may be given today: of the version in force, not closed, at least a classe (REQ-TIT-021). Throws NotFound or RuleViolation with
 * the Italian reason.
 */
export async function findVoceInForce(scope: Scope, id: string): Promise<VoceInPlan> {
  const voce = (await findVociInForce(scope, [id])).get(id)
  if (voce === undefined) throw voceAssente()
  if (voce instanceof FaldoneError) throw voce
  return voce
}

/** The same for some voices at once: each id with its voice, or with the refusal `findVoceInForce` would throw. */
export async function findVociInForce(scope: Scope, ids: readonly string[]): Promise<Map<string, VoceInPlan | FaldoneError>> {
  const found = await findVociConPiano(scope, [...new Set(ids)])
  const old = [...found.values()].flatMap(({ voce, versione }) =>
    voce !== null && versione !== null && voce.versioneId !== versione.id ? [{ voceId: voce.id, versioneId: versione.id }] : [],
  )
  const oggi = old.length === 0 ? new Map<string, string[]>() : await findSuccessori(scope, old)
  return new Map([...found].map(([id, v]) => [id, inForce(v, oggi.get(id) ?? [])]))
}

/** The codes that took the place of some voices in the version in force. */
async function findSuccessori(scope: Scope, old: readonly { voceId: string; versioneId: string }[]): Promise<Map<string, string[]>> {
  const rows = await query<{ id: string; codici: string[] }>(
    scope,
    `select x.id, coalesce((select json_agg(v.codice order by v.ordine) from app.voci_in_linea($1, array[x.id]) l join voce_titolario v on v.ente_id = $1 and v.id = l
        where v.versione_id = $3), '[]') as codici from unnest($2::uuid[]) as x(id)`,
    [scope.ente.id, old.map((o) => o.voceId), old[0]?.versioneId],
  )
  return new Map(rows.map((r) => [r.id, r.codici]))
}

function inForce({ voce, versione, percorso }: VoceConPiano, oggi: readonly string[]): VoceInPlan | FaldoneError {
  if (versione === null) return titolarioAssente()
  if (voce === null) return voceAssente()
  if (voce.versioneId !== versione.id) return voceNonInVigore(voce.codice, oggi)
  if (voce.chiusa) return voceChiusa(voce.codice, formatItalianDay(voce.chiusaDal ?? ''))
  if (voce.livello === 1 && voce.haFigli) return soloTitolo(voce.codice)
  return { ...voce, versione, percorso: percorso ?? [] }
}

/**
 * A voice under another of the same version, whatever version that is: the sottoclasse a document takes when it goes in a fascicolo of its own version
 * (REQ-TIT-022, REQ-TIT-006). Throws NotFound when it is not under it.
 */
export async function findVoceUnder(scope: Scope, sopraId: string, id: string): Promise<VoceInPlan> {
  const found = await findVociConPiano(scope, [sopraId, id])
  const [sopra, sotto] = [found.get(sopraId)?.voce, found.get(id)]
  if (sopra === undefined || sopra === null || sotto?.voce === undefined || sotto.voce === null || sotto.versione === null)
    throw voceAssente()
  if (sotto.voce.versioneId !== sopra.versioneId || !sotto.voce.codice.startsWith(`${sopra.codice}/`)) throw voceAssente()
  return { ...sotto.voce, versione: sotto.versione, percorso: sotto.percorso ?? [] }
}

/** Whether a document of one voice belongs in a fascicolo of another version: their voices descend from one another (REQ-TIT-006). */
export async function isInLinea(scope: Scope, documentoVoceId: string, fascicoloVoceId: string): Promise<boolean> {
  const rows = await query<{ ok: boolean }>(
    scope,
    `select exists (select 1 from app.voci_in_linea($1, array[$2::uuid]) l join voce_titolario v on v.ente_id = $1 and v.id = l
        join voce_titolario f on f.ente_id = $1 and f.id = $3 and f.versione_id = v.versione_id
       where (f.codice = v.codice or f.codice like v.codice || '/%' or v.codice like f.codice || '/%')
         and v.versione_id <> (select d.versione_id from voce_titolario d where d.ente_id = $1 and d.id = $2)) as ok`,
    [scope.ente.id, documentoVoceId, fascicoloVoceId],
  )
  return rows[0]?.ok === true
}
