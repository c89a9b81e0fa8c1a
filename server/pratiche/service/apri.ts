import { openFascicoloWithin, bindProcedimentoWithin } from '../../fascicoli/index.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { romeDay } from '../../kernel/time.ts'
import {
  composeOggetto,
  computeTermine,
  faseOf,
  findRegole,
  findUltima,
  procedimentoAssente,
  TERMINE_ORDINARIO,
} from '../../procedimenti/index.ts'
import type { VersioneRow } from '../../procedimenti/index.ts'
import { claimKey, digestRequest, findCondizioni, findVisibleById, isIncaricato } from '../../protocollo/index.ts'
import type { RegistrazioneRow } from '../../protocollo/index.ts'
import { findVersioneInForce, findVoci } from '../../titolario/index.ts'
import {
  chiavePraticaUsata,
  datiPratica,
  praticaGiaAperta,
  procedimentoNonAttivo,
  registrazioneAnnullata,
  voceSuperata,
} from '../errors.ts'
import { findDoppia, readClock } from '../repository.ts'
import { silenzioOf } from '../rules.ts'
import type { NuovaPratica } from '../schema.ts'

/** The practice that came out: new, or the one that the same key had already produced. */
export interface PraticaAperta {
  readonly id: string
  readonly ripetuta: boolean
}

/**
 * Opens a procedure in one act (REQ-FASC-011): the fascicolo filled from the model in force, with the request that starts it inside, its first phase, and the
 * term counted from the arrival of the request, never from its registration (L. 241/1990 art. 2 c. 6, art. 18-bis). Same key and same request give the
 * first result. Throws what the opening of a fascicolo throws, and RuleViolation for a procedure out of use, Conflict for a request already opened.
 */
export async function openPratica(scope: Scope, input: NuovaPratica, chiave: string): Promise<PraticaAperta> {
  return await inTransaction(scope, async (tx) => await openPraticaWithin(tx, input, chiave))
}

/** The same act inside the caller's transaction, for composite acts. */
export async function openPraticaWithin(tx: TxScope, input: NuovaPratica, chiave: string): Promise<PraticaAperta> {
  const id = newId()
  const richiesta = digestRequest(input)
  const earlier = await claimKey(tx, 'pratica', chiave, richiesta, id)
  if (earlier !== null) {
    if (earlier.richiesta !== richiesta) throw chiavePraticaUsata()
    return { id: earlier.risultatoId, ripetuta: true }
  }
  const versione = await findUltima(tx, input.procedimentoId)
  if (versione === null) throw procedimentoAssente()
  if (!versione.attivo) throw procedimentoNonAttivo(versione.codice)
  const richiestaDi = await findRichiesta(tx, input, versione)
  const { oggi, istante } = await readClock(tx)
  const avvio = startOf(input, richiestaDi?.registrazione ?? null, oggi)
  const { regole, calendario } = await findRegole(tx, versione.aooId)
  const giorni = versione.termineGiorni ?? TERMINE_ORDINARIO
  const { termine, iniziale } = computeTermine(
    { avvio, giorni, unita: versione.termineUnita, proroga: 0, sospensioni: [], interruzioni: [] },
    regole,
    calendario,
  )
  const fascicolo = await openFascicoloWithin(tx, await fill(tx, input, versione, richiestaDi, oggi), `${chiave}-f`.slice(0, 100))
  await bindProcedimentoWithin(tx, fascicolo.id, versione.id, termine)
  await insertRows(tx, 'pratica', [
    {
      id,
      fascicolo_id: fascicolo.id,
      procedimento_id: versione.procedimentoId,
      versione_id: versione.id,
      registrazione_id: input.registrazioneId ?? null,
      avvio,
      termine_iniziale: iniziale,
      termine,
      silenzio_il: silenzioOf(versione.silenzio, termine),
      fascicolo_sospeso: false,
      creata_il: istante,
    },
  ])
  tx.audit({
    azione: 'pratica-aperta',
    oggettoTipo: 'pratica',
    oggettoId: id,
    fascicoloId: fascicolo.id,
    dopo: { procedimento: versione.codice, versione: versione.numero, avvio, termine },
  })
  return { id, ripetuta: false }
}

