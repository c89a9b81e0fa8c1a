import { findFiles } from '../documenti/index.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import type {
  AggregazioneFatti,
  AooFatti,
  DocumentoFatti,
  EnteFatti,
  FascicoloFatti,
  FileFatti,
  PersonaFatti,
  RegistrazioneFatti,
  SoggettoFatti,
  UfficioFatti,
  VoceFatti,
} from './facts.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u

/** Rows keyed by a column, several for one key. */
function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row])
  return groups
}

async function findAoo(scope: Scope, ids: readonly string[]): Promise<Map<string, AooFatti>> {
  const rows = await query<AooFatti & { id: string }>(
    scope,
    'select id, codice, denominazione, domicilio_digitale as "domicilioDigitale" from aoo where ente_id = $1 and id = any($2::uuid[])',
    [scope.ente.id, ids],
  )
  return new Map(rows.map((r) => [r.id, r]))
}

/** People by id, whatever their appointments are today: the register names them for ever. */
async function findPersone(scope: Scope, ids: readonly (string | null)[]): Promise<Map<string, PersonaFatti>> {
  const known = [...new Set(ids.filter((id) => id !== null && UUID.test(id)))]
  if (known.length === 0) return new Map()
  const rows = await query<PersonaFatti>(
    scope,
    'select id, nome, cognome, codice_fiscale as "codiceFiscale" from operatore where id = any($1::uuid[])',
    [known],
  )
  return new Map(rows.map((r) => [r.id, r]))
}

async function findUffici(scope: Scope, ids: readonly string[]): Promise<Map<string, UfficioFatti>> {
  if (ids.length === 0) return new Map()
  const rows = await query<UfficioFatti>(
    scope,
    'select id, codice, denominazione, indirizzo_digitale as "indirizzoDigitale" from ufficio where ente_id = $1 and id = any($2::uuid[])',
    [scope.ente.id, [...new Set(ids)]],
  )
  return new Map(rows.map((r) => [r.id, r]))
}

