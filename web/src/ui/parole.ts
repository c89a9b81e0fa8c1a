/** Local search by words, without accents: what comboboxes and lists use when everything is already here. Pure. */

function normal(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** True when every typed word begins some word of the text. */
export function corrisponde(text: string, typed: string): boolean {
  const words = normal(text).split(/[^\p{L}\p{N}.]+/u)
  return normal(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
    .every((word) => words.some((candidate) => candidate.startsWith(word)))
}

/** Items whose words begin as typed; when none does, those that contain the text anywhere. */
export function filtra<T>(items: T[], typed: string, text: (item: T) => string): T[] {
  const byWord = items.filter((item) => corrisponde(text(item), typed))
  return byWord.length > 0 ? byWord : items.filter((item) => normal(text(item)).includes(normal(typed.trim())))
}
