/** Packages of versamento: layout, deterministic streaming container, verification from the bytes. */
export * from './model.ts'
export { sanitizeName, splitExtension } from './names.ts'
export { composePacchetto } from './compose.ts'
export { streamPacchetto } from './write.ts'
export type { ScritturaPacchetto } from './write.ts'
export { CODICI_VERIFICA, verifyPacchetto } from './verify.ts'
export type { AnomaliaPacchetto, CodiceVerifica, EsitoVerificaPacchetto, LimitiVerifica } from './verify.ts'
