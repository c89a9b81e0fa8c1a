/** One act on the titolario: what was read is read again afterwards, and the outcome is announced. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { chiama, compiAtto } from '../../api/client.ts'
import type { Metodo } from '../../api/client.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'

export interface Atto {
  percorso: string
  metodo?: Metodo
  corpo?: unknown
  /** Name of an act that happens once: it is sent with its own key until the answer is known. */
  chiave?: string
  riuscito: string
}

export function useAttoTitolario<T = unknown>(ente: string, dopo?: (risposta: T) => void) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  return useMutation({
    mutationFn: async ({ percorso, metodo = 'POST', corpo, chiave }: Atto) =>
      chiave === undefined
        ? await chiama<T>(percorso, { metodo, ...(corpo === undefined ? {} : { corpo }) })
        : await compiAtto<T>(chiave, percorso, corpo),
    onSuccess: async (risposta, atto) => {
      await client.invalidateQueries({ queryKey: ['titolario', ente] })
      annuncia(atto.riuscito)
      dopo?.(risposta)
    },
  })
}
