import { inTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { formatItalianDay } from '../../kernel/time.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import { findAutorizzazioni, findProcedura, findVoce, findVociIn, moveVoci } from '../repository.ts'
import type { AutorizzazioneRow, VoceRow } from '../repository.ts'
import { findCopieDi, findVivi } from '../riferimenti.ts'
import type { ByteConservati } from '../riferimenti.ts'

/** How long after the destruction the check looks: the index of search is renewed meanwhile. */
const ATTESA_CONTROLLO_MS = 3000

/** The authorisation as it is read for ever beside what it destroyed. */
export function describeAutorizzazione(autorizzazioni: readonly AutorizzazioneRow[], riservata: boolean): string {
  const nomi = { soprintendenza: 'autorizzazione della Soprintendenza archivistica', interno: 'autorizzazione del Ministero dell’interno' }
  return autorizzazioni
    .filter((a) => a.autorita === 'soprintendenza' || riservata)
    .map((a) => `${nomi[a.autorita]} prot. ${a.protocollo} del ${formatItalianDay(a.del)}`)
    .join('; ')
}

/**
 * Destroys the ordered items of a disposal, in every place of the body (REQ-CONS-214). Those in preservation wait for the conservatore's report. Every item goes
 * through two durable marks, its documents and its digests, before a byte is removed: run again after any interruption it goes on from there, and what is
 * done stays done. Ends by asking for the check.
 */
export async function destroyProcedura(scope: Scope, id: string, store: ObjectStore): Promise<void> {
  const procedura = await findProcedura(scope, id)
  if (procedura === null || procedura.ordinataIl === null) return
  for (const voce of await findVociIn(scope, id, ['ORDINATO'])) await startVoce(scope, voce.id)
  const voci = await findVociIn(scope, id, ['DISTRUTTO_IN_CONSERVAZIONE'])
  for (const voce of voci) await removeBytes(scope, voce, store)
  if (voci.length > 0) await askControllo(scope, id)
}

async function askControllo(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const clock = await queryOne<{ t: Date }>(tx, 'select clock_timestamp() as t')
    tx.emit({ tipo: 'scartoDistrutto', id, quando: new Date((clock?.t.getTime() ?? 0) + ATTESA_CONTROLLO_MS).toISOString() })
  })
}

/** Marks an item, its documents and the digests of their copies as destroyed: from here on nobody is given them, and the same bytes cannot come back. */
async function startVoce(scope: Scope, voceId: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const voce = await findVoce(tx, voceId, true)
    if (voce === null || voce.stato !== 'ORDINATO') return
    const procedura = await findProcedura(tx, voce.proceduraId)
    if (voce.versata && procedura?.verbale == null) return
    // A hold of this very moment wins: the row is locked and the database looks again.
    if (voce.vincolata) return
    const riferimento = describeAutorizzazione(await findAutorizzazioni(tx, voce.proceduraId), voce.riservata)
    await moveVoci(tx, [voce], 'DISTRUTTO_IN_CONSERVAZIONE', {
      motivo: voce.versata ? (procedura?.verbale ?? null) : 'Mai versato al conservatore.',
    })
    const documenti = await markDocumenti(tx, voce, riferimento)
    const copie = await findCopieDi(tx, documenti, await partsOf(tx, voce.fascicoloId))
    await markImpronte(tx, voce, copie, riferimento)
    await forgetTexts(tx, documenti)
    for (const documentoId of documenti)
      tx.audit({
        azione: 'documento-scartato',
        oggettoTipo: 'documento',
        oggettoId: documentoId,
        documentoId,
        fascicoloId: voce.fascicoloId,
        dopo: { riferimento, scarto: voce.proceduraId },
      })
    tx.audit({
      azione: 'fascicolo-scartato',
      oggettoTipo: 'fascicolo',
      oggettoId: voce.fascicoloId,
      fascicoloId: voce.fascicoloId,
      dopo: { riferimento, documenti: documenti.length, impronte: copie.map((c) => c.sha256) },
    })
  })
}

