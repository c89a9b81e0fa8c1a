import type { Stampatrice } from '../../ports/stampa.ts'

/** Printed documents by pdf-lib. */
export const stampatricePdf: Stampatrice = {
  dichiarazione: 'PDF/A non verificato',
  print: async () => await Promise.reject(new Error('not written yet')),
}
