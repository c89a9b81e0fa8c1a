/** Waiting, emptiness and block errors: a page never goes blank. */
import { useEffect, useState, type ReactNode } from 'react'
import { t } from '../testi/it.ts'
import { EsitoProblema } from './EsitoBar.tsx'
import { Icona } from './Icona.tsx'

/** Grey lines of the shape of what is coming, only when it takes more than 200 ms. */
export function Scheletro({ righe = 6 }: { righe?: number }) {
  const [visibile, setVisibile] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setVisibile(true), 200)
    return () => clearTimeout(timer)
  }, [])
  if (!visibile) return null
  return (
    <div className="scheletro">
      <span className="visually-hidden">{t.caricamento}</span>
      {Array.from({ length: righe }, (_, index) => (
        <span key={index} className="scheletro-riga" aria-hidden="true" />
      ))}
    </div>
  )
}

export function Vuoto({ children, icona = 'check-circle', azioni }: { children: ReactNode; icona?: string; azioni?: ReactNode }) {
  return (
    <div className="vuoto">
      <Icona nome={icona} dimensione={32} />
      <div>{children}</div>
      {azioni ? <div className="vuoto-azioni">{azioni}</div> : null}
    </div>
  )
}

export interface CaricaProps<T> {
  query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown }
  cosa: string
  righe?: number
  children: (dati: T) => ReactNode
}

/** Draws the data of a query, or its waiting, or its failure with "Riprova". */
export function Carica<T>({ query, cosa, righe, children }: CaricaProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isPending && query.error === null) return righe === undefined ? <Scheletro /> : <Scheletro righe={righe} />
  return <EsitoProblema errore={query.error} premessa={t.errori.blocco(cosa)} onRiprova={() => void query.refetch()} />
}
