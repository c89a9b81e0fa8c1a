import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the stand-in was asked, in order. */
export interface Richiesta {
  readonly metodo: string
  readonly percorso: string
  readonly corpo: unknown
}

type Documento = Record<string, unknown> & { registrazioneId: string }

/**
 * A stand-in that answers like Meilisearch as far as the client's protocol goes: indexes, settings, documents, tasks, search of whole words with sentences and
 * exclusions. It proves how the adapter speaks, never how a real server finds: no roots, no mistakes, no ranking.
 */
export async function startMeilisearchFinto(): Promise<{ indirizzo: string; richieste: Richiesta[]; stop: () => Promise<void> }> {
  const indexes = new Map<string, Map<string, Documento>>()
  const richieste: Richiesta[] = []
  let tasks = 0
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const corpo: unknown = text === '' ? null : JSON.parse(text)
      const percorso = (req.url ?? '').split('?')[0] ?? ''
      richieste.push({ metodo: req.method ?? '', percorso, corpo })
      res.setHeader('Content-Type', 'application/json')
      res.end(JSON.stringify(answer(req.method ?? '', percorso, corpo)))
    })
  })
  function task(): object {
    tasks++
    return { taskUid: tasks, indexUid: null, status: 'enqueued', type: 'documentAdditionOrUpdate', enqueuedAt: '2026-01-01T00:00:00Z' }
  }
  function answer(metodo: string, percorso: string, corpo: unknown): object {
    const [, area = '', uid = '', what = ''] = percorso.split('/')
    if (area === 'tasks')
      return { uid: Number(uid), status: 'succeeded', type: 'documentAdditionOrUpdate', enqueuedAt: '2026-01-01T00:00:00Z', error: null }
    if (area === 'indexes' && uid === '') {
      indexes.set((corpo as { uid: string }).uid, new Map())
      return task()
    }
    const documents = indexes.get(uid) ?? new Map<string, Documento>()
    if (what === 'documents' && metodo === 'POST' && percorso.endsWith('/delete-batch'))
      for (const id of corpo as string[]) documents.delete(id)
    else if (what === 'documents') for (const d of corpo as Documento[]) documents.set(d.registrazioneId, d)
    else if (what === 'search') return { hits: search([...documents.values()], corpo as Domanda), query: '', limit: 1, offset: 0 }
    return task()
  }
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    indirizzo: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    richieste,
    stop: async () => await new Promise<void>((done) => server.close(() => done())),
  }
}

interface Domanda {
  readonly q?: string
  readonly limit?: number
  readonly attributesToSearchOn?: readonly string[]
}

function search(documents: readonly Documento[], d: Domanda): object[] {
  const terms = [...(d.q ?? '').matchAll(/(-?)(?:"([^"]*)"|(\S+))/gu)].map((m) => ({
    no: m[1] === '-',
    text: (m[2] ?? m[3] ?? '').toLowerCase(),
  }))
  const found = documents.filter((document) => {
    const names = d.attributesToSearchOn ?? ['chiavi', 'oggetto', 'corrispondenti', 'altro', 'testo']
    const text = names
      .map((name) => String(document[name]))
      .join(' \n ')
      .toLowerCase()
    return terms.every((term) => text.includes(term.text) !== term.no)
  })
  return found
    .toSorted((a, b) => Number(b['istante']) - Number(a['istante']))
    .slice(0, d.limit ?? 20)
    .map(({ registrazioneId }) => ({ registrazioneId }))
}
