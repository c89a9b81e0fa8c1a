/** Mass registration and existing registers: every sentence of its pages. */
export const importazioni = {} as const
