export { createGestore, DIGEST_FIRMA } from './gestore.ts'
export type { DigestFirma, Gestore, OpzioniGestore } from './gestore.ts'
export { buildBusta, buildOrdinaria, spedisci } from './posta.ts'
export type { AllegatoDaSpedire, MessaggioDaSpedire, Spedizione, VarianteRicevuta } from './posta.ts'
export {
  buildAccettazione,
  buildAnomalia,
  buildConsegna,
  buildMancataConsegna,
  buildNonAccettazione,
  buildPreavviso,
  buildTraGestori,
} from './ricevute.ts'
export { buildFattura, DOMINIO_SDI_DIMOSTRATIVO } from './fatture.ts'
export type { DatiFattura } from './fatture.ts'
export { buildGuasto, GUASTI } from './guasti.ts'
export type { Guasto } from './guasti.ts'
