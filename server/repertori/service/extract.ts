import { Readable } from 'node:stream'
import { recordFact } from '../../kernel/audit.ts'
import { FileReply } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import { estrazioneEsistente, periodoNonConcluso, repertorioAssente } from '../errors.ts'
import { findRepertori, findRepertorio, findRighePeriodo, lockRepertorio } from '../repository.ts'
import type { RepertorioRow } from '../repository.ts'
import { digest, rigaEstratta } from '../rules.ts'

interface EstrazioneRow {
  id: string
  dal: string
  al: string
  righe: number
  impronta: string
  creataIl: Date
}

const ESTRAZIONE = `id, to_char(dal, 'YYYY-MM-DD') as dal, to_char(al, 'YYYY-MM-DD') as al, righe, impronta, creata_il as "creataIl"`
const INIZIO = '0'.repeat(64)

/** Static extractions of a repertory, newest first. */
export async function listEstrazioni(scope: Scope, repertorioId: string) {
  const rows = await query<EstrazioneRow>(
    scope,
    `select ${ESTRAZIONE} from estrazione_repertorio where ente_id = $1 and repertorio_id = $2 order by al desc, dal desc limit 500`,
    [scope.ente.id, repertorioId],
  )
  return rows.map((r) => ({ ...r, creataIl: r.creataIl.toISOString() }))
}

/**
 * Freezes the rows of an ended period as exact text: one row a line in number order, annulled ones with their mark, its digest and the digest of the
 * extraction before (REQ-PROT-112). Never made again. Throws RuleViolation for a period not ended, Conflict when it exists.
 */
export async function extractPeriodo(scope: Scope, repertorioId: string, dal: string, al: string): Promise<void> {
  if (al >= romeDay(now())) throw periodoNonConcluso()
  await inTransaction(scope, async (tx) => {
    const repertorio = await findRepertorio(tx, { id: repertorioId })
    if (repertorio === null) throw repertorioAssente()
    // No row of the period can appear after this lock: the period is over and the clock only goes on.
    await lockRepertorio(tx, repertorioId)
    if (!(await extractWithin(tx, repertorio, dal, al))) throw estrazioneEsistente()
  })
}

async function extractWithin(tx: TxScope, r: RepertorioRow, dal: string, al: string): Promise<boolean> {
  const binds = [tx.ente.id, r.id, dal, al]
  const known = await queryOne(
    tx,
    'select 1 from estrazione_repertorio where ente_id = $1 and repertorio_id = $2 and dal = $3::date and al = $4::date',
    binds,
  )
  if (known !== null) return false
  const last = await queryOne<{ impronta: string }>(
    tx,
    'select impronta from estrazione_repertorio where ente_id = $1 and repertorio_id = $2 order by creata_il desc, id desc limit 1',
    [tx.ente.id, r.id],
  )
  const righe = await findRighePeriodo(tx, r.id, dal, al)
  const improntaPrecedente = last?.impronta ?? INIZIO
  const testo = [
    rigaEstratta(['repertorio', tx.ente.codiceIpa, r.aooCodice, r.codice, r.denominazione, dal, al, righe.length, improntaPrecedente]),
    ...righe.map((x) =>
      rigaEstratta([
        x.riferimento,
        x.serie,
        x.numero,
        x.istante.toISOString(),
        x.oggetto,
        x.formatore,
        JSON.stringify(x.dati),
        x.impronta,
        x.riservato,
        x.annullataIl?.toISOString() ?? null,
        x.provvedimentoNumero,
        x.provvedimentoData,
      ]),
    ),
    '',
  ].join('\n')
  const impronta = digest(testo)
  const id = newId()
  await insertRows(tx, 'estrazione_repertorio', [
    {
      id,
      repertorio_id: r.id,
      dal,
      al,
      righe: righe.length,
      testo,
      impronta,
      impronta_precedente: improntaPrecedente,
      creata_il: now().toISOString(),
    },
  ])
  tx.audit({
    azione: 'repertorio-estratto',
    oggettoTipo: 'repertorio',
    oggettoId: r.id,
    registroId: r.id,
    dopo: { dal, al, righe: righe.length, impronta },
  })
  return true
}

/** Makes the extraction of the month before for every repertory that has none; idempotent, run by the timetable. */
export async function extractMesePrecedente(scope: Scope): Promise<void> {
  const oggi = romeDay(now())
  const al = new Date(`${oggi.slice(0, 8)}01T12:00:00Z`)
  al.setUTCDate(0)
  const last = al.toISOString().slice(0, 10)
  const dal = `${last.slice(0, 8)}01`
  for (const r of await findRepertori(scope)) {
    await inTransaction(scope, async (tx) => {
      await lockRepertorio(tx, r.id)
      await extractWithin(tx, r, dal, last)
    })
  }
}

/** The frozen text of an extraction; the read is recorded. Throws NotFound. */
export async function openEstrazione(scope: Scope, id: string): Promise<FileReply> {
  const row = await queryOne<{ testo: string; impronta: string; dal: string; al: string; codice: string }>(
    scope,
    `select e.testo, e.impronta, to_char(e.dal, 'YYYY-MM-DD') as dal, to_char(e.al, 'YYYY-MM-DD') as al, p.codice from estrazione_repertorio e
       join repertorio p on p.ente_id = e.ente_id and p.id = e.repertorio_id where e.ente_id = $1 and e.id = $2`,
    [scope.ente.id, id],
  )
  if (row === null) throw repertorioAssente()
  await recordFact(scope, { azione: 'estrazione-letta', oggettoTipo: 'estrazione-repertorio', oggettoId: id })
  const bytes = Buffer.from(row.testo, 'utf8')
  return new FileReply({
    nome: `${row.codice}-${row.dal}-${row.al}.jsonl`,
    tipo: 'application/x-ndjson',
    stream: Readable.from([bytes]),
    dimensione: bytes.length,
    sha256: row.impronta,
  })
}
