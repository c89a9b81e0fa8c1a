/** How the titolario is used, drawn, and its yearly review. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Grafico } from '../../ui/Grafico.tsx'
import { giorno } from '../../ui/formati.ts'
import { useAttoTitolario } from './atti.ts'
import type { Revisioni, Statistiche } from './dati.ts'

const testi = t.titolario.statistiche
const scrivi = (valore: number | null): string => String(valore ?? 0)

function Numeri({ dati }: { dati: Statistiche }) {
  return (
    <>
      <section className="riquadro">
        <h2>{testi.perTitolo}</h2>
        <div className="titolario-grafico">
          <Grafico
            titolo={testi.perTitolo}
            frase={testi.frase(dati.documenti, giorno(dati.dal), giorno(dati.al))}
            voce={testi.titolo}
            serie={[testi.documenti]}
            righe={dati.perTitolo.map((x) => ({ etichetta: `${x.codice} ${x.denominazione}`, valori: [x.documenti] }))}
            forma="barre"
            scrivi={scrivi}
          />
        </div>
      </section>
      <section className="riquadro">
        <h2>{testi.quote}</h2>
        <ul>
          <li>{testi.nonUsate(dati.nonUsate.length, dati.vociUsabili)}</li>
          <li>
            {testi.diversi(dati.oggettiDiversi.documenti, dati.documenti)} {dati.oggettiDiversi.eccessivo ? testi.eccessivo : ''}
          </li>
          <li>{testi.soloClasse(dati.soloClasse.documenti, dati.soloClasse.su)}</li>
        </ul>
        <h3>{testi.piuUsate}</h3>
        <ol>
          {dati.piuUsate.map((v) => (
            <li key={v.id}>
              {v.codice} {v.denominazione}: {v.documenti}
            </li>
          ))}
        </ol>
        <details>
          <summary>{testi.elenco}</summary>
          <ul>
            {dati.nonUsate.map((v) => (
              <li key={v.id}>
                {v.codice} {v.denominazione}
              </li>
            ))}
          </ul>
        </details>
      </section>
    </>
  )
}

function Revisione({ ente, dati }: { ente: string; dati: Revisioni }) {
  const [esito, setEsito] = useState('confermato')
  const [note, setNote] = useState('')
  const atto = useAttoTitolario(ente, () => setNote(''))
  return (
    <section className="riquadro">
      <h2>{testi.revisioni}</h2>
      <EsitoBar tipo={dati.scaduta ? 'avviso' : 'info'}>
        {dati.scaduta ? testi.scaduta(giorno(dati.entroIl)) : testi.entro(giorno(dati.entroIl))}
      </EsitoBar>
      {dati.revisioni.length === 0 ? (
        <p>{testi.nessuna}</p>
      ) : (
        <ul>
          {dati.revisioni.map((r) => (
            <li key={r.id}>
              {testi.rigaRevisione(giorno(r.giorno), testi.esiti[r.esito], r.autoreNome)}
              <br />
              {r.note}
            </li>
          ))}
        </ul>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          atto.mutate({ percorso: api(ente, 'titolario', 'revisioni'), corpo: { esito, note }, riuscito: testi.registrata })
        }}
      >
        <CampoScelta
          id="campo-esito"
          etichetta={testi.esito}
          valore={esito}
          opzioni={Object.entries(testi.esiti).map(([valore, testo]) => ({ valore, testo }))}
          onCambia={setEsito}
        />
        <CampoTesto id="campo-note" etichetta={testi.note} righe={3} obbligatorio valore={note} onCambia={setNote} massimo={4000} />
        {atto.error ? <EsitoProblema errore={atto.error} /> : null}
        <button type="submit" className="btn btn-primary" disabled={atto.isPending}>
          {testi.registra}
        </button>
      </form>
    </section>
  )
}

export function Component() {
  const { slug } = useEnte()
  const statistiche = useQuery({
    queryKey: ['titolario', slug, 'statistiche'],
    queryFn: () => chiama<Statistiche>(api(slug, 'titolario', 'statistiche')),
  })
  const revisioni = useQuery({
    queryKey: ['titolario', slug, 'revisioni'],
    queryFn: () => chiama<Revisioni>(api(slug, 'titolario', 'revisioni')),
  })
  return (
    <div className="pagina">
      <Titolo>{t.titolario.usoTitolo}</Titolo>
      <Carica query={revisioni} cosa={t.titolario.cosa}>
        {(dati) => <Revisione ente={slug} dati={dati} />}
      </Carica>
      <Carica query={statistiche} cosa={t.titolario.cosa}>
        {(dati) => <Numeri dati={dati} />}
      </Carica>
    </div>
  )
}
