export { loadDemo } from './carica.ts'
export type { DatiCaricati, OpzioniDemo } from './carica.ts'
