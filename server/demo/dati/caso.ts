import { createHash } from 'node:crypto'

/** Chance that depends only on a seed: same seed, same choices. Never used for secrets. */
export interface Caso {
  /** A number from `min` to `max`, both included. */
  intero(min: number, max: number): number
  /** True with the given probability, 0 to 1. */
  vero(probabilita: number): boolean
  /** One of the list, which must not be empty. */
  scegli<T>(lista: readonly T[]): T
  /** One of the list, where each weighs what `peso` says. */
  scegliPesato<T>(lista: readonly T[], peso: (elemento: T) => number): T
  /** That many decimal digits. */
  cifre(quante: number): string
  /** Chance of its own for a part of the work: what one part draws does not move the others. */
  figlio(nome: string): Caso
}

/** The chance of a seed. */
export function createCaso(seme: string): Caso {
  const next = generator(seme)
  const intero = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  const scegliPesato = <T>(lista: readonly T[], peso: (elemento: T) => number): T => {
    let point = next() * lista.reduce((sum, elemento) => sum + peso(elemento), 0)
    for (const elemento of lista) {
      point -= peso(elemento)
      if (point < 0) return elemento
    }
    return last(lista)
  }
  return {
    intero,
    vero: (probabilita) => next() < probabilita,
    scegli: (lista) => lista[intero(0, lista.length - 1)] ?? last(lista),
    scegliPesato,
    cifre: (quante) => Array.from({ length: quante }, () => String(intero(0, 9))).join(''),
    figlio: (nome) => createCaso(`${seme}|${nome}`),
  }
}

function last<T>(lista: readonly T[]): T {
  const found = lista.at(-1)
  if (found === undefined) throw new Error('nothing to choose from')
  return found
}

/** Numbers in [0, 1): four bytes at a time of a chain of digests. */
function generator(seme: string): () => number {
  let block = createHash('sha256').update(seme).digest()
  let at = 0
  return () => {
    if (at + 4 > block.length) {
      block = createHash('sha256').update(block).digest()
      at = 0
    }
    const value = block.readUInt32BE(at)
    at += 4
    return value / 2 ** 32
  }
}
