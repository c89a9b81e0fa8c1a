/** Rows ticked in a list to act on many: X one by one, Maiusc+X all those between the last ticked and the current one. */
import { useMemo, useRef, useState } from 'react'
import { intervallo } from './selezione.ts'

export interface Selezione {
  /** Ticked rows that are still in the list, in its order. */
  scelti: string[]
  segna: (id: string) => void
  /** Ticks everything between the last ticked row and this one. */
  finoA: (id: string) => void
  imposta: (ids: readonly string[]) => void
  svuota: () => void
}

/** `ordine`: the ids of the list as it is on screen. */
export function useSelezione(ordine: readonly string[]): Selezione {
  const [segnati, setSegnati] = useState<readonly string[]>([])
  const last = useRef<string | null>(null)
  const scelti = useMemo(() => ordine.filter((id) => segnati.includes(id)), [ordine, segnati])
  return {
    scelti,
    segna: (id) => {
      last.current = id
      setSegnati((all) => (all.includes(id) ? all.filter((other) => other !== id) : [...all, id]))
    },
    finoA: (id) => {
      const between = intervallo(ordine, last.current, id)
      last.current = id
      setSegnati((all) => [...new Set([...all, ...between])])
    },
    imposta: setSegnati,
    svuota: () => setSegnati([]),
  }
}
