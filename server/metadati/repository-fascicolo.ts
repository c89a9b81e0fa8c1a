import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { findConservazioni } from '../titolario/index.ts'
import type { FascicoloFatti, SoggettoFatti } from './facts.ts'
import { enteOf, findAoo, findPersone, findUffici, findVoci, found } from './lookups.ts'
import { findDocumentiFatti, SOGGETTO } from './repository.ts'
import { findServizio } from './servizio.ts'

type FascicoloLetto = Omit<
  FascicoloFatti,
  | 'ente'
  | 'voce'
  | 'responsabile'
  | 'ufficio'
  | 'soggetti'
  | 'assegnazioni'
  | 'fasi'
  | 'documenti'
  | 'antenati'
  | 'cartacei'
  | 'trasferimenti'
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
            f.posizione_fisica as "posizioneFisica", f.note, f.parole_chiave as "paroleChiave", f.voce_id as "voceId", f.responsabile_id as "responsabileId", f.ufficio_id as "ufficioId",
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

/** Codes of the fascicoli above a part, the nearest first. A chain that turns back on itself ends where it would begin again. */
async function findAntenati(scope: Scope, fascicoloId: string): Promise<string[]> {
  const rows = await query<{ codice: string }>(
    scope,
    `with recursive sopra as (
       select p.id, p.codice, p.fascicolo_padre_id, 1 as passo from fascicolo f join fascicolo p on p.ente_id = f.ente_id and p.id = f.fascicolo_padre_id
        where f.ente_id = $1 and f.id = $2
       union all
       select p.id, p.codice, p.fascicolo_padre_id, s.passo + 1 from sopra s join fascicolo p on p.ente_id = $1 and p.id = s.fascicolo_padre_id where s.passo < 10)
     select codice from sopra order by passo`,
    [scope.ente.id, fascicoloId],
  )
  return rows.map((row) => row.codice)
}

/** Papers of a fascicolo kept by reference that are still in it. */
async function findCartacei(scope: Scope, fascicoloId: string): Promise<{ posizioneFisica: string }[]> {
  return await query(
    scope,
    `select posizione_fisica as "posizioneFisica" from documento_cartaceo where ente_id = $1 and fascicolo_id = $2 and tolto_il is null order by inserito_il, id`,
    [scope.ente.id, fascicoloId],
  )
}

/** Handovers from office to office that were accepted. */
async function countTrasferimenti(scope: Scope, fascicoloId: string): Promise<number> {
  const row = await queryOne<{ n: number }>(
    scope,
    `select count(*)::int as n from fascicolo_movimento where ente_id = $1 and fascicolo_id = $2 and tipo = 'trasferimento' and stato = 'accettato'`,
    [scope.ente.id, fascicoloId],
  )
  return row?.n ?? 0
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
  const [piano] = await findConservazioni(scope, [{ voceId: row.voceId, tipoFascicolo: row.tipo }])
  const uffici = await findUffici(scope, [row.ufficioId, ...assegnazioni.map((a) => a.ufficioId)])
  const persone = await findPersone(scope, [row.responsabileId, ...assegnazioni.map((a) => a.operatoreId)])
  return {
    ...row,
    ente: enteOf(scope, found(await findAoo(scope, [row.aooId]), row.aooId, 'aoo'), await findServizio(scope)),
    voce: { ...found(await findVoci(scope, [row.voceId]), row.voceId, 'voce'), conservazioneAnni: piano?.anni ?? null },
    antenati: await findAntenati(scope, id),
    cartacei: await findCartacei(scope, id),
    trasferimenti: await countTrasferimenti(scope, id),
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
