/** The text of a draft, written as it will be read. What it gives is only the small HTML the server accepts: everything else is dropped here. */
import { useEffect, useRef } from 'react'
import { t } from '../../testi/it.ts'
import { serializzaTesto, testoInNodi } from './testo.ts'

export interface EditorTestoProps {
  valore: string
  onCambia: (valore: string) => void
  errore: string | undefined
  /** Gives the function that writes a field where the cursor is. */
  onPronto: (inserisci: (testo: string) => void) => void
}

const COMMANDS = [
  { chiave: 'titolo', comando: 'formatBlock', valore: 'h2' },
  { chiave: 'paragrafo', comando: 'formatBlock', valore: 'p' },
  { chiave: 'grassetto', comando: 'bold', valore: undefined },
  { chiave: 'corsivo', comando: 'italic', valore: undefined },
  { chiave: 'elenco', comando: 'insertUnorderedList', valore: undefined },
  { chiave: 'numerato', comando: 'insertOrderedList', valore: undefined },
] as const

export function EditorTesto({ valore, onCambia, errore, onPronto }: EditorTestoProps) {
  const area = useRef<HTMLDivElement>(null)
  const written = useRef<string | null>(null)
  useEffect(() => {
    const element = area.current
    if (element === null || written.current === valore) return
    element.replaceChildren(testoInNodi(valore, document))
    written.current = valore
  }, [valore])
  const change = (): void => {
    if (area.current === null) return
    written.current = serializzaTesto(area.current)
    onCambia(written.current)
  }
  useEffect(() => {
    document.execCommand('defaultParagraphSeparator', false, 'p')
    onPronto((testo) => {
      area.current?.focus()
      document.execCommand('insertText', false, testo)
    })
  }, [onPronto])
  return (
    <div className={`campo${errore ? ' campo-con-errore' : ''}`}>
      <span className="campo-riga">
        <span id="campo-corpo-etichetta">{t.bozze.testo}</span>
      </span>
      <div className="azioni-pagina" role="toolbar" aria-label={t.bozze.barraTesto}>
        {COMMANDS.map(({ chiave, comando, valore: value }) => (
          <button
            key={chiave}
            type="button"
            className="btn btn-outline-primary btn-xs"
            // The text must keep its selection.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              area.current?.focus()
              document.execCommand(comando, false, value)
              change()
            }}
          >
            {t.bozze.formati[chiave]}
          </button>
        ))}
      </div>
      <div
        ref={area}
        id="campo-corpo"
        className="controllo editor-testo"
        role="textbox"
        tabIndex={0}
        aria-multiline="true"
        aria-labelledby="campo-corpo-etichetta"
        aria-describedby={errore ? 'campo-corpo-errore' : 'campo-corpo-aiuto'}
        contentEditable
        suppressContentEditableWarning
        onInput={change}
        onPaste={(event) => {
          event.preventDefault()
          document.execCommand('insertText', false, event.clipboardData.getData('text/plain'))
        }}
      />
      <p className="campo-aiuto" id="campo-corpo-aiuto">
        {t.bozze.testoAiuto}
      </p>
      {errore ? (
        <p className="campo-errore" id="campo-corpo-errore">
          {errore}
        </p>
      ) : null}
    </div>
  )
}
