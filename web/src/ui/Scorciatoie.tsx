/** Shortcuts of the page: one listener, handlers registered by whoever is on screen, letters that can be switched off (WCAG 2.1.4). */
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { accordo, permesso, staScrivendo, type Contesto } from './scorciatoie.ts'

export type Azioni = Record<string, (event: KeyboardEvent) => void>

interface Gruppo {
  azioni: Azioni
  anchePopup: boolean
}

interface Registro {
  registra(gruppo: { current: Gruppo }): () => void
  lettere: boolean
  impostaLettere(valore: boolean): void
}

const KEY = 'faldone.lettere'
const Context = createContext<Registro | null>(null)

function active(): HTMLElement | null {
  return document.activeElement instanceof HTMLElement ? document.activeElement : null
}

/** How long a chosen option may take to settle, in milliseconds. */
const CHOICE_WAIT = 2000

/** True while a choice made with Enter waits for its results (`data-attesa`, set by the comboboxes). */
function arriving(): boolean {
  return document.querySelector('[data-attesa]') !== null
}

/** True while the list of options of the field is open, or a choice is on its way. */
function choosing(element: HTMLElement | null): boolean {
  return element?.getAttribute('aria-expanded') === 'true' || arriving()
}

/** Enter and then Ctrl+Enter in a row: the second waits until the choice made by the first is in the form. */
function afterChoice(element: HTMLElement | null, run: () => void, since = performance.now()): void {
  setTimeout(() => {
    if (!choosing(element)) run()
    else if (performance.now() - since < CHOICE_WAIT) afterChoice(element, run, since)
  }, 40)
}

/** Escape leaves the field for the list, unless the field itself needs it (open list of options, open dialog). */
function leaveField(event: KeyboardEvent): void {
  const element = active()
  if (element === null || element.getAttribute('aria-expanded') === 'true' || element.closest('[role=dialog],[role=menu]') !== null) return
  if (!staScrivendo({ tagName: element.tagName, type: (element as HTMLInputElement).type, role: element.getAttribute('role') })) return
  event.preventDefault()
  const home = document.querySelector<HTMLElement>('[data-fuoco-elenco]') ?? document.querySelector<HTMLElement>('main h1')
  element.blur()
  home?.focus()
}

export function Scorciatoie({ children }: { children: ReactNode }) {
  const groups = useRef<{ current: Gruppo }[]>([])
  const [lettere, setLettere] = useState(() => localStorage.getItem(KEY) !== 'spente')
  const enabled = useRef(lettere)
  const prefix = useRef<{ chord: string; at: number } | null>(null)
  const chosen = useRef<{ element: Element; at: number } | null>(null)

  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const chord = accordo(event)
      if (chord === null || event.isComposing) return
      if (chord === 'Escape') leaveField(event)
      const element = active()
      if (chord === 'Enter' && element?.role === 'combobox') chosen.current = { element, at: event.timeStamp }
      if (chord.includes('Enter') && choosing(element)) {
        const justChosen =
          chosen.current !== null && chosen.current.element === element && event.timeStamp - chosen.current.at < CHOICE_WAIT
        if (chord === 'Enter' || !(justChosen || arriving())) return
        event.preventDefault()
        event.stopPropagation()
        afterChoice(element, () => run([chord], chord, event))
        return
      }
      if (chord === 'Enter' && element !== null && /^(BUTTON|A|SUMMARY)$/.test(element.tagName)) return
      const previous = prefix.current
      const sequence = previous !== null && event.timeStamp - previous.at < 1200 ? `${previous.chord} ${chord}` : null
      prefix.current = null
      if (run(sequence === null ? [chord] : [sequence, chord], chord, event)) return
      const starts = groups.current.some((group) => Object.keys(group.current.azioni).some((name) => name.startsWith(`${chord} `)))
      if (starts && permesso(chord, contextNow())) prefix.current = { chord, at: event.timeStamp }
    }
    function contextNow(): Contesto {
      const element = active()
      const kind =
        element === null ? null : { tagName: element.tagName, type: (element as HTMLInputElement).type, role: element.getAttribute('role') }
      return {
        scrive: staScrivendo(kind),
        lettereAttive: enabled.current,
        sopra: document.querySelector('[role=dialog],[role=alertdialog],[role=menu]') !== null,
      }
    }
    function run(names: string[], chord: string, event: KeyboardEvent): boolean {
      const context = contextNow()
      for (const name of names) {
        for (const group of groups.current.toReversed()) {
          const action = group.current.azioni[name]
          if (action === undefined || !permesso(name.includes(' ') ? chord : name, context, group.current)) continue
          event.preventDefault()
          event.stopPropagation()
          action(event)
          return true
        }
      }
      return false
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [])

  const registra = useCallback((group: { current: Gruppo }) => {
    groups.current = [...groups.current, group]
    return () => {
      groups.current = groups.current.filter((other) => other !== group)
    }
  }, [])
  const impostaLettere = useCallback((valore: boolean) => {
    enabled.current = valore
    localStorage.setItem(KEY, valore ? 'accese' : 'spente')
    setLettere(valore)
  }, [])
  const value = useMemo(() => ({ registra, lettere, impostaLettere }), [registra, lettere, impostaLettere])
  return <Context.Provider value={value}>{children}</Context.Provider>
}

function useRegistro(): Registro {
  const registro = useContext(Context)
  if (registro === null) throw new Error('Scorciatoie is missing above this component')
  return registro
}

/** Binds chords while the component is mounted; the last mounted wins. `anchePopup`: also while a dialog is open (for the dialog itself). */
export function useScorciatoie(azioni: Azioni, anchePopup = false): void {
  const { registra } = useRegistro()
  const group = useRef<Gruppo>({ azioni, anchePopup })
  group.current = { azioni, anchePopup }
  useEffect(() => registra(group), [registra])
}

/** The preference about single letters. */
export function useLettere(): { lettere: boolean; impostaLettere(valore: boolean): void } {
  return useRegistro()
}
