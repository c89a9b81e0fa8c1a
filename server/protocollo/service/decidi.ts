import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { romeDay } from '../../kernel/time.ts'
import { findCondizioni, formatAnnullamento, formatProvvedimento } from '../condizioni.ts'
import type { Condizione } from '../condizioni.ts'
import { datiDaCorreggere } from '../errors.ts'
import { confermaMancante, flussoAperto, giaAnnullata, richiestaAssente, richiestaDecisa, soloRgd, valoreCambiato } from '../errors-atti.ts'
import { findFlussoAperto, mayBeDelivered } from '../flussi.ts'
import { isRgd } from '../policy.ts'
import { findById, findSoggetti, lockRegistro } from '../repository.ts'
import type { RegistrazioneRow } from '../repository.ts'
import type { AutorizzazioneIn } from '../schema/atti.ts'
import type { CampoRettificabile } from '../schema/condizione.ts'
import { correct, valueOf } from '../vigente.ts'
import { legalInstant, record } from './annulla.ts'
import { findAltraAoo } from './comunicazione.ts'

/** A request as it waits to be decided. */
interface Richiesta {
  readonly id: string
  readonly atto: 'annullamento' | 'rettifica'
  readonly registrazioneId: string
  readonly motivo: string
  readonly campo: CampoRettificabile | null
  readonly posizione: number | null
  readonly valoreAnnullato: string | null
  readonly valoreCorretto: string | null
}

async function openRichiesta(tx: TxScope, id: string): Promise<{ q: Richiesta; r: RegistrazioneRow; condizione: Condizione }> {
  if (!isRgd(tx.attore)) throw soloRgd()
  const q = await queryOne<Richiesta>(
    tx,
    `select id, 'annullamento' as atto, registrazione_id as "registrazioneId", motivo, null as campo, null as posizione, null as "valoreAnnullato", null as "valoreCorretto"
       from annullamento where ente_id = $1 and id = $2
     union all select id, 'rettifica', registrazione_id, motivo, campo, posizione, valore_annullato, valore_corretto from rettifica where ente_id = $1 and id = $2`,
    [tx.ente.id, id],
  )
  if (q === null) throw richiestaAssente()
  const r = await findById(tx, q.registrazioneId)
  if (r === null) throw richiestaAssente()
  await lockRegistro(tx, r.registroId)
  if ((await queryOne(tx, 'select 1 from decisione_atto where ente_id = $1 and id = $2', [tx.ente.id, id])) !== null)
    throw richiestaDecisa()
  const condizione = (await findCondizioni(tx, [r.id])).get(r.id)
  if (condizione === undefined) throw richiestaAssente()
  return { q, r, condizione }
}

/**
 * Authorises a request by a provvedimento (TUDA 54 c. 2; REQ-PROT-049): RGD or vicario only. The registration is annulled, or the datum corrected, from
 * this instant; nothing is deleted (REQ-PROT-047). Throws Forbidden, NotFound, Conflict when it was decided or the datum changed, RuleViolation while a
 * flow is open (REQ-PROT-054), without confirmation for what went out (REQ-PROT-053), and on what is annulled already (REQ-PROT-051).
 */
export async function authorizeRichiesta(scope: Scope, id: string, input: AutorizzazioneIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const { q, r, condizione } = await openRichiesta(tx, id)
    if (condizione.annullata !== null) throw giaAnnullata()
    const il = await legalInstant(tx)
    if (input.provvedimento.data > romeDay(new Date(il)))
      throw datiDaCorreggere([{ campo: 'provvedimento.data', messaggio: 'La data del provvedimento è nel futuro.' }])
    if (q.atto === 'annullamento') await assertAnnullabile(tx, r, input.confermaDestinatario)
    else await assertUnchanged(tx, q, r, condizione)
    await insertDecisione(tx, q, {
      esito: 'AUTORIZZATO',
      provvedimento_numero: input.provvedimento.numero,
      provvedimento_data: input.provvedimento.data,
      motivo: q.motivo,
      conferma_destinatario: input.confermaDestinatario,
      deciso_il: il,
    })
    const provvedimento = formatProvvedimento(input.provvedimento.numero, input.provvedimento.data)
    if (q.atto === 'annullamento')
      await annul(tx, q, r, condizione, { il, provvedimento, confermaDestinatario: input.confermaDestinatario })
    else rectify(tx, q, r, provvedimento)
  })
}

