/** The office or the person a document is given to. */
import { t } from '../../testi/it.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { useRicerche } from './dati.ts'
import type { Scelta } from './modulo.ts'

export interface CampoDestinatarioProps {
  ente: string
  id: string
  valore: Scelta | null
  errore: string | undefined
  onScelta: (valore: Scelta | null) => void
}

export function CampoDestinatario({ ente, ...campo }: CampoDestinatarioProps) {
  const ricerche = useRicerche(ente)
  return <Combobox {...campo} etichetta={t.modulo.assegna} obbligatorio chiave={['destinatari', ente]} cerca={ricerche.destinatari} />
}
