import { findFiles, presentFile, replyWith } from '../../documenti/index.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import type { FileReply } from '../../kernel/endpoint.ts'
import { inReadTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import { findRigheById } from '../../protocollo/index.ts'
import { findVociById, presentVoce } from '../../titolario/index.ts'
import { findPubblicazioneDi } from '../albo.ts'
import { repertorioAssente, rigaAssente } from '../errors.ts'
import { canReadRiga } from '../policy.ts'
import { presentAnnullamento, presentPubblicazione, presentRiga } from '../presenter.ts'
import { findAnnullamenti, findRepertorio, findRiga, findRigaByDocumento, findRighe, findStoria, findTrasmissioni } from '../repository.ts'
import type { RigaRow } from '../repository.ts'
import { formatEtichettaRepertorio } from '../rules.ts'
import type { FiltriRighe, RigaCompletaDto, RigaDto } from '../schema.ts'

/** Rows of a repertory, newest first; of what may not be read only number and date leave the server. Words never find what may not be read. */
export async function listRighe(scope: Scope, repertorioId: string, filtri: FiltriRighe): Promise<{ elementi: RigaDto[]; totale: number }> {
  return await inReadTransaction(scope, async (s) => {
    const repertorio = await findRepertorio(s, { id: repertorioId })
    if (repertorio === null) throw repertorioAssente()
    const sample = { visibilita: repertorio.visibilita, ufficioId: repertorio.ufficioId, operatoreId: '' }
    const readable = {
      tutto: canReadRiga(s.attore, { ...sample, riservato: false }),
      riservati: canReadRiga(s.attore, { ...sample, riservato: true }),
    }
    const { righe, totale } = await findRighe(s, repertorioId, filtri, readable)
    return { elementi: righe.map((r) => presentRiga(r, s.attore)), totale }
  })
}

/** The row this person may read. Throws NotFound, the same for absent and not visible. */
export async function findVisibleRiga(scope: Scope, id: string): Promise<RigaRow> {
  const riga = await findRiga(scope, id)
  if (riga === null || !canReadRiga(scope.attore, riga)) throw rigaAssente()
  return riga
}

/** A document of a repertory this person may read, for who files it; null when it is in none or not visible (REQ-PROT-014). */
export async function findDocumentoRepertorio(
  scope: Scope,
  documentoId: string,
): Promise<{ documentoId: string; etichetta: string; voceId: string } | null> {
  const riga = await findRigaByDocumento(scope, documentoId)
  if (riga === null || !canReadRiga(scope.attore, riga)) return null
  return { documentoId, etichetta: formatEtichettaRepertorio(riga.codice, riga.serie, riga.numero), voceId: riga.voceId }
}

/** A whole row: metadata, files, annulments, covering letters, publication, history. The read is recorded (REQ-PROT-055, REQ-PROT-064). */
export async function readRiga(scope: Scope, id: string): Promise<RigaCompletaDto> {
  const dto = await presentRigaById(scope, id)
  await recordFact(scope, { azione: 'repertorio-letto', oggettoTipo: 'registrazione-repertorio', oggettoId: id })
  return dto
}

/** The same without recording a read: the answer to an act. */
export async function presentRigaById(scope: Scope, id: string): Promise<RigaCompletaDto> {
  return await inReadTransaction(scope, async (s) => {
    const r = await findVisibleRiga(s, id)
    const files = await findFiles(s, [r.documentoId])
    const principale = files.find((f) => f.ruolo === 'principale')
    const voce = (await findVociById(s, [r.voceId])).get(r.voceId)
    if (principale === undefined || voce === undefined) throw rigaAssente()
    const pubblicazione = await findPubblicazioneDi(s, id)
    return {
      ...presentRiga(r, s.attore),
      documentoId: r.documentoId,
      dati: r.campi
        .filter((c) => (r.dati[c.chiave] ?? '') !== '')
        .map(({ chiave, etichetta }) => ({ chiave, etichetta, valore: r.dati[chiave] ?? '' })),
      voce: presentVoce(voce),
      impronta: r.impronta,
      operatore: r.operatoreNome,
      note: r.note,
      principale: presentFile(principale),
      allegati: files.filter((f) => f.ruolo === 'allegato').map(presentFile),
      annullamenti: (await findAnnullamenti(s, id)).map(presentAnnullamento),
      trasmissioni: await presentTrasmissioni(s, id),
      pubblicazione: pubblicazione === null ? null : presentPubblicazione(pubblicazione, romeDay(now())),
      storia: (await findStoria(s, id)).map((e) => ({
        istante: e.istante.toISOString(),
        attore: e.attoreNome,
        azione: e.azione,
        dettaglio: e.dati,
      })),
    }
  })
}

async function presentTrasmissioni(scope: Scope, rigaId: string): Promise<RigaCompletaDto['trasmissioni']> {
  const links = await findTrasmissioni(scope, rigaId)
  const righe = await findRigheById(
    scope,
    links.map((l) => l.registrazioneId),
  )
  return links.flatMap(({ registrazioneId, creataIl }) => {
    const riga = righe.get(registrazioneId)
    return riga === undefined ? [] : [{ registrazioneId, etichetta: riga.etichetta, istante: creataIl.toISOString() }]
  })
}

/** A file of a row with verified bytes; the read is committed to the trail before the first of them leaves. */
export async function openRigaFile(scope: Scope, id: string, fileId: string, store: ObjectStore): Promise<FileReply> {
  const { riga, file } = await inReadTransaction(scope, async (s) => {
    const visible = await findVisibleRiga(s, id)
    return { riga: visible, file: (await findFiles(s, [visible.documentoId])).find((f) => f.id === fileId) }
  })
  if (file === undefined) throw rigaAssente()
  await recordFact(scope, {
    azione: 'documento-letto',
    oggettoTipo: 'registrazione-repertorio',
    oggettoId: id,
    documentoId: riga.documentoId,
    dopo: { file: file.nome, impronta: file.sha256 },
  })
  return await replyWith(scope, file, store)
}
