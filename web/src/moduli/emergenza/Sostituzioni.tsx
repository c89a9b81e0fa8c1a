/** Classes and offices that no longer stand, row by row, and what takes their place in the recovery. */
import { emergenza } from '../../testi/it-emergenza.ts'
import { Combobox, type Opzione } from '../../ui/Combobox.tsx'
import { useRicerche } from '../protocollo/dati.ts'
import type { Sostituibile } from './recupero.ts'

const t = emergenza.recupero

/** A datum to replace and what was chosen for it. */
export interface SceltaSostituzione {
  readonly cosa: Sostituibile
  readonly scelta: Opzione | null
}

export function Sostituzioni({
  ente,
  scelte,
  onScelta,
}: {
  ente: string
  scelte: readonly SceltaSostituzione[]
  onScelta: (cosa: Sostituibile, scelta: Opzione | null) => void
}) {
  const ricerche = useRicerche(ente)
  return (
    <fieldset>
      <legend>{t.sostituzioni}</legend>
      <p>{t.sostituzioniTesto}</p>
      <div className="griglia-campi">
        {scelte.map(({ cosa, scelta }) => (
          <Combobox
            key={cosa.campo}
            id={`sostituzione-${cosa.campo.replaceAll('.', '-')}`}
            etichetta={t.sostituisci(cosa.numero, cosa.cosa)}
            larghezza="meta"
            chiave={[cosa.cosa === 'voceId' ? 'voci' : 'uffici', ente]}
            cerca={cosa.cosa === 'voceId' ? ricerche.voci : ricerche.uffici}
            valore={scelta}
            onScelta={(value) => onScelta(cosa, value)}
          />
        ))}
      </div>
    </fieldset>
  )
}
