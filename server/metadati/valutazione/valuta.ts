import { inReadTransaction, inTransaction, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import type { DocumentoFatti, FascicoloFatti } from '../facts.ts'
import { findDocumentiFatti } from '../repository.ts'
import { findFascicoloFatti } from '../repository-fascicolo.ts'
import type { MetadatiDto } from '../schema.ts'
import { emitDocumento, emitFascicolo } from '../service.ts'

/** Objects judged by one run: a large past is judged a piece at a time. */
const PER_VOLTA = 300
/** The trail is read again from a little before where it was left: facts are dated before their transaction ends. */
const SOVRAPPOSIZIONE_MS = 2 * 60_000

interface Cambiati {
  readonly documenti: string[]
  readonly fascicoli: string[]
}

/** Smallest identifier born at an instant: identifiers are ordered by their birth. */
function firstIdAt(instant: number): string {
  const hex = Math.max(0, instant).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

/** Documents and fascicoli that something happened to since an instant and that were not judged after it; reading changes nothing. */
async function findChanged(scope: Scope, dal: Date): Promise<Cambiati> {
  const rows = await query<{ documentoId: string | null; fascicoloId: string | null }>(
    scope,
    `with fatti as (
       select e.documento_id, e.fascicolo_id, max(e.istante) as istante from evento_audit e
        where e.ente_id = $1 and e.id >= $2 and e.azione !~ '-lett[oaie]$' and (e.documento_id is not null or e.fascicolo_id is not null)
        group by 1, 2),
     toccati as (
       select f.documento_id, null::uuid as fascicolo_id, f.istante from fatti f where f.documento_id is not null
       union all select null, f.fascicolo_id, f.istante from fatti f where f.fascicolo_id is not null
       union all select null, fd.fascicolo_id, f.istante from fatti f join fascicolo_documento fd on fd.ente_id = $1 and fd.documento_id = f.documento_id
       union all select fd.documento_id, null, f.istante from fatti f join fascicolo_documento fd on fd.ente_id = $1 and fd.fascicolo_id = f.fascicolo_id)
     select distinct t.documento_id as "documentoId", t.fascicolo_id as "fascicoloId" from toccati t
       left join metadati_valutazione v on v.ente_id = $1 and v.id = coalesce(t.documento_id, t.fascicolo_id)
      where v.id is null or v.valutato_il <= t.istante`,
    [scope.ente.id, firstIdAt(dal.getTime() - SOVRAPPOSIZIONE_MS)],
  )
  return {
    documenti: rows.flatMap((row) => row.documentoId ?? []),
    fascicoli: rows.flatMap((row) => row.fascicoloId ?? []),
  }
}

/**
 * Documents and fascicoli never judged, or judged before the choices for the preservation service changed; the most recent first. An empty fascicolo has no
 * metadata file yet (E4).
 */
async function findNeverJudged(scope: Scope): Promise<Cambiati> {
  const never = async (table: 'documento' | 'fascicolo', besides: string): Promise<string[]> =>
    (
      await query<{ id: string }>(
        scope,
        `select t.id from ${table} t where t.ente_id = $1 ${besides} and not exists (select 1 from metadati_valutazione v where v.ente_id = t.ente_id and v.id = t.id
            and v.valutato_il >= coalesce((select s.aggiornato_il from metadati_servizio s where s.ente_id = t.ente_id), '-infinity'))
          order by t.id desc limit ${PER_VOLTA}`,
        [scope.ente.id],
      )
    ).map((row) => row.id)
  const filled =
    'and exists (select 1 from fascicolo_documento fd where fd.ente_id = t.ente_id and fd.fascicolo_id = t.id and fd.tolto_il is null)'
  return { documenti: await never('documento', ''), fascicoli: await never('fascicolo', filled) }
}

/** The office that repairs: who has the document in charge, or the first fascicolo's; the fascicolo's own. */
function officeOf(d: DocumentoFatti): string | null {
  return d.assegnazioni[0]?.ufficio.id ?? d.aggregazioni[0]?.ufficio.id ?? d.registrazione?.ufficioMittente?.id ?? null
}

async function writeJudgement(
  scope: Scope,
  tipo: 'documento' | 'fascicolo',
  rows: readonly { id: string; ufficioId: string | null; metadati: MetadatiDto }[],
): Promise<void> {
  if (rows.length === 0) return
  await inTransaction(scope, async (tx) => {
    for (const { id, ufficioId, metadati } of rows) {
      const found = metadati.esiti.filter((esito) => esito.gravita !== 'non-verificata')
      await query(
        tx,
        `insert into metadati_valutazione (ente_id, id, tipo, profilo, punteggio, completo, errori, avvisi, regole, esiti, ufficio_id, valutato_il)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (ente_id, id) do update set profilo = excluded.profilo, punteggio = excluded.punteggio, completo = excluded.completo, errori = excluded.errori,
           avvisi = excluded.avvisi, regole = excluded.regole, esiti = excluded.esiti, ufficio_id = excluded.ufficio_id, valutato_il = excluded.valutato_il`,
        [
          tx.ente.id,
          id,
          tipo,
          metadati.profilo,
          metadati.punteggio,
          metadati.completo,
          found.filter((esito) => esito.gravita === 'errore').length,
          found.filter((esito) => esito.gravita === 'avviso').length,
          json([...new Set(found.map((esito) => esito.regola))].toSorted()),
          json(found),
          ufficioId,
          now().toISOString(),
        ],
      )
    }
  })
}

/** Judges these documents and writes the outcome. */
async function judgeDocumenti(scope: Scope, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += 50) {
    const fatti = await inReadTransaction(scope, async (s) => await findDocumentiFatti(s, ids.slice(from, from + 50)))
    const oggi = romeDay(now())
    const judged = fatti.map((d) => ({ id: d.id, ufficioId: officeOf(d), metadati: emitDocumento(d, oggi) }))
    await writeJudgement(scope, 'documento', judged)
  }
}

/** An empty fascicolo has no metadata file yet (E4): it is not judged until its first document. */
function isJudgeable(fatti: FascicoloFatti | null): fatti is FascicoloFatti {
  return fatti !== null && fatti.documenti.length > 0
}

/** Judges these fascicoli and writes the outcome. */
async function judgeFascicoli(scope: Scope, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const fatti = await inReadTransaction(scope, async (s) => await findFascicoloFatti(s, id))
    if (!isJudgeable(fatti)) continue
    await writeJudgement(scope, 'fascicolo', [{ id, ufficioId: fatti.ufficio.id, metadati: emitFascicolo(fatti, romeDay(now())) }])
  }
}

