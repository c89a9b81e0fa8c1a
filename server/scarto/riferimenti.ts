import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'

/** Bytes of the store: a digest and, where a row keeps it, its content. */
export interface ByteConservati {
  readonly contenutoId: string | null
  readonly sha256: string
  readonly dimensione: number
}

const COPIE = `('copia', 'copia-annullata')`

/** The columns of the database that keep a content: read from its own references, so that a new one is never forgotten. */
export async function findColonne(scope: Scope): Promise<{ tabella: string; colonna: string }[]> {
  return await query(
    scope,
    `select c.conrelid::regclass::text as tabella, a.attname as colonna from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
      where c.contype = 'f' and c.confrelid = 'contenuto'::regclass order by 1, 2`,
  )
}

/** Where copies are, by column: which rows are of documents `dei`, of their registrations `r` or of their fascicoli $3. */
const COPIE_IN: Readonly<Record<string, string>> = {
  'documento_file.contenuto_id': 'x.documento_id in (select id from dei)',
  'copia_segnata.contenuto_id': `x.tipo in ${COPIE} and x.registrazione_id in (select id from r)`,
  'ricevuta_emessa.contenuto_id': 'x.registrazione_id in (select id from r)',
  'bozza.documento_contenuto_id': 'x.registrazione_id in (select id from r)',
  'bozza.firmato_contenuto_id': 'x.registrazione_id in (select id from r)',
  'versamento.pacchetto_contenuto_id': 'x.fascicolo_id = any($3::uuid[])',
  'fascicolo_movimento.pacchetto_contenuto_id': 'x.fascicolo_id = any($3::uuid[])',
}

/**
 * Every copy of some documents and of their fascicolo: originals, stamped copies, receipts, messages with their parts, drafts, packages and prints
 * (REQ-CONS-214). The sealed segnatura, the index of a package and the conservatore's report stay: they are registration data and proofs (REQ-CONS-215).
 */
export async function findCopieDi(
  scope: Scope,
  documentoIds: readonly string[],
  fascicoloIds: readonly string[],
): Promise<ByteConservati[]> {
  const parts = (await findColonne(scope)).flatMap(({ tabella, colonna }) => {
    const own = COPIE_IN[`${tabella}.${colonna}`]
    return own === undefined ? [] : [`select x.${colonna} as id from ${tabella} x where x.ente_id = $1 and ${own}`]
  })
  return await query<ByteConservati>(
    scope,
    `with dei as (select unnest($2::uuid[]) as id), r as (select r.id from registrazione r join dei on dei.id = r.documento_id where r.ente_id = $1),
       m as (select m.contenuto_id, m.parti from messaggio m where m.ente_id = $1 and (m.registrazione_id in (select id from r)
               or exists (select 1 from decisione_messaggio g where g.ente_id = m.ente_id and g.messaggio_id = m.id and g.al is null and g.registrazione_id in (select id from r)))),
       k as (${parts.join('\nunion ')}
         union select contenuto_id from m
         union select (p ->> 'id')::uuid from m, jsonb_array_elements(m.parti) p where p ->> 'id' is not null)
     select c.id as "contenutoId", c.sha256, c.dimensione::float8 as dimensione from contenuto c where c.ente_id = $1 and c.id in (select id from k)
     union all
     select null, l.file ->> 'sha256', (l.file ->> 'dimensione')::float8 from lavoro_lungo l
      where l.ente_id = $1 and l.file is not null and l.parametri ->> 'fascicoloId' = any($3::text[])`,
    [scope.ente.id, documentoIds, fascicoloIds],
  )
}

const DOCUMENTO_SCARTATO = (registrazione: string): string =>
  `exists (select 1 from registrazione r join documento_scartato s on s.ente_id = r.ente_id and s.documento_id = r.documento_id where r.ente_id = x.ente_id and r.id = ${registrazione})`
