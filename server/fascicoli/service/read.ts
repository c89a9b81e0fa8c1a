import type { ObjectStore } from '../../../storage/index.ts'
import { findFiles, replyWith } from '../../documenti/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import type { FileReply } from '../../kernel/endpoint.ts'
import { inReadTransaction, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { findAssegnazioni, findRigheById, findVisibleByDocumento } from '../../protocollo/index.ts'
import { findVociById, findVociConPiano } from '../../titolario/index.ts'
import { composeContorno } from './contorno.ts'
import { documentoNonNelFascicolo, fascicoloAssente } from '../errors.ts'
import { canSeeRiservata, sightOf, visibilitaFascicoliOf } from '../policy.ts'
import { presentDocumenti, presentFascicolo, presentRigaFascicolo } from '../presenter.ts'
import type { DocumentiCaricati } from '../presenter.ts'
import { findByIdOrSlug, findCandidati, findFascicoli, findVisto, hasRiservati } from '../repository.ts'
import {
  countDocumenti,
  findDocumenti,
  findFascicoloAssegnazioni,
  findFascicoloSoggetti,
  findFasi,
  findNonRegistrato,
  findStoria,
  findVersamento,
  hasFascicoloPrimario,
} from '../repository-contenuto.ts'
import type { Parte } from '../repository-contenuto.ts'
import type { FascicoloRow } from '../repository.ts'
import { rankProposte } from '../rules.ts'
import type { FascicoloDto, FiltriFascicoli, PropostaDto, RigaFascicoloDto } from '../schema.ts'

/** The fascicolo this person sees, whole or masked. Throws NotFound when it is not there or not visible: the answer is the same. */
export async function findVisibleFascicolo(scope: Scope, idOrSlug: string): Promise<FascicoloRow> {
  const row = await findByIdOrSlug(scope, idOrSlug)
  if (row === null || sightOf(visibilitaFascicoliOf(scope.attore), row) === 'niente') throw fascicoloAssente()
  return row
}

/** A fascicolo as its page shows it; the read is recorded (REQ-PROT-055). Documents this person may not read are there without their words. */
export async function readFascicolo(scope: Scope, idOrSlug: string): Promise<FascicoloDto> {
  const dto = await inReadTransaction(scope, async (s) => await compose(s, await findVisibleFascicolo(s, idOrSlug)))
  await recordFact(scope, { azione: 'fascicolo-letto', oggettoTipo: 'fascicolo', oggettoId: dto.id, fascicoloId: dto.id })
  return dto
}

/** The DTO of a fascicolo the caller has just changed. */
export async function presentFascicoloById(scope: Scope, idOrSlug: string): Promise<FascicoloDto> {
  return await inReadTransaction(scope, async (s) => await compose(s, await findVisibleFascicolo(s, idOrSlug)))
}

/** Documents in the first answer: a screenful and the next ones; the others are asked a part at a time. */
const PRIMI = 200

async function compose(s: Scope, row: FascicoloRow): Promise<FascicoloDto> {
  const visibilita = visibilitaFascicoliOf(s.attore)
  const mascherato = sightOf(visibilita, row) !== 'intero'
  const riservata = canSeeRiservata(visibilita, row)
  const { voce, percorso } = (await findVociConPiano(s, [row.voceId])).get(row.voceId) ?? {}
  const aoo = await queryOne<FascicoloDto['aoo']>(s, 'select denominazione, codice from aoo where ente_id = $1 and id = $2', [
    s.ente.id,
    row.aooId,
  ])
  if (voce === undefined || voce === null || aoo === null) throw new Error('a fascicolo without its voice')
  const contorno = {
    ...(await loadDocumenti(s, row.id, { da: 0, quanti: PRIMI, riservata })),
    voce,
    percorso: percorso ?? [],
    aoo,
    soggetti: await findFascicoloSoggetti(s, row.id),
    fasi: await findFasi(s, row.id),
    assegnazioni: await findFascicoloAssegnazioni(s, row.id),
    versamento: await findVersamento(s, row.id),
    storia: await findStoria(s, row.id, riservata),
    intorno: await composeContorno(s, row, mascherato),
    totaleDocumenti: await countDocumenti(s, row.id, riservata),
  }
  return presentFascicolo(row, contorno, s.ente, s.attore, mascherato)
}

async function loadDocumenti(s: Scope, fascicoloId: string, parte: Parte): Promise<DocumentiCaricati> {
  const documenti = await findDocumenti(s, fascicoloId, parte)
  const registrazioni = documenti.flatMap((d) => (d.registrazioneId === null ? [] : [d.registrazioneId]))
  const righe = await findRigheById(s, registrazioni)
  const files = await findFiles(
    s,
    documenti.map((d) => d.documentoId),
  )
  return { documenti, righe, files }
}

/** A part of the documents of a fascicolo, in the order nobody can change: large ones are read as they are scrolled. Throws NotFound. */
export async function listDocumenti(
  scope: Scope,
  idOrSlug: string,
  parte: { readonly da: number; readonly quanti: number },
): Promise<{ elementi: FascicoloDto['documenti']; totale: number }> {
  return await inReadTransaction(scope, async (s) => {
    const { id, riservata, mascherato } = await judgeSight(s, idOrSlug)
    const caricati = await loadDocumenti(s, id, { ...parte, riservata })
    return { elementi: presentDocumenti(caricati, mascherato), totale: await countDocumenti(s, id, riservata) }
  })
}

/** What this person sees of a fascicolo, for who reads a part of it: its documents are searched for riservati only when the answer depends on them. Throws NotFound. */
async function judgeSight(s: Scope, idOrSlug: string): Promise<{ id: string; riservata: boolean; mascherato: boolean }> {
  const visto = await findVisto(s, idOrSlug)
  if (visto === null) throw fascicoloAssente()
  const visibilita = visibilitaFascicoliOf(s.attore)
  const worst = sightOf(visibilita, { ...visto, riservato: true })
  const sight = worst === 'intero' ? worst : sightOf(visibilita, { ...visto, riservato: await hasRiservati(s, visto.id) })
  if (sight === 'niente') throw fascicoloAssente()
  return { id: visto.id, riservata: canSeeRiservata(visibilita, visto), mascherato: sight === 'mascherato' }
}

/**
 * A file of a document that is in the fascicolo and in no protocol register (those have their own door), for who sees the fascicolo whole and may read
 * the document; the read is recorded before the first byte. Throws NotFound.
 */
export async function openFileNonRegistrato(
  scope: Scope,
  idOrSlug: string,
  documentoId: string,
  fileId: string,
  store: ObjectStore,
): Promise<FileReply> {
  const { fascicolo, file } = await inReadTransaction(scope, async (s) => {
    const row = await findVisibleFascicolo(s, idOrSlug)
    const documento = await findNonRegistrato(s, row.id, documentoId)
    const visibilita = visibilitaFascicoliOf(s.attore)
    const readable = documento?.riservatezza === 'ORDINARIO' && (documento.area === 'comune' || canSeeRiservata(visibilita, row))
    if (!readable || sightOf(visibilita, row) !== 'intero') throw documentoNonNelFascicolo()
    return { fascicolo: row, file: (await findFiles(s, [documentoId])).find((f) => f.id === fileId) }
  })
  if (file === undefined) throw documentoNonNelFascicolo()
  await recordFact(scope, {
    azione: 'documento-letto',
    oggettoTipo: 'documento',
    oggettoId: documentoId,
    documentoId,
    fascicoloId: fascicolo.id,
    dopo: { file: file.nome, impronta: file.sha256 },
  })
  return await replyWith(scope, file, store)
}

/** The fascicoli this person sees, last opened first. */
export async function listFascicoli(scope: Scope, filtri: FiltriFascicoli): Promise<{ elementi: RigaFascicoloDto[]; totale: number }> {
  return await inReadTransaction(scope, async (s) => {
    const { rows, totale } = await findFascicoli(s, filtri)
    const visibilita = visibilitaFascicoliOf(s.attore)
    return {
      elementi: rows.map((r) => presentRigaFascicolo(r, sightOf(visibilita, r) !== 'intero', canSeeRiservata(visibilita, r))),
      totale,
    }
  })
}

/** Up to three open fascicoli that probably want a document this person can read, each with its reason. Throws NotFound. */
export async function proposeFascicoli(scope: Scope, documentoId: string): Promise<PropostaDto[]> {
  const registrazione = await findVisibleByDocumento(scope, documentoId)
  return await inReadTransaction(scope, async (s) => {
    const codiceVoce = (await findVociById(s, [registrazione.voceId])).get(registrazione.voceId)?.codice ?? ''
    const competente = (await findAssegnazioni(s, registrazione.id)).find((a) => a.tipo === 'competenza' && a.al === null)
    const documento = {
      oggetto: registrazione.oggetto,
      codiceVoce,
      ufficioId: competente?.ufficioId ?? null,
      giaFascicolato: await hasFascicoloPrimario(s, documentoId),
    }
    const found = rankProposte(documento, await findCandidati(s, documentoId, codiceVoce))
    return found.map(({ id, codice, slug, oggetto, responsabile, motivo }) => ({ id, codice, slug, oggetto, responsabile, motivo }))
  })
}
