/** One act on the titolario: what was read is read again afterwards, and the outcome is announced. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { chiama } from '../../api/client.ts'
import type { Metodo } from '../../api/client.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'

export interface Atto {
  percorso: string
  metodo?: Metodo
  corpo?: unknown
  riuscito: string
}

export function useAttoTitolario<T = unknown>(ente: string, dopo?: (risposta: T) => void) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  return useMutation({
    mutationFn: async ({ percorso, metodo = 'POST', corpo }: Atto) =>
      await chiama<T>(percorso, { metodo, ...(corpo === undefined ? {} : { corpo }) }),
    onSuccess: async (risposta, atto) => {
      await client.invalidateQueries({ queryKey: ['titolario', ente] })
      annuncia(atto.riuscito)
      dopo?.(risposta)
    },
  })
}
