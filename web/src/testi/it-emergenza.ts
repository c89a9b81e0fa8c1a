/** Emergency register: every sentence of its pages. */
export const emergenza = {} as const
