/** Chosen things as chips, each with its button that takes it away. */
import { t } from '../testi/it.ts'
import { Icona } from './Icona.tsx'

export interface GettoniProps {
  etichetta: string
  valori: readonly { id: string; testo: string }[]
  onRimuovi: (id: string) => void
}

export function Gettoni({ etichetta, valori, onRimuovi }: GettoniProps) {
  if (valori.length === 0) return null
  return (
    <ul className="gettoni" aria-label={etichetta}>
      {valori.map((item) => (
        <li key={item.id} className="gettone">
          {item.testo}
          <button type="button" aria-label={t.rimuovi(item.testo)} onClick={() => onRimuovi(item.id)}>
            <Icona nome="close" dimensione={16} />
          </button>
        </li>
      ))}
    </ul>
  )
}
