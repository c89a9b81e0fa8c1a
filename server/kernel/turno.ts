/** Lets at most `posti` works of one key run at the same time in this process; the others wait here, in order of arrival, holding nothing. */
export function createTurno(posti: number): <T>(chiave: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, number>()
  const waiting = new Map<string, (() => void)[]>()
  return async (chiave, work) => {
    const inside = running.get(chiave) ?? 0
    if (inside < posti) running.set(chiave, inside + 1)
    else await new Promise<void>((enter) => queueOf(chiave).push(enter))
    try {
      return await work()
    } finally {
      leave(chiave)
    }
  }

  function queueOf(chiave: string): (() => void)[] {
    const queue = waiting.get(chiave) ?? []
    waiting.set(chiave, queue)
    return queue
  }

  /** The place goes to the first who waits; when nobody does it is free. */
  function leave(chiave: string): void {
    const queue = waiting.get(chiave) ?? []
    const next = queue.shift()
    if (queue.length === 0) waiting.delete(chiave)
    if (next !== undefined) return next()
    const inside = (running.get(chiave) ?? 1) - 1
    if (inside === 0) running.delete(chiave)
    else running.set(chiave, inside)
  }
}
