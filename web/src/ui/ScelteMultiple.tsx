/** Several choices as removable chips, added through a combobox. */
import { t } from '../testi/it.ts'
import { Combobox, type ComboboxProps, type Opzione } from './Combobox.tsx'
import { Icona } from './Icona.tsx'

export interface ScelteMultipleProps extends Omit<ComboboxProps, 'valore' | 'onScelta'> {
  valori: Opzione[]
  onCambia: (valori: Opzione[]) => void
}

export function ScelteMultiple({ valori, onCambia, ...campo }: ScelteMultipleProps) {
  return (
    <div className={`scelte-multiple${campo.larghezza === 'meta' ? ' campo-meta' : ''}`}>
      <Combobox
        {...campo}
        larghezza="intera"
        valore={null}
        onScelta={(scelta) => {
          if (scelta !== null && !valori.some((item) => item.id === scelta.id)) onCambia([...valori, scelta])
        }}
      />
      {valori.length === 0 ? null : (
        <ul className="gettoni" aria-label={campo.etichetta}>
          {valori.map((item) => (
            <li key={item.id} className="gettone">
              {item.testo}
              <button
                type="button"
                aria-label={t.rimuovi(item.testo)}
                onClick={() => onCambia(valori.filter((other) => other.id !== item.id))}
              >
                <Icona nome="close" dimensione={16} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
