import type { ControlloChiusura, RilievoChiusura } from '../fascicoli/index.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { now, romeDay } from '../kernel/time.ts'
import type { DocumentoFatti } from './facts.ts'
import { findDocumentiFatti } from './repository.ts'
import { findFascicoloFatti } from './repository-fascicolo.ts'
import type { EsitoRegola } from './schema.ts'
import { emitDocumento, emitFascicolo } from './service.ts'

/** Documents judged at the moment of closing: beyond these the judgements already written count, and only what changed since is judged again. */
const SUBITO = 200

function findings(oggetto: string, esiti: readonly EsitoRegola[], collegamento: string): RilievoChiusura[] {
  return esiti
    .filter((e) => e.gravita === 'errore')
    .map((e) => ({ codice: 'metadati-incompleti', messaggio: `${oggetto}: ${e.messaggio} (${e.regola})`, collegamento, forzabile: true }))
}

interface Luogo {
  readonly anno: number | null
  readonly numero: number | null
  readonly oggetto: string
}

function findingsOf(scope: Scope, slug: string, d: Luogo, esiti: readonly EsitoRegola[]): RilievoChiusura[] {
  const registrato = d.anno !== null && d.numero !== null
  const etichetta = registrato ? `${String(d.numero).padStart(7, '0')}/${d.anno}` : d.oggetto
  const pagina = registrato ? `/${scope.ente.slug}/protocollo/${d.anno}/${d.numero}` : `/${scope.ente.slug}/fascicoli/${slug}`
  return findings(`Metadati del documento ${etichetta}`, esiti, pagina)
}

/** The documents of a fascicolo whose judgement is not there or is older than what last happened to them; reading changes nothing. */
async function findDaGiudicare(scope: Scope, fascicoloId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    scope,
    `select fd.documento_id as id from fascicolo_documento fd left join metadati_valutazione v on v.ente_id = fd.ente_id and v.id = fd.documento_id
      where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.tolto_il is null and (v.id is null or exists (
        select 1 from evento_audit e where e.ente_id = fd.ente_id and e.documento_id = fd.documento_id and e.istante >= v.valutato_il
          and e.azione !~ '-lett[oaie]$'))
      order by fd.inserito_il, fd.id`,
    [scope.ente.id, fascicoloId],
  )
  return rows.map((r) => r.id)
}

/** Findings already written for the documents of a fascicolo, of those that are not complete. */
async function findScritti(scope: Scope, fascicoloId: string): Promise<(Luogo & { id: string; esiti: EsitoRegola[] })[]> {
  return await query(
    scope,
    `select v.id, v.esiti, r.anno, r.numero, d.oggetto from fascicolo_documento fd join metadati_valutazione v on v.ente_id = fd.ente_id and v.id = fd.documento_id
       join documento d on d.ente_id = fd.ente_id and d.id = fd.documento_id left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id
      where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.tolto_il is null and not v.completo order by r.anno, r.numero, fd.id limit 500`,
    [scope.ente.id, fascicoloId],
  )
}

const luogoOf = (d: DocumentoFatti): Luogo => ({
  anno: d.registrazione?.anno ?? null,
  numero: d.registrazione?.numero ?? null,
  oggetto: d.oggetto,
})

/** Every document judged now: the exact answer, for a fascicolo of ordinary size. */
async function judgeAll(scope: Scope, f: { readonly id: string; readonly slug: string }): Promise<RilievoChiusura[]> {
  const fatti = await findFascicoloFatti(scope, f.id)
  if (fatti === null) return []
  const oggi = romeDay(now())
  const closing = { ...fatti, stato: 'CHIUSO', chiusoIl: fatti.chiusoIl ?? oggi }
  // An empty fascicolo is the fascicolo's own finding.
  const own =
    fatti.documenti.length === 0
      ? []
      : findings('Metadati del fascicolo', emitFascicolo(closing, oggi).esiti, `/${scope.ente.slug}/fascicoli/${f.slug}`)
  return [...own, ...fatti.documenti.flatMap((d) => findingsOf(scope, f.slug, luogoOf(d), emitDocumento(d, oggi).esiti))]
}

/**
 * The same for a fascicolo of thousands of documents, with a bounded amount of work: the judgements already written, those of what changed since made now, up to
 * a number; what is still to be judged is said, and can be forced. The transfer to preservation judges every document again in any case.
 */
export async function judgeWritten(
  scope: Scope,
  f: { readonly id: string; readonly slug: string },
  limite: number,
): Promise<RilievoChiusura[]> {
  const stale = await findDaGiudicare(scope, f.id)
  const fresh = stale.slice(0, limite)
  const oggi = romeDay(now())
  const judged = (await findDocumentiFatti(scope, fresh)).flatMap((d) =>
    findingsOf(scope, f.slug, luogoOf(d), emitDocumento(d, oggi).esiti),
  )
  const again = new Set(fresh)
  const written = (await findScritti(scope, f.id)).filter((d) => !again.has(d.id)).flatMap((d) => findingsOf(scope, f.slug, d, d.esiti))
  const own = await queryOne<{ esiti: EsitoRegola[] }>(scope, 'select esiti from metadati_valutazione where ente_id = $1 and id = $2', [
    scope.ente.id,
    f.id,
  ])
  const pagina = `/${scope.ente.slug}/fascicoli/${f.slug}`
  const left = stale.length - fresh.length
  const waiting: RilievoChiusura[] =
    left === 0
      ? []
      : [
          {
            codice: 'metadati-da-verificare',
            messaggio: `I metadati di ${left} documenti si stanno ancora verificando: riprova tra qualche minuto.`,
            collegamento: pagina,
            forzabile: true,
          },
        ]
  return [...findings('Metadati del fascicolo', own?.esiti ?? [], pagina), ...judged, ...written, ...waiting]
}

/**
 * Metadata check before closing (REQ-FASC-041): what could not be emitted could not be transferred to preservation either. Judged as if the fascicolo
 * closed today; it can be forced with a reason, and then the transfer stops with the same findings.
 */
export const checkMetadatiChiusura: ControlloChiusura = async (scope, fascicolo) => {
  const row = await queryOne<{ n: number }>(
    scope,
    'select count(*)::int as n from fascicolo_documento where ente_id = $1 and fascicolo_id = $2 and tolto_il is null',
    [scope.ente.id, fascicolo.id],
  )
  const bloccanti = (row?.n ?? 0) <= SUBITO ? await judgeAll(scope, fascicolo) : await judgeWritten(scope, fascicolo, SUBITO)
  return { bloccanti, avvisi: [] }
}
