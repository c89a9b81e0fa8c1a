/** Segnatura di protocollo (Allegato 6): writer, check and tolerant reader. Pure: the seal and the transport live elsewhere. */
export * from './model.ts'
export { padNumero, segnaturaTesto, writeSegnatura } from './write.ts'
export { checkSegnatura } from './check.ts'
export { FORMATI_SEGNATURA, readSegnatura, SegnaturaIlleggibile } from './read.ts'
export type { DocumentoLetto, FormatoSegnatura, IdentificatoreLetto, SegnaturaLetta } from './read.ts'
export { checkAnnullamento, writeAnnullamento } from './annullamento.ts'
export type { AnnullamentoProtocollazione } from './annullamento.ts'
