import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'

export interface PubblicazioneRow {
  id: string
  rigaId: string
  codice: string
  serie: string
  numero: number
  oggetto: string
  dati: Record<string, string>
  documentoId: string
  attoId: string | null
  richiedente: string
  dal: string
  al: string
  fileIds: string[]
  ritirataIl: Date | null
  motivoRitiro: string | null
  relataContenutoId: string | null
}

const PUBBLICAZIONE = `b.id, b.riga_id as "rigaId", p.codice, r.serie, r.numero, r.oggetto, r.dati, r.documento_id as "documentoId", b.atto_id as "attoId", b.richiedente,
  to_char(b.dal, 'YYYY-MM-DD') as dal, to_char(b.al, 'YYYY-MM-DD') as al, b.file_ids as "fileIds", b.ritirata_il as "ritirataIl", b.motivo_ritiro as "motivoRitiro",
  b.relata_contenuto_id as "relataContenutoId"`
const FROM = `from pubblicazione b join registrazione_repertorio r on r.ente_id = b.ente_id and r.id = b.riga_id join repertorio p on p.ente_id = r.ente_id and p.id = r.repertorio_id`

/** Publications, newest first; `oggi` keeps only those in course that day. */
export async function findPubblicazioni(scope: Scope, oggi: string | null): Promise<PubblicazioneRow[]> {
  return await query<PubblicazioneRow>(
    scope,
    `select ${PUBBLICAZIONE} ${FROM} where b.ente_id = $1 and ($2::date is null or (b.ritirata_il is null and $2::date between b.dal and b.al)) order by r.istante desc limit 500`,
    [scope.ente.id, oggi],
  )
}

/** A publication by id. */
export async function findPubblicazione(scope: Scope, id: string): Promise<PubblicazioneRow | null> {
  return await queryOne<PubblicazioneRow>(scope, `select ${PUBBLICAZIONE} ${FROM} where b.ente_id = $1 and b.id = $2`, [scope.ente.id, id])
}

/** The publication of an act that was not withdrawn. */
export async function findPubblicazioneDi(scope: Scope, attoId: string): Promise<PubblicazioneRow | null> {
  return await queryOne<PubblicazioneRow>(
    scope,
    `select ${PUBBLICAZIONE} ${FROM} where b.ente_id = $1 and b.atto_id = $2 and b.ritirata_il is null order by r.istante desc limit 1`,
    [scope.ente.id, attoId],
  )
}

/** Locks a publication to end it. */
export async function lockPubblicazione(tx: TxScope, id: string): Promise<void> {
  await query(tx, 'select 1 from pubblicazione where ente_id = $1 and id = $2 for update', [tx.ente.id, id])
}

/** Publications ended before `oggi` whose relata does not exist yet. */
export async function findSenzaRelata(scope: Scope, oggi: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    scope,
    `select id from pubblicazione where ente_id = $1 and relata_contenuto_id is null and (al < $2::date or ritirata_il is not null) order by al limit 200`,
    [scope.ente.id, oggi],
  )
  return rows.map((r) => r.id)
}