/** Voices with the description of their whole path and the version of the plan they belong to. */
async function findVoci(scope: Scope, ids: readonly string[]): Promise<Map<string, VoceFatti>> {
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

type RegistrazioneLetta = Omit<RegistrazioneFatti, 'operatore' | 'soggetti'> & { documentoId: string; operatoreId: string }

async function findRegistrazioni(scope: Scope, documentoIds: readonly string[]): Promise<RegistrazioneLetta[]> {
  return await query<RegistrazioneLetta>(
    scope,
    `select r.id, r.documento_id as "documentoId", r.tipo, r.anno, r.numero, to_char(r.giorno, 'YYYY-MM-DD') as giorno,
            to_char(r.istante at time zone 'Europe/Rome', 'HH24:MI:SS') as ora, g.codice as "codiceRegistro", r.segnatura, r.impronta, r.riservato,
            to_char(r.data_arrivo at time zone 'Europe/Rome', 'YYYY-MM-DD') as "giornoArrivo", r.operatore_id as "operatoreId"
       from registrazione r join registro g on g.ente_id = r.ente_id and g.id = r.registro_id
      where r.ente_id = $1 and r.documento_id = any($2::uuid[])`,
    [scope.ente.id, documentoIds],
  )
}

const SOGGETTO = `ruolo, tipo, nome, cognome, denominazione, codice_fiscale as "codiceFiscale", codice_ipa as "codiceIpa", codice_aoo as "codiceAoo",
  denominazione_aoo as "denominazioneAoo", indirizzo_digitale as "indirizzoDigitale"`

async function findSoggetti(scope: Scope, registrazioneIds: readonly string[]): Promise<Map<string, (SoggettoFatti & { di: string })[]>> {
  const rows = await query<SoggettoFatti & { di: string }>(
    scope,
    `select registrazione_id as di, ${SOGGETTO} from soggetto where ente_id = $1 and registrazione_id = any($2::uuid[]) order by ruolo desc, posizione`,
    [scope.ente.id, registrazioneIds],
  )
  return groupBy(rows, (r) => r.di)
}

/** Open assignments of the registrations of some documents, competenza first. */
async function findAssegnazioni(
  scope: Scope,
  documentoIds: readonly string[],
): Promise<{ documentoId: string; ufficioId: string; operatoreId: string | null }[]> {
  return await query(
    scope,
    `select documento_id as "documentoId", ufficio_id as "ufficioId", operatore_id as "operatoreId" from assegnazione
      where ente_id = $1 and documento_id = any($2::uuid[]) and al is null order by tipo, dal, id`,
    [scope.ente.id, documentoIds],
  )
}

interface AggregazioneLetta extends Omit<AggregazioneFatti, 'responsabile' | 'ufficio'> {
  readonly documentoId: string
  readonly responsabileId: string
  readonly ufficioId: string
}

async function findAggregazioni(scope: Scope, documentoIds: readonly string[]): Promise<AggregazioneLetta[]> {
  return await query<AggregazioneLetta>(
    scope,
    `select fd.documento_id as "documentoId", f.id, f.codice, f.tipo, f.conservazione_anni as "conservazioneAnni", f.responsabile_id as "responsabileId",
            f.ufficio_id as "ufficioId"
       from fascicolo_documento fd join fascicolo f on f.ente_id = fd.ente_id and f.id = fd.fascicolo_id
      where fd.ente_id = $1 and fd.documento_id = any($2::uuid[]) and fd.tolto_il is null order by fd.inserito_il, f.codice`,
    [scope.ente.id, documentoIds],
  )
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

function found<T>(map: ReadonlyMap<string, T>, id: string, what: string): T {
  const value = map.get(id)
  if (value === undefined) throw new Error(`${what} ${id} is named by a row and is not there`)
  return value
}

function enteOf(scope: Scope, aoo: AooFatti): EnteFatti {
  return { denominazione: scope.ente.denominazione, codiceIpa: scope.ente.codiceIpa, aoo }
}

type DocumentoLetto = Pick<DocumentoFatti, 'id' | 'oggetto' | 'tipologia' | 'modalita' | 'riservatezza' | 'dataDocumento' | 'versione'> & {
  aooId: string
  voceId: string
}

async function findDocumentiRows(scope: Scope, ids: readonly string[]): Promise<DocumentoLetto[]> {
  return await query<DocumentoLetto>(
    scope,
    `select id, aoo_id as "aooId", oggetto, tipologia, modalita_formazione as modalita, riservatezza, to_char(data_documento, 'YYYY-MM-DD') as "dataDocumento",
            versione, voce_id as "voceId"
       from documento where ente_id = $1 and id = any($2::uuid[])`,
    [scope.ente.id, ids],
  )
}

/**
 * Facts of some documents, in the order of the ids; absent ones are not in the answer. A fixed number of queries whatever the number of documents: call
 * it inside a transaction, so that all of them see the same moment.
 */
export async function findDocumentiFatti(scope: Scope, ids: readonly string[]): Promise<DocumentoFatti[]> {
  if (ids.length === 0) return []
  const documenti = await findDocumentiRows(scope, ids)
  const registrazioni = await findRegistrazioni(scope, ids)
  const soggetti = await findSoggetti(
    scope,
    registrazioni.map((r) => r.id),
  )
  const assegnazioni = await findAssegnazioni(scope, ids)
  const aggregazioni = await findAggregazioni(scope, ids)
  const files = groupBy(await findFiles(scope, ids), (f) => f.documentoId)
  const aoo = await findAoo(scope, [...new Set(documenti.map((d) => d.aooId))])
  const voci = await findVoci(
    scope,
    documenti.map((d) => d.voceId),
  )
  const uffici = await findUffici(scope, [...assegnazioni.map((a) => a.ufficioId), ...aggregazioni.map((a) => a.ufficioId)])
  const persone = await findPersone(scope, [
    ...registrazioni.map((r) => r.operatoreId),
    ...assegnazioni.map((a) => a.operatoreId),
    ...aggregazioni.map((a) => a.responsabileId),
  ])
  const responsabili = new Map<string, PersonaFatti | null>()
  for (const giorno of new Set(registrazioni.map((r) => r.giorno))) responsabili.set(giorno, await findResponsabileGestione(scope, giorno))
  const byId = new Map(
    documenti.map((d): [string, DocumentoFatti] => {
      const r = registrazioni.find((x) => x.documentoId === d.id)
      return [
        d.id,
        {
          ...d,
          ente: enteOf(scope, found(aoo, d.aooId, 'aoo')),
          voce: found(voci, d.voceId, 'voce'),
          files: (files.get(d.id) ?? []).map((f): FileFatti => ({ ...f, firmato: f.formato.firmato !== 'nessuna' })),
          registrazione:
            r === undefined ? null : { ...r, operatore: persone.get(r.operatoreId) ?? null, soggetti: soggetti.get(r.id) ?? [] },
          assegnazioni: assegnazioni
            .filter((a) => a.documentoId === d.id)
            .map((a) => ({
              ufficio: found(uffici, a.ufficioId, 'ufficio'),
              operatore: a.operatoreId === null ? null : (persone.get(a.operatoreId) ?? null),
            })),
          aggregazioni: aggregazioni
            .filter((a) => a.documentoId === d.id)
            .map((a) => ({
              ...a,
              responsabile: found(persone, a.responsabileId, 'operatore'),
              ufficio: found(uffici, a.ufficioId, 'ufficio'),
            })),
          responsabileGestione: r === undefined ? null : (responsabili.get(r.giorno) ?? null),
        },
      ]
    }),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}

type FascicoloLetto = Omit<
  FascicoloFatti,
  'ente' | 'voce' | 'responsabile' | 'ufficio' | 'soggetti' | 'assegnazioni' | 'fasi' | 'documenti'
> & {
  aooId: string
  voceId: string
  responsabileId: string
  ufficioId: string
}

async function findFascicoloRow(scope: Scope, id: string): Promise<FascicoloLetto | null> {
  return await queryOne<FascicoloLetto>(
    scope,
    `select f.id, f.aoo_id as "aooId", f.codice, f.tipo, f.oggetto, f.stato, f.progressivo, to_char(f.aperto_il, 'YYYY-MM-DD') as "apertoIl",
            to_char(f.chiuso_il, 'YYYY-MM-DD') as "chiusoIl", f.materia, f.procedimento, f.conservazione_anni as "conservazioneAnni", f.versione,
            f.voce_id as "voceId", f.responsabile_id as "responsabileId", f.ufficio_id as "ufficioId",
            not exists (select 1 from fascicolo g where g.ente_id = f.ente_id and g.aoo_id = f.aoo_id and g.anno = f.anno and g.serie = f.serie
                           and g.progressivo = f.progressivo and g.id <> f.id) as "progressivoUnico"
       from fascicolo f where f.ente_id = $1 and f.id = $2`,
    [scope.ente.id, id],
  )
}

interface AssegnazioneLetta {
  readonly tipo: string
  readonly ufficioId: string
  readonly operatoreId: string | null
  readonly dal: string
  readonly oraDal: string
  readonly al: string | null
  readonly oraAl: string | null
}

/** SQL of an instant column in Rome time. */
const rome = (column: string, form: string): string => `to_char(${column} at time zone 'Europe/Rome', '${form}')`

async function findAssegnazioniFascicolo(scope: Scope, fascicoloId: string): Promise<AssegnazioneLetta[]> {
  return await query<AssegnazioneLetta>(
    scope,
    `select tipo, ufficio_id as "ufficioId", operatore_id as "operatoreId", ${rome('dal', 'YYYY-MM-DD')} as dal, ${rome('dal', 'HH24:MI:SS')} as "oraDal",
            ${rome('al', 'YYYY-MM-DD')} as al, ${rome('al', 'HH24:MI:SS')} as "oraAl"
       from fascicolo_assegnazione where ente_id = $1 and fascicolo_id = $2 order by fascicolo_assegnazione.dal, id`,
    [scope.ente.id, fascicoloId],
  )
}

/** Facts of a fascicolo with those of its documents, or null. Call it inside a transaction. */
export async function findFascicoloFatti(scope: Scope, id: string): Promise<FascicoloFatti | null> {
  const row = await findFascicoloRow(scope, id)
  if (row === null) return null
  const documentoIds = await query<{ id: string }>(
    scope,
    'select documento_id as id from fascicolo_documento where ente_id = $1 and fascicolo_id = $2 and tolto_il is null order by inserito_il, id',
    [scope.ente.id, id],
  )
  const soggetti = await query<SoggettoFatti>(
    scope,
    `select ${SOGGETTO} from fascicolo_soggetto where ente_id = $1 and fascicolo_id = $2 order by posizione, id`,
    [scope.ente.id, id],
  )
  const fasi = await query<{ fase: string; dal: string; al: string | null }>(
    scope,
    `select fase, to_char(dal, 'YYYY-MM-DD') as dal, to_char(al, 'YYYY-MM-DD') as al from fase where ente_id = $1 and fascicolo_id = $2 order by fase.dal, id`,
    [scope.ente.id, id],
  )
  const assegnazioni = await findAssegnazioniFascicolo(scope, id)
  const uffici = await findUffici(scope, [row.ufficioId, ...assegnazioni.map((a) => a.ufficioId)])
  const persone = await findPersone(scope, [row.responsabileId, ...assegnazioni.map((a) => a.operatoreId)])
  return {
    ...row,
    ente: enteOf(scope, found(await findAoo(scope, [row.aooId]), row.aooId, 'aoo')),
    voce: found(await findVoci(scope, [row.voceId]), row.voceId, 'voce'),
    responsabile: found(persone, row.responsabileId, 'operatore'),
    ufficio: found(uffici, row.ufficioId, 'ufficio'),
    soggetti,
    fasi,
    assegnazioni: assegnazioni.map((a) => ({
      ...a,
      ufficio: found(uffici, a.ufficioId, 'ufficio'),
      operatore: a.operatoreId === null ? null : (persone.get(a.operatoreId) ?? null),
    })),
    documenti: await findDocumentiFatti(
      scope,
      documentoIds.map((d) => d.id),
    ),
  }
}
