import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { formatItalianInstant } from '../../kernel/time.ts'
import { claimKey, chiaveGiaUsata, digestRequest } from '../../protocollo/index.ts'
import {
  aperturaAssente,
  datoDaCorreggere,
  giaAperto,
  giaChiusa,
  giaInDeroga,
  giaRecuperata,
  giornataGiaDichiarata,
  nonChiusa,
  registriEsauriti,
  registroEmergenzaAssente,
  totaliDiversi,
} from '../errors.ts'
import { findAperture, findAutorizzazioni, findGiornate, lockApertura, lockRegistroEmergenza, readClock } from '../repository.ts'
import type { AperturaRow } from '../repository.ts'
import { MINUTO, ORE_APERTURA, prosecuzioneErrore } from '../rules.ts'

const HOUR = 3_600_000

/**
 * Adds an emergency register for a site of the default AOO, with the next free code. Same key, same register. Throws RuleViolation after
 * ninety-nine (REQ-PROT-080).
 */
export async function createRegistro(scope: Scope, input: { sede: string }, chiave: string = newId()): Promise<string> {
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const richiesta = digestRequest(input)
    const earlier = await claimKey(tx, 'registro-emergenza', chiave, richiesta, id)
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta) throw chiaveGiaUsata()
      return earlier.risultatoId
    }
    await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 63))', [tx.ente.id])
    const next = await queryOne<{ n: number; aoo: string }>(
      tx,
      `select coalesce((select max(right(codice, 2)::int) from registro_emergenza where ente_id = $1), 0) + 1 as n,
              (select id from aoo where ente_id = $1 and predefinita) as aoo`,
      [tx.ente.id],
    )
    const n = next?.n ?? 1
    if (n > 99) throw registriEsauriti()
    const codice = `RE${String(n).padStart(2, '0')}`
    const row = {
      id,
      aoo_id: next?.aoo,
      codice,
      sede: input.sede,
      creato_il: (await readClock(tx)).toISOString(),
      creato_da: tx.attore.nome,
    }
    await insertRows(tx, 'registro_emergenza', [row])
    tx.audit({
      azione: 'registro-di-emergenza-creato',
      oggettoTipo: 'registro-emergenza',
      oggettoId: id,
      dopo: { codice, sede: input.sede },
    })
    return id
  })
}

/**
 * Opens an emergency register: cause, start of the interruption and the RGD's authorisation, which covers the first 24 hours (TUDA 63 cc. 1, 2; REQ-PROT-080).
 * `inizio` may be past (the server was down), never future. Same key, same opening. Throws NotFound, Conflict when it is already open, InvalidInput.
 */
export async function openApertura(
  scope: Scope,
  input: { registroId: string; causa: string; inizio: string; provvedimento: string },
  chiave: string,
): Promise<string> {
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const richiesta = digestRequest(input)
    const earlier = await claimKey(tx, 'apertura-emergenza', chiave, richiesta, id)
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta) throw chiaveGiaUsata()
      return earlier.risultatoId
    }
    const registro = await lockRegistroEmergenza(tx, input.registroId)
    if (registro === null) throw registroEmergenzaAssente()
    const now = await readClock(tx)
    const inizio = new Date(input.inizio)
    if (inizio.getTime() > now.getTime() + 60_000) throw datoDaCorreggere('inizio', 'L’inizio dell’interruzione è nel futuro.')
    const others = await findAperture(tx, registro.id)
    if (others.some((o) => o.ripristino === null)) throw giaAperto(registro.codice)
    if (others.some((o) => o.ripristino !== null && o.ripristino.getTime() - MINUTO > inizio.getTime()))
      throw datoDaCorreggere('inizio', 'L’interruzione comincia prima del ripristino di quella precedente.')
    await insertRows(tx, 'apertura_emergenza', [
      {
        id,
        registro_emergenza_id: registro.id,
        causa: input.causa,
        inizio: inizio.toISOString(),
        provvedimento: input.provvedimento,
        autorizzata_da: tx.attore.nome,
        origine: 'ufficio',
        aperta_il: now.toISOString(),
        aperta_da: tx.attore.nome,
      },
    ])
    await insertAutorizzazione(tx, id, 'apertura', {
      provvedimento: input.provvedimento,
      autorizzataDa: tx.attore.nome,
      dal: inizio,
      al: new Date(inizio.getTime() + ORE_APERTURA * HOUR),
    })
    tx.audit({
      azione: 'emergenza-aperta',
      oggettoTipo: 'apertura-emergenza',
      oggettoId: id,
      dopo: { registro: registro.codice, causa: input.causa, inizio: formatItalianInstant(inizio), provvedimento: input.provvedimento },
    })
    return id
  })
}

/** Writes what covers a period of an opening. */
export async function insertAutorizzazione(
  tx: TxScope,
  aperturaId: string,
  tipo: 'apertura' | 'prosecuzione',
  a: { provvedimento: string; autorizzataDa: string; dal: Date; al: Date },
): Promise<void> {
  await insertRows(tx, 'autorizzazione_emergenza', [
    {
      id: newId(),
      apertura_id: aperturaId,
      tipo,
      provvedimento: a.provvedimento,
      autorizzata_da: a.autorizzataDa,
      dal: a.dal.toISOString(),
      al: a.al.toISOString(),
      registrata_il: (await readClock(tx)).toISOString(),
      registrata_da: tx.attore.nome,
    },
  ])
}

async function lockOpen(tx: TxScope, id: string): Promise<AperturaRow> {
  const row = await lockApertura(tx, id)
  if (row === null) throw aperturaAssente()
  if (row.ripristino !== null) throw giaChiusa()
  return row
}

