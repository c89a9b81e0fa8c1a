import { codiceFiscaleErrore, normalizeCodiceFiscale } from '../../../metadata-schemas/codici/index.ts'
import { matrice, profiliNonDelegabili } from '../../enti/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Profilo, Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import { findUfficiAttivi } from '../../protocollo/index.ts'
import {
  accountNonPersonale,
  coordinatoreNonPrevisto,
  datiOrganizzazione,
  incaricoAssente,
  personaAssente,
  responsabileGiaInCarica,
} from '../errors.ts'
import { writesDocuments } from '../rules.ts'
import type { NuovoIncaricoIn, PersonaDto, ResponsabiliDto } from '../schema.ts'

/** Profiles that are of an office: without it they would see nothing, or too much. */
const diUfficio: readonly Profilo[] = ['responsabileUor', 'addettoUor']

/** People with an appointment in this ente, in force, future or of the past, with all of them. */
export async function listPersone(scope: Scope): Promise<PersonaDto[]> {
  const rows = await query<PersonaDto & { incarichi: (PersonaDto['incarichi'][number] & { delegabile: never })[] }>(
    scope,
    `select o.id, o.nome || ' ' || o.cognome as nome, o.codice_fiscale as "codiceFiscale", o.email,
            json_agg(json_build_object('id', i.id, 'profilo', i.profilo, 'ufficio', case when u.id is null then null else json_build_object('id', u.id, 'denominazione', u.denominazione) end,
                                       'aoo', a.denominazione, 'atto', i.atto, 'dal', to_char(i.dal, 'YYYY-MM-DD'), 'al', to_char(i.al, 'YYYY-MM-DD'),
                                       'inCarica', i.dal <= $2 and (i.al is null or i.al >= $2)) order by i.al nulls first, i.dal desc, i.id) as incarichi
       from incarico i join operatore o on o.id = i.operatore_id
       left join ufficio u on u.ente_id = i.ente_id and u.id = i.ufficio_id left join aoo a on a.ente_id = i.ente_id and a.id = i.aoo_id
      where i.ente_id = $1 group by o.id, o.nome, o.cognome, o.codice_fiscale, o.email order by o.cognome, o.nome, o.id`,
    [scope.ente.id, romeDay(now())],
  )
  return rows.map((row) => ({
    ...row,
    incarichi: row.incarichi.map((i) => ({ ...i, delegabile: !profiliNonDelegabili.includes(i.profilo) })),
  }))
}

/**
 * Appoints a person, known or new, with an act and dates. Every person is one account, found again by his codice fiscale (REQ-PROT-140); one head of records
 * management at a time for each AOO, a coordinator only where there are several (REQ-PROT-004). Answers the appointment's id.
 */
export async function createIncarico(scope: Scope, input: NuovoIncaricoIn): Promise<{ id: string }> {
  return await inTransaction(scope, async (tx) => {
    const operatoreId = input.persona === undefined ? (input.operatoreId ?? '') : await findOrCreate(tx, input.persona)
    const persona = await queryOne<{ codiceFiscale: string }>(tx, 'select codice_fiscale as "codiceFiscale" from operatore where id = $1', [
      operatoreId,
    ])
    if (persona === null) throw personaAssente()
    if (writesDocuments(matrice[input.profilo]) && codiceFiscaleErrore(persona.codiceFiscale) !== null) throw accountNonPersonale()
    const aooId = await checkPlace(tx, input)
    const id = newId()
    await insertRows(tx, 'incarico', [
      {
        id,
        operatore_id: operatoreId,
        profilo: input.profilo,
        ufficio_id: input.ufficioId ?? null,
        aoo_id: aooId,
        atto: input.atto,
        dal: input.dal,
        al: input.al ?? null,
      },
    ])
    const { profilo, ufficioId, atto, dal, al } = input
    tx.audit({
      azione: 'incarico-conferito',
      oggettoTipo: 'operatore',
      oggettoId: operatoreId,
      dopo: { id, profilo, ufficioId, aooId, atto, dal, al },
    })
    return { id }
  })
}

/** Office, AOO and periods an appointment may have; answers the AOO it is for, null for the predefined one. */
async function checkPlace(tx: TxScope, input: NuovoIncaricoIn): Promise<string | null> {
  if (diUfficio.includes(input.profilo) && input.ufficioId === undefined) {
    throw datiOrganizzazione([{ campo: 'ufficioId', messaggio: 'Scegli l’ufficio: questo ruolo si esercita in un ufficio.' }])
  }
  if (input.ufficioId !== undefined && !(await findUfficiAttivi(tx, [input.ufficioId])).has(input.ufficioId)) {
    throw datiOrganizzazione([{ campo: 'ufficioId', messaggio: 'L’ufficio non esiste o è chiuso: scegline un altro.' }])
  }
  const aoo = await query<{ id: string; predefinita: boolean }>(
    tx,
    'select id, predefinita from aoo where ente_id = $1 and (al is null or al >= $2)',
    [tx.ente.id, input.dal],
  )
  if (input.profilo === 'coordinatore' && aoo.length < 2) throw coordinatoreNonPrevisto()
  const chosen = aoo.find((a) => (input.aooId === undefined ? a.predefinita : a.id === input.aooId))
  if (chosen === undefined) throw datiOrganizzazione([{ campo: 'aooId', messaggio: 'L’area organizzativa non esiste o è chiusa.' }])
  if (input.profilo === 'responsabileGestioneDocumentale') await assertAlone(tx, chosen, input.dal, input.al ?? null)
  return chosen.predefinita ? null : chosen.id
}

