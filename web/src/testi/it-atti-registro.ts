/** Annulment, rectification, reserve, visibility, work of the offices: every sentence of their pages. */
export const attiRegistro = {} as const
