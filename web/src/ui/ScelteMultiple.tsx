/** Several choices as removable chips, added through a combobox. */
import { Combobox, type ComboboxProps, type Opzione } from './Combobox.tsx'
import { Gettoni } from './Gettoni.tsx'

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
      <Gettoni etichetta={campo.etichetta} valori={valori} onRimuovi={(id) => onCambia(valori.filter((other) => other.id !== id))} />
    </div>
  )
}
