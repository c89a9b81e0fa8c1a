/** Options of a combobox while the person types: short delay, cache, and a flag that says whether what is shown answers what is typed. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { GruppoOpzioni } from './Combobox.tsx'

const DELAY = 120
const EMPTY: GruppoOpzioni[] = []

interface Ricerca {
  chiave: readonly unknown[]
  query: string
  cerca: (testo: string) => Promise<GruppoOpzioni[]>
  attiva: boolean
}

/** Runs the search for the typed text; `pronto` is true when the groups belong to that very text. */
export function useRicerca({ chiave, query, cerca, attiva }: Ricerca): { gruppi: GruppoOpzioni[]; pronto: boolean } {
  const [settled, setSettled] = useState(query)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(query), query === '' ? 0 : DELAY)
    return () => clearTimeout(timer)
  }, [query])
  const result = useQuery({
    queryKey: ['scelte', ...chiave, settled],
    queryFn: () => cerca(settled),
    enabled: attiva,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })
  return { gruppi: result.data ?? EMPTY, pronto: settled === query && !result.isPlaceholderData && result.isSuccess }
}
