import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { isRgd, readableCondition, riservataCondition } from '../protocollo/index.ts'
import { FASCE, OGGETTO_BREVE, REGOLE, SOGLIE_PREDEFINITE } from './rules.ts'
import type { FattiArretrato } from './rules.ts'
import { mancanze } from './schema.ts'
import type { Causa, FasciaEta, FiltriArretrato, Indicatori, LivelloEta, Mancanza, SoglieArretrato } from './schema.ts'

export type Bind = (value: unknown) => string
const OGGI = `(app.istante() at time zone 'Europe/Rome')::date`

/** Column of each thing missing in `fatti`. */
const COLONNA: Readonly<Record<Mancanza, string>> = {
  'senza-fascicolo': '"senzaFascicolo"',
  'senza-terzo-livello': '"terzoLivello"',
  'non-prese-in-carico': '"nonPresa"',
  'oltre-termine': '"oltreTermine"',
}

/** Whose documents are looked at, and whether riservati are among them: a picture that others will read leaves them out. */
export interface Ambito {
  /** Null: every office. */
  readonly uffici: readonly string[] | null
  readonly soloOrdinari: boolean
}

/** The offices whose arrears a person sees: his own; the head of records management all of them. */
export function ambitoOf(scope: Scope): Ambito {
  return { uffici: isRgd(scope.attore) ? null : scope.attore.uffici, soloOrdinari: false }
}

/** Where an assignment `a` with its registration `r` is a document of these arrears: assigned for competence, not annulled, readable by this person. */
function inAmbito(scope: Scope, ambito: Ambito, bind: Bind): string {
  const where = [`a.ente_id = $1 and a.tipo = 'competenza' and a.al is null`, readableCondition(scope, bind)]
  if (ambito.uffici !== null) where.push(`a.ufficio_id = any(${bind(ambito.uffici)}::uuid[])`)
  if (ambito.soloOrdinari) where.push(`not ${riservataCondition('r')}`)
  where.push(
    `not exists (select 1 from decisione_atto z where z.ente_id = r.ente_id and z.registrazione_id = r.id and z.atto = 'annullamento' and z.esito = 'AUTORIZZATO')`,
  )
  return where.join(' and ')
}

const SENZA_FASCICOLO =
  'not exists (select 1 from fascicolo_documento fd where fd.ente_id = a.ente_id and fd.documento_id = a.documento_id and fd.tolto_il is null)'

/**
 * The documents assigned for competence and not annulled that this person may read, with the facts of each. The one source of lists and counters: a
 * number always equals the list it opens.
 */
function fatti(scope: Scope, ambito: Ambito, bind: Bind): string {
  const inFascicolo = 'from fascicolo_documento fd join fascicolo f on f.ente_id = fd.ente_id and f.id = fd.fascicolo_id'
  const ofDocumento = 'fd.ente_id = a.ente_id and fd.documento_id = a.documento_id and fd.tolto_il is null'
  return `select a.id as "assegnazioneId", a.documento_id as "documentoId", a.registrazione_id as "registrazioneId", a.ufficio_id as "ufficioId", u.denominazione as ufficio,
       a.stato, r.giorno, r.istante, ${OGGI} - r.giorno as giorni, v.codice as "codiceVoce",
       ${SENZA_FASCICOLO} as "senzaFascicolo",
       (v.livello = 2 and exists (select 1 from voce_titolario s where s.ente_id = v.ente_id and s.padre_id = v.id and (s.chiusa_dal is null or s.chiusa_dal > ${OGGI}))
         and not exists (select 1 ${inFascicolo} join voce_titolario fv on fv.ente_id = f.ente_id and fv.id = f.voce_id where ${ofDocumento} and fv.livello > 2)) as "terzoLivello",
       a.stato in ('da_prendere_in_carico', 'rifiutata') as "nonPresa",
       exists (select 1 ${inFascicolo} where ${ofDocumento} and f.stato in ('APERTO', 'SOSPESO') and f.termine < ${OGGI}) as "oltreTermine",
       app.scansione_attesa(r.ente_id, r.id) as "attendeScansione",
       (select count(distinct p.ufficio_id)::int from assegnazione p where p.ente_id = a.ente_id and p.registrazione_id = a.registrazione_id and p.tipo = 'competenza'
         and p.al is not null and p.ufficio_id <> a.ufficio_id) as passaggi,
       (select greatest(count(*) - 1, 0)::int from classificazione c where c.ente_id = a.ente_id and c.documento_id = a.documento_id) as riclassificazioni,
       r.emergenza_numero is not null as emergenza, r.differimento_autorizzazione is not null as differita,
       length(btrim(r.oggetto)) < ${OGGETTO_BREVE} as "oggettoBreve",
       r.tipo = 'E' and not exists (select 1 from soggetto s where s.ente_id = r.ente_id and s.registrazione_id = r.id
         and coalesce(s.codice_fiscale, s.indirizzo_digitale, s.codice_ipa) is not null) as "senzaRecapiti"
     from assegnazione a join registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id
       join documento d on d.ente_id = a.ente_id and d.id = a.documento_id join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
       join ufficio u on u.ente_id = a.ente_id and u.id = a.ufficio_id
    where ${inAmbito(scope, ambito, bind)}`
}

