import type { Titolario, Voce } from './modello.ts'

/** How a voice of a new version descends from one of an older version (REQ-TIT-005). */
export const TIPI_PREDECESSORE = ['uguale', 'rinominata', 'accorpata', 'divisa', 'soppressa'] as const
export type TipoPredecessore = (typeof TIPI_PREDECESSORE)[number]

/** A link by codes: from the voice of the older version to that of the newer, null when it was suppressed. */
export interface Legame {
  readonly da: string
  readonly a: string | null
  readonly tipo: TipoPredecessore
}

/** What happened to a voice between two versions. */
export interface Cambiamento {
  readonly tipo: TipoPredecessore | 'nuova'
  readonly prima: readonly string[]
  readonly dopo: readonly string[]
}

/**
 * The links that can be read from two plans alone: same code and same name, `uguale`; same code and another name, `rinominata`; another code and the same
 * name under the same parent's name, `rinominata` (it was renumbered); nothing, `soppressa`. Splits and unions are decisions: somebody must say them.
 */
export function proposeLegami(prima: Titolario, dopo: Titolario): Legame[] {
  const same = (left: string, right: string): boolean => left.trim().toLocaleLowerCase('it') === right.trim().toLocaleLowerCase('it')
  const taken = new Set<string>()
  const links: Legame[] = prima.voci.flatMap((voce) => {
    const twin = dopo.find(voce.codice)
    if (twin === null || !same(twin.denominazione, voce.denominazione)) return []
    taken.add(twin.codice)
    return [{ da: voce.codice, a: twin.codice, tipo: 'uguale' as const }]
  })
  const linked = new Set(links.map((l) => l.da))
  for (const voce of prima.voci) {
    if (linked.has(voce.codice)) continue
    const moved = dopo.voci.find((v) => !taken.has(v.codice) && v.livello === voce.livello && same(v.denominazione, voce.denominazione))
    const twin = dopo.find(voce.codice)
    const found = moved ?? (twin !== null && !taken.has(twin.codice) ? twin : undefined)
    if (found !== undefined) taken.add(found.codice)
    links.push(
      found === undefined ? { da: voce.codice, a: null, tipo: 'soppressa' } : { da: voce.codice, a: found.codice, tipo: 'rinominata' },
    )
  }
  return links
}

/**
 * The differences between two versions given their links, in the order of the newer plan, suppressed voices last. A voice without predecessor is `nuova`;
 * equal ones are left out unless `tutte` is asked.
 */
export function compareVersioni(dopo: readonly Pick<Voce, 'codice'>[], legami: readonly Legame[], tutte = false): Cambiamento[] {
  const byNew = Map.groupBy(legami, (l) => l.a ?? '')
  const done = new Set<string>()
  const changes = dopo.flatMap(({ codice }): Cambiamento[] => {
    if (done.has(codice)) return []
    const links = byNew.get(codice) ?? []
    const [first] = links
    if (first === undefined) return [{ tipo: 'nuova', prima: [], dopo: [codice] }]
    if (first.tipo === 'divisa') {
      const sources = new Set(links.map((l) => l.da))
      const parts = legami.filter((l) => l.tipo === 'divisa' && sources.has(l.da) && l.a !== null).map((l) => l.a ?? '')
      for (const part of parts) done.add(part)
      return [{ tipo: 'divisa', prima: [...sources], dopo: [...new Set(parts)] }]
    }
    if (first.tipo === 'uguale' && !tutte) return []
    return [{ tipo: first.tipo, prima: links.map((l) => l.da), dopo: [codice] }]
  })
  const gone = (byNew.get('') ?? []).map((l): Cambiamento => ({ tipo: 'soppressa', prima: [l.da], dopo: [] }))
  return [...changes, ...gone]
}

/** The next free number under a parent (or among the titoli): codes of a plan never return to a number that a sibling has. */
export function nextNumero(codici: readonly string[], parse: (codice: string) => readonly number[] | null): number {
  return codici.reduce((max, codice) => Math.max(max, parse(codice)?.at(-1) ?? 0), 0) + 1
}
