import type { Formazione } from './schema.ts'

/**
 * Letter of the Allegato 5 formation mode: a received message, an uploaded file and the image of a paper are all acquisitions (b), what an office writes
 * is formed with a program (a).
 */
export function modalitaFormazioneOf(formazione: Formazione): 'a' | 'b' {
  return formazione === 'redatto' ? 'a' : 'b'
}

/** A file name safe to show and to write in a header: no path, no control characters, at most 180 characters, never empty. */
export function cleanFileName(name: string): string {
  const base = name.normalize('NFC').split(/[/\\]/u).pop() ?? ''
  // oxlint-disable-next-line no-control-regex
  const clean = base.replaceAll(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').trim()
  if (clean === '' || clean === '.' || clean === '..') return 'documento'
  if (clean.length <= 180) return clean
  const dot = clean.lastIndexOf('.')
  const extension = dot > 0 && clean.length - dot <= 12 ? clean.slice(dot) : ''
  return clean.slice(0, 180 - extension.length) + extension
}
