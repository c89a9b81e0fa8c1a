import { buildTitolario, formatPercorso, searchVoci } from '../../../titolario/index.ts'
import type { Titolario } from '../../../titolario/index.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import { inReadTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { formatItalianDay } from '../../kernel/time.ts'
import { soloTitolo, titolarioAssente, voceAssente, voceChiusa } from '../errors.ts'
import { presentVoce } from '../presenter.ts'
import { findVersioneInForce, findVoci, findVociConPiano } from '../repository.ts'
import type { VersioneRow, VoceConPiano, VoceRow } from '../repository.ts'
import type { TitolarioDto, VoceTrovataDto } from '../schema.ts'

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
  return searchVoci(plan, testo, { limite: 20, soloSelezionabili: true }).flatMap(({ voce, motivo }) => {
    const row = byCode.get(voce.codice)
    return row === undefined || row.chiusa ? [] : [{ ...presentVoce(row), percorso: formatPercorso(plan.pathOf(voce.codice)), motivo }]
  })
}

async function loadInForce(scope: Scope): Promise<{ versione: VersioneRow; voci: VoceRow[] }> {
  return await inReadTransaction(scope, async (s) => {
    const versione = await findVersioneInForce(s)
    if (versione === null) throw titolarioAssente()
    return { versione, voci: await findVoci(s, versione.id) }
  })
}

function toPlan(voci: readonly VoceRow[]): Titolario {
  return buildTitolario(
    voci.map((v) => ({
      codice: v.codice,
      denominazione: v.denominazione,
      paroleChiave: v.paroleChiave === '' ? [] : v.paroleChiave.split('|'),
      conservazioneAnni: v.conservazioneAnni,
    })),
  )
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
  return new Map([...found].map(([id, v]) => [id, inForce(v)]))
}

function inForce({ voce, versione, percorso }: VoceConPiano): VoceInPlan | FaldoneError {
  if (versione === null) return titolarioAssente()
  if (voce === null || voce.versioneId !== versione.id) return voceAssente()
  if (voce.chiusa) return voceChiusa(voce.codice, formatItalianDay(voce.chiusaDal ?? ''))
  if (voce.livello === 1 && voce.haFigli) return soloTitolo(voce.codice)
  return { ...voce, versione, percorso: percorso ?? [] }
}
