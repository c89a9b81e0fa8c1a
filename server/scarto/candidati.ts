import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { riservataCondition } from '../protocollo/index.ts'

/** A whole fascicolo that could be proposed. */
export interface CandidatoRow {
  readonly id: string
  readonly codice: string
  readonly voceId: string
  readonly codiceVoce: string
  readonly tipo: string
  readonly apertoIl: string
  readonly chiusoIl: string
  readonly conservazioneAnni: number | null
  /** It and its parts, each with voice, type and time given at birth. */
  readonly parti: readonly { readonly id: string; readonly voceId: string; readonly tipo: string; readonly anni: number | null }[]
  readonly cartacei: number
  readonly versata: boolean
}

/** SQL of the ids of a fascicolo `f` and of everything below it. */
const PARTI = `(select f.id union all select x.id from fascicolo x where x.ente_id = f.ente_id and x.fascicolo_padre_id = f.id
  union all select y.id from fascicolo x join fascicolo y on y.ente_id = x.ente_id and y.fascicolo_padre_id = x.id where x.ente_id = f.ente_id and x.fascicolo_padre_id = f.id)`
const OGGI = `(app.istante() at time zone 'Europe/Rome')::date`
const CHIUSI = `('CHIUSO', 'IN_CONSERVAZIONE', 'IN_DEPOSITO')`

/** What keeps a fascicolo `f` from being disposed of, each with its words (§17.1 step 2, REQ-FASC-054). */
const OSTACOLI: readonly (readonly [testo: string, sql: string])[] = [
  ['Ha un vincolo in vigore.', 'app.scarto_vincolato(f.ente_id, f.id)'],
  [
    'Non è chiuso in tutte le sue parti.',
    `exists (select 1 from fascicolo k where k.ente_id = f.ente_id and k.id in ${PARTI} and k.stato in ('APERTO', 'SOSPESO'))`,
  ],
  [
    'È collegato a un fascicolo aperto.',
    `exists (select 1 from fascicolo_collegamento c join fascicolo o on o.ente_id = c.ente_id and o.id in (c.fascicolo_id, c.altro_id) and o.stato in ('APERTO', 'SOSPESO')
       where c.ente_id = f.ente_id and c.tolto_il is null and (c.fascicolo_id in ${PARTI} or c.altro_id in ${PARTI}))`,
  ],
  [
    'Ha un procedimento in corso.',
    `exists (select 1 from pratica p where p.ente_id = f.ente_id and p.fascicolo_id in ${PARTI} and p.conclusa_il is null)`,
  ],
  [
    'È fuori dall’archivio: prelevato o in trasferimento.',
    `exists (select 1 from fascicolo_movimento m where m.ente_id = f.ente_id and m.fascicolo_id in ${PARTI} and (m.stato = 'richiesto' or (m.tipo = 'prelievo' and m.stato = 'eseguito')))`,
  ],
  [
    'Il suo versamento in conservazione non è finito.',
    `exists (select 1 from versamento w where w.ente_id = f.ente_id and w.fascicolo_id in ${PARTI} and w.stato in ('IN_PREPARAZIONE', 'PRONTO', 'TRASMESSO'))`,
  ],
  [
    'Un’autorità ha accesso a un suo documento.',
    `exists (select 1 from fascicolo_documento fd join registrazione r on r.ente_id = fd.ente_id and r.documento_id = fd.documento_id
       join accesso_autorita_registrazione ar on ar.ente_id = r.ente_id and ar.registrazione_id = r.id join accesso_autorita au on au.ente_id = ar.ente_id and au.id = ar.accesso_id
       where fd.ente_id = f.ente_id and fd.fascicolo_id in ${PARTI} and fd.tolto_il is null and au.chiuso_il is null and au.al >= ${OGGI})`,
  ],
]

/** What keeps some fascicoli from being disposed of, in words; those that nothing keeps are not in the answer. */
export async function findOstacoli(scope: Scope, fascicoloIds: readonly string[]): Promise<Map<string, string>> {
  const cases = OSTACOLI.map(([testo, sql]) => `when ${sql} then '${testo.replaceAll("'", "''")}'`).join('\n')
  const rows = await query<{ id: string; ostacolo: string | null }>(
    scope,
    `select f.id, case ${cases} end as ostacolo from fascicolo f where f.ente_id = $1 and f.id = any($2::uuid[])`,
    [scope.ente.id, fascicoloIds],
  )
  return new Map(rows.flatMap((r) => (r.ostacolo === null ? [] : [[r.id, r.ostacolo]])))
}

