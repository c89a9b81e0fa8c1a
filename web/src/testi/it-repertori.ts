/** Special registers and albo: every sentence of its pages. */
export const repertori = {} as const
