import type { EntityManager } from '@mikro-orm/postgresql'
import { romeDay, now } from '../kernel/time.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { EnteRef, Profilo, Scope } from '../kernel/scope.ts'
import { isProfilo, profiliNonDelegabili } from './rules.ts'

/** Directory data of an ente. */
export interface EnteRow extends EnteRef {
  readonly tavolozza: string
}

const ENTE = 'id, slug, denominazione, codice_ipa as "codiceIpa", codice_fiscale as "codiceFiscale", tavolozza'

/** Every ente of the installation, by denomination. Directory data, not fenced. */
export async function listEnti(scope: Scope): Promise<EnteRow[]> {
  return await query<EnteRow>(scope, `select ${ENTE} from ente order by denominazione`)
}

/** The ente with this slug, or null. */
export async function findEnte(scope: Scope, slug: string): Promise<EnteRow | null> {
  return await queryOne<EnteRow>(scope, `select ${ENTE} from ente where slug = $1`, [slug])
}

/**
 * The same scope in another ente: a fork of its own whose fence is that ente. Loops over enti use it one ente at a time: no query ever crosses
 * the fence.
 */
export function inEnte(scope: Scope, ente: EnteRef): Scope {
  const session = scope.em.getSessionContext()
  const em = scope.em.fork({
    clear: true,
    session: { ...session, variables: { ...session?.variables, 'app.ente_id': ente.id } },
  }) as EntityManager
  return { ...scope, em, ente }
}

/** Appointments in force today (Rome) of a person in the ente of the scope. */
export interface Incarichi {
  readonly profili: readonly Profilo[]
  readonly uffici: readonly { id: string; denominazione: string }[]
}

/** A substitution in force today, from the side of who substitutes. */
export interface SostituzioneInVigore {
  readonly id: string
  readonly titolareId: string
  readonly titolare: string
  readonly incaricoId: string | null
  readonly al: string
}

/** Whose work a person may do today in the ente of the scope. */
export async function listSostituzioniOf(scope: Scope, sostitutoId: string): Promise<SostituzioneInVigore[]> {
  return await query<SostituzioneInVigore>(
    scope,
    `select x.id, x.titolare_id as "titolareId", o.nome || ' ' || o.cognome as titolare, x.incarico_id as "incaricoId", to_char(x.al, 'YYYY-MM-DD') as al
       from sostituzione x join operatore o on o.id = x.titolare_id
      where x.ente_id = $1 and x.sostituto_id = $2 and x.revocata_il is null and x.dal <= $3 and x.al >= $3 order by o.cognome, o.nome, x.id`,
    [scope.ente.id, sostitutoId, romeDay(now())],
  )
}

/** What a substitution lends: the appointments in force today of who is substituted, within its scope and without those nobody can lend. */
export async function findDelegati(scope: Scope, s: Pick<SostituzioneInVigore, 'titolareId' | 'incaricoId'>): Promise<Incarichi> {
  return await findIncarichi(scope, s.titolareId, { incaricoId: s.incaricoId, senza: profiliNonDelegabili })
}

/** Appointments of a person valid today in the ente of the scope (REQ-PROT-140, REQ-PROT-141); `solo` narrows them to what is delegated. */
export async function findIncarichi(
  scope: Scope,
  operatoreId: string,
  solo: { incaricoId: string | null; senza: readonly Profilo[] } = { incaricoId: null, senza: [] },
): Promise<Incarichi> {
  const rows = await query<{ profilo: string; ufficioId: string | null; denominazione: string | null }>(
    scope,
    `select i.profilo, i.ufficio_id as "ufficioId", u.denominazione
       from incarico i left join ufficio u on u.ente_id = i.ente_id and u.id = i.ufficio_id
      where i.ente_id = $1 and i.operatore_id = $2 and i.dal <= $3 and (i.al is null or i.al >= $3)
        and ($4::uuid is null or i.id = $4) and i.profilo <> all ($5::text[])
      order by i.profilo, u.denominazione`,
    [scope.ente.id, operatoreId, romeDay(now()), solo.incaricoId, solo.senza],
  )
  const uffici = new Map(
    rows.flatMap((r) => (r.ufficioId === null ? [] : [[r.ufficioId, { id: r.ufficioId, denominazione: r.denominazione ?? '' }] as const])),
  )
  return { profili: [...new Set(rows.map((r) => r.profilo).filter(isProfilo))], uffici: [...uffici.values()] }
}

/** Offices in force today with their head, in the order of their code. */
export async function listUffici(
  scope: Scope,
): Promise<
  { id: string; codice: string; denominazione: string; padreId: string | null; responsabile: { id: string; nome: string } | null }[]
> {
  return await query(
    scope,
    `select u.id, u.codice, u.denominazione, u.padre_id as "padreId",
            (select json_build_object('id', o.id, 'nome', o.nome || ' ' || o.cognome)
               from incarico i join operatore o on o.id = i.operatore_id
              where i.ente_id = u.ente_id and i.ufficio_id = u.id and i.profilo = 'responsabileUor' and i.dal <= $2 and (i.al is null or i.al >= $2)
              order by i.dal desc limit 1) as responsabile
       from ufficio u
      where u.ente_id = $1 and u.dal <= $2 and (u.al is null or u.al >= $2)
      order by u.codice`,
    [scope.ente.id, romeDay(now())],
  )
}

/** People with an appointment in force today in the ente of the scope. */
export async function listOperatori(scope: Scope): Promise<{ id: string; nome: string; ufficioIds: string[]; profili: string[] }[]> {
  return await query(
    scope,
    `select o.id, o.nome || ' ' || o.cognome as nome,
            coalesce(array_agg(distinct i.ufficio_id::text) filter (where i.ufficio_id is not null), '{}') as "ufficioIds",
            array_agg(distinct i.profilo) as profili
       from incarico i join operatore o on o.id = i.operatore_id
      where i.ente_id = $1 and i.dal <= $2 and (i.al is null or i.al >= $2)
      group by o.id, o.nome, o.cognome
      order by o.cognome, o.nome`,
    [scope.ente.id, romeDay(now())],
  )
}
