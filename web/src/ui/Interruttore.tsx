/** A yes or no with the sentence that says what it does. */
export interface InterruttoreProps {
  id: string
  etichetta: string
  aiuto: string
  valore: boolean
  onCambia: (valore: boolean) => void
}

export function Interruttore({ id, etichetta, aiuto, valore, onCambia }: InterruttoreProps) {
  return (
    <>
      <label className="interruttore">
        <input type="checkbox" checked={valore} aria-describedby={`${id}-aiuto`} onChange={(event) => onCambia(event.target.checked)} />
        <span>{etichetta}</span>
      </label>
      <p className="campo-aiuto" id={`${id}-aiuto`}>
        {aiuto}
      </p>
    </>
  )
}
