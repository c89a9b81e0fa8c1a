/** Facets as links with their counts, and what is chosen as chips that can be taken away. */
import { Link, useSearchParams } from 'react-router'
import { t } from '../../testi/it.ts'
import { numero } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { FACCE, type Risultati } from './dati.ts'

/** The address of the same search with one value changed, from the first page. */
function useVerso(): (nome: string, valore: string | null) => string {
  const [parametri] = useSearchParams()
  return (nome, valore) => {
    const next = new URLSearchParams(parametri)
    next.delete('pagina')
    if (valore === null) next.delete(nome)
    else next.set(nome, valore)
    return `?${next.toString()}`
  }
}

export function Facce({ facce }: { facce: Risultati['facce'] }) {
  const [parametri] = useSearchParams()
  const verso = useVerso()
  const shown = facce.filter((faccia) => faccia.valori.length > 0 && !parametri.has(faccia.nome))
  if (shown.length === 0) return null
  return (
    <nav className="facce" aria-label={t.ricerca.facce.titolo}>
      {shown.map((faccia) => (
        <details key={faccia.nome} open={faccia.nome !== 'fascicolo'}>
          <summary>{t.ricerca.facce[faccia.nome]}</summary>
          <ul>
            {faccia.valori.map((valore) => (
              <li key={valore.valore}>
                <Link to={verso(faccia.nome, valore.valore)}>
                  {valore.etichetta} <span className="facce-quanti">{numero(valore.quanti)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  )
}

function Chip({ testo, verso }: { testo: string; verso: string }) {
  return (
    <li>
      <Link className="chip-filtro" to={verso} aria-label={t.ricerca.togli(testo)}>
        {testo} <Icona nome="close" dimensione={14} />
      </Link>
    </li>
  )
}

/** What narrows the search now: pieces of the box, then facets. */
export function Scelti({ risultati, q }: { risultati: Risultati | undefined; q: string }) {
  const [parametri] = useSearchParams()
  const verso = useVerso()
  const labels = new Map(risultati?.facce.flatMap((f) => f.valori.map((v) => [`${f.nome}:${v.valore}`, v.etichetta] as const)) ?? [])
  const pieces = (risultati?.lettura ?? []).filter((piece) => piece.tipo !== 'parole' || piece.nega)
  const chosen = FACCE.filter((nome) => parametri.has(nome))
  if (pieces.length + chosen.length === 0) return null
  return (
    <ul className="chips" aria-label={t.ricerca.scelti}>
      {pieces.map((piece) => (
        <Chip
          key={`${piece.inizio}-${piece.tipo}`}
          testo={piece.nega ? t.ricerca.senza(piece.etichetta) : piece.etichetta}
          verso={verso('q', `${q.slice(0, piece.inizio)}${q.slice(piece.fine)}`.replaceAll(/\s+/g, ' ').trim())}
        />
      ))}
      {chosen.map((nome) => {
        const value = parametri.get(nome) ?? ''
        return <Chip key={nome} testo={`${t.ricerca.facce[nome]}: ${labels.get(`${nome}:${value}`) ?? value}`} verso={verso(nome, null)} />
      })}
    </ul>
  )
}
