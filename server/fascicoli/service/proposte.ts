import type { CampoErrato } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { identitaDi, inReadTransaction, inTransaction, insertRows, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { claimKey, digestRequest, findUfficiAttivi, findVisibleByDocumento, formatEtichetta, isIncaricato } from '../../protocollo/index.ts'
import { findVoceInForce } from '../../titolario/index.ts'
import {
  aperturaRiservata,
  azioneNonConsentita,
  chiaveUsata,
  datiFascicolo,
  documentoGiaProposto,
  propostaAssente,
  propostaDecisa,
  tipoNonAmmesso,
} from '../errors.ts'
import { readClock } from '../numbering.ts'
import { canOpenFascicolo, isGestore } from '../policy.ts'
import { findVisibili } from '../repository-contorno.ts'
import { countDaDecidere, findProposta, findProposte } from '../repository-proposte.ts'
import type { PropostaRow } from '../repository-proposte.ts'
import type { FascicoloRow } from '../repository.ts'
import { nuovoFascicolo } from '../schema.ts'
import type { NuovoFascicolo } from '../schema.ts'
import type { AccettazioneProposta, NuovaProposta, PropostaAperturaDto } from '../schema-proposte.ts'
import { openFascicoloWithin } from './open.ts'

/**
 * Proposes a fascicolo to the head of an office (REQ-FASC-010): for who may only insert in existing ones. No progressivo is taken. Same key and same request
 * give the first proposal. Answers its id. Throws NotFound for a document he may not see, InvalidInput, RuleViolation, Conflict.
 */
export async function proposeFascicolo(scope: Scope, input: NuovaProposta, chiave: string): Promise<string> {
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const richiesta = digestRequest(input)
    const earlier = await claimKey(tx, 'proposta-fascicolo', chiave, richiesta, id)
    if (earlier === null) return await writeProposta(tx, id, input, null)
    if (earlier.richiesta !== richiesta) throw chiaveUsata()
    return earlier.risultatoId
  })
}

/**
 * The same act inside the caller's transaction, also for the year that begins: `precedenteId` is the fascicolo it continues: null is answered when its
 * continuation waits or was accepted already (REQ-FASC-043). Answers the id of the proposal.
 */
export async function proposeWithin(tx: TxScope, input: NuovaProposta, precedenteId: string | null = null): Promise<string | null> {
  if (precedenteId !== null) {
    const known = await queryOne(
      tx,
      `select 1 from fascicolo_proposta where ente_id = $1 and precedente_id = $2 and stato <> 'RESPINTO' for update`,
      [tx.ente.id, precedenteId],
    )
    if (known !== null) return null
  }
  return await writeProposta(tx, newId(), input, precedenteId)
}

async function writeProposta(tx: TxScope, id: string, input: NuovaProposta, precedenteId: string | null): Promise<string> {
  const { ufficioId, documentoId, nota, ...dati } = input
  if (documentoId !== undefined) {
    await findVisibleByDocumento(tx, documentoId)
    const pending = await queryOne(tx, `select 1 from fascicolo_proposta where ente_id = $1 and documento_id = $2 and stato = 'PROPOSTO'`, [
      tx.ente.id,
      documentoId,
    ])
    if (pending !== null) throw documentoGiaProposto()
  }
  await checkProposta(tx, input)
  const riservata = await namesRiservati(tx, documentoId ?? null, precedenteId)
  await insertRows(tx, 'fascicolo_proposta', [
    {
      id,
      ufficio_id: ufficioId,
      stato: 'PROPOSTO',
      dati: json(dati),
      documento_id: documentoId ?? null,
      precedente_id: precedenteId,
      nota,
      riservata,
      proposta_da: tx.attore.id,
      proposta_da_nome: tx.attore.nome,
      proposta_il: (await readClock(tx)).istante,
    },
  ])
  tx.audit({
    azione: 'fascicolo-proposto',
    oggettoTipo: 'proposta',
    oggettoId: id,
    ...(documentoId === undefined ? {} : { documentoId }),
    ...(precedenteId === null ? {} : { fascicoloId: precedenteId }),
    dopo: { ufficio: ufficioId, oggetto: input.oggetto, tipo: input.tipo, nota },
  })
  return id
}

