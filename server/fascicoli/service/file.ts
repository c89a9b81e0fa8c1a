import { documentoAssente } from '../../documenti/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { findVisibleByDocumento, lockRegistro, reclassifyDocumentoWithin, reclassifyWithin } from '../../protocollo/index.ts'
import type { RegistrazioneRow } from '../../protocollo/index.ts'
import { findVociById, isInLinea } from '../../titolario/index.ts'
import {
  areaUguale,
  azioneNonConsentita,
  documentoCambiato,
  documentoNonNelFascicolo,
  fascicoloAssente,
  fascicoloChiuso,
  giaNelFascicolo,
  motivoAreaMancante,
  visibilitaUguale,
} from '../errors.ts'
import { canDecideFascicolo, canFileDocumento, sightOf, visibilitaFascicoliOf } from '../policy.ts'
import { lockFascicolo } from '../repository.ts'
import { findCollocazione, hasFascicoloPrimario, lockDocumento } from '../repository-contenuto.ts'
import type { FascicoloRow } from '../repository.ts'
import { areaProposta, isAperto, placeDocumento } from '../rules.ts'
import type { Versioni } from '../rules.ts'
import type { Area, NuovoDocumentoFascicolo, TipoFascicolo } from '../schema.ts'

const RICLASSIFICA = 'Sottoclasse del fascicolo in cui il documento è inserito'

/** A document ready to be written into a fascicolo: locked, of the right voice, with its area decided. */
export interface Filing {
  readonly documentoId: string
  readonly etichetta: string
  readonly area: Area
  readonly motivo: string | null
  readonly principale: boolean
}

/** Locks a fascicolo this person sees whole. Throws NotFound otherwise. */
export async function lockVisibleFascicolo(tx: TxScope, idOrSlug: string): Promise<FascicoloRow> {
  const row = await lockFascicolo(tx, idOrSlug)
  if (row === null || sightOf(visibilitaFascicoliOf(tx.attore), row) !== 'intero') throw fascicoloAssente()
  return row
}

/**
 * Puts a document this person can read into an open fascicolo (REQ-FASC-014, REQ-FASC-015). The first filing gives the document the fascicolo's
 * sottoclasse, with history; one fascicolo is primary, the others are links (REQ-FASC-016). Area: `comune` for ordinary documents and `riservata` for
 * the others, unless another one is asked with its reason (CAD 41 c. 2-quater). Throws NotFound, Forbidden, Conflict, RuleViolation.
 */
export async function fileDocumento(
  scope: Scope,
  fascicolo: string,
  input: NuovoDocumentoFascicolo,
  altri: readonly TrovaDocumento[] = [],
): Promise<void> {
  await inTransaction(scope, async (tx) => await fileDocumentoWithin(tx, fascicolo, input, altri))
}

/** The same act inside the caller's transaction, for composite acts. */
export async function fileDocumentoWithin(
  tx: TxScope,
  fascicolo: string,
  input: NuovoDocumentoFascicolo,
  altri: readonly TrovaDocumento[] = [],
): Promise<void> {
  const row = await lockVisibleFascicolo(tx, fascicolo)
  if (!canFileDocumento(tx.attore, row)) throw azioneNonConsentita()
  if (!isAperto(row.stato)) throw fascicoloChiuso(row.codice)
  const altro = await findAltro(tx, input.documentoId, altri)
  const registrazione = altro === null ? await findVisibleByDocumento(tx, input.documentoId) : null
  if ((await findCollocazione(tx, row.id, input.documentoId)) !== null) throw giaNelFascicolo(row.codice)
  const wanted = { area: input.area, motivo: input.motivo }
  const filing =
    registrazione === null
      ? await prepareAltro(tx, altro as AltroDocumento, row, wanted)
      : await prepareFiling(tx, registrazione, row, wanted)
  await fileWithin(tx, row, filing)
  await query(tx, 'update fascicolo set versione = versione + 1 where ente_id = $1 and id = $2', [tx.ente.id, row.id])
}

