/** A page of acts: heading, what it is for, the outcome of the last act, the refusal of the server, then what it lists. */
import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Titolo } from '../app/Titolo.tsx'
import { useAnnuncio } from './Annunci.tsx'
import { EsitoBar, EsitoProblema } from './EsitoBar.tsx'

export interface EsitoAtti {
  testo: string | null
  /** An act succeeded: said on the page and aloud, and what it changed is read again. */
  fatto: (testo: string) => void
  chiudi: () => void
}

/** `chiavi`: the queries that an act of the page changes. */
export function useEsitoAtti(...chiavi: readonly QueryKey[]): EsitoAtti {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [testo, setTesto] = useState<string | null>(null)
  return {
    testo,
    fatto: (text) => {
      setTesto(text)
      annuncia(text)
      for (const queryKey of chiavi) void client.invalidateQueries({ queryKey })
    },
    chiudi: () => setTesto(null),
  }
}

export interface PaginaAttiProps {
  titolo: string
  testo?: string
  esito: EsitoAtti
  errore?: unknown
  children: ReactNode
}

export function PaginaAtti({ titolo, testo, esito, errore = null, children }: PaginaAttiProps) {
  return (
    <div className="pagina">
      <Titolo>{titolo}</Titolo>
      {testo === undefined ? null : <p>{testo}</p>}
      {esito.testo === null ? null : (
        <EsitoBar tipo="riuscito" onChiudi={esito.chiudi}>
          {esito.testo}
        </EsitoBar>
      )}
      {errore === null ? null : <EsitoProblema errore={errore} />}
      {children}
    </div>
  )
}