async function namesRiservati(tx: TxScope, documentoId: string | null, fascicoloId: string | null): Promise<boolean> {
  const row = await queryOne<{ riservata: boolean }>(
    tx,
    `select ($2::uuid is not null and app.documento_riservato($1, $2)) or exists (select 1 from fascicolo_documento fd where fd.ente_id = $1 and fd.fascicolo_id = $3
        and fd.tolto_il is null and app.documento_riservato(fd.ente_id, fd.documento_id)) as riservata`,
    [tx.ente.id, documentoId, fascicoloId],
  )
  return row?.riservata ?? true
}

/** What a proposal must get right at once; the rest is the business of who opens. Throws every wrong field together. */
async function checkProposta(tx: TxScope, input: NuovaProposta): Promise<void> {
  const voce = await findVoceInForce(tx, input.voceId)
  if (voce.tipiFascicolo.length > 0 && !voce.tipiFascicolo.includes(input.tipo)) throw tipoNonAmmesso(voce.codice, voce.tipiFascicolo)
  const campi: CampoErrato[] = []
  const ufficio = (await findUfficiAttivi(tx, [input.ufficioId])).get(input.ufficioId)
  if (ufficio === undefined) campi.push({ campo: 'ufficioId', messaggio: 'L’ufficio non esiste o è chiuso: scegline un altro.' })
  else if (input.responsabileId !== undefined && !(await isIncaricato(tx, input.responsabileId, ufficio.id)))
    campi.push({ campo: 'responsabileId', messaggio: 'Il responsabile non ha un incarico in questo ufficio.' })
  if (campi.length > 0) throw datiFascicolo(campi)
}

/** The proposals this person sees: his own, those of the offices he opens for; those to decide come first. */
export async function listProposte(scope: Scope, stato?: PropostaAperturaDto['stato']): Promise<PropostaAperturaDto[]> {
  return await inReadTransaction(scope, async (s) => await presentAll(s, await findProposte(s, stato)))
}

/** A proposal by id. Throws NotFound. */
export async function readProposta(scope: Scope, id: string): Promise<PropostaAperturaDto> {
  return await inReadTransaction(scope, async (s) => {
    const row = await findProposta(s, id)
    const [dto] = row === null ? [] : await presentAll(s, [row])
    if (dto === undefined) throw propostaAssente()
    return dto
  })
}

/** How many proposals wait for the decision of this person, riservati he may not read left out. */
export async function countProposte(s: Scope): Promise<number> {
  return await countDaDecidere(s)
}

async function presentAll(s: Scope, rows: readonly PropostaRow[]): Promise<PropostaAperturaDto[]> {
  const named = rows.flatMap((r) => [r.precedenteId, r.fascicoloId].filter((id) => id !== null))
  const seen = await findVisibili(s, named)
  const me = identitaDi(s.attore)
  return rows.map((r) => {
    const pending = r.stato === 'PROPOSTO'
    return {
      id: r.id,
      stato: r.stato,
      ufficio: { id: r.ufficioId, denominazione: r.ufficio },
      dati: r.dati,
      voce: { codice: r.voceCodice, denominazione: r.voceDenominazione },
      documento: presentDocumento(r),
      precedente: brief(r.precedenteId === null ? undefined : seen.get(r.precedenteId)),
      nota: r.nota,
      propostaDa: r.propostaDaNome,
      propostaIl: r.propostaIl.toISOString(),
      decisaDa: r.decisaDa,
      decisaIl: r.decisaIl?.toISOString() ?? null,
      motivo: r.motivo,
      fascicolo: brief(r.fascicoloId === null ? undefined : seen.get(r.fascicoloId)),
      azioni: { decidi: pending && canOpenFascicolo(s.attore, r.ufficioId), ritira: pending && me.includes(r.propostaDa) },
    }
  })
}

function presentDocumento(r: PropostaRow): PropostaAperturaDto['documento'] {
  if (r.documentoId === null || r.registrazioneId === null || r.anno === null || r.numero === null) return null
  return {
    id: r.documentoId,
    registrazioneId: r.registrazioneId,
    anno: r.anno,
    numero: r.numero,
    etichetta: formatEtichetta(r.numero, r.anno),
  }
}

const brief = (f: FascicoloRow | undefined): PropostaAperturaDto['fascicolo'] =>
  f === undefined ? null : { id: f.id, codice: f.codice, slug: f.slug, oggetto: f.oggetto }

async function lockProposta(tx: TxScope, id: string): Promise<PropostaRow> {
  await query(tx, 'select 1 from fascicolo_proposta where ente_id = $1 and id = $2 for update', [tx.ente.id, id])
  const row = await findProposta(tx, id)
  if (row === null) throw propostaAssente()
  return row
}

