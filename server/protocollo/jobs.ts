import { z } from 'zod'
import type { ObjectStore } from '../../storage/index.ts'
import { findFiles, findScartato, insertContenuti, storeBuffer } from '../documenti/index.ts'
import type { FileRow } from '../documenti/index.ts'
import type { Ports } from '../kernel/endpoint.ts'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { inTransaction, query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { formatItalianInstant } from '../kernel/time.ts'
import { findCondizioni, formatAnnullamento } from './condizioni.ts'
import { findCopie } from './lists.ts'
import type { CopiaRow } from './lists.ts'
import { findById } from './repository.ts'
import { formatEtichetta } from './rules.ts'
import { composeAnnullamento } from './service/comunicazione.ts'
import { completeSigillo, recoverSigilli } from './service/sigillo.ts'

const payload = z.object({ id: z.uuid() })
/** Larger PDF files are not stamped: the segnatura is associated by record anyway (REQ-PROT-028). */
const STAMP_LIMIT = 64 * 1024 * 1024

const VERSI = { E: 'in entrata', U: 'in uscita', I: 'interno' } as const

/** Seals the segnatura of a registration (decision 16): what is downloaded or sent is only ever the sealed one. */
const sealSegnatura = defineJob({
  type: 'protocollo.sealSegnatura',
  payload,
  maxAttempts: 12,
  handler: async (scope, { id }, ports) => {
    if (await exists(scope, id, 'segnatura')) return
    const row = await queryOne<{ xml: string }>(scope, 'select xml from segnatura where ente_id = $1 and registrazione_id = $2', [
      scope.ente.id,
      id,
    ])
    // A registration that awaits its file has no segnatura yet: the scan brings it.
    if (row === null) return
    const sealed = Buffer.from(await ports.sigillo.sealXml(row.xml), 'utf8')
    await link(scope, ports.store, id, 'segnatura', sealed, 'Segnatura.xml')
  },
})

/** Stamps the segnatura on a copy of the main PDF; signed originals, other formats and unreadable files are left alone (REQ-PROT-028). */
const stampCopia = defineJob({
  type: 'protocollo.stampCopia',
  payload,
  maxAttempts: 5,
  handler: async (scope, { id }, ports) => {
    if (await exists(scope, id, 'copia')) return
    await stamp(scope, id, ports, null)
  },
})

/** The stamped copy of an annulled registration carries the mark too (TUDA 54 c. 2; REQ-PROT-048). */
const stampAnnullata = defineJob({
  type: 'protocollo.stampAnnullata',
  payload,
  maxAttempts: 5,
  handler: async (scope, { id }, ports) => {
    const annullata = (await findCondizioni(scope, [id])).get(id)?.annullata
    if (annullata === undefined || annullata === null || (await exists(scope, id, 'copia-annullata'))) return
    await stamp(scope, id, ports, formatAnnullamento(annullata))
  },
})

/** The annulment message of Allegato 6 for the AOO the document came from, kept ready to be sent (REQ-PROT-052). */
const composeAnnullamentoJob = defineJob({
  type: 'protocollo.composeAnnullamento',
  payload,
  maxAttempts: 12,
  handler: async (scope, { id }, ports) => {
    if (await exists(scope, id, 'annullamento')) return
    const xml = await composeAnnullamento(scope, id)
    if (xml !== null) await link(scope, ports.store, id, 'annullamento', Buffer.from(xml, 'utf8'), 'Annullamento.xml')
  },
})

async function stamp(scope: Scope, id: string, ports: Ports, annullamento: string | null): Promise<void> {
  const registrazione = await findById(scope, id)
  if (registrazione === null) throw new Error('no such registration')
  const main = (await findFiles(scope, [registrazione.documentoId])).find((f) => f.ruolo === 'principale')
  if (main === undefined || !isStampable(main)) return
  // Destroyed by a disposal: there is nothing to stamp any more.
  if ((await findScartato(scope, { documentoId: registrazione.documentoId })) !== null) return
  const timbro = {
    righe: [
      `${scope.ente.denominazione} - ${registrazione.aooDenominazione}`,
      `Prot. ${formatEtichetta(registrazione.numero, registrazione.anno)} del ${formatItalianInstant(registrazione.istante)} - ${VERSI[registrazione.tipo]}`,
      registrazione.segnatura,
      ...(annullamento === null ? [] : [annullamento]),
      'Copia con segnatura: non sostituisce il documento originale',
    ],
    qr: registrazione.segnatura,
  }
  const copy = await ports.pdf.stamp(await readAll(scope, ports.store, main.sha256), timbro)
  if (copy === null) return
  const nome = `${main.nome.replace(/\.pdf$/iu, '')}-${annullamento === null ? 'con-segnatura' : 'annullato'}.pdf`
  await link(scope, ports.store, id, annullamento === null ? 'copia' : 'copia-annullata', Buffer.from(copy), nome)
}

function isStampable(file: FileRow): boolean {
  return file.mime === 'application/pdf' && file.formato.firmato === 'nessuna' && file.dimensione <= STAMP_LIMIT
}

async function readAll(scope: Scope, store: ObjectStore, sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await store.open(scope.ente.id, sha256)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function exists(scope: Scope, id: string, tipo: string): Promise<boolean> {
  return (await findCopie(scope, id)).some((c) => c.tipo === tipo)
}

/** Keeps the bytes and links them to the registration, once: a second run of the job finds the link and changes nothing. */
async function link(
  scope: Scope,
  store: ObjectStore,
  registrazioneId: string,
  tipo: CopiaRow['tipo'],
  bytes: Buffer,
  nome: string,
): Promise<void> {
  const contenuto = await storeBuffer(scope, store, bytes, nome)
  await inTransaction(scope, async (tx) => {
    await insertContenuti(tx, [contenuto])
    await query(
      tx,
      `insert into copia_segnata (ente_id, registrazione_id, tipo, contenuto_id, creata_il) values ($1, $2, $3, $4, clock_timestamp()) on conflict do nothing`,
      [tx.ente.id, registrazioneId, tipo, contenuto.id],
    )
  })
}

/** Queued with the registration, for when whoever asked it is no longer there to complete it. */
const completeSigilloJob = defineJob({
  type: 'protocollo.completeSigillo',
  payload,
  maxAttempts: 25,
  handler: async (scope, { id }, ports) => await completeSigillo(scope, id, ports),
})

/** Every minute and at every start: what is still without its seal (REQ-PROT-036). */
const recoverSigilliJob = defineJob({
  type: 'protocollo.recoverSigilli',
  payload: z.object({}),
  maxAttempts: 1,
  handler: async (scope, _, ports) => void (await recoverSigilli(scope, ports)),
})

export const protocolloJobs: readonly JobDefinition[] = [
  sealSegnatura,
  stampCopia,
  stampAnnullata,
  composeAnnullamentoJob,
  completeSigilloJob,
  recoverSigilliJob,
]
