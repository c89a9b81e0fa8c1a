/** The tree of the offices: add one, or close one and give its work to another, after seeing what moves. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giorno } from '../../ui/formati.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { FoglioChiusuraUfficio } from './FoglioChiusuraUfficio.tsx'
import { organigrammaQuery, type UfficioOrganigramma } from './dati.ts'

const T = t.amministrazione.organigramma

function Ramo({
  padre,
  tutti,
  onChiudi,
  onRitira,
}: {
  padre: string | null
  tutti: UfficioOrganigramma[]
  onChiudi: (u: UfficioOrganigramma) => void
  onRitira: (id: string) => void
}) {
  const here = tutti.filter((u) => u.padreId === padre)
  if (here.length === 0) return null
  return (
    <ul className="albero" {...(padre === null ? { 'aria-label': T.albero } : {})}>
      {here.map((u) => (
        <li key={u.id}>
          <div className="albero-riga">
            <strong>{u.denominazione}</strong> <small>{u.codice}</small>
            <small>
              {u.responsabile ?? T.senzaResponsabile} · {T.persone(u.persone)}
            </small>
            {u.chiusura === null ? (
              <button
                type="button"
                className="btn btn-outline-primary btn-xs"
                aria-label={T.chiudiUfficio(u.denominazione)}
                onClick={() => onChiudi(u)}
              >
                {T.chiudi}
              </button>
            ) : (
              <>
                <small>{T.chiuderaIl(giorno(u.chiusura.dal), u.chiusura.successore)}</small>
                <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => onRitira(u.chiusura?.id ?? '')}>
                  {T.ritira}
                </button>
              </>
            )}
          </div>
          <Ramo padre={u.id} tutti={tutti} onChiudi={onChiudi} onRitira={onRitira} />
        </li>
      ))}
    </ul>
  )
}

function FoglioUfficio({
  ente,
  uffici,
  onChiudi,
  onFatto,
}: {
  ente: string
  uffici: UfficioOrganigramma[]
  onChiudi: () => void
  onFatto: () => void
}) {
  const [codice, setCodice] = useState('')
  const [denominazione, setDenominazione] = useState('')
  const [padreId, setPadre] = useState('')
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'organizzazione', 'uffici'), {
        metodo: 'POST',
        corpo: { codice, denominazione, ...(padreId === '' ? {} : { padreId }) },
      }),
    onSuccess: onFatto,
  })
  return (
    <GuscioFoglio
      titolo={T.nuovo}
      conferma={T.nuovo}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto id="ufficio-codice" etichetta={T.codice} obbligatorio valore={codice} onCambia={setCodice} massimo={16} />
      <CampoTesto
        id="ufficio-nome"
        etichetta={T.denominazione}
        obbligatorio
        valore={denominazione}
        onCambia={setDenominazione}
        massimo={200}
      />
      <CampoScelta
        id="ufficio-padre"
        etichetta={T.padre}
        vuota={T.nessuno}
        valore={padreId}
        opzioni={uffici.map((u) => ({ valore: u.id, testo: u.denominazione }))}
        onCambia={setPadre}
      />
    </GuscioFoglio>
  )
}

export function Component() {
  const { slug } = useEnte()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const query = useQuery(organigrammaQuery(slug))
  const [nuovo, setNuovo] = useState(false)
  const [chiude, setChiude] = useState<UfficioOrganigramma | null>(null)
  const [esito, setEsito] = useState<string | null>(null)
  function done(text: string): void {
    setNuovo(false)
    setChiude(null)
    setEsito(text)
    annuncia(text)
    void client.invalidateQueries({ queryKey: ['amministrazione', slug] })
    void client.invalidateQueries({ queryKey: ['uffici', slug] })
  }
  const ritira = useMutation({
    mutationFn: (id: string) => chiama(api(slug, 'organizzazione', 'riorganizzazioni', id, 'ritiro'), { metodo: 'POST' }),
    onSuccess: () => done(T.ritirata),
  })
  const open = (query.data ?? []).filter((u) => u.al === null)
  const closed = (query.data ?? []).filter((u) => u.al !== null)
  return (
    <div className="pagina">
      <Titolo>{T.titolo}</Titolo>
      {esito === null ? null : (
        <EsitoBar tipo="riuscito" onChiudi={() => setEsito(null)}>
          {esito}
        </EsitoBar>
      )}
      <button type="button" className="btn btn-primary btn-sm" onClick={() => setNuovo(true)}>
        {T.nuovo}
      </button>
      <Carica query={query} cosa={T.titolo} righe={8}>
        {() => (
          <>
            <Ramo padre={null} tutti={open} onChiudi={setChiude} onRitira={(id) => ritira.mutate(id)} />
            {closed.length === 0 ? null : (
              <section>
                <h2>{T.chiusi}</h2>
                <ul>
                  {closed.map((u) => (
                    <li key={u.id}>
                      {u.denominazione} <small>{T.dal(giorno(u.al))}</small>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </Carica>
      {nuovo ? <FoglioUfficio ente={slug} uffici={open} onChiudi={() => setNuovo(false)} onFatto={() => done(T.creato)} /> : null}
      {chiude === null ? null : (
        <FoglioChiusuraUfficio ente={slug} ufficio={chiude} uffici={open} onChiudi={() => setChiude(null)} onFatto={done} />
      )}
    </div>
  )
}
