/** A page that lists acts of one kind and has one sheet to add another: who may not add only reads. */
import { useQuery } from '@tanstack/react-query'
import { useState, type ComponentType } from 'react'
import { api, chiama } from '../api/client.ts'
import { usePermessi } from '../api/permessi.ts'
import { useEnte } from '../api/sessione.tsx'
import { Carica, Vuoto } from './Attesa.tsx'
import { PaginaAtti, useEsitoAtti } from './PaginaAtti.tsx'
import { Tabella, type Colonna } from './Tabella.tsx'

/** What a sheet that adds an act is given. */
export interface FoglioAttoProps {
  ente: string
  onChiudi: () => void
  onFatto: () => void
}

export interface ElencoAttiProps<Riga extends { id: string }> {
  testi: { titolo: string; testo: string; nuovo: string; fatto: string; tabella: string; vuoto: string }
  /** Last part of the address of the API, which answers with `elementi`; also the key of the query. */
  risorsa: string
  colonne: readonly Colonna<Riga>[]
  /** Who has it may add. */
  permesso: string
  Foglio: ComponentType<FoglioAttoProps>
}

export function ElencoAtti<Riga extends { id: string }>({ testi, risorsa, colonne, permesso, Foglio }: ElencoAttiProps<Riga>) {
  const { slug } = useEnte()
  const puo = usePermessi()
  const esito = useEsitoAtti([risorsa, slug])
  const [nuovo, setNuovo] = useState(false)
  const query = useQuery({ queryKey: [risorsa, slug], queryFn: () => chiama<{ elementi: Riga[] }>(api(slug, risorsa)) })
  return (
    <PaginaAtti titolo={testi.titolo} testo={testi.testo} esito={esito}>
      {puo(permesso) ? (
        <p>
          <button type="button" className="btn btn-primary btn-sm" onClick={() => setNuovo(true)}>
            {testi.nuovo}
          </button>
        </p>
      ) : null}
      <Carica query={query} cosa={testi.tabella} righe={4}>
        {({ elementi }) =>
          elementi.length === 0 ? (
            <Vuoto>{testi.vuoto}</Vuoto>
          ) : (
            <Tabella didascalia={testi.tabella} colonne={[...colonne]} righe={elementi} chiave={(riga) => riga.id} />
          )
        }
      </Carica>
      {nuovo ? (
        <Foglio
          ente={slug}
          onChiudi={() => setNuovo(false)}
          onFatto={() => {
            setNuovo(false)
            esito.fatto(testi.fatto)
          }}
        />
      ) : null}
    </PaginaAtti>
  )
}
