/** What a recovery is completed with: the documents the rows wait for, and what no longer stands with what takes its place. Pure. */
import type { RichiestaRecupero } from './dati.ts'
import type { Errore, FattoEmergenza, FileEmergenza } from './tipi.ts'

/** Rows that wait for a document, by the digest written in emergency. Empty when the text is not a file of the emergency register. */
export function documentiAttesi(testo: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  try {
    for (const { dati } of (JSON.parse(testo) as FileEmergenza).fatti) {
      const fatto = JSON.parse(dati) as FattoEmergenza
      const sha256 = fatto.tipo === 'registrazione' ? fatto.dati.documento?.sha256 : undefined
      if (fatto.tipo === 'registrazione' && sha256 !== undefined) found.set(sha256, [...(found.get(sha256) ?? []), fatto.numero])
    }
  } catch {
    // The server says what is wrong with the file.
    return new Map()
  }
  return found
}

export type CosaSostituibile = 'voceId' | 'ufficioId' | 'ufficioMittenteId'

/** A datum of a row that the office may replace: a class or an office that no longer stands. */
export interface Sostituibile {
  readonly campo: string
  readonly numero: string
  readonly cosa: CosaSostituibile
}

const THINGS: Readonly<Record<string, CosaSostituibile>> = {
  voceId: 'voceId',
  'assegnazione.ufficioId': 'ufficioId',
  ufficioMittenteId: 'ufficioMittenteId',
}

/** The refusals of a dry run that a replacement answers, in their order, each row and datum once. */
export function sostituibili(errori: readonly Errore[]): Sostituibile[] {
  const found = errori.flatMap(({ campo }) => {
    const [, numero = '', path = ''] = /^(RE\d{2}-\d{4}-\d+)\.(.+)$/.exec(campo) ?? []
    const cosa = THINGS[path]
    return cosa === undefined ? [] : [{ campo, numero, cosa }]
  })
  return found.filter((item, index) => found.findIndex((other) => other.campo === item.campo) === index)
}

/** The replacements as the recovery asks them: one for each row. */
export function inSostituzioni(scelte: readonly { readonly cosa: Sostituibile; readonly id: string }[]): RichiestaRecupero['sostituzioni'] {
  const rows = new Map<string, RichiestaRecupero['sostituzioni'][number]>()
  for (const { cosa, id } of scelte)
    rows.set(cosa.numero, { ...(rows.get(cosa.numero) ?? { numero: cosa.numero }), [cosa.cosa]: id.replace(/^ufficio:/, '') })
  return [...rows.values()]
}
