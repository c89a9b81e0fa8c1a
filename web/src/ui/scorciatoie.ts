/**
 * Reading of the keyboard, without React. `event.key` is matched, never `event.code`: on Italian keyboards `/` and `?` need Shift.
 * A chord is written 'Ctrl+Enter', 'F4', 'j', 'Shift+X', '?'. Pure.
 */

export interface TastoPremuto {
  key: string
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
  shiftKey: boolean
}

/** The chord of a key press, or null for bare modifiers and for Ctrl+Alt/AltGr, which type @ # [ ] { } and the euro sign. */
export function accordo(event: TastoPremuto): string | null {
  const { key } = event
  if (key === 'Control' || key === 'Shift' || key === 'Alt' || key === 'Meta' || key === 'AltGraph' || key === 'Dead') return null
  if (event.altKey && (event.ctrlKey || event.metaKey)) return null
  const ctrl = event.ctrlKey || event.metaKey
  const printable = key.length === 1
  const letter = printable && key.toLowerCase() !== key.toUpperCase()
  const parts: string[] = []
  if (ctrl) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  if (event.shiftKey && (!printable || letter)) parts.push('Shift')
  parts.push(letter ? (parts.includes('Shift') ? key.toUpperCase() : key.toLowerCase()) : key)
  return parts.join('+')
}

/** True for chords made of one printable character: WCAG 2.1.4 wants them to be switched off on request. */
export function letteraSingola(chord: string): boolean {
  return chord.replace('Shift+', '').length === 1
}

/** What the focused element is, as far as shortcuts care. */
export interface FuocoCorrente {
  tagName: string
  type?: string
  isContentEditable?: boolean
  role?: string | null
}

const NO_TEXT = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'file', 'range', 'color'])

/** True when the person is typing: letters then belong to the field. */
export function staScrivendo(element: FuocoCorrente | null): boolean {
  if (element === null) return false
  const tag = element.tagName.toUpperCase()
  if (element.isContentEditable === true || tag === 'TEXTAREA' || tag === 'SELECT') return true
  if (tag === 'INPUT') return !NO_TEXT.has((element.type ?? 'text').toLowerCase())
  return element.role === 'combobox' || element.role === 'textbox' || element.role === 'searchbox'
}

export interface Contesto {
  scrive: boolean
  lettereAttive: boolean
  /** A dialog, a menu or a list of options is open. */
  sopra: boolean
}

/** Decides whether a registered chord may run now. */
export function permesso(chord: string, contesto: Contesto, opzioni: { anchePopup?: boolean } = {}): boolean {
  if (contesto.sopra && opzioni.anchePopup !== true) return false
  if (letteraSingola(chord)) return contesto.lettereAttive && !contesto.scrive
  if (chord === 'Enter' || chord === 'ArrowDown' || chord === 'ArrowUp' || chord === 'Home' || chord === 'End') return !contesto.scrive
  return true
}
