import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { isRgd } from '../../protocollo/index.ts'
import { copieNelloStessoLuogo, provaFutura, registroNonConfrontabile, soloResponsabile } from '../errors.ts'
import type { ProvaRipristinoDto, ProvaRipristinoIn, ProveRipristinoDto } from '../schema/prove.ts'

/** Without a drill in this many days the body is told that one is owed (REQ-PROT-152). */
const GIORNI_TRA_PROVE = 365
const DAY_MS = 24 * 3_600_000

interface ProvaRow extends Omit<ProvaRipristinoDto, 'eseguitaIl' | 'registrataIl' | 'esito'> {
  eseguitaIl: Date
  registrataIl: Date
}

interface Confrontato {
  id: string
  registroId: string
  impronta: string
  ultimo: string | null
}

/** Restore drills, newest first, and whether one is owed: never done, failed, or older than a year (REQ-PROT-152). */
export async function listProve(scope: Scope): Promise<ProveRipristinoDto> {
  const rows = await query<ProvaRow>(
    scope,
    `select p.id, g.codice as registro, p.eseguita_il as "eseguitaIl", p.operatore, p.copia_registri as "copiaRegistri", p.copia_emergenza as "copiaEmergenza",
            p.identificativo, p.impronta, p.perdite, p.autore_nome as autore, p.registrata_il as "registrataIl"
       from prova_ripristino p join registro g on g.ente_id = p.ente_id and g.id = p.registro_id
      where p.ente_id = $1 order by p.eseguita_il desc, p.id desc limit 100`,
    [scope.ente.id],
  )
  const elementi = rows.map((r): ProvaRipristinoDto => ({
    ...r,
    esito: r.perdite.length === 0 ? 'integro' : 'perdite',
    eseguitaIl: r.eseguitaIl.toISOString(),
    registrataIl: r.registrataIl.toISOString(),
  }))
  const [last] = rows
  const late = last === undefined || (await istante(scope)).getTime() - last.eseguitaIl.getTime() > GIORNI_TRA_PROVE * DAY_MS
  return { elementi, dovuta: late || last.perdite.length > 0 }
}

/**
 * Records the outcome of `faldone verifica-ripristino` (REQ-PROT-152): the drill runs on a restored copy, its record stays in the register that is alive.
 * Only the head of records management or his vicar. It must have been compared with the last daily register that had been sent to preservation at that
 * instant, and with the very document we hold. In the trail. Throws Forbidden, InvalidInput (a date to come, the two copies in the same place),
 * RuleViolation (another register, another digest).
 */
export async function recordProva(scope: Scope, input: ProvaRipristinoIn): Promise<ProvaRipristinoDto> {
  if (!isRgd(scope.attore)) throw soloResponsabile()
  const { esito } = input
  if (normalize(esito.copiaRegistri) === normalize(esito.copiaEmergenza)) throw copieNelloStessoLuogo()
  const id = newId()
  await inTransaction(scope, async (tx) => {
    const adesso = await istante(tx)
    if (Date.parse(esito.eseguitaIl) > adesso.getTime()) throw provaFutura()
    const found = await findConfrontato(tx, esito.identificativo, esito.eseguitaIl)
    if (found === null || found.impronta !== esito.impronta) throw registroNonConfrontabile('non è un registro giornaliero di questo ente')
    if (found.ultimo !== esito.identificativo)
      throw registroNonConfrontabile(
        found.ultimo === null ? 'nessun registro era ancora in conservazione' : `l’ultimo inviato in conservazione era ${found.ultimo}`,
      )
    const row = {
      registro_id: found.registroId,
      eseguita_il: esito.eseguitaIl,
      operatore: esito.operatore,
      copia_registri: esito.copiaRegistri,
      copia_emergenza: esito.copiaEmergenza,
      registro_giornaliero_id: found.id,
      identificativo: esito.identificativo,
      impronta: esito.impronta,
    }
    await insertRows(tx, 'prova_ripristino', [
      {
        id,
        ...row,
        perdite: JSON.stringify(esito.perdite),
        autore_nome: tx.attore.nome,
        registrata_il: adesso.toISOString(),
      },
    ])
    tx.audit({ azione: 'ripristino-provato', oggettoTipo: 'prova_ripristino', oggettoId: id, dopo: { ...row, perdite: esito.perdite } })
  })
  const made = (await inReadTransaction(scope, async (s) => await listProve(s))).elementi.find((p) => p.id === id)
  if (made === undefined) throw new Error('the drill just written is not there')
  return made
}

async function istante(scope: Scope): Promise<Date> {
  const row = await queryOne<{ adesso: Date }>(scope, 'select app.istante() as adesso', [])
  if (row === null) throw new Error('no legal instant')
  return row.adesso
}

const normalize = (place: string): string => place.normalize('NFC').replace(/\s+/gu, ' ').trim().toLowerCase()

/** The register named, and which was the last one sent to preservation when the drill was done. */
async function findConfrontato(scope: Scope, identificativo: string, eseguitaIl: string): Promise<Confrontato | null> {
  return await queryOne<Confrontato>(
    scope,
    `select r.id, r.registro_id as "registroId", r.impronta,
            (select u.identificativo from registro_giornaliero u where u.ente_id = r.ente_id and u.registro_id = r.registro_id and u.tipo = 'giornaliero'
                and exists (select 1 from passo_registro_giornaliero s where s.ente_id = u.ente_id and s.registro_giornaliero_id = u.id
                  and s.passo in ('inviato', 'conservato') and s.istante <= $3::timestamptz)
              order by u.giorno desc, u.versione desc limit 1) as ultimo
       from registro_giornaliero r where r.ente_id = $1 and r.identificativo = $2`,
    [scope.ente.id, identificativo, eseguitaIl],
  )
}