/** Days before which an unfiled document is beyond each threshold. */
export interface GiorniSoglia {
  readonly responsabile: string
  readonly rgd: string
}

/** The arrears: `fatti` where something is missing, with cause, age band and level. */
function arretrato(scope: Scope, ambito: Ambito, soglie: GiorniSoglia, bind: Bind): string {
  const causa = `case ${REGOLE.map((r) => `when ${r.sql} then '${r.causa}'`).join(' ')} else 'formazione' end`
  const fascia = `case ${Object.entries(FASCE)
    .map(([nome, [, last]]) => (last === null ? `else '${nome}'` : `when giorni <= ${last} then '${nome}'`))
    .join(' ')} end`
  return `select x.*, coalesce(k.causa, x.dedotta) as causa, k.nota as "notaCausa", k.autore_nome as "autoreCausa", k.dal as "causaDal"
     from (select t.*, ${causa} as dedotta, ${fascia} as fascia,
             case when not "senzaFascicolo" then 'nei-termini' when giorno < ${bind(soglie.rgd)}::date then 'rgd' when giorno < ${bind(soglie.responsabile)}::date then 'responsabile'
                  else 'nei-termini' end as livello
             from (${fatti(scope, ambito, bind)}) t where ${mancanze.map((m) => COLONNA[m]).join(' or ')}) x
     left join causa_arretrato k on k.ente_id = $1 and k.registrazione_id = x."registrazioneId" and k.al is null`
}

function filters(f: Partial<FiltriArretrato>, bind: Bind): string {
  const parts = ['true']
  if (f.ufficio !== undefined) parts.push(`y."ufficioId" = ${bind(f.ufficio)}::uuid`)
  if (f.mancanza !== undefined) parts.push(`y.${COLONNA[f.mancanza]}`)
  if (f.causa !== undefined) parts.push(`y.causa = ${bind(f.causa)}`)
  if (f.fascia !== undefined) parts.push(`y.fascia = ${bind(f.fascia)}`)
  if (f.oltre !== undefined) parts.push(f.oltre === 'rgd' ? `y.livello = 'rgd'` : `y.livello in ('responsabile', 'rgd')`)
  return parts.join(' and ')
}

/** A document in arrears. */
export interface ArretratoRow extends FattiArretrato {
  assegnazioneId: string
  documentoId: string
  registrazioneId: string
  ufficioId: string
  ufficio: string
  giorni: number
  senzaFascicolo: boolean
  nonPresa: boolean
  oltreTermine: boolean
  dedotta: Causa
  causa: Causa
  notaCausa: string | null
  autoreCausa: string | null
  causaDal: Date | null
  livello: LivelloEta
}

/** A page of the arrears, oldest first, and how many they are. */
export async function findArretrato(
  scope: Scope,
  soglie: GiorniSoglia,
  f: FiltriArretrato,
): Promise<{ rows: ArretratoRow[]; totale: number }> {
  const binds: unknown[] = [scope.ente.id]
  const bind: Bind = (value) => `$${binds.push(value)}`
  const from = `from (${arretrato(scope, ambitoOf(scope), soglie, bind)}) y where ${filters(f, bind)}`
  const totale = await queryOne<{ n: number }>(scope, `select count(*)::int as n ${from}`, binds)
  const rows = await query<ArretratoRow>(
    scope,
    `select y.* ${from} order by y.istante, y."assegnazioneId" limit ${f.perPagina} offset ${(f.pagina - 1) * f.perPagina}`,
    binds,
  )
  return { rows, totale: totale?.n ?? 0 }
}

/** True when a registration is among the arrears this person sees. */
export async function isInArretrato(scope: Scope, soglie: GiorniSoglia, registrazioneId: string): Promise<boolean> {
  const binds: unknown[] = [scope.ente.id]
  const bind: Bind = (value) => `$${binds.push(value)}`
  const sql = arretrato(scope, ambitoOf(scope), soglie, bind)
  return (await queryOne(scope, `select 1 from (${sql}) y where y."registrazioneId" = ${bind(registrazioneId)}`, binds)) !== null
}

/** How many documents share an office, a cause, an age and a level; with how many lack each thing. */
export interface ContoRow {
  ufficioId: string
  ufficio: string
  causa: Causa
  fascia: FasciaEta
  livello: LivelloEta
  totale: number
  mancanze: Record<Mancanza, number>
}

