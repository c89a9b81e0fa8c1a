import type { ObjectStore } from '../../../storage/index.ts'
import { replyWith } from '../../documenti/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import type { FileReply } from '../../kernel/endpoint.ts'
import { inReadTransaction, inTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import {
  giaConservato,
  pacchettoNonPronto,
  pacchettoRiservato,
  rapportoAssente,
  rifiutato,
  soloProduttore,
  versamentoAssente,
} from '../errors.ts'
import { isProduttore } from '../policy.ts'
import { assertSottoscritto, recordPassoWithin } from '../../registro/index.ts'
import { posizioneOf, presentVersamento } from '../presenter.ts'
import { findPacchetto, findVersamento, listVersamenti, lockUltimoTentativo, lockVersamento, updateVersamento } from '../repository.ts'
import type { FiltriVersamenti, VersamentoRow } from '../repository.ts'
import { resumeFrom } from '../rules.ts'
import type { VersamentoDto } from '../schema.ts'
import { prepareRegistro } from './prepare-registro.ts'

/** Transfers of the ente, newest first. */
export async function readVersamenti(scope: Scope, filtri: FiltriVersamenti): Promise<{ elementi: VersamentoDto[]; totale: number }> {
  const { righe, totale } = await inReadTransaction(scope, async (s) => await listVersamenti(s, filtri))
  return { elementi: righe.map((v) => presentVersamento(v, scope.attore)), totale }
}

/** One transfer. Throws NotFound. */
export async function readVersamento(scope: Scope, id: string): Promise<VersamentoDto> {
  return presentVersamento(await found(scope, id), scope.attore)
}

async function found(scope: Scope, id: string): Promise<VersamentoRow> {
  const row = await findVersamento(scope, id)
  if (row === null) throw versamentoAssente()
  return row
}

async function recordRead(scope: Scope, v: VersamentoRow, file: string): Promise<void> {
  await recordFact(scope, {
    azione: 'versamento-letto',
    oggettoTipo: 'versamento',
    oggettoId: v.id,
    ...(v.fascicoloId === null ? {} : { fascicoloId: v.fascicoloId }),
    dopo: { idPdv: v.idPdv, file },
  })
}

/**
 * The package as it was or will be sent, with verified bytes; the read is recorded before the first of them leaves. It holds every document of the
 * fascicolo: only a produttore opens it. Throws Forbidden, NotFound, Conflict while it is being built.
 */
export async function openPacchetto(scope: Scope, id: string, store: ObjectStore): Promise<FileReply> {
  if (!isProduttore(scope.attore)) throw pacchettoRiservato()
  const row = await found(scope, id)
  const parti = await findPacchetto(scope, id)
  if (parti === null) throw pacchettoNonPronto()
  await recordRead(scope, row, parti.pacchetto.nome)
  return await replyWith(scope, parti.pacchetto, store)
}

/** The PIndex of the package, as a file of its own. */
export async function openIndice(scope: Scope, id: string, store: ObjectStore): Promise<FileReply> {
  const row = await found(scope, id)
  const parti = await findPacchetto(scope, id)
  if (parti === null) throw pacchettoNonPronto()
  await recordRead(scope, row, parti.indice.nome)
  return await replyWith(scope, parti.indice, store)
}

/** The rapporto di versamento exactly as received (REQ-CONS-110). */
export async function openRapporto(scope: Scope, id: string, store: ObjectStore): Promise<FileReply> {
  const row = await found(scope, id)
  const { rapportoSha256, rapportoMime, rapportoDimensione } = row
  if (rapportoSha256 === null || rapportoMime === null || rapportoDimensione === null) throw rapportoAssente()
  const nome = `${row.idPdv}-rapporto.xml`
  await recordRead(scope, row, nome)
  return await replyWith(scope, { nome, mime: rapportoMime, sha256: rapportoSha256, dimensione: rapportoDimensione }, store)
}

/**
 * Takes up a transfer from where it stopped: same identifier, same bytes. Only a produttore. Throws Forbidden, NotFound, and RuleViolation when it is already
 * preserved or was refused on its content.
 */
export async function retryVersamento(scope: Scope, id: string): Promise<VersamentoDto> {
  if (!isProduttore(scope.attore)) throw soloProduttore()
  await inTransaction(scope, async (tx) => {
    const row = await lockVersamento(tx, id)
    if (row === null) throw versamentoAssente()
    const ripresa = resumeFrom(posizioneOf(row))
    if (ripresa === null) throw row.stato === 'CONSERVATO' ? giaConservato() : rifiutato()
    if (ripresa.stato !== row.stato) await updateVersamento(tx, id, { stato: ripresa.stato, anomalie: [] })
    tx.audit({
      azione: 'versamento-ripetuto',
      oggettoTipo: 'versamento',
      oggettoId: id,
      ...(row.fascicoloId === null ? {} : { fascicoloId: row.fascicoloId }),
      prima: { stato: row.stato, anomalie: row.anomalie ?? [] },
      dopo: { stato: ripresa.stato, idPdv: row.idPdv },
    })
    if (row.registroGiornalieroId !== null) await recordPassoWithin(tx, row.registroGiornalieroId, 'ripreso', { riferimento: row.idPdv })
    const subject = {
      fascicoloChiuso: row.fascicoloId,
      registroDaVersare: row.registroGiornalieroId,
      versamentoPreparato: id,
      versamentoPronto: id,
      versamentoTrasmesso: id,
    }
    tx.emit({ tipo: ripresa.evento, id: subject[ripresa.evento] ?? id })
  })
  return await readVersamento(scope, id)
}

/**
 * Takes up the road of a daily register: prepares it when nothing was prepared yet, else goes on from where its last attempt stopped; refused, it is sent again
 * identical (REQ-PROT-106). Only a produttore. Throws Forbidden, NotFound, RuleViolation when it is already preserved.
 */
export async function sendRegistro(scope: Scope, registroGiornalieroId: string): Promise<VersamentoDto> {
  if (!isProduttore(scope.attore)) throw soloProduttore()
  await assertSottoscritto(scope, registroGiornalieroId)
  const last = await inTransaction(scope, async (tx) => await lockUltimoTentativo(tx, registroGiornalieroId))
  if (last !== null && resumeFrom(posizioneOf(last))?.evento !== 'registroDaVersare') return await retryVersamento(scope, last.id)
  // Nothing frozen yet, or refused: freezing is quick, and the person sees its outcome at once.
  await prepareRegistro(scope, registroGiornalieroId)
  const prepared = await inTransaction(scope, async (tx) => await lockUltimoTentativo(tx, registroGiornalieroId))
  if (prepared === null) throw versamentoAssente()
  return await readVersamento(scope, prepared.id)
}
