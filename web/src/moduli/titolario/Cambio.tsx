/** The fascicoli still open in the voices a version changes, and where they could be reopened. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import type { CambioFascicoloDto } from '../../../../server/fascicoli/schema.ts'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta } from '../../ui/Campo.tsx'
import { ConMotivo } from './Modulini.tsx'

const testi = t.titolario.cambio

/** Closes the fascicolo and opens its continuation under one of the proposed voices: one act, one key. */
function Riapri({ ente, f }: { ente: string; f: CambioFascicoloDto }) {
  const [voceId, setVoceId] = useState(f.proposte[0]?.id ?? '')
  return (
    <ConMotivo
      ente={ente}
      id={`campo-riapri-${f.id}`}
      titolo={testi.riapri}
      riuscito={testi.riaperto}
      atto={{
        percorso: api(ente, 'fascicoli', f.id, 'riapertura-in-voce'),
        corpo: { versione: f.versione, voceId },
        chiave: `riapertura-in-voce:${f.id}`,
      }}
    >
      <CampoScelta
        id={`campo-riapri-${f.id}-voce`}
        etichetta={testi.voceNuova}
        valore={voceId}
        opzioni={f.proposte.map((p) => ({ valore: p.id, testo: `${p.codice} ${p.denominazione}` }))}
        onCambia={setVoceId}
      />
    </ConMotivo>
  )
}

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
                      <td>
                        {f.proposte.map((p) => `${p.codice} ${p.denominazione}`).join('; ')}
                        {f.riapribile && f.proposte.length > 0 ? <Riapri ente={ente} f={f} /> : null}
                      </td>
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
