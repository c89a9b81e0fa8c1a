import { readFileSync } from 'node:fs'
import { compileSchema } from '../xml/index.ts'
import type { EsitoXml, SchemaXml } from '../xml/index.ts'

let schema: SchemaXml | undefined

/** Verdict of our schema on a rapporto di versamento in canonical form. Never throws for a faulty document. */
export function checkRapporto(xml: string | Uint8Array): EsitoXml {
  schema ??= compileSchema('rapporto.xsd', readFileSync(new URL('./rapporto.xsd', import.meta.url), 'utf8'))
  return schema.validate(xml)
}
