import { readableCondition, riservataCondition } from '../protocollo/index.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Grafico } from './schema.ts'

/** What a chart counts over: days of Rome, an office or all. */
export interface Misura {
  readonly da: string
  readonly a: string
  readonly ufficio: string | null
  readonly passo: 'giorno' | 'mese'
}

/** A chart as SQL that gives rows `etichetta`, then one column for each series. */
export interface Definizione {
  readonly unita: 'numero' | 'ore' | 'percento'
  readonly serie: readonly string[]
  /** True when the rows are offices, states or kinds: without rows it is drawn with zeros. */
  readonly righe?: readonly string[]
  readonly sql: (m: Misura, bind: (value: unknown) => string, scope: Scope) => string
}

/**
 * Which registrations are counted: all the ordinary ones, because a count tells nothing of a document; a riservato only for who may read it (A8). Every chart
 * of the register starts from here.
 */
function counted(scope: Scope, m: Misura, bind: (value: unknown) => string): string {
  const office =
    m.ufficio === null
      ? ''
      : ` and exists (select 1 from assegnazione f where f.ente_id = r.ente_id and f.registrazione_id = r.id and f.tipo = 'competenza' and f.al is null and f.ufficio_id = ${bind(m.ufficio)}::uuid)`
  return `r.ente_id = $1 and r.giorno between ${bind(m.da)}::date and ${bind(m.a)}::date and (not ${riservataCondition('r')} or ${readableCondition(scope, bind)})${office}`
}

const step = (m: Misura, column: string): string =>
  m.passo === 'mese' ? `to_char(${column}, 'YYYY-MM')` : `to_char(${column}, 'YYYY-MM-DD')`

/** Every step of the period, so that an empty month is a zero and not a gap. */
function steps(m: Misura, bind: (value: unknown) => string): string {
  const unit = m.passo === 'mese' ? 'month' : 'day'
  return `(select ${step(m, 'g.d')} as etichetta from generate_series(date_trunc('${unit}', ${bind(m.da)}::date), ${bind(m.a)}::date, interval '1 ${unit}') as g(d))`
}

/** Counts of registrations by step of the period, one column for each condition. */
const bySteps = (columns: readonly string[]) => (m: Misura, bind: (value: unknown) => string, scope: Scope) => {
  const where = counted(scope, m, bind)
  return `select p.etichetta, ${columns.map((c, i) => `${c} as v${i}`).join(', ')} from ${steps(m, bind)} p
    left join registrazione r on ${step(m, 'r.giorno')} = p.etichetta and ${where} group by p.etichetta order by p.etichetta`
}

const count = (condition: string): string => `count(r.id) filter (where ${condition})::float8`
const MEZZI = ['PEC', 'PEO', 'PORTALE', 'POSTA', 'RACCOMANDATA', 'A_MANO', 'NOTIFICA', 'ALTRO'] as const
const DELAY = `(r.giorno - (r.data_arrivo at time zone 'Europe/Rome')::date)`
const ANNULLATA = `exists (select 1 from decisione_atto z where z.ente_id = r.ente_id and z.registrazione_id = r.id and z.atto = 'annullamento' and z.esito = 'AUTORIZZATO')`
const FILED = `exists (select 1 from fascicolo_documento fd where fd.ente_id = r.ente_id and fd.documento_id = r.documento_id and fd.tolto_il is null)`
const TODAY = `(app.istante() at time zone 'Europe/Rome')::date`

/** By office of competence, of the registrations counted. */
const byOffice = (column: string) => (m: Misura, bind: (value: unknown) => string, scope: Scope) =>
  `select u.denominazione as etichetta, ${column} as v0 from registrazione r
     join assegnazione a on a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' and a.al is null
     join ufficio u on u.ente_id = a.ente_id and u.id = a.ufficio_id where ${counted(scope, m, bind)} group by u.denominazione order by u.denominazione`

