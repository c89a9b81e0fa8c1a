import type { DomainEvent, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { chiaveGiaUsata } from '../errors.ts'
import { claimKeys, findAmbito, takeNumeri } from '../numerazione.ts'
import type { ChiaveUsata, Numero } from '../numerazione.ts'
import type { NuovaRegistrazione, RegistrazioneDto } from '../schema.ts'
import { buildAtto } from './atto.ts'
import type { Atto } from './atto.ts'
import { loadRiferimenti } from './membro.ts'
import type { Membro } from './membro.ts'
import { presentNuova } from './nuova.ts'
import { insertUnnumbered, insertWithNumeri } from './scrittura.ts'

/** After this time the queue completes a seal that nobody completed. */
const RIPRESA_MS = 60_000

/** The registration that came out: new, or the one that the same key had already produced. */
export interface Registrata {
  readonly id: string
  readonly ripetuta: boolean
  /** It has a number nobody may know before its segnatura is sealed: after the commit call `completeSigillo` (REQ-PROT-036). */
  readonly daSigillare: boolean
  /** To be asked after the commit: a new one as it would be read, without reading it; null when it must be read. */
  readonly present: () => RegistrazioneDto | null
}

/** What came of one request: a registration or its refusal. */
export type Esito = { readonly registrata: Registrata } | { readonly errore: unknown }

/** True when a document of this request is sent to another administration. */
export function isDaSigillare(input: NuovaRegistrazione): boolean {
  return input.tipo === 'U' && input.destinatari.some((d) => d.tipo === 'PAI')
}

/**
 * Registers several documents in the caller's transaction, all in the same register: keys and references read, each request checked alone (a refused one
 * takes nothing with it), then every row without number, the later effects, the numbers under one lock with one reading of the clock, the rows with numbers
 * as one piece of the chain. The order of the answers is that of the requests. What the database refuses fails the whole transaction. One alone is the
 * plain case. Two requests with the same key must not be in the same call.
 */
export async function registerAllWithin(tx: TxScope, membri: readonly Membro[]): Promise<Esito[]> {
  const registroId = membri[0]?.input.registroId ?? null
  const riferimenti = await loadRiferimenti(tx, registroId, membri)
  const adesso = now()
  const esiti = new Map<Membro, Esito>()
  const atti: Atto[] = []
  for (const membro of membri) {
    const earlier = riferimenti.chiavi.get(membro.chiave)
    try {
      if (earlier !== undefined) esiti.set(membro, replay(membro, earlier))
      else atti.push(buildAtto(tx.ente, membro, riferimenti, adesso))
    } catch (errore) {
      esiti.set(membro, { errore })
    }
  }
  const mine = await keepMine(tx, registroId, atti, esiti)
  if (mine.length > 0) {
    const numeri = await writeAtti(tx, mine)
    mine.forEach((atto, i) => esiti.set(atto.membro, { registrata: toRegistrata(atto, numeri[i] as Numero) }))
  }
  return membri.map((m) => esiti.get(m) as Esito)
}

/** The first result of a key, or the refusal of a key used for something else (REQ-PROT-037). */
function replay({ richiesta, input }: Membro, earlier: ChiaveUsata): Esito {
  if (earlier.richiesta !== richiesta) return { errore: chiaveGiaUsata() }
  return { registrata: { id: earlier.risultatoId, ripetuta: true, daSigillare: isDaSigillare(input), present: () => null } }
}

/** Claims the keys; those that somebody else's transaction used in the meantime, once it has ended, give its result. */
async function keepMine(tx: TxScope, registroId: string | null, atti: readonly Atto[], esiti: Map<Membro, Esito>): Promise<Atto[]> {
  if (atti.length === 0) return []
  const claimed = await claimKeys(
    tx,
    atti.map((a) => ({ chiave: a.membro.chiave, richiesta: a.membro.richiesta, risultatoId: a.id })),
  )
  const lost = atti.filter((a) => !claimed.has(a.membro.chiave))
  if (lost.length === 0) return [...atti]
  const { chiavi } = await findAmbito(tx, { registroId, uffici: [], chiavi: lost.map((a) => a.membro.chiave) })
  for (const { membro } of lost) esiti.set(membro, replay(membro, chiavi.get(membro.chiave) as ChiaveUsata))
  return atti.filter((a) => claimed.has(a.membro.chiave))
}

async function writeAtti(tx: TxScope, atti: readonly Atto[]): Promise<Numero[]> {
  await insertUnnumbered(tx, atti)
  for (const a of atti) tx.emit(eventOf(a))
  await tx.flush()
  return await insertWithNumeri(tx, atti, await takeNumeri(tx, (atti[0] as Atto).registro.id, atti.length))
}

/** Who asked completes the seal himself: the job is for when he cannot. */
function eventOf(a: Atto): DomainEvent {
  if (!a.daSigillare) return { tipo: 'registrazioneCreata', id: a.id }
  return { tipo: 'registrazioneInSigillatura', id: a.id, quando: new Date(a.adesso.getTime() + RIPRESA_MS).toISOString() }
}

function toRegistrata(atto: Atto, numero: Numero): Registrata {
  const { id, daSigillare } = atto
  return { id, ripetuta: false, daSigillare, present: () => presentNuova(atto, numero) }
}
