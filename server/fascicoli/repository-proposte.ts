import { identitaDi, query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { readableCondition } from '../protocollo/index.ts'
import { wholeCondition } from './interi.ts'
import { isGestore } from './policy.ts'
import type { DatiProposta, PropostaAperturaDto } from './schema-proposte.ts'
import { UUID } from './repository.ts'

export interface PropostaRow {
  id: string
  ufficioId: string
  ufficio: string
  stato: PropostaAperturaDto['stato']
  dati: DatiProposta
  documentoId: string | null
  precedenteId: string | null
  nota: string
  propostaDa: string
  propostaDaNome: string
  propostaIl: Date
  decisaDa: string | null
  decisaIl: Date | null
  motivo: string | null
  fascicoloId: string | null
  voceCodice: string
  voceDenominazione: string
  registrazioneId: string | null
  anno: number | null
  numero: number | null
}

type Bind = (value: unknown) => string

/**
 * SQL condition "this person sees proposal p": who made it, who opens fascicoli for its office, who governs the archive. One that names a reserved document or
 * continues a fascicolo that holds some is seen only by who reads that document or fascicolo: for the others it is not there, in lists and counts.
 */
function seenCondition(s: Scope, bind: Bind): string {
  const mine = (): string => `p.proposta_da = any(${bind(identitaDi(s.attore))}::text[])`
  const who = isGestore(s.attore) ? 'true' : `(${mine()} or ${headCondition(s, bind)})`
  const read = `exists (select 1 from registrazione r where r.ente_id = p.ente_id and r.documento_id = p.documento_id and ${readableCondition(s, bind)})`
  const whole = `exists (select 1 from fascicolo f where f.ente_id = p.ente_id and f.id = p.precedente_id and ${wholeCondition(s, bind)})`
  return `${who} and (p.documento_id is null or not app.documento_riservato(p.ente_id, p.documento_id) or ${read}) and (p.precedente_id is null or ${whole})`
}

/** SQL condition "this person opens fascicoli for the office of proposal p": the same rule as `canOpenFascicolo`. */
function headCondition(s: Scope, bind: Bind): string {
  if (isGestore(s.attore)) return 'true'
  const offices = s.attore.profili.includes('responsabileUor') ? s.attore.uffici.filter((u) => UUID.test(u)) : []
  return offices.length === 0 ? 'false' : `p.ufficio_id = any(${bind(offices)}::uuid[])`
}

const select = (
  read: string,
): string => `select p.id, p.ufficio_id as "ufficioId", u.denominazione as ufficio, p.stato, p.dati, p.documento_id as "documentoId",
    p.precedente_id as "precedenteId", p.nota, p.proposta_da as "propostaDa", p.proposta_da_nome as "propostaDaNome", p.proposta_il as "propostaIl", p.decisa_da_nome as "decisaDa",
    p.decisa_il as "decisaIl", p.motivo, p.fascicolo_id as "fascicoloId", v.codice as "voceCodice", v.denominazione as "voceDenominazione",
    x.id as "registrazioneId", x.anno, x.numero
  from fascicolo_proposta p join ufficio u on u.ente_id = p.ente_id and u.id = p.ufficio_id
  join voce_titolario v on v.ente_id = p.ente_id and v.id = (p.dati->>'voceId')::uuid
  left join lateral (select r.id, r.anno, r.numero from registrazione r where r.ente_id = p.ente_id and r.documento_id = p.documento_id and ${read} limit 1) x on true`

/** The proposals this person sees, those to decide first and oldest first; at most 200. */
export async function findProposte(s: Scope, stato: PropostaAperturaDto['stato'] | undefined): Promise<PropostaRow[]> {
  const binds: unknown[] = [s.ente.id, stato ?? null]
  const bind: Bind = (value) => `$${binds.push(value)}`
  const seen = seenCondition(s, bind)
  return await query<PropostaRow>(
    s,
    `${select(readableCondition(s, bind))} where p.ente_id = $1 and ($2::text is null or p.stato = $2) and ${seen}
      order by p.stato <> 'PROPOSTO', case when p.stato = 'PROPOSTO' then p.proposta_il end, p.decisa_il desc, p.id limit 200`,
    binds,
  )
}

/** A proposal this person sees, or null. */
export async function findProposta(s: Scope, id: string): Promise<PropostaRow | null> {
  const binds: unknown[] = [s.ente.id, id]
  const bind: Bind = (value) => `$${binds.push(value)}`
  const seen = seenCondition(s, bind)
  return await queryOne<PropostaRow>(s, `${select(readableCondition(s, bind))} where p.ente_id = $1 and p.id = $2 and ${seen}`, binds)
}

/** How many proposals wait for this person's decision: the number is that of the list he can open. */
export async function countDaDecidere(s: Scope): Promise<number> {
  const binds: unknown[] = [s.ente.id]
  const bind: Bind = (value) => `$${binds.push(value)}`
  const seen = seenCondition(s, bind)
  const head = headCondition(s, bind)
  const row = await queryOne<{ n: number }>(
    s,
    `select count(*)::int as n from fascicolo_proposta p where p.ente_id = $1 and p.stato = 'PROPOSTO' and ${head} and ${seen}`,
    binds,
  )
  return row?.n ?? 0
}
