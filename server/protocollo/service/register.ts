import { chainDigest, CHAIN_START } from '../../kernel/audit.ts'
import { createDocumentoWithin } from '../../documenti/index.ts'
import type { DocumentoCreato } from '../../documenti/index.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { sqlState } from '../../kernel/problem.ts'
import { inTransaction, insertMany } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import { createTurno } from '../../kernel/turno.ts'
import { findVoceInForce } from '../../titolario/index.ts'
import type { VoceInPlan } from '../../titolario/index.ts'
import { chiaveGiaUsata, datiDaCorreggere, orologioIndietro, registroAssente, registroSospeso, sottoclasseRiservata } from '../errors.ts'
import { canChooseSottoclasse } from '../policy.ts'
import { claimKey, findRegistro, findUfficiAttivi, insertNumbered, isIncaricato, takeNumero } from '../repository.ts'
import type { Numero, RegistroRow, UfficioRow } from '../repository.ts'
import { PRIMA_CLASSIFICAZIONE, digestRequest, findErrors, toSoggettoColumns } from '../rules.ts'
import type { NuovaRegistrazioneEntrata, RegistrazioneDto } from '../schema.ts'
import { assertSegnaturaWritable, segnaturaText, segnaturaXml } from '../segnatura.ts'
import type { SegnaturaFacts } from '../segnatura.ts'
import { presentNuova } from './nuova.ts'

/** What a composite act adds to an incoming registration: files that travel with it as evidence, and who checked that they may be used. */
export interface OpzioniEntrata {
  /** Evidence kept with the document and not counted among the attachments (the transport envelope). */
  readonly annessi?: readonly { readonly contenutoId: string; readonly nome: string; readonly descrizione: string }[]
  /** The contents were staged by the system (a message's parts): the caller answers for the right to use them. */
  readonly contenutiDelSistema?: boolean
}

/** The registration that came out: new, or the one that the same key had already produced. */
export interface Registrata {
  readonly id: string
  readonly ripetuta: boolean
  /** To be asked after the commit: a new one as it would be read, without reading it; null when it must be read. */
  readonly present: () => RegistrazioneDto | null
}

/** Places of an ente in this process: more would only wait for the register's lock, each with a connection in hand that the readers need. */
const POSTI = 4
const turno = createTurno(POSTI)

/** Runs an act of registration in its turn. The row lock stays the judge: another process may hold it. */
export async function inTurno<T>(scope: Scope, act: (tx: TxScope) => Promise<T>): Promise<T> {
  return await turno(scope.ente.id, async () => await inTransaction(scope, act))
}

/**
 * Registers an incoming document in one act and one transaction (TUDA 53 c. 3; REQ-PROT-035): document and files, correspondents, classification,
 * first assignment, later effects; then number, segnatura and chained event. Same key and same request give the first result (REQ-PROT-037).
 * Throws InvalidInput with every wrong field, Conflict for a key used otherwise, NotFound for files or voices that are not there; no number is consumed.
 */
export async function registerInArrivo(scope: Scope, input: NuovaRegistrazioneEntrata, chiave: string): Promise<Registrata> {
  try {
    return await inTurno(scope, async (tx) => await registerInArrivoWithin(tx, input, chiave))
  } catch (error) {
    throw translate(error)
  }
}

/** Refusals of the counter as errors of ours; everything else as it is. */
export function translate(error: unknown): unknown {
  if (error instanceof FaldoneError) return error
  const state = sqlState(error)
  if (state === 'FA001') return orologioIndietro()
  if (state === 'FA404') return registroAssente()
  if (state === 'FA085') return registroSospeso()
  return error
}

