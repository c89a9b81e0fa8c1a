/** The holds: what may not be disposed of, why and until when. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giorno } from '../../ui/formati.ts'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella } from '../../ui/Tabella.tsx'
import type { Colonna } from '../../ui/Tabella.tsx'
import { FoglioMotivo } from '../fascicoli/FoglioMotivo.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { vincoliQuery } from './dati.ts'
import type { Vincolo } from './dati.ts'
import { inviaGiorno } from './Fogli.tsx'

const s = t.scarto

function FoglioVincolo({ ente, onChiudi, onFatto }: { ente: string; onChiudi: () => void; onFatto: () => void }) {
  const [fascicolo, setFascicolo] = useState('')
  const [tipo, setTipo] = useState('contenzioso')
  const [motivo, setMotivo] = useState('')
  const [atto, setAtto] = useState('')
  const [dal, setDal] = useState('')
  const [al, setAl] = useState('')
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'scarto', 'vincoli'), {
        metodo: 'POST',
        corpo: { fascicolo, tipo, motivo, atto, dal: inviaGiorno(dal), al: al.trim() === '' ? null : inviaGiorno(al) },
      }),
    onSuccess: onFatto,
  })
  return (
    <GuscioFoglio
      titolo={s.nuovoVincolo}
      conferma={s.nuovoVincolo}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto id="vincolo-fascicolo" etichetta={s.codiceFascicolo} obbligatorio valore={fascicolo} onCambia={setFascicolo} />
      <CampoScelta
        id="vincolo-tipo"
        etichetta={s.tipo}
        obbligatorio
        valore={tipo}
        opzioni={Object.entries(s.tipi).map(([valore, testo]) => ({ valore, testo }))}
        onCambia={setTipo}
      />
      <CampoTesto id="vincolo-motivo" etichetta={s.motivo} obbligatorio righe={3} valore={motivo} onCambia={setMotivo} />
      <CampoTesto id="vincolo-atto" etichetta={s.atto} obbligatorio valore={atto} onCambia={setAtto} />
      <CampoData id="vincolo-dal" etichetta={s.dal} obbligatorio valore={dal} onCambia={setDal} />
      <CampoData id="vincolo-al" etichetta={s.al} valore={al} onCambia={setAl} />
    </GuscioFoglio>
  )
}

const colonne = (ente: string, onTogli: (v: Vincolo) => void): Colonna<Vincolo>[] => [
  {
    chiave: 'fascicolo',
    titolo: s.fascicolo,
    intestazione: true,
    cella: (v) => (
      <>
        <Link to={`/${ente}/fascicoli/${v.fascicolo.slug}`}>{v.fascicolo.codice}</Link>
        <small className="campo-perche">{v.fascicolo.oggetto}</small>
      </>
    ),
  },
  { chiave: 'tipo', titolo: s.tipo, cella: (v) => s.tipi[v.tipo] ?? v.tipo },
  {
    chiave: 'motivo',
    titolo: s.motivo,
    cella: (v) => (
      <>
        {v.motivo}
        <small className="campo-perche">{v.atto}</small>
      </>
    ),
  },
  { chiave: 'periodo', titolo: s.dal, cella: (v) => s.periodo(giorno(v.dal), v.al === null ? null : giorno(v.al)) },
  {
    chiave: 'stato',
    titolo: s.stato,
    cella: (v) => <Stato tono={v.inVigore ? 'attenzione' : 'neutro'}>{v.inVigore ? s.inVigore : s.finito}</Stato>,
  },
  {
    chiave: 'azioni',
    titolo: s.colonne.azioni,
    cella: (v) =>
      v.chiuso === null ? (
        <button
          type="button"
          className="btn btn-outline-primary btn-xs"
          aria-label={`${s.togli} ${v.fascicolo.codice}`}
          onClick={() => onTogli(v)}
        >
          {s.togli}
        </button>
      ) : (
        v.chiuso.motivo
      ),
  },
]

function Elenco({ ente, vincoli, onTogli }: { ente: string; vincoli: Vincolo[]; onTogli: (v: Vincolo) => void }) {
  return <Tabella didascalia={s.vincoliTitolo} righe={vincoli} chiave={(v) => v.id} scorciatoie colonne={colonne(ente, onTogli)} />
}

export function Component() {
  const { slug: ente } = useEnte()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const query = useQuery(vincoliQuery(ente))
  const [nuovo, setNuovo] = useState(false)
  const [togli, setTogli] = useState<Vincolo | null>(null)
  const [esito, setEsito] = useState<string | null>(null)
  function done(text: string): void {
    setNuovo(false)
    setTogli(null)
    setEsito(text)
    annuncia(text)
    void client.invalidateQueries({ queryKey: ['scarto', ente] })
  }
  return (
    <div className="pagina">
      <nav aria-label={t.percorso} className="percorso">
        <Link to={`/${ente}/scarto`}>{s.titolo}</Link> / <span>{s.vincoli}</span>
      </nav>
      <Titolo>{s.vincoliTitolo}</Titolo>
      <p>{s.vincoliSpiega}</p>
      {esito === null ? null : (
        <EsitoBar tipo="riuscito" onChiudi={() => setEsito(null)}>
          {esito}
        </EsitoBar>
      )}
      <p>
        <button type="button" className="btn btn-primary btn-xs" onClick={() => setNuovo(true)}>
          {s.nuovoVincolo}
        </button>
      </p>
      <Carica query={query} cosa={s.vincoliTitolo} righe={5}>
        {(vincoli) =>
          vincoli.length === 0 ? <Vuoto>{s.nessunVincolo}</Vuoto> : <Elenco ente={ente} vincoli={vincoli} onTogli={setTogli} />
        }
      </Carica>
      {nuovo ? <FoglioVincolo ente={ente} onChiudi={() => setNuovo(false)} onFatto={() => done(s.posto)} /> : null}
      {togli === null ? null : (
        <FoglioMotivo
          titolo={s.togli}
          invia={(motivo) => chiama(api(ente, 'scarto', 'vincoli', togli.id, 'chiudi'), { metodo: 'POST', corpo: { motivo } })}
          onChiudi={() => setTogli(null)}
          onFatto={() => done(s.tolto)}
        />
      )}
    </div>
  )
}
