import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { readableCondition } from '../protocollo/index.ts'

export interface Doppione {
  messaggioId: string
  registrazioneId: string
  anno: number
  numero: number
  motivo: string
}

/** Days within which the same sender with the same subject is taken for the same request by another road. */
const GIORNI_STESSA_RICHIESTA = 30

/** Subject without what the roads add to it: prefixes of certified mail and of replies, spaces, case. */
const subject = (column: string): string =>
  `lower(btrim(regexp_replace(regexp_replace(${column}, '^(\\s*(posta certificata|anomalia messaggio|r|re|fwd|i|fw)\\s*:\\s*)+', '', 'i'), '\\s+', ' ', 'g')))`

/**
 * Registrations that may be the same document as a message of the queue, the best for each (REQ-PROT-016): another copy of the same message or the same
 * invoice delivered again (REQ-PEC-019, REQ-PEC-027); the same bytes of the main document; the same sender's protocol number and date; the same request
 * by another road, from the same address with the same subject within thirty days. Shown, never blocking. What this person may not read is told only as another copy of
 * the very message he has before him.
 */
export async function findDoppioni(scope: Scope, ids: readonly string[]): Promise<Doppione[]> {
  if (ids.length === 0) return []
  const binds: unknown[] = [scope.ente.id, ids]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const readable = readableCondition(scope, bind)
  return await query<Doppione>(
    scope,
    `with m as (select m.*, c.sha256,
                       (select part ->> 'sha256' from jsonb_array_elements(m.parti) part where (part ->> 'principaleProposto')::boolean limit 1) as principale,
                       m.controlli #>> '{segnatura,numero}' as protocollo, m.controlli #>> '{segnatura,data}' as data_protocollo
                  from messaggio m join contenuto c on c.ente_id = m.ente_id and c.id = m.contenuto_id where m.ente_id = $1 and m.id = any($2::uuid[])),
          trovati as (
            select m.id as messaggio_id, r.id, r.anno, r.numero, r.istante, 1 as ordine, 'stesso messaggio già registrato' as motivo
              from m join messaggio a on a.ente_id = m.ente_id and a.id <> m.id and a.registrazione_id is not null
              join contenuto ca on ca.ente_id = a.ente_id and ca.id = a.contenuto_id
              join registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id
             where a.chiave = m.chiave or ca.sha256 = m.sha256 or a.controlli #>> '{fattura,identificativoSdi}' = m.controlli #>> '{fattura,identificativoSdi}'
            union all
            select m.id, r.id, r.anno, r.numero, r.istante, 2, 'stesso documento principale'
              from m join contenuto k on k.ente_id = m.ente_id and k.sha256 = m.principale
              join documento_file f on f.ente_id = k.ente_id and f.contenuto_id = k.id and f.ruolo = 'principale'
              join registrazione r on r.ente_id = f.ente_id and r.documento_id = f.documento_id and r.tipo = 'E' and ${readable}
            union all
            select m.id, r.id, r.anno, r.numero, r.istante, 3, 'stesso protocollo del mittente'
              from m join soggetto s on s.ente_id = m.ente_id and s.ruolo = 'mittente' and s.indirizzo_digitale = m.mittente_indirizzo and m.mittente_indirizzo <> ''
              join registrazione r on r.ente_id = s.ente_id and r.id = s.registrazione_id and r.tipo = 'E' and ${readable}
             where r.protocollo_mittente = m.protocollo
               and (m.data_protocollo is null or r.data_protocollo_mittente is null or to_char(r.data_protocollo_mittente, 'YYYY-MM-DD') = left(m.data_protocollo, 10))
            union all
            select m.id, r.id, r.anno, r.numero, r.istante, 4, 'stessa richiesta dello stesso mittente, arrivata per altra via'
              from m join soggetto s on s.ente_id = m.ente_id and s.ruolo = 'mittente' and s.indirizzo_digitale = m.mittente_indirizzo and m.mittente_indirizzo <> ''
              join registrazione r on r.ente_id = s.ente_id and r.id = s.registrazione_id and r.tipo = 'E' and ${readable}
             where ${subject('r.oggetto')} = ${subject('m.oggetto')} and r.mezzo <> case when m.tipo = 'pec' then 'PEC' else 'PEO' end
               and abs(extract(epoch from coalesce(r.data_arrivo, r.istante) - m.ricevuto_il)) <= ${GIORNI_STESSA_RICHIESTA} * 86400)
     select distinct on (t.messaggio_id) t.messaggio_id as "messaggioId", t.id as "registrazioneId", t.anno, t.numero, t.motivo
       from trovati t order by t.messaggio_id, t.ordine, t.istante`,
    binds,
  )
}
