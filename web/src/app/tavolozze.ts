/** The ready palettes, one stylesheet each; the page loads only the one of its ente. */
import { useEffect, useState } from 'react'

const files = import.meta.glob<string>('../stili/tavolozze/*.scss', { query: '?url', import: 'default', eager: true })

const addresses = new Map<string, string>()
for (const [path, url] of Object.entries(files)) {
  const name = /([a-z-]+)\.scss$/.exec(path)?.[1]
  if (name !== undefined) addresses.set(name, url)
}

export const TAVOLOZZE: readonly string[] = [...addresses.keys()].toSorted()
const DEFAULT = 'blu-notte'
const ID = 'tavolozza'

/** Loads a palette and says when the page may be drawn; an unknown name gives the default one. The old sheet leaves when the new one is in. */
export function useTavolozza(nome: string | undefined): boolean {
  const url = addresses.get(nome ?? DEFAULT) ?? addresses.get(DEFAULT) ?? ''
  const [loaded, setLoaded] = useState(() => document.getElementById(ID)?.getAttribute('href') === url)
  useEffect(() => {
    const current = document.getElementById(ID)
    if (current?.getAttribute('href') === url) {
      setLoaded(true)
      return
    }
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = url
    const done = (): void => {
      current?.remove()
      link.id = ID
      setLoaded(true)
    }
    link.addEventListener('load', done)
    link.addEventListener('error', done)
    document.head.prepend(link)
  }, [url])
  return loaded
}
