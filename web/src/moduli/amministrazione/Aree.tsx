/** The AOO with their IPA data, PEC and one general register. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { areeQuery, type Area } from './dati.ts'

const T = t.amministrazione.aree

function FoglioArea({ ente, area, onChiudi, onFatto }: { ente: string; area: Area; onChiudi: () => void; onFatto: () => void }) {
  const [dati, setDati] = useState({
    denominazione: area.denominazione,
    domicilioDigitale: area.domicilioDigitale,
    puntoServizio: area.puntoServizio ?? '',
  })
  const set = (chiave: keyof typeof dati) => (value: string) => setDati((before) => ({ ...before, [chiave]: value }))
  const act = useMutation({
    mutationFn: () => chiama(api(ente, 'organizzazione', 'aoo', area.id), { metodo: 'PATCH', corpo: dati }),
    onSuccess: onFatto,
  })
  return (
    <GuscioFoglio
      titolo={T.modificaDi(area.denominazione)}
      conferma={T.salva}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto id="area-nome" etichetta={T.denominazione} obbligatorio valore={dati.denominazione} onCambia={set('denominazione')} />
      <CampoTesto
        id="area-pec"
        etichetta={T.pec}
        tipo="email"
        obbligatorio
        valore={dati.domicilioDigitale}
        onCambia={set('domicilioDigitale')}
      />
      <CampoTesto id="area-servizio" etichetta={T.servizio} valore={dati.puntoServizio} onCambia={set('puntoServizio')} />
    </GuscioFoglio>
  )
}

export function Component() {
  const { slug } = useEnte()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const query = useQuery(areeQuery(slug))
  const [area, setArea] = useState<Area | null>(null)
  const [esito, setEsito] = useState<string | null>(null)
  function done(): void {
    setArea(null)
    setEsito(T.salvata)
    annuncia(T.salvata)
    void client.invalidateQueries({ queryKey: ['amministrazione', slug] })
  }
  return (
    <div className="pagina">
      <Titolo>{T.titolo}</Titolo>
      <p>{T.unico}</p>
      {esito === null ? null : (
        <EsitoBar tipo="riuscito" onChiudi={() => setEsito(null)}>
          {esito}
        </EsitoBar>
      )}
      <Carica query={query} cosa={T.titolo} righe={4}>
        {(aree) => (
          <div className="riquadri">
            {aree.map((a) => (
              <section key={a.id} className="riquadro">
                <h2>{a.denominazione}</h2>
                <p>{T.codici(a.codiceIpaAmministrazione, a.codice)}</p>
                <dl className="dati">
                  {[
                    [T.pec, a.domicilioDigitale],
                    [T.servizio, a.puntoServizio ?? T.nessuna],
                    [T.registri, a.registri.map((r) => `${r.codice} ${r.denominazione}`).join(', ')],
                    [T.caselle, a.caselle.length === 0 ? T.nessuna : a.caselle.join(', ')],
                  ].map(([nome, valore]) => (
                    <div key={nome}>
                      <dt>{nome}</dt>
                      <dd>{valore}</dd>
                    </div>
                  ))}
                </dl>
                <button
                  type="button"
                  className="btn btn-outline-primary btn-xs"
                  aria-label={T.modificaDi(a.denominazione)}
                  onClick={() => setArea(a)}
                >
                  {T.modifica}
                </button>
              </section>
            ))}
          </div>
        )}
      </Carica>
      {area === null ? null : <FoglioArea ente={slug} area={area} onChiudi={() => setArea(null)} onFatto={done} />}
    </div>
  )
}
