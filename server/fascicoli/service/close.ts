import { inReadTransaction, inTransaction, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { azioneNonConsentita, chiusuraBloccata, dataNonAmmessa, esitoNonAmmesso, giaChiuso, versioneSuperata } from '../errors.ts'
import { readClock } from '../numbering.ts'
import { canDecideFascicolo } from '../policy.ts'
import { findFattiChiusura } from '../repository-chiusura.ts'
import type { FascicoloRow } from '../repository.ts'
import { closingFindings, dataChiusuraErrore, esitoErrore } from '../rules-chiusura.ts'
import { isAperto } from '../rules.ts'
import type { Chiusura, RilievoChiusura, VerificaChiusura } from '../schema.ts'
import { lockVisibleFascicolo } from './file.ts'
import { findVisibleFascicolo } from './read.ts'

/**
 * A check before closing that another room adds (missing metadata, formats): asked inside the transaction, with the fascicolo locked. It answers its
 * findings; it never writes.
 */
export type ControlloChiusura = (
  scope: Scope,
  fascicolo: { readonly id: string; readonly slug: string },
) => Promise<{ readonly bloccanti: readonly RilievoChiusura[]; readonly avvisi: readonly RilievoChiusura[] }>

/** What stands in the way of closing and what should be known before (REQ-FASC-041). Throws NotFound. */
export async function verifyChiusura(scope: Scope, fascicolo: string, controlli: readonly ControlloChiusura[]): Promise<VerificaChiusura> {
  return await inReadTransaction(scope, async (s) => (await examine(s, await findVisibleFascicolo(s, fascicolo), controlli)).verifica)
}

interface Esame {
  readonly verifica: VerificaChiusura
  readonly haProvvedimento: boolean
  readonly ultimo: string
}

async function examine(s: Scope, row: FascicoloRow, controlli: readonly ControlloChiusura[]): Promise<Esame> {
  const { fatti, ultimo } = await findFattiChiusura(s, row)
  const own = closingFindings(fatti)
  const page = (r: RilievoChiusura): RilievoChiusura =>
    r.collegamento === undefined ? r : { ...r, collegamento: `/${s.ente.slug}${r.collegamento}` }
  const bloccanti = own.bloccanti.map(page)
  const avvisi = own.avvisi.map(page)
  for (const controllo of controlli) {
    const found = await controllo(s, row)
    bloccanti.push(...found.bloccanti)
    avvisi.push(...found.avvisi)
  }
  const dataProposta = ultimo > row.apertoIl ? ultimo : row.apertoIl
  return { verifica: { bloccanti, avvisi, dataProposta }, haProvvedimento: fatti.haProvvedimento, ultimo }
}

/**
 * Closes a fascicolo (REQ-FASC-040) on the day of its last document unless another is said: nothing can be added afterwards, phases and assignments end, the
 * transfer to preservation follows. `versione` is the one the person looked at. Findings block, unless all allow forcing and a reason is given. Throws
 * NotFound, Forbidden, Conflict for a stale version or an already closed one, RuleViolation with the findings, for an outcome the type does not admit
 * (REQ-FASC-019) or a day that cannot be.
 */
export async function closeFascicolo(
  scope: Scope,
  fascicolo: string,
  input: Chiusura,
  controlli: readonly ControlloChiusura[],
): Promise<string> {
  return await inTransaction(scope, async (tx) => await closeFascicoloWithin(tx, fascicolo, input, controlli))
}

/** The same act inside the caller's transaction. */
export async function closeFascicoloWithin(
  tx: TxScope,
  fascicolo: string,
  input: Chiusura,
  controlli: readonly ControlloChiusura[],
): Promise<string> {
  const row = await lockVisibleFascicolo(tx, fascicolo)
  if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
  if (!isAperto(row.stato)) throw giaChiuso()
  if (row.versione !== input.versione) throw versioneSuperata()
  const esame = await examine(tx, row, controlli)
  const wrong = esitoErrore(row.tipo, input.esito, esame.haProvvedimento, row.livello > 0)
  if (wrong !== null) throw esitoNonAmmesso(wrong)
  const { bloccanti, dataProposta } = esame.verifica
  const forced = bloccanti.length > 0 && bloccanti.every((b) => b.forzabile) ? (input.motivoForzatura ?? null) : null
  if (bloccanti.length > 0 && forced === null) throw chiusuraBloccata(bloccanti)
  const clock = await readClock(tx)
  const giorno = input.data ?? dataProposta
  const late = dataChiusuraErrore(giorno, { apertoIl: row.apertoIl, ultimo: esame.ultimo, oggi: clock.giorno })
  if (late !== null) throw dataNonAmmessa(late)
  await writeChiusura(tx, row, { giorno, istante: clock.istante, esito: input.esito, nota: input.nota })
  tx.audit({
    azione: 'fascicolo-chiuso',
    oggettoTipo: 'fascicolo',
    oggettoId: row.id,
    fascicoloId: row.id,
    prima: { stato: row.stato, versione: row.versione },
    dopo: {
      stato: 'CHIUSO',
      chiusoIl: giorno,
      esito: input.esito,
      nota: input.nota,
      ...(forced === null ? {} : { rilievi: bloccanti.map((b) => b.messaggio) }),
    },
    ...(forced === null ? {} : { motivo: forced }),
  })
  tx.emit({ tipo: 'fascicoloChiuso', id: row.id })
  return row.id
}

/** State, phases and assignments of a fascicolo that ends. */
export async function writeChiusura(
  tx: TxScope,
  row: FascicoloRow,
  c: { readonly giorno: string; readonly istante: string; readonly esito: string; readonly nota: string },
): Promise<void> {
  const key = [tx.ente.id, row.id]
  await query(
    tx,
    `update fascicolo set stato = 'CHIUSO', chiuso_il = $3::date, esito = $4, nota_chiusura = nullif($5, ''), versione = versione + 1, stato_dal = null, stato_motivo = null
      where ente_id = $1 and id = $2`,
    [...key, c.giorno, c.esito, c.nota],
  )
  await query(tx, 'update fase set al = greatest(dal, $3::date) where ente_id = $1 and fascicolo_id = $2 and al is null', [
    ...key,
    c.giorno,
  ])
  await query(tx, 'update fascicolo_assegnazione set al = $3 where ente_id = $1 and fascicolo_id = $2 and al is null', [...key, c.istante])
}
