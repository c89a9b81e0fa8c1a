import { findContenuti } from '../../documenti/index.ts'
import { canFileDocumento, findVisibleFascicolo } from '../../fascicoli/index.ts'
import type { FascicoloRow } from '../../fascicoli/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, json, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { formatItalianInstant, now } from '../../kernel/time.ts'
import { chiaveGiaUsata, claimKey, digestRequest, findVisibleById } from '../../protocollo/index.ts'
import { findVociById } from '../../titolario/index.ts'
import {
  bozzaAssente,
  bozzaCambiata,
  classeMancante,
  fascicoloNonLavorabile,
  fileEstraneo,
  modelloAssente,
  statoNonAmmesso,
  testoNonAmmesso,
  ufficioMancante,
} from '../errors.ts'
import { compila, senzaCampi } from '../modello/compila.ts'
import { parseTesto, TestoNonAmmesso } from '../modello/html.ts'
import { valoriDi } from '../modello/campi.ts'
import { canSeeBozza, ufficioProposto } from '../policy.ts'
import { presentBozza, presentRiga } from '../presenter.ts'
import { findBozza, findModello, listBozze, lockBozza, updateBozza } from '../repository.ts'
import type { BozzaRow } from '../repository.ts'
import { cambiaDocumento, contenutiOf, isAmmesso, vistaOf } from '../rules.ts'
import type { Passo } from '../rules.ts'
import { datiBozza } from '../schema.ts'
import type { BozzaDto, DatiBozza, FiltriBozze, ModificaBozza, NuovaBozza, RigaBozzaDto } from '../schema.ts'
import { loadFatti } from './fatti.ts'
import { proposeFrom } from './proposta.ts'

const OPERAZIONE = 'bozza'

/** One page of a view of the drafts this person sees. */
export async function readBozze(scope: Scope, filtri: FiltriBozze): Promise<{ elementi: RigaBozzaDto[]; totale: number }> {
  return await inReadTransaction(scope, async (s) => {
    const { rows, totale } = await listBozze(s, filtri)
    return { elementi: rows.map(presentRiga), totale }
  })
}

/** A draft with its fields and what may be done. Throws NotFound when it is not there or not this person's to see: the answer is the same. */
export async function readBozza(scope: Scope, id: string): Promise<BozzaDto> {
  return await inReadTransaction(scope, async (s) => await presentBozza(s, await findVisibleBozza(s, id)))
}

/** The row this person may see, or NotFound. */
export async function findVisibleBozza(scope: Scope, id: string): Promise<BozzaRow> {
  const row = await findBozza(scope, id)
  if (row === null || !canSeeBozza(scope.attore, vistaOf(row))) throw bozzaAssente()
  return row
}

/** The row under its lock, in a state from which the step is taken and in the version the person saw. Throws NotFound, Conflict, RuleViolation. */
export async function lockFor(tx: TxScope, id: string, passo: Passo, versione: number | null, azione: string): Promise<BozzaRow> {
  const row = await lockBozza(tx, id)
  if (row === null || !canSeeBozza(tx.attore, vistaOf(row))) throw bozzaAssente()
  if (versione !== null && row.versione !== versione) throw bozzaCambiata(row.aggiornataDa, formatItalianInstant(row.aggiornataIl))
  if (!isAmmesso(passo, row.stato)) throw statoNonAmmesso(row.stato, azione)
  return row
}

/**
 * A draft becomes a document of the ente when it is prepared, signed or sent to the protocol office: from then on it has titolo and classe, numbered or not
 * (REQ-TIT-020). Throws InvalidInput on `voceId` when it has none, or a titolo that has classi.
 */
export async function assertClassificata(scope: Scope, voceId: string | null): Promise<void> {
  const voce = voceId === null ? undefined : (await findVociById(scope, [voceId])).get(voceId)
  if (voce === undefined || (voce.livello === 1 && voce.haFigli)) throw classeMancante()
}

/**
 * Begins a draft of an incoming, outgoing or internal document. One that answers a registration starts from its data and is linked to it as `risposta`
 * (it never takes its number, REQ-PROT-015); one that copies a registration starts from the same data without the link. Same key, same draft.
 * Throws NotFound for what this person cannot see, InvalidInput without an office for what the ente writes.
 */
export async function createBozza(scope: Scope, input: NuovaBozza, chiave: string): Promise<BozzaDto> {
  const nuova = newId()
  const id = await inTransaction(scope, async (tx) => {
    const richiesta = digestRequest(input)
    const earlier = await claimKey(tx, OPERAZIONE, chiave, richiesta, nuova)
    if (earlier === null) {
      await insertBozza(tx, nuova, input)
      return nuova
    }
    if (earlier.richiesta !== richiesta) throw chiaveGiaUsata()
    return earlier.risultatoId
  })
  return await readBozza(scope, id)
}

