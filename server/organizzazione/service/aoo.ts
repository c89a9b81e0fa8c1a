import type { z } from 'zod'
import { newId } from '../../kernel/ids.ts'
import { constraintOf, sqlState } from '../../kernel/problem.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now, romeDay, romeYear } from '../../kernel/time.ts'
import { casellaInUso } from '../../enti/index.ts'
import { aooAssente, aooEsistente, registroGeneraleUnico, registroVietato } from '../errors.ts'
import type { AooDto, modificaAooIn, nuovaAooIn, nuovoRegistroIn } from '../schema.ts'

/** The AOO of the ente with their registers and mailboxes (REQ-PROT-001, REQ-PROT-005). */
export async function listAoo(scope: Scope): Promise<AooDto[]> {
  const rows = await query<Omit<AooDto, 'codiceIpaAmministrazione'>>(
    scope,
    `select a.id, a.codice, a.denominazione, a.domicilio_digitale as "domicilioDigitale", a.punto_servizio as "puntoServizio", a.predefinita, to_char(a.dal, 'YYYY-MM-DD') as dal,
            to_char(a.al, 'YYYY-MM-DD') as al,
            (select coalesce(json_agg(json_build_object('id', r.id, 'codice', r.codice, 'denominazione', r.denominazione, 'generale', r.generale, 'attivo', r.attivo) order by r.codice), '[]')
               from registro r where r.ente_id = a.ente_id and r.aoo_id = a.id) as registri,
            (select coalesce(json_agg(c.indirizzo order by c.indirizzo), '[]') from casella c where c.ente_id = a.ente_id and c.aoo_id = a.id) as caselle
       from aoo a where a.ente_id = $1 order by a.predefinita desc, a.codice`,
    [scope.ente.id],
  )
  return rows.map((row) => ({ ...row, codiceIpaAmministrazione: scope.ente.codiceIpa }))
}

/** Changes denomination, domicilio digitale or service address of an AOO; the old values are in the trail. Its IPA code never changes. Throws NotFound. */
export async function changeAoo(scope: Scope, id: string, input: z.infer<typeof modificaAooIn>): Promise<AooDto[]> {
  try {
    await inTransaction(scope, async (tx) => {
      const prima = await queryOne(
        tx,
        'select denominazione, domicilio_digitale as "domicilioDigitale", punto_servizio as "puntoServizio" from aoo where ente_id = $1 and id = $2 for update',
        [tx.ente.id, id],
      )
      if (prima === null) throw aooAssente()
      await query(
        tx,
        `update aoo set denominazione = coalesce($3, denominazione), domicilio_digitale = coalesce($4, domicilio_digitale),
              punto_servizio = case when $5::text is null then punto_servizio else nullif($5, '') end where ente_id = $1 and id = $2`,
        [tx.ente.id, id, input.denominazione ?? null, input.domicilioDigitale ?? null, input.puntoServizio ?? null],
      )
      tx.audit({ azione: 'aoo-modificata', oggettoTipo: 'aoo', oggettoId: id, prima, dopo: input })
    })
  } catch (error) {
    throw constraintOf(error) === 'aoo_una_casella' ? casellaInUso('domicilioDigitale') : error
  }
  return await listAoo(scope)
}

/** Adds an AOO with its one general register and counter (REQ-PROT-001, REQ-PROT-002). Throws Conflict when the IPA code is taken. */
export async function createAoo(scope: Scope, input: z.infer<typeof nuovaAooIn>): Promise<AooDto[]> {
  try {
    await inTransaction(scope, async (tx) => {
      const [id, registroId, istante] = [newId(), newId(), now()]
      await insertRows(tx, 'aoo', [
        {
          id,
          codice: input.codice,
          denominazione: input.denominazione,
          domicilio_digitale: input.domicilioDigitale,
          punto_servizio: input.puntoServizio === '' ? null : input.puntoServizio,
          predefinita: false,
          dal: romeDay(istante),
          al: null,
        },
      ])
      await insertRows(tx, 'registro', [
        { id: registroId, aoo_id: id, codice: 'PG', denominazione: 'Protocollo generale', generale: true, attivo: true },
      ])
      await insertRows(tx, 'contatore_registro', [{ registro_id: registroId, anno: romeYear(istante), ultimo: 0, ultimo_istante: null }])
      tx.audit({ azione: 'aoo-creata', oggettoTipo: 'aoo', oggettoId: id, dopo: input })
    })
  } catch (error) {
    if (constraintOf(error) === 'aoo_una_casella') throw casellaInUso('domicilioDigitale')
    if (sqlState(error) === '23505') throw aooEsistente()
    throw error
  }
  return await listAoo(scope)
}

/**
 * Opens the general register of an AOO that has none active. A second one, a sector register or a register of internal protocol is refused (REQ-PROT-002): the
 * attempt is a refusal, never a row.
 */
export async function createRegistro(scope: Scope, input: z.infer<typeof nuovoRegistroIn>): Promise<AooDto[]> {
  if (input.tipo !== 'generale') throw registroVietato()
  try {
    await inTransaction(scope, async (tx) => {
      const aoo = await queryOne(tx, 'select 1 from aoo where ente_id = $1 and id = $2', [tx.ente.id, input.aooId])
      if (aoo === null) throw aooAssente()
      const id = newId()
      await insertRows(tx, 'registro', [
        { id, aoo_id: input.aooId, codice: input.codice, denominazione: input.denominazione, generale: true, attivo: true },
      ])
      await insertRows(tx, 'contatore_registro', [{ registro_id: id, anno: romeYear(now()), ultimo: 0, ultimo_istante: null }])
      tx.audit({ azione: 'registro-aperto', oggettoTipo: 'registro', oggettoId: id, dopo: input })
    })
  } catch (error) {
    if (sqlState(error) === '23505') throw registroGeneraleUnico()
    throw error
  }
  return await listAoo(scope)
}
