/** The heading of a page: names the tab of the browser and takes the focus after a change of page, so that screen readers start there. */
import { useEffect, useRef, type ReactNode } from 'react'
import { t } from '../testi/it.ts'

let firstPage = true

export interface TitoloProps {
  children: string
  /** Words for the tab of the browser, when the heading alone is not enough. */
  scheda?: string
  accanto?: ReactNode
  nascosto?: boolean
}

export function Titolo({ children, scheda, accanto, nascosto = false }: TitoloProps) {
  const ref = useRef<HTMLHeadingElement>(null)
  const title = scheda ?? children
  useEffect(() => {
    document.title = `${title} · ${t.prodotto}`
  }, [title])
  useEffect(() => {
    if (firstPage) firstPage = false
    else ref.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={nascosto ? 'titolo visually-hidden' : 'titolo'}>
      <h1 ref={ref} tabIndex={-1}>
        {children}
      </h1>
      {accanto}
    </div>
  )
}
