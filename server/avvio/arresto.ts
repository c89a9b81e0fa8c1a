import { Unavailable } from '../kernel/errors.ts'
import type { Logger } from '../kernel/log.ts'

/** A part that does not end by then is left behind: what comes after it, the database above all, must be closed. */
const LONGEST_STEP_MS = 30_000

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
  const undo = async (step: () => Promise<void>): Promise<void> => {
    await within(LONGEST_STEP_MS, step()).catch((error: unknown) => log.error({ err: error }, 'arresto'))
  }
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

/** Settles with the work; throws when it lasts longer than `ms`. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>(
    (_, fail) => (timer = setTimeout(() => fail(new Error(`una parte non si è fermata entro ${ms / 1000} secondi`)), ms)),
  )
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