/** The charts of `ux.md` 4.11 and of TUDA art. 65: sets of rows in the database, never a row of a person. */
export const definizioni: Readonly<Record<Grafico, Definizione>> = {
  registrazioni: {
    unita: 'numero',
    serie: ['entrata', 'uscita', 'interno'],
    sql: bySteps([count(`r.tipo = 'E'`), count(`r.tipo = 'U'`), count(`r.tipo = 'I'`)]),
  },
  arretrato: {
    unita: 'numero',
    serie: ['messaggi'],
    righe: ['oggi', '1 giorno', 'da 2 a 5 giorni', 'oltre 5 giorni'],
    sql: () =>
      `select case when e.eta <= 0 then 'oggi' when e.eta = 1 then '1 giorno' when e.eta <= 5 then 'da 2 a 5 giorni' else 'oltre 5 giorni' end as etichetta, count(*)::float8 as v0
         from (select ${TODAY} - (m.ricevuto_il at time zone 'Europe/Rome')::date as eta from messaggio m where m.ente_id = $1 and m.stato = 'da_protocollare') e group by 1`,
  },
  'presa-in-carico': {
    unita: 'ore',
    serie: ['mediana'],
    sql: byOffice(`(percentile_cont(0.5) within group (order by extract(epoch from a.presa_il - r.istante) / 3600))::float8`),
  },
  scadenze: {
    unita: 'numero',
    serie: ['fascicoli'],
    righe: ['aperti, in tempo', 'aperti, in ritardo', 'chiusi in tempo', 'chiusi in ritardo'],
    sql: (m, bind) => {
      const office = m.ufficio === null ? '' : ` and f.ufficio_id = ${bind(m.ufficio)}::uuid`
      return `select case when f.chiuso_il is null and f.termine >= ${TODAY} then 'aperti, in tempo' when f.chiuso_il is null then 'aperti, in ritardo'
                          when f.chiuso_il <= f.termine then 'chiusi in tempo' else 'chiusi in ritardo' end as etichetta, count(*)::float8 as v0
                from fascicolo f where f.ente_id = $1 and f.termine is not null and f.aperto_il between ${bind(m.da)}::date and ${bind(m.a)}::date${office} group by 1`
    },
  },
  fascicolazione: {
    unita: 'percento',
    serie: ['fascicolati'],
    sql: byOffice(`round(100.0 * count(*) filter (where ${FILED}) / count(*), 1)::float8`),
  },
  canali: { unita: 'numero', serie: MEZZI, sql: bySteps(MEZZI.map((mezzo) => count(`r.tipo = 'E' and r.mezzo = '${mezzo}'`))) },
  conservazione: {
    unita: 'numero',
    serie: ['versamenti'],
    righe: ['conservati', 'in attesa', 'rifiutati'],
    sql: (m, bind) =>
      `select case v.stato when 'CONSERVATO' then 'conservati' when 'RIFIUTATO' then 'rifiutati' else 'in attesa' end as etichetta, count(*)::float8 as v0
         from versamento v where v.ente_id = $1 and (v.creato_il at time zone 'Europe/Rome')::date between ${bind(m.da)}::date and ${bind(m.a)}::date group by 1`,
  },
  ritardi: {
    unita: 'numero',
    serie: ['nel giorno', '1 giorno', 'da 2 a 5 giorni', 'oltre 5 giorni'],
    sql: bySteps([
      count(`r.tipo = 'E' and ${DELAY} <= 0`),
      count(`r.tipo = 'E' and ${DELAY} = 1`),
      count(`r.tipo = 'E' and ${DELAY} between 2 and 5`),
      count(`r.tipo = 'E' and ${DELAY} > 5`),
    ]),
  },
  annullamenti: {
    unita: 'percento',
    serie: ['annullate'],
    sql: bySteps([`round(100.0 * count(r.id) filter (where ${ANNULLATA}) / nullif(count(r.id), 0), 2)::float8`]),
  },
  tipologie: {
    unita: 'numero',
    serie: ['registrazioni'],
    sql: (m, bind, scope) =>
      `select d.tipologia as etichetta, count(*)::float8 as v0 from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id
        where ${counted(scope, m, bind)} group by d.tipologia order by d.tipologia`,
  },
  uffici: { unita: 'numero', serie: ['registrazioni'], sql: byOffice('count(*)::float8') },
}
