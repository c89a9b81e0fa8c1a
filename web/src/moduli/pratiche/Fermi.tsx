/** Open fascicoli nobody touched for twelve months, the longest still first. */
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giorno } from '../../ui/formati.ts'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { fermiQuery, PER_PAGINA } from './dati.ts'
import type { Fermo } from './dati.ts'

function colonne(slug: string): Colonna<Fermo>[] {
  const c = t.pratiche.fermiColonne
  return [
    {
      chiave: 'codice',
      titolo: c.codice,
      intestazione: true,
      cella: (f) => <Link to={`/${slug}/fascicoli/${f.slug}`}>{f.codice}</Link>,
    },
    { chiave: 'oggetto', titolo: c.oggetto, cella: (f) => f.oggetto },
    { chiave: 'ufficio', titolo: c.ufficio, cella: (f) => f.ufficio },
    { chiave: 'responsabile', titolo: c.responsabile, cella: (f) => f.responsabile },
    { chiave: 'ultimo', titolo: c.ultimo, cella: (f) => giorno(f.ultimoMovimento) },
  ]
}

export function Component() {
  const { slug } = useEnte()
  const [parametri] = useSearchParams()
  const query = useQuery(fermiQuery(slug, parametri.get('pagina') ?? '1'))
  return (
    <div className="pagina">
      <Titolo>{t.pratiche.fermiTitolo}</Titolo>
      <p>{t.pratiche.fermiSotto}</p>
      <Carica query={query} cosa={t.pratiche.fermiTitolo} righe={8}>
        {(dati) =>
          dati.elementi.length === 0 ? (
            <Vuoto icona="folder">{t.pratiche.fermiVuoto}</Vuoto>
          ) : (
            <>
              <Tabella didascalia={t.pratiche.fermiTitolo} righe={dati.elementi} chiave={(f) => f.id} colonne={colonne(slug)} />
              <Paginazione totale={dati.totale} perPagina={PER_PAGINA} />
            </>
          )
        }
      </Carica>
    </div>
  )
}
