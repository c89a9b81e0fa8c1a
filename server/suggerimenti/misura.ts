import type { Scope } from '../kernel/scope.ts'
import { findStoria } from './repository.ts'
import type { DaImparare } from './repository.ts'
import { OGNI_DOCUMENTO, rankEsiti, segniOf } from './rules.ts'
import type { Conteggio } from './rules.ts'

/** How well one thing was guessed on documents the memory had not seen. Shares from 0 to 1. */
export interface Bonta {
  readonly prima: number
  readonly traLePrimeTre: number
  /** Always proposing what was most frequent until then. */
  readonly piuFrequente: number
}

export interface MisuraNelTempo {
  readonly imparati: number
  readonly provati: number
  readonly voci: Bonta
  readonly uffici: Bonta
}

/**
 * Splits the incoming ordinary registrations of an ente in time: learns the first share (0 to 1), tries on what came after, and keeps learning as it goes, as
 * the product does. Reads only; the memory of the product is not touched.
 */
export async function measureNelTempo(scope: Scope, quota: number): Promise<MisuraNelTempo> {
  return splitNelTempo(await findStoria(scope), quota)
}

/** The same over documents already in order. Pure. */
export function splitNelTempo(storia: readonly DaImparare[], quota: number): MisuraNelTempo {
  const cut = Math.floor(storia.length * quota)
  const voci = new Prova((d) => d.voceId)
  const uffici = new Prova((d) => d.ufficioId)
  storia.forEach((d, i) => {
    for (const prova of [voci, uffici]) {
      if (i >= cut) prova.guess(d)
      prova.learn(d)
    }
  })
  return { imparati: cut, provati: storia.length - cut, voci: voci.bonta(), uffici: uffici.bonta() }
}

class Prova {
  readonly #of: (d: DaImparare) => string
  readonly #memoria = new Map<string, Map<string, number>>()
  #tried = 0
  #first = 0
  #three = 0
  #frequent = 0

  constructor(of: (d: DaImparare) => string) {
    this.#of = of
  }

  learn(d: DaImparare): void {
    for (const chiave of [OGNI_DOCUMENTO, ...segniOf(d).map((s) => s.chiave)]) {
      const row = this.#memoria.get(chiave) ?? new Map<string, number>()
      row.set(this.#of(d), (row.get(this.#of(d)) ?? 0) + 1)
      this.#memoria.set(chiave, row)
    }
  }

  guess(d: DaImparare): void {
    const segni = segniOf(d)
    const conteggi: Conteggio[] = [OGNI_DOCUMENTO, ...segni.map((s) => s.chiave)].flatMap((chiave) =>
      [...(this.#memoria.get(chiave) ?? [])].map(([esito, quante]) => ({ chiave, esito, quante })),
    )
    const proposed = rankEsiti(segni, conteggi).map((c) => c.esito)
    const most = [...(this.#memoria.get(OGNI_DOCUMENTO) ?? [])].toSorted((a, b) => b[1] - a[1])[0]?.[0]
    this.#tried++
    if (proposed[0] === this.#of(d)) this.#first++
    if (proposed.slice(0, 3).includes(this.#of(d))) this.#three++
    if (most === this.#of(d)) this.#frequent++
  }

  bonta(): Bonta {
    const share = (n: number): number => (this.#tried === 0 ? 0 : n / this.#tried)
    return { prima: share(this.#first), traLePrimeTre: share(this.#three), piuFrequente: share(this.#frequent) }
  }
}
