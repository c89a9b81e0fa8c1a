import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertMany, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { romeDay } from '../../kernel/time.ts'
import { findOperatoriIncaricati } from '../attori.ts'
import { chiaveGiaUsata, datiDaCorreggere } from '../errors.ts'
import { accessoAssente, accessoChiuso, soloRgd } from '../errors-atti.ts'
import { isRgd } from '../policy.ts'
import { claimKey } from '../repository.ts'
import { digestRequest, formatEtichetta } from '../rules.ts'
import type { AccessoAutoritaDto, AccessoAutoritaIn } from '../schema/atti.ts'
import { legalInstant } from './annulla.ts'

/**
 * Records the request of an authority with its legal basis and opens the registrations it names to one person until a day. RGD or vicario only. Each
 * registration tells it in its own history. Answers the id. Throws Forbidden, InvalidInput.
 */
export async function openAccessoAutorita(scope: Scope, input: AccessoAutoritaIn, chiave: string): Promise<string> {
  if (!isRgd(scope.attore)) throw soloRgd()
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const richiesta = digestRequest(input)
    const earlier = await claimKey(tx, 'accesso-autorita', chiave, richiesta, id)
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta) throw chiaveGiaUsata()
      return earlier.risultatoId
    }
    const il = await legalInstant(tx)
    const oggi = romeDay(new Date(il))
    if (input.al < oggi) throw datiDaCorreggere([{ campo: 'al', messaggio: 'La scadenza è già passata.' }])
    if (!(await findOperatoriIncaricati(tx, [input.operatoreId])).has(input.operatoreId))
      throw datiDaCorreggere([{ campo: 'operatoreId', messaggio: 'La persona non ha un incarico in questo ente.' }])
    const ids = [...new Set(input.registrazioni)]
    const found = await query<{ id: string }>(tx, 'select id from registrazione where ente_id = $1 and id = any($2::uuid[])', [
      tx.ente.id,
      ids,
    ])
    if (found.length !== ids.length)
      throw datiDaCorreggere([{ campo: 'registrazioni', messaggio: 'Una delle registrazioni indicate non esiste.' }])
    const { autorita, baseGiuridica, riferimento, oggetto, operatoreId, al } = input
    const row = { id, autorita, base_giuridica: baseGiuridica, riferimento, oggetto, operatore_id: operatoreId, dal: oggi, al }
    const author = { creato_il: il, autore_id: tx.attore.id, autore_nome: tx.attore.nome, chiuso_il: null, chiuso_da: null }
    await insertMany(tx, [['accesso_autorita', [{ ...row, ...author }]]])
    await insertMany(tx, [['accesso_autorita_registrazione', ids.map((registrazione_id) => ({ accesso_id: id, registrazione_id }))]])
    for (const registrazioneId of ids)
      tx.audit({
        azione: 'accesso-autorita-aperto',
        oggettoTipo: 'registrazione',
        oggettoId: registrazioneId,
        dopo: { autorita, baseGiuridica, riferimento, persona: operatoreId, fino: al },
        motivo: oggetto,
      })
    return id
  })
}

/** Closes an access before its day: nobody reads by it any more. RGD or vicario only. Throws Forbidden, NotFound, Conflict. */
export async function closeAccessoAutorita(scope: Scope, id: string): Promise<void> {
  if (!isRgd(scope.attore)) throw soloRgd()
  await inTransaction(scope, async (tx) => {
    const row = await queryOne<{ chiuso: boolean }>(
      tx,
      'select chiuso_il is not null as chiuso from accesso_autorita where ente_id = $1 and id = $2 for update',
      [tx.ente.id, id],
    )
    if (row === null) throw accessoAssente()
    if (row.chiuso) throw accessoChiuso()
    await query(tx, 'update accesso_autorita set chiuso_il = $3, chiuso_da = $4 where ente_id = $1 and id = $2', [
      tx.ente.id,
      id,
      await legalInstant(tx),
      tx.attore.nome,
    ])
    tx.audit({ azione: 'accesso-autorita-chiuso', oggettoTipo: 'accesso_autorita', oggettoId: id })
  })
}

/** The accesses opened for authorities, last first. RGD or vicario only. Throws Forbidden. */
export async function listAccessiAutorita(scope: Scope): Promise<AccessoAutoritaDto[]> {
  if (!isRgd(scope.attore)) throw soloRgd()
  return await inReadTransaction(scope, async (s) => {
    const rows = await query<
      Omit<AccessoAutoritaDto, 'creatoIl' | 'chiusoIl' | 'registrazioni'> & { creatoIl: Date; chiusoIl: Date | null }
    >(
      s,
      `select a.id, a.autorita, a.base_giuridica as "baseGiuridica", a.riferimento, a.oggetto, o.nome || ' ' || o.cognome as operatore, to_char(a.dal, 'YYYY-MM-DD') as dal,
              to_char(a.al, 'YYYY-MM-DD') as al, a.creato_il as "creatoIl", a.autore_nome as autore, a.chiuso_il as "chiusoIl",
              a.chiuso_il is null and a.al >= (app.istante() at time zone 'Europe/Rome')::date as aperto
         from accesso_autorita a join operatore o on o.id = a.operatore_id where a.ente_id = $1 order by a.creato_il desc, a.id desc limit 200`,
      [s.ente.id],
    )
    const registrazioni = await query<{ accessoId: string; id: string; anno: number; numero: number }>(
      s,
      `select g.accesso_id as "accessoId", r.id, r.anno, r.numero from accesso_autorita_registrazione g join registrazione r on r.ente_id = g.ente_id and r.id = g.registrazione_id
        where g.ente_id = $1 and g.accesso_id = any($2::uuid[]) order by r.anno, r.numero`,
      [s.ente.id, rows.map((r) => r.id)],
    )
    return rows.map((r) => ({
      ...r,
      creatoIl: r.creatoIl.toISOString(),
      chiusoIl: r.chiusoIl?.toISOString() ?? null,
      registrazioni: registrazioni
        .filter((g) => g.accessoId === r.id)
        .map((g) => ({ id: g.id, etichetta: formatEtichetta(g.numero, g.anno) })),
    }))
  })
}
