import { Unavailable } from '../kernel/errors.ts'
import type { Logger } from '../kernel/log.ts'

/** What was started and how to undo it. */
export interface Arresto {
  readonly chiesto: boolean
  /** Registers how to undo what was just started. Once the stop was asked it is undone at once, and the start goes no further: throws `avvio-interrotto`. */
  add(undo: () => Promise<void>): Promise<void>
  /** Undoes everything, last thing first; a failure is logged and does not keep the rest. Asked again, waits for the same stop. */
  run(): Promise<void>
}

/** The stop of the product, possible at any moment of its start. */
export function createArresto(log: Logger): Arresto {
  const steps: (() => Promise<void>)[] = []
  let running: Promise<void> | null = null
  const undo = async (step: () => Promise<void>): Promise<void> =>
    await step().catch((error: unknown) => log.error({ err: error }, 'arresto'))
  const undoAll = async (): Promise<void> => {
    for (const step of steps.splice(0).toReversed()) await undo(step)
  }
  return {
    get chiesto() {
      return running !== null
    },
    add: async (step) => {
      if (running === null) return void steps.push(step)
      await undo(step)
      throw new Unavailable('avvio-interrotto', 'Avvio interrotto.')
    },
    run: async () => await (running ??= undoAll()),
  }
}
