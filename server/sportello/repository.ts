import type { StatoFascicolo } from '../fascicoli/index.ts'
import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { RICHIESTA_INTEGRAZIONI } from './rules.ts'
import type { Pagine } from './schema.ts'

// Every statement of this room runs as the citizen's role: the row policies decide what is there, no condition here repeats them.

/** Where every list starts, so that the database need not ask the policy of each fascicolo of the ente: the rows that name the citizen. */
const MIEI = '(select distinct fascicolo_id as id from fascicolo_soggetto where ente_id = $1) mio'

/** A fascicolo of the citizen with the facts of its stages. */
export interface PraticaRow {
  id: string
  slug: string
  codice: string
  oggetto: string
  stato: StatoFascicolo
  apertoIl: string
  creatoIl: Date
  chiusoIl: string | null
  esito: string | null
  termine: string | null
  aggiornatoIl: Date
  responsabile: string
  email: string
  ufficio: string
  anno: number | null
  numero: number | null
  dataProtocollo: string | null
  ricevutaIl: Date | null
  presaIl: Date | null
  istruttoriaDal: string | null
  integrazioniChieste: Date | null
  integrazioniArrivate: boolean
}

const REGISTRATI = `from fascicolo_documento fd join registrazione r on r.ente_id = fd.ente_id and r.documento_id = fd.documento_id
  where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id`
const CHIESTE = `(select max(r.istante) from fascicolo_documento fd join documento d on d.ente_id = fd.ente_id and d.id = fd.documento_id
  join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id
  where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and r.tipo = 'U' and d.tipologia = $2)`

const PRATICA = `f.id, f.slug, f.codice, f.oggetto, f.stato, to_char(f.aperto_il, 'YYYY-MM-DD') as "apertoIl", f.creato_il as "creatoIl", to_char(f.chiuso_il, 'YYYY-MM-DD') as "chiusoIl",
  f.esito, to_char(f.termine, 'YYYY-MM-DD') as termine,
  greatest(f.creato_il, f.chiuso_il::timestamp at time zone 'Europe/Rome',
    (select max(fd.inserito_il) from fascicolo_documento fd where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id)) as "aggiornatoIl",
  coalesce(o.nome || ' ' || o.cognome, '') as responsabile, coalesce(o.email, '') as email, u.denominazione as ufficio,
  q.anno, q.numero, to_char(q.giorno, 'YYYY-MM-DD') as "dataProtocollo", q.istante as "ricevutaIl",
  (select min(a.presa_il) from fascicolo_documento fd join assegnazione a on a.ente_id = fd.ente_id and a.documento_id = fd.documento_id
    where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and a.tipo = 'competenza') as "presaIl",
  (select to_char(min(p.dal), 'YYYY-MM-DD') from fase p where p.ente_id = f.ente_id and p.fascicolo_id = f.id and p.fase = 'Istruttoria') as "istruttoriaDal",
  ${CHIESTE} as "integrazioniChieste", exists (select 1 ${REGISTRATI} and r.tipo = 'E' and r.istante > ${CHIESTE}) as "integrazioniArrivate"`
const FROM = `from fascicolo f join ufficio u on u.ente_id = f.ente_id and u.id = f.ufficio_id left join operatore o on o.id = f.responsabile_id
  join aoo on aoo.ente_id = f.ente_id and aoo.id = f.aoo_id
  left join lateral (select r.anno, r.numero, r.giorno, r.istante ${REGISTRATI} and r.tipo = 'E'
    order by not exists (select 1 from soggetto s where s.ente_id = r.ente_id and s.registrazione_id = r.id and s.ruolo = 'mittente'), r.istante limit 1) q on true`

/** The citizen's fascicoli, last changed first. */
export async function findPratiche(scope: Scope): Promise<PraticaRow[]> {
  return await query<PraticaRow>(
    scope,
    `select ${PRATICA} ${FROM} where f.ente_id = $1 and f.id in (select id from ${MIEI}) order by "aggiornatoIl" desc, f.id`,
    [scope.ente.id, RICHIESTA_INTEGRAZIONI],
  )
}

/** One of the citizen's fascicoli by slug (of the default AOO first), or null. */
export async function findPratica(scope: Scope, slug: string): Promise<PraticaRow | null> {
  const rows = await query<PraticaRow>(
    scope,
    `select ${PRATICA} ${FROM} where f.ente_id = $1 and f.slug = $3 order by aoo.predefinita desc limit 1`,
    [scope.ente.id, RICHIESTA_INTEGRAZIONI, slug],
  )
  return rows[0] ?? null
}