async function assertAlone(tx: TxScope, aoo: { id: string; predefinita: boolean }, dal: string, al: string | null): Promise<void> {
  await query(tx, 'select 1 from aoo where ente_id = $1 and id = $2 for update', [tx.ente.id, aoo.id])
  const other = await queryOne(
    tx,
    `select 1 from incarico where ente_id = $1 and profilo = 'responsabileGestioneDocumentale' and coalesce(aoo_id = $2, $3)
        and daterange(dal, al, '[]') && daterange($4::date, $5::date, '[]') limit 1`,
    [tx.ente.id, aoo.id, aoo.predefinita, dal, al],
  )
  if (other !== null) throw responsabileGiaInCarica()
}

async function findOrCreate(tx: TxScope, persona: NonNullable<NuovoIncaricoIn['persona']>): Promise<string> {
  const codiceFiscale = normalizeCodiceFiscale(persona.codiceFiscale)
  const errore = codiceFiscaleErrore(codiceFiscale)
  if (errore !== null) throw datiOrganizzazione([{ campo: 'persona.codiceFiscale', messaggio: errore }])
  // Lets the row policy show and accept this one person: found only by his whole codice fiscale.
  await query(tx, `select set_config('app.incarica', $1, true)`, [codiceFiscale])
  const known = await queryOne<{ id: string }>(tx, 'select id from operatore where codice_fiscale = $1', [codiceFiscale])
  if (known !== null) return known.id
  const id = newId()
  await query(
    tx,
    'insert into operatore (id, soggetto, nome, cognome, codice_fiscale, email, amministratore_sia) values ($1, $2, $3, $4, $5, $6, false)',
    [id, persona.soggetto, persona.nome, persona.cognome, codiceFiscale, persona.email],
  )
  tx.audit({ azione: 'persona-aggiunta', oggettoTipo: 'operatore', oggettoId: id, dopo: { nome: persona.nome, cognome: persona.cognome } })
  return id
}

/** Ends an appointment on a day, with the act; what was done under it stays his. Throws NotFound when it is over already. */
export async function endIncarico(scope: Scope, id: string, input: { al: string; atto: string }): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const prima = await queryOne<{ operatoreId: string; profilo: string; dal: string; al: string | null }>(
      tx,
      `select operatore_id as "operatoreId", profilo, to_char(dal, 'YYYY-MM-DD') as dal, to_char(al, 'YYYY-MM-DD') as al from incarico
        where ente_id = $1 and id = $2 and (al is null or al >= $3) for update`,
      [tx.ente.id, id, romeDay(now())],
    )
    if (prima === null) throw incaricoAssente()
    if (input.al < prima.dal) throw datiOrganizzazione([{ campo: 'al', messaggio: 'L’incarico non era ancora iniziato in quel giorno.' }])
    await query(tx, 'update incarico set al = $3 where ente_id = $1 and id = $2', [tx.ente.id, id, input.al])
    tx.audit({ azione: 'incarico-terminato', oggettoTipo: 'operatore', oggettoId: prima.operatoreId, prima, dopo: { id, ...input } })
  })
}

/** Who answers for each AOO on a day, and whether nobody does: then the acts reserved to the head of records management fail (REQ-PROT-004). */
export async function readResponsabili(scope: Scope, giorno: string): Promise<ResponsabiliDto> {
  const held = await query<{ profilo: string; aooId: string | null; nome: string; dal: string; al: string | null }>(
    scope,
    `select i.profilo, i.aoo_id as "aooId", o.nome || ' ' || o.cognome as nome, to_char(i.dal, 'YYYY-MM-DD') as dal, to_char(i.al, 'YYYY-MM-DD') as al
       from incarico i join operatore o on o.id = i.operatore_id
      where i.ente_id = $1 and i.profilo in ('responsabileGestioneDocumentale', 'vicario', 'coordinatore') and i.dal <= $2 and (i.al is null or i.al >= $2) order by i.dal`,
    [scope.ente.id, giorno],
  )
  const aoo = await query<{ id: string; denominazione: string; predefinita: boolean }>(
    scope,
    'select id, denominazione, predefinita from aoo where ente_id = $1 and (al is null or al >= $2) order by predefinita desc, codice',
    [scope.ente.id, giorno],
  )
  const term = ({ nome, dal, al }: (typeof held)[number]) => ({ nome, dal, al })
  const first = held.find((h) => h.profilo === 'coordinatore')
  return {
    giorno,
    aoo: aoo.map((a) => {
      const own = held.filter((h) => h.aooId === a.id || (h.aooId === null && a.predefinita))
      const rgd = own.find((h) => h.profilo === 'responsabileGestioneDocumentale')
      const vicari = own.filter((h) => h.profilo === 'vicario').map(term)
      return {
        id: a.id,
        denominazione: a.denominazione,
        responsabile: rgd === undefined ? null : term(rgd),
        vicari,
        scoperta: rgd === undefined && vicari.length === 0,
      }
    }),
    coordinatore: first === undefined ? null : term(first),
  }
}