/** The arrears counted: the same rows as the list, grouped. */
export async function countArretrato(scope: Scope, ambito: Ambito, soglie: GiorniSoglia): Promise<ContoRow[]> {
  const binds: unknown[] = [scope.ente.id]
  const bind: Bind = (value) => `$${binds.push(value)}`
  const conti = mancanze.map((m) => `'${m}', count(*) filter (where y.${COLONNA[m]})`).join(', ')
  return await query<ContoRow>(
    scope,
    `select y."ufficioId", y.ufficio, y.causa, y.fascia, y.livello, count(*)::int as totale, json_build_object(${conti}) as mancanze
       from (${arretrato(scope, ambito, soglie, bind)}) y group by 1, 2, 3, 4, 5`,
    binds,
  )
}

/**
 * How many unfiled documents were registered before a day (`YYYY-MM-DD` in Europe/Rome): as many as the list of who asks, without the facts that list and
 * board deduce for each row. One anti-join over indexes made for it, since the desk asks at each load.
 */
export async function countSenzaFascicolo(scope: Scope, ambito: Ambito, prima: string): Promise<number> {
  const binds: unknown[] = [scope.ente.id]
  const bind: Bind = (value) => `$${binds.push(value)}`
  const row = await queryOne<{ n: number }>(
    scope,
    `select count(*)::int as n from assegnazione a join registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id
       join documento d on d.ente_id = a.ente_id and d.id = a.documento_id and d.voce_id is not null
      where ${SENZA_FASCICOLO} and r.giorno < ${bind(prima)}::date and ${inAmbito(scope, ambito, bind)}`,
    binds,
  )
  return row?.n ?? 0
}

/** How filing went in the last twelve months: whoever reads the number may not read every document, so riservati are left out (REQ-FASC-061). */
export async function countIndicatori(scope: Scope): Promise<Indicatori> {
  const { uffici } = ambitoOf(scope)
  const row = await queryOne<Indicatori>(
    scope,
    `select count(*)::int as registrati, count(*) filter (where q.entro)::int as "fascicolatiEntroCinqueGiorni", count(*) filter (where q.diversi)::int as "inOggettiDiversi"
       from (select exists (select 1 from fascicolo_documento fd where fd.ente_id = r.ente_id and fd.documento_id = r.documento_id
                      and fd.inserito_il < (r.giorno + 6)::timestamp at time zone 'Europe/Rome') as entro, v.codice ~ '^XIV(/|$)' as diversi
               from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
               join assegnazione a on a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' and a.al is null
              where r.ente_id = $1 and r.giorno > ${OGGI} - 365 and not ${riservataCondition('r')} and ($2::uuid[] is null or a.ufficio_id = any($2::uuid[]))) q`,
    [scope.ente.id, uffici],
  )
  return row ?? { registrati: 0, fascicolatiEntroCinqueGiorni: 0, inOggettiDiversi: 0 }
}

/** The thresholds of the default AOO, with the AOO they belong to. */
export async function findSoglie(scope: Scope): Promise<SoglieArretrato & { aooId: string }> {
  const row = await queryOne<{ aooId: string; giorniResponsabile: number | null; giorniRgd: number | null }>(
    scope,
    `select a.id as "aooId", s.giorni_responsabile as "giorniResponsabile", s.giorni_rgd as "giorniRgd"
       from aoo a left join soglia_arretrato s on s.ente_id = a.ente_id and s.aoo_id = a.id where a.ente_id = $1 and a.predefinita`,
    [scope.ente.id],
  )
  if (row === null) throw new Error('an ente without its default AOO')
  return {
    aooId: row.aooId,
    giorniResponsabile: row.giorniResponsabile ?? SOGLIE_PREDEFINITE.giorniResponsabile,
    giorniRgd: row.giorniRgd ?? SOGLIE_PREDEFINITE.giorniRgd,
  }
}

export interface RiepilogoRow {
  settimana: string
  ufficioId: string | null
  ufficio: string | null
  dati: unknown
}

/** The weekly pictures of the last twelve weeks: of the whole AOO, or of some offices. Newest first. */
export async function findRiepiloghi(scope: Scope, uffici: readonly string[] | null): Promise<RiepilogoRow[]> {
  return await query<RiepilogoRow>(
    scope,
    `select to_char(q.settimana, 'YYYY-MM-DD') as settimana, q.ufficio_id as "ufficioId", u.denominazione as ufficio, q.dati
       from riepilogo_arretrato q left join ufficio u on u.ente_id = q.ente_id and u.id = q.ufficio_id
      where q.ente_id = $1 and q.settimana > ${OGGI} - 84 and ($2::uuid[] is null or q.ufficio_id = any($2::uuid[]))
      order by q.settimana desc, u.denominazione nulls first`,
    [scope.ente.id, uffici],
  )
}

/** True when the pictures of a week were taken already. */
export async function hasRiepilogo(scope: Scope, settimana: string): Promise<boolean> {
  return (
    (await queryOne(scope, 'select 1 from riepilogo_arretrato where ente_id = $1 and settimana = $2::date', [scope.ente.id, settimana])) !==
    null
  )
}
