/** Rapporto di versamento in the canonical form: schema, writer, strict reader, link with what was sent. */
export * from './model.ts'
export { checkRapporto } from './schema.ts'
export { writeRapporto } from './write.ts'
export { effectiveEsito, linkRapporto, RapportoIlleggibile, readRapporto } from './read.ts'
export type { Legame } from './read.ts'
