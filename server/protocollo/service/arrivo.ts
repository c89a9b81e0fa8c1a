import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { art40bis, chiaveGiaUsata, daRegistrareEInoltrare, differimentoEsistente, soloResponsabile } from '../errors.ts'
import { isRgd } from '../policy.ts'
import { claimKey, findSoggetti } from '../repository.ts'
import { digestRequest } from '../rules.ts'
import type { DestinazioneErrataDto, DestinazioneErrataIn, DifferimentoDto, DifferimentoIn } from '../schema/arrivo.ts'
import { nameOf } from '../soggetti.ts'
import { findVisibleById } from './read.ts'

/** Means whose arrivals are always registered (CAD 40-bis, 65). */
const SEMPRE_REGISTRATI: ReadonlySet<string> = new Set(['PEC', 'PORTALE', 'COOPERAZIONE'])

/** The author of a fact as its columns. */
function autore(tx: TxScope): Record<string, string> {
  return { autore_id: tx.attore.id, autore_nome: tx.attore.nome, creato_il: now().toISOString() }
}

/**
 * Authorises the deferred registration of what arrives in a period, for an exceptional, temporary and unforeseen cause, with its term (REQ-PROT-070).
 * Throws Forbidden to who is not the RGD or the vicario, Conflict when the provvedimento is already recorded otherwise.
 */
export async function authoriseDifferimento(scope: Scope, input: DifferimentoIn): Promise<DifferimentoDto> {
  if (!isRgd(scope.attore)) throw soloResponsabile()
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const row = await queryOne<{ id: string }>(
      tx,
      `insert into differimento (ente_id, id, aoo_id, provvedimento, causa, ambito, dal, al, entro_il, autore_id, autore_nome, creato_il)
       select $1, $2, a.id, $3, $4, $5, $6, $7, $8, $9, $10, $11 from aoo a where a.ente_id = $1 and a.predefinita on conflict do nothing returning id`,
      [
        tx.ente.id,
        id,
        input.provvedimento,
        input.causa,
        input.ambito,
        input.dal,
        input.al,
        input.entroIl,
        tx.attore.id,
        tx.attore.nome,
        now().toISOString(),
      ],
    )
    if (row === null) throw differimentoEsistente()
    tx.audit({ azione: 'differimento-autorizzato', oggettoTipo: 'differimento', oggettoId: id, dopo: input })
    return (await listRows(tx)).find((r) => r.id === id) as DifferimentoDto
  })
}

async function listRows(s: Scope): Promise<DifferimentoDto[]> {
  const rows = await query<Omit<DifferimentoDto, 'creatoIl'> & { creatoIl: Date }>(
    s,
    `select id, provvedimento, causa, ambito, to_char(dal, 'YYYY-MM-DD') as dal, to_char(al, 'YYYY-MM-DD') as al, to_char(entro_il, 'YYYY-MM-DD') as "entroIl",
            autore_nome as autore, creato_il as "creatoIl" from differimento where ente_id = $1 order by creato_il desc, id desc limit 200`,
    [s.ente.id],
  )
  return rows.map((r) => ({ ...r, creatoIl: r.creatoIl.toISOString() }))
}

/** Authorised deferrals, newest first. */
export async function listDifferimenti(scope: Scope): Promise<DifferimentoDto[]> {
  return await inReadTransaction(scope, listRows)
}

/**
 * Traces what was done with a document meant for another administration (REQ-PROT-018): registered and forwarded, or returned without registration where
 * the rule of the ente allows it and the means is not one of those always registered (`ART_40BIS`, REQ-PROT-011). Consumes no number. Same key, same result.
 */
export async function traceDestinazioneErrata(scope: Scope, input: DestinazioneErrataIn, chiave: string): Promise<DestinazioneErrataDto> {
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const richiesta = digestRequest(input)
    const earlier = await claimKey(tx, 'destinazione-errata', chiave, richiesta, id)
    if (earlier !== null && earlier.richiesta !== richiesta) throw chiaveGiaUsata()
    if (earlier === null) await writeDestinazione(tx, id, input)
    const [row] = await listDestinazioniRows(tx, earlier?.risultatoId ?? id)
    return row as DestinazioneErrataDto
  })
}

async function writeDestinazione(tx: TxScope, id: string, input: DestinazioneErrataIn): Promise<void> {
  const fatti = input.scelta === 'inoltrata' ? await factsOfInoltrata(tx, input.registrazioneId) : await checkedRestituita(tx, input)
  const aoo = await queryOne<{ id: string }>(tx, 'select id from aoo where ente_id = $1 and predefinita', [tx.ente.id])
  if (aoo === null) throw new Error('an ente without its default AOO')
  await insertRows(tx, 'destinazione_errata', [
    { id, aoo_id: aoo.id, scelta: input.scelta, ...fatti, amministrazione: input.amministrazione, nota: input.nota, ...autore(tx) },
  ])
  tx.audit({
    azione: input.scelta === 'inoltrata' ? 'inoltrata-per-competenza' : 'restituita-senza-registrazione',
    oggettoTipo: 'destinazione-errata',
    oggettoId: id,
    dopo: { ...fatti, amministrazione: input.amministrazione, nota: input.nota },
  })
}

async function factsOfInoltrata(tx: TxScope, registrazioneId: string): Promise<Record<string, unknown>> {
  const r = await findVisibleById(tx, registrazioneId)
  const mittente = (await findSoggetti(tx, r.id)).find((s) => s.ruolo === 'mittente')
  return {
    registrazione_id: r.id,
    mezzo: r.mezzo,
    mittente: mittente === undefined ? '' : nameOf(mittente),
    oggetto: r.oggetto,
    data_arrivo: (r.dataArrivo ?? r.istante).toISOString(),
  }
}

async function checkedRestituita(
  tx: TxScope,
  input: Extract<DestinazioneErrataIn, { scelta: 'restituita' }>,
): Promise<Record<string, unknown>> {
  if (SEMPRE_REGISTRATI.has(input.mezzo)) throw art40bis()
  const regola = await queryOne<{ scelta: string }>(
    tx,
    'select non_competenza as scelta from regola_arrivo where ente_id = $1 order by dal desc, id desc limit 1',
    [tx.ente.id],
  )
  if (regola?.scelta !== 'restituisci') throw daRegistrareEInoltrare()
  return { registrazione_id: null, mezzo: input.mezzo, mittente: input.mittente, oggetto: input.oggetto, data_arrivo: input.dataArrivo }
}

async function listDestinazioniRows(s: Scope, id: string | null): Promise<DestinazioneErrataDto[]> {
  const rows = await query<Omit<DestinazioneErrataDto, 'dataArrivo' | 'creatoIl'> & { dataArrivo: Date; creatoIl: Date }>(
    s,
    `select id, scelta, registrazione_id as "registrazioneId", mezzo, mittente, oggetto, data_arrivo as "dataArrivo", amministrazione, nota, autore_nome as autore,
            creato_il as "creatoIl" from destinazione_errata where ente_id = $1 and ($2::uuid is null or id = $2) order by creato_il desc, id desc limit 200`,
    [s.ente.id, id],
  )
  return rows.map((r) => ({ ...r, dataArrivo: r.dataArrivo.toISOString(), creatoIl: r.creatoIl.toISOString() }))
}

/** Documents meant for others, newest first. */
export async function listDestinazioniErrate(scope: Scope): Promise<DestinazioneErrataDto[]> {
  return await inReadTransaction(scope, async (s) => await listDestinazioniRows(s, null))
}
