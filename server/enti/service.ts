import { newId } from '../kernel/ids.ts'
import { constraintOf, sqlState } from '../kernel/problem.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryFound } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { now, romeDay, romeYear } from '../kernel/time.ts'
import { casellaInUso, enteEsistente } from './errors.ts'
import { inEnte, listEnti } from './repository.ts'
import type { EnteRow } from './repository.ts'
import type { AspettoEnte, EnteCabinaDto, NuovoEnte } from './schema.ts'

interface StatoEnte {
  inCoda: number
  piuVecchio: Date | null
  ultimaRegistrazione: Date | null
  utentiAttivi: number
}

/**
 * State of every ente for the association's administrator: counts and dates only, one ente at a time with its own fence set. No subject, no person,
 * no document is ever read here.
 */
export async function readCabina(scope: Scope): Promise<EnteCabinaDto[]> {
  const result: EnteCabinaDto[] = []
  for (const ente of await listEnti(scope)) result.push(await readState(inEnte(scope, ente), ente))
  return result
}

async function readState(scope: Scope, ente: EnteRow): Promise<EnteCabinaDto> {
  return await inReadTransaction(scope, async (s) => {
    const stato = await queryFound<StatoEnte>(
      s,
      'Ente non trovato.',
      `select (select count(*)::int from messaggio where ente_id = $1 and stato = 'da_protocollare') as "inCoda",
              (select min(ricevuto_il) from messaggio where ente_id = $1 and stato = 'da_protocollare') as "piuVecchio",
              (select max(ultimo_istante) from contatore_registro where ente_id = $1) as "ultimaRegistrazione",
              (select count(distinct operatore_id)::int from incarico where ente_id = $1 and dal <= $2 and (al is null or al >= $2)) as "utentiAttivi"`,
      [ente.id, romeDay(now())],
    )
    const caselle = await query<{ indirizzo: string; attiva: boolean; errore: string | null }>(
      s,
      'select indirizzo, attiva, errore from casella where ente_id = $1 order by indirizzo',
      [ente.id],
    )
    return {
      slug: ente.slug,
      denominazione: ente.denominazione,
      codiceIpa: ente.codiceIpa,
      tavolozza: ente.tavolozza,
      inCoda: stato.inCoda,
      piuVecchio: stato.piuVecchio?.toISOString() ?? null,
      caselle: caselle.map((c) => ({ indirizzo: c.indirizzo, stato: c.errore === null ? (c.attiva ? 'attiva' : 'sospesa') : 'in errore' })),
      ultimaRegistrazione: stato.ultimaRegistrazione?.toISOString() ?? null,
      utentiAttivi: stato.utentiAttivi,
    }
  })
}

/** Changes denomination or palette of the scope's ente; recorded in its trail with the old values. */
export async function changeAspetto(scope: Scope, aspetto: AspettoEnte): Promise<EnteCabinaDto> {
  const ente = await inTransaction(scope, async (tx) => {
    const prima = await queryFound<EnteRow>(tx, 'Ente non trovato.', 'select denominazione, tavolozza from ente where id = $1', [
      tx.ente.id,
    ])
    await query(tx, 'update ente set denominazione = coalesce($2, denominazione), tavolozza = coalesce($3, tavolozza) where id = $1', [
      tx.ente.id,
      aspetto.denominazione ?? null,
      aspetto.tavolozza ?? null,
    ])
    tx.audit({ azione: 'ente-modificato', oggettoTipo: 'ente', oggettoId: tx.ente.id, prima, dopo: aspetto })
    return { ...tx.ente, ...prima, ...withoutUndefined(aspetto) } as EnteRow
  })
  return await readState(scope, ente)
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Partial<T>
}

/**
 * Creates an ente with what it needs to register: its default AOO, the office Protocollo and one general register with its counter (REQ-PROT-001,
 * REQ-PROT-002). Nobody can read anything of it until somebody is appointed. Throws Conflict when slug or IPA code are taken.
 */
export async function createEnte(scope: Scope, nuovo: NuovoEnte): Promise<EnteCabinaDto> {
  const ente: EnteRow = {
    id: newId(),
    slug: nuovo.slug,
    denominazione: nuovo.denominazione,
    codiceIpa: nuovo.codiceIpa,
    codiceFiscale: nuovo.codiceFiscale,
    tavolozza: nuovo.tavolozza,
  }
  const inside = inEnte(scope, ente)
  try {
    await inTransaction(inside, async (tx) => {
      const instant = now()
      const dal = romeDay(instant)
      await query(
        tx,
        'insert into ente (id, slug, denominazione, codice_ipa, codice_fiscale, tavolozza, creato_il) values ($1, $2, $3, $4, $5, $6, $7)',
        [ente.id, ente.slug, ente.denominazione, ente.codiceIpa, ente.codiceFiscale, ente.tavolozza, instant],
      )
      const aooId = newId()
      const registroId = newId()
      await insertRows(tx, 'aoo', [
        {
          id: aooId,
          codice: nuovo.aoo.codice,
          denominazione: nuovo.aoo.denominazione,
          domicilio_digitale: nuovo.aoo.domicilioDigitale,
          predefinita: true,
          dal,
          al: null,
        },
      ])
      await insertRows(tx, 'ufficio', [
        {
          id: newId(),
          aoo_id: aooId,
          codice: 'PROT',
          denominazione: 'Protocollo',
          padre_id: null,
          indirizzo_digitale: nuovo.aoo.domicilioDigitale,
          dal,
          al: null,
        },
      ])
      await insertRows(tx, 'registro', [
        { id: registroId, aoo_id: aooId, codice: 'PG', denominazione: 'Protocollo generale', generale: true, attivo: true },
      ])
      await insertRows(tx, 'contatore_registro', [{ registro_id: registroId, anno: romeYear(instant), ultimo: 0, ultimo_istante: null }])
      tx.audit({ azione: 'ente-creato', oggettoTipo: 'ente', oggettoId: ente.id, dopo: nuovo })
      tx.emit({ tipo: 'enteCreato', id: ente.id })
    })
  } catch (error) {
    if (constraintOf(error) === 'aoo_una_casella') throw casellaInUso('aoo.domicilioDigitale')
    if (sqlState(error) === '23505') throw enteEsistente()
    throw error
  }
  return await readState(inside, ente)
}
