/** The piano di conservazione: each voice with its rule, own or inherited; rules with their act; import from CSV. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { api } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Grafico } from '../../ui/Grafico.tsx'
import { ConMotivo } from './Modulini.tsx'
import { NuovaRegola } from './NuovaRegola.tsx'
import { CampoFile, Rilievi } from './Rilievi.tsx'
import { useAttoTitolario } from './atti.ts'
import { pianoQuery, tempo } from './dati.ts'
import type { Piano, RapportoPiano } from './dati.ts'

const testi = t.titolario.conservazione

function Importa({ ente }: { ente: string }) {
  const [dati, setDati] = useState({ csv: '', atto: '', approvataIl: '' })
  const atto = useAttoTitolario<RapportoPiano>(ente)
  const cambia = (parte: Partial<typeof dati>): void => setDati((prima) => ({ ...prima, ...parte }))
  const send = (prova: boolean): void =>
    atto.mutate({ percorso: api(ente, 'piano-di-conservazione', 'importazioni'), corpo: { ...dati, prova }, riuscito: testi.importa })
  return (
    <details className="riquadro">
      <summary>{testi.importa}</summary>
      <CampoFile id="campo-piano" etichetta={t.titolario.bozza.file} onTesto={(csv) => cambia({ csv })} />
      <CampoTesto id="campo-piano-atto" etichetta={testi.atto} valore={dati.atto} onCambia={(v) => cambia({ atto: v })} obbligatorio />
      <CampoData
        id="campo-piano-giorno"
        etichetta={testi.approvataIl}
        valore={dati.approvataIl}
        onCambia={(v) => cambia({ approvataIl: v })}
        obbligatorio
      />
      {atto.error ? <EsitoProblema errore={atto.error} /> : null}
      {atto.data ? <Rilievi valido={atto.data.valido} rilievi={atto.data.rilievi} /> : null}
      {atto.data?.scritte === true ? <p role="status">{testi.scritte(atto.data.regole)}</p> : null}
      <div className="titolario-azioni">
        <button type="button" className="btn btn-outline-primary" disabled={dati.csv === ''} onClick={() => send(true)}>
          {t.titolario.bozza.verifica}
        </button>
        <button type="button" className="btn btn-primary" disabled={atto.data?.valido !== true} onClick={() => send(false)}>
          {testi.scrivi}
        </button>
      </div>
    </details>
  )
}

function Tavola({ ente, piano, puo }: { ente: string; piano: Piano; puo: boolean }) {
  const [solo, setSolo] = useState(false)
  const rows = piano.righe.filter((r) => !solo || r.daDefinire)
  return (
    <>
      <label className="spunta">
        <input type="checkbox" checked={solo} onChange={(event) => setSolo(event.target.checked)} /> {testi.solo}
      </label>
      <div className="tabella-scorre" role="region" aria-label={testi.didascalia} tabIndex={0}>
        <table className="tabella">
          <caption className="visually-hidden">{testi.didascalia}</caption>
          <thead>
            <tr>
              <th scope="col">{testi.colonne.voce}</th>
              <th scope="col">{testi.colonne.tempo}</th>
              <th scope="col">{testi.colonne.da}</th>
              <th scope="col">{testi.colonne.regole}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((r) => (
              <tr key={r.voceId}>
                <th scope="row">
                  {r.codice} {r.denominazione}
                </th>
                <td>{r.generale === null ? testi.daDefinire : tempo(r.generale.anni, r.generale.condizione)}</td>
                <td>{r.generale === null ? '' : r.generale.da === r.codice ? testi.propria : testi.ereditata(r.generale.da)}</td>
                <td>
                  <ul className="elenco-semplice">
                    {r.proprie.map((p) => (
                      <li key={p.id}>
                        {testi.regola({
                          tempo: tempo(p.anni, p.condizione),
                          oggetto: [p.tipologia, p.tipoFascicolo].filter((x) => x !== null).join(', '),
                          decorrenza: testi.decorrenze[p.decorrenza],
                          atto: p.atto,
                        })}
                        {puo ? (
                          <ConMotivo
                            ente={ente}
                            id={`campo-revoca-${p.id}`}
                            titolo={testi.revoca}
                            riuscito={testi.revocata}
                            atto={{ percorso: api(ente, 'piano-di-conservazione', 'regole', p.id, 'revoca') }}
                          />
                        ) : null}
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()('titolario.gestisci')
  const piano = useQuery(pianoQuery(slug))
  return (
    <div className="pagina">
      <Titolo>{t.titolario.pianoTitolo}</Titolo>
      <Carica query={piano} cosa={t.titolario.cosa}>
        {(dati) => (
          <>
            <div className="titolario-grafico">
              <Grafico
                titolo={testi.grafico}
                frase={testi.frase(dati.voci - dati.daDefinire, dati.voci)}
                voce={testi.colonne.tempo}
                serie={[t.titolario.versione]}
                righe={[
                  { etichetta: testi.con, valori: [dati.voci - dati.daDefinire] },
                  { etichetta: testi.senza, valori: [dati.daDefinire] },
                ]}
                forma="barre"
                scrivi={(valore) => String(valore ?? 0)}
              />
            </div>
            <p>
              <a href={api(slug, 'piano-di-conservazione', 'piano.csv')}>{t.titolario.scarica}</a>
            </p>
            {puo ? <NuovaRegola ente={slug} piano={dati} /> : null}
            {puo ? <Importa ente={slug} /> : null}
            <Tavola ente={slug} piano={dati} puo={puo} />
          </>
        )}
      </Carica>
    </div>
  )
}
