import { query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { chiaveGiaUsata, claimKey, digestRequest, inTurno, presentById, registerInArrivoWithin, translate } from '../../protocollo/index.ts'
import type { NuovaRegistrazioneEntrata, RegistrazioneDto } from '../../protocollo/index.ts'
import { fileEstraneo, messaggioAssente, messaggioGiaTrattato, mezzoNonVerificato } from '../errors.ts'
import { findMessaggio } from '../repository.ts'
import type { MessaggioRow } from '../repository.ts'
import { defaultFiles } from '../rules.ts'
import type { ParteSalvata } from '../rules.ts'
import type { RegistrazioneMessaggioIn } from '../schema.ts'
import { lockWorkable } from './queue.ts'

const OPERAZIONE = 'registrazione-messaggio'

/**
 * Registers a message: the one transaction gives the number, writes the document with the raw message kept as evidence (REQ-PROT-025) and marks the
 * message registered. Files default to the proposed ones and must be parts of the message. Same key and same request give the first result.
 * Throws NotFound, Conflict when the message was already worked or is held, RuleViolation for PEC on an unverified message; no number is consumed.
 */
export async function registerMessaggio(
  scope: Scope,
  id: string,
  input: RegistrazioneMessaggioIn,
  chiave: string,
): Promise<RegistrazioneDto> {
  let registrazioneId: string
  try {
    registrazioneId = await inTurno(scope, async (tx) => await registerMessaggioWithin(tx, id, input, chiave))
  } catch (error) {
    throw translate(error)
  }
  return await presentById(scope, registrazioneId)
}

/** The same act inside the caller's transaction (register and file in one act). Answers the registration's id. */
export async function registerMessaggioWithin(tx: TxScope, id: string, input: RegistrazioneMessaggioIn, chiave: string): Promise<string> {
  const richiesta = digestRequest({ id, input })
  const earlier = await claimKey(tx, OPERAZIONE, chiave, richiesta, id)
  if (earlier !== null) return await replay(tx, earlier, richiesta)
  const row = await lockWorkable(tx, id)
  const nuova = completeInput(row, input)
  const { id: registrazioneId, ripetuta } = await registerInArrivoWithin(tx, nuova, chiave, {
    annessi: evidence(row, nuova),
    contenutiDelSistema: true,
  })
  // The key belongs to a registration that did not come from this message.
  if (ripetuta) throw chiaveGiaUsata()
  await query(
    tx,
    `update messaggio set stato = 'registrato', registrazione_id = $3, bloccato_da = null, bloccato_da_nome = null, bloccato_il = null where ente_id = $1 and id = $2`,
    [tx.ente.id, id, registrazioneId],
  )
  tx.audit({
    azione: 'messaggio-registrato',
    oggettoTipo: 'messaggio',
    oggettoId: id,
    prima: { stato: row.stato },
    dopo: { stato: 'registrato', registrazioneId },
  })
  return registrazioneId
}

async function replay(tx: TxScope, earlier: { richiesta: string; risultatoId: string }, richiesta: string): Promise<string> {
  if (earlier.richiesta !== richiesta) throw chiaveGiaUsata()
  const row = await findMessaggio(tx, earlier.risultatoId)
  if (row === null) throw messaggioAssente()
  if (row.registrazioneId === null) throw messaggioGiaTrattato(row.stato)
  return row.registrazioneId
}

function completeInput(row: MessaggioRow, input: RegistrazioneMessaggioIn): NuovaRegistrazioneEntrata {
  const verified = row.tipo === 'pec' && row.controlli.verificato
  const mezzo = input.mezzo ?? (verified ? 'PEC' : 'PEO')
  if (mezzo === 'PEC' && !verified) throw mezzoNonVerificato()
  const proposed = defaultFiles(row.parti)
  const documento = input.documento ?? asFile(proposed.principale)
  const allegati =
    input.allegati ??
    proposed.allegati
      .filter((part) => part.id !== documento?.contenutoId)
      .map((part) => ({ contenutoId: part.id, nome: part.nome, descrizione: '' }))
  if (documento === null) throw fileEstraneo()
  const own = new Set(row.parti.map((part) => part.id))
  // Contents of the message were staged by the system: only these may be taken without being the uploader.
  if (![documento, ...allegati].every((file) => own.has(file.contenutoId))) throw fileEstraneo()
  return {
    ...input,
    mezzo,
    dataArrivo: input.dataArrivo ?? row.ricevutoIl.toISOString(),
    documento: { ...documento, formazione: 'messaggio' },
    allegati,
  }
}

function asFile(part: ParteSalvata | null): { contenutoId: string; nome: string; descrizione: string } | null {
  return part === null ? null : { contenutoId: part.id, nome: part.nome, descrizione: '' }
}

/** Evidence kept with the document: the message as received first, then certified data, original message and segnatura, unless already among the files. */
function evidence(row: MessaggioRow, input: NuovaRegistrazioneEntrata): { contenutoId: string; nome: string; descrizione: string }[] {
  const used = new Set([input.documento, ...input.allegati].map((file) => file?.contenutoId))
  const describe: Readonly<Record<string, string>> = {
    busta: row.tipo === 'pec' ? 'Busta di trasporto come ricevuta' : 'Messaggio come ricevuto',
    daticert: 'Dati di certificazione del gestore',
    originale: 'Messaggio originale',
    segnatura: 'Segnatura del mittente',
  }
  return row.parti
    .filter((part) => describe[part.ruolo] !== undefined && !used.has(part.id))
    .map((part) => ({ contenutoId: part.id, nome: part.nome, descrizione: describe[part.ruolo] ?? '' }))
}