/** A document that is in no protocol register and that this person may read: of a repertory, for one. */
export interface AltroDocumento {
  readonly documentoId: string
  readonly etichetta: string
  readonly voceId: string
}
/** How an upper room answers for its documents; null for one it does not know or the person may not see. */
export type TrovaDocumento = (scope: Scope, documentoId: string) => Promise<AltroDocumento | null>

async function findAltro(scope: Scope, documentoId: string, altri: readonly TrovaDocumento[]): Promise<AltroDocumento | null> {
  for (const trova of altri) {
    const found = await trova(scope, documentoId)
    if (found !== null) return found
  }
  return null
}

/** Place and area of a document that is not registered: classified and filed like the others (REQ-PROT-014). Locks the document. */
async function prepareAltro(
  tx: TxScope,
  d: AltroDocumento,
  f: { voceId: string; codiceVoce: string; tipo: TipoFascicolo },
  wanted: { area?: Area | undefined; motivo?: string | undefined },
): Promise<Filing> {
  const locked = await lockDocumento(tx, d.documentoId)
  if (locked === null) throw documentoAssente()
  if (locked.voceId !== d.voceId) throw documentoCambiato()
  const giaFascicolato = await hasFascicoloPrimario(tx, d.documentoId)
  const collocazione = placeDocumento({ ...(await voceOf(tx, d.voceId, f.voceId)), giaFascicolato }, f)
  if (collocazione === 'riclassifica') {
    const codice = await reclassifyDocumentoWithin(tx, d, f.voceId, RICLASSIFICA, true)
    tx.audit({
      azione: 'riclassificato',
      oggettoTipo: 'documento',
      oggettoId: d.documentoId,
      documentoId: d.documentoId,
      prima: { voceId: d.voceId },
      dopo: { voceId: f.voceId, codice },
      motivo: RICLASSIFICA,
    })
  }
  const proposta = areaProposta(locked.riservatezza)
  const area = wanted.area ?? proposta
  if (area !== proposta && wanted.motivo === undefined) throw motivoAreaMancante(area)
  return { documentoId: d.documentoId, etichetta: d.etichetta, area, motivo: wanted.motivo ?? null, principale: !giaFascicolato }
}

/** Decides place and area of a document and gives it the fascicolo's sottoclasse where it is missing. Locks register counter, then document. */
export async function prepareFiling(
  tx: TxScope,
  registrazione: RegistrazioneRow & { codiceVoce?: string },
  f: { voceId: string; codiceVoce: string; tipo: TipoFascicolo },
  wanted: { area?: Area | undefined; motivo?: string | undefined },
): Promise<Filing> {
  const { documentoId } = registrazione
  const giaFascicolato = await hasFascicoloPrimario(tx, documentoId)
  const collocazione = placeDocumento({ ...(await voceOf(tx, registrazione.voceId, f.voceId)), giaFascicolato }, f)
  // The register's counter always comes before the document: the same order as every other change of classification.
  if (collocazione === 'riclassifica') await lockRegistro(tx, registrazione.registroId)
  const locked = await lockDocumento(tx, documentoId)
  if (locked === null) throw documentoAssente()
  if (locked.voceId !== registrazione.voceId || (await hasFascicoloPrimario(tx, documentoId)) !== giaFascicolato) throw documentoCambiato()
  if (collocazione === 'riclassifica') await reclassifyWithin(tx, registrazione, f.voceId, RICLASSIFICA, true)
  const proposta = areaProposta(locked.riservatezza)
  const area = wanted.area ?? proposta
  if (area !== proposta && wanted.motivo === undefined) throw motivoAreaMancante(area)
  const etichetta = `${String(registrazione.numero).padStart(7, '0')}/${registrazione.anno}`
  return { documentoId, etichetta, area, motivo: wanted.motivo ?? null, principale: !giaFascicolato }
}

