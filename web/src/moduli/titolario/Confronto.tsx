/** What changes from one version of the titolario to another. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta } from '../../ui/Campo.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { confrontoQuery, nomeVersione, versioniQuery } from './dati.ts'
import type { Confronto, Versione } from './dati.ts'

const testi = t.titolario.confronto

function Elenco({ voci }: { voci: readonly { codice: string; denominazione: string }[] }) {
  return (
    <ul className="elenco-semplice">
      {voci.map((v) => (
        <li key={v.codice}>
          {v.codice} {v.denominazione}
        </li>
      ))}
    </ul>
  )
}

function Tavola({ confronto }: { confronto: Confronto }) {
  return (
    <>
      {confronto.scritti ? null : <EsitoBar tipo="info">{testi.dedotto}</EsitoBar>}
      <p>{testi.uguali(confronto.uguali)}</p>
      {confronto.cambiamenti.length === 0 ? (
        <Vuoto>{testi.nessuno}</Vuoto>
      ) : (
        <div className="tabella-scorre" role="region" aria-label={testi.didascalia} tabIndex={0}>
          <table className="tabella">
            <caption className="visually-hidden">{testi.didascalia}</caption>
            <thead>
              <tr>
                <th scope="col">{testi.colonne.tipo}</th>
                <th scope="col">{testi.colonne.prima}</th>
                <th scope="col">{testi.colonne.dopo}</th>
              </tr>
            </thead>
            <tbody>
              {confronto.cambiamenti.map((c) => (
                <tr key={[c.tipo, ...c.prima, ...c.dopo].map((x) => (typeof x === 'string' ? x : x.codice)).join('|')}>
                  <th scope="row">{t.titolario.origini[c.tipo]}</th>
                  <td>
                    <Elenco voci={c.prima} />
                  </td>
                  <td>
                    <Elenco voci={c.dopo} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

function Scelta({ ente, versioni }: { ente: string; versioni: readonly Versione[] }) {
  const [da, setDa] = useState(versioni[1]?.id ?? '')
  const [a, setA] = useState(versioni[0]?.id ?? '')
  const confronto = useQuery(confrontoQuery(ente, da, a))
  const opzioni = versioni.map((v) => ({ valore: v.id, testo: nomeVersione(v) }))
  return (
    <>
      <div className="modulo-riga">
        <CampoScelta id="campo-da" etichetta={testi.da} valore={da} opzioni={opzioni} vuota={testi.scegli} onCambia={setDa} />
        <CampoScelta id="campo-a" etichetta={testi.a} valore={a} opzioni={opzioni} onCambia={setA} />
      </div>
      {da === '' || da === a ? (
        <p>{testi.scegli}</p>
      ) : (
        <Carica query={confronto} cosa={t.titolario.cosa}>
          {(dati) => <Tavola confronto={dati} />}
        </Carica>
      )}
    </>
  )
}

export function Component() {
  const { slug } = useEnte()
  const versioni = useQuery(versioniQuery(slug))
  return (
    <div className="pagina">
      <Titolo>{t.titolario.confrontoTitolo}</Titolo>
      <Carica query={versioni} cosa={t.titolario.cosa}>
        {(dati) => <Scelta ente={slug} versioni={dati} />}
      </Carica>
    </div>
  )
}
