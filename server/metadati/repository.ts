import { findFiles } from '../documenti/index.ts'
import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { findCondizioni } from '../protocollo/index.ts'
import type { AggregazioneFatti, DocumentoFatti, FileFatti, PersonaFatti, RegistrazioneFatti, SoggettoFatti } from './facts.ts'
import { arrivoInForce, deciders, inForce, soggettiInForce, variazioniOf } from './vigente.ts'
import { findConservazioni } from '../titolario/index.ts'
import { findServizio } from './servizio.ts'
import { enteOf, findAoo, findPersone, findRepertori, findResponsabileGestione, findUffici, findVoci, found, groupBy } from './lookups.ts'

type RegistrazioneLetta = Omit<RegistrazioneFatti, 'operatore' | 'soggetti' | 'ufficioMittente' | 'variazioni'> & {
  documentoId: string
  operatoreId: string
  ufficioMittenteId: string | null
}

async function findRegistrazioni(scope: Scope, documentoIds: readonly string[]): Promise<RegistrazioneLetta[]> {
  return await query<RegistrazioneLetta>(
    scope,
    `select r.id, r.documento_id as "documentoId", r.tipo, r.anno, r.numero, to_char(r.giorno, 'YYYY-MM-DD') as giorno,
            to_char(r.istante at time zone 'Europe/Rome', 'HH24:MI:SS') as ora, g.codice as "codiceRegistro", r.segnatura, coalesce(z.impronta, r.impronta) as impronta, r.riservato,
            to_char(r.data_arrivo at time zone 'Europe/Rome', 'YYYY-MM-DD') as "giornoArrivo", r.operatore_id as "operatoreId", r.ufficio_mittente_id as "ufficioMittenteId"
       from registrazione r join registro g on g.ente_id = r.ente_id and g.id = r.registro_id
       left join scansione z on z.ente_id = r.ente_id and z.registrazione_id = r.id
      where r.ente_id = $1 and r.documento_id = any($2::uuid[])`,
    [scope.ente.id, documentoIds],
  )
}

/** Columns of a party, of a registration or of a fascicolo. */
export const SOGGETTO = `ruolo, posizione, tipo, nome, cognome, denominazione, codice_fiscale as "codiceFiscale", codice_ipa as "codiceIpa", codice_aoo as "codiceAoo",
  denominazione_aoo as "denominazioneAoo", indirizzo_digitale as "indirizzoDigitale"`

async function findSoggetti(
  scope: Scope,
  registrazioneIds: readonly string[],
): Promise<Map<string, (SoggettoFatti & { di: string; posizione: number })[]>> {
  const rows = await query<SoggettoFatti & { di: string; posizione: number }>(
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

type DocumentoLetto = Pick<
  DocumentoFatti,
  'id' | 'oggetto' | 'tipologia' | 'modalita' | 'riservatezza' | 'dataDocumento' | 'versione' | 'creatoIl'
> & {
  aooId: string
  voceId: string
  inseritoDaId: string | null
}

async function findDocumentiRows(scope: Scope, ids: readonly string[]): Promise<DocumentoLetto[]> {
  return await query<DocumentoLetto>(
    scope,
    `select id, aoo_id as "aooId", oggetto, tipologia, modalita_formazione as modalita, riservatezza, to_char(data_documento, 'YYYY-MM-DD') as "dataDocumento",
            versione, voce_id as "voceId", to_char(creato_il at time zone 'Europe/Rome', 'YYYY-MM-DD') as "creatoIl",
            (select fd.inserito_da from fascicolo_documento fd where fd.ente_id = documento.ente_id and fd.documento_id = documento.id order by fd.inserito_il limit 1) as "inseritoDaId"
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
  const piano = await findConservazioni(scope, documenti)
  const servizio = await findServizio(scope)
  const uffici = await findUffici(scope, [
    ...assegnazioni.map((a) => a.ufficioId),
    ...aggregazioni.map((a) => a.ufficioId),
    ...registrazioni.flatMap((r) => (r.ufficioMittenteId === null ? [] : [r.ufficioMittenteId])),
  ])
  const repertori = await findRepertori(scope, ids)
  const condizioni = await findCondizioni(
    scope,
    registrazioni.map((r) => r.id),
  )
  const persone = await findPersone(scope, [
    ...registrazioni.map((r) => r.operatoreId),
    ...[...repertori.values()].map((r) => r.operatoreId),
    ...[...condizioni.values()].flatMap(deciders),
    ...assegnazioni.map((a) => a.operatoreId),
    ...aggregazioni.map((a) => a.responsabileId),
    ...documenti.map((d) => d.inseritoDaId),
  ])
  const responsabili = new Map<string, PersonaFatti | null>()
  for (const giorno of new Set([...registrazioni, ...repertori.values()].map((r) => r.giorno)))
    responsabili.set(giorno, await findResponsabileGestione(scope, giorno))
  const byId = new Map(
    documenti.map((d, i): [string, DocumentoFatti] => {
      const r = registrazioni.find((x) => x.documentoId === d.id)
      const row = repertori.get(d.id)
      const condizione = r === undefined ? undefined : condizioni.get(r.id)
      return [
        d.id,
        {
          ...d,
          oggetto: condizione?.oggetto ?? d.oggetto,
          tipologia: inForce(condizione, 'tipologia') ?? d.tipologia,
          ente: enteOf(scope, found(aoo, d.aooId, 'aoo'), servizio),
          voce: { ...found(voci, d.voceId, 'voce'), conservazioneAnni: piano[i]?.anni ?? null },
          inseritoDa: d.inseritoDaId === null ? null : (persone.get(d.inseritoDaId) ?? null),
          primario: null,
          files: (files.get(d.id) ?? []).map((f): FileFatti => ({ ...f, firmato: f.formato.firmato !== 'nessuna' })),
          registrazione:
            r === undefined
              ? null
              : {
                  ...r,
                  operatore: persone.get(r.operatoreId) ?? null,
                  giornoArrivo: arrivoInForce(condizione) ?? r.giornoArrivo,
                  soggetti: soggettiInForce(soggetti.get(r.id) ?? [], condizione),
                  variazioni: variazioniOf(condizione, persone),
                  ufficioMittente: r.ufficioMittenteId === null ? null : found(uffici, r.ufficioMittenteId, 'ufficio'),
                },
          repertorio:
            row === undefined
              ? null
              : {
                  ...row,
                  operatore: persone.get(row.operatoreId) ?? null,
                  responsabileGestione: responsabili.get(row.giorno) ?? null,
                },
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