/**
 * Opens what was proposed, with what the head of the office changes or adds: sottoclasse, responsible person, area (REQ-FASC-010, REQ-TIT-022). Only now a
 * progressivo is taken. The one of a new year is linked to the one it continues. Same key and same request give the first result. Answers the id of the fascicolo.
 * Throws NotFound, Forbidden, Conflict when decided, InvalidInput with every field still wrong, RuleViolation.
 */
export async function acceptProposta(scope: Scope, id: string, input: AccettazioneProposta, chiave: string): Promise<string> {
  return await inTransaction(scope, async (tx) => {
    const row = await lockProposta(tx, id)
    const richiesta = digestRequest({ id, ...input })
    const earlier = await claimKey(tx, 'accettazione-proposta', chiave, richiesta, id)
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta || row.fascicoloId === null) throw chiaveUsata()
      return row.fascicoloId
    }
    if (!canOpenFascicolo(tx.attore, row.ufficioId)) throw aperturaRiservata()
    if (row.stato !== 'PROPOSTO') throw propostaDecisa()
    const fascicolo = await openFascicoloWithin(tx, complete(row, input), newId())
    await decide(tx, row, 'APERTO', { fascicoloId: fascicolo.id, motivo: null })
    if (row.precedenteId !== null) await linkPrecedente(tx, fascicolo.id, row.precedenteId)
    tx.audit({
      azione: 'proposta-accettata',
      oggettoTipo: 'proposta',
      oggettoId: id,
      fascicoloId: fascicolo.id,
      prima: { stato: row.stato, oggetto: row.dati.oggetto, propostaDa: row.propostaDaNome },
      dopo: { stato: 'APERTO', fascicolo: fascicolo.id },
    })
    return fascicolo.id
  })
}

/** The request of a new fascicolo: what was proposed with what is added over it. Throws InvalidInput with what is still missing. */
function complete(row: PropostaRow, input: AccettazioneProposta): NuovoFascicolo {
  const parsed = nuovoFascicolo.safeParse({
    visibileCittadino: false,
    ...row.dati,
    ...input,
    ufficioId: row.ufficioId,
    ...(row.documentoId === null ? {} : { documentoId: row.documentoId }),
  })
  if (!parsed.success) throw datiFascicolo(parsed.error.issues.map((i) => ({ campo: i.path.join('.'), messaggio: i.message })))
  return parsed.data
}

async function linkPrecedente(tx: TxScope, fascicoloId: string, altroId: string): Promise<void> {
  await insertRows(tx, 'fascicolo_collegamento', [
    {
      id: newId(),
      fascicolo_id: fascicoloId,
      altro_id: altroId,
      tipo: 'presupposto',
      motivo: 'Continua il fascicolo dell’anno precedente',
      creato_il: (await readClock(tx)).istante,
      creato_da: tx.attore.nome,
    },
  ])
}

async function decide(
  tx: TxScope,
  row: PropostaRow,
  stato: 'APERTO' | 'RESPINTO',
  d: { readonly fascicoloId: string | null; readonly motivo: string | null },
): Promise<void> {
  await query(
    tx,
    `update fascicolo_proposta set stato = $3, fascicolo_id = $4, motivo = $5, decisa_da_nome = $6, decisa_il = $7 where ente_id = $1 and id = $2`,
    [tx.ente.id, row.id, stato, d.fascicoloId, d.motivo, tx.attore.nome, (await readClock(tx)).istante],
  )
}

/**
 * Refuses a proposal, or takes back one's own, with the reason the proposer reads in the list. Nothing was numbered, nothing is left open. Throws NotFound,
 * Forbidden, Conflict when decided.
 */
export async function refuseProposta(scope: Scope, id: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockProposta(tx, id)
    const own = identitaDi(tx.attore).includes(row.propostaDa)
    if (!own && !isGestore(tx.attore) && !canOpenFascicolo(tx.attore, row.ufficioId)) throw azioneNonConsentita()
    if (row.stato !== 'PROPOSTO') throw propostaDecisa()
    await decide(tx, row, 'RESPINTO', { fascicoloId: null, motivo })
    tx.audit({
      azione: 'proposta-respinta',
      oggettoTipo: 'proposta',
      oggettoId: id,
      prima: { stato: row.stato, oggetto: row.dati.oggetto, propostaDa: row.propostaDaNome },
      dopo: { stato: 'RESPINTO' },
      motivo,
    })
  })
}
