import {
  canDecideFascicolo,
  canFileDocumento,
  findDocumenti,
  lockVisibleFascicolo,
  moveFaseWithin,
  moveSospensioneWithin,
  moveTermineWithin,
} from '../../fascicoli/index.ts'
import type { FascicoloRow } from '../../fascicoli/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { formatItalianDay } from '../../kernel/time.ts'
import { computeTermine, faseOf, findRegole, sospensioneIn, TERMINE_ORDINARIO } from '../../procedimenti/index.ts'
import type { FattiTermine, RegoleTermini, Termine } from '../../procedimenti/index.ts'
import { attoNonConsentito, datiPratica, eventoNonAmmesso, praticaAssente, praticaConclusa } from '../errors.ts'
import { findEventi, findPassi, findPratica, lockPratica, readClock } from '../repository.ts'
import type { PraticaRow } from '../repository.ts'
import { fattiOf, passiOf, refuseEvento, silenzioOf } from '../rules.ts'
import type { Base } from '../rules.ts'
import type { NuovoEvento, PassoFattoIn } from '../schema.ts'

/** An open practice, locked with its fascicolo: nobody else moves it meanwhile. Throws NotFound, Conflict when it is concluded. */
export async function lockOpen(tx: TxScope, id: string): Promise<{ pratica: PraticaRow; fascicolo: FascicoloRow }> {
  const found = await findPratica(tx, { id })
  if (found === null) throw praticaAssente()
  const fascicolo = await lockVisibleFascicolo(tx, found.fascicoloId).catch((): never => {
    throw praticaAssente()
  })
  await lockPratica(tx, id)
  const pratica = (await findPratica(tx, { id })) as PraticaRow
  if (pratica.conclusaIl !== null) throw praticaConclusa()
  return { pratica, fascicolo }
}

/** What the term of a practice starts from. */
export function baseOf(p: PraticaRow): Base {
  return { avvio: p.avvio, giorni: p.termineGiorni ?? TERMINE_ORDINARIO, unita: p.termineUnita }
}

/** The term of a practice as its events make it now, with everything it was counted from. */
export async function computeNow(s: Scope, p: PraticaRow): Promise<{ fatti: FattiTermine; termine: Termine; regole: RegoleTermini }> {
  const { regole, calendario } = await findRegole(s, p.aooId)
  const fatti = fattiOf(baseOf(p), await findEventi(s, p.id), regole)
  return { fatti, termine: computeTermine(fatti, regole, calendario), regole }
}

/**
 * Writes that a step was done, skipped with its reason, or is to be done again; the phase of the procedure follows (Allegato 5). The document, when given,
 * must be in the fascicolo. Throws NotFound, Forbidden, InvalidInput, Conflict when the practice is concluded.
 */
export async function recordPasso(scope: Scope, id: string, input: PassoFattoIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const { pratica, fascicolo } = await lockOpen(tx, id)
    if (!canFileDocumento(tx.attore, fascicolo)) throw attoNonConsentito()
    const { oggi, istante } = await readClock(tx)
    const giorno = input.giorno ?? oggi
    const passo = pratica.modello.find((p) => p.chiave === input.passo)
    await assertPasso(tx, pratica, input, giorno, oggi)
    await insertRows(tx, 'pratica_passo', [
      {
        id: newId(),
        pratica_id: id,
        passo: input.passo,
        esito: input.esito,
        motivo: input.motivo,
        giorno,
        documento_id: input.documentoId ?? null,
        autore_id: tx.attore.id,
        autore_nome: tx.attore.nome,
        istante,
      },
    ])
    const stati = passiOf(pratica.modello, await findPassi(tx, id))
    if (pratica.fascicoloTipo === 'procedimento amministrativo') {
      const fase = faseOf(pratica.modello, (chiave) => stati.some((s) => s.chiave === chiave && s.stato === 'da fare'))
      await moveFaseWithin(tx, pratica.fascicoloId, fase, giorno)
    }
    tx.audit({
      azione: `passo-${input.esito}`,
      oggettoTipo: 'pratica',
      oggettoId: id,
      fascicoloId: pratica.fascicoloId,
      dopo: { passo: passo?.nome, giorno },
      ...(input.motivo === '' ? {} : { motivo: input.motivo }),
    })
  })
}

