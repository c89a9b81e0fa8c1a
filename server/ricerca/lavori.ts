import { z } from 'zod'
import { openVerified } from '../../storage/index.ts'
import type { ObjectStore } from '../../storage/index.ts'
import { Readable } from 'node:stream'
import { recordFact } from '../kernel/audit.ts'
import { endpoint, FileReply } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { findLavori, findLavoro, interruptLavoro, statiLavoro } from '../kernel/lavori.ts'
import type { LavoroLungo } from '../kernel/lavori.ts'
import type { Scope } from '../kernel/scope.ts'
import { now } from '../kernel/time.ts'
import { lavoroAssente, risultatoAssente } from './errors.ts'
import { nuovaEsportazione, startEsportazione } from './esportazione/servizio.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })

/** A long work as its person sees it in /lavori. */
export const lavoroDto = z.object({
  id: z.uuid(),
  tipo: z.string(),
  titolo: z.string(),
  stato: z.enum(statiLavoro),
  fatti: z.number(),
  totale: z.number().nullable(),
  creatoIl: z.string(),
  iniziatoIl: z.string().nullable(),
  conclusoIl: z.string().nullable(),
  errore: z.string().nullable(),
  /** Seconds still needed at the pace so far; null when it cannot be said. */
  secondiMancanti: z.number().nullable(),
  file: z.object({ nome: z.string(), dimensione: z.number(), impronta: z.string(), scadeIl: z.string() }).nullable(),
  /** What the result says of itself, in the words of its own kind. */
  esito: z.record(z.string(), z.unknown()).nullable(),
})

function present(l: LavoroLungo): z.infer<typeof lavoroDto> {
  const valid = l.file !== null && l.scadeIl !== null && l.scadeIl > now()
  const elapsed = l.iniziatoIl === null ? 0 : (now().getTime() - l.iniziatoIl.getTime()) / 1000
  const known = l.stato === 'in_corso' && l.totale !== null && l.fatti > 0
  return {
    id: l.id,
    tipo: l.tipo,
    titolo: l.titolo,
    stato: l.stato,
    fatti: l.fatti,
    totale: l.totale,
    creatoIl: l.creatoIl.toISOString(),
    iniziatoIl: l.iniziatoIl?.toISOString() ?? null,
    conclusoIl: l.conclusoIl?.toISOString() ?? null,
    errore: l.errore,
    secondiMancanti: known ? Math.ceil((elapsed / l.fatti) * ((l.totale ?? 0) - l.fatti)) : null,
    file:
      valid && l.file !== null
        ? { nome: l.file.nome, dimensione: l.file.dimensione, impronta: l.file.sha256, scadeIl: (l.scadeIl as Date).toISOString() }
        : null,
    esito: (l.esito as Record<string, unknown> | null) ?? null,
  }
}

async function findMine(scope: Scope, id: string): Promise<LavoroLungo> {
  const lavoro = await findLavoro(scope, id)
  if (lavoro === null) throw lavoroAssente()
  return lavoro
}

/** The file of a long work of the person's own, for seven days; every taking is recorded. Throws NotFound for another's, or when it is over. */
async function openRisultato(scope: Scope, id: string, store: ObjectStore): Promise<FileReply> {
  const { file, scadeIl, tipo } = await findMine(scope, id)
  if (file === null || scadeIl === null || scadeIl <= now()) throw risultatoAssente()
  await recordFact(scope, {
    azione: `${tipo}-scaricata`,
    oggettoTipo: tipo,
    oggettoId: id,
    dopo: { file: file.nome, impronta: file.sha256 },
  })
  const stream = await openVerified(store, scope.ente.id, file.sha256)
  return new FileReply({ nome: file.nome, tipo: file.mime, dimensione: file.dimensione, sha256: file.sha256, stream })
}

/** The statement of a result, which a CSV cannot carry inside: filters, author, instant, rows, digests (REQ-PROT-154). */
async function openAttestazione(scope: Scope, id: string): Promise<FileReply> {
  const { file, esito } = await findMine(scope, id)
  if (file === null || esito === null) throw risultatoAssente()
  const bytes = Buffer.from(`${JSON.stringify({ file: file.nome, dimensione: file.dimensione, ...(esito as object) }, null, 2)}\n`, 'utf8')
  return new FileReply({
    nome: `${file.nome}.attestazione.json`,
    tipo: 'application/json; charset=utf-8',
    dimensione: bytes.length,
    stream: Readable.from([bytes]),
  })
}

export const lavoriEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/esportazioni',
    permission: 'esportazioni.crea',
    summary: 'Esporta il registro o una ricerca (un lavoro in sottofondo)',
    params: z.object({ ente }),
    body: nuovaEsportazione,
    response: lavoroDto,
    status: 202,
    handler: async (scope, { body }) => present(await findMine(scope, await startEsportazione(scope, body))),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/lavori',
    permission: 'organizzazione.leggi',
    summary: 'I miei lavori in sottofondo',
    params: z.object({ ente }),
    response: z.object({ elementi: z.array(lavoroDto) }),
    handler: async (scope) => ({ elementi: (await findLavori(scope)).map(present) }),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/lavori/:id',
    permission: 'organizzazione.leggi',
    summary: 'Un mio lavoro in sottofondo',
    params: byId,
    response: lavoroDto,
    handler: async (scope, { params }) => present(await findMine(scope, params.id)),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/lavori/:id/interruzione',
    permission: 'organizzazione.leggi',
    summary: 'Interrompi un mio lavoro',
    params: byId,
    response: 'nothing',
    handler: async (scope, { params }) => {
      await findMine(scope, params.id)
      await interruptLavoro(scope, params.id)
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/lavori/:id/file',
    permission: 'organizzazione.leggi',
    summary: 'Il file prodotto da un mio lavoro, per 7 giorni',
    params: byId,
    response: 'file',
    handler: async (scope, { params }, ports) => await openRisultato(scope, params.id, ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/lavori/:id/attestazione',
    permission: 'organizzazione.leggi',
    summary: 'Che cosa contiene il file: filtri, autore, istante, righe, impronte',
    params: byId,
    response: 'file',
    handler: async (scope, { params }) => await openAttestazione(scope, params.id),
  }),
]
