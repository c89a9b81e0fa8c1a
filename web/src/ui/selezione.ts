/** Arithmetic of the selections. Pure. */

/** The ids from one to another, both included, whichever comes first; only the second when the first is not in the list. */
export function intervallo(ordine: readonly string[], da: string | null, a: string): string[] {
  const end = ordine.indexOf(a)
  if (end === -1) return []
  const start = da === null ? -1 : ordine.indexOf(da)
  return start === -1 ? [a] : ordine.slice(Math.min(start, end), Math.max(start, end) + 1)
}
