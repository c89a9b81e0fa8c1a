import { describe, expect, it } from '@jest/globals'
import { accordo, letteraSingola, permesso, staScrivendo } from '../../../web/src/ui/scorciatoie.ts'

const press = (key: string, mods: Partial<Record<'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...mods,
})

describe('chords', () => {
  it('writes letters, function keys and combinations', () => {
    expect(accordo(press('j'))).toBe('j')
    expect(accordo(press('F4'))).toBe('F4')
    expect(accordo(press('Enter', { ctrlKey: true }))).toBe('Ctrl+Enter')
    expect(accordo(press('Enter', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl+Shift+Enter')
    expect(accordo(press('X', { shiftKey: true }))).toBe('Shift+X')
  })

  it('reads / and ? of Italian keyboards, which need Shift', () => {
    expect(accordo(press('/', { shiftKey: true }))).toBe('/')
    expect(accordo(press('?', { shiftKey: true }))).toBe('?')
  })

  it('never takes Ctrl+Alt or AltGr: they type @ # [ ] { }', () => {
    expect(accordo(press('@', { ctrlKey: true, altKey: true }))).toBeNull()
    expect(accordo(press('AltGraph'))).toBeNull()
  })

  it('does not change with the caps lock', () => {
    expect(accordo(press('J'))).toBe('j')
  })
})

describe('when a shortcut may run', () => {
  const list = { scrive: false, lettereAttive: true, sopra: false }

  it('letters only outside fields, and never when switched off', () => {
    expect(permesso('j', list)).toBe(true)
    expect(permesso('j', { ...list, scrive: true })).toBe(false)
    expect(permesso('j', { ...list, lettereAttive: false })).toBe(false)
    expect(permesso('?', { ...list, lettereAttive: false })).toBe(false)
  })

  it('function keys and Ctrl chords work also inside fields', () => {
    expect(permesso('F8', { ...list, scrive: true, lettereAttive: false })).toBe(true)
    expect(permesso('Ctrl+Enter', { ...list, scrive: true })).toBe(true)
  })

  it('nothing of the page below runs while a dialog is open, its own action does', () => {
    expect(permesso('Ctrl+Enter', { ...list, sopra: true })).toBe(false)
    expect(permesso('Ctrl+Enter', { ...list, sopra: true }, { anchePopup: true })).toBe(true)
  })

  it('arrows belong to the field one is writing in', () => {
    expect(permesso('ArrowDown', { ...list, scrive: true })).toBe(false)
    expect(permesso('ArrowDown', list)).toBe(true)
  })

  it('knows what is typing', () => {
    expect(staScrivendo({ tagName: 'INPUT', type: 'text' })).toBe(true)
    expect(staScrivendo({ tagName: 'INPUT', type: 'checkbox' })).toBe(false)
    expect(staScrivendo({ tagName: 'SELECT' })).toBe(true)
    expect(staScrivendo({ tagName: 'BUTTON' })).toBe(false)
    expect(staScrivendo(null)).toBe(false)
    expect(letteraSingola('Shift+X')).toBe(true)
    expect(letteraSingola('F2')).toBe(false)
  })
})
