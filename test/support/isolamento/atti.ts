import type { Casi } from './tipi.ts'

/** Isolation cases of its endpoints. */
export const casiAtti: Casi = {}
