/** What is left out of the register: the heads of the law, the types of the manual under them, and the rule for what is meant for others. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { PaginaAtti, useEsitoAtti } from '../../ui/PaginaAtti.tsx'
import { Tabella } from '../../ui/Tabella.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { esclusioniQuery, type Esclusioni } from './dati.ts'

const T = t.amministrazione.esclusioni
type Voce = Esclusioni['voci'][number]

function FoglioTipo({ ente, voci, onChiudi, onFatto }: { ente: string; voci: Voce[]; onChiudi: () => void; onFatto: () => void }) {
  const [voce, setVoce] = useState('')
  const [denominazione, setDenominazione] = useState('')
  const act = useMutation({
    mutationFn: () => chiama(api(ente, 'esclusioni', 'tipi'), { metodo: 'POST', corpo: { voce, denominazione } }),
    onSuccess: onFatto,
  })
  return (
    <GuscioFoglio
      titolo={T.aggiungi}
      conferma={T.aggiungi}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoScelta
        id="tipo-voce"
        etichetta={T.voce}
        obbligatorio
        vuota="—"
        valore={voce}
        opzioni={voci.map((v) => ({ valore: v.voce, testo: v.voce }))}
        onCambia={setVoce}
      />
      <CampoTesto
        id="tipo-nome"
        etichetta={T.denominazione}
        obbligatorio
        valore={denominazione}
        onCambia={setDenominazione}
        massimo={200}
      />
    </GuscioFoglio>
  )
}

export function Component() {
  const { slug } = useEnte()
  const esito = useEsitoAtti(esclusioniQuery(slug).queryKey)
  const query = useQuery(esclusioniQuery(slug))
  const [nuovo, setNuovo] = useState(false)
  const done = (text: string) => () => {
    setNuovo(false)
    esito.fatto(text)
  }
  const chiudi = useMutation({
    mutationFn: (id: string) => chiama(api(slug, 'esclusioni', 'tipi', id, 'chiusura'), { metodo: 'POST' }),
    onSuccess: done(T.chiuso),
  })
  const regola = useMutation({
    mutationFn: (nonCompetenza: string) => chiama(api(slug, 'esclusioni', 'regola'), { metodo: 'PUT', corpo: { nonCompetenza } }),
    onSuccess: done(T.salvata),
  })
  const tipi = (v: Voce) => (
    <ul className="elenco-piano">
      {v.tipi.map((tipo) => (
        <li key={tipo.id}>
          {tipo.denominazione}{' '}
          <button
            type="button"
            className="btn btn-outline-primary btn-xs"
            aria-label={T.chiudiTipo(tipo.denominazione)}
            onClick={() => chiudi.mutate(tipo.id)}
          >
            {T.chiudi}
          </button>
        </li>
      ))}
    </ul>
  )
  return (
    <PaginaAtti titolo={T.titolo} testo={T.testo} esito={esito} errore={chiudi.error ?? regola.error}>
      <Carica query={query} cosa={T.titolo} righe={11}>
        {(dati) => (
          <>
            <CampoScelta
              id="regola-arrivo"
              etichetta={T.regola}
              valore={dati.nonCompetenza}
              opzioni={(['registra_e_inoltra', 'restituisci'] as const).map((valore) => ({ valore, testo: T.regole[valore] }))}
              onCambia={(value) => regola.mutate(value)}
            />
            <button type="button" className="btn btn-primary btn-sm" onClick={() => setNuovo(true)}>
              {T.aggiungi}
            </button>
            <Tabella
              didascalia={T.tabella}
              colonne={[
                {
                  chiave: 'voce',
                  titolo: T.voce,
                  intestazione: true,
                  cella: (v: Voce) => v.voce.charAt(0).toUpperCase() + v.voce.slice(1),
                },
                { chiave: 'tipi', titolo: T.tipi, cella: tipi },
              ]}
              righe={dati.voci}
              chiave={(v) => v.voce}
            />
            {nuovo ? <FoglioTipo ente={slug} voci={dati.voci} onChiudi={() => setNuovo(false)} onFatto={done(T.aggiunto)} /> : null}
          </>
        )}
      </Carica>
    </PaginaAtti>
  )
}
