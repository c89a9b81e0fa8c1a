import { findIncarichi, permessiDi } from '../../enti/index.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { linkArrivoWithin, unlinkArrivoWithin } from '../../protocollo/index.ts'
import {
  collegaNonAbilitato,
  esclusioneVietata,
  istanzaNonEscludibile,
  messaggioAssente,
  messaggioGiaTrattato,
  tipoEsclusioneAssente,
} from '../errors.ts'
import { lockMessaggio } from '../repository.ts'
import type { DecisioneAperta, MessaggioRow } from '../repository.ts'
import { isIstanza } from '../rules.ts'
import type { EsitoGruppo, NonCompetenzaIn, PassaggioIn, ScartoIn, UnioneIn } from '../schema.ts'
import { readRegola } from './esclusioni.ts'
import { lockWorkable } from './queue.ts'

/**
 * Leaves a message out of the register under one of the heads of TUDA art. 53 c. 5: who, when, which head and the note are kept, the message stays
 * retrievable, no number is consumed (REQ-PROT-012, REQ-PROT-013). A PEC and an istanza are refused with `ART_40BIS` (REQ-PROT-011).
 */
export async function excludeMessaggio(scope: Scope, id: string, input: ScartoIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockWorkable(tx, id)
    if (row.tipo === 'pec') throw esclusioneVietata()
    if (isIstanza(row)) throw istanzaNonEscludibile()
    if (input.tipoEsclusioneId !== undefined) await assertTipo(tx, input.tipoEsclusioneId, input.voce)
    await query(
      tx,
      `update messaggio set stato = 'scartato', voce_esclusione = $3, nota = $4, bloccato_da = null, bloccato_da_nome = null, bloccato_il = null where ente_id = $1 and id = $2`,
      [tx.ente.id, id, input.voce, input.nota === '' ? null : input.nota],
    )
    await decide(tx, row, { tipo: 'escluso', voce: input.voce, tipoEsclusioneId: input.tipoEsclusioneId ?? null, nota: input.nota })
    record(tx, row, 'messaggio-scartato', { stato: 'scartato', voce: input.voce, nota: input.nota })
  })
}

async function assertTipo(tx: TxScope, id: string, voce: string): Promise<void> {
  const row = await queryOne(tx, 'select 1 from tipo_esclusione where ente_id = $1 and id = $2 and voce = $3 and al is null', [
    tx.ente.id,
    id,
    voce,
  ])
  if (row === null) throw tipoEsclusioneAssente()
}

/** Leaves many messages out under the same head, one act each: what may not be left out stops only itself. */
export async function excludeGruppo(scope: Scope, ids: readonly string[], input: ScartoIn): Promise<EsitoGruppo> {
  return await each(ids, async (id) => await excludeMessaggio(scope, id, input))
}

/**
 * Links a message to the registration of the same document already received: no number is consumed, the arrival stays with the registration and the message is
 * still read as what it was (REQ-PROT-016, REQ-PROT-137). Throws NotFound for a registration this person may not see.
 */
export async function uniteMessaggio(scope: Scope, id: string, input: UnioneIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockWorkable(tx, id)
    await linkArrivoWithin(tx, input.registrazioneId, {
      mezzo: row.tipo === 'pec' && row.controlli.verificato ? 'PEC' : 'PEO',
      arrivatoIl: row.ricevutoIl.toISOString(),
      messaggioId: id,
      nota: input.nota,
    })
    await query(
      tx,
      `update messaggio set stato = 'unito', registrazione_id = $3, bloccato_da = null, bloccato_da_nome = null, bloccato_il = null where ente_id = $1 and id = $2`,
      [tx.ente.id, id, input.registrazioneId],
    )
    await decide(tx, row, { tipo: 'unito', registrazioneId: input.registrazioneId, nota: input.nota })
    record(tx, row, 'messaggio-unito', { stato: 'unito', registrazioneId: input.registrazioneId, nota: input.nota })
  })
}

/**
 * What is meant for another administration (REQ-PROT-018): sent back without registration where the ente chose so, else registered and forwarded; a PEC is always
 * registered. Either choice is traced with the administration it was meant for. Answers the choice made.
 */
export async function declareNonCompetenza(
  scope: Scope,
  id: string,
  input: NonCompetenzaIn,
): Promise<{ scelta: 'registra_e_inoltra' | 'restituisci' }> {
  return await inTransaction(scope, async (tx) => {
    const row = await lockWorkable(tx, id)
    const scelta = row.tipo === 'pec' || isIstanza(row) ? 'registra_e_inoltra' : (await readRegola(tx)).nonCompetenza
    await closeDecision(tx, row, 'da_inoltrare')
    await decide(tx, row, {
      tipo: scelta === 'restituisci' ? 'restituito' : 'da_inoltrare',
      destinatario: input.amministrazione,
      nota: input.nota,
    })
    if (scelta === 'restituisci') {
      await query(
        tx,
        `update messaggio set stato = 'restituito', bloccato_da = null, bloccato_da_nome = null, bloccato_il = null where ente_id = $1 and id = $2`,
        [tx.ente.id, id],
      )
    }
    record(tx, row, 'messaggio-non-di-competenza', { scelta, amministrazione: input.amministrazione, nota: input.nota })
    return { scelta }
  })
}