interface Richiesta {
  readonly registrazione: RegistrazioneRow
  readonly oggetto: string
  readonly mittente: string
}

/** The request as it is in force: seen by this person, not annulled, not already opened for this procedure. */
async function findRichiesta(tx: TxScope, input: NuovaPratica, versione: VersioneRow): Promise<Richiesta | null> {
  if (input.registrazioneId === undefined) return null
  const registrazione = await findVisibleById(tx, input.registrazioneId)
  const condizione = (await findCondizioni(tx, [registrazione.id])).get(registrazione.id)
  if (condizione?.annullata != null) throw registrazioneAnnullata()
  const doppia = await findDoppia(tx, versione.procedimentoId, registrazione.id)
  if (doppia !== null) throw praticaGiaAperta(doppia.codice)
  return { registrazione, oggetto: condizione?.oggetto ?? registrazione.oggetto, mittente: condizione?.corrispondente ?? '' }
}

/** Day the term runs from. A start d'ufficio is the one given, or today. */
function startOf(input: NuovaPratica, registrazione: RegistrazioneRow | null, oggi: string): string {
  if (registrazione !== null) return registrazione.dataArrivo === null ? registrazione.giorno : romeDay(registrazione.dataArrivo)
  if (input.avvio !== undefined && input.avvio > oggi) throw datiPratica([{ campo: 'avvio', messaggio: 'L’avvio è nel futuro.' }])
  return input.avvio ?? oggi
}

/** The fascicolo the model wants: what the person chose wins over the model, and what neither says is asked. */
async function fill(tx: TxScope, input: NuovaPratica, v: VersioneRow, richiesta: Richiesta | null, oggi: string) {
  const campi: CampoErrato[] = []
  const ufficioId = input.ufficioId ?? v.ufficioId
  if (ufficioId === null) campi.push({ campo: 'ufficioId', messaggio: 'Il modello non ha un ufficio: scegline uno.' })
  const responsabileId = input.responsabileId ?? v.responsabileId ?? (await findSelf(tx, ufficioId))
  if (responsabileId === null) campi.push({ campo: 'responsabileId', messaggio: 'Il modello non ha un responsabile: sceglilo.' })
  const valori = {
    procedimento: v.denominazione,
    mittente: richiesta?.mittente ?? '',
    oggetto: richiesta?.oggetto ?? '',
    anno: oggi.slice(0, 4),
  }
  if (campi.length > 0 || ufficioId === null || responsabileId === null) throw datiPratica(campi)
  return {
    voceId: await findVoceId(tx, v.codiceVoce),
    tipo: v.fascicolo.tipo,
    oggetto: input.oggetto ?? composeOggetto(v.fascicolo.oggetto, valori),
    responsabileId,
    ufficioId,
    amministrazioniPartecipanti: [],
    visibileCittadino: input.visibileCittadino ?? v.fascicolo.visibileCittadino,
    ...(input.interessati === undefined
      ? v.fascicolo.interessatiDalMittente
        ? {}
        : { interessati: [] }
      : { interessati: input.interessati }),
    ...(v.fascicolo.tipo === 'procedimento amministrativo'
      ? { procedimento: { materia: v.materia, denominazione: v.denominazione, fase: faseOf(v.passi, () => true) } }
      : {}),
    ...(richiesta === null ? {} : { documentoId: richiesta.registrazione.documentoId }),
  }
}

/** The person who opens it, when he works in the office in charge. */
async function findSelf(tx: TxScope, ufficioId: string | null): Promise<string | null> {
  if (ufficioId === null || tx.attore.tipo !== 'operatore') return null
  return (await isIncaricato(tx, tx.attore.id, ufficioId)) ? tx.attore.id : null
}

async function findVoceId(tx: TxScope, codice: string): Promise<string> {
  const versione = await findVersioneInForce(tx)
  const voce = versione === null ? undefined : (await findVoci(tx, versione.id)).find((v) => v.codice === codice && v.chiusaDal === null)
  if (voce === undefined) throw voceSuperata(codice)
  return voce.id
}
