import type { CampoErrato } from '../../kernel/errors.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, json, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { romeDay } from '../../kernel/time.ts'
import {
  claimKey,
  digestRequest,
  findSoggetti,
  findUfficiAttivi,
  findVisibleByDocumento,
  fromSoggettoRow,
  isIncaricato,
  toSoggettoColumns,
} from '../../protocollo/index.ts'
import type { RegistrazioneRow, SoggettoDto } from '../../protocollo/index.ts'
import { findConservazione, findVoceInForce } from '../../titolario/index.ts'
import type { VoceInPlan } from '../../titolario/index.ts'
import { aperturaRiservata, chiaveUsata, datiFascicolo, sottoclasseMancante, tipoNonAmmesso } from '../errors.ts'
import { takeProgressivo } from '../numbering.ts'
import type { Progressivo } from '../numbering.ts'
import { canOpenFascicolo } from '../policy.ts'
import { FASE_INIZIALE, formatCodice, formatSlug, isDiPersona, openingErrors, serieOf, termineOf } from '../rules.ts'
import type { NuovoFascicolo } from '../schema.ts'
import { fileWithin, prepareFiling } from './file.ts'

/** The fascicolo that came out: new, or the one that the same key had already produced. */
export interface FascicoloAperto {
  readonly id: string
  readonly ripetuta: boolean
}

/**
 * Opens a fascicolo in one act (REQ-FASC-010, REQ-FASC-011): identifier and progressivo, parties, assignment, first phase of a procedure, and the
 * document that started it. Same key and same request give the first result. Throws Forbidden for who may not open it, InvalidInput with every wrong
 * field, RuleViolation when the sottoclasse is missing (REQ-TIT-022), Conflict for a key used otherwise; no progressivo is consumed.
 */
export async function openFascicolo(scope: Scope, input: NuovoFascicolo, chiave: string): Promise<FascicoloAperto> {
  return await inTransaction(scope, async (tx) => await openFascicoloWithin(tx, input, chiave))
}

/** The same act inside the caller's transaction, for composite acts. The series counter is the last lock taken. */
export async function openFascicoloWithin(tx: TxScope, input: NuovoFascicolo, chiave: string): Promise<FascicoloAperto> {
  const id = newId()
  const richiesta = digestRequest(input)
  const earlier = await claimKey(tx, 'fascicolo', chiave, richiesta, id)
  if (earlier !== null) {
    if (earlier.richiesta !== richiesta) throw chiaveUsata()
    return { id: earlier.risultatoId, ripetuta: true }
  }
  if (!canOpenFascicolo(tx.attore, input.ufficioId)) throw aperturaRiservata()
  const registrazione = input.documentoId === undefined ? null : await findVisibleByDocumento(tx, input.documentoId)
  const interessati = input.interessati ?? (registrazione === null ? [] : await proposeInteressati(tx, registrazione.id))
  const refs = await loadReferences(tx, input, interessati)
  const serie = serieOf(input.tipo, refs.voce.codice)
  const filing =
    registrazione === null
      ? null
      : await prepareFiling(
          tx,
          registrazione,
          { voceId: refs.voce.id, codiceVoce: refs.voce.codice, tipo: input.tipo },
          { area: input.area, motivo: input.motivoArea },
        )
  const numero = await takeProgressivo(tx, refs.aooId, serie)
  const fascicolo = { id, codice: formatCodice(numero.anno, serie, numero.progressivo) }
  await insertFascicolo(tx, fascicolo, input, refs, numero, registrazione)
  await insertAround(tx, id, input, interessati, numero)
  tx.audit({
    azione: 'fascicolo-aperto',
    oggettoTipo: 'fascicolo',
    oggettoId: id,
    fascicoloId: id,
    dopo: {
      codice: fascicolo.codice,
      oggetto: input.oggetto,
      tipo: input.tipo,
      voce: refs.voce.codice,
      responsabile: input.responsabileId,
      visibileCittadino: input.visibileCittadino,
    },
  })
  if (filing !== null) await fileWithin(tx, fascicolo, filing)
  return { id, ripetuta: false }
}

/** Who asked is who is concerned: people and organisations among the senders, with the fiscal code they are later recognised by (REQ-FASC-021). */
async function proposeInteressati(tx: TxScope, registrazioneId: string): Promise<SoggettoDto[]> {
  const rows = await findSoggetti(tx, registrazioneId)
  return rows
    .filter((r) => r.ruolo === 'mittente')
    .map(fromSoggettoRow)
    .filter((s) => s.tipo === 'PF' || s.tipo === 'PG')
}

interface References {
  readonly voce: VoceInPlan
  readonly aooId: string
}

