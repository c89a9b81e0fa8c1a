/** The two live regions of the page: polite for outcomes, assertive for the loss of the connection. One of each, always in the DOM. */
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react'

type Annuncia = (testo: string, urgente?: boolean) => void
const Context = createContext<Annuncia>(() => undefined)

/** Says something to screen readers. */
export function useAnnuncio(): Annuncia {
  return useContext(Context)
}

export function Annunci({ children }: { children: ReactNode }) {
  const [polite, setPolite] = useState({ testo: '', giro: 0 })
  const [assertive, setAssertive] = useState('')
  const annuncia = useCallback<Annuncia>((testo, urgente = false) => {
    if (urgente) setAssertive(testo)
    // A space at the end makes the same sentence news again.
    else setPolite((prima) => ({ testo: testo + (prima.giro % 2 === 0 ? '' : '\u00a0'), giro: prima.giro + 1 }))
  }, [])
  const value = useMemo(() => annuncia, [annuncia])
  return (
    <Context.Provider value={value}>
      {children}
      <div className="visually-hidden">
        <div role="status">{polite.testo}</div>
        <div role="alert">{assertive}</div>
      </div>
    </Context.Provider>
  )
}
