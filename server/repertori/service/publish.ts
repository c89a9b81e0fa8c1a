import { findContenuti, findFiles, insertContenuti, replyWith, storeBuffer } from '../../documenti/index.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import type { FileReply, Ports } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, json, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { addDays, now, romeDay } from '../../kernel/time.ts'
import { claimKey, digestRequest } from '../../protocollo/index.ts'
import { findPubblicazione, findPubblicazioneDi, findPubblicazioni, findSenzaRelata, lockPubblicazione } from '../albo.ts'
import type { PubblicazioneRow } from '../albo.ts'
import {
  chiaveRiusata,
  datiRiga,
  giaPubblicato,
  nonPubblicabile,
  pubblicazioneAssente,
  pubblicazioneConclusa,
  relataInCorso,
} from '../errors.ts'
import { presentPubblicazione } from '../presenter.ts'
import { relata } from '../relata.ts'
import { findRepertorio, lockRepertorio } from '../repository.ts'
import type { RigaRow } from '../repository.ts'
import { CODICE_ALBO, fineAlbo, formatEtichettaRepertorio, statoPubblicazione } from '../rules.ts'
import type { NuovaPubblicazione, PubblicazioneDto } from '../schema.ts'
import { findVisibleRiga } from './read.ts'
import { registerRigaWithin } from './register.ts'

/**
 * Publishes an act of a repertory in the albo: a row of the albo's own register gives the number, dates and shown files are fixed (REQ-PROT-114; art. 124
 * TUEL for deliberazioni). Riservati and annulled acts are never published. Same key, same publication. Throws RuleViolation, Conflict, InvalidInput.
 */
export async function publishRiga(scope: Scope, rigaId: string, input: NuovaPubblicazione, chiave: string): Promise<PubblicazioneDto> {
  const id = await inTransaction(scope, async (tx) => await publishRigaWithin(tx, rigaId, input, chiave))
  const row = await findPubblicazione(scope, id)
  if (row === null) throw pubblicazioneAssente()
  return presentPubblicazione(row, romeDay(now()))
}

async function publishRigaWithin(tx: TxScope, rigaId: string, input: NuovaPubblicazione, chiave: string): Promise<string> {
  const id = newId()
  const richiesta = digestRequest({ rigaId, input })
  const earlier = await claimKey(tx, 'pubblicazione', chiave, richiesta, id)
  if (earlier !== null) {
    if (earlier.richiesta !== richiesta) throw chiaveRiusata()
    return earlier.risultatoId
  }
  const atto = await findVisibleRiga(tx, rigaId)
  const albo = await assertPublishable(tx, atto, input)
  const etichetta = formatEtichettaRepertorio(atto.codice, atto.serie, atto.numero)
  const files = (await findFiles(tx, [atto.documentoId])).filter((f) => f.ruolo !== 'annesso')
  const shown = input.fileIds.map((fileId) => files.find((f) => f.id === fileId))
  const [first] = shown
  if (first === undefined || shown.includes(undefined))
    throw datiRiga([{ campo: 'fileIds', messaggio: 'Un file scelto non è dell’atto: sceglilo dall’elenco.' }])
  const registered = await registerRigaWithin(
    tx,
    albo.id,
    {
      oggetto: atto.oggetto,
      formatore: atto.formatore,
      voceId: atto.voceId,
      dati: { atto: etichetta, richiedente: input.richiedente },
      documento: { contenutoId: first.contenutoId, nome: first.nome, descrizione: first.descrizione, formazione: 'file' },
      allegati: shown
        .slice(1)
        .flatMap((f) => (f === undefined ? [] : [{ contenutoId: f.contenutoId, nome: f.nome, descrizione: f.descrizione }])),
      riservato: false,
      note: '',
    },
    chiave,
    true,
  )
  const al = fineAlbo(input.dal, input.giorni ?? atto.giorniAlbo)
  const own = await queryFileIds(tx, registered.id)
  await insertRows(tx, 'pubblicazione', [
    { id, riga_id: registered.id, atto_id: atto.id, richiedente: input.richiedente, dal: input.dal, al, file_ids: json(own) },
  ])
  await lockRepertorio(tx, atto.repertorioId)
  tx.audit({
    azione: 'pubblicata',
    oggettoTipo: 'registrazione-repertorio',
    oggettoId: atto.id,
    documentoId: atto.documentoId,
    registroId: atto.repertorioId,
    dopo: { albo: registered.etichetta, dal: input.dal, al, file: shown.map((f) => f?.nome) },
  })
  return id
}

/** Files of the albo's own document: what everybody may open. */
async function queryFileIds(tx: TxScope, rigaId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    `select f.id from documento_file f join registrazione_repertorio r on r.ente_id = f.ente_id and r.documento_id = f.documento_id
      where r.ente_id = $1 and r.id = $2 order by case f.ruolo when 'principale' then 0 else 1 end, f.posizione`,
    [tx.ente.id, rigaId],
  )
  return rows.map((r) => r.id)
}

async function assertPublishable(tx: TxScope, atto: RigaRow, input: NuovaPubblicazione): Promise<{ id: string }> {
  if (!atto.albo)
    throw nonPubblicabile(`Gli atti del repertorio «${atto.denominazione}» non si pubblicano all’albo: lo decide la sua configurazione.`)
  if (atto.riservato) throw nonPubblicabile('Un atto riservato non si pubblica: prepara una versione per la pubblicazione e registrala.')
  if (atto.annullataIl !== null) throw nonPubblicabile('L’atto è annullato: non si pubblica.')
  if (input.dal < romeDay(now())) throw datiRiga([{ campo: 'dal', messaggio: 'La pubblicazione non può cominciare nel passato.' }])
  // Two people publishing the same act wait for each other here.
  await lockRepertorio(tx, atto.repertorioId)
  const existing = await findPubblicazioneDi(tx, atto.id)
  if (existing !== null) throw giaPubblicato(formatEtichettaRepertorio(existing.codice, existing.serie, existing.numero))
  const albo = await findRepertorio(tx, { codice: CODICE_ALBO })
  if (albo === null || !albo.attivo) throw nonPubblicabile('Manca il repertorio dell’albo (codice ALBO): istituiscilo tra i repertori.')
  return albo
}

