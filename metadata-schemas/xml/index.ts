/** Shared XML helpers of the metadata schemas: clean text, ordered writing, one parser for reading and validating. */
export { cleanLine, cleanNote, cleanText, escapeAttribute, escapeText, isBlank } from './text.ts'
export { decodeXml, refuseDtd, XmlRefused } from './decode.ts'
export { checkWellFormed, compileSchema } from './validate.ts'
export type { ErroreXml, EsitoXml, SchemaXml } from './validate.ts'
export { child, children, childText, readXml } from './read.ts'
export type { ElementoXml } from './read.ts'
export { el, writeXml } from './write.ts'
export type { Figli, NodoXml } from './write.ts'