/** The documents of the item that die with it: what is filed in a fascicolo that stays, stays. */
async function markDocumenti(tx: TxScope, voce: VoceRow, riferimento: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    `insert into documento_scartato (ente_id, documento_id, voce_id, scartato_il, riferimento)
     select d.ente_id, d.documento_id, d.voce_id, app.istante(), $4 from documento_voce_scarto d
      where d.ente_id = $1 and d.voce_id = $2 and not app.documento_vive_altrove($1, d.documento_id, $3)
        and not exists (select 1 from documento_scartato s where s.ente_id = d.ente_id and s.documento_id = d.documento_id)
     returning documento_id as id`,
    [tx.ente.id, voce.id, voce.fascicoloId, riferimento],
  )
  return rows.map((r) => r.id)
}

async function partsOf(tx: TxScope, fascicoloId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    `select f.id from fascicolo f left join fascicolo p on p.ente_id = f.ente_id and p.id = f.fascicolo_padre_id
      where f.ente_id = $1 and (f.id = $2 or f.fascicolo_padre_id = $2 or p.fascicolo_padre_id = $2)`,
    [tx.ente.id, fascicoloId],
  )
  return rows.map((r) => r.id)
}

async function markImpronte(tx: TxScope, voce: VoceRow, copie: readonly ByteConservati[], riferimento: string): Promise<void> {
  const bySha = new Map(copie.map((c) => [c.sha256, c.dimensione]))
  if (bySha.size === 0) return
  const digests = [...bySha.keys()].toSorted()
  // Whoever is writing a content with these bytes ends first; whoever comes later is refused. Bytes that an earlier disposal left to something living are looked at again.
  for (const sha256 of digests)
    await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1::uuid::text || $2, 26))', [tx.ente.id, sha256])
  await query(
    tx,
    `insert into impronta_scartata (ente_id, sha256, voce_id, dimensione, esito, riferimento, aggiornata_il)
     select $1, k.sha256, $2, k.dimensione, 'in_corso', $3, clock_timestamp() from unnest($4::text[], $5::bigint[]) k (sha256, dimensione)
     on conflict (ente_id, sha256) do update set voce_id = excluded.voce_id, riferimento = excluded.riferimento, esito = 'in_corso', aggiornata_il = excluded.aggiornata_il
       where impronta_scartata.esito <> 'in_corso'`,
    [tx.ente.id, voce.id, riferimento, digests, digests.map((d) => bySha.get(d) ?? 0)],
  )
}

/** Takes away what is a copy in words: text of drafts, words of search and signs of suggestions of the registrations of these documents. */
async function forgetTexts(tx: TxScope, documenti: readonly string[]): Promise<void> {
  const registrazioni = await query<{ id: string }>(
    tx,
    'select id from registrazione where ente_id = $1 and documento_id = any($2::uuid[])',
    [tx.ente.id, documenti],
  )
  await query(tx, `update bozza set corpo = '' where ente_id = $1 and corpo <> '' and registrazione_id = any($2::uuid[])`, [
    tx.ente.id,
    registrazioni.map((r) => r.id),
  ])
  for (const { id } of registrazioni) tx.emit({ tipo: 'documentoScartato', id })
}

