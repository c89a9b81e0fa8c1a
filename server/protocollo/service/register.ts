import { recordFact } from '../../kernel/audit.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import { sqlState } from '../../kernel/problem.ts'
import { inTransaction } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { createTurno } from '../../kernel/turno.ts'
import { orologioIndietro, registroAssente, registroSospeso, titolarioCambiato } from '../errors.ts'
import { digestRequest } from '../rules.ts'
import type { NuovaRegistrazione, NuovaRegistrazioneEntrata } from '../schema/nuova.ts'
import { registerAllWithin } from './insieme.ts'
import type { Esito, Registrata } from './insieme.ts'
import type { Membro, OpzioniRegistrazione } from './membro.ts'
import { completeSigillo } from './sigillo.ts'

/** Requests joined in one transaction: more would only make the first wait for the last. */
const LOTTO = 32
/** Correspondents and files of a batch: what one statement may carry without making the others wait. */
const PESO = 600
/** Batches of a register under way at once: while one commits the next one reads, and the row lock puts them in order. */
const CORSIE = 2
/** Places of an ente for the acts that are not joined: more would only wait for the register's lock, each with a connection in hand. */
const POSTI = 4
const turno = createTurno(POSTI)

/** A request waiting to be joined, and who waits for it. */
interface Attesa {
  readonly scope: Scope
  readonly membro: Membro
  readonly risolvi: (esito: Registrata) => void
  readonly rifiuta: (errore: unknown) => void
}

/** Requests of this process waiting for one register. */
interface Coda {
  readonly attese: Attesa[]
  corsie: number
}

const code = new Map<string, Coda>()

/**
 * Registers a document: incoming, outgoing or internal, in one act and one transaction (TUDA 53 c. 3; REQ-PROT-035): document and files, correspondents,
 * classification, first assignments, later effects; then number, segnatura and chained event. Requests that wait for the same register are joined
 * (decision 15); each keeps its own result. Same key and same request give the first result (REQ-PROT-037). What goes to another administration is
 * answered after its segnatura is sealed (`ports` needed; REQ-PROT-036). Throws InvalidInput with every wrong field, RuleViolation for a key used
 * otherwise, NotFound for files that are not there, Unavailable when the clock or the seal is not fit; no number is lost.
 */
export async function register(scope: Scope, input: NuovaRegistrazione, chiave: string, ports?: Ports): Promise<Registrata> {
  const registrata = await translated(scope, async () => await joinRegistrations(scope, toMembro(scope, input, chiave)))
  if (registrata.daSigillare) await completeSigillo(scope, registrata.id, ports)
  return registrata
}

/** The plain path: the same act alone in its transaction. */
export async function registerSingly(scope: Scope, input: NuovaRegistrazione, chiave: string, ports?: Ports): Promise<Registrata> {
  const membro = toMembro(scope, input, chiave)
  const registrata = await translated(
    scope,
    async () => await inTurno(scope, async (tx) => resultOf(await registerAllWithin(tx, [membro]))),
  )
  if (registrata.daSigillare) await completeSigillo(scope, registrata.id, ports)
  return registrata
}

/**
 * The same act inside the caller's transaction, for composite acts. Locks the register's counter last. When the answer says `daSigillare` the caller calls
 * `completeSigillo` after its commit.
 */
export async function registerWithin(
  tx: TxScope,
  input: NuovaRegistrazione,
  chiave: string,
  opzioni: OpzioniRegistrazione = {},
): Promise<Registrata> {
  return resultOf(await registerAllWithin(tx, [toMembro(tx, input, chiave, opzioni)]))
}

/** `register` for what comes in. */
export async function registerInArrivo(scope: Scope, input: NuovaRegistrazioneEntrata, chiave: string): Promise<Registrata> {
  return await register(scope, input, chiave)
}

/** `registerWithin` for what comes in. */
export async function registerInArrivoWithin(
  tx: TxScope,
  input: NuovaRegistrazioneEntrata,
  chiave: string,
  opzioni: OpzioniRegistrazione = {},
): Promise<Registrata> {
  return await registerWithin(tx, input, chiave, opzioni)
}

/** Runs an act of registration in its turn. The row lock stays the judge: another process may hold it. */
export async function inTurno<T>(scope: Scope, act: (tx: TxScope) => Promise<T>): Promise<T> {
  return await turno(scope.ente.id, async () => await inTransaction(scope, act))
}

function toMembro(scope: Scope, input: NuovaRegistrazione, chiave: string, opzioni: OpzioniRegistrazione = {}): Membro {
  return { scope, input, chiave, richiesta: digestRequest(input), opzioni }
}

