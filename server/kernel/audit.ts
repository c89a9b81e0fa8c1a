import { createHash } from 'node:crypto'
import { newId } from './ids.ts'
import { insertRows, query, queryOne } from './scope.ts'
import type { Attore, AuditFact, Scope, TxScope } from './scope.ts'
import { inTransaction } from './scope.ts'

/** One link of a register's chain, in the fixed order whose digest makes it tamper-evident (REQ-PROT-057). */
export interface ChainLink {
  readonly id: string
  readonly progressivo: number
  readonly istante: string
  readonly attoreId: string
  readonly azione: string
  readonly oggettoTipo: string
  readonly oggettoId: string
  readonly dati: string
  readonly improntaPrecedente: string
}

/** SHA-256 (hex) of a link: the JSON array of its fields, so that no field can slide into another. */
export function chainDigest(l: ChainLink): string {
  const fields = [l.id, l.progressivo, l.istante, l.attoreId, l.azione, l.oggettoTipo, l.oggettoId, l.dati, l.improntaPrecedente]
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}

/** Previous digest of the first link of every chain. */
export const CHAIN_START = '0'.repeat(64)

/**
 * Writes the facts of a transaction. Facts with `registroId` are chained to the register's last link: the caller must hold that register's counter
 * lock (decision 19). The others are written unchained.
 */
export async function writeFacts(tx: TxScope, facts: readonly AuditFact[]): Promise<void> {
  if (facts.length === 0) return
  const clock = await queryOne<{ istante: Date }>(tx, 'select app.istante() as istante')
  const istante = (clock as { istante: Date }).istante.toISOString()
  const rows: Record<string, unknown>[] = []
  const chains = new Map<string, { progressivo: number; impronta: string }>()
  for (const fact of facts) {
    const dati = datiOf(tx.attore, fact)
    const row = {
      id: newId(),
      istante,
      attore_tipo: tx.attore.tipo,
      attore_id: tx.attore.id,
      attore_nome: tx.attore.nome,
      azione: fact.azione,
      oggetto_tipo: fact.oggettoTipo,
      oggetto_id: fact.oggettoId,
      documento_id: fact.documentoId ?? null,
      fascicolo_id: fact.fascicoloId ?? null,
      dati,
      richiesta: tx.requestId,
      registro_id: fact.registroId ?? null,
      progressivo: null as number | null,
      impronta_precedente: null as string | null,
      impronta: null as string | null,
    }
    if (fact.registroId !== undefined) {
      const last = chains.get(fact.registroId) ?? (await lastLink(tx, fact.registroId))
      row.progressivo = last.progressivo + 1
      row.impronta_precedente = last.impronta
      row.impronta = chainDigest({ ...toLink(row), progressivo: row.progressivo, improntaPrecedente: last.impronta })
      chains.set(fact.registroId, { progressivo: row.progressivo, impronta: row.impronta })
    }
    rows.push(row)
  }
  await insertRows(tx, 'evento_audit', rows)
}

/** What a fact says, as its chained text: with whose name the act was done, when it was not the actor's own (double attribution). */
export function datiOf(attore: Attore, fact: Pick<AuditFact, 'prima' | 'dopo' | 'motivo'>): string {
  const perContoDi = attore.perContoDi === undefined ? {} : { perContoDi: attore.perContoDi }
  return JSON.stringify({ prima: fact.prima ?? null, dopo: fact.dopo ?? null, motivo: fact.motivo ?? null, ...perContoDi })
}

function toLink(row: Record<string, unknown>): ChainLink {
  return {
    id: String(row['id']),
    progressivo: Number(row['progressivo']),
    istante: String(row['istante']),
    attoreId: String(row['attore_id']),
    azione: String(row['azione']),
    oggettoTipo: String(row['oggetto_tipo']),
    oggettoId: String(row['oggetto_id']),
    dati: String(row['dati']),
    improntaPrecedente: String(row['impronta_precedente']),
  }
}

async function lastLink(tx: TxScope, registroId: string): Promise<{ progressivo: number; impronta: string }> {
  const row = await queryOne<{ progressivo: string; impronta: string }>(
    tx,
    'select progressivo, impronta from evento_audit where ente_id = $1 and registro_id = $2 order by progressivo desc limit 1',
    [tx.ente.id, registroId],
  )
  return row === null ? { progressivo: 0, impronta: CHAIN_START } : { progressivo: Number(row.progressivo), impronta: row.impronta }
}

/** Records one fact in a short transaction of its own: reads of documents and refusals, committed before the first byte is sent. */
export async function recordFact(scope: Scope, fact: AuditFact): Promise<void> {
  await inTransaction(scope, async (tx) => {
    tx.audit(fact)
    await Promise.resolve()
  })
}

/** Links of a chain read at a time. */
const ANELLI = 10_000

/**
 * Recomputes the chain of a register from its rows: null when every link holds, else the position and id of the first broken one (REQ-PROT-057).
 */
export async function verifyChain(scope: Scope, registroId: string): Promise<{ progressivo: number; id: string } | null> {
  let previous = CHAIN_START
  let expected = 1
  // Piece by piece: a register of a million facts fits neither one statement's time nor the memory. Bounded on both sides, so that a piece is read by the index.
  let before = Number.MIN_SAFE_INTEGER
  let upTo = ANELLI
  for (;;) {
    const rows = await query<Record<string, unknown>>(
      scope,
      `select id, progressivo::int as progressivo, to_char(istante at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as istante, attore_id, azione, oggetto_tipo, oggetto_id, dati,
              impronta_precedente, impronta
         from evento_audit where ente_id = $1 and registro_id = $2 and progressivo > $3::bigint and progressivo <= $4::bigint order by progressivo`,
      [scope.ente.id, registroId, before, upTo],
    )
    for (const row of rows) {
      const link = toLink(row)
      if (link.progressivo !== expected || link.improntaPrecedente !== previous || chainDigest(link) !== row['impronta'])
        return { progressivo: expected, id: link.id }
      previous = String(row['impronta'])
      expected++
    }
    if (rows.length < ANELLI) break
    before = upTo
    upTo += ANELLI
  }
  // What is appended meanwhile falls inside the last piece; what stands beyond it comes after a gap.
  const beyond = await queryOne<{ id: string }>(
    scope,
    'select id from evento_audit where ente_id = $1 and registro_id = $2 and progressivo > $3::bigint order by progressivo limit 1',
    [scope.ente.id, registroId, upTo],
  )
  return beyond === null ? null : { progressivo: expected, id: beyond.id }
}
