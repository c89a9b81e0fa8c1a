import { pino } from 'pino'
import type { Logger } from 'pino'

export type { Logger } from 'pino'

/** The structured log. Personal data and secrets never go into it: ids and codes only (REQ-PROT-157). */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ['cookie', 'authorization', '*.cookie', '*.password'] },
    pino.destination(2),
  )
}
