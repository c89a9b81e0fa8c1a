/** The steps of a model while they are written: added, moved, taken out, each with its phase, signature and documents. */
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { passoVuoto, type PassoBozza } from './modello.ts'

export interface PassiModelloProps {
  passi: PassoBozza[]
  errore: (campo: string) => string | undefined
  onCambia: (passi: PassoBozza[]) => void
}

export function PassiModello({ passi, errore, onCambia }: PassiModelloProps) {
  const m = t.procedimenti.passo
  const change = (i: number, patch: Partial<PassoBozza>): void => onCambia(passi.map((p, j) => (i === j ? { ...p, ...patch } : p)))
  const move = (i: number, delta: number): void => {
    const next = [...passi]
    const [one] = next.splice(i, 1)
    if (one !== undefined) next.splice(i + delta, 0, one)
    onCambia(next)
  }
  return (
    <>
      {passi.map((p, i) => (
        <fieldset key={`${p.chiave}-${i}`} className="riquadro">
          <legend>{m.titolo(i + 1)}</legend>
          <CampoTesto
            id={`passo-${i}-nome`}
            etichetta={m.nome}
            obbligatorio
            valore={p.nome}
            errore={errore(`passi.${i}.nome`) ?? errore(`passi.${i}.chiave`)}
            onCambia={(nome) => change(i, { nome })}
          />
          <CampoScelta
            id={`passo-${i}-fase`}
            etichetta={m.fase}
            valore={p.fase}
            errore={errore(`passi.${i}.fase`)}
            opzioni={t.procedimenti.fasi.map((f) => ({ valore: f, testo: f }))}
            onCambia={(fase) => change(i, { fase })}
          />
          <CampoScelta
            id={`passo-${i}-firma`}
            etichetta={m.firma}
            valore={p.firma}
            opzioni={Object.entries(t.procedimenti.firme).map(([valore, testo]) => ({ valore, testo }))}
            onCambia={(firma) => change(i, { firma })}
          />
          <CampoTesto
            id={`passo-${i}-documenti`}
            etichetta={m.documenti}
            aiuto={m.documentiAiuto}
            righe={2}
            valore={p.documenti}
            onCambia={(documenti) => change(i, { documenti })}
          />
          <label className="interruttore">
            <input type="checkbox" checked={p.obbligatorio} onChange={(event) => change(i, { obbligatorio: event.target.checked })} />{' '}
            <span>{t.procedimenti.obbligatorio}</span>
          </label>
          <p>
            <button type="button" className="collegamento" disabled={i === 0} onClick={() => move(i, -1)}>
              {m.su}
            </button>{' '}
            <button type="button" className="collegamento" disabled={i === passi.length - 1} onClick={() => move(i, 1)}>
              {m.giu}
            </button>{' '}
            <button type="button" className="collegamento" onClick={() => onCambia(passi.filter((_, j) => j !== i))}>
              {m.togli}
            </button>
          </p>
        </fieldset>
      ))}
      <button
        type="button"
        className="btn btn-outline-primary btn-xs"
        onClick={() => onCambia([...passi, passoVuoto(passi.at(-1)?.fase ?? 'Istruttoria')])}
      >
        {m.aggiungi}
      </button>
    </>
  )
}
