import { query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Sottoscrizione } from './registri.ts'

/** A part of a register as it is stored. */
export interface ParteRow {
  readonly sha256: string
  readonly dimensione: number
  readonly mime: string
  readonly nome: string
}

export const passi = ['firmato', 'sigillato', 'inviato', 'conservato', 'rifiutato', 'errore', 'ripreso'] as const
export type Passo = (typeof passi)[number]

export interface PassoRow {
  readonly passo: Passo
  readonly istante: string
  readonly dettaglio: string
  readonly riferimento: string
}

/** The subscription put on a register after its production (REQ-PROT-108). */
export interface SottoscrizioneRow {
  readonly modo: 'firma' | 'sigillo'
  readonly firmatario: string
  readonly codiceFiscale: string
  readonly emittente: string
  /** ISO instants. */
  readonly dichiarataIl: string | null
  readonly raccoltaIl: string
}

/** A daily or annual register with its files and its road to preservation. */
export interface RegistroGiornalieroRow {
  readonly id: string
  readonly registroId: string
  readonly registroCodice: string
  readonly tipo: 'giornaliero' | 'annuale'
  readonly giorno: string
  readonly progressivo: number
  readonly versione: number
  readonly primaVersioneId: string | null
  readonly identificativo: string
  readonly oggetto: string
  readonly primo: number | null
  readonly ultimo: number | null
  readonly registrazioni: number
  readonly annullamenti: number
  readonly modifiche: number
  readonly riservate: number
  readonly impronta: string
  readonly improntaPrecedente: string
  readonly sottoscrizione: Sottoscrizione
  readonly responsabileNome: string
  readonly responsabileCognome: string
  readonly responsabileCodiceFiscale: string
  readonly produttore: string
  readonly motivo: string
  readonly prodottoIl: Date
  readonly scadenza: string
  readonly passi: readonly PassoRow[]
  readonly firma: SottoscrizioneRow | null
  /** As they stand: the signed PDF or the sealed XML in place of the produced one, when it was subscribed afterwards. */
  readonly parti: Readonly<Record<'giorno' | 'righe' | 'xml' | 'pdf', ParteRow>>
}

const REGISTRO = `r.id, r.registro_id as "registroId", g.codice as "registroCodice", r.tipo, to_char(r.giorno, 'YYYY-MM-DD') as giorno, r.progressivo, r.versione,
  r.prima_versione_id as "primaVersioneId", r.identificativo, r.oggetto, r.numero_primo as primo, r.numero_ultimo as ultimo, r.registrazioni, r.annullamenti,
  r.modifiche, r.riservate, r.impronta, r.impronta_precedente as "improntaPrecedente", r.sottoscrizione, r.responsabile_nome as "responsabileNome", r.responsabile_cognome as "responsabileCognome",
  r.responsabile_codice_fiscale as "responsabileCodiceFiscale", r.produttore, r.motivo, r.prodotto_il as "prodottoIl", to_char(r.scadenza, 'YYYY-MM-DD') as scadenza,
  coalesce((select json_agg(json_build_object('passo', s.passo, 'istante', s.istante, 'dettaglio', s.dettaglio, 'riferimento', s.riferimento) order by s.istante, s.id)
     from passo_registro_giornaliero s where s.ente_id = r.ente_id and s.registro_giornaliero_id = r.id), '[]'::json) as passi,
  case when q.modo is not null then json_build_object('modo', q.modo, 'firmatario', q.firmatario_nome, 'codiceFiscale', q.firmatario_codice_fiscale,
    'emittente', q.certificato_emittente, 'dichiarataIl', q.dichiarata_il, 'raccoltaIl', q.raccolta_il) end as firma,
  (select json_object_agg(k.parte, json_build_object('sha256', c.sha256, 'dimensione', c.dimensione, 'mime', c.mime, 'nome', r.identificativo || k.nome)) from contenuto c
     join (values ('giorno', r.giorno_contenuto_id, '.json'), ('righe', r.righe_contenuto_id, '.txt'),
                  ('xml', case when q.modo = 'sigillo' then q.contenuto_id else r.xml_contenuto_id end, '.xml'),
                  ('pdf', case when q.modo = 'firma' then q.contenuto_id else r.pdf_contenuto_id end, '.pdf')) k (parte, id, nome) on k.id = c.id
    where c.ente_id = r.ente_id) as parti
  from registro_giornaliero r join registro g on g.ente_id = r.ente_id and g.id = r.registro_id
  left join sottoscrizione_registro_giornaliero q on q.ente_id = r.ente_id and q.registro_giornaliero_id = r.id`

/** Produced to be signed, and nobody has signed or sealed it yet: it does not go to preservation. Pure. */
export function attendeFirma(r: Pick<RegistroGiornalieroRow, 'sottoscrizione' | 'firma'>): boolean {
  return r.sottoscrizione === 'firma' && r.firma === null
}

export async function findRegistroGiornaliero(scope: Scope, id: string): Promise<RegistroGiornalieroRow | null> {
  return await queryOne<RegistroGiornalieroRow>(scope, `select ${REGISTRO} where r.ente_id = $1 and r.id = $2`, [scope.ente.id, id])
}

/** Every version of the registers of a period of days, oldest first; of one kind when asked. */
export async function findRegistriGiornalieri(
  scope: Scope,
  f: { registroId: string; dal: string; al: string; tipo?: 'giornaliero' | 'annuale' },
): Promise<RegistroGiornalieroRow[]> {
  return await query<RegistroGiornalieroRow>(
    scope,
    `select ${REGISTRO} where r.ente_id = $1 and r.registro_id = $2 and r.giorno between $3::date and $4::date and ($5::text is null or r.tipo = $5)
      order by r.giorno, r.tipo desc, r.versione`,
    [scope.ente.id, f.registroId, f.dal, f.al, f.tipo ?? null],
  )
}