/**
 * Judges the metadata of what changed since the last run, following the trail, then a piece of what was never judged. Running it twice changes nothing; a
 * run that is cut short is continued by the next.
 */
export async function judgeChanged(scope: Scope): Promise<void> {
  const started = now()
  const cursor = await queryOne<{ finoAl: Date; passatoValutato: boolean }>(
    scope,
    'select fino_al as "finoAl", passato_valutato as "passatoValutato" from metadati_cursore where ente_id = $1',
    [scope.ente.id],
  )
  const changed = cursor === null ? { documenti: [], fascicoli: [] } : await findChanged(scope, cursor.finoAl)
  const past = cursor?.passatoValutato === true ? { documenti: [], fascicoli: [] } : await findNeverJudged(scope)
  await judgeDocumenti(scope, [...new Set([...changed.documenti, ...past.documenti])])
  await judgeFascicoli(scope, [...new Set([...changed.fascicoli, ...past.fascicoli])])
  const finished = past.documenti.length < PER_VOLTA && past.fascicoli.length < PER_VOLTA
  await query(
    scope,
    `insert into metadati_cursore (ente_id, fino_al, passato_valutato) values ($1, $2, $3)
     on conflict (ente_id) do update set fino_al = excluded.fino_al, passato_valutato = excluded.passato_valutato`,
    [scope.ente.id, started.toISOString(), finished],
  )
}