export interface DocumentoPraticaRow {
  id: string
  oggetto: string
  tipologia: string
  tipo: 'E' | 'U' | 'I' | null
  anno: number | null
  numero: number | null
  data: string
  mio: boolean
  /** Provvedimento of the annulment, when the registration was annulled. */
  annullamento: { numero: string; data: string; il: Date } | null
}

/** The documents of a fascicolo that are open to the citizen, in the order of the fascicolo (REQ-FASC-015). */
export async function findDocumentiPratica(scope: Scope, fascicoloId: string): Promise<DocumentoPraticaRow[]> {
  const rows = await query<
    Omit<DocumentoPraticaRow, 'annullamento'> & { annullataIl: Date | null; provvedimento: string; delGiorno: string }
  >(
    scope,
    `select d.id, coalesce(app.oggetto_vigente(r.ente_id, r.id), d.oggetto) as oggetto, d.tipologia, r.tipo, r.anno, r.numero, to_char(coalesce(r.giorno, (fd.inserito_il at time zone 'Europe/Rome')::date), 'YYYY-MM-DD') as data,
            exists (select 1 from soggetto s where s.ente_id = r.ente_id and s.registrazione_id = r.id and s.ruolo = 'mittente') as mio,
            a.deciso_il as "annullataIl", a.provvedimento_numero as provvedimento, to_char(a.provvedimento_data, 'YYYY-MM-DD') as "delGiorno"
       from fascicolo_documento fd join documento d on d.ente_id = fd.ente_id and d.id = fd.documento_id
       left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id
       left join decisione_atto a on a.ente_id = r.ente_id and a.registrazione_id = r.id and a.atto = 'annullamento' and a.esito = 'AUTORIZZATO'
      where fd.ente_id = $1 and fd.fascicolo_id = $2 order by r.giorno nulls last, r.numero, r.istante, fd.inserito_il, fd.id`,
    [scope.ente.id, fascicoloId],
  )
  return rows.map(({ annullataIl, provvedimento, delGiorno, ...row }) => ({
    ...row,
    annullamento: annullataIl === null ? null : { numero: provvedimento, data: delGiorno, il: annullataIl },
  }))
}

export interface AccessoRow {
  id: string
  istante: Date
  attoreTipo: string
  attoreNome: string
  azione: string
  oggetto: string
  anno: number | null
  numero: number | null
  slug: string | null
  pratica: string | null
}

// The reads of what is open to the citizen, found from his documents and fascicoli: the trail is long, his part of it short.
const LETTURE = `(
  select e.* from (select distinct fd.documento_id from ${MIEI} join fascicolo_documento fd on fd.ente_id = $1 and fd.fascicolo_id = mio.id) m
    join lateral (${eventi('documento_id = m.documento_id')}) e on true
  union
  select e.* from ${MIEI} join fascicolo m on m.ente_id = $1 and m.id = mio.id
    join lateral (${eventi('fascicolo_id = m.id')}) e on true)`

function eventi(condition: string): string {
  return `select id, istante, attore_tipo, attore_nome, azione, documento_id, fascicolo_id from evento_audit where ente_id = $1 and ${condition}`
}

/** Who opened the citizen's documents and fascicoli, newest first. */
export async function findAccessi(scope: Scope, { pagina, perPagina }: Pagine): Promise<{ rows: AccessoRow[]; totale: number }> {
  const [count] = await query<{ n: number }>(scope, `select count(*)::int as n from ${LETTURE} e`, [scope.ente.id])
  const rows = await query<AccessoRow>(
    scope,
    `select e.id, e.istante, e.attore_tipo as "attoreTipo", e.attore_nome as "attoreNome", e.azione, coalesce(app.oggetto_vigente(r.ente_id, r.id), d.oggetto, f.oggetto, '') as oggetto, r.anno, r.numero, f.slug, f.oggetto as pratica
       from (select * from ${LETTURE} l order by l.istante desc, l.id desc limit ${perPagina} offset ${(pagina - 1) * perPagina}) e
       left join documento d on d.ente_id = $1 and d.id = e.documento_id
       left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id
       left join lateral (select f.slug, f.oggetto from fascicolo f
          where f.ente_id = $1 and (f.id = e.fascicolo_id or (e.fascicolo_id is null and exists (select 1 from fascicolo_documento fd
                 where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and fd.documento_id = e.documento_id))) order by f.creato_il limit 1) f on true
      order by e.istante desc, e.id desc`,
    [scope.ente.id],
  )
  return { rows, totale: count?.n ?? 0 }
}
