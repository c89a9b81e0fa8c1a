import type { ObjectStore } from '../../../storage/index.ts'
import { checkAnnullamento, writeAnnullamento } from '../../../metadata-schemas/segnatura/index.ts'
import { replyWith } from '../../documenti/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import type { FileReply } from '../../kernel/endpoint.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { romeTime } from '../../kernel/time.ts'
import { findCondizioni } from '../condizioni.ts'
import type { Condizione } from '../condizioni.ts'
import { annullamentoGiaComunicato, annullamentoInPreparazione, annullamentoNonDovuto, soloRgd } from '../errors-atti.ts'
import { datiDaCorreggere } from '../errors.ts'
import { findCopie } from '../lists.ts'
import { isRgd } from '../policy.ts'
import { findById, findSoggetti, lockRegistro } from '../repository.ts'
import type { RegistrazioneRow } from '../repository.ts'
import { formatEtichetta } from '../rules.ts'
import type { ComunicazioneAnnullamentoDto, InvioAnnullamentoIn } from '../schema/comunicazione.ts'
import { nameOf } from '../soggetti.ts'
import type { SoggettoRow } from '../soggetti.ts'
import { correct } from '../vigente.ts'
import { legalInstant } from './annulla.ts'
import { assertVisible, findVisibleById } from './read.ts'

/** The other AOO an annulled incoming document came from, as the sender stands corrected; null when nobody is to be told (REQ-PROT-052). */
export async function findAltraAoo(scope: Scope, r: RegistrazioneRow, condizione: Condizione | undefined): Promise<SoggettoRow | null> {
  if (r.tipo !== 'E') return null
  const vigente = correct({ row: r, soggetti: await findSoggetti(scope, r.id) }, condizione?.correzioni ?? [])
  return vigente.soggetti.find((s) => s.ruolo === 'mittente' && s.tipo === 'PAI') ?? null
}

/**
 * The annulment message of Allegato 6 for an annulled incoming registration of another AOO: our identifier, reason, provvedimento. Null when none is owed.
 * Throws Error when the message would not be valid: a fault of ours.
 */
export async function composeAnnullamento(scope: Scope, id: string): Promise<string | null> {
  const r = await findById(scope, id)
  const condizione = (await findCondizioni(scope, [id])).get(id)
  const annullata = condizione?.annullata ?? null
  if (r === null || annullata === null || (await findAltraAoo(scope, r, condizione)) === null) return null
  const xml = writeAnnullamento({
    identificatore: {
      codiceAmministrazione: scope.ente.codiceIpa,
      descrizioneAmministrazione: scope.ente.denominazione,
      codiceAoo: r.aooCodice,
      descrizioneAoo: r.aooDenominazione,
      codiceRegistro: r.registroCodice,
      numero: r.numero,
      data: r.giorno,
      ora: romeTime(r.istante),
    },
    motivo: annullata.motivo,
    provvedimento: annullata.provvedimento,
  })
  const esito = checkAnnullamento(xml)
  if (!esito.valido) throw new Error(`annulment message not valid: ${esito.errori.map((e) => e.messaggio).join('; ')}`)
  return xml
}

/** Whether the other AOO is to be told of an annulment, and how far it is. Throws NotFound. */
export async function readComunicazione(scope: Scope, id: string): Promise<ComunicazioneAnnullamentoDto> {
  return await inReadTransaction(scope, async (s) => await comunicazioneOf(s, await assertVisible(s, await findById(s, id))))
}

async function comunicazioneOf(s: Scope, r: RegistrazioneRow): Promise<ComunicazioneAnnullamentoDto> {
  const condizione = (await findCondizioni(s, [r.id])).get(r.id)
  const altra = condizione?.annullata ? await findAltraAoo(s, r, condizione) : null
  if (altra === null) return { dovuta: false, destinatario: '', indirizzo: '', pronta: false, invio: null }
  const invio = await queryOne<{
    inviatoIl: Date
    mezzo: 'PEC' | 'COOPERAZIONE' | 'ALTRO'
    indirizzo: string
    estremi: string
    autore: string
  }>(
    s,
    `select inviato_il as "inviatoIl", mezzo, indirizzo, estremi, autore_nome as autore from invio_annullamento where ente_id = $1 and registrazione_id = $2`,
    [s.ente.id, r.id],
  )
  return {
    dovuta: true,
    destinatario: nameOf(altra),
    indirizzo: altra.indirizzoDigitale ?? '',
    pronta: (await findCopie(s, r.id)).some((c) => c.tipo === 'annullamento'),
    invio: invio === null ? null : { ...invio, inviatoIl: invio.inviatoIl.toISOString() },
  }
}

