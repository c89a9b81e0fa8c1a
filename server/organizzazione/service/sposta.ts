import { newId } from '../../kernel/ids.ts'
import { insertRows, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { addDays, now } from '../../kernel/time.ts'
import { lockRegistro } from '../../protocollo/index.ts'
import { receiverOf } from '../rules.ts'
import type { RiorganizzazioneIn, SpostamentiDto } from '../schema.ts'

type Piano = Pick<RiorganizzazioneIn, 'ufficioId' | 'successoreId' | 'ripartizioni'>

interface Assegnazione {
  id: string
  registrazioneId: string
  registroId: string
  documentoId: string
  operatoreId: string | null
  tipo: string
  stato: string
  motivo: string | null
  presaDaNome: string | null
  presaIl: Date | null
  codice: string
}
interface FascicoloAperto {
  id: string
  codice: string
  responsabileId: string
}
interface Voce {
  id: string
  codice: string
}
interface IncaricoDaSpostare {
  id: string
  operatoreId: string
  profilo: string
  aooId: string | null
  dal: string
  al: string | null
}

/** Everything of an office that is still to be done. */
interface Pendente {
  readonly assegnazioni: Assegnazione[]
  readonly fascicoli: FascicoloAperto[]
  readonly voci: Voce[]
  readonly incarichi: IncaricoDaSpostare[]
  readonly figli: { id: string }[]
}

/** Rows written by one statement at most: below the number of parameters PostgreSQL takes. */
const BLOCCO = 500

/** What an office has to do, with the classification that decides who receives it. */
export async function findPending(s: Scope, { ufficioId }: Piano): Promise<Pendente> {
  const params = [s.ente.id, ufficioId]
  return {
    assegnazioni: await query<Assegnazione>(
      s,
      `select a.id, a.registrazione_id as "registrazioneId", r.registro_id as "registroId", a.documento_id as "documentoId", a.operatore_id as "operatoreId", a.tipo, a.stato, a.motivo,
              a.presa_da_nome as "presaDaNome", a.presa_il as "presaIl", v.codice
         from assegnazione a join registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id join documento d on d.ente_id = a.ente_id and d.id = a.documento_id
         join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
        where a.ente_id = $1 and a.ufficio_id = $2 and a.al is null order by a.id`,
      params,
    ),
    fascicoli: await query<FascicoloAperto>(
      s,
      `select f.id, v.codice, f.responsabile_id as "responsabileId" from fascicolo f join voce_titolario v on v.ente_id = f.ente_id and v.id = f.voce_id
        where f.ente_id = $1 and f.ufficio_id = $2 and f.stato in ('APERTO', 'SOSPESO') order by f.id`,
      params,
    ),
    voci: await query<Voce>(
      s,
      'select id, codice from voce_titolario where ente_id = $1 and ufficio_predefinito_id = $2 order by id',
      params,
    ),
    incarichi: await query<IncaricoDaSpostare>(
      s,
      `select id, operatore_id as "operatoreId", profilo, aoo_id as "aooId", to_char(dal, 'YYYY-MM-DD') as dal, to_char(al, 'YYYY-MM-DD') as al
         from incarico where ente_id = $1 and ufficio_id = $2 and (al is null or al >= (now() at time zone 'Europe/Rome')::date) order by id`,
      params,
    ),
    figli: await query<{ id: string }>(s, 'select id from ufficio where ente_id = $1 and padre_id = $2 and al is null order by id', params),
  }
}

/** How much moves, and to whom. */
export async function summarize(s: Scope, p: Pendente, piano: Piano): Promise<SpostamentiDto> {
  const count = (codes: readonly { codice: string }[], ufficioId: string): number =>
    codes.filter((c) => receiverOf(c.codice, piano.successoreId, piano.ripartizioni) === ufficioId).length
  const receivers = [...new Set([piano.successoreId, ...piano.ripartizioni.map((r) => r.ufficioId)])]
  const names = await query<{ id: string; denominazione: string }>(
    s,
    'select id, denominazione from ufficio where ente_id = $1 and id = any($2::uuid[])',
    [s.ente.id, receivers],
  )
  return {
    assegnazioni: p.assegnazioni.length,
    fascicoli: p.fascicoli.length,
    voci: p.voci.length,
    incarichi: p.incarichi.length,
    ufficiFigli: p.figli.length,
    perUfficio: receivers.map((id) => ({
      ufficioId: id,
      denominazione: names.find((n) => n.id === id)?.denominazione ?? '',
      assegnazioni: count(p.assegnazioni, id),
      fascicoli: count(p.fascicoli, id),
    })),
  }
}

/** Moves everything and closes the office on the day before. The caller holds the office's row. Answers what moved. */
export async function closeAndMove(tx: TxScope, r: RiorganizzazioneIn): Promise<SpostamentiDto> {
  const registri = await query<{ id: string }>(
    tx,
    'select registro_id as id from contatore_registro where ente_id = $1 order by registro_id',
    [tx.ente.id],
  )
  // The facts of the assignments go into the chains of their registers, which are held first, always in the same order.
  for (const { id } of registri) await lockRegistro(tx, id)
  const pending = await findPending(tx, r)
  const esito = await summarize(tx, pending, r)
  await moveAssegnazioni(tx, pending.assegnazioni, r)
  await moveFascicoli(tx, pending.fascicoli, r)
  for (const voce of pending.voci) {
    await query(tx, 'update voce_titolario set ufficio_predefinito_id = $3 where ente_id = $1 and id = $2', [
      tx.ente.id,
      voce.id,
      receiverOf(voce.codice, r.successoreId, r.ripartizioni),
    ])
  }
  await moveIncarichi(tx, pending.incarichi, r)
  await query(tx, 'update ufficio set padre_id = $3 where ente_id = $1 and padre_id = $2 and al is null and id <> $3', [
    tx.ente.id,
    r.ufficioId,
    r.successoreId,
  ])
  await query(
    tx,
    'update ufficio u set padre_id = c.padre_id from ufficio c where u.ente_id = $1 and u.id = $3 and u.padre_id = $2 and c.ente_id = $1 and c.id = $2',
    [tx.ente.id, r.ufficioId, r.successoreId],
  )
  await query(tx, 'update ufficio set al = $3 where ente_id = $1 and id = $2', [tx.ente.id, r.ufficioId, addDays(r.dal, -1)])
  return esito
}

/** Each open assignment is closed and goes on at the receiver in the state it had; who had taken charge of it stays written. */
async function moveAssegnazioni(tx: TxScope, rows: readonly Assegnazione[], r: RiorganizzazioneIn): Promise<void> {
  const dal = now().toISOString()
  await query(
    tx,
    `update assegnazione set al = $3, stato = 'riassegnata', motivo = coalesce(motivo, 'riorganizzazione') where ente_id = $1 and ufficio_id = $2 and al is null`,
    [tx.ente.id, r.ufficioId, dal],
  )
  const known = await knownAtReceivers(tx, rows, r)
  for (let i = 0; i < rows.length; i += BLOCCO) {
    const block = rows.slice(i, i + BLOCCO)
    const moved = block
      .map((a) => ({ a, ufficioId: receiverOf(a.codice, r.successoreId, r.ripartizioni) }))
      // An office that already has the document does not receive it twice.
      .filter(({ a, ufficioId }) => a.tipo === 'competenza' || !known.has(`${a.registrazioneId}:${ufficioId}`))
    await insertRows(
      tx,
      'assegnazione',
      moved.map(({ a, ufficioId }) => ({
        id: newId(),
        registrazione_id: a.registrazioneId,
        documento_id: a.documentoId,
        ufficio_id: ufficioId,
        operatore_id: a.operatoreId,
        tipo: a.tipo,
        stato: a.stato,
        motivo: a.motivo,
        nota: `Riorganizzazione: ${r.atto}`,
        dal,
        al: null,
        autore_id: tx.attore.id,
        autore_nome: tx.attore.nome,
        presa_da_nome: a.presaDaNome,
        presa_il: a.presaIl?.toISOString() ?? null,
      })),
    )
    for (const { a, ufficioId } of moved) {
      tx.audit({
        azione: 'riassegnata',
        oggettoTipo: 'registrazione',
        oggettoId: a.registrazioneId,
        documentoId: a.documentoId,
        registroId: a.registroId,
        prima: { ufficio: r.ufficioId, stato: a.stato },
        dopo: { ufficio: ufficioId, operatore: a.operatoreId, tipo: a.tipo, stato: a.stato },
        motivo: `Riorganizzazione: ${r.atto}`,
      })
      tx.emit({ tipo: 'assegnazioneCambiata', id: a.registrazioneId })
    }
    await tx.flush()
  }
}

async function knownAtReceivers(tx: TxScope, rows: readonly Assegnazione[], r: RiorganizzazioneIn): Promise<ReadonlySet<string>> {
  const open = await query<{ registrazioneId: string; ufficioId: string }>(
    tx,
    `select registrazione_id as "registrazioneId", ufficio_id as "ufficioId" from assegnazione
      where ente_id = $1 and al is null and registrazione_id = any($2::uuid[]) and ufficio_id = any($3::uuid[])`,
    [tx.ente.id, rows.map((a) => a.registrazioneId), [r.successoreId, ...r.ripartizioni.map((p) => p.ufficioId)]],
  )
  return new Set(open.map((o) => `${o.registrazioneId}:${o.ufficioId}`))
}

/** Open fascicoli change competence; the assignment that ends and the one that starts say it (REQ-FASC-023). */
async function moveFascicoli(tx: TxScope, rows: readonly FascicoloAperto[], r: RiorganizzazioneIn): Promise<void> {
  const istante = now().toISOString()
  for (let i = 0; i < rows.length; i += BLOCCO) {
    const block = rows.slice(i, i + BLOCCO)
    const ids = block.map((f) => f.id)
    const to = block.map((f) => receiverOf(f.codice, r.successoreId, r.ripartizioni))
    await query(
      tx,
      'update fascicolo f set ufficio_id = n.ufficio from unnest($2::uuid[], $3::uuid[]) as n(id, ufficio) where f.ente_id = $1 and f.id = n.id',
      [tx.ente.id, ids, to],
    )
    await query(
      tx,
      `update fascicolo_assegnazione set al = $3 where ente_id = $1 and fascicolo_id = any($2::uuid[]) and al is null and ufficio_id = $4`,
      [tx.ente.id, ids, istante, r.ufficioId],
    )
    await insertRows(
      tx,
      'fascicolo_assegnazione',
      block.map((f, n) => ({
        id: newId(),
        fascicolo_id: f.id,
        tipo: 'competenza',
        ufficio_id: to[n],
        operatore_id: f.responsabileId,
        dal: istante,
        al: null,
      })),
    )
    block.forEach((f, n) =>
      tx.audit({
        azione: 'fascicolo-trasferito',
        oggettoTipo: 'fascicolo',
        oggettoId: f.id,
        fascicoloId: f.id,
        prima: { ufficio: r.ufficioId },
        dopo: { ufficio: to[n] },
        motivo: `Riorganizzazione: ${r.atto}`,
      }),
    )
    await tx.flush()
  }
}

/** Appointments go on in the main successor with the act of the reorganisation, unless the person holds the same one there already. */
async function moveIncarichi(tx: TxScope, rows: readonly IncaricoDaSpostare[], r: RiorganizzazioneIn): Promise<void> {
  const held = new Set(
    (
      await query<{ chiave: string }>(
        tx,
        `select operatore_id || ':' || profilo as chiave from incarico where ente_id = $1 and ufficio_id = $2 and (al is null or al >= $3)`,
        [tx.ente.id, r.successoreId, r.dal],
      )
    ).map((row) => row.chiave),
  )
  // An appointment that had not started yet ends before it starts: it never counts a day.
  await query(tx, 'update incarico set al = least(coalesce(al, $3::date), $3::date) where ente_id = $1 and id = any($2::uuid[])', [
    tx.ente.id,
    rows.map((i) => i.id),
    addDays(r.dal, -1),
  ])
  await insertRows(
    tx,
    'incarico',
    rows
      .filter((i) => !held.has(`${i.operatoreId}:${i.profilo}`) && (i.al === null || i.al >= r.dal))
      .map((i) => ({
        id: newId(),
        operatore_id: i.operatoreId,
        profilo: i.profilo,
        ufficio_id: r.successoreId,
        aoo_id: i.aooId,
        atto: r.atto,
        dal: i.dal > r.dal ? i.dal : r.dal,
        al: i.al,
      })),
  )
}
