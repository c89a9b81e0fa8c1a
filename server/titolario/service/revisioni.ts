import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { addDays, daysBetween } from '../../kernel/time.ts'
import { titolarioAssente } from '../errors.ts'
import { assertManages, canManageTitolario } from '../policy.ts'
import { findVersioneInForce } from '../repository.ts'
import type { RevisioneIn, RevisioniDto, StatisticheTitolarioDto } from '../schema.ts'
import { scadenzaRevisione, sovraUso } from '../rules.ts'

interface UsoRow {
  id: string
  codice: string
  denominazione: string
  livello: number
  padreId: string | null
  usabile: boolean
  haSottoclassi: boolean
  documenti: number
  fascicoli: number
}

/** Documents and fascicoli of each voice of a version in a period, ends included. */
async function findUso(scope: Scope, versioneId: string, dal: string, al: string): Promise<UsoRow[]> {
  return await query<UsoRow>(
    scope,
    `with d as (select voce_id, count(*)::int as n from documento where ente_id = $1 and creato_il >= ($3::date)::timestamp at time zone 'Europe/Rome'
         and creato_il < ($4::date + 1)::timestamp at time zone 'Europe/Rome' group by voce_id),
       f as (select voce_id, count(*)::int as n from fascicolo where ente_id = $1 and aperto_il between $3::date and $4::date group by voce_id)
     select v.id, v.codice, v.denominazione, v.livello, v.padre_id as "padreId", coalesce(d.n, 0) as documenti, coalesce(f.n, 0) as fascicoli,
            v.livello > 1 or not exists (select 1 from voce_titolario c where c.ente_id = v.ente_id and c.padre_id = v.id) as usabile,
            v.livello = 2 and exists (select 1 from voce_titolario c where c.ente_id = v.ente_id and c.padre_id = v.id and (c.chiusa_dal is null or c.chiusa_dal > app.oggi())) as "haSottoclassi"
       from voce_titolario v left join d on d.voce_id = v.id left join f on f.voce_id = v.id
      where v.ente_id = $1 and v.versione_id = $2 and (v.chiusa_dal is null or v.chiusa_dal > app.oggi()) order by v.ordine`,
    [scope.ente.id, versioneId, dal, al],
  )
}

/**
 * How the version in force was used in a period (the last 365 days if not said; days `YYYY-MM-DD`): unused voices, share of the voice "other matters",
 * share of documents that stop at the classe where a sottoclasse is foreseen, documents of each titolo (REQ-TIT-008). Throws NotFound without a version.
 */
export async function readStatistiche(
  scope: Scope,
  periodo: { dal?: string | undefined; al?: string | undefined },
): Promise<StatisticheTitolarioDto> {
  return await inReadTransaction(scope, async (s) => {
    const versione = await findVersioneInForce(s)
    if (versione === null) throw titolarioAssente()
    const al = periodo.al ?? (await oggi(s))
    const dal = periodo.dal ?? addDays(al, -364)
    const uso = await findUso(s, versione.id, dal, al)
    const titolo = (codice: string): string => codice.split('/')[0] ?? ''
    const perTitolo = uso
      .filter((u) => u.livello === 1)
      .map(({ codice, denominazione }) => ({
        codice,
        denominazione,
        documenti: uso.reduce((n, u) => n + (titolo(u.codice) === codice ? u.documenti : 0), 0),
      }))
    const documenti = perTitolo.reduce((n, t) => n + t.documenti, 0)
    const altri = uso.filter((u) => u.livello === 1 && u.usabile)
    const oggettiDiversi = altri.reduce((n, u) => n + u.documenti, 0)
    const conSottoclasse = uso.filter((u) => u.livello > 2 || u.haSottoclassi)
    const nonUsate = uso.filter(
      (u) => u.usabile && u.documenti === 0 && u.fascicoli === 0 && !uso.some((x) => x.padreId === u.id && x.documenti > 0),
    )
    const pick = ({ id, codice, denominazione }: UsoRow) => ({ id, codice, denominazione })
    return {
      versione: { id: versione.id, numero: versione.numero, denominazione: versione.denominazione },
      dal,
      al,
      documenti,
      perTitolo,
      nonUsate: nonUsate.map(pick),
      vociUsabili: uso.filter((u) => u.usabile).length,
      oggettiDiversi: { documenti: oggettiDiversi, voci: altri.map(pick), eccessivo: sovraUso(oggettiDiversi, documenti) },
      soloClasse: {
        documenti: uso.reduce((n, u) => n + (u.haSottoclassi ? u.documenti : 0), 0),
        su: conSottoclasse.reduce((n, u) => n + u.documenti, 0),
        classi: uso.filter((u) => u.haSottoclassi && u.documenti > 0).map((u) => ({ ...pick(u), documenti: u.documenti })),
      },
      piuUsate: uso
        .filter((u) => u.documenti > 0)
        .toSorted((a, b) => b.documenti - a.documenti)
        .slice(0, 10)
        .map((u) => ({ ...pick(u), documenti: u.documenti })),
    }
  })
}

