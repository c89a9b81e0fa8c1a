/** Drafts and formation: every sentence of its pages. */
export const bozze = {} as const