/** Whole closed fascicoli of an AOO that may have expired, not already in a disposal under way nor refused too recently. */
const CANDIDABILI = `f.ente_id = $1 and f.aoo_id = $2 and f.livello = 0 and f.stato in ${CHIUSI} and f.chiuso_il < $3::date - interval '1 year'
  and not exists (select 1 from voce_scarto v where v.ente_id = f.ente_id and v.fascicolo_id = f.id
        and (v.stato not in ('ESCLUSO', 'NON_AUTORIZZATO') or v.procedura_id = $4 or v.non_prima_del > $3::date))`

/** How many there are to look at. */
export async function countCandidati(scope: Scope, aooId: string, al: string, proceduraId: string): Promise<number> {
  const row = await queryOne<{ n: number }>(scope, `select count(*)::int as n from fascicolo f where ${CANDIDABILI}`, [
    scope.ente.id,
    aooId,
    al,
    proceduraId,
  ])
  return row?.n ?? 0
}

/** The next ones after an id, in order of id. */
export async function findCandidati(
  scope: Scope,
  dove: { readonly aooId: string; readonly al: string; readonly proceduraId: string; readonly dopo: string; readonly quanti: number },
): Promise<CandidatoRow[]> {
  return await query<CandidatoRow>(
    scope,
    `select f.id, f.codice, f.voce_id as "voceId", t.codice as "codiceVoce", f.tipo, to_char(f.aperto_il, 'YYYY-MM-DD') as "apertoIl", to_char(f.chiuso_il, 'YYYY-MM-DD') as "chiusoIl",
            f.conservazione_anni as "conservazioneAnni",
            (select json_agg(json_build_object('id', k.id, 'voceId', k.voce_id, 'tipo', k.tipo, 'anni', k.conservazione_anni)) from fascicolo k where k.ente_id = f.ente_id and k.id in ${PARTI}) as parti,
            (select count(*)::int from documento_cartaceo dc where dc.ente_id = f.ente_id and dc.fascicolo_id in ${PARTI} and dc.tolto_il is null) as cartacei,
            exists (select 1 from versamento w where w.ente_id = f.ente_id and w.fascicolo_id in ${PARTI} and w.stato = 'CONSERVATO') as versata
       from fascicolo f join voce_titolario t on t.ente_id = f.ente_id and t.id = f.voce_id where ${CANDIDABILI} and f.id > $5 order by f.id limit $6`,
    [scope.ente.id, dove.aooId, dove.al, dove.proceduraId, dove.dopo, dove.quanti],
  )
}

/** A document of a candidate, with what its own time and the quantities follow from. */
export interface DocumentoCandidato {
  readonly id: string
  readonly fascicoloId: string
  readonly voceId: string
  readonly tipologia: string
  readonly giorno: string
  readonly riservato: boolean
  readonly file: number
  readonly byte: number
}

/** The documents of some fascicoli. */
export async function findDocumentiCandidati(scope: Scope, fascicoloIds: readonly string[]): Promise<DocumentoCandidato[]> {
  return await query<DocumentoCandidato>(
    scope,
    `select d.id, fd.fascicolo_id as "fascicoloId", d.voce_id as "voceId", d.tipologia,
            to_char(coalesce(d.data_documento, r.giorno, (fd.inserito_il at time zone 'Europe/Rome')::date), 'YYYY-MM-DD') as giorno,
            ((r.id is null and d.riservatezza <> 'ORDINARIO') or coalesce(${riservataCondition()}, false)) as riservato, coalesce(q.file, 0)::int as file, coalesce(q.byte, 0)::float8 as byte
       from fascicolo_documento fd join documento d on d.ente_id = fd.ente_id and d.id = fd.documento_id left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id
       left join lateral (select count(*) as file, sum(c.dimensione) as byte from documento_file df join contenuto c on c.ente_id = df.ente_id and c.id = df.contenuto_id
                           where df.ente_id = d.ente_id and df.documento_id = d.id) q on true
      where fd.ente_id = $1 and fd.fascicolo_id = any($2::uuid[]) and fd.tolto_il is null
        and not exists (select 1 from documento_scartato s where s.ente_id = d.ente_id and s.documento_id = d.id)`,
    [scope.ente.id, fascicoloIds],
  )
}
