/** Statistics of the register: every sentence of its pages. */
export const statistiche = {} as const
