/** Views of one list as links in the address: the current one is marked, counters only where there is something to do. */
import { Link } from 'react-router'

export interface Scheda {
  chiave: string
  testo: string
  verso: string
  conteggio?: number | undefined
}

export function Schede({ etichetta, schede, corrente }: { etichetta: string; schede: Scheda[]; corrente: string }) {
  return (
    <nav className="schede" aria-label={etichetta}>
      <ul>
        {schede.map((scheda) => (
          <li key={scheda.chiave}>
            <Link to={scheda.verso} aria-current={scheda.chiave === corrente ? 'page' : undefined}>
              {scheda.testo}
              {scheda.conteggio ? <span className="conteggio">{scheda.conteggio}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
