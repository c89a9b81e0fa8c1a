import { readFileSync } from 'node:fs'
import { compileSchema } from '../xml/index.ts'
import type { EsitoXml, ErroreXml, SchemaXml } from '../xml/index.ts'
import { readPIndex } from './read.ts'

let schema: SchemaXml | undefined

function pathFaults(percorsi: readonly string[]): ErroreXml[] {
  const visti = new Set<string>()
  const errori: ErroreXml[] = []
  for (const percorso of percorsi) {
    const chiave = percorso.normalize('NFC').toLowerCase()
    if (visti.has(chiave))
      errori.push({ riga: 0, messaggio: `Il percorso «${percorso}» compare due volte nell’indice (maiuscole e minuscole non contano).` })
    visti.add(chiave)
    if (percorso.split('/').some((segmento) => segmento === '' || segmento === '.' || segmento === '..') || /[\\\0]/.test(percorso))
      errori.push({ riga: 0, messaggio: `Il percorso «${percorso}» esce dalla cartella del pacchetto o non è ammesso.` })
  }
  return errori
}

/**
 * The index against our own schema and what a schema cannot say: paths inside the package and unique ignoring case (REQ-CONS-047). Strict, for what we
 * write and for what the simulated conservatore accepts. Never throws for a faulty document.
 */
export function checkPIndex(xml: string | Uint8Array): EsitoXml {
  schema ??= compileSchema('pindex.xsd', readFileSync(new URL('./pindex.xsd', import.meta.url), 'utf8'))
  const esito = schema.validate(xml)
  if (!esito.valido) return esito
  const letto = readPIndex(xml)
  const metadati = [letto.aggregazione, ...letto.documenti.map((d) => d.metadati)].flatMap((m) => (m === undefined ? [] : [m.percorso]))
  const errori = pathFaults([...letto.documenti.flatMap((d) => d.file.map((f) => f.percorso)), ...metadati])
  return { valido: errori.length === 0, errori }
}