async function assertPasso(tx: TxScope, pratica: PraticaRow, input: PassoFattoIn, giorno: string, oggi: string): Promise<void> {
  const passo = pratica.modello.find((p) => p.chiave === input.passo)
  if (passo === undefined) throw datiPratica([{ campo: 'passo', messaggio: 'Il modello di questa pratica non ha questo passo.' }])
  const stato = passiOf([passo], await findPassi(tx, pratica.id))[0]?.stato
  if ((input.esito === 'riaperto') === (stato === 'da fare'))
    throw eventoNonAmmesso(
      'passo-gia-cosi',
      input.esito === 'riaperto' ? 'Il passo è già da fare.' : 'Il passo è già stato fatto o saltato.',
    )
  if (input.esito !== 'fatto' && input.motivo === '')
    throw datiPratica([
      { campo: 'motivo', messaggio: input.esito === 'saltato' ? 'Scrivi perché il passo si salta.' : 'Scrivi perché il passo va rifatto.' },
    ])
  if (giorno > oggi) throw datiPratica([{ campo: 'giorno', messaggio: 'La data è nel futuro.' }])
  if (giorno < pratica.avvio)
    throw datiPratica([{ campo: 'giorno', messaggio: `Il procedimento è cominciato il ${formatItalianDay(pratica.avvio)}.` }])
  await assertDocumento(tx, pratica.fascicoloId, input.documentoId)
}

async function assertDocumento(tx: TxScope, fascicoloId: string, documentoId: string | undefined): Promise<void> {
  if (documentoId === undefined) return
  if ((await findDocumenti(tx, fascicoloId)).some((d) => d.documentoId === documentoId)) return
  throw datiPratica([{ campo: 'documentoId', messaggio: 'Il documento non è nel fascicolo: inseriscilo prima.' }])
}

/**
 * Writes an event that moves the term, with its reason (L. 241/1990 artt. 2 c. 7, 10-bis, 16, 17); term, silence and suspension follow from all the events
 * together. Throws NotFound, Forbidden, RuleViolation for what the law does not admit, Conflict when the practice is concluded.
 */
export async function recordEvento(scope: Scope, id: string, input: NuovoEvento): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const { pratica, fascicolo } = await lockOpen(tx, id)
    if (!canDecideFascicolo(tx.attore, fascicolo)) throw attoNonConsentito()
    const { oggi, istante } = await readClock(tx)
    const { regole } = await findRegole(tx, pratica.aooId)
    const giorno = input.giorno ?? oggi
    const eventi = await findEventi(tx, id)
    const refusal = refuseEvento(
      { ...input, giorno },
      { base: baseOf(pratica), eventi, regole, iniziativa: pratica.iniziativa, termine: pratica.termine, oggi },
    )
    if (refusal !== null) throw eventoNonAmmesso(refusal.codice, refusal.messaggio)
    await assertDocumento(tx, pratica.fascicoloId, input.documentoId)
    await insertRows(tx, 'pratica_evento', [
      {
        id: newId(),
        pratica_id: id,
        tipo: input.tipo,
        riferito_id: input.riferitoId ?? null,
        giorno,
        giorni: input.giorni ?? null,
        motivo: input.motivo,
        documento_id: input.documentoId ?? null,
        autore_id: tx.attore.id,
        autore_nome: tx.attore.nome,
        istante,
      },
    ])
    const dopo = await refreshTermine(tx, pratica, oggi, input.motivo)
    tx.audit({
      azione: 'termine-cambiato',
      oggettoTipo: 'pratica',
      oggettoId: id,
      fascicoloId: pratica.fascicoloId,
      prima: { termine: pratica.termine },
      dopo: { evento: input.tipo, giorno, termine: dopo },
      motivo: input.motivo,
    })
  })
}

/** Counts the term again from all the events and keeps it on practice and fascicolo, which is suspended and taken up again with it; answers it. */
async function refreshTermine(tx: TxScope, pratica: PraticaRow, oggi: string, motivo: string): Promise<string | null> {
  const { fatti, termine } = await computeNow(tx, pratica)
  const stop = sospensioneIn(fatti, oggi)
  await query(
    tx,
    `update pratica set termine = $3::date, silenzio_il = $4::date, sospesa_dal = $5::date, sospesa_fino = $6::date where ente_id = $1 and id = $2`,
    [tx.ente.id, pratica.id, termine.termine, silenzioOf(pratica.silenzio, termine.termine), stop?.dal ?? null, stop?.fino ?? null],
  )
  await moveTermineWithin(tx, pratica.fascicoloId, termine.termine)
  await followSospensione(tx, pratica, stop !== null, motivo)
  return termine.termine
}

/**
 * The fascicolo is SOSPESO while its procedure is, and APERTO again afterwards, in the same transaction. What a person suspended by hand is not touched: the
 * practice takes up again only what it suspended itself. Repeating it changes nothing.
 */
export async function followSospensione(
  tx: TxScope,
  pratica: Pick<PraticaRow, 'id' | 'fascicoloId' | 'fascicoloSospeso'>,
  ferma: boolean,
  motivo: string,
): Promise<void> {
  if (ferma === pratica.fascicoloSospeso) return
  const moved = await moveSospensioneWithin(tx, pratica.fascicoloId, ferma, `Procedimento ${ferma ? 'sospeso' : 'ripreso'}: ${motivo}`)
  if (ferma && !moved) return
  await query(tx, 'update pratica set fascicolo_sospeso = $3 where ente_id = $1 and id = $2', [tx.ente.id, pratica.id, ferma])
}
