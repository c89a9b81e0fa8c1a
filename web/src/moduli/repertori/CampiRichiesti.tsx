/** The metadata a repertory asks for: one row each, added and taken away. */
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { Icona } from '../../ui/Icona.tsx'
import type { CampoRepertorio } from './tipi.ts'

export interface CampiRichiestiProps {
  campi: CampoRepertorio[]
  errore: string | undefined
  onCambia: (campi: CampoRepertorio[]) => void
}

const VUOTO: CampoRepertorio = { chiave: '', etichetta: '', tipo: 'testo', obbligatorio: true, valori: [] }

export function CampiRichiesti({ campi, errore, onCambia }: CampiRichiestiProps) {
  const m = t.repertori.modulo
  const patch = (index: number, changes: Partial<CampoRepertorio>): void =>
    onCambia(campi.map((c, i) => (i === index ? { ...c, ...changes } : c)))
  return (
    <fieldset className="foglio-parte">
      <legend>{m.campi}</legend>
      {errore ? <p className="campo-errore">{errore}</p> : null}
      {campi.map((c, i) => (
        <fieldset key={i} className="campo-repertorio">
          <legend>{m.campo(i + 1)}</legend>
          <CampoTesto
            id={`dato-${i}-etichetta`}
            etichetta={m.etichetta}
            obbligatorio
            valore={c.etichetta}
            onCambia={(etichetta) => patch(i, { etichetta })}
          />
          <CampoScelta
            id={`dato-${i}-tipo`}
            etichetta={m.tipo}
            valore={c.tipo}
            onCambia={(tipo) => patch(i, { tipo: tipo as CampoRepertorio['tipo'] })}
            opzioni={Object.entries(t.repertori.tipiCampo).map(([valore, testo]) => ({ valore, testo }))}
          />
          {c.tipo === 'scelta' ? (
            <CampoTesto
              id={`dato-${i}-valori`}
              etichetta={m.valori}
              valore={c.valori.join(', ')}
              onCambia={(v) => patch(i, { valori: v.split(',').map((x) => x.trim()) })}
            />
          ) : null}
          <label className="interruttore">
            <input type="checkbox" checked={c.obbligatorio} onChange={(event) => patch(i, { obbligatorio: event.target.checked })} />{' '}
            <span>{m.obbligatorio}</span>
          </label>
          <button
            type="button"
            className="pulsante-icona"
            aria-label={m.togliCampo(c.etichetta)}
            onClick={() => onCambia(campi.filter((_, j) => j !== i))}
          >
            <Icona nome="close" dimensione={18} />
          </button>
        </fieldset>
      ))}
      <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => onCambia([...campi, VUOTO])}>
        {m.aggiungiCampo}
      </button>
    </fieldset>
  )
}
