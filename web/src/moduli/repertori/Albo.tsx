/** The public page of the albo: anybody, without logging in, reads what is published today. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { SaltaA } from '../../app/Guscio.tsx'
import { Titolo } from '../../app/Titolo.tsx'
import { useTavolozza } from '../../app/tavolozze.ts'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giorno, peso } from '../../ui/formati.ts'
import type { Albo } from './tipi.ts'

export function Component() {
  const ente = useParams()['ente'] ?? ''
  const pronta = useTavolozza(undefined)
  const query = useQuery({ queryKey: ['albo', ente], queryFn: () => chiama<Albo>(api(ente, 'albo')) })
  const p = t.repertori.pubblico
  if (!pronta) return null
  return (
    <>
      <SaltaA conMenu={false} />
      <main id="contenuto" className="pagina pagina-stretta">
        <Titolo>{p.titolo}</Titolo>
        <Carica query={query} cosa={p.titolo}>
          {(albo) => (
            <>
              <p>
                <strong>{albo.ente}</strong>
              </p>
              <p>{p.intro}</p>
              {albo.elementi.length === 0 ? <Vuoto icona="files">{p.vuoto}</Vuoto> : null}
              {albo.elementi.map((x) => (
                <article key={x.id} className="albo-atto">
                  <h2>
                    {x.etichetta} · {x.atto}
                  </h2>
                  <p>{x.oggetto}</p>
                  <p>{p.periodo(giorno(x.dal), giorno(x.al))}</p>
                  <p>
                    {p.richiedente}: {x.richiedente}
                  </p>
                  <ul>
                    {x.file.map((f) => (
                      <li key={f.id}>
                        <a href={api(ente, 'albo', x.id, 'file', f.id)}>{f.nome}</a> {peso(f.dimensione)}
                        <br />
                        <small>
                          {p.impronta}: <code className="impronta">{f.sha256}</code>
                        </small>
                      </li>
                    ))}
                  </ul>
                </article>
              ))}
            </>
          )}
        </Carica>
      </main>
    </>
  )
}
