/** Queries of the work list. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, chiama } from '../../api/client.ts'
import type { Registrazione } from '../../api/tipi.ts'

export const VIEWS = ['da-prendere-in-carico', 'in-carico', 'non-fascicolate', 'per-conoscenza', 'rifiutate', 'inviate'] as const
export type Vista = (typeof VIEWS)[number]

/** How many documents each view holds: the numbers on the tabs. */
export const conteggiQuery = (ente: string) =>
  queryOptions({
    queryKey: ['assegnazioni', ente, 'conteggi'],
    queryFn: () => chiama<Record<Vista, number>>(api(ente, 'assegnazioni', 'conteggi')),
    refetchInterval: 60_000,
  })

/** The whole registration of a row, needed by the sheet that files it. */
export function useRegistrazione(ente: string, etichetta: string | undefined) {
  const [numero = '', anno = ''] = (etichetta ?? '').split('/')
  return useQuery({
    queryKey: ['registrazione', ente, anno, numero],
    queryFn: () => chiama<Registrazione>(api(ente, 'registrazioni', anno, numero)),
    enabled: etichetta !== undefined,
  })
}
