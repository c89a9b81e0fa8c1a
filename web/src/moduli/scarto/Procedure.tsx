/** The disposals of the ente, each with its road. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, compiAtto } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giornoEOra, peso } from '../../ui/formati.ts'
import { Tabella } from '../../ui/Tabella.tsx'
import type { Colonna } from '../../ui/Tabella.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { CamminoPiccolo } from './Cammino.tsx'
import { procedureQuery } from './dati.ts'
import type { Procedura } from './dati.ts'

const s = t.scarto

function FoglioProposta({ ente, onChiudi, onFatto }: { ente: string; onChiudi: () => void; onFatto: () => void }) {
  const [note, setNote] = useState('')
  const act = useMutation({
    mutationFn: () => compiAtto(`${ente}:scarto`, api(ente, 'scarto', 'procedure'), { note }),
    onSuccess: onFatto,
  })
  return (
    <GuscioFoglio
      titolo={s.proponiTitolo}
      conferma={s.proponi}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <p>{s.proponiSpiega}</p>
      <CampoTesto id="scarto-note" etichetta={s.note} valore={note} righe={3} onCambia={setNote} />
    </GuscioFoglio>
  )
}

const colonne = (ente: string): Colonna<Procedura>[] => [
  {
    chiave: 'procedura',
    titolo: s.colonne.procedura,
    intestazione: true,
    cella: (p) => <Link to={`/${ente}/scarto/procedure/${p.id}`}>{s.procedura(p.etichetta)}</Link>,
  },
  {
    chiave: 'stato',
    titolo: s.colonne.stato,
    cella: (p) =>
      p.composizione === 'pronta' ? (
        <CamminoPiccolo voci={p.voci} />
      ) : (
        `${s.composizione[p.composizione]}. ${s.esaminati(p.esaminati, p.daEsaminare)}`
      ),
  },
  { chiave: 'voci', titolo: s.colonne.voci, cella: (p) => s.voci(p.totale) },
  {
    chiave: 'quantita',
    titolo: s.colonne.quantita,
    cella: (p) => s.quantita(p.quantita.documenti, p.quantita.file, peso(p.quantita.byte)),
  },
  {
    chiave: 'proposta',
    titolo: s.colonne.proposta,
    cella: (p) => (
      <>
        {p.propostaDa}
        <small className="campo-perche">{giornoEOra(p.creataIl)}</small>
      </>
    ),
  },
]

function Elenco({ ente, procedure }: { ente: string; procedure: Procedura[] }) {
  return <Tabella didascalia={s.procedure} righe={procedure} chiave={(p) => p.id} scorciatoie colonne={colonne(ente)} />
}

export function Component() {
  const { slug: ente } = useEnte()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const query = useQuery(procedureQuery(ente))
  const [aperto, setAperto] = useState(false)
  const [esito, setEsito] = useState<string | null>(null)
  function done(): void {
    setAperto(false)
    setEsito(s.proposto)
    annuncia(s.proposto)
    void client.invalidateQueries({ queryKey: ['scarto', ente] })
  }
  return (
    <div className="pagina">
      <Titolo>{s.titolo}</Titolo>
      <p>{s.sottotitolo}</p>
      {esito === null ? null : (
        <EsitoBar tipo="riuscito" onChiudi={() => setEsito(null)}>
          {esito}
        </EsitoBar>
      )}
      <p className="azioni-pagina">
        <button type="button" className="btn btn-primary btn-xs" onClick={() => setAperto(true)}>
          {s.proponi}
        </button>
        <Link className="btn btn-outline-primary btn-xs" to={`/${ente}/scarto/vincoli`}>
          {s.vincoli}
        </Link>
      </p>
      <Carica query={query} cosa={s.procedure} righe={5}>
        {(procedure) => (procedure.length === 0 ? <Vuoto>{s.nessuna}</Vuoto> : <Elenco ente={ente} procedure={procedure} />)}
      </Carica>
      {aperto ? <FoglioProposta ente={ente} onChiudi={() => setAperto(false)} onFatto={done} /> : null}
    </div>
  )
}
