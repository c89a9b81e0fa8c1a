import type { z } from 'zod'
import { profiliNonDelegabili } from '../../enti/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { addDays, now, romeDay } from '../../kernel/time.ts'
import { datiOrganizzazione, delegaDiDelega, nienteDaDelegare, personaAssente, sostituzioneAltrui, sostituzioneAssente } from '../errors.ts'
import type { NuovaSostituzioneIn, sostituzioneDto } from '../schema.ts'

type Sostituzione = z.infer<typeof sostituzioneDto>
/** Longest substitution: beyond a year it is another appointment. */
const GIORNI_MASSIMI = 366

const manages = (scope: Scope): boolean => scope.attore.permessi.has('organizzazione.gestisci')

/** Substitutions that concern this person, on either side; all of them for who runs the organisation. Newest first. */
export async function listSostituzioni(scope: Scope): Promise<Sostituzione[]> {
  return await query<Sostituzione>(
    scope,
    `select x.id, json_build_object('id', t.id, 'nome', t.nome || ' ' || t.cognome) as titolare, json_build_object('id', s.id, 'nome', s.nome || ' ' || s.cognome) as sostituto,
            x.tipo, i.profilo || coalesce(' · ' || u.denominazione, '') as incarico, x.motivo, x.atto, to_char(x.dal, 'YYYY-MM-DD') as dal, to_char(x.al, 'YYYY-MM-DD') as al,
            x.revocata_il is not null as revocata, x.revocata_il is null and x.dal <= $2 and x.al >= $2 as "inVigore", x.autore_nome as autore
       from sostituzione x join operatore t on t.id = x.titolare_id join operatore s on s.id = x.sostituto_id
       left join incarico i on i.ente_id = x.ente_id and i.id = x.incarico_id left join ufficio u on u.ente_id = i.ente_id and u.id = i.ufficio_id
      where x.ente_id = $1 and ($4 or $3::text in (x.titolare_id::text, x.sostituto_id::text)) order by x.dal desc, x.id desc limit 200`,
    [scope.ente.id, romeDay(now()), scope.attore.id, manages(scope)],
  )
}

/**
 * Lets somebody work in somebody else's name between two days, for all his appointments that may be lent or for one of them. Everybody decides who substitutes
 * him; the others' substitutions are of who runs the organisation. Throws Forbidden, RuleViolation when nothing can be lent or when the actor himself
 * works in another's name.
 */
export async function createSostituzione(scope: Scope, input: NuovaSostituzioneIn): Promise<Sostituzione[]> {
  if (scope.attore.perContoDi !== undefined) throw delegaDiDelega()
  if (input.titolareId !== scope.attore.id && !manages(scope)) throw sostituzioneAltrui()
  checkDays(input)
  await inTransaction(scope, async (tx) => {
    await assertHolds(tx, input)
    const id = newId()
    await insertRows(tx, 'sostituzione', [
      {
        id,
        titolare_id: input.titolareId,
        sostituto_id: input.sostitutoId,
        tipo: input.tipo,
        incarico_id: input.incaricoId ?? null,
        motivo: input.motivo,
        atto: input.atto,
        dal: input.dal,
        al: input.al,
        creata_il: now().toISOString(),
        autore_id: tx.attore.id,
        autore_nome: tx.attore.nome,
        revocata_il: null,
        revocata_da_nome: null,
      },
    ])
    tx.audit({ azione: 'sostituzione-disposta', oggettoTipo: 'operatore', oggettoId: input.titolareId, dopo: { id, ...input } })
  })
  return await listSostituzioni(scope)
}

function checkDays(input: NuovaSostituzioneIn): void {
  if (input.al < romeDay(now())) throw datiOrganizzazione([{ campo: 'al', messaggio: 'L’ultimo giorno è già passato.' }])
  if (addDays(input.dal, GIORNI_MASSIMI) < input.al) {
    throw datiOrganizzazione([{ campo: 'al', messaggio: 'Una sostituzione dura al massimo un anno.' }])
  }
}

async function assertHolds(tx: TxScope, input: NuovaSostituzioneIn): Promise<void> {
  const lendable = await queryOne(
    tx,
    `select 1 from incarico where ente_id = $1 and operatore_id = $2 and ($3::uuid is null or id = $3) and profilo <> all ($4::text[])
        and dal <= $6 and (al is null or al >= $5) limit 1`,
    [tx.ente.id, input.titolareId, input.incaricoId ?? null, profiliNonDelegabili, input.dal, input.al],
  )
  if (lendable === null) throw nienteDaDelegare()
  const known = await queryOne(tx, 'select 1 from incarico where ente_id = $1 and operatore_id = $2 limit 1', [
    tx.ente.id,
    input.sostitutoId,
  ])
  if (known === null) throw personaAssente()
}

/** Ends a substitution now: from the next request the substitute is himself again. Only who is substituted, or who runs the organisation. Throws NotFound. */
export async function revokeSostituzione(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await queryOne<{ titolareId: string }>(
      tx,
      `update sostituzione set revocata_il = $4, revocata_da_nome = $5
        where ente_id = $1 and id = $2 and revocata_il is null and al >= $6 and ($7 or titolare_id::text = $3) returning titolare_id as "titolareId"`,
      [
        tx.ente.id,
        id,
        tx.attore.perContoDi === undefined ? tx.attore.id : '',
        now().toISOString(),
        tx.attore.nome,
        romeDay(now()),
        manages(scope),
      ],
    )
    if (row === null) throw sostituzioneAssente()
    tx.audit({ azione: 'sostituzione-revocata', oggettoTipo: 'operatore', oggettoId: row.titolareId, prima: { id } })
  })
}
