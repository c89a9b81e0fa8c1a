/** Latencies of one run, in milliseconds. */
export interface Misura {
  readonly nome: string
  readonly clienti: number
  readonly perSecondo: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly errori: number
}

/** Runs `act` from `clienti` loops for `secondi`, after a short warm-up that is not counted. Errors are counted and end the loop they happen in. */
export async function misura(nome: string, clienti: number, secondi: number, act: (cliente: number) => Promise<void>): Promise<Misura> {
  const latencies: number[] = []
  let errori = 0
  let counting = false
  let stop = false
  const loops = Array.from({ length: clienti }, async (_, cliente) => {
    while (!stop) {
      const started = performance.now()
      try {
        await act(cliente)
        if (counting) latencies.push(performance.now() - started)
      } catch (error) {
        if (errori === 0) console.error(error)
        errori++
        return
      }
    }
  })
  await pause(1000)
  counting = true
  const started = performance.now()
  await pause(secondi * 1000)
  counting = false
  const elapsed = (performance.now() - started) / 1000
  stop = true
  await Promise.all(loops)
  latencies.sort((a, b) => a - b)
  const at = (q: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))] ?? Number.NaN
  return { nome, clienti, perSecondo: latencies.length / elapsed, p50: at(0.5), p95: at(0.95), p99: at(0.99), errori }
}

async function pause(ms: number): Promise<void> {
  await new Promise((done) => setTimeout(done, ms))
}

/** A row of the printed table. */
export function riga(m: Misura): string {
  const n = (value: number): string => value.toFixed(1).padStart(8)
  return `${m.nome.padEnd(34)} ${String(m.clienti).padStart(7)} ${n(m.perSecondo)}/s ${n(m.p50)} ${n(m.p95)} ${n(m.p99)} ms${m.errori > 0 ? `  errori ${m.errori}` : ''}`
}
