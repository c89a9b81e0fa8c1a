import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { Persona } from '../racconto/client.ts'
import { kill } from './processi.ts'
import { nuovaCartella, Prodotto, ripulisci } from './prodotto.ts'

const DOCUMENTI = 2000
const CLIENTI = 50

afterAll(async () => await ripulisci(), 60_000)

/** What one client knows of one document: its key, and the number it was told, once it was. */
interface Pratica {
  readonly chiave: string
  numero: number | null
  id: string | null
}

interface Risposta {
  readonly status: number
  readonly text: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 })

/** One POST; `taglioMs` cuts the connection after so many milliseconds, whatever the server is doing. Throws on any network fault. */
async function post(
  url: string,
  headers: Record<string, string>,
  body: string | Buffer,
  taglioMs: number | null = null,
): Promise<Risposta> {
  return await new Promise((done, fail) => {
    const req = request(url, { method: 'POST', agent, headers }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('error', fail)
      res.on('end', () => done({ status: res.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }))
    })
    req.on('error', fail)
    if (taglioMs !== null) setTimeout(() => req.destroy(new Error('cut on purpose')), taglioMs)
    req.end(body)
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((done) => server.close(() => done()))
  return port
}

/** The one scenario of the acceptance: load, cuts, repetitions, two deaths of the server. */
class Tempesta {
  readonly pratiche: Pratica[] = Array.from({ length: DOCUMENTI }, () => ({ chiave: randomUUID(), numero: null, id: null }))
  readonly latenze: number[] = []
  confermate = 0
  tagliate = 0
  ripetute = 0
  ritentate = 0
  #next = 0
  readonly #url: string
  readonly #headers: Record<string, string>
  readonly #body: string

  constructor(url: string, headers: Record<string, string>, body: string) {
    this.#url = url
    this.#headers = headers
    this.#body = body
  }

  async run(): Promise<void> {
    await Promise.all(Array.from({ length: CLIENTI }, async () => await this.#client()))
  }

  async #client(): Promise<void> {
    for (let pratica = this.pratiche[this.#next++]; pratica !== undefined; pratica = this.pratiche[this.#next++]) {
      await this.#register(pratica)
      if (Math.random() >= 0.05) continue
      this.ripetute++
      const first = pratica.numero
      await this.#register(pratica)
      expect(pratica.numero).toBe(first)
    }
  }

  /** Insists with the same key until the server acknowledges. */
  async #register(pratica: Pratica): Promise<void> {
    for (;;) {
      const cut = Math.random() < 0.05 ? Math.random() * 60 : null
      const started = performance.now()
      const answer = await post(this.#url, { ...this.#headers, 'Idempotency-Key': pratica.chiave }, this.#body, cut).catch(() => null)
      if (answer?.status === 201) {
        this.latenze.push(performance.now() - started)
        const { numero, id } = JSON.parse(answer.text) as { numero: number; id: string }
        if (pratica.numero === null) this.confermate++
        Object.assign(pratica, { numero, id })
        return
      }
      if (answer !== null && answer.status !== 503) throw new Error(`the server answered ${answer.status}: ${answer.text}`)
      if (cut !== null) this.tagliate++
      this.ritentate++
      await wait(100)
    }
  }
}

async function start(cartella: string, porta: number): Promise<Prodotto> {
  const prodotto = new Prodotto(cartella, { PORT: String(porta), FALDONE_DEMO: 'minima' })
  await prodotto.pronto(90)
  return prodotto
}

async function prepare(indirizzo: string): Promise<{ headers: Record<string, string>; body: string }> {
  const lidia = new Persona('Lidia', indirizzo)
  await lidia.entra('operatore', 'lidia')
  const headers = { ...lidia.intestazioni(), 'Content-Type': 'application/json' }
  const voci = (await lidia.leggi('/api/v1/castelvento/titolario/voci?q=VI/3')) as unknown as { id: string; codice: string }[]
  const uffici = (await lidia.leggi('/api/v1/castelvento/uffici')) as unknown as { id: string }[]
  const staged = await post(
    `${indirizzo}/api/v1/castelvento/contenuti`,
    { ...headers, 'Content-Type': 'application/pdf', 'X-Nome-File': 'carico.pdf' },
    Buffer.from('%PDF-1.7\n% carico\n'),
  )
  const body = JSON.stringify({
    oggetto: 'Documento registrato sotto carico',
    mittenti: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio' }],
    mezzo: 'A_MANO',
    dataArrivo: new Date(Date.now() - 60_000).toISOString(),
    voceId: voci.find((v) => v.codice === 'VI/3')?.id,
    assegnazione: { ufficioId: uffici[0]?.id },
    documento: { contenutoId: (JSON.parse(staged.text) as { id: string }).id, nome: 'carico.pdf', formazione: 'file' },
  })
  return { headers, body }
}

interface Riga {
  id: string
  anno: number
  numero: number
  istante: string
  chiave: string | null
}

/** The register of Castelvento as the unprivileged login reads it, with the key that produced each row. */
async function readRegister(databaseUrl: string): Promise<{ righe: Riga[]; senzaSegnatura: number; senzaEvento: number }> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('begin; set local role faldone_app')
  const ente = (await client.query<{ id: string }>(`select id from ente where slug = 'castelvento'`)).rows[0]?.id ?? ''
  await client.query(`select set_config('app.ente_id', $1, true)`, [ente])
  const { rows } = await client.query<Riga>(
    `select r.id, r.anno, r.numero, to_char(r.istante, 'YYYY-MM-DD HH24:MI:SS.US') as istante, k.chiave from registrazione r
       left join chiave_idempotenza k on k.ente_id = r.ente_id and k.risultato_id = r.id and k.operazione = 'registrazione' order by r.anno, r.numero`,
  )
  const counts = await client.query<{ s: number; e: number }>(
    `select count(*) filter (where not exists (select 1 from segnatura s where s.registrazione_id = r.id))::int as s,
            count(*) filter (where not exists (select 1 from evento_audit e where e.oggetto_id = r.id::text and e.azione = 'registrata'))::int as e from registrazione r`,
  )
  await client.end()
  return { righe: rows, senzaSegnatura: counts.rows[0]?.s ?? -1, senzaEvento: counts.rows[0]?.e ?? -1 }
}

describe('a server that dies under load', () => {
  it('REQ-PROT-032 REQ-PROT-033 REQ-PROT-037 REQ-PROT-038 2,000 documents from 50 clients, cuts, repetitions and two SIGKILLs leave numbers 1…max, each acknowledged once', async () => {
    const cartella = nuovaCartella()
    const porta = await freePort()
    let prodotto = await start(cartella, porta)
    const { headers, body } = await prepare(prodotto.indirizzo)
    const tempesta = new Tempesta(`${prodotto.indirizzo}/api/v1/castelvento/registrazioni`, headers, body)
    const running = tempesta.run()
    // A failure of the clients is reported where they are awaited, after the server has been put up again.
    running.catch(() => undefined)
    while (tempesta.confermate < 600) await wait(20)
    // First the Node process alone: PostgreSQL goes on without a master and its pid file stays.
    kill(prodotto.node, 'SIGKILL')
    await prodotto.fine
    prodotto = await start(cartella, porta)
    while (tempesta.confermate < 1300) await wait(20)
    await prodotto.uccidiTutto()
    prodotto = await start(cartella, porta)
    await running
    const { righe, senzaSegnatura, senzaEvento } = await readRegister(prodotto.databaseUrl)
    const byYear = Map.groupBy(righe, (r) => r.anno)
    for (const rows of byYear.values()) expect(rows.map((r) => r.numero)).toEqual(rows.map((_, i) => i + 1))
    for (let i = 1; i < righe.length; i++) expect((righe[i] as Riga).istante >= (righe[i - 1] as Riga).istante).toBe(true)
    const known = new Map(righe.filter((r) => r.chiave !== null).map((r) => [r.chiave, r]))
    for (const p of tempesta.pratiche) expect(known.get(p.chiave)).toMatchObject({ id: p.id, numero: p.numero })
    // As many rows as keys: nothing was registered twice, and nothing without being asked for.
    const mine = righe.filter((r) => r.chiave !== null && tempesta.pratiche.some((p) => p.chiave === r.chiave))
    expect(mine).toHaveLength(DOCUMENTI)
    expect({ senzaSegnatura, senzaEvento }).toEqual({ senzaSegnatura: 0, senzaEvento: 0 })
    const sorted = tempesta.latenze.toSorted((a, b) => a - b)
    const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN
    console.log(
      `${righe.length} registrations, ${tempesta.tagliate} requests cut, ${tempesta.ripetute} repeated, ${tempesta.ritentate} retried; p95 ${p95.toFixed(0)} ms with ${CLIENTI} clients`,
    )
    expect(p95).toBeLessThan(2000)
    expect((await prodotto.ferma()).codice).toBe(0)
    const chain = new Prodotto(cartella, {}, {}, ['verifica-catena', 'castelvento'])
    expect({ ...(await chain.fine), testo: chain.stampato.trim() }).toMatchObject({
      codice: 0,
      testo: expect.stringContaining('catena integra'),
    })
  }, 420_000)
})