/** The message as it is to be sent (`Annullamento.xml`); the read is recorded. Throws NotFound, RuleViolation when none is owed, Conflict while it is made. */
export async function openAnnullamento(scope: Scope, id: string, store: ObjectStore): Promise<FileReply> {
  const { row, copia } = await inReadTransaction(scope, async (s) => {
    const visible = await assertVisible(s, await findById(s, id))
    if (!(await comunicazioneOf(s, visible)).dovuta) throw annullamentoNonDovuto()
    return { row: visible, copia: (await findCopie(s, id)).find((c) => c.tipo === 'annullamento') }
  })
  if (copia === undefined) throw annullamentoInPreparazione()
  await recordFact(scope, {
    azione: 'documento-letto',
    oggettoTipo: 'registrazione',
    oggettoId: id,
    documentoId: row.documentoId,
    dopo: { file: copia.nome, impronta: copia.sha256 },
  })
  return await replyWith(scope, copia, store)
}

/**
 * Writes that the message left for the other AOO, with its proof, in the chain of the register: once. RGD or vicario only. Throws Forbidden, NotFound,
 * RuleViolation when none is owed, Conflict while it is not ready or when it was told already, InvalidInput for an instant before the annulment or to come.
 */
export async function recordInvioAnnullamento(scope: Scope, id: string, input: InvioAnnullamentoIn): Promise<ComunicazioneAnnullamentoDto> {
  if (!isRgd(scope.attore)) throw soloRgd()
  return await inTransaction(scope, async (tx) => {
    const r = await findVisibleById(tx, id)
    await lockRegistro(tx, r.registroId)
    const now = await comunicazioneOf(tx, r)
    if (!now.dovuta) throw annullamentoNonDovuto()
    if (!now.pronta) throw annullamentoInPreparazione()
    if (now.invio !== null) throw annullamentoGiaComunicato()
    const annullata = (await findCondizioni(tx, [id])).get(id)?.annullata
    const il = await legalInstant(tx)
    const inviatoIl = new Date(input.inviatoIl)
    if (inviatoIl > new Date(il)) throw datiDaCorreggere([{ campo: 'inviatoIl', messaggio: 'L’invio è nel futuro.' }])
    if (annullata && inviatoIl < annullata.il)
      throw datiDaCorreggere([{ campo: 'inviatoIl', messaggio: 'L’invio viene prima dell’annullamento.' }])
    const row = { inviato_il: inviatoIl.toISOString(), mezzo: input.mezzo, indirizzo: input.indirizzo, estremi: input.estremi }
    await insertRows(tx, 'invio_annullamento', [
      { registrazione_id: id, ...row, autore_id: tx.attore.id, autore_nome: tx.attore.nome, creato_il: il },
    ])
    tx.audit({
      azione: 'annullamento-comunicato',
      oggettoTipo: 'registrazione',
      oggettoId: id,
      documentoId: r.documentoId,
      registroId: r.registroId,
      dopo: { ...row, destinatario: now.destinatario },
    })
    return await comunicazioneOf(tx, r)
  })
}

/** Annulments that the other AOO has not been told yet, oldest first: the work list of the RGD. Throws Forbidden. */
export async function listComunicazioniAperte(
  scope: Scope,
): Promise<{ id: string; etichetta: string; destinatario: string; annullataIl: string }[]> {
  if (!isRgd(scope.attore)) throw soloRgd()
  return await inReadTransaction(scope, async (s) => {
    const rows = await query<{ id: string; il: Date }>(
      s,
      `select r.id, a.deciso_il as il from decisione_atto a join registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id
        where a.ente_id = $1 and a.atto = 'annullamento' and a.esito = 'AUTORIZZATO' and r.tipo = 'E'
          and exists (select 1 from copia_segnata k where k.ente_id = r.ente_id and k.registrazione_id = r.id and k.tipo = 'annullamento')
          and not exists (select 1 from invio_annullamento i where i.ente_id = r.ente_id and i.registrazione_id = r.id)
        order by a.deciso_il, r.id limit 200`,
      [s.ente.id],
    )
    const open = []
    for (const { id, il } of rows) {
      const r = await findById(s, id)
      if (r === null) continue
      const { destinatario } = await comunicazioneOf(s, r)
      open.push({ id, etichetta: formatEtichetta(r.numero, r.anno), destinatario, annullataIl: il.toISOString() })
    }
    return open
  })
}
