import { readFileSync } from 'node:fs'
import { compileSchema } from '../xml/index.ts'
import type { EsitoXml, SchemaXml } from '../xml/index.ts'

/** The three profiles of Allegato 5: documento informatico, documento amministrativo informatico, aggregazione documentale informatica. */
export const PROFILI = ['DI', 'DAI', 'AGG'] as const
export type Profilo = (typeof PROFILI)[number]

/**
 * Upper bound of the numbers (years of retention, attachments, progressive number) in the schemas of the preservation service: two copies circulate.
 * 9999 is the published one and the default.
 */
export const INSIEMI_SCHEMI = ['9999', '4999'] as const
export type InsiemeSchemi = (typeof INSIEMI_SCHEMI)[number]

const FILES: Readonly<Record<Profilo, string>> = {
  DI: 'documento-informatico.xsd',
  DAI: 'documento-amministrativo-informatico.xsd',
  AGG: 'aggregazione.xsd',
}
const SHARED = ['comuni.xsd', 'documenti.xsd'] as const

/** The schemas carry the bound 9999; the narrower set is the same text with the other number, which occurs nowhere else in them. */
function text(file: string, insieme: InsiemeSchemi): string {
  return readFileSync(new URL(`./xsd/${file}`, import.meta.url), 'utf8').replaceAll('"9999"', `"${insieme}"`)
}

const compiled = new Map<string, SchemaXml>()

/** The compiled schema of a profile, read and compiled at first use and kept. */
export function schemaOf(profilo: Profilo, insieme: InsiemeSchemi = '9999'): SchemaXml {
  const key = `${profilo}-${insieme}`
  const known = compiled.get(key)
  if (known) return known
  const imports = Object.fromEntries(SHARED.map((file) => [file, text(file, insieme)]))
  const schema = compileSchema(FILES[profilo], text(FILES[profilo], insieme), imports)
  compiled.set(key, schema)
  return schema
}

/** Schema verdict on a documento informatico; never throws for a faulty document. */
export function validateDi(xml: string | Uint8Array, insieme: InsiemeSchemi = '9999'): EsitoXml {
  return schemaOf('DI', insieme).validate(xml)
}

/** Schema verdict on a documento amministrativo informatico; never throws for a faulty document. */
export function validateDai(xml: string | Uint8Array, insieme: InsiemeSchemi = '9999'): EsitoXml {
  return schemaOf('DAI', insieme).validate(xml)
}

/** Schema verdict on an aggregazione documentale informatica; never throws for a faulty document. */
export function validateAgg(xml: string | Uint8Array, insieme: InsiemeSchemi = '9999'): EsitoXml {
  return schemaOf('AGG', insieme).validate(xml)
}
