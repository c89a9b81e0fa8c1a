/** One specification: its file name and the ids it defines, in order. */
export interface Specifica {
  readonly file: string
  readonly ids: readonly string[]
}

/** A requirement that waits, why, and for which later piece of work. */
export interface Rinvio {
  readonly id: string
  readonly reason: string
  readonly attende: string
}

/** A test as the last run left it. */
export interface EsitoTest {
  readonly nome: string
  readonly esito: 'passato' | 'fallito' | 'saltato'
}

export interface ConteggioSpecifica {
  readonly file: string
  readonly total: number
  readonly covered: number
  readonly deferred: readonly { readonly id: string; readonly reason: string }[]
  readonly missing: readonly string[]
}

/** The specification whose requirements are the rules of its section 9 (they have no `REQ-` ids). */
export const FILE_ALLEGATO_5 = 'allegato5-metadati.md'

/**
 * The ids a specification defines: rows that begin with `| REQ-… |`; for the Allegato 5 file the `| R.. |` rows of section 9. The specifications
 * cite each other, so an id anywhere else is a mention. Throws `Error` when an id is defined twice: a count would no longer mean anything.
 */
export function readDefinizioni(file: string, markdown: string): string[] {
  const lines = file === FILE_ALLEGATO_5 ? sectionOf(markdown, 9) : markdown.split('\n')
  const form = file === FILE_ALLEGATO_5 ? /^\| (R\d{2}) \|/ : /^\| (REQ-[A-Z]+-\d{3}) \|/
  const ids = lines.map((line) => form.exec(line)?.[1]).filter((id) => id !== undefined)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw new Error(`${file}: ${twice} is defined twice`)
  return ids
}

function sectionOf(markdown: string, number: number): string[] {
  const lines = markdown.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`## ${number}.`))
  if (start === -1) return []
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('## '))
  return length === -1 ? lines.slice(start) : lines.slice(start, start + 1 + length)
}

/** The ids a test name carries. `R10` counts only as a word of its own, so that `CR10` or `R100` do not. */
export function idsInName(nome: string): string[] {
  return nome.match(/\b(?:REQ-[A-Z]+-\d{3}|R\d{2})\b/g) ?? []
}

/**
 * Ids proved by the tests: in the name of at least one that passed and of none that failed. A skipped test proves nothing.
 */
export function coveredIds(esiti: readonly EsitoTest[]): Set<string> {
  const covered = new Set<string>()
  const failed = new Set<string>()
  for (const { nome, esito } of esiti) {
    for (const id of idsInName(nome)) {
      if (esito === 'passato') covered.add(id)
      if (esito === 'fallito') failed.add(id)
    }
  }
  return new Set([...covered].filter((id) => !failed.has(id)))
}

/**
 * Divides the ids of each specification in covered, deferred and missing. Throws `Error` when the list of deferrals names an unknown id, names
 * one twice, or gives no reason: a list that can rot in silence would hide what is missing.
 */
export function countConformita(
  specifiche: readonly Specifica[],
  rinvii: readonly Rinvio[],
  esiti: readonly EsitoTest[],
): ConteggioSpecifica[] {
  const known = new Set(specifiche.flatMap((specifica) => specifica.ids))
  const waiting = new Map<string, Rinvio>()
  for (const rinvio of rinvii) {
    if (!known.has(rinvio.id)) throw new Error(`rinvii.json: ${rinvio.id} is not a requirement`)
    if (waiting.has(rinvio.id)) throw new Error(`rinvii.json: ${rinvio.id} comes twice`)
    if (rinvio.reason.trim() === '' || rinvio.attende.trim() === '') throw new Error(`rinvii.json: ${rinvio.id} has no reason`)
    waiting.set(rinvio.id, rinvio)
  }
  const covered = coveredIds(esiti)
  return specifiche.map(({ file, ids }) => {
    const open = ids.filter((id) => !covered.has(id))
    const deferred = open.flatMap((id) => {
      const rinvio = waiting.get(id)
      return rinvio === undefined ? [] : [{ id, reason: `${rinvio.reason} (${rinvio.attende})` }]
    })
    const missing = open.filter((id) => !waiting.has(id))
    return { file, total: ids.length, covered: ids.length - open.length, deferred, missing }
  })
}

/** Names of the tests in a source, for when no run can be asked; skipped ones are left out. They are declared, not proved. */
export function namesInSource(source: string): string[] {
  const declaration = /\b(it|test)(\w*)((?:\.\w+)*)(?:\([^()]*\))?\(\s*(['"`])((?:\\.|(?!\4)[^\\])*)\4/g
  return [...source.matchAll(declaration)].filter((match) => !/\.(skip|todo|failing)\b/.test(match[3] ?? '')).map((match) => match[5] ?? '')
}
