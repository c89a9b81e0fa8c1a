/** Checks on the codes that identify people and organisations in Italian public registers. */
export { codiceFiscaleControllo, codiceFiscaleErrore, isCodiceFiscale, normalizeCodiceFiscale, senzaOmocodia } from './codice-fiscale.ts'
export { isPartitaIva, partitaIvaControllo, partitaIvaErrore } from './partita-iva.ts'