/** Removes the bytes of an item's digests, but of those that something living keeps, and writes what became of each. */
async function removeBytes(scope: Scope, voce: VoceRow, store: ObjectStore): Promise<void> {
  const marked = await query<{ sha256: string }>(
    scope,
    `select sha256 from impronta_scartata where ente_id = $1 and voce_id = $2 and esito = 'in_corso' order by sha256`,
    [scope.ente.id, voce.id],
  )
  const digests = marked.map((r) => r.sha256)
  if (digests.length === 0) return
  const own = await query<{ id: string }>(
    scope,
    `select c.id from contenuto c join impronta_scartata i on i.ente_id = c.ente_id and i.sha256 = c.sha256
      where i.ente_id = $1 and i.voce_id = $2 and c.caricato_il < i.aggiornata_il`,
    [scope.ente.id, voce.id],
  )
  const vivi = await findVivi(
    scope,
    digests,
    own.map((c) => c.id),
  )
  for (const sha256 of digests) {
    const kept = vivi.has(sha256)
    if (!kept) await store.remove(scope.ente.id, sha256)
    await inTransaction(scope, async (tx) => {
      await query(tx, 'update impronta_scartata set esito = $3, aggiornata_il = clock_timestamp() where ente_id = $1 and sha256 = $2', [
        tx.ente.id,
        sha256,
        kept ? 'trattenuta' : 'distrutta',
      ])
    })
  }
}

/**
 * The check after a destruction (REQ-CONS-214): a search by digest over the store finds nothing, and no words of the files are left in the index of search. Items
 * that pass it are destroyed locally; otherwise it throws and is tried again.
 */
export async function checkProcedura(scope: Scope, id: string, store: ObjectStore): Promise<void> {
  const left: string[] = []
  for (const voce of await findVociIn(scope, id, ['DISTRUTTO_IN_CONSERVAZIONE'])) {
    const problema = await findResiduo(scope, voce.id, store)
    if (problema !== null) left.push(`${voce.codice}: ${problema}`)
    else
      await inTransaction(scope, async (tx) => {
        const locked = await findVoce(tx, voce.id, true)
        if (locked?.stato === 'DISTRUTTO_IN_CONSERVAZIONE') await moveVoci(tx, [locked], 'DISTRUTTO_LOCALMENTE', { distrutta: true })
      })
  }
  if (left.length > 0) throw new Error(`something is left of what was destroyed: ${left.slice(0, 5).join('; ')}`)
}

async function findResiduo(scope: Scope, voceId: string, store: ObjectStore): Promise<string | null> {
  const impronte = await query<{ sha256: string; esito: string }>(
    scope,
    'select sha256, esito from impronta_scartata where ente_id = $1 and voce_id = $2',
    [scope.ente.id, voceId],
  )
  for (const { sha256, esito } of impronte) {
    if (esito === 'in_corso') return `digest ${sha256} not removed yet`
    if (esito === 'distrutta' && (await store.stat(scope.ente.id, sha256)) !== null) return `digest ${sha256} still in the store`
  }
  const words = await queryOne(
    scope,
    `select 1 from documento_scartato s join registrazione r on r.ente_id = s.ente_id and r.documento_id = s.documento_id
       join testo_registrazione t on t.ente_id = r.ente_id and t.registrazione_id = r.id
      where s.ente_id = $1 and s.voce_id = $2 and t.aggiornato_il < s.scartato_il and t.estrazione in ('testo', 'parziale') limit 1`,
    [scope.ente.id, voceId],
  )
  return words === null ? null : 'words still in the index of search'
}

/** Where the last backup made before a destruction has expired, the item has no copy anywhere: run by the clock (§17.1 step 9). */
export async function expireCopie(scope: Scope): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const rows = await query<{ id: string }>(
      tx,
      `select v.id from voce_scarto v left join impostazioni_scarto i on i.ente_id = v.ente_id
        where v.ente_id = $1 and v.stato = 'DISTRUTTO_LOCALMENTE' and v.distrutta_il + make_interval(days => coalesce(i.giorni_copie, $2)) <= app.istante() for update of v`,
      [tx.ente.id, GIORNI_COPIE],
    )
    await moveVoci(
      tx,
      rows.map((r) => ({ id: r.id, stato: 'DISTRUTTO_LOCALMENTE' as const })),
      'BACKUP_AGGIORNATI',
    )
  })
}

/** Days a backup is kept where the body has not said otherwise. */
export const GIORNI_COPIE = 90
