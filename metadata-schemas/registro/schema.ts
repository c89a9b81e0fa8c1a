import { readFileSync } from 'node:fs'
import { compileSchema } from '../xml/index.ts'
import type { EsitoXml, SchemaXml } from '../xml/index.ts'

let schema: SchemaXml | undefined

/** The text of the schema, which travels with every export. */
export function readRegistroXsd(): string {
  return readFileSync(new URL('./registro.xsd', import.meta.url), 'utf8')
}

/** Verdict of our schema on a register. Never throws for a faulty document. */
export function checkRegistro(xml: string | Uint8Array): EsitoXml {
  schema ??= compileSchema('registro.xsd', readRegistroXsd())
  return schema.validate(xml)
}
