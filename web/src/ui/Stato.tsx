/** A state: icon, word and colour, always the three together. */
import { Icona } from './Icona.tsx'

export type Tono = 'buono' | 'attenzione' | 'male' | 'neutro' | 'attivo'

const ICONS: Record<Tono, string> = {
  buono: 'check-circle',
  attenzione: 'warning-circle',
  male: 'close-circle',
  neutro: 'minus-circle',
  attivo: 'clock',
}

export function Stato({ tono, children, icona }: { tono: Tono; children: string; icona?: string }) {
  return (
    <span className={`stato stato-${tono}`}>
      <Icona nome={icona ?? ICONS[tono]} dimensione={14} />
      {children}
    </span>
  )
}
