/** Queries of the repertories, and errors of the server field by field. */
import { queryOptions } from '@tanstack/react-query'
import { api, chiama } from '../../api/client.ts'
import type { Repertorio } from './tipi.ts'

export const repertoriQuery = (ente: string) =>
  queryOptions({
    queryKey: ['repertori', ente],
    queryFn: async () => (await chiama<{ elementi: Repertorio[] }>(api(ente, 'repertori'))).elementi,
  })