/** The same act inside the caller's transaction, for composite acts. Locks the register's counter last. */
export async function registerInArrivoWithin(
  tx: TxScope,
  input: NuovaRegistrazioneEntrata,
  chiave: string,
  opzioni: OpzioniEntrata = {},
): Promise<Registrata> {
  const id = newId()
  const richiesta = digestRequest(input)
  const earlier = await claimKey(tx, 'registrazione', chiave, richiesta, id)
  if (earlier !== null) {
    if (earlier.richiesta !== richiesta) throw chiaveGiaUsata()
    return { id: earlier.risultatoId, ripetuta: true, present: () => null }
  }
  const refs = await loadReferences(tx, input)
  const documento = await createDocumentoWithin(
    tx,
    {
      aooId: refs.registro.aooId,
      oggetto: input.oggetto,
      tipologia: input.tipologia,
      formazione: input.documento.formazione,
      riservatezza: input.riservatezza,
      dataDocumento: input.dataDocumento ?? null,
      voceId: refs.voce.id,
      principale: input.documento,
      allegati: input.allegati,
      annessi: opzioni.annessi ?? [],
    },
    opzioni.contenutiDelSistema === true,
  )
  const facts: SegnaturaFacts = {
    ente: tx.ente,
    registro: refs.registro,
    oggetto: input.oggetto,
    riservato: input.riservatezza !== 'ORDINARIO',
    voce: refs.voce,
    mittente: input.mittenti[0] as (typeof input.mittenti)[number],
    ufficio: refs.ufficio,
    documento,
  }
  assertSegnaturaWritable(facts, romeDay(now()))
  const atto: Atto = { id, input, refs, documento, facts, adesso: now(), assegnazioni: assignmentsOf(input) }
  await insertUnnumbered(tx, atto)
  tx.emit({ tipo: 'registrazioneCreata', id })
  await tx.flush()
  const numero = await takeNumero(tx, refs.registro.id)
  await insertWithNumero(tx, atto, numero)
  return { id, ripetuta: false, present: () => presentNuova(tx.attore, atto, numero) }
}

/** An act of registration with everything but its number. */
export interface Atto {
  readonly id: string
  readonly input: NuovaRegistrazioneEntrata
  readonly refs: References
  readonly documento: DocumentoCreato
  readonly facts: SegnaturaFacts
  readonly adesso: Date
  readonly assegnazioni: readonly PrimaAssegnazione[]
}

/** An assignment the registration begins with. */
interface PrimaAssegnazione {
  readonly id: string
  readonly ufficioId: string
  readonly operatoreId: string | null
  readonly tipo: 'competenza' | 'conoscenza'
  readonly stato: string
}

function assignmentsOf(input: NuovaRegistrazioneEntrata): PrimaAssegnazione[] {
  const { ufficioId, operatoreId = null } = input.assegnazione
  return [
    { id: newId(), ufficioId, operatoreId, tipo: 'competenza', stato: 'da_prendere_in_carico' },
    ...[...new Set(input.perConoscenza)].map((u): PrimaAssegnazione => ({
      id: newId(),
      ufficioId: u,
      operatoreId: null,
      tipo: 'conoscenza',
      stato: 'per_conoscenza',
    })),
  ]
}

interface References {
  readonly registro: RegistroRow
  readonly voce: VoceInPlan
  /** The office in charge. */
  readonly ufficio: UfficioRow
  /** Every office named, by id. */
  readonly uffici: ReadonlyMap<string, UfficioRow>
}

/** Loads what the request names through the fence, and throws every wrong field together (REQ-PROT-020). */
async function loadReferences(tx: TxScope, input: NuovaRegistrazioneEntrata): Promise<References> {
  const campi: CampoErrato[] = findErrors(input, now())
  const registro = await findRegistro(tx, input.registroId ?? null)
  if (registro === null) campi.push({ campo: 'registroId', messaggio: 'Il registro non esiste o non è attivo.' })
  const voce = await findVoce(tx, input.voceId, campi)
  const uffici = await findUfficiAttivi(tx, [input.assegnazione.ufficioId, ...input.perConoscenza])
  const ufficio = uffici.get(input.assegnazione.ufficioId)
  if (ufficio === undefined)
    campi.push({ campo: 'assegnazione.ufficioId', messaggio: 'L’ufficio non esiste o è chiuso: scegline un altro.' })
  input.perConoscenza.forEach((u, i) => {
    if (!uffici.has(u)) campi.push({ campo: `perConoscenza.${i}`, messaggio: 'L’ufficio non esiste o è chiuso.' })
  })
  const { operatoreId } = input.assegnazione
  if (operatoreId !== undefined && ufficio !== undefined && !(await isIncaricato(tx, operatoreId, ufficio.id))) {
    campi.push({ campo: 'assegnazione.operatoreId', messaggio: 'La persona non ha un incarico in questo ufficio.' })
  }
  if (registro === null || voce === null || ufficio === undefined || campi.length > 0) throw datiDaCorreggere(campi)
  return { registro, voce, ufficio, uffici }
}

