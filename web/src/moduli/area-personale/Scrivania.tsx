/** First page of the citizen: who I am here, my last requests, my deadlines. */
import { Link } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { useEnte, useSessione } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giorno } from '../../ui/formati.ts'
import { useProfiloCittadino } from './GuscioCittadino.tsx'
import { conclusa, SchedaPratica, usePratiche } from './pratiche.tsx'

export function Component() {
  const { slug } = useEnte()
  const profilo = useProfiloCittadino(slug).data
  const pratiche = usePratiche(slug)
  const sessione = useSessione()
  const name = profilo?.nome ?? sessione.attore?.nome ?? ''
  return (
    <>
      <Titolo scheda={t.cittadino.areaPersonale}>{name}</Titolo>
      {profilo === undefined ? null : (
        <p className="cittadino-cf">
          <abbr title={t.modulo.codiceFiscale}>{t.cittadino.cf}</abbr> {profilo.codiceFiscale}
        </p>
      )}
      <Carica query={pratiche} cosa={t.cittadino.pratiche}>
        {(list) => {
          const deadlines = list
            .filter((item) => item.termine && !conclusa(item))
            .toSorted((one, two) => (one.termine ?? '').localeCompare(two.termine ?? ''))
          return (
            <>
              <section>
                <h2>{t.cittadino.ultimeAttivita}</h2>
                {list.length === 0 ? (
                  <Vuoto icona="folder">{t.cittadino.vuoto}</Vuoto>
                ) : (
                  <ul className="pratiche">
                    {list.slice(0, 3).map((pratica) => (
                      <SchedaPratica key={pratica.id} ente={slug} pratica={pratica} livello={3} />
                    ))}
                  </ul>
                )}
                {list.length > 0 ? (
                  <Link className="btn btn-outline-primary" to={`/${slug}/area-personale/attivita`}>
                    {t.cittadino.tutte}
                  </Link>
                ) : null}
              </section>
              <section>
                <h2>{t.cittadino.scadenze}</h2>
                {deadlines.length === 0 ? <p>{t.cittadino.nessunaScadenza}</p> : null}
                <ul className="elenco-piano">
                  {deadlines.slice(0, 3).map((pratica) => (
                    <li key={pratica.id}>
                      <strong>{giorno(pratica.termine)}</strong> · {pratica.oggetto}
                    </li>
                  ))}
                </ul>
              </section>
            </>
          )
        }}
      </Carica>
    </>
  )
}
