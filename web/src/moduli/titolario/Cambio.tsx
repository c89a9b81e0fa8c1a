/** The fascicoli still open in the voices a version changes, and where they could be reopened. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { CambioFascicoloDto } from '../../../../server/fascicoli/schema.ts'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'

const testi = t.titolario.cambio

export function Cambio({ ente, versione }: { ente: string; versione: string }) {
  const query = useQuery({
    queryKey: ['titolario', ente, 'cambio', versione],
    queryFn: () => chiama<CambioFascicoloDto[]>(api(ente, 'titolario', 'versioni', versione, 'fascicoli')),
  })
  return (
    <section className="riquadro" aria-labelledby="titolo-cambio">
      <h2 id="titolo-cambio">{testi.titolo}</h2>
      <p>{testi.aiuto}</p>
      <Carica query={query} cosa={t.titolario.cosa} righe={3}>
        {(fascicoli) =>
          fascicoli.length === 0 ? (
            <p>{testi.nessuno}</p>
          ) : (
            <div className="tabella-scorre" role="region" aria-label={testi.titolo} tabIndex={0}>
              <table className="tabella">
                <caption className="visually-hidden">{testi.titolo}</caption>
                <thead>
                  <tr>
                    <th scope="col">{testi.colonne.fascicolo}</th>
                    <th scope="col">{testi.colonne.voce}</th>
                    <th scope="col">{testi.colonne.proposte}</th>
                  </tr>
                </thead>
                <tbody>
                  {fascicoli.map((f) => (
                    <tr key={f.id}>
                      <th scope="row">
                        <Link to={`/${ente}/fascicoli/${f.slug}`}>{f.codice}</Link> {f.oggetto} ({f.ufficio})
                      </th>
                      <td>
                        {f.voceCodice} {f.voceDenominazione}
                      </td>
                      <td>{f.proposte.map((p) => `${p.codice} ${p.denominazione}`).join('; ')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Carica>
    </section>
  )
}
