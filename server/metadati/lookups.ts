import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import type { AooFatti, EnteFatti, PersonaFatti, RepertorioFatti, ServizioFatti, UfficioFatti, VoceFatti } from './facts.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u

/** Rows keyed by a column, several for one key. */
export function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row])
  return groups
}

/** AOO by id. */
export async function findAoo(scope: Scope, ids: readonly string[]): Promise<Map<string, AooFatti>> {
  const rows = await query<AooFatti & { id: string }>(
    scope,
    'select id, codice, denominazione, domicilio_digitale as "domicilioDigitale" from aoo where ente_id = $1 and id = any($2::uuid[])',
    [scope.ente.id, ids],
  )
  return new Map(rows.map((r) => [r.id, r]))
}

/** People by id, whatever their appointments are today: the register names them for ever. */
export async function findPersone(scope: Scope, ids: readonly (string | null)[]): Promise<Map<string, PersonaFatti>> {
  const known = [...new Set(ids.filter((id) => id !== null && UUID.test(id)))]
  if (known.length === 0) return new Map()
  const rows = await query<PersonaFatti>(
    scope,
    'select id, nome, cognome, codice_fiscale as "codiceFiscale" from operatore where id = any($1::uuid[])',
    [known],
  )
  return new Map(rows.map((r) => [r.id, r]))
}

/** Offices by id, open or closed: what was assigned stays assigned. */
export async function findUffici(scope: Scope, ids: readonly string[]): Promise<Map<string, UfficioFatti>> {
  if (ids.length === 0) return new Map()
  const rows = await query<UfficioFatti>(
    scope,
    'select id, codice, denominazione, indirizzo_digitale as "indirizzoDigitale" from ufficio where ente_id = $1 and id = any($2::uuid[])',
    [scope.ente.id, [...new Set(ids)]],
  )
  return new Map(rows.map((r) => [r.id, r]))
}

/** Voices with the description of their whole path and the version of the plan they belong to. */
export async function findVoci(scope: Scope, ids: readonly string[]): Promise<Map<string, VoceFatti>> {
  const rows = await query<VoceFatti & { id: string }>(
    scope,
    `with recursive percorso as (
       select v.id as foglia, v.id, v.padre_id, v.denominazione, 1 as passo from voce_titolario v where v.ente_id = $1 and v.id = any($2::uuid[])
       union all
       select p.foglia, v.id, v.padre_id, v.denominazione, p.passo + 1 from percorso p join voce_titolario v on v.ente_id = $1 and v.id = p.padre_id
     )
     select v.id, v.codice, (select string_agg(p.denominazione, ' / ' order by p.passo desc) from percorso p where p.foglia = v.id) as descrizione, t.uri as piano,
            v.conservazione_anni as "conservazioneAnni", to_char(v.chiusa_dal, 'YYYY-MM-DD') as "chiusaDal",
            to_char(t.dal, 'YYYY-MM-DD') as "versioneDal", to_char(t.al, 'YYYY-MM-DD') as "versioneAl"
       from voce_titolario v join titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id
      where v.ente_id = $1 and v.id = any($2::uuid[])`,
    [scope.ente.id, [...new Set(ids)]],
  )
  return new Map(rows.map((r) => [r.id, r]))
}

/** The person in charge of records management on a day, with the act of appointment; null when nobody is (REQ-CONS-002). */
export async function findResponsabileGestione(scope: Scope, giorno: string): Promise<(PersonaFatti & { atto: string }) | null> {
  return await queryOne<PersonaFatti & { atto: string }>(
    scope,
    `select o.id, o.nome, o.cognome, o.codice_fiscale as "codiceFiscale", i.atto
       from incarico i join operatore o on o.id = i.operatore_id
      where i.ente_id = $1 and i.profilo = 'responsabileGestioneDocumentale' and i.dal <= $2 and (i.al is null or i.al >= $2)
      order by i.dal desc, i.id limit 1`,
    [scope.ente.id, giorno],
  )
}

/** The value a row names by id. Throws Error when it is not there: a reference of the database was broken. */
export function found<T>(map: ReadonlyMap<string, T>, id: string, what: string): T {
  const value = map.get(id)
  if (value === undefined) throw new Error(`${what} ${id} is named by a row and is not there`)
  return value
}

/** The body of the scope with one of its AOO and what it chose for its preservation service. */
export function enteOf(scope: Scope, aoo: AooFatti, servizio: ServizioFatti | null): EnteFatti {
  return { denominazione: scope.ente.denominazione, codiceIpa: scope.ente.codiceIpa, aoo, ...(servizio === null ? {} : { servizio }) }
}

/** Rows of repertories by document, with who registered each. */
export async function findRepertori(
  scope: Scope,
  documentoIds: readonly string[],
): Promise<Map<string, Omit<RepertorioFatti, 'operatore' | 'responsabileGestione'> & { operatoreId: string }>> {
  const rows = await query<Omit<RepertorioFatti, 'operatore' | 'responsabileGestione'> & { documentoId: string; operatoreId: string }>(
    scope,
    `select p.codice, p.denominazione, r.serie, r.numero, to_char(r.giorno, 'YYYY-MM-DD') as giorno, to_char(r.istante at time zone 'Europe/Rome', 'HH24:MI:SS') as ora,
            r.formatore, r.impronta, r.riservato, p.conservazione_anni as "conservazioneAnni", r.documento_id as "documentoId", r.operatore_id as "operatoreId",
            exists (select 1 from annullamento_repertorio a where a.ente_id = r.ente_id and a.riga_id = r.id and a.esito = 'autorizzato') as annullato
       from registrazione_repertorio r join repertorio p on p.ente_id = r.ente_id and p.id = r.repertorio_id
      where r.ente_id = $1 and r.documento_id = any($2::uuid[])`,
    [scope.ente.id, documentoIds],
  )
  return new Map(rows.map(({ documentoId, ...row }) => [documentoId, row]))
}
