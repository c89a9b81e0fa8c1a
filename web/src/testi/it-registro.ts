/** Daily register: every sentence of its pages. */
export const registroGiornaliero = {} as const
