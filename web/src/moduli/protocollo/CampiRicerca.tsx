/** An office, a person or a voice of the titolario, found by typing: the same field wherever one is asked for. */
import { Combobox, type ComboboxProps } from '../../ui/Combobox.tsx'
import { useRicerche } from './dati.ts'

export type CampoRicercaProps = Omit<ComboboxProps, 'cerca' | 'chiave'> & { ente: string }

export function CampoUfficio({ ente, ...campo }: CampoRicercaProps) {
  return <Combobox {...campo} chiave={['uffici', ente]} cerca={useRicerche(ente).uffici} />
}

export function CampoPersona({ ente, ...campo }: CampoRicercaProps) {
  return <Combobox {...campo} chiave={['persone', ente]} cerca={useRicerche(ente).persone} />
}

export function CampoVoce({ ente, ...campo }: CampoRicercaProps) {
  return <Combobox {...campo} chiave={['voci', ente]} cerca={useRicerche(ente).voci} />
}
