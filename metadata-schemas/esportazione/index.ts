import { readFileSync } from 'node:fs'
import { cleanText, compileSchema, escapeText } from '../xml/index.ts'
import type { EsitoXml, SchemaXml } from '../xml/index.ts'

/** Namespace of the XML export of a register or of a search. */
export const NAMESPACE_ESPORTAZIONE = 'urn:faldone:esportazione:1'

let schema: SchemaXml | null = null

/** Checks an XML export against our schema (`esportazione.xsd`). */
export function checkEsportazione(xml: string): EsitoXml {
  schema ??= compileSchema('esportazione.xsd', readFileSync(new URL('./esportazione.xsd', import.meta.url), 'utf8'))
  return schema.validate(xml)
}

/** One element with a text, as the export writes it: nothing of the text can become XML. */
export function elementoTesto(nome: string, valore: string): string {
  return `<${nome}>${escapeText(cleanText(valore))}</${nome}>`
}
