import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { Persona } from '../racconto/client.ts'

/** What a client was told: the registration exists with this number. */
export interface Conferma {
  readonly id: string
  readonly anno: number
  readonly numero: number
}

/** One document a client wants registered, and everything that happened to it. */
export interface Domanda {
  readonly oggetto: string
  readonly chiave: string
  /** A repetition must ask for the same thing: the same key with another request is refused. */
  readonly dataArrivo: string
  readonly confermata: Conferma[]
  /** The client was cut and never came back. */
  abbandonata: boolean
}

/** What the whole crowd saw. */
export interface Folla {
  readonly domande: Domanda[]
  /** Milliseconds of every answer that confirmed a registration. */
  readonly tempi: number[]
  tagliate: number
  ripetute: number
  riprove: number
  /** Answers that were neither a confirmation nor "try again later": the first ends the trial. */
  readonly inattese: string[]
}

/** Who registers and where: one session for each client, one file staged by it. */
export interface Cliente {
  readonly intestazioni: Record<string, string>
  readonly contenutoId: string
}

/** What every registration of the test names. */
export interface Terreno {
  readonly indirizzo: string
  readonly voceId: string
  readonly ufficioId: string
}

const QUOTA = 0.05
/** A client cut this often gives up for good: what became of its document is not known to anybody but the database. */
const ABBANDONI = 0.3
const agent = new Agent({ keepAlive: true, maxSockets: 120 })

/** Logs a person in and stages one small file in his name. */
export async function openCliente(indirizzo: string, suggerimento: string, bytes: Buffer): Promise<Cliente> {
  const persona = new Persona(suggerimento, indirizzo)
  await persona.entra('operatore', suggerimento)
  const intestazioni = persona.intestazioni()
  const risposta = await fetch(`${indirizzo}/api/v1/castelvento/contenuti`, {
    method: 'POST',
    headers: { ...intestazioni, 'Content-Type': 'application/pdf', 'X-Nome-File': 'domanda.pdf' },
    body: new Uint8Array(bytes),
  })
  if (risposta.status !== 201) throw new Error(`upload answered ${risposta.status}: ${await risposta.text()}`)
  return { intestazioni, contenutoId: ((await risposta.json()) as { id: string }).id }
}

/** Numbers that look random and are the same at every run. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/**
 * Lets all clients register `quante` documents together. One request in twenty is cut in the middle or before its answer, one in twenty is sent twice at
 * the same time with the same key; whoever gets no confirmation tries again with the same key, for as long as it takes. `avanza` is told how many
 * documents are confirmed: the test kills the product there.
 */
export async function registerAll(
  t: Terreno,
  clienti: readonly Cliente[],
  quante: number,
  avanza: (confermate: number) => void,
): Promise<Folla> {
  const folla: Folla = { domande: [], tempi: [], tagliate: 0, ripetute: 0, riprove: 0, inattese: [] }
  let confermate = 0
  const loops = clienti.map(async (cliente, i) => {
    const roll = dice(i + 1)
    while (folla.domande.length < quante && folla.inattese.length === 0) {
      const domanda: Domanda = {
        oggetto: `Prova di carico, domanda ${folla.domande.length + 1}`,
        chiave: randomUUID(),
        dataArrivo: new Date().toISOString(),
        confermata: [],
        abbandonata: false,
      }
      folla.domande.push(domanda)
      await insist(t, cliente, domanda, folla, roll)
      if (domanda.confermata.length > 0) avanza(++confermate)
    }
  })
  await Promise.all(loops)
  return folla
}

async function insist(t: Terreno, cliente: Cliente, domanda: Domanda, folla: Folla, roll: () => number): Promise<void> {
  for (let tentativo = 0; domanda.confermata.length === 0 && folla.inattese.length === 0; tentativo++) {
    if (tentativo > 0) {
      folla.riprove++
      await wait(50 + roll() * 150)
    }
    // The product is away for seconds at a time, never for so long.
    if (tentativo > 300) {
      folla.inattese.push(`${domanda.oggetto}: nessuna risposta`)
      return
    }
    const fate = roll()
    if (fate < QUOTA) {
      folla.tagliate++
      await send(t, cliente, domanda, { at: roll() < 0.5 ? 'meta' : 'attesa', dopo: roll() * 60 })
      if (roll() < ABBANDONI) {
        domanda.abbandonata = true
        return
      }
      continue
    }
    const volte = fate < 2 * QUOTA ? 2 : 1
    if (volte === 2) folla.ripetute++
    await Promise.all(Array.from({ length: volte }, async () => await attempt(t, cliente, domanda, folla)))
  }
}

async function attempt(t: Terreno, cliente: Cliente, domanda: Domanda, folla: Folla): Promise<void> {
  const started = performance.now()
  const risposta = await send(t, cliente, domanda, null)
  // No answer, or an explicit "later": the client comes back with the same key.
  if (risposta === null || risposta.status === 503) return
  if (risposta.status !== 201) {
    folla.inattese.push(`${risposta.status} ${risposta.testo.slice(0, 300)}`)
    return
  }
  folla.tempi.push(performance.now() - started)
  const { id, anno, numero } = JSON.parse(risposta.testo) as Conferma
  domanda.confermata.push({ id, anno, numero })
}

/** One POST; null when the connection failed or was cut on purpose (`meta`: with half of the body sent, `attesa`: while waiting for the answer). */
async function send(
  t: Terreno,
  cliente: Cliente,
  domanda: Domanda,
  taglio: { at: 'meta' | 'attesa'; dopo: number } | null,
): Promise<{ status: number; testo: string } | null> {
  const body = Buffer.from(
    JSON.stringify({
      oggetto: domanda.oggetto,
      mittenti: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio' }],
      mezzo: 'A_MANO',
      dataArrivo: domanda.dataArrivo,
      voceId: t.voceId,
      assegnazione: { ufficioId: t.ufficioId },
      documento: { contenutoId: cliente.contenutoId, nome: 'domanda.pdf', formazione: 'file' },
    }),
  )
  return await new Promise((done) => {
    const headers = {
      ...cliente.intestazioni,
      'Content-Type': 'application/json',
      'Content-Length': String(body.length),
      'Idempotency-Key': domanda.chiave,
    }
    let answered = false
    const req = request(`${t.indirizzo}/api/v1/castelvento/registrazioni`, { method: 'POST', agent, headers }, (res) => {
      answered = true
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('error', () => done(null))
      res.on('close', () => done(res.complete ? { status: res.statusCode ?? 0, testo: Buffer.concat(chunks).toString('utf8') } : null))
    })
    req.on('error', () => done(null))
    // A whole answer closes the request too, before its own end is told.
    req.on('close', () => {
      if (!answered) done(null)
    })
    if (taglio === null) return void req.end(body)
    if (taglio.at === 'meta') req.write(body.subarray(0, body.length / 2))
    else req.end(body)
    setTimeout(() => req.destroy(), taglio.dopo)
  })
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
