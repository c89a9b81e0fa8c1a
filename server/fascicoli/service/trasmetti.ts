import type { ObjectStore } from '../../../storage/index.ts'
import { findContenuti, replyWith } from '../../documenti/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import type { FileReply } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import { startLavoro } from '../../kernel/lavori.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { claimKey, digestRequest, findVisibleById } from '../../protocollo/index.ts'
import {
  azioneNonConsentita,
  chiaveUsata,
  movimentoAssente,
  movimentoDeciso,
  pacchettoInPreparazione,
  registrazioneNonAdatta,
  riservatiNonTrasmissibili,
  statoNonAmmesso,
  trasmissioneInCorso,
} from '../errors.ts'
import { readClock } from '../numbering.ts'
import { canDecideFascicolo, canSeeRiservata, visibilitaFascicoliOf } from '../policy.ts'
import { findMovimento } from '../repository-contorno.ts'
import type { MovimentoRow } from '../repository-contorno.ts'
import type { FascicoloRow } from '../repository.ts'
import { isAperto, isChiuso } from '../rules.ts'
import type { ConsegnaTrasmissione, NuovaTrasmissione, RiscontroTrasmissione } from '../schema-vita.ts'
import { closeFascicoloWithin } from './close.ts'
import type { ControlloChiusura } from './close.ts'
import { lockVisibleFascicolo } from './file.ts'
import { findVisibleFascicolo } from './read.ts'

/**
 * Begins to hand a fascicolo over to another body: the package is made by a job, with its progress in /lavori, as this person could read the fascicolo now. The
 * reserved documents go only when asked, by who sees them. One at a time. Same key and same request give the first. Answers the id of the movement. Throws
 * NotFound, Forbidden, RuleViolation, Conflict.
 */
export async function requestTrasmissione(scope: Scope, fascicolo: string, input: NuovaTrasmissione, chiave: string): Promise<string> {
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const richiesta = digestRequest({ fascicolo, ...input })
    const earlier = await claimKey(tx, 'trasmissione-fascicolo', chiave, richiesta, id)
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta) throw chiaveUsata()
      return earlier.risultatoId
    }
    const row = await lockDecidable(tx, fascicolo)
    if (!isAperto(row.stato) && !isChiuso(row.stato)) throw statoNonAmmesso(row.codice)
    if (input.conRiservati && !canSeeRiservata(visibilitaFascicoliOf(tx.attore), row)) throw riservatiNonTrasmissibili()
    const pending = await queryOne(
      tx,
      `select 1 from fascicolo_movimento where ente_id = $1 and fascicolo_id = $2 and tipo = 'trasmissione' and stato = 'richiesto'`,
      [tx.ente.id, row.id],
    )
    if (pending !== null) throw trasmissioneInCorso()
    await writeRichiesta(tx, row, id, input)
    return id
  })
}

async function writeRichiesta(tx: TxScope, row: FascicoloRow, id: string, input: NuovaTrasmissione): Promise<void> {
  const { id: chi, nome, profili, uffici, ufficiDiretti, perContoDi } = tx.attore
  const lavoro = await startLavoro(tx, {
    tipo: 'trasmissione',
    titolo: `Pacchetto del fascicolo ${row.codice} per ${input.destinatario}`,
    parametri: { fascicoloId: row.id, movimentoId: id, persona: { id: chi, nome, profili, uffici, ufficiDiretti, perContoDi } },
    totale: row.documenti,
  })
  await insertRows(tx, 'fascicolo_movimento', [
    {
      id,
      fascicolo_id: row.id,
      tipo: 'trasmissione',
      stato: 'richiesto',
      da_ufficio_id: row.ufficioId,
      destinatario: input.destinatario,
      destinatario_codice_ipa: input.codiceIpa === undefined || input.codiceIpa === '' ? null : input.codiceIpa,
      motivo: input.motivo,
      richiesto_da: chi,
      richiesto_da_nome: nome,
      richiesto_il: (await readClock(tx)).istante,
      con_riservati: input.conRiservati,
      lavoro_id: lavoro,
    },
  ])
  tx.audit({
    azione: 'trasmissione-richiesta',
    oggettoTipo: 'fascicolo',
    oggettoId: row.id,
    fascicoloId: row.id,
    dopo: { movimento: id, destinatario: input.destinatario, codiceIpa: input.codiceIpa ?? null, conRiservati: input.conRiservati },
    motivo: input.motivo,
  })
  tx.emit({ tipo: 'trasmissioneRichiesta', id: lavoro })
}

async function lockDecidable(tx: TxScope, fascicolo: string): Promise<FascicoloRow> {
  const row = await lockVisibleFascicolo(tx, fascicolo)
  if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
  return row
}

async function findTrasmissione(s: Scope, row: FascicoloRow, id: string): Promise<MovimentoRow> {
  const movimento = await findMovimento(s, row.id, id)
  if (movimento?.tipo !== 'trasmissione') throw movimentoAssente()
  return movimento
}

/** A registration this person reads, of the direction that makes sense. Throws NotFound, RuleViolation. */
async function checkRegistrazione(tx: TxScope, id: string | undefined, tipo: 'E' | 'U'): Promise<void> {
  if (id === undefined) return
  const registrazione = await findVisibleById(tx, id)
  if (registrazione.tipo !== tipo) throw registrazioneNonAdatta(tipo)
}

/**
 * The package was handed over: the registration in uscita that carried it, when there is one, and what becomes of the fascicolo here. Closed, it is with the
 * outcome `trasmissione per competenza` and the usual checks (REQ-FASC-019, REQ-FASC-041). Throws NotFound, Forbidden, Conflict while the package is being
 * made or once it is done, RuleViolation with the findings.
 */