async function insertBozza(tx: TxScope, id: string, input: NuovaBozza): Promise<void> {
  const origine = input.rispostaA ?? input.duplica
  const proposta = origine === undefined ? {} : await proposeFrom(tx, origine, input.tipo, input.rispostaA !== undefined)
  const fascicolo = input.fascicoloId === undefined ? null : await findLavorabile(tx, input.fascicoloId)
  const modello = input.modelloId === undefined ? null : await findModello(tx, input.modelloId)
  if (input.modelloId !== undefined && modello === null) throw modelloAssente()
  const ufficioId = input.ufficioId ?? proposta.ufficioId ?? ufficioProposto(tx.attore)
  if (ufficioId === null && input.tipo !== 'E') throw ufficioMancante()
  const dati = datiBozza.parse({
    ...(modello === null ? {} : { tipologia: modello.tipologia }),
    ...(fascicolo === null ? {} : { voceId: fascicolo.voceId }),
    ...proposta.dati,
    ...input.dati,
  })
  await assertOwnFiles(tx, dati, [])
  await insertRows(tx, 'bozza', [
    {
      id,
      tipo: input.tipo,
      stato: 'IN_LAVORAZIONE',
      dati: json(dati),
      modello_id: modello?.id ?? null,
      corpo: modello?.formato === 'HTML' ? modello.corpo : '',
      ufficio_id: ufficioId,
      fascicolo_id: fascicolo?.id ?? proposta.fascicoloId ?? null,
      risposta_a: input.rispostaA ?? null,
      richiede_firma: modello?.richiedeFirma ?? input.tipo === 'U',
      nota_protocollo: '',
      riservata: dati.riservatezza !== 'ORDINARIO',
      versione: 1,
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      creata_il: now().toISOString(),
      aggiornata_da: tx.attore.nome,
      aggiornata_il: now().toISOString(),
    },
  ])
  if (modello !== null && modello.oggetto !== '' && dati.oggetto === '') await fillOggetto(tx, id, modello.oggetto)
  tx.audit({ azione: 'bozza-creata', oggettoTipo: 'bozza', oggettoId: id, dopo: { tipo: input.tipo, modello: modello?.nome ?? null } })
}

/** The subject a template proposes, with what is known now; what is missing stays written, to be seen. */
async function fillOggetto(tx: TxScope, id: string, oggetto: string): Promise<void> {
  const row = (await findBozza(tx, id)) as BozzaRow
  const { testo } = compila(oggetto, valoriDi(await loadFatti(tx, row)), (value) => value)
  await query(tx, 'update bozza set dati = dati || jsonb_build_object($3::text, $4::text) where ente_id = $1 and id = $2', [
    tx.ente.id,
    id,
    'oggetto',
    testo.slice(0, 500),
  ])
}

/**
 * Saves what was written. A version that is not the last one is refused, with who changed it and when: nothing is overwritten. Throws Conflict,
 * InvalidInput for a text outside the subset and for files that are not of the draft, NotFound.
 */
export async function saveBozza(scope: Scope, id: string, input: ModificaBozza): Promise<BozzaDto> {
  await inTransaction(scope, async (tx) => {
    const frozen = (await findVisibleBozza(tx, id)).stato !== 'IN_LAVORAZIONE'
    const row = await lockFor(tx, id, frozen ? 'completa' : 'modifica', input.versione, 'riprendila in lavorazione per modificarla')
    if (frozen && cambiaDocumento(row, input)) throw statoNonAmmesso(row.stato, 'riprendila in lavorazione per cambiare il documento')
    if (frozen || row.alProtocolloIl !== null) await assertClassificata(tx, input.dati.voceId)
    await assertOwnFiles(tx, input.dati, contenutiOf(row.dati))
    assertTesto(input.corpo)
    if (input.fascicoloId != null && input.fascicoloId !== row.fascicoloId) await findLavorabile(tx, input.fascicoloId)
    const modello = input.modelloId == null ? null : await findModello(tx, input.modelloId)
    if (input.modelloId != null && modello === null) throw modelloAssente()
    for (const link of input.dati.collegamenti) {
      if (!row.dati.collegamenti.some((known) => known.registrazioneId === link.registrazioneId))
        await findVisibleById(tx, link.registrazioneId)
    }
    await updateBozza(tx, id, {
      dati: input.dati,
      preparazione: null,
      riservata: input.dati.riservatezza !== 'ORDINARIO',
      ...(input.corpo === undefined ? {} : { corpo: input.corpo }),
      ...(input.ufficioId === undefined ? {} : { ufficio_id: input.ufficioId }),
      ...(input.modelloId === undefined ? {} : { modello_id: input.modelloId }),
      ...(input.fascicoloId === undefined ? {} : { fascicolo_id: input.fascicoloId }),
      ...(input.richiedeFirma === undefined ? {} : { richiede_firma: input.richiedeFirma }),
    })
  })
  return await readBozza(scope, id)
}

/** A fascicolo this person works in: the document will be put there when it has its number. Throws NotFound, Forbidden. */
async function findLavorabile(tx: TxScope, id: string): Promise<FascicoloRow> {
  const fascicolo = await findVisibleFascicolo(tx, id)
  if (!canFileDocumento(tx.attore, fascicolo)) throw fascicoloNonLavorabile()
  return fascicolo
}

/** Files of a draft are those it already had and those this person uploaded: an id alone gives no file of others. */
async function assertOwnFiles(tx: TxScope, dati: DatiBozza, known: readonly string[]): Promise<void> {
  const fresh = contenutiOf(dati).filter((contenutoId) => !known.includes(contenutoId))
  const found = await findContenuti(tx, fresh)
  if (fresh.some((contenutoId) => found.get(contenutoId)?.caricatoDa !== tx.attore.id)) throw fileEstraneo()
}

/** Throws InvalidInput when a text is not of the subset. Its fields are not judged here. */
export function assertTesto(corpo: string | undefined): void {
  if (corpo === undefined || corpo.trim() === '') return
  try {
    parseTesto(senzaCampi(corpo))
  } catch (error) {
    if (error instanceof TestoNonAmmesso) throw testoNonAmmesso(error.message)
    throw error
  }
}
