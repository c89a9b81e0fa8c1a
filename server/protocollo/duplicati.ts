import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { readableCondition } from './readable.ts'
import { formatEtichetta } from './rules.ts'
import type { DoppioneDto } from './schema/arrivo.ts'
import type { MittenteIn } from './schema/nuova.ts'
import { toSoggettoColumns } from './soggetti.ts'

/** What may already be in the register, as far as it is known before registering. */
export interface Candidato {
  /** SHA-256 of the main file; empty when there is none. */
  readonly improntaPrincipale: string
  /** SHA-256 of every file that came with it, envelope included. */
  readonly impronte: readonly string[]
  readonly mittenti: readonly MittenteIn[]
  readonly protocolloMittente?: { readonly numero: string; readonly data?: string | undefined } | undefined
  readonly oggetto: string
  readonly mezzo: string
  /** ISO instant. */
  readonly dataArrivo: string
}

const MOTIVI: Readonly<Record<DoppioneDto['criterio'], string>> = {
  impronta: 'Il documento principale è identico, byte per byte.',
  messaggio: 'È lo stesso messaggio, conservato con questa registrazione.',
  'protocollo-mittente': 'Stesso mittente, stesso numero e stessa data di protocollo del mittente.',
  richiesta: 'Stesso mittente e stesso oggetto, arrivato per un’altra via in questi giorni.',
}
/** The same request by another road is looked for among arrivals this near, in days. */
const GIORNI = 15
const MASSIMO = 10

/** SQL truth "correspondent `s` is one of these senders": by code or address, by name for who has neither. */
function sameSender(mittenti: readonly MittenteIn[], bind: (value: unknown) => string): string {
  const known = mittenti.filter((m) => m.tipo !== 'NN').map(toSoggettoColumns)
  const values = (column: string): string[] => known.flatMap((k) => k[column] ?? [])
  const names = known
    .filter((k) => (k['codice_fiscale'] ?? k['codice_ipa'] ?? k['indirizzo_digitale'] ?? null) === null)
    .map((k) => (k['denominazione'] ?? `${k['cognome'] ?? ''} ${k['nome'] ?? ''}`).trim().toLowerCase())
  return `s.ruolo = 'mittente' and (s.codice_fiscale = any(${bind(values('codice_fiscale'))}::text[]) or s.codice_ipa = any(${bind(values('codice_ipa'))}::text[])
      or s.indirizzo_digitale = any(${bind(values('indirizzo_digitale'))}::text[]) or lower(coalesce(s.denominazione, s.cognome || ' ' || s.nome)) = any(${bind(names)}::text[]))`
}

/**
 * Incoming registrations that may be of the same document, whatever the road it came by: same main file, same message, same sender with his own protocol
 * number and date, same sender and oggetto by another road in the last days (REQ-PROT-016). Proposals, never a block; the surest ten. Of a document
 * this person may not read and yet holds, number and date only are told; by its words alone it is never found (REQ-PROT-061).
 */
export async function findDoppioni(scope: Scope, c: Candidato): Promise<DoppioneDto[]> {
  const binds: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const sender = `exists (select 1 from soggetto s where s.ente_id = r.ente_id and s.registrazione_id = r.id and ${sameSender(c.mittenti, bind)})`
  const readable = readableCondition(scope, bind)
  const principale = bind(c.improntaPrincipale)
  const parts = [
    `select r.id, 'impronta' as criterio, 1 as ordine from registrazione r where r.ente_id = $1 and r.impronta = ${principale} and ${principale} <> ''`,
    `select z.registrazione_id, 'impronta', 1 from scansione z where z.ente_id = $1 and z.impronta = ${principale} and ${principale} <> ''`,
    `select r.id, 'messaggio', 2 from contenuto k join documento_file f on f.ente_id = k.ente_id and f.contenuto_id = k.id
       join registrazione r on r.ente_id = f.ente_id and r.documento_id = f.documento_id
      where k.ente_id = $1 and k.sha256 = any(${bind(c.impronte)}::text[]) and f.ruolo = 'annesso'`,
    `select r.id, 'richiesta', 4 from registrazione r where r.ente_id = $1 and r.mezzo <> ${bind(c.mezzo)} and r.istante > app.istante() - make_interval(days => ${GIORNI})
        and abs(extract(epoch from r.data_arrivo - ${bind(c.dataArrivo)}::timestamptz)) < ${GIORNI * 86_400}
        and lower(regexp_replace(btrim(r.oggetto), '\\s+', ' ', 'g')) = lower(regexp_replace(btrim(${bind(c.oggetto)}), '\\s+', ' ', 'g')) and ${sender} and ${readable}`,
  ]
  if (c.protocolloMittente !== undefined)
    parts.push(`select r.id, 'protocollo-mittente', 3 from registrazione r where r.ente_id = $1 and r.protocollo_mittente = ${bind(c.protocolloMittente.numero)}
        and r.data_protocollo_mittente is not distinct from ${bind(c.protocolloMittente.data ?? null)}::date and ${sender}`)
  const rows = await query<{
    id: string
    anno: number
    numero: number
    istante: Date
    oggetto: string
    criterio: DoppioneDto['criterio']
    leggibile: boolean
  }>(
    scope,
    `select r.id, r.anno, r.numero, r.istante, app.oggetto_vigente(r.ente_id, r.id) as oggetto, t.criterio, ${readable} as leggibile
       from (select distinct on (id) id, criterio, ordine from (${parts.join(' union all ')}) u order by id, ordine) t
       join registrazione r on r.ente_id = $1 and r.id = t.id where r.tipo = 'E' order by t.ordine, r.istante desc, r.numero desc limit ${MASSIMO}`,
    binds,
  )
  return rows.map(({ id, anno, numero, istante, oggetto, criterio, leggibile }) => ({
    registrazioneId: id,
    etichetta: formatEtichetta(numero, anno),
    istante: istante.toISOString(),
    oggetto: leggibile ? oggetto : 'RISERVATO',
    criterio,
    motivo: MOTIVI[criterio],
  }))
}
