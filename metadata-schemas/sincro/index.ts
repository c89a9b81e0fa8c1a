/** Index of preservation packages (UNI 11386): strict writer and check, tolerant reader, identifiers. */
export * from './model.ts'
export { bodyAgentId, composeIdPdv, IdentificativoNonAmmesso, isIdPdv, personAgentId } from './identifiers.ts'
export { TestoNonRappresentabile } from './text.ts'
export { writePIndex } from './write.ts'
export { checkPIndex } from './check.ts'
export { PIndexIlleggibile, readPIndex } from './read.ts'
export type { DocumentoLetto, FileLetto, ImprontaLetta, PIndexLetto } from './read.ts'
