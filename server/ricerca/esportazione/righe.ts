import { query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { findRigheById, readableCondition } from '../../protocollo/index.ts'
import type { RigaRegistroDto } from '../../protocollo/index.ts'

/** One registration as exports write it, fields in the order of `esportazione.xsd`. A riservato that may not be read has number and date only (REQ-PROT-061). */
export interface RigaEsportata {
  readonly anno: number
  readonly numero: number
  readonly istante: string
  readonly tipo: 'E' | 'U' | 'I'
  readonly oggetto: string
  readonly mittenti: string
  readonly destinatari: string
  readonly classificazione: string
  readonly fascicolo: string
  readonly ufficio: string
  readonly stato: string
  readonly mezzo: string
  readonly arrivo: string
  readonly protocolloMittente: string
  readonly impronta: string
  readonly emergenza: string
  readonly riservata: boolean
  readonly annullata: boolean
  readonly annullamento: string
}

export const CAMPI = [
  'anno',
  'numero',
  'istante',
  'tipo',
  'oggetto',
  'mittenti',
  'destinatari',
  'classificazione',
  'fascicolo',
  'ufficio',
  'stato',
  'mezzo',
  'arrivo',
  'protocolloMittente',
  'impronta',
  'emergenza',
  'riservata',
  'annullata',
  'annullamento',
] as const satisfies readonly (keyof RigaEsportata)[]

interface Dettaglio {
  readonly id: string
  readonly mezzo: string
  readonly arrivo: Date | null
  readonly protocolloMittente: string | null
  readonly impronta: string
  readonly mittenti: string | null
  readonly destinatari: string | null
}

/** The rows of some registrations, in the order of the ids; details only of what the scope's person may read. */
export async function loadRighe(scope: Scope, ids: readonly string[]): Promise<RigaEsportata[]> {
  const righe = await findRigheById(scope, ids)
  const binds: unknown[] = [scope.ente.id, ids]
  const readable = readableCondition(scope, (value) => `$${binds.push(value)}`)
  const nomi = (ruolo: string): string =>
    `(select string_agg(coalesce(app.valore_corretto(s.ente_id, s.registrazione_id, s.ruolo, s.posizione), s.denominazione, s.cognome || ' ' || s.nome), '; ' order by s.posizione)
       from soggetto s where s.ente_id = r.ente_id and s.registrazione_id = r.id and s.ruolo = '${ruolo}')`
  const dettagli = await query<Dettaglio>(
    scope,
    `select r.id, r.mezzo, r.data_arrivo as arrivo, r.protocollo_mittente as "protocolloMittente", r.impronta, ${nomi('mittente')} as mittenti, ${nomi('destinatario')} as destinatari
       from registrazione r where r.ente_id = $1 and r.id = any($2::uuid[]) and ${readable}`,
    binds,
  )
  const byId = new Map(dettagli.map((d) => [d.id, d]))
  return ids.flatMap((id) => {
    const riga = righe.get(id)
    return riga === undefined ? [] : [toRiga(riga, byId.get(id) ?? null)]
  })
}

function toRiga(r: RigaRegistroDto, d: Dettaglio | null): RigaEsportata {
  const base = { anno: r.anno, numero: r.numero, istante: r.istante, tipo: r.tipo, riservata: r.riservata }
  if (d === null) return { ...base, ...vuota, oggetto: 'RISERVATO' }
  return {
    ...base,
    oggetto: r.oggetto,
    mittenti: d.mittenti ?? '',
    destinatari: d.destinatari ?? '',
    classificazione: r.voce === null ? '' : r.voce.codice,
    fascicolo: r.fascicolo?.codice ?? '',
    ufficio: r.ufficio ?? '',
    stato: r.annullata ? 'ANNULLATO' : r.stato,
    mezzo: d.mezzo,
    arrivo: d.arrivo?.toISOString() ?? '',
    protocolloMittente: d.protocolloMittente ?? '',
    impronta: d.impronta,
    emergenza: r.emergenza ?? '',
    annullata: r.annullata,
    annullamento: r.annullamento ?? '',
  }
}

const vuota = {
  oggetto: '',
  mittenti: '',
  destinatari: '',
  classificazione: '',
  fascicolo: '',
  ufficio: '',
  stato: '',
  mezzo: '',
  arrivo: '',
  protocolloMittente: '',
  impronta: '',
  emergenza: '',
  annullata: false,
  annullamento: '',
}

/** A row as one line of JSON with the fields in their order: what the digest of the rows is computed on. */
export function rigaCanonica(r: RigaEsportata): string {
  return JSON.stringify(Object.fromEntries(CAMPI.map((campo) => [campo, r[campo]])))
}
