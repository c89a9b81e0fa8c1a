/** Receipts, labels, prints: every sentence of its pages. */
export const stampe = {} as const
