export { addsOnlyFirma } from './aggiunta.ts'
export { verifyFirmaPdf } from './pades.ts'
export type { EsitoFirma, FirmaPdf } from './pades.ts'