/** Withdraws a publication with its reason: it disappears from the public page, its number and the reason stay. */
export async function withdrawPubblicazione(scope: Scope, id: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    await lockPubblicazione(tx, id)
    const p = await findPubblicazione(tx, id)
    if (p === null) throw pubblicazioneAssente()
    const stato = statoPubblicazione({ dal: p.dal, al: p.al, ritirata: p.ritirataIl !== null }, romeDay(now()))
    if (stato === 'conclusa' || stato === 'ritirata') throw pubblicazioneConclusa()
    await query(tx, `update pubblicazione set ritirata_il = clock_timestamp(), motivo_ritiro = $3 where ente_id = $1 and id = $2`, [
      tx.ente.id,
      id,
      motivo,
    ])
    tx.audit({
      azione: 'pubblicazione-ritirata',
      oggettoTipo: 'pubblicazione',
      oggettoId: id,
      prima: { stato },
      dopo: { stato: 'ritirata' },
      motivo,
    })
  })
}

/** Publications of the body, newest first. */
export async function listPubblicazioni(scope: Scope): Promise<PubblicazioneDto[]> {
  const oggi = romeDay(now())
  return (await findPubblicazioni(scope, null)).map((p) => presentPubblicazione(p, oggi))
}

/** What anybody sees today: publications in course and the files chosen for them. */
export async function readAlbo(scope: Scope) {
  return await inReadTransaction(scope, async (s) => {
    const rows = await findPubblicazioni(s, romeDay(now()))
    const files = await findFiles(
      s,
      rows.map((r) => r.documentoId),
    )
    return {
      ente: s.ente.denominazione,
      elementi: rows.map((r) => ({
        id: r.id,
        etichetta: formatEtichettaRepertorio(r.codice, r.serie, r.numero),
        atto: r.dati['atto'] ?? '',
        oggetto: r.oggetto,
        richiedente: r.richiedente,
        dal: r.dal,
        al: r.al,
        file: files
          .filter((f) => f.documentoId === r.documentoId && r.fileIds.includes(f.id))
          .map(({ id, nome, dimensione, sha256 }) => ({ id, nome, dimensione, sha256 })),
      })),
    }
  })
}

/** A published file, while its publication is in course. Throws NotFound in any other case, also for a file that was not chosen. */
export async function openAlboFile(scope: Scope, id: string, fileId: string, store: ObjectStore): Promise<FileReply> {
  const file = await inReadTransaction(scope, async (s) => {
    const p = await findPubblicazione(s, id)
    const stato = p === null ? null : statoPubblicazione({ dal: p.dal, al: p.al, ritirata: p.ritirataIl !== null }, romeDay(now()))
    if (p === null || stato !== 'in corso' || !p.fileIds.includes(fileId)) throw pubblicazioneAssente()
    return (await findFiles(s, [p.documentoId])).find((f) => f.id === fileId)
  })
  if (file === undefined) throw pubblicazioneAssente()
  return await replyWith(scope, file, store)
}

/** The relata of an ended publication. Throws Conflict until it is made. */
export async function openRelata(scope: Scope, id: string, store: ObjectStore): Promise<FileReply> {
  const p = await findPubblicazione(scope, id)
  if (p === null) throw pubblicazioneAssente()
  if (p.relataContenutoId === null) throw relataInCorso()
  const contenuto = (await findContenuti(scope, [p.relataContenutoId])).get(p.relataContenutoId)
  if (contenuto === undefined) throw pubblicazioneAssente()
  return await replyWith(scope, contenuto, store)
}

/** Makes the relata of every publication that ended before today. Once each: a second run finds nothing to do. */
export async function writeRelate(scope: Scope, ports: Ports): Promise<void> {
  const oggi = romeDay(now())
  for (const id of await findSenzaRelata(scope, oggi)) {
    const p = await findPubblicazione(scope, id)
    if (p !== null) await writeRelata(scope, ports, p)
  }
}

async function writeRelata(scope: Scope, ports: Ports, p: PubblicazioneRow): Promise<void> {
  const files = (await findFiles(scope, [p.documentoId])).filter((f) => p.fileIds.includes(f.id))
  // Dated on the first moment it could be made, so that repeating the work gives the same bytes.
  const creatoIl = p.ritirataIl ?? new Date(`${addDays(p.al, 1)}T00:00:00Z`)
  const bytes = await ports.stampa.print(relata({ ente: scope.ente.denominazione, pubblicazione: p, files, creatoIl }))
  const contenuto = await storeBuffer(scope, ports.store, Buffer.from(bytes), `relata-${p.codice}-${p.numero}-${p.serie}.pdf`)
  await inTransaction(scope, async (tx) => {
    await lockPubblicazione(tx, p.id)
    if ((await findPubblicazione(tx, p.id))?.relataContenutoId !== null) return
    await insertContenuti(tx, [contenuto])
    await query(tx, 'update pubblicazione set relata_contenuto_id = $3, relata_il = clock_timestamp() where ente_id = $1 and id = $2', [
      tx.ente.id,
      p.id,
      contenuto.id,
    ])
    tx.audit({ azione: 'relata-prodotta', oggettoTipo: 'pubblicazione', oggettoId: p.id, dopo: { impronta: contenuto.sha256 } })
  })
}
