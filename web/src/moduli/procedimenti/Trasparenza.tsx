/** The public pages of the procedures: anybody, without logging in, reads the list, the sheets and where the times are. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { SaltaA } from '../../app/Guscio.tsx'
import { Titolo } from '../../app/Titolo.tsx'
import { useTavolozza } from '../../app/tavolozze.ts'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import type { ElencoPubblico, SchedaPubblica } from './dati.ts'

function Elenco({ ente }: { ente: string }) {
  const p = t.procedimenti.pubblico
  const query = useQuery({ queryKey: ['schede', ente], queryFn: () => chiama<ElencoPubblico>(api(ente, 'trasparenza', 'procedimenti')) })
  return (
    <>
      <Titolo>{p.titolo}</Titolo>
      <Carica query={query} cosa={p.titolo}>
        {(dati) => {
          const materie = [...new Set(dati.elementi.map((x) => x.materia))]
          return (
            <>
              <p>
                <strong>{dati.ente}</strong>
              </p>
              <p>{p.intro}</p>
              <p>
                {p.tempi}{' '}
                {['csv', 'xml', 'json'].map((tipo) => (
                  <span key={tipo}>
                    <a href={`/api/v1/${ente}/trasparenza/tempi.${tipo}`}>{tipo.toUpperCase()}</a>,{' '}
                  </span>
                ))}
                <a href={`/api/v1/${ente}/trasparenza/tempi.rdf`}>{p.descrizione}</a>.
              </p>
              {dati.elementi.length === 0 ? <Vuoto icona="files">{p.vuoto}</Vuoto> : null}
              {materie.map((materia) => (
                <section key={materia}>
                  <h2>{materia}</h2>
                  <ul>
                    {dati.elementi
                      .filter((x) => x.materia === materia)
                      .map((x) => (
                        <li key={x.codice}>
                          <Link to={`/${ente}/trasparenza/procedimenti/${encodeURIComponent(x.codice)}`}>{x.denominazione}</Link>
                          <br />
                          <small>
                            {p.termine}: {x.termine}
                          </small>
                        </li>
                      ))}
                  </ul>
                </section>
              ))}
            </>
          )
        }}
      </Carica>
    </>
  )
}

function Scheda({ ente, codice }: { ente: string; codice: string }) {
  const p = t.procedimenti.pubblico
  const query = useQuery({
    queryKey: ['scheda', ente, codice],
    queryFn: () => chiama<SchedaPubblica>(api(ente, 'trasparenza', 'procedimenti', codice)),
  })
  return (
    <>
      <p>
        <Link to={`/${ente}/trasparenza/procedimenti`}>{p.torna}</Link>
      </p>
      <Carica query={query} cosa={p.titolo}>
        {(s) => (
          <>
            <Titolo>{s.denominazione}</Titolo>
            <p>
              <strong>{s.ente}</strong> · {s.materia}
            </p>
            {s.sezioni.map((sezione) => (
              <section key={sezione.titolo}>
                <h2>{sezione.titolo}</h2>
                <dl className="dati">
                  {sezione.voci.map((v) => (
                    <div key={v.nome}>
                      <dt>{v.nome}</dt>
                      <dd>{v.valore}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
            <p>
              <a href={api(ente, 'trasparenza', 'procedimenti', s.codice, 'scheda.pdf')}>{t.procedimenti.schedaPdf}</a>
            </p>
          </>
        )}
      </Carica>
    </>
  )
}

export function Component() {
  const parametri = useParams()
  const ente = parametri['ente'] ?? ''
  const codice = parametri['codice']
  const pronta = useTavolozza(undefined)
  if (!pronta) return null
  return (
    <>
      <SaltaA conMenu={false} />
      <main id="contenuto" className="pagina pagina-stretta">
        {codice === undefined ? <Elenco ente={ente} /> : <Scheda ente={ente} codice={codice} />}
      </main>
    </>
  )
}