async function assertAnnullabile(tx: TxScope, r: RegistrazioneRow, confermaDestinatario: boolean): Promise<void> {
  const aperto = await findFlussoAperto(tx, r.id)
  if (aperto !== null) throw flussoAperto(aperto)
  if (r.tipo === 'U' && !confermaDestinatario && (await mayBeDelivered(tx, r.id))) throw confermaMancante()
}

async function assertUnchanged(tx: TxScope, q: Richiesta, r: RegistrazioneRow, c: Condizione): Promise<void> {
  const vigente = correct({ row: r, soggetti: await findSoggetti(tx, r.id) }, c.correzioni)
  if (q.campo !== null && valueOf(vigente, q.campo, q.posizione ?? 0) !== q.valoreAnnullato) throw valoreCambiato()
}

async function insertDecisione(tx: TxScope, q: Richiesta, decisione: Record<string, unknown>): Promise<void> {
  await insertRows(tx, 'decisione_atto', [
    {
      id: q.id,
      registrazione_id: q.registrazioneId,
      atto: q.atto,
      decisore_id: tx.attore.id,
      decisore_nome: tx.attore.nome,
      ...decisione,
    },
  ])
}

/** What follows an annulment: the fact in the register's chain, the note to the offices that have the document, the effects of others (REQ-PROT-052). */
async function annul(
  tx: TxScope,
  q: Richiesta,
  r: RegistrazioneRow,
  condizione: Condizione,
  a: { readonly il: string; readonly provvedimento: string; readonly confermaDestinatario: boolean },
): Promise<void> {
  const testo = formatAnnullamento({
    il: new Date(a.il),
    operatore: tx.attore.nome,
    operatoreId: tx.attore.id,
    provvedimento: a.provvedimento,
    motivo: q.motivo,
  })
  record(tx, r, {
    azione: 'annullata',
    prima: { stato: 'VALIDA' },
    dopo: { stato: 'ANNULLATO', provvedimento: a.provvedimento, richiesta: q.id, confermaDestinatario: a.confermaDestinatario },
    motivo: q.motivo,
  })
  await query(
    tx,
    `update assegnazione set nota = left(concat_ws(' — ', nullif(nota, ''), $3::text), 2000) where ente_id = $1 and registrazione_id = $2 and al is null`,
    [tx.ente.id, r.id, testo],
  )
  tx.emit({ tipo: 'registrazioneAnnullata', id: r.id })
  if ((await findAltraAoo(tx, r, condizione)) !== null) tx.emit({ tipo: 'annullamentoDaComunicare', id: r.id })
}

function rectify(tx: TxScope, q: Richiesta, r: RegistrazioneRow, provvedimento: string): void {
  const campo = q.campo ?? 'oggetto'
  record(tx, r, {
    azione: 'rettificata',
    prima: { [campo]: q.valoreAnnullato },
    dopo: { [campo]: q.valoreCorretto, provvedimento, richiesta: q.id },
    motivo: q.motivo,
  })
  tx.emit({ tipo: 'registrazioneRettificata', id: r.id })
}

/** Refuses a request with a reason that stays: the registration is as it was. RGD or vicario only. Throws Forbidden, NotFound, Conflict. */
export async function refuseRichiesta(scope: Scope, id: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const { q, r } = await openRichiesta(tx, id)
    await insertDecisione(tx, q, {
      esito: 'RIFIUTATO',
      provvedimento_numero: null,
      provvedimento_data: null,
      motivo,
      conferma_destinatario: false,
      deciso_il: await legalInstant(tx),
    })
    record(tx, r, {
      azione: `${q.atto}-rifiutat${q.atto === 'rettifica' ? 'a' : 'o'}`,
      prima: { stato: 'RICHIESTO' },
      dopo: { stato: 'RIFIUTATO', richiesta: q.id },
      motivo,
    })
  })
}
