import { Meilisearch } from 'meilisearch'
import type { Index } from 'meilisearch'
import type { DomandaRicerca, MotoreRicerca, SchedaRicerca } from '../../ports/ricerca.ts'

/** Where a Meilisearch server answers. */
export interface OpzioniMeilisearch {
  readonly indirizzo: string
  readonly chiave?: string
  /** Beginning of the names of the indexes: one for each ente. */
  readonly prefisso?: string
}

/** Most candidates an index gives: the product looks at no more. */
const MASSIMO = 20_000
/** Longest wait for the server to have taken a card, in milliseconds. */
const ATTESA = 60_000

interface Documento extends Omit<SchedaRicerca, 'istante'> {
  readonly istante: number
}

/**
 * Meilisearch as engine of candidates, by its own client: one index for each ente, words only. Who may see what it finds is never asked of it (decision 23).
 * Exact sentences and exclusions are its own syntax; mistakes are forgiven by it. Every call rejects when the server does not answer.
 */
export function createMotoreMeilisearch(o: OpzioniMeilisearch): MotoreRicerca {
  const client = new Meilisearch({ host: o.indirizzo, ...(o.chiave === undefined ? {} : { apiKey: o.chiave }) })
  const prepared = new Map<string, Promise<Index<Documento>>>()
  const indexOf = async (ente: string): Promise<Index<Documento>> => {
    const known = prepared.get(ente) ?? prepare(client, `${o.prefisso ?? 'faldone'}-${ente}`)
    prepared.set(ente, known)
    known.catch(() => prepared.delete(ente))
    return await known
  }
  return {
    nome: 'Meilisearch',
    index: async (ente, schede) => {
      const index = await indexOf(ente)
      const documents = schede.map((s) => ({ ...s, istante: Date.parse(s.istante) }))
      await index.addDocuments(documents, { primaryKey: 'registrazioneId' }).waitTask({ timeout: ATTESA })
    },
    remove: async (ente, ids) => void (await (await indexOf(ente)).deleteDocuments([...ids]).waitTask({ timeout: ATTESA })),
    candidates: async (ente, domanda, limite) => {
      const index = await indexOf(ente)
      const common = { limit: Math.min(limite, MASSIMO), attributesToRetrieve: ['registrazioneId'], matchingStrategy: 'all' as const }
      const q = toQuery(domanda)
      const found = q === '' ? null : ids(await index.search(q, common))
      if (domanda.corrispondente.length === 0) return found ?? []
      const named = ids(await index.search(domanda.corrispondente.join(' '), { ...common, attributesToSearchOn: ['corrispondenti'] }))
      if (found === null) return named
      const inside = new Set(named)
      return found.filter((id) => inside.has(id))
    },
    suggest: async (ente, domanda) => {
      const index = await indexOf(ente)
      const words = [...domanda.parole, ...domanda.corrispondente].flatMap((p) => p.split(' '))
      const answer = await index.search(words.join(' '), {
        limit: 1,
        attributesToRetrieve: [],
        attributesToHighlight: ['*'],
        highlightPreTag: MARCA,
        highlightPostTag: MARCA,
      })
      return nearby(words, JSON.stringify(answer.hits[0]?._formatted ?? {}))
    },
  }
}

const MARCA = '\u0001'
const ids = (answer: { hits: { registrazioneId: string }[] }): string[] => answer.hits.map((hit) => hit.registrazioneId)

/** Words, sentences between quotes, exclusions with a minus before. */
function toQuery(d: DomandaRicerca): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', ' ')}"`
  const positive = [...d.parole, ...d.frasi.map(quoted)]
  return positive.length === 0 ? '' : [...positive, ...d.escluse.map((e) => `-${quoted(e)}`)].join(' ')
}

/** The words the server marked in the place of those asked, or null when they are the same. */
function nearby(words: readonly string[], marked: string): string | null {
  const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const found = [...marked.matchAll(/\\u0001([^\\]+)\\u0001/gu)].map((m) => plain(m[1] ?? ''))
  const begin = (a: string, b: string): boolean => a.slice(0, 2) === b.slice(0, 2)
  const read = words.map((word) => (found.some((f) => f.startsWith(word)) ? word : (found.find((f) => begin(f, word)) ?? word)))
  return read.join(' ') === words.join(' ') ? null : read.join(' ')
}

/** The index of an ente with its settings: newest first among equals, all the candidates the product may want. */
async function prepare(client: Meilisearch, uid: string): Promise<Index<Documento>> {
  const index = client.index<Documento>(uid)
  await client.createIndex(uid, { primaryKey: 'registrazioneId' }).waitTask({ timeout: ATTESA })
  await index
    .updateSettings({
      searchableAttributes: ['chiavi', 'oggetto', 'corrispondenti', 'altro', 'testo'],
      sortableAttributes: ['istante'],
      rankingRules: ['words', 'typo', 'proximity', 'attribute', 'exactness', 'istante:desc'],
      pagination: { maxTotalHits: MASSIMO },
      localizedAttributes: [{ attributePatterns: ['*'], locales: ['ita'] }],
    })
    .waitTask({ timeout: ATTESA })
  return index
}
