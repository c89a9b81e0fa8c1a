import { createDocumentoWithin } from '../../documenti/index.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, json } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import {
  canChooseSottoclasse,
  claimKey,
  digestRequest,
  sottoclasseRiservata,
  translate,
  writePrimaClassificazione,
} from '../../protocollo/index.ts'
import { findVoceInForce } from '../../titolario/index.ts'
import { chiaveRiusata, datiRiga, repertorioAssente, repertorioChiuso, repertorioDiAltroUfficio } from '../errors.ts'
import { canRegisterRiga } from '../policy.ts'
import { findRepertorio, takeNumeroRepertorio } from '../repository.ts'
import type { RepertorioRow } from '../repository.ts'
import { datiErrors, formatEtichettaRepertorio, formatRiferimento } from '../rules.ts'
import type { NuovaRiga } from '../schema.ts'

/** The row that came out: new, or the one that the same key had already produced. */
export interface RigaRegistrata {
  readonly id: string
  readonly etichetta: string
  readonly ripetuta: boolean
}

/**
 * Registers a document in a repertory in one act (REQ-PROT-112): document, metadata, number and date given by the server, chained fact. It takes no protocol
 * number (REQ-PROT-113). Same key and same request give the first result. Throws InvalidInput with every wrong field, Forbidden for another office's
 * repertory, RuleViolation for a closed one; no number is consumed.
 */
export async function registerRiga(scope: Scope, repertorioId: string, input: NuovaRiga, chiave: string): Promise<RigaRegistrata> {
  try {
    return await inTransaction(scope, async (tx) => await registerRigaWithin(tx, repertorioId, input, chiave))
  } catch (error) {
    throw translate(error)
  }
}

/** The same act inside the caller's transaction. The counter of the repertory is the last lock taken. */
export async function registerRigaWithin(
  tx: TxScope,
  repertorioId: string,
  input: NuovaRiga,
  chiave: string,
  contenutiDelSistema = false,
): Promise<RigaRegistrata> {
  const id = newId()
  const richiesta = digestRequest({ repertorioId, input })
  const earlier = await claimKey(tx, 'registrazione-repertorio', chiave, richiesta, id)
  if (earlier !== null) {
    if (earlier.richiesta !== richiesta) throw chiaveRiusata()
    return { id: earlier.risultatoId, etichetta: '', ripetuta: true }
  }
  const repertorio = await findRepertorio(tx, { id: repertorioId })
  if (repertorio === null) throw repertorioAssente()
  if (!repertorio.attivo) throw repertorioChiuso(repertorio.denominazione)
  if (!canRegisterRiga(tx.attore, repertorio.ufficioId)) throw repertorioDiAltroUfficio(repertorio.ufficio ?? 'un altro ufficio')
  const voceId = await checkInput(tx, repertorio, input)
  const documento = await createDocumentoWithin(
    tx,
    {
      aooId: repertorio.aooId,
      oggetto: input.oggetto,
      tipologia: repertorio.tipologia,
      formazione: input.documento.formazione,
      riservatezza: input.riservato ? 'RISERVATO' : 'ORDINARIO',
      dataDocumento: input.dataDocumento ?? null,
      voceId,
      principale: input.documento,
      allegati: input.allegati,
      annessi: [],
    },
    contenutiDelSistema,
  )
  await writePrimaClassificazione(tx, documento.id, voceId)
  await tx.flush()
  const n = await takeNumeroRepertorio(tx, repertorio.id)
  const riferimento = formatRiferimento({ ipa: tx.ente.codiceIpa, aoo: repertorio.aooCodice, codice: repertorio.codice, ...n })
  const impronta = documento.files[0]?.sha256 ?? ''
  await insertRows(tx, 'registrazione_repertorio', [
    {
      id,
      repertorio_id: repertorio.id,
      serie: n.serie,
      anno: n.anno,
      numero: n.numero,
      istante: n.istante,
      giorno: n.giorno,
      riferimento,
      oggetto: input.oggetto,
      formatore: input.formatore,
      dati: json(input.dati),
      documento_id: documento.id,
      impronta,
      riservato: input.riservato,
      operatore_id: tx.attore.id,
      operatore_nome: tx.attore.nome,
      note: input.note,
    },
  ])
  tx.audit({
    azione: 'repertoriata',
    oggettoTipo: 'registrazione-repertorio',
    oggettoId: id,
    documentoId: documento.id,
    registroId: repertorio.id,
    dopo: { riferimento, impronta, oggetto: input.oggetto, formatore: input.formatore, dati: input.dati },
  })
  return { id, etichetta: formatEtichettaRepertorio(repertorio.codice, n.serie, n.numero), ripetuta: false }
}

/** Everything wrong at once; answers the voice in force. */
async function checkInput(tx: TxScope, repertorio: RepertorioRow, input: NuovaRiga): Promise<string> {
  const campi: CampoErrato[] = datiErrors(repertorio.campi, input.dati)
  if (input.dataDocumento !== undefined && input.dataDocumento > romeDay(now()))
    campi.push({ campo: 'dataDocumento', messaggio: 'La data del documento è nel futuro.' })
  const ids = [input.documento.contenutoId, ...input.allegati.map((a) => a.contenutoId)]
  if (new Set(ids).size !== ids.length) campi.push({ campo: 'allegati', messaggio: 'Lo stesso file compare due volte.' })
  let voceId = input.voceId
  try {
    const voce = await findVoceInForce(tx, input.voceId)
    // The sottoclasse comes with the fascicolo, whoever numbers the act (REQ-TIT-022).
    if (voce.livello > 2 && !canChooseSottoclasse(tx.attore)) throw sottoclasseRiservata()
    voceId = voce.id
  } catch (error) {
    if (!(error instanceof FaldoneError)) throw error
    campi.push(...(error.campi.length > 0 ? error.campi : [{ campo: 'voceId', messaggio: error.message }]))
  }
  if (campi.length > 0) throw datiRiga(campi)
  return voceId
}