const FASCICOLO_SCARTATO = `exists (select 1 from voce_scarto v where v.ente_id = x.ente_id and v.fascicolo_id = app.radice_fascicolo(x.ente_id, x.fascicolo_id)
  and v.stato in ('DISTRUTTO_IN_CONSERVAZIONE', 'DISTRUTTO_LOCALMENTE', 'BACKUP_AGGIORNATI', 'COMUNICATO'))`
const MESSAGGIO_SCARTATO = `(${DOCUMENTO_SCARTATO('x.registrazione_id')} or exists (select 1 from decisione_messaggio g where g.ente_id = x.ente_id and g.messaggio_id = x.id and g.al is null
  and exists (select 1 from registrazione r join documento_scartato s on s.ente_id = r.ente_id and s.documento_id = r.documento_id where r.ente_id = g.ente_id and r.id = g.registrazione_id)))`

/** Rows that no longer keep their content alive, by column: those of what is destroyed. A column that is not here always keeps it. */
const MORTE: Readonly<Record<string, string>> = {
  'documento_file.contenuto_id':
    'exists (select 1 from documento_scartato s where s.ente_id = x.ente_id and s.documento_id = x.documento_id)',
  'copia_segnata.contenuto_id': `x.tipo in ${COPIE} and ${DOCUMENTO_SCARTATO('x.registrazione_id')}`,
  'ricevuta_emessa.contenuto_id': DOCUMENTO_SCARTATO('x.registrazione_id'),
  'messaggio.contenuto_id': MESSAGGIO_SCARTATO,
  'bozza.documento_contenuto_id': DOCUMENTO_SCARTATO('x.registrazione_id'),
  'bozza.firmato_contenuto_id': DOCUMENTO_SCARTATO('x.registrazione_id'),
  'versamento.pacchetto_contenuto_id': FASCICOLO_SCARTATO,
  'fascicolo_movimento.pacchetto_contenuto_id': FASCICOLO_SCARTATO,
}

/** Which of some digests something living still keeps: those bytes stay for it. `propri` are the contents being destroyed. */
export async function findVivi(scope: Scope, digests: readonly string[], propri: readonly string[]): Promise<Set<string>> {
  const colonne = await findColonne(scope)
  const parts = colonne.map(({ tabella, colonna }) => {
    const dead = MORTE[`${tabella}.${colonna}`]
    return `select c.sha256 from c join ${tabella} x on x.ente_id = $1 and x.${colonna} = c.id where ${dead === undefined ? 'true' : `not coalesce((${dead}), false)`}`
  })
  const rows = await query<{ sha256: string }>(
    scope,
    `with c as materialized (select id, sha256, caricato_il from contenuto where ente_id = $1 and sha256 = any($2::text[]))
     ${parts.join('\nunion ')}
     union select c.sha256 from c join messaggio x on x.ente_id = $1 and x.parti @> jsonb_build_array(jsonb_build_object('id', c.id)) where not coalesce(${MESSAGGIO_SCARTATO}, false)
     union select c.sha256 from c join bozza x on x.ente_id = $1 and x.stato not in ('PROTOCOLLATA', 'SCARTATA') and x.dati::text like '%' || c.id || '%'
     union select l.file ->> 'sha256' from lavoro_lungo l where l.ente_id = $1 and l.file ->> 'sha256' = any($2::text[]) and not coalesce((select ${FASCICOLO_SCARTATO.replaceAll('x.ente_id', 'l.ente_id').replaceAll('x.fascicolo_id', "(l.parametri ->> 'fascicoloId')::uuid")} where l.parametri ->> 'fascicoloId' is not null), false)
     union select c.sha256 from c where c.caricato_il > clock_timestamp() - interval '7 days' and not (c.id = any($3::uuid[]))
       ${colonne.map(({ tabella, colonna }) => `and not exists (select 1 from ${tabella} x where x.ente_id = $1 and x.${colonna} = c.id)`).join('\n')}`,
    [scope.ente.id, digests, propri],
  )
  return new Set(rows.map((r) => r.sha256))
}
