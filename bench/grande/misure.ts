import { randomUUID } from 'node:crypto'
import { Persona } from '../../test/racconto/client.ts'
import { post } from '../prodotto.ts'
import type { Prodotto } from '../prodotto.ts'

/** Latencies of one kind of request, in milliseconds. */
export interface Serie {
  readonly nome: string
  readonly campioni: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Requests that are not counted before those that are. */
export const RISCALDAMENTO = 20

/** What is asked of lists and search: one of each in turn, with values that change at each turn. */
export const ELENCHI: readonly ((n: number) => string)[] = [
  () => 'registrazioni?perPagina=50',
  (n) => `registrazioni?perPagina=50&pagina=${(n % 9) + 2}`,
  (n) => `registrazioni?perPagina=50&tipo=${['E', 'U', 'I'][n % 3] ?? 'E'}`,
  (n) => `registrazioni?perPagina=50&voce=${encodeURIComponent(['VI/3', 'I/6', 'II/1'][n % 3] ?? '')}`,
]
const VIE = ['mulini', 'pozzo', 'fornace', 'tigli', 'ginestre', 'castello']
const COGNOMI = ['braza', 'venta', 'torre', 'casso', 'monli', 'selva', 'prane', 'graca']
const q = (testo: string): string => `ricerca?q=${encodeURIComponent(testo)}`
export const RICERCHE: readonly ((n: number) => string)[] = [
  (n) => q(String(n * 37 + 11)),
  (n) => q(`${n * 41 + 5}/26`),
  () => q('richiesta'),
  (n) => q(`${VIE[n % 6]} ${(n % 190) + 1}`),
  (n) => q(`mitt:${COGNOMI[n % 8]}`),
  (n) => q(`class:VI/3 ${VIE[n % 6]}`),
  (n) => q(`da:01/${String((n % 9) + 1).padStart(2, '0')} mensa`),
  () => q('"permesso di costruire"'),
  (n) => q(`sollecito -${VIE[n % 6]}`),
  (n) => q(`${COGNOMI[n % 8]}ferma richeista`),
  () => q('ornitorinco'),
  (n) => q(`uff:scuola ${VIE[n % 6]}`),
]
export const SUGGERIMENTI: readonly ((n: number) => string)[] = [
  (n) => `ricerca/suggerimenti?q=${['ric', 'mul', 'perm', 'ventag', 'iscr'][n % 5] ?? ''}`,
  (n) => `ricerca/suggerimenti?q=${n * 13 + 7}`,
]

/** Asks the same questions in the name of several people, one after the other at each turn, so that what the machine does meanwhile falls on all. */
export async function misuraLetture(
  persone: readonly Persona[],
  ente: string,
  nome: string,
  domande: readonly ((n: number) => string)[],
  campioni: number,
): Promise<Serie[]> {
  const latencies = persone.map((): number[] => [])
  for (let n = 0; n < RISCALDAMENTO + campioni; n++) {
    const path = (domande[n % domande.length] as (n: number) => string)(n)
    for (const [i, persona] of persone.entries()) {
      const started = performance.now()
      const answer = await persona.chiama('GET', `/api/v1/${ente}/${path}`)
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
      if (n >= RISCALDAMENTO) latencies[i]?.push(performance.now() - started)
    }
  }
  return persone.map((persona, i) => toSerie(`${nome}, ${persona.nome}`, latencies[i] ?? []))
}

/** Registers one document in each ente at each turn, so that both meet the same machine. */
export async function misuraRegistrazioni(p: Prodotto, lidia: Persona, enti: readonly string[], campioni: number): Promise<Serie[]> {
  const latencies = enti.map((): number[] => [])
  const headers = lidia.intestazioni()
  const grounds = await Promise.all(enti.map(async (ente) => await ground(p, lidia, ente)))
  for (let n = 0; n < RISCALDAMENTO + campioni; n++) {
    for (const [i, ente] of enti.entries()) {
      const g = grounds[i] as (typeof grounds)[number]
      const body = JSON.stringify({
        tipo: 'E',
        oggetto: `Misura della registrazione ${n}`,
        mittenti: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio' }],
        mezzo: 'A_MANO',
        dataArrivo: new Date().toISOString(),
        voceId: g.voceId,
        assegnazione: { ufficioId: g.ufficioId },
        documento: { contenutoId: g.contenutoId, nome: 'misura.txt', formazione: 'file' },
      })
      const started = performance.now()
      const answer = await post(
        `${p.indirizzo}/api/v1/${ente}/registrazioni`,
        { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
        body,
      )
      if (answer.status !== 201) throw new Error(`registration in ${ente} answered ${answer.status}: ${JSON.stringify(answer.json)}`)
      if (n >= RISCALDAMENTO) latencies[i]?.push(performance.now() - started)
    }
  }
  return enti.map((ente, i) => toSerie(`registrazione, ${ente}`, latencies[i] ?? []))
}

async function ground(p: Prodotto, lidia: Persona, ente: string): Promise<{ contenutoId: string; voceId: string; ufficioId: string }> {
  const staged = await post(
    `${p.indirizzo}/api/v1/${ente}/contenuti`,
    { ...lidia.intestazioni(), 'Content-Type': 'text/plain', 'X-Nome-File': 'misura.txt' },
    Buffer.from(`Misura di ${ente}`),
  )
  if (staged.status !== 201) throw new Error(`upload answered ${staged.status}: ${JSON.stringify(staged.json)}`)
  const titolario = (await lidia.leggi(`/api/v1/${ente}/titolario`)) as unknown as { voci: { id: string; codice: string }[] }
  const uffici = (await (await lidia.chiama('GET', `/api/v1/${ente}/uffici`)).json()) as { id: string }[]
  return {
    contenutoId: (staged.json as { id: string }).id,
    voceId: titolario.voci.find((v) => v.codice === 'VI/3')?.id ?? '',
    ufficioId: uffici[0]?.id ?? '',
  }
}

function toSerie(nome: string, latencies: number[]): Serie {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { nome, campioni: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