/** Loads what the request names through the fence, and throws every wrong field together. */
async function loadReferences(tx: TxScope, input: NuovoFascicolo, interessati: readonly SoggettoDto[]): Promise<References> {
  const campi: CampoErrato[] = openingErrors(input, interessati)
  const voce = await findVoce(tx, input, campi)
  const ufficio = (await findUfficiAttivi(tx, [input.ufficioId])).get(input.ufficioId)
  if (ufficio === undefined) campi.push({ campo: 'ufficioId', messaggio: 'L’ufficio non esiste o è chiuso: scegline un altro.' })
  else if (!(await isIncaricato(tx, input.responsabileId, ufficio.id))) {
    campi.push({ campo: 'responsabileId', messaggio: 'Il responsabile non ha un incarico in questo ufficio.' })
  }
  const aoo = await queryOne<{ aooId: string }>(tx, 'select aoo_id as "aooId" from ufficio where ente_id = $1 and id = $2', [
    tx.ente.id,
    input.ufficioId,
  ])
  if (campi.length > 0 || voce === null || aoo === null) throw datiFascicolo(campi)
  return { voce, aooId: aoo.aooId }
}

async function findVoce(tx: TxScope, input: NuovoFascicolo, campi: CampoErrato[]): Promise<VoceInPlan | null> {
  try {
    const voce = await findVoceInForce(tx, input.voceId)
    if (voce.haFigli && voce.sottoclasseObbligatoria && !isDiPersona(input.tipo)) throw sottoclasseMancante(voce.codice)
    if (voce.tipiFascicolo.length > 0 && !voce.tipiFascicolo.includes(input.tipo)) throw tipoNonAmmesso(voce.codice, voce.tipiFascicolo)
    return voce
  } catch (error) {
    // Alone it keeps its own code; with other wrong fields it is one of them.
    if (!(error instanceof FaldoneError) || campi.length === 0) throw error
    campi.push(...(error.campi.length > 0 ? error.campi : [{ campo: 'voceId', messaggio: error.message }]))
    return null
  }
}

async function insertFascicolo(
  tx: TxScope,
  f: { id: string; codice: string },
  input: NuovoFascicolo,
  refs: References,
  n: Progressivo,
  registrazione: RegistrazioneRow | null,
): Promise<void> {
  const serie = serieOf(input.tipo, refs.voce.codice)
  const inizio =
    registrazione === null ? n.giorno : registrazione.dataArrivo === null ? registrazione.giorno : romeDay(registrazione.dataArrivo)
  await insertRows(tx, 'fascicolo', [
    {
      id: f.id,
      aoo_id: refs.aooId,
      codice: f.codice,
      slug: formatSlug(n.anno, serie, refs.voce.etichetta, n.progressivo),
      anno: n.anno,
      serie,
      progressivo: n.progressivo,
      voce_id: refs.voce.id,
      tipo: input.tipo,
      oggetto: input.oggetto,
      stato: 'APERTO',
      ufficio_id: input.ufficioId,
      responsabile_id: input.responsabileId,
      aperto_il: n.giorno,
      chiuso_il: null,
      esito: null,
      nota_chiusura: null,
      materia: input.procedimento?.materia ?? null,
      procedimento: input.procedimento?.denominazione ?? null,
      termine: input.procedimento === undefined ? null : termineOf(inizio, input.procedimento.termineGiorni),
      visibile_cittadino: input.visibileCittadino,
      conservazione_anni: (await findConservazione(tx, { voceId: refs.voce.id, tipoFascicolo: input.tipo })).anni,
      versione: 1,
      creato_il: n.istante,
      fascicolo_padre_id: null,
      livello: 0,
      posizione_fisica: input.posizioneFisica ?? null,
      note: input.note ?? null,
      parole_chiave: json(input.paroleChiave ?? []),
      stato_dal: null,
      stato_motivo: null,
    },
  ])
}

/** Parties, first assignment (REQ-FASC-023), first phase of a procedure. */
async function insertAround(
  tx: TxScope,
  fascicoloId: string,
  input: NuovoFascicolo,
  interessati: readonly SoggettoDto[],
  n: Progressivo,
): Promise<void> {
  const row = (ruolo: string) => (s: SoggettoDto, i: number) => ({
    id: newId(),
    fascicolo_id: fascicoloId,
    ruolo,
    posizione: i + 1,
    ...toSoggettoColumns(s),
    visibile: input.visibileCittadino,
  })
  await insertRows(tx, 'fascicolo_soggetto', [
    ...interessati.map(row('interessato')),
    ...input.amministrazioniPartecipanti.map(row('amministrazione')),
  ])
  await insertRows(tx, 'fascicolo_assegnazione', [
    {
      id: newId(),
      fascicolo_id: fascicoloId,
      tipo: 'competenza',
      ufficio_id: input.ufficioId,
      operatore_id: input.responsabileId,
      dal: n.istante,
      al: null,
    },
  ])
  if (input.procedimento !== undefined)
    await insertRows(tx, 'fase', [
      { id: newId(), fascicolo_id: fascicoloId, fase: input.procedimento.fase ?? FASE_INIZIALE, dal: n.giorno, al: null },
    ])
}
