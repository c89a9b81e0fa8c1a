import { readFileSync } from 'node:fs'
import { parseTitolarioCsv } from './importazione.ts'
import type { VersioneTitolario } from './modello.ts'

/**
 * The model plan for municipalities that the product delivers: version 1, a draft to be edited and adopted by an act of the ente
 * (REQ-TIT-011, REQ-TIT-003). Throws `Error` only if the file shipped with the product is damaged.
 */
export function readTitolarioComuni(): VersioneTitolario {
  const rapporto = parseTitolarioCsv(readFileSync(new URL('./dati/titolario-comuni.csv', import.meta.url), 'utf8'))
  if (rapporto.titolario === null) throw new Error(`titolario-comuni.csv: ${rapporto.rilievi[0]?.messaggio ?? ''}`)
  return { numero: 1, denominazione: 'Piano di classificazione per i Comuni', stato: 'BOZZA', titolario: rapporto.titolario }
}
