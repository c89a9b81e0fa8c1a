/** The ready palettes, one stylesheet each; the page loads only the one of its ente. */
import { useEffect, useRef, useSyncExternalStore } from 'react'

const files = import.meta.glob<string>('../stili/tavolozze/*.scss', { query: '?url', import: 'default', eager: true })

const addresses = new Map<string, string>()
for (const [path, url] of Object.entries(files)) {
  const name = /([a-z-]+)\.scss$/.exec(path)?.[1]
  if (name !== undefined) addresses.set(name, url)
}

export const TAVOLOZZE: readonly string[] = [...addresses.keys()].toSorted()
const DEFAULT = 'blu-notte'
const CLASS = 'tavolozza'

/** The last palette asked for (a slower sheet of an earlier page must not replace it) and the one on screen. */
let wanted: string | null = null
let applied: string | null = null
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function ask(url: string): void {
  if (wanted === url) return
  wanted = url
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.className = CLASS
  link.href = url
  const arrived = (): void => {
    if (wanted !== url) return link.remove()
    for (const other of document.querySelectorAll(`link.${CLASS}`)) if (other !== link) other.remove()
    applied = url
    for (const listener of listeners) listener()
  }
  link.addEventListener('load', arrived)
  link.addEventListener('error', arrived)
  document.head.prepend(link)
}

/**
 * Loads a palette and says when the page may be drawn; an unknown name gives the default one.
 * Once drawn, a page keeps what it has while the next palette is on its way.
 */
export function useTavolozza(nome: string | undefined): boolean {
  const url = addresses.get(nome ?? DEFAULT) ?? addresses.get(DEFAULT) ?? ''
  const current = useSyncExternalStore(subscribe, () => applied)
  const drawn = useRef(false)
  useEffect(() => ask(url), [url])
  if (current === url) drawn.current = true
  return drawn.current
}
