import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import { findCondizioni } from '../condizioni.ts'
import { consegnaConRicevute, consegnaGiaScritta, consegnaSoloUscita, giaAnnullata } from '../errors-atti.ts'
import { datiDaCorreggere } from '../errors.ts'
import { findById, findSoggetti, lockRegistro } from '../repository.ts'
import type { RegistrazioneRow } from '../repository.ts'
import { statiConsegna } from '../schema/consegne.ts'
import type { ConsegnaDto, PassoConsegnaIn, StatoConsegna } from '../schema/consegne.ts'
import { nameOf } from '../soggetti.ts'
import { findVisibleById } from './read.ts'

/** Channels whose receipts say the state: nobody writes it by hand (CAD art. 48). */
const CON_RICEVUTE: ReadonlySet<string> = new Set(['PEC', 'COOPERAZIONE'])

interface PassoRow {
  posizione: number
  stato: StatoConsegna
  giorno: string
  estremi: string
  autore: string
  creatoIl: Date
}

/** Each addressee of an outgoing registration with the state of its delivery (REQ-PROT-027). Throws NotFound; empty for what was not sent out. */
export async function listConsegne(scope: Scope, registrazioneId: string): Promise<ConsegnaDto[]> {
  return await inReadTransaction(scope, async (s) => await consegneOf(s, await findVisibleById(s, registrazioneId)))
}

/**
 * Writes one step of the delivery to one addressee by a channel without receipts, with the extremes of its proof. The fact goes into the chain of the
 * register. Throws NotFound, RuleViolation for what is not outgoing, annulled or sent by a channel with receipts, InvalidInput, Conflict when the delivery is
 * already that far.
 */
export async function recordConsegna(scope: Scope, registrazioneId: string, input: PassoConsegnaIn): Promise<ConsegnaDto> {
  return await inTransaction(scope, async (tx) => {
    const r = await findVisibleById(tx, registrazioneId)
    if (r.tipo !== 'U') throw consegnaSoloUscita()
    await lockRegistro(tx, r.registroId)
    if ((await findCondizioni(tx, [r.id])).get(r.id)?.annullata) throw giaAnnullata()
    const consegna = (await consegneOf(tx, r)).find((c) => c.posizione === input.posizione)
    if (consegna === undefined) throw datiDaCorreggere([{ campo: 'posizione', messaggio: 'Scegli uno dei destinatari.' }])
    if (!consegna.aMano) throw consegnaConRicevute()
    checkGiorno(r, consegna, input)
    if (statiConsegna.indexOf(input.stato) <= statiConsegna.indexOf(consegna.stato)) throw consegnaGiaScritta()
    await write(tx, r, input)
    return (await consegneOf(tx, r)).find((c) => c.posizione === input.posizione) as ConsegnaDto
  })
}

/** Did the document reach an addressee? True if to one, false if to none of them all, null when it is not known (REQ-PROT-053). */
export async function isConsegnata(scope: Scope, registrazioneId: string): Promise<boolean | null> {
  return await inReadTransaction(scope, async (s) => {
    const r = await findById(s, registrazioneId)
    const stati = r === null ? [] : (await consegneOf(s, r)).map((c) => c.stato)
    if (stati.includes('consegnato')) return true
    return stati.length > 0 && stati.every((stato) => stato === 'mancata-consegna') ? false : null
  })
}

function checkGiorno(r: RegistrazioneRow, consegna: ConsegnaDto, input: PassoConsegnaIn): void {
  const before = consegna.passi.at(-1)?.giorno
  if (input.giorno > romeDay(now())) throw datiDaCorreggere([{ campo: 'giorno', messaggio: 'La data è nel futuro.' }])
  if (input.giorno < (before ?? r.giorno)) {
    const messaggio =
      before === undefined ? 'La data viene prima della registrazione.' : 'La data viene prima di quella del passo precedente.'
    throw datiDaCorreggere([{ campo: 'giorno', messaggio }])
  }
}

async function write(tx: TxScope, r: RegistrazioneRow, input: PassoConsegnaIn): Promise<void> {
  const id = newId()
  await insertRows(tx, 'consegna', [
    {
      id,
      registrazione_id: r.id,
      posizione: input.posizione,
      stato: input.stato,
      giorno: input.giorno,
      estremi: input.estremi,
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      creato_il: now().toISOString(),
    },
  ])
  tx.audit({
    azione: 'consegna-scritta',
    oggettoTipo: 'registrazione',
    oggettoId: r.id,
    documentoId: r.documentoId,
    registroId: r.registroId,
    dopo: { consegna: id, ...input },
  })
}

async function consegneOf(s: Scope, r: RegistrazioneRow): Promise<ConsegnaDto[]> {
  if (r.tipo !== 'U') return []
  const passi = await query<PassoRow>(
    s,
    `select posizione, stato, to_char(giorno, 'YYYY-MM-DD') as giorno, estremi, autore_nome as autore, creato_il as "creatoIl" from consegna
      where ente_id = $1 and registrazione_id = $2 order by posizione, creato_il, id`,
    [s.ente.id, r.id],
  )
  return (await findSoggetti(s, r.id))
    .filter((soggetto) => soggetto.ruolo === 'destinatario')
    .map((soggetto) => {
      const suoi = passi.filter((passo) => passo.posizione === soggetto.posizione)
      const canale = soggetto.canale ?? r.mezzo
      return {
        posizione: soggetto.posizione,
        destinatario: nameOf(soggetto),
        perConoscenza: soggetto.perConoscenza,
        canale,
        stato: suoi.at(-1)?.stato ?? 'da-inviare',
        aMano: !CON_RICEVUTE.has(canale),
        passi: suoi.map(({ stato, giorno, estremi, autore, creatoIl }) => ({
          stato,
          giorno,
          estremi,
          autore,
          scrittoIl: creatoIl.toISOString(),
        })),
      }
    })
}
