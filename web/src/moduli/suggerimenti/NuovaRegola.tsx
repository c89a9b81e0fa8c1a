/** A new rule: words or sender, what it proposes, and what it would have done on the last documents before it is added. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { Tabella } from '../../ui/Tabella.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import type { Scelta } from '../protocollo/modulo.ts'
import type { Prova } from './dati.ts'
import { CampoUfficio, CampoVoce } from '../protocollo/CampiRicerca.tsx'

const T = t.suggerimenti

function EsitoProva({ prova }: { prova: Prova }) {
  return (
    <section aria-live="polite">
      <p>{T.provaEsito(prova.valePer, prova.guardati, prova.concordi)}</p>
      {prova.esempi.length === 0 ? null : (
        <Tabella
          didascalia={T.prova}
          righe={prova.esempi}
          chiave={(row) => row.etichetta}
          colonne={[
            { chiave: 'numero', titolo: T.numeroDocumento, intestazione: true, cella: (row) => row.etichetta },
            { chiave: 'oggetto', titolo: T.oggetto, cella: (row) => row.oggetto },
            {
              chiave: 'scelta',
              titolo: T.scelta,
              cella: (row) => `${row.voce}, ${row.ufficio}: ${row.concorde ? T.concorde : T.diversa}`,
            },
          ]}
        />
      )}
    </section>
  )
}

export function NuovaRegola({ ente, onChiudi, onFatto }: { ente: string; onChiudi: () => void; onFatto: () => void }) {
  const [parole, setParole] = useState('')
  const [mittente, setMittente] = useState('')
  const [voce, setVoce] = useState<Scelta | null>(null)
  const [ufficio, setUfficio] = useState<Scelta | null>(null)
  const corpo = { parole, mittente, voceId: voce?.id ?? null, ufficioId: ufficio?.id.replace('ufficio:', '') ?? null }
  const act = useMutation({ mutationFn: () => chiama(api(ente, 'regole-smistamento'), { metodo: 'POST', corpo }), onSuccess: onFatto })
  const prova = useMutation({ mutationFn: () => chiama<Prova>(api(ente, 'regole-smistamento', 'prova'), { metodo: 'POST', corpo }) })
  return (
    <GuscioFoglio
      titolo={T.nuova}
      conferma={T.aggiungi}
      errore={act.error ?? prova.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto id="regola-parole" etichetta={T.parole} aiuto={T.parolePerche} valore={parole} onCambia={setParole} massimo={200} />
      <CampoTesto id="regola-mittente" etichetta={T.mittente} aiuto={T.mittentePerche} valore={mittente} onCambia={setMittente} />
      <CampoVoce ente={ente} id="regola-voce" etichetta={T.voce} valore={voce} onScelta={setVoce} />
      <CampoUfficio id="regola-ufficio" etichetta={T.ufficio} ente={ente} valore={ufficio} onScelta={setUfficio} />
      <button type="button" className="btn btn-outline-primary btn-sm" disabled={prova.isPending} onClick={() => prova.mutate()}>
        {T.prova}
      </button>
      {prova.data === undefined ? null : <EsitoProva prova={prova.data} />}
    </GuscioFoglio>
  )
}