function resultOf([esito]: readonly Esito[]): Registrata {
  if (esito === undefined) throw new Error('a request without its outcome')
  if ('errore' in esito) throw esito.errore
  return esito.registrata
}

/** Puts a request in the queue of its register: served at once when a lane is free, otherwise with those that wait. Nothing waits for a timer. */
async function joinRegistrations(scope: Scope, membro: Membro): Promise<Registrata> {
  return await new Promise<Registrata>((risolvi, rifiuta) => {
    const key = `${scope.ente.id} ${membro.input.registroId ?? ''} ${scope.attore.tipo}`
    const coda = code.get(key) ?? { attese: [], corsie: 0 }
    code.set(key, coda)
    coda.attese.push({ scope, membro, risolvi, rifiuta })
    if (coda.corsie < CORSIE) void runLane(key, coda)
  })
}

/** Serves batches until nobody waits. */
async function runLane(key: string, coda: Coda): Promise<void> {
  coda.corsie++
  try {
    for (let lotto = takeLotto(coda.attese); lotto.length > 0; lotto = takeLotto(coda.attese)) await serveLotto(lotto)
  } finally {
    coda.corsie--
    if (coda.corsie === 0 && coda.attese.length === 0) code.delete(key)
  }
}

/** The first requests that fit in one transaction, in order of arrival; of two with the same key the second waits for the first. */
function takeLotto(attese: Attesa[]): Attesa[] {
  const lotto: Attesa[] = []
  const chiavi = new Set<string>()
  let peso = 0
  for (let i = 0; i < attese.length && lotto.length < LOTTO;) {
    const a = attese[i] as Attesa
    peso += weightOf(a.membro.input)
    if (lotto.length > 0 && peso > PESO) break
    if (chiavi.has(a.membro.chiave)) {
      i++
      continue
    }
    chiavi.add(a.membro.chiave)
    lotto.push(...attese.splice(i, 1))
  }
  return lotto
}

function weightOf(input: NuovaRegistrazione): number {
  return 1 + input.allegati.length + ('destinatari' in input ? input.destinatari.length : 'mittenti' in input ? input.mittenti.length : 1)
}

/** One transaction for the batch; when the database refuses it, every member is tried alone so that one cannot spoil the others. Never throws. */
async function serveLotto(lotto: readonly Attesa[]): Promise<void> {
  try {
    const [first] = lotto as readonly [Attesa]
    settle(
      lotto,
      await inTransaction(
        first.scope,
        async (tx) =>
          await registerAllWithin(
            tx,
            lotto.map((a) => a.membro),
          ),
      ),
    )
  } catch (error) {
    if (lotto.length === 1) return (lotto[0] as Attesa).rifiuta(error)
    for (const attesa of lotto) await serveLotto([attesa])
  }
}

function settle(lotto: readonly Attesa[], esiti: readonly Esito[]): void {
  lotto.forEach((attesa, i) => {
    const esito = esiti[i] as Esito
    if ('errore' in esito) attesa.rifiuta(esito.errore)
    else attesa.risolvi(esito.registrata)
  })
}

/** Refusals of the counter as errors of ours; everything else as it is. */
export function translate(error: unknown): unknown {
  if (error instanceof FaldoneError) return error
  const state = sqlState(error)
  if (state === 'FA001') return orologioIndietro()
  if (state === 'FA404') return registroAssente()
  if (state === 'FA085') return registroSospeso()
  if (state === 'FA064') return titolarioCambiato()
  return error
}

/** Runs an act; a clock that went back is an alarm, written in the trail once a minute, and the registration is suspended (REQ-PROT-006). */
async function translated<T>(scope: Scope, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (sqlState(error) === 'FA001' && !(error instanceof FaldoneError)) await alarmClock(scope, error)
    throw translate(error)
  }
}

const allarmi = new Map<string, number>()

async function alarmClock(scope: Scope, error: unknown): Promise<void> {
  scope.log.error({ err: error, ente: scope.ente.slug }, 'orologio indietro: registrazione sospesa')
  const last = allarmi.get(scope.ente.id)
  const instant = now().getTime()
  if (last !== undefined && instant >= last && instant - last < 60_000) return
  allarmi.set(scope.ente.id, instant)
  await recordFact(scope, {
    azione: 'allarme-orologio',
    oggettoTipo: 'registro',
    oggettoId: scope.ente.id,
    motivo: error instanceof Error ? error.message : String(error),
  })
}
