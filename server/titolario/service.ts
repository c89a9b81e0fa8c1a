import { buildTitolario, formatPercorso, searchVoci } from '../../titolario/index.ts'
import type { Titolario } from '../../titolario/index.ts'
import { FaldoneError } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { inReadTransaction, insertRows } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import { formatItalianDay } from '../kernel/time.ts'
import { soloTitolo, titolarioAssente, voceAssente, voceChiusa } from './errors.ts'
import { presentVoce } from './presenter.ts'
import { findVersioneInForce, findVoci, findVociConPiano } from './repository.ts'
import type { VersioneRow, VoceConPiano, VoceRow } from './repository.ts'
import type { TitolarioDto, VoceTrovataDto } from './schema.ts'

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
    return row === undefined || row.chiusaDal !== null
      ? []
      : [{ ...presentVoce(row), percorso: formatPercorso(plan.pathOf(voce.codice)), motivo }]
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
  if (voce.chiusaDal !== null) return voceChiusa(voce.codice, formatItalianDay(voce.chiusaDal))
  if (voce.livello === 1 && voce.haFigli) return soloTitolo(voce.codice)
  return { ...voce, versione, percorso: percorso ?? [] }
}

/** What is needed to adopt a plan for an AOO. */
export interface AdozioneTitolario {
  readonly aooId: string
  readonly denominazione: string
  readonly atto: string
  readonly dal: string
  readonly uri: string | null
  readonly piano: Titolario
  /** Default office of some voices, by code. */
  readonly uffici: ReadonlyMap<string, string>
}

/** Writes a version of the plan, active from its date, with all its voices (REQ-TIT-003). Answers voice ids by code. */
export async function adoptTitolarioWithin(tx: TxScope, input: AdozioneTitolario): Promise<Map<string, string>> {
  const versioneId = newId()
  await insertRows(tx, 'titolario_versione', [
    {
      id: versioneId,
      aoo_id: input.aooId,
      denominazione: input.denominazione,
      stato: 'ATTIVO',
      atto: input.atto,
      uri: input.uri,
      dal: input.dal,
      al: null,
    },
  ])
  const ids = new Map(input.piano.voci.map((v) => [v.codice, newId()]))
  const rows = input.piano.voci.map((v, ordine) => ({
    id: ids.get(v.codice),
    versione_id: versioneId,
    codice: v.codice,
    etichetta: v.etichetta,
    livello: v.livello,
    ordine,
    denominazione: v.denominazione,
    padre_id: v.codicePadre === null ? null : ids.get(v.codicePadre),
    parole_chiave: v.paroleChiave.join('|'),
    conservazione_anni: v.conservazioneAnni,
    ufficio_predefinito_id: input.uffici.get(v.codice) ?? null,
    chiusa_dal: null,
  }))
  await insertRows(tx, 'voce_titolario', rows)
  tx.audit({
    azione: 'titolario-adottato',
    oggettoTipo: 'titolario',
    oggettoId: versioneId,
    dopo: { denominazione: input.denominazione, atto: input.atto, dal: input.dal },
  })
  return ids
}