/** Authorises the continuation beyond 24 hours for at most one week, with the reference of its act (TUDA 63 c. 2; REQ-PROT-081). */
export async function authoriseProsecuzione(
  scope: Scope,
  aperturaId: string,
  input: { provvedimento: string; dal: string; al: string },
): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockOpen(tx, aperturaId)
    const [dal, al] = [new Date(input.dal), new Date(input.al)]
    const wrong = prosecuzioneErrore(row.inizio.getTime(), dal.getTime(), al.getTime())
    if (wrong !== null) throw datoDaCorreggere('al', wrong)
    // The same act sent twice is one authorisation.
    const known = await findAutorizzazioni(tx, [row.id])
    if (known.some((a) => a.provvedimento === input.provvedimento && a.dal.getTime() === dal.getTime() && a.al.getTime() === al.getTime()))
      return
    await insertAutorizzazione(tx, row.id, 'prosecuzione', { provvedimento: input.provvedimento, autorizzataDa: tx.attore.nome, dal, al })
    tx.audit({
      azione: 'emergenza-prosecuzione-autorizzata',
      oggettoTipo: 'apertura-emergenza',
      oggettoId: row.id,
      dopo: { registro: row.codice, provvedimento: input.provvedimento, dal: formatItalianInstant(dal), al: formatItalianInstant(al) },
    })
  })
}

/** Records the total of the manual registrations of a day, before its rows are in: the recovery must agree (TUDA 63 c. 3; REQ-PROT-082). */
export async function declareGiornata(scope: Scope, aperturaId: string, input: { giorno: string; totale: number }): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockApertura(tx, aperturaId)
    if (row === null) throw aperturaAssente()
    if (row.recuperataIl !== null) throw giaRecuperata()
    if ((await findGiornate(tx, [row.id])).some((g) => g.giorno === input.giorno)) throw giornataGiaDichiarata()
    await insertGiornata(tx, row.id, input.giorno, input.totale)
    tx.audit({
      azione: 'emergenza-giornata-chiusa',
      oggettoTipo: 'apertura-emergenza',
      oggettoId: row.id,
      dopo: { registro: row.codice, giorno: input.giorno, totale: input.totale },
    })
  })
}

/** Writes the total of a day. */
export async function insertGiornata(tx: TxScope, aperturaId: string, giorno: string, totale: number): Promise<void> {
  const row = { apertura_id: aperturaId, giorno, totale, registrata_il: (await readClock(tx)).toISOString(), registrata_da: tx.attore.nome }
  await insertRows(tx, 'giornata_emergenza', [row])
}

/**
 * Closes a register at the restoration, with date, time and how many registrations were made. From now on the AOO gives no ordinary number until they are
 * recovered; with none there is nothing to wait for (TUDA 63 c. 5; REQ-PROT-085). Throws NotFound, Conflict, InvalidInput, RuleViolation.
 */
export async function closeApertura(scope: Scope, aperturaId: string, input: { ripristino: string; righe: number }): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockOpen(tx, aperturaId)
    const now = await readClock(tx)
    const ripristino = new Date(input.ripristino)
    if (ripristino < row.inizio) throw datoDaCorreggere('ripristino', 'Il ripristino viene prima dell’inizio dell’interruzione.')
    if (ripristino.getTime() > now.getTime() + 60_000) throw datoDaCorreggere('ripristino', 'Il ripristino è nel futuro.')
    const declared = (await findGiornate(tx, [row.id])).reduce((sum, g) => sum + g.totale, 0)
    if (declared > input.righe) throw totaliDiversi(input.righe, declared)
    await query(
      tx,
      `update apertura_emergenza set ripristino = $3, chiusa_il = $4, chiusa_da = $5, righe_dichiarate = $6, recuperata_il = case when $6 = 0 then $4::timestamptz end
        where ente_id = $1 and id = $2`,
      [tx.ente.id, row.id, ripristino.toISOString(), now.toISOString(), tx.attore.nome, input.righe],
    )
    tx.audit({
      azione: 'emergenza-chiusa',
      oggettoTipo: 'apertura-emergenza',
      oggettoId: row.id,
      dopo: { registro: row.codice, ripristino: formatItalianInstant(ripristino), registrazioni: input.righe },
    })
  })
}

/** Lets ordinary registration begin again before the recovery, on the RGD's responsibility and with his reason (REQ-PROT-085). */
export async function overrideSospensione(scope: Scope, aperturaId: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockApertura(tx, aperturaId)
    if (row === null) throw aperturaAssente()
    if (row.ripristino === null) throw nonChiusa()
    if (row.recuperataIl !== null) throw giaRecuperata()
    if (row.derogaIl !== null) throw giaInDeroga()
    await query(tx, 'update apertura_emergenza set deroga_motivo = $3, deroga_il = $4, deroga_da = $5 where ente_id = $1 and id = $2', [
      tx.ente.id,
      row.id,
      motivo,
      (await readClock(tx)).toISOString(),
      tx.attore.nome,
    ])
    tx.audit({ azione: 'emergenza-deroga', oggettoTipo: 'apertura-emergenza', oggettoId: row.id, dopo: { registro: row.codice }, motivo })
  })
}

/** Openings with what covers them and their day totals, the latest first. */
export async function loadAperture(scope: Scope): Promise<{
  righe: AperturaRow[]
  autorizzazioni: Awaited<ReturnType<typeof findAutorizzazioni>>
  giornate: Awaited<ReturnType<typeof findGiornate>>
}> {
  const righe = await findAperture(scope)
  const ids = righe.map((r) => r.id)
  return { righe, autorizzazioni: await findAutorizzazioni(scope, ids), giornate: await findGiornate(scope, ids) }
}
