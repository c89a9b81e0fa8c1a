import { insertContenuti, storeBuffer } from '../../documenti/index.ts'
import type { NuovoContenuto } from '../../documenti/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { inTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { sigilloNonDisponibile } from '../errors.ts'
import { lockRegistro } from '../repository.ts'

/** Longest wait for a seal, in milliseconds: beyond it the caller is told to come back, and the watchdog goes on. */
const ATTESA_MS = 15_000
/** A registration that waits for its seal longer than this is an alarm for the RGD (REQ-PROT-036). */
const ALLARME_MINUTI = 15

interface DaSigillare {
  id: string
  registroId: string
  documentoId: string
  segnatura: string
  xml: string
}

/** A transaction that may see what waits for its seal: nobody else does. */
async function inSigillatura<T>(scope: Scope, work: (tx: TxScope) => Promise<T>): Promise<T> {
  return await inTransaction(scope, async (tx) => {
    await query(tx, `select set_config('app.sigillatura', 'si', true)`)
    return await work(tx)
  })
}

async function findDaSigillare(tx: TxScope, id: string): Promise<DaSigillare | null> {
  return await queryOne<DaSigillare>(
    tx,
    `select r.id, r.registro_id as "registroId", r.documento_id as "documentoId", r.segnatura, s.xml
       from registrazione r join segnatura s on s.ente_id = r.ente_id and s.registrazione_id = r.id
      where r.ente_id = $1 and r.id = $2 and r.stato = 'in_sigillatura'`,
    [tx.ente.id, id],
  )
}

/**
 * Second half of the registration of what goes to another administration (decision 17, REQ-PROT-036): seals the segnatura outside any transaction, then
 * in one transaction keeps the sealed copy, makes the registration visible and tells the trail its number. Done twice it changes nothing. Throws
 * Unavailable when the seal fails or is late: the registration stays invisible and the watchdog completes it, so its number is never lost nor shown.
 */
export async function completeSigillo(scope: Scope, id: string, ports: Ports | undefined): Promise<void> {
  const pending = await inSigillatura(scope, async (tx) => await findDaSigillare(tx, id))
  if (pending === null) return
  if (ports === undefined) throw sigilloNonDisponibile()
  const contenuto = await seal(scope, pending.xml, ports)
  await inSigillatura(scope, async (tx) => {
    await lockRegistro(tx, pending.registroId)
    // Somebody else may have finished it while we were sealing.
    if ((await findDaSigillare(tx, id)) !== null) await finishRegistrazione(tx, pending, contenuto)
  })
}

async function seal(scope: Scope, xml: string, ports: Ports): Promise<NuovoContenuto> {
  try {
    const sealed = await within(ATTESA_MS, ports.sigillo.sealXml(xml))
    return await storeBuffer(scope, ports.store, Buffer.from(sealed, 'utf8'), 'Segnatura.xml')
  } catch (error) {
    scope.log.warn({ err: error, ente: scope.ente.slug }, 'sigillo della segnatura non disponibile')
    throw sigilloNonDisponibile()
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer in ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

async function finishRegistrazione(tx: TxScope, r: DaSigillare, contenuto: NuovoContenuto): Promise<void> {
  await insertContenuti(tx, [contenuto])
  await query(
    tx,
    `insert into copia_segnata (ente_id, registrazione_id, tipo, contenuto_id, creata_il) values ($1, $2, 'segnatura', $3, clock_timestamp())`,
    [tx.ente.id, r.id, contenuto.id],
  )
  await query(tx, `update registrazione set stato = 'registrata' where ente_id = $1 and id = $2 and stato = 'in_sigillatura'`, [
    tx.ente.id,
    r.id,
  ])
  tx.audit({
    azione: 'registrata',
    oggettoTipo: 'registrazione',
    oggettoId: r.id,
    documentoId: r.documentoId,
    registroId: r.registroId,
    dopo: { segnatura: r.segnatura, sigillo: contenuto.sha256 },
  })
  tx.emit({ tipo: 'registrazioneCreata', id: r.id })
}

/**
 * Watchdog and start-up recovery: completes what a crash or a missing seal left behind, oldest first, and stops at the first failure because the next
 * would fail too. What waits too long is written in the trail once, as an alarm. Answers how many were completed.
 */
export async function recoverSigilli(scope: Scope, ports: Ports): Promise<number> {
  const pending = await inSigillatura(
    scope,
    async (tx) =>
      await query<{ id: string; registroId: string; tardi: boolean }>(
        tx,
        `select id, registro_id as "registroId", istante < app.istante() - make_interval(mins => $2) as tardi from registrazione
          where ente_id = $1 and stato = 'in_sigillatura' order by istante, numero`,
        [tx.ente.id, ALLARME_MINUTI],
      ),
  )
  let completed = 0
  for (const { id } of pending) {
    try {
      await completeSigillo(scope, id, ports)
      completed++
    } catch (error) {
      scope.log.warn({ err: error, ente: scope.ente.slug }, 'registrazioni in attesa di sigillo')
      break
    }
  }
  for (const late of pending.slice(completed).filter((p) => p.tardi)) await alarm(scope, late.id)
  return completed
}

async function alarm(scope: Scope, id: string): Promise<void> {
  const told = await queryOne(scope, `select 1 from evento_audit where ente_id = $1 and oggetto_id = $2 and azione = 'allarme-sigillo'`, [
    scope.ente.id,
    id,
  ])
  if (told !== null) return
  await recordFact(scope, {
    azione: 'allarme-sigillo',
    oggettoTipo: 'registrazione',
    oggettoId: id,
    motivo: `Il sigillo manca da più di ${ALLARME_MINUTI} minuti.`,
  })
}

/** True while a registration of the day (`YYYY-MM-DD`) waits for its seal: the register of that day is not closed yet (decision 17). */
export async function isInSigillatura(scope: Scope, registroId: string, giorno: string): Promise<boolean> {
  const row = await queryOne<{ attende: boolean }>(scope, 'select app.in_sigillatura($1, $2) as attende', [registroId, giorno])
  return row?.attende === true
}
