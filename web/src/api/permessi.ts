/** What the person may do in the ente of the address: the pages show only what the server would allow. */
import { useEnte } from './sessione.tsx'

/** A test for one permission by name, e.g. `puo('protocollo.registra')`. */
export function usePermessi(): (permesso: string) => boolean {
  const { ente } = useEnte()
  return (permesso) => ente?.permessi.includes(permesso) ?? false
}