export async function deliverTrasmissione(
  scope: Scope,
  fascicolo: string,
  id: string,
  input: ConsegnaTrasmissione,
  controlli: readonly ControlloChiusura[],
): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockDecidable(tx, fascicolo)
    const movimento = await findTrasmissione(tx, row, id)
    if (movimento.stato !== 'richiesto') throw movimentoDeciso()
    if (movimento.impronta === null) throw pacchettoInPreparazione()
    await checkRegistrazione(tx, input.registrazioneId, 'U')
    const esito = input.chiusura === undefined ? 'continua' : 'chiuso'
    await query(
      tx,
      `update fascicolo_movimento set stato = 'eseguito', deciso_da_nome = $3, deciso_il = $4, nota = nullif($5, ''), registrazione_uscita_id = $6, esito_fascicolo = $7
        where ente_id = $1 and id = $2`,
      [tx.ente.id, id, tx.attore.nome, (await readClock(tx)).istante, input.nota, input.registrazioneId ?? null, esito],
    )
    tx.audit({
      azione: 'fascicolo-trasmesso',
      oggettoTipo: 'fascicolo',
      oggettoId: row.id,
      fascicoloId: row.id,
      dopo: {
        movimento: id,
        destinatario: movimento.destinatario,
        impronta: movimento.impronta,
        documenti: movimento.documenti,
        registrazione: input.registrazioneId ?? null,
        esito,
      },
      motivo: movimento.motivo,
    })
    if (input.chiusura === undefined) return
    const nota = `Consegnato a ${movimento.destinatario ?? ''}`
    await closeFascicoloWithin(tx, row.id, { ...input.chiusura, esito: 'trasmissione per competenza', nota }, controlli)
  })
}

/** What the other body answered to a handing over that was done, with the registration in entrata. Throws NotFound, Forbidden, Conflict, RuleViolation. */
export async function answerTrasmissione(scope: Scope, fascicolo: string, id: string, input: RiscontroTrasmissione): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockDecidable(tx, fascicolo)
    const movimento = await findTrasmissione(tx, row, id)
    if (movimento.stato !== 'eseguito') throw movimento.stato === 'richiesto' ? pacchettoInPreparazione() : movimentoDeciso()
    await checkRegistrazione(tx, input.registrazioneId, 'E')
    await query(
      tx,
      `update fascicolo_movimento set stato = $3, registrazione_entrata_id = $4, riscontro_da_nome = $5, riscontro_il = $6, riscontro_nota = nullif($7, '') where ente_id = $1 and id = $2`,
      [
        tx.ente.id,
        id,
        input.accettato ? 'accettato' : 'rifiutato',
        input.registrazioneId ?? null,
        tx.attore.nome,
        (await readClock(tx)).istante,
        input.nota,
      ],
    )
    tx.audit({
      azione: 'trasmissione-riscontrata',
      oggettoTipo: 'fascicolo',
      oggettoId: row.id,
      fascicoloId: row.id,
      dopo: { movimento: id, accettato: input.accettato, registrazione: input.registrazioneId ?? null },
      ...(input.nota === '' ? {} : { motivo: input.nota }),
    })
  })
}

/** Gives up a handing over that was not done yet; the fascicolo stays as it is. Throws NotFound, Forbidden, Conflict. */
export async function abandonTrasmissione(scope: Scope, fascicolo: string, id: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockDecidable(tx, fascicolo)
    const movimento = await findTrasmissione(tx, row, id)
    if (movimento.stato !== 'richiesto') throw movimentoDeciso()
    await query(
      tx,
      `update fascicolo_movimento set stato = 'rifiutato', deciso_da_nome = $3, deciso_il = $4, nota = $5 where ente_id = $1 and id = $2`,
      [tx.ente.id, id, tx.attore.nome, (await readClock(tx)).istante, motivo],
    )
    tx.audit({
      azione: 'trasmissione-abbandonata',
      oggettoTipo: 'fascicolo',
      oggettoId: row.id,
      fascicoloId: row.id,
      dopo: { movimento: id },
      motivo,
    })
  })
}

/**
 * The package of a handing over, for who decides of the fascicolo; one with reserved documents only for who sees those. The read is recorded before the first
 * byte. Throws NotFound, Forbidden, Conflict while it is being made.
 */
export async function openPacchetto(scope: Scope, fascicolo: string, id: string, store: ObjectStore): Promise<FileReply> {
  const { row, movimento, contenuto } = await inReadTransaction(scope, async (s) => {
    const found = await findVisibleFascicolo(s, fascicolo)
    if (!canDecideFascicolo(s.attore, found)) throw azioneNonConsentita()
    const m = await findTrasmissione(s, found, id)
    if (m.conRiservati === true && !canSeeRiservata(visibilitaFascicoliOf(s.attore), found)) throw movimentoAssente()
    const file =
      m.pacchettoContenutoId === null ? undefined : (await findContenuti(s, [m.pacchettoContenutoId])).get(m.pacchettoContenutoId)
    return { row: found, movimento: m, contenuto: file }
  })
  if (contenuto === undefined) throw pacchettoInPreparazione()
  await recordFact(scope, {
    azione: 'trasmissione-letta',
    oggettoTipo: 'fascicolo',
    oggettoId: row.id,
    fascicoloId: row.id,
    dopo: { movimento: movimento.id, impronta: contenuto.sha256 },
  })
  return await replyWith(scope, contenuto, store)
}