async function oggi(scope: Scope): Promise<string> {
  return (await queryOne<{ giorno: string }>(scope, `select to_char(app.oggi(), 'YYYY-MM-DD') as giorno`))?.giorno ?? ''
}

/** The reviews made, newest first, and when the next one is due: within a year of the last, or of the beginning of the version (REQ-TIT-008). */
export async function listRevisioni(scope: Scope): Promise<RevisioniDto> {
  return await inReadTransaction(scope, async (s) => {
    const versione = await findVersioneInForce(s)
    if (versione === null) throw titolarioAssente()
    const revisioni = await query<RevisioniDto['revisioni'][number]>(
      s,
      `select r.id, to_char(r.giorno, 'YYYY-MM-DD') as giorno, r.esito, r.note, r.autore_nome as "autoreNome", t.numero as versione, r.statistiche
         from revisione_titolario r join titolario_versione t on t.ente_id = r.ente_id and t.id = r.versione_id where r.ente_id = $1 order by r.creata_il desc`,
      [s.ente.id],
    )
    const entroIl = scadenzaRevisione(revisioni[0]?.giorno ?? null, versione.dal)
    const giorni = daysBetween(await oggi(s), entroIl)
    return { revisioni, entroIl, giorni, scaduta: giorni < 0 }
  })
}

/** The yearly review when its day is past, for who must make it (REQ-TIT-008); null for everybody else, when it was made, and without a titolario in force. */
export async function findRevisioneScaduta(scope: Scope): Promise<{ entroIl: string; giorni: number } | null> {
  if (scope.attore.tipo === 'sistema' || !canManageTitolario(scope.attore)) return null
  const row = await queryOne<{ dal: string; ultima: string | null; oggi: string }>(
    scope,
    `select to_char(t.dal, 'YYYY-MM-DD') as dal, to_char(app.oggi(), 'YYYY-MM-DD') as oggi,
            (select to_char(r.giorno, 'YYYY-MM-DD') from revisione_titolario r where r.ente_id = t.ente_id order by r.creata_il desc limit 1) as ultima
       from titolario_versione t join aoo a on a.ente_id = t.ente_id and a.id = t.aoo_id
      where t.ente_id = $1 and a.predefinita and t.stato = 'ATTIVO' and t.dal <= app.oggi() and (t.al is null or t.al > app.oggi()) order by t.dal desc limit 1`,
    [scope.ente.id],
  )
  if (row === null) return null
  const entroIl = scadenzaRevisione(row.ultima, row.dal)
  const giorni = daysBetween(row.oggi, entroIl)
  return giorni < 0 ? { entroIl, giorni } : null
}

/** Records the review of the version in force with its outcome and today's figures (REQ-TIT-008). Throws Forbidden, NotFound. */
export async function recordRevisione(scope: Scope, input: RevisioneIn): Promise<{ id: string }> {
  const statistiche = await readStatistiche(scope, {})
  return await inTransaction(scope, async (tx) => {
    assertManages(tx.attore)
    const id = newId()
    const { documenti, dal, al, nonUsate, oggettiDiversi, soloClasse } = statistiche
    const figures = {
      dal,
      al,
      documenti,
      nonUsate: nonUsate.length,
      oggettiDiversi: oggettiDiversi.documenti,
      soloClasse: soloClasse.documenti,
      conSottoclasse: soloClasse.su,
    }
    const [row] = await query<{ istante: Date; giorno: string }>(
      tx,
      `select app.istante() as istante, to_char(app.oggi(), 'YYYY-MM-DD') as giorno`,
    )
    await insertRows(tx, 'revisione_titolario', [
      {
        id,
        versione_id: statistiche.versione.id,
        giorno: row?.giorno,
        esito: input.esito,
        note: input.note,
        statistiche: json(figures),
        autore_id: tx.attore.id,
        autore_nome: tx.attore.nome,
        creata_il: row?.istante.toISOString(),
      },
    ])
    const dopo = { esito: input.esito, note: input.note, ...figures }
    tx.audit({ azione: 'titolario-revisionato', oggettoTipo: 'titolario', oggettoId: statistiche.versione.id, dopo })
    return { id }
  })
}
