/** Search: every sentence of its pages. */
export const ricerca = {} as const
