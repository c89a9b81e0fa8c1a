import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { findConservazione } from '../titolario/index.ts'
import { FORMATI_CONSERVABILI } from './rules-chiusura.ts'
import type { FattiChiusura, Registrato } from './rules-chiusura.ts'
import type { FascicoloRow } from './repository.ts'

/** Documents that are in fascicolo $2 now. */
const DENTRO = 'fascicolo_documento fd where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.tolto_il is null'
const REGISTRATI = `from ${DENTRO.replace(' where', ' join registrazione r on r.ente_id = fd.ente_id and r.documento_id = fd.documento_id where')}`

interface Conti {
  documenti: number
  haProvvedimento: boolean
  nonProtocollati: number
  doppioni: number
  movimentiInCorso: number
  ultimo: string | null
}

/** What stands against closing, read with a bounded number of rows however many documents there are, and the day of the last document (REQ-FASC-040, 041). */
export async function findFattiChiusura(s: Scope, row: FascicoloRow): Promise<{ fatti: FattiChiusura; ultimo: string }> {
  const key = [s.ente.id, row.id]
  const conti = (await queryOne<Conti>(s, CONTI, key)) as Conti
  const fatti: FattiChiusura = {
    documenti: conti.documenti,
    haProvvedimento: conti.haProvvedimento,
    nonProtocollati: conti.nonProtocollati,
    doppioni: conti.doppioni,
    movimentiInCorso: conti.movimentiInCorso,
    assegnazioniAperte: await query<Registrato>(s, ASSEGNAZIONI, key),
    consegneInCorso: await query<Registrato>(s, consegne(`coalesce(u.stato, '') in ('inviato', 'mancata-consegna')`), key),
    consegneDaFare: await query<Registrato>(s, consegne('u.stato is null'), key),
    partiAperte: await query(
      s,
      `select codice, slug from fascicolo where ente_id = $1 and fascicolo_padre_id = $2 and stato in ('APERTO', 'SOSPESO') order by progressivo limit 50`,
      key,
    ),
    bozze: await query(
      s,
      `select id, stato from bozza where ente_id = $1 and fascicolo_id = $2 and stato in ('IN_LAVORAZIONE', 'DA_FIRMARE', 'FIRMATA', 'PRONTA') order by creata_il limit 50`,
      key,
    ),
    formatiNonConservabili: await findFormati(s, row),
    tipo: row.tipo,
    parte: row.livello > 0,
    conservazioneDefinita:
      row.conservazioneAnni !== null || (await findConservazione(s, { voceId: row.voceId, tipoFascicolo: row.tipo })).regola !== null,
    slug: row.slug,
  }
  return { fatti, ultimo: conti.ultimo ?? row.apertoIl }
}

// The final act is ours: what arrives from others is never it.
const CONTI = `with dentro as (
    select fd.documento_id, fd.inserito_il, d.tipologia, r.tipo, r.giorno, r.id as registrazione_id from fascicolo_documento fd join documento d on d.ente_id = fd.ente_id and d.id = fd.documento_id
      left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.tolto_il is null),
  carte as (select inserito_il from documento_cartaceo where ente_id = $1 and fascicolo_id = $2 and tolto_il is null)
  select ((select count(*) from dentro) + (select count(*) from carte) + (select count(*) from fascicolo p join fascicolo_documento x on x.ente_id = p.ente_id and x.fascicolo_id = p.id and x.tolto_il is null
            where p.ente_id = $1 and p.fascicolo_padre_id = $2))::int as documenti,
         exists (select 1 from dentro where tipologia = 'Provvedimento' and tipo is distinct from 'E') as "haProvvedimento",
         (select count(*)::int from dentro n where n.registrazione_id is null and not exists (select 1 from registrazione_repertorio g where g.ente_id = $1 and g.documento_id = n.documento_id)) as "nonProtocollati",
         (select count(*)::int from (select c.sha256 from dentro n join documento_file df on df.ente_id = $1 and df.documento_id = n.documento_id and df.ruolo = 'principale'
            join contenuto c on c.ente_id = df.ente_id and c.id = df.contenuto_id group by c.sha256 having count(*) > 1) q) as doppioni,
         (select count(*)::int from fascicolo_movimento where ente_id = $1 and fascicolo_id = $2 and tipo = 'trasferimento' and stato = 'richiesto') as "movimentiInCorso",
         to_char(greatest((select max(coalesce(giorno, (inserito_il at time zone 'Europe/Rome')::date)) from dentro),
                          (select max((inserito_il at time zone 'Europe/Rome')::date) from carte),
                          (select max(chiuso_il) from fascicolo where ente_id = $1 and fascicolo_padre_id = $2)), 'YYYY-MM-DD') as ultimo`

const ASSEGNAZIONI = `select r.anno, r.numero ${REGISTRATI} and not app.annullata(r.ente_id, r.id) and exists (select 1 from assegnazione a where a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza'
    and a.al is null and a.stato in ('da_prendere_in_carico', 'rifiutata')) order by r.anno, r.numero limit 50`

/** Outgoing registrations with an addressee of a channel without receipts whose last step is as said. */
const consegne = (ultimo: string): string =>
  `select r.anno, r.numero ${REGISTRATI} and r.tipo = 'U' and not app.annullata(r.ente_id, r.id) and exists (
     select 1 from soggetto d left join lateral (select c.stato from consegna c where c.ente_id = d.ente_id and c.registrazione_id = d.registrazione_id and c.posizione = d.posizione
         order by c.creato_il desc, c.id desc limit 1) u on true
      where d.ente_id = r.ente_id and d.registrazione_id = r.id and d.ruolo = 'destinatario' and coalesce(d.canale, r.mezzo) not in ('PEC', 'COOPERAZIONE') and ${ultimo})
   order by r.anno, r.numero limit 50`

interface FormatoRow {
  nome: string
  anno: number | null
  numero: number | null
}

// The name of a file without its extension, as two files of one document are compared.
const radice = (file: string): string => `lower(regexp_replace(${file}.nome, '[.][^.]*$', ''))`

/**
 * Main files and attachments in formats that are not fit, without a copy that is: another file of the same document with the same name and another extension, or with
 * one more (`pianta.dwg`: `pianta.pdf`, `pianta.dwg.pdf`). A name is said only of what is ordinary.
 */
async function findFormati(s: Scope, row: FascicoloRow): Promise<{ nome: string; pagina: string }[]> {
  const rows = await query<FormatoRow>(
    s,
    `select case when app.documento_riservato(fd.ente_id, fd.documento_id) then 'RISERVATO' else df.nome end as nome, r.anno, r.numero
       from fascicolo_documento fd join documento_file df on df.ente_id = fd.ente_id and df.documento_id = fd.documento_id and df.ruolo in ('principale', 'allegato')
       join contenuto c on c.ente_id = df.ente_id and c.id = df.contenuto_id left join registrazione r on r.ente_id = fd.ente_id and r.documento_id = fd.documento_id
      where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.tolto_il is null and c.mime !~ $3
        and not exists (select 1 from documento_file y join contenuto x on x.ente_id = y.ente_id and x.id = y.contenuto_id
              where y.ente_id = df.ente_id and y.documento_id = df.documento_id and y.id <> df.id and x.mime ~ $3 and ${radice('y')} in (${radice('df')}, lower(df.nome)))
      order by r.anno, r.numero, df.posizione limit 200`,
    [s.ente.id, row.id, FORMATI_CONSERVABILI],
  )
  return rows.map((r) => ({ nome: r.nome, pagina: r.anno === null ? `/fascicoli/${row.slug}` : `/protocollo/${r.anno}/${r.numero}` }))
}
