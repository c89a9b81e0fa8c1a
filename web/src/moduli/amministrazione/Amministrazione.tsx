/** The door of the administration: one card for each thing that can be set. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { schedeAmministrazione } from '../../app/schede-amministrazione.ts'
import { Titolo } from '../../app/Titolo.tsx'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Vuoto } from '../../ui/Attesa.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { responsabiliQuery } from './dati.ts'

export function Component() {
  const { slug, ente } = useEnte()
  const responsabili = useQuery(responsabiliQuery(slug))
  const cards = ente === null ? [] : schedeAmministrazione(ente)
  const uncovered = (responsabili.data?.aoo ?? []).filter((area) => area.scoperta)
  return (
    <div className="pagina">
      <Titolo>{t.amministrazione.titolo}</Titolo>
      {uncovered.map((area) => (
        <EsitoBar key={area.id} tipo="avviso">
          <strong>{t.amministrazione.scopertoTitolo}.</strong> {t.amministrazione.scoperto(area.denominazione)}
        </EsitoBar>
      ))}
      {cards.length === 0 ? <Vuoto icona="lock">{t.errori.nessunPermesso}</Vuoto> : null}
      <ul className="schede-amministrazione">
        {cards.map((card) => (
          <li key={card.percorso} className="riquadro">
            <h2>
              <Link to={`/${slug}/${card.percorso}`}>{card.titolo}</Link>
            </h2>
            <p>{card.testo}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