/** The code of a document's voice, and how its version stands to that of the fascicolo's voice. */
async function voceOf(tx: TxScope, voceId: string, fascicoloVoceId: string): Promise<{ codiceVoce: string; versioni: Versioni }> {
  const found = await findVociById(tx, [voceId, fascicoloVoceId])
  const [own, other] = [found.get(voceId), found.get(fascicoloVoceId)]
  const same = own?.versioneId === other?.versioneId
  const versioni = same ? 'stessa' : (await isInLinea(tx, voceId, fascicoloVoceId)) ? 'in linea' : 'estranee'
  return { codiceVoce: own?.codice ?? '', versioni }
}

/** Writes the place of a prepared document, with its trace. */
export async function fileWithin(tx: TxScope, f: { readonly id: string; readonly codice: string }, filing: Filing): Promise<void> {
  await insertRows(tx, 'fascicolo_documento', [
    {
      id: newId(),
      fascicolo_id: f.id,
      documento_id: filing.documentoId,
      area: filing.area,
      principale: filing.principale,
      inserito_il: await instantOf(tx),
      inserito_da: tx.attore.nome,
      tolto_il: null,
    },
  ])
  tx.audit({
    azione: 'documento-fascicolato',
    oggettoTipo: 'documento',
    oggettoId: filing.documentoId,
    documentoId: filing.documentoId,
    fascicoloId: f.id,
    dopo: { fascicolo: f.codice, documento: filing.etichetta, area: filing.area, principale: filing.principale },
    ...(filing.motivo === null ? {} : { motivo: filing.motivo }),
  })
}

async function instantOf(tx: TxScope): Promise<string> {
  const [row] = await query<{ istante: Date }>(tx, 'select clock_timestamp() as istante')
  return (row as { istante: Date }).istante.toISOString()
}

/** Moves a document between common and reserved area, with a reason that stays in the trail (CAD 41 c. 2-quater, REQ-FASC-013). */
export async function changeArea(
  scope: Scope,
  fascicolo: string,
  documentoId: string,
  input: { area: Area; motivo: string },
): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    const place = await findCollocazione(tx, row.id, documentoId)
    if (place === null) throw documentoNonNelFascicolo()
    await findVisibleByDocumento(tx, documentoId)
    if (place.area === input.area) throw areaUguale()
    await query(tx, 'update fascicolo_documento set area = $3 where ente_id = $1 and id = $2', [tx.ente.id, place.id, input.area])
    await touch(tx, row)
    tx.audit({
      azione: 'area-cambiata',
      oggettoTipo: 'documento',
      oggettoId: documentoId,
      documentoId,
      fascicoloId: row.id,
      prima: { area: place.area },
      dopo: { area: input.area },
      motivo: input.motivo,
    })
  })
}

/** Opens or closes the fascicolo to the citizens it concerns, with a reason that stays in the trail (REQ-FASC-021). */
export async function changeVisibilita(
  scope: Scope,
  fascicolo: string,
  input: { visibileCittadino: boolean; motivo: string },
): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    if (row.visibileCittadino === input.visibileCittadino) throw visibilitaUguale()
    const params = [tx.ente.id, row.id, input.visibileCittadino]
    // Its parts follow: access is that of the whole (REQ-FASC-030).
    const whole = `(select id from fascicolo where ente_id = $1 and (id = $2 or fascicolo_padre_id = $2))`
    await query(tx, `update fascicolo set visibile_cittadino = $3 where ente_id = $1 and id in ${whole}`, params)
    await query(tx, `update fascicolo_soggetto set visibile = $3 where ente_id = $1 and fascicolo_id in ${whole}`, params)
    await touch(tx, row)
    tx.audit({
      azione: 'visibilita-cambiata',
      oggettoTipo: 'fascicolo',
      oggettoId: row.id,
      fascicoloId: row.id,
      prima: { visibileCittadino: row.visibileCittadino },
      dopo: { visibileCittadino: input.visibileCittadino },
      motivo: input.motivo,
    })
  })
}

/** A change while open makes a new version; a closed fascicolo keeps the version that was transferred. */
async function touch(tx: TxScope, row: FascicoloRow): Promise<void> {
  if (!isAperto(row.stato)) return
  await query(tx, 'update fascicolo set versione = versione + 1 where ente_id = $1 and id = $2', [tx.ente.id, row.id])
}
