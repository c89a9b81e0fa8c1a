/** Queries of the repertories, and errors of the server field by field. */
import { queryOptions } from '@tanstack/react-query'
import { api, chiama } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import type { Repertorio } from './tipi.ts'

export const repertoriQuery = (ente: string) =>
  queryOptions({
    queryKey: ['repertori', ente],
    queryFn: async () => (await chiama<{ elementi: Repertorio[] }>(api(ente, 'repertori'))).elementi,
  })

/** The message of the server for one field, if the last answer had one. */
export function erroreDi(errore: unknown, campo: string): string | undefined {
  return errore instanceof Problema ? errore.campi.find((c) => c.campo === campo)?.messaggio : undefined
}
