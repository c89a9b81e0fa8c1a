import { wholeCondition } from '../../fascicoli/index.ts'
import { inReadTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { formatEtichetta, readableCondition, visibilitaOf } from '../../protocollo/index.ts'
import { formatEtichettaRepertorio } from '../../repertori/index.ts'
import { repairOf } from '../riparazione.ts'
import type { DaCompletareDto, EsitoRegola, FiltriDaCompletare, RigaDaCompletareDto, StatoMetadatiDto } from '../schema.ts'

type Bind = (value: unknown) => string

const FROM = `from metadati_valutazione v
  left join documento d on v.tipo = 'documento' and d.ente_id = v.ente_id and d.id = v.id
  left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id
  left join registrazione_repertorio q on r.id is null and q.ente_id = d.ente_id and q.documento_id = d.id
  left join repertorio p on p.ente_id = q.ente_id and p.id = q.repertorio_id
  left join fascicolo f on v.tipo = 'fascicolo' and f.ente_id = v.ente_id and f.id = v.id
  left join ufficio u on u.ente_id = v.ente_id and u.id = v.ufficio_id`

/** SQL truth "this person reads what judgement v is about": the rule of the room it belongs to, never wider. */
function seenCondition(scope: Scope, bind: Bind): string {
  const v = visibilitaOf(scope.attore)
  if (v.tutto) return 'true'
  const me = bind(scope.attore.id)
  const offices = `${bind(v.uffici)}::uuid[]`
  return `((r.id is not null and ${readableCondition(scope, bind)})
    or (f.id is not null and ${wholeCondition(scope, bind)})
    or (q.id is not null and (q.operatore_id::text = ${me} or (not q.riservato and p.ufficio_id = any(${offices}))))
    or (d.id is not null and r.id is null and q.id is null and d.riservatezza = 'ORDINARIO' and exists (
      select 1 from fascicolo_documento dentro join fascicolo f on f.ente_id = dentro.ente_id and f.id = dentro.fascicolo_id
       where dentro.ente_id = d.ente_id and dentro.documento_id = d.id and dentro.tolto_il is null and dentro.area = 'comune' and ${wholeCondition(scope, bind)})))`
}

interface Riga {
  id: string
  tipo: 'documento' | 'fascicolo'
  profilo: 'DI' | 'DAI' | 'AGG'
  punteggio: number
  completo: boolean
  esiti: EsitoRegola[]
  valutatoIl: Date
  ufficio: string | null
  oggetto: string
  anno: number | null
  numero: number | null
  rigaId: string | null
  repertorio: string | null
  serie: string | null
  rigaNumero: number | null
  codice: string | null
  slug: string | null
  fascicoloDelDocumento: string | null
}

function placeOf(row: Riga): { etichetta: string; pagina: string | null } {
  if (row.codice !== null) return { etichetta: row.codice, pagina: `fascicoli/${row.slug}` }
  if (row.anno !== null && row.numero !== null)
    return { etichetta: formatEtichetta(row.numero, row.anno), pagina: `protocollo/${row.anno}/${row.numero}` }
  if (row.repertorio !== null)
    return {
      etichetta: formatEtichettaRepertorio(row.repertorio, row.serie ?? '', row.rigaNumero ?? 0),
      pagina: `repertori/righe/${row.rigaId}`,
    }
  return { etichetta: 'Non registrato', pagina: row.fascicoloDelDocumento === null ? null : `fascicoli/${row.fascicoloDelDocumento}` }
}

function present(scope: Scope, row: Riga): RigaDaCompletareDto {
  const { etichetta, pagina } = placeOf(row)
  const oggetto = { ente: scope.ente.slug, tipo: row.tipo, pagina }
  return {
    id: row.id,
    tipo: row.tipo,
    profilo: row.profilo,
    etichetta,
    oggetto: row.oggetto,
    ufficio: row.ufficio,
    punteggio: row.punteggio,
    completo: row.completo,
    valutatoIl: row.valutatoIl.toISOString(),
    pagina: pagina === null ? null : `/${scope.ente.slug}/${pagina}`,
    esiti: row.esiti.map((esito) => ({ ...esito, riparazione: repairOf(esito, oggetto) })),
  }
}

/**
 * What this person may see whose metadata are still to be completed, the least complete first, with the counts by rule and by office: each is the length
 * of the list that its filter opens. Metadata of what he may not read are neither listed nor counted.
 */
export async function listDaCompletare(scope: Scope, filtri: FiltriDaCompletare): Promise<DaCompletareDto> {
  return await inReadTransaction(scope, async (s) => {
    const seen = (bind: Bind): string => seenCondition(s, bind)
    const base = (bind: Bind, without: 'regola' | 'ufficio' | null): string =>
      [
        'v.ente_id = $1',
        seen(bind),
        filtri.avvisi === '1' ? '(not v.completo or v.avvisi > 0)' : 'not v.completo',
        ...(filtri.tipo === undefined ? [] : [`v.tipo = ${bind(filtri.tipo)}`]),
        ...(filtri.regola === undefined || without === 'regola' ? [] : [`v.regole @> ${bind(JSON.stringify([filtri.regola]))}::jsonb`]),
        ...(filtri.ufficio === undefined || without === 'ufficio' ? [] : [`v.ufficio_id = ${bind(filtri.ufficio)}::uuid`]),
      ].join(' and ')
    const ask = async <T>(sql: (where: string) => string, without: 'regola' | 'ufficio' | null = null): Promise<T[]> => {
      const binds: unknown[] = [s.ente.id]
      const where = base((value) => `$${binds.push(value)}`, without)
      return await query<T>(s, sql(where), binds)
    }
    const [totale] = await ask<{ n: number }>((where) => `select count(*)::int as n ${FROM} where ${where}`)
    const righe = await ask<Riga>(
      (
        where,
      ) => `select v.id, v.tipo, v.profilo, v.punteggio, v.completo, v.esiti, v.valutato_il as "valutatoIl", u.denominazione as ufficio,
         coalesce(f.oggetto, case when r.id is null then q.oggetto else app.oggetto_vigente(r.ente_id, r.id) end, d.oggetto, '') as oggetto,
         r.anno, r.numero, q.id as "rigaId", p.codice as repertorio, q.serie, q.numero as "rigaNumero", f.codice, f.slug,
         (select g.slug from fascicolo_documento fd join fascicolo g on g.ente_id = fd.ente_id and g.id = fd.fascicolo_id
           where fd.ente_id = d.ente_id and fd.documento_id = d.id and fd.tolto_il is null order by fd.inserito_il limit 1) as "fascicoloDelDocumento"
         ${FROM} where ${where} order by v.punteggio, v.id desc limit ${filtri.perPagina} offset ${(filtri.pagina - 1) * filtri.perPagina}`,
    )
    const perRegola = await ask<{ regola: string; quanti: number }>(
      (
        where,
      ) => `select x.regola, count(*)::int as quanti ${FROM} cross join lateral jsonb_array_elements_text(v.regole) as x(regola) where ${where}
         group by 1 order by 2 desc, 1`,
      'regola',
    )
    const perUfficio = await ask<{ id: string | null; denominazione: string; quanti: number }>(
      (
        where,
      ) => `select v.ufficio_id as id, coalesce(u.denominazione, 'Senza ufficio') as denominazione, count(*)::int as quanti ${FROM} where ${where}
         group by 1, 2 order by 3 desc, 2`,
      'ufficio',
    )
    return { elementi: righe.map((row) => present(s, row)), totale: totale?.n ?? 0, perRegola, perUfficio, media: await meanOf(s, seen) }
  })
}

async function meanOf(scope: Scope, seen: (bind: Bind) => string): Promise<number | null> {
  const binds: unknown[] = [scope.ente.id]
  const where = seen((value) => `$${binds.push(value)}`)
  const row = await queryOne<{ media: number | null }>(
    scope,
    `select round(avg(v.punteggio), 1)::float8 as media ${FROM} where v.ente_id = $1 and ${where}`,
    binds,
  )
  return row?.media ?? null
}

/**
 * The last judgement of a document or a fascicolo, for the one line of its page: what is missing by the name of its field. Cheap whatever the size of the
 * fascicolo. Whether the caller may see the object is the caller's question.
 */
export async function readStato(scope: Scope, tipo: 'documento' | 'fascicolo', oggettoId: string, id: string): Promise<StatoMetadatiDto> {
  const row = await queryOne<{ completo: boolean; punteggio: number; esiti: EsitoRegola[]; valutatoIl: Date }>(
    scope,
    `select completo, punteggio, esiti, valutato_il as "valutatoIl" from metadati_valutazione where ente_id = $1 and id = $2 and tipo = $3`,
    [scope.ente.id, oggettoId, tipo],
  )
  if (row === null) return { id, valutazione: null }
  const broken = row.esiti.filter((esito) => esito.gravita === 'errore')
  const manca = [...new Set(broken.map((esito) => repairOf(esito, { ente: scope.ente.slug, tipo, pagina: null }).campo))]
  return { id, valutazione: { completo: row.completo, punteggio: row.punteggio, manca, valutatoIl: row.valutatoIl.toISOString() } }
}