/** Hands a message to a colleague who may register, with a note; he finds it among what was handed to him. Throws RuleViolation for who may not. */
export async function passMessaggio(scope: Scope, id: string, input: PassaggioIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockWorkable(tx, id)
    const { profili } = await findIncarichi(tx, input.operatoreId)
    if (!permessiDi(profili).has('messaggi.lavora')) throw collegaNonAbilitato()
    await closeDecision(tx, row, 'passato')
    await decide(tx, row, { tipo: 'passato', operatoreId: input.operatoreId, nota: input.nota })
    await query(tx, `update messaggio set bloccato_da = null, bloccato_da_nome = null, bloccato_il = null where ente_id = $1 and id = $2`, [
      tx.ente.id,
      id,
    ])
    record(tx, row, 'messaggio-passato', { operatore: input.operatoreId, nota: input.nota })
  })
}

/** Hands many messages to the same colleague. */
export async function passGruppo(scope: Scope, ids: readonly string[], input: PassaggioIn): Promise<EsitoGruppo> {
  return await each(ids, async (id) => await passMessaggio(scope, id, input))
}

const RIPRISTINABILI: ReadonlySet<string> = new Set(['scartato', 'restituito', 'unito'])

/** Brings back to the queue a message left out, sent back or linked by mistake. Throws Conflict when it is none of these. */
export async function restoreMessaggio(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockMessaggio(tx, id)
    if (row === null) throw messaggioAssente()
    if (!RIPRISTINABILI.has(row.stato)) throw messaggioGiaTrattato(row.stato.replace('_', ' '))
    if (row.registrazioneId !== null) await unlinkArrivoWithin(tx, row.registrazioneId, id)
    const stato = row.motivo === null ? 'da_protocollare' : 'quarantena'
    await query(
      tx,
      'update messaggio set stato = $3, voce_esclusione = null, nota = null, registrazione_id = null where ente_id = $1 and id = $2',
      [tx.ente.id, id, stato],
    )
    for (const tipo of ['escluso', 'restituito', 'unito'] as const) await closeDecision(tx, row, tipo)
    tx.audit({
      azione: 'messaggio-ripristinato',
      oggettoTipo: 'messaggio',
      oggettoId: id,
      prima: { stato: row.stato, voce: row.voceEsclusione, nota: row.nota, registrazioneId: row.registrazioneId },
      dopo: { stato },
    })
  })
}

interface Decisione {
  readonly tipo: DecisioneAperta['tipo']
  readonly voce?: string
  readonly tipoEsclusioneId?: string | null
  readonly registrazioneId?: string
  readonly operatoreId?: string
  readonly destinatario?: string
  readonly nota: string
}

async function decide(tx: TxScope, row: MessaggioRow, d: Decisione): Promise<void> {
  await insertRows(tx, 'decisione_messaggio', [
    {
      id: newId(),
      messaggio_id: row.id,
      tipo: d.tipo,
      voce: d.voce ?? null,
      tipo_esclusione_id: d.tipoEsclusioneId ?? null,
      registrazione_id: d.registrazioneId ?? null,
      operatore_id: d.operatoreId ?? null,
      destinatario: d.destinatario ?? null,
      nota: d.nota,
      dal: now().toISOString(),
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      al: null,
      chiusa_da_nome: null,
    },
  ])
}

async function closeDecision(tx: TxScope, row: MessaggioRow, tipo: DecisioneAperta['tipo']): Promise<void> {
  await query(
    tx,
    'update decisione_messaggio set al = $4, chiusa_da_nome = $5 where ente_id = $1 and messaggio_id = $2 and tipo = $3 and al is null',
    [tx.ente.id, row.id, tipo, now().toISOString(), tx.attore.nome],
  )
}

function record(tx: TxScope, row: MessaggioRow, azione: string, dopo: unknown): void {
  tx.audit({ azione, oggettoTipo: 'messaggio', oggettoId: row.id, prima: { stato: row.stato }, dopo })
}

async function each(ids: readonly string[], act: (id: string) => Promise<void>): Promise<EsitoGruppo> {
  const saltati: { id: string; motivo: string }[] = []
  for (const id of ids) {
    try {
      await act(id)
    } catch (error) {
      if (!(error instanceof FaldoneError)) throw error
      saltati.push({ id, motivo: error.message })
    }
  }
  return { fatti: ids.length - saltati.length, saltati }
}