async function findVoce(tx: TxScope, voceId: string, campi: CampoErrato[]): Promise<VoceInPlan | null> {
  try {
    const voce = await findVoceInForce(tx, voceId)
    if (voce.livello > 2 && !canChooseSottoclasse(tx.attore)) throw sottoclasseRiservata()
    return voce
  } catch (error) {
    if (!(error instanceof FaldoneError)) throw error
    campi.push(...(error.campi.length > 0 ? error.campi : [{ campo: 'voceId', messaggio: error.message }]))
    return null
  }
}

/** Rows that do not carry the number: correspondents, classification, assignments. */
async function insertUnnumbered(tx: TxScope, { id, input, refs, documento, adesso, assegnazioni }: Atto): Promise<void> {
  const dal = adesso.toISOString()
  const autore = { autore_id: tx.attore.id, autore_nome: tx.attore.nome }
  await insertMany(tx, [
    [
      'soggetto',
      input.mittenti.map((m, i) => ({ id: newId(), registrazione_id: id, ruolo: 'mittente', posizione: i + 1, ...toSoggettoColumns(m) })),
    ],
    [
      'classificazione',
      [{ id: newId(), documento_id: documento.id, voce_id: refs.voce.id, dal, ...autore, motivo: PRIMA_CLASSIFICAZIONE }],
    ],
    [
      'assegnazione',
      assegnazioni.map((a) => ({
        id: a.id,
        registrazione_id: id,
        documento_id: documento.id,
        ufficio_id: a.ufficioId,
        operatore_id: a.operatoreId,
        tipo: a.tipo,
        stato: a.stato,
        dal,
        ...autore,
      })),
    ],
  ])
}

/** The rows that carry the number, while the counter's lock is held: nothing slow here. */
async function insertWithNumero(tx: TxScope, { id, input, refs, documento, facts }: Atto, n: Numero): Promise<void> {
  const impronta = documento.files[0]?.sha256 ?? ''
  const testo = segnaturaText(facts, 'E', n)
  const link = {
    id: newId(),
    progressivo: n.catenaProgressivo + 1,
    istante: `${n.istante.slice(0, 23)}Z`,
    attoreId: tx.attore.id,
    azione: 'registrata',
    oggettoTipo: 'registrazione',
    oggettoId: id,
    dati: JSON.stringify({
      prima: null,
      dopo: { segnatura: testo, impronta, oggetto: input.oggetto, voce: refs.voce.codice, ufficio: refs.ufficio.codice },
      motivo: null,
    }),
    improntaPrecedente: n.catenaImpronta ?? CHAIN_START,
  }
  await insertNumbered(
    tx,
    {
      id,
      registro_id: refs.registro.id,
      anno: n.anno,
      numero: n.numero,
      istante: n.istante,
      giorno: n.giorno,
      tipo: 'E',
      oggetto: input.oggetto,
      mezzo: input.mezzo,
      data_arrivo: input.dataArrivo,
      protocollo_mittente: input.protocolloMittente?.numero ?? null,
      data_protocollo_mittente: input.protocolloMittente?.data ?? null,
      documento_id: documento.id,
      impronta,
      segnatura: testo,
      riservato: facts.riservato,
      operatore_id: tx.attore.id,
      operatore_nome: tx.attore.nome,
      note: input.note,
    },
    segnaturaXml(facts, n),
    { ...link, impronta: chainDigest(link), documentoId: documento.id, attoreNome: tx.attore.nome },
  )
}
