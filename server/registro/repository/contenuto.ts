import { query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { RigaAnnullamento, RigaModifica, RigaRegistrazione } from '../righe.ts'

/** Days of Rome, both ends included. */
export interface Periodo {
  readonly registroId: string
  readonly dal: string
  readonly al: string
}

/** SQL of an instant in Rome, with its offset: the two hours of an autumn night stay apart. */
const rome = (column: string): string =>
  `to_char(${column} at time zone 'Europe/Rome', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || to_char((${column} at time zone 'Europe/Rome') - (${column} at time zone 'UTC'), '"+"HH24:MI')`
const day = (column: string): string => `to_char(${column}, 'YYYY-MM-DD')`
/** SQL: the instant falls before the end of the period, or within it. Bounds are instants, so that an index on the column serves. */
const ENDS = "(($4::date + 1)::timestamp at time zone 'Europe/Rome')"
const within = (column: string): string => `${column} >= ($3::date::timestamp at time zone 'Europe/Rome') and ${column} < ${ENDS}`
const REGISTRATA = `g.codice as registro, r.anno, r.numero, ${day('r.giorno')} as data`
const OF = 'r.ente_id = $1 and r.registro_id = $2'

/** Names of the correspondents of a role, in order. */
const soggetti = (ruolo: string): string =>
  `coalesce((select json_agg(json_strip_nulls(json_build_object('nome', coalesce(nullif(btrim(concat_ws(' ', s.nome, s.cognome)), ''), s.denominazione, s.denominazione_aoo, s.codice_ipa, ''),
     'perConoscenza', case when s.per_conoscenza then true end)) order by s.posizione) from soggetto s
     where s.ente_id = r.ente_id and s.registrazione_id = r.id and s.ruolo = '${ruolo}'), '[]'::json)`

/** The first classification of a document: what was registered, whatever changed later. */
const PRIMA_VOCE = `coalesce((select v.codice from classificazione c join voce_titolario v on v.ente_id = c.ente_id and v.id = c.voce_id
     where c.ente_id = r.ente_id and c.documento_id = r.documento_id order by c.dal, c.id limit 1),
   (select v.codice from voce_titolario v where v.ente_id = d.ente_id and v.id = d.voce_id))`
const PRIMA_ASSEGNAZIONE = `(select u.denominazione from assegnazione a join ufficio u on u.ente_id = a.ente_id and u.id = a.ufficio_id
     where a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' order by a.dal, a.id limit 1)`
const IMPRONTE = `coalesce((select json_agg(json_build_object('file', f.nome, 'algoritmo', 'SHA-256', 'impronta', c.sha256)
       order by array_position(array['principale', 'allegato', 'annesso'], f.ruolo), f.posizione)
     from documento_file f join contenuto c on c.ente_id = f.ente_id and c.id = f.contenuto_id
     where f.ente_id = r.ente_id and f.documento_id = r.documento_id
       and not exists (select 1 from scansione z where z.ente_id = f.ente_id and z.documento_file_id = f.id and z.creato_il >= ${ENDS})), '[]'::json)`
/** Annulled by the end of the last day of the period: the register of a day says what was true on that day. */
const ANNULLATA = `(select json_build_object('il', ${rome('k.deciso_il')}, 'operatore', k.decisore_nome, 'provvedimento', ${provvedimento('k')}) from decisione_atto k
     where k.ente_id = r.ente_id and k.registrazione_id = r.id and k.atto = 'annullamento' and k.esito = 'AUTORIZZATO' and k.deciso_il < ${ENDS} limit 1)`

function provvedimento(alias: string): string {
  return `concat_ws(' del ', ${alias}.provvedimento_numero, to_char(${alias}.provvedimento_data, 'DD/MM/YYYY'))`
}

/** Was the registration closed to ordinary eyes when it was made, or is it now? */
const RISERVATO = '(r.riservato or app.riservata(r.ente_id, r.id))'

/** Registrations of the period in number order (REQ-PROT-100). */
export async function findRegistrazioni(scope: Scope, p: Periodo): Promise<RigaRegistrazione[]> {
  return await query<RigaRegistrazione>(
    scope,
    `select 'registrazione' as tipo, ${REGISTRATA}, to_char(r.istante at time zone 'Europe/Rome', 'HH24:MI:SS') as ora, r.tipo as flusso,
            ${soggetti('mittente')} as mittenti, ${soggetti('destinatario')} as destinatari, r.oggetto,
            case when r.protocollo_mittente is not null or r.data_protocollo_mittente is not null
                 then json_build_object('numero', r.protocollo_mittente, 'data', ${day('r.data_protocollo_mittente')}) end as "documentoMittente",
            ${rome('r.data_arrivo')} as arrivo, ${day('d.data_documento')} as "dataDocumento", r.mezzo, ${PRIMA_VOCE} as classificazione,
            ${PRIMA_ASSEGNAZIONE} as assegnazione, ${IMPRONTE} as impronte, r.descrizione_cartaceo as cartaceo, ${RISERVATO} as riservato,
            case when r.emergenza_numero is not null then json_build_object('numero', r.emergenza_numero, 'istante', ${rome('r.emergenza_istante')}) end as emergenza,
            case when r.differimento_autorizzazione is not null
                 then json_build_object('autorizzazione', r.differimento_autorizzazione, 'motivo', r.differimento_motivo) end as differita,
            r.operatore_nome as operatore, (select u.denominazione from ufficio u where u.ente_id = r.ente_id and u.id = r.ufficio_operatore_id) as ufficio,
            ${ANNULLATA} as annullata
       from registrazione r join registro g on g.ente_id = r.ente_id and g.id = r.registro_id join documento d on d.ente_id = r.ente_id and d.id = r.documento_id
      where ${OF} and r.giorno between $3::date and $4::date order by r.anno, r.numero`,
    [scope.ente.id, p.registroId, p.dal, p.al],
  )
}

/** Annulments authorised in the period, of whatever day the number is (REQ-PROT-101). */
export async function findAnnullamenti(scope: Scope, p: Periodo): Promise<RigaAnnullamento[]> {
  return await query<RigaAnnullamento>(
    scope,
    `select 'annullamento' as tipo, ${REGISTRATA}, ${rome('k.deciso_il')} as il, r.oggetto,
            json_build_object('operatore', a.richiedente_nome, 'il', ${rome('a.richiesto_il')}, 'motivo', a.motivo) as richiesta,
            json_build_object('operatore', k.decisore_nome, 'il', ${rome('k.deciso_il')}, 'provvedimento', ${provvedimento('k')}) as autorizzazione,
            ${RISERVATO} as riservato
       from decisione_atto k join annullamento a on a.ente_id = k.ente_id and a.id = k.id
       join registrazione r on r.ente_id = k.ente_id and r.id = k.registrazione_id join registro g on g.ente_id = r.ente_id and g.id = r.registro_id
      where ${OF} and k.atto = 'annullamento' and k.esito = 'AUTORIZZATO' and ${within('k.deciso_il')}
      order by k.deciso_il, k.id`,
    [scope.ente.id, p.registroId, p.dal, p.al],
  )
}

const MODIFICA = `select 'modifica' as tipo, ${REGISTRATA}`
const FROM = 'join registro g on g.ente_id = r.ente_id and g.id = r.registro_id'
const persona = (alias: string): string =>
  `case when ${alias}.operatore_id is null then '' else ' (' || coalesce((select o.nome || ' ' || o.cognome from operatore o where o.id = ${alias}.operatore_id), '') || ')' end`

/**
 * Data changed in the period with old and new value (REQ-PROT-101): corrections authorised by a provvedimento, and the two data that may change by law,
 * classification and assignment; and the scans that were awaited.
 */
export async function findModifiche(scope: Scope, p: Periodo): Promise<RigaModifica[]> {
  return await query<RigaModifica>(
    scope,
    `select tipo, registro, anno, numero, data, il, campo, "valorePrecedente", "valoreNuovo", operatore, motivo, provvedimento, riservato from (
       ${MODIFICA}, ${rome('k.deciso_il')} as il, t.campo, t.valore_annullato as "valorePrecedente", t.valore_corretto as "valoreNuovo", k.decisore_nome as operatore,
              t.motivo, ${provvedimento('k')} as provvedimento, ${RISERVATO} as riservato, k.deciso_il as ordine, k.id
         from decisione_atto k join rettifica t on t.ente_id = k.ente_id and t.id = k.id
         join registrazione r on r.ente_id = k.ente_id and r.id = k.registrazione_id ${FROM}
        where ${OF} and k.atto = 'rettifica' and k.esito = 'AUTORIZZATO' and ${within('k.deciso_il')}
       union all
       ${MODIFICA}, ${rome('c.dal')}, 'classificazione', vp.codice, v.codice, c.autore_nome, c.motivo, null, ${RISERVATO}, c.dal, c.id
         from classificazione c join registrazione r on r.ente_id = c.ente_id and r.documento_id = c.documento_id ${FROM}
         join lateral (select q.voce_id from classificazione q where q.ente_id = c.ente_id and q.documento_id = c.documento_id and (q.dal, q.id) < (c.dal, c.id)
                        order by q.dal desc, q.id desc limit 1) prima on true
         join voce_titolario vp on vp.ente_id = c.ente_id and vp.id = prima.voce_id join voce_titolario v on v.ente_id = c.ente_id and v.id = c.voce_id
        where ${OF} and ${within('c.dal')}
       union all
       ${MODIFICA}, ${rome('a.dal')}, 'assegnazione', up.denominazione || ${persona('prima')}, u.denominazione || ${persona('a')}, a.autore_nome,
              coalesce(a.motivo, a.nota, ''), null, ${RISERVATO}, a.dal, a.id
         from assegnazione a join registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id ${FROM}
         join lateral (select q.ufficio_id, q.operatore_id from assegnazione q where q.ente_id = a.ente_id and q.registrazione_id = a.registrazione_id
                        and q.tipo = 'competenza' and (q.dal, q.id) < (a.dal, a.id) order by q.dal desc, q.id desc limit 1) prima on true
         join ufficio up on up.ente_id = a.ente_id and up.id = prima.ufficio_id join ufficio u on u.ente_id = a.ente_id and u.id = a.ufficio_id
        where ${OF} and a.tipo = 'competenza' and ${within('a.dal')}
       union all
       ${MODIFICA}, ${rome('z.creato_il')}, 'scansione', coalesce(r.descrizione_cartaceo, ''), z.impronta, z.autore_nome, '', null, ${RISERVATO}, z.creato_il, z.documento_file_id
         from scansione z join registrazione r on r.ente_id = z.ente_id and r.id = z.registrazione_id ${FROM}
        where ${OF} and ${within('z.creato_il')}
     ) m order by ordine, id`,
    [scope.ente.id, p.registroId, p.dal, p.al],
  )
}
