/** Working calendar, production and outages of the daily register. Who may only read sees them without buttons. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { Titolo } from '../../app/Titolo.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giorno } from '../../ui/formati.ts'
import type { Calendario, Impostazioni } from './dati.ts'
import { Interruzioni } from './Interruzioni.tsx'
import { ProveRipristino } from './Prove.tsx'

const r = t.registroGiornaliero

function useSalva(percorso: string, chiave: string) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  return useMutation({
    mutationFn: (corpo: unknown) => chiama(percorso, { metodo: 'PUT', corpo }),
    onSuccess: async () => {
      annuncia(r.salvato)
      await client.invalidateQueries({ queryKey: [chiave] })
    },
  })
}

function Salva({ puo, inCorso, onSalva }: { puo: boolean; inCorso: boolean; onSalva: () => void }) {
  if (!puo) return null
  return (
    <button type="button" className="btn btn-primary btn-sm" disabled={inCorso} onClick={onSalva}>
      {r.salva}
    </button>
  )
}

function GiorniLavorativi({ ente, dati, puo }: { ente: string; dati: Calendario; puo: boolean }) {
  const [patrono, setPatrono] = useState(dati.patrono ?? '')
  const [santo, setSanto] = useState(dati.santoPatrono)
  const [giorni, setGiorni] = useState(dati.giorni)
  const [nuovo, setNuovo] = useState({ giorno: '', motivo: '', lavorativo: false })
  const save = useSalva(api(ente, 'calendario'), 'calendario')
  const add = (): void => {
    const day = leggiGiorno(nuovo.giorno, giornoItaliano(new Date()))
    if (day === null || nuovo.motivo.trim() === '') return
    setGiorni([...giorni.filter((g) => g.giorno !== day), { ...nuovo, giorno: day }].toSorted((a, b) => (a.giorno < b.giorno ? -1 : 1)))
    setNuovo({ giorno: '', motivo: '', lavorativo: false })
  }
  return (
    <section className="riquadro" aria-label={r.calendario}>
      <h2>{r.calendario}</h2>
      <p>{r.calendarioSpiega}</p>
      {save.error === null ? null : <EsitoProblema errore={save.error} />}
      <CampoTesto
        id="cal-patrono"
        etichetta={r.patrono}
        aiuto={r.patronoAiuto}
        larghezza="meta"
        valore={patrono}
        disabilitato={!puo}
        onCambia={setPatrono}
      />
      <CampoTesto id="cal-santo" etichetta={r.santoPatrono} valore={santo} disabilitato={!puo} onCambia={setSanto} />
      <h3>{r.giorniParticolari}</h3>
      {giorni.length === 0 ? <p>{r.nessunGiorno}</p> : null}
      <ul>
        {giorni.map((g) => (
          <li key={g.giorno}>
            {giorno(g.giorno)} – {g.lavorativo ? r.lavorativo : r.chiuso}: {g.motivo}{' '}
            {puo ? (
              <button
                type="button"
                className="btn btn-outline-primary btn-xs"
                aria-label={r.togli(giorno(g.giorno))}
                onClick={() => setGiorni(giorni.filter((other) => other.giorno !== g.giorno))}
              >
                ×
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {puo ? (
        <>
          <CampoData
            id="cal-giorno"
            etichetta={r.giornoParticolare}
            larghezza="meta"
            valore={nuovo.giorno}
            onCambia={(value) => setNuovo({ ...nuovo, giorno: value })}
          />
          <CampoTesto
            id="cal-motivo"
            etichetta={r.motivo}
            valore={nuovo.motivo}
            onCambia={(value) => setNuovo({ ...nuovo, motivo: value })}
          />
          <p>
            <input
              id="cal-aperto"
              type="checkbox"
              checked={nuovo.lavorativo}
              onChange={(event) => setNuovo({ ...nuovo, lavorativo: event.target.checked })}
            />{' '}
            <label htmlFor="cal-aperto">{r.lavorativo}</label>
          </p>
          <p className="scheda-collegamenti">
            <button type="button" className="btn btn-outline-primary btn-sm" onClick={add}>
              {r.aggiungi}
            </button>
            <Salva
              puo={puo}
              inCorso={save.isPending}
              onSalva={() => save.mutate({ patrono: patrono.trim() === '' ? null : patrono.trim(), santoPatrono: santo, giorni })}
            />
          </p>
        </>
      ) : null}
      <details>
        <summary>{r.festivi}</summary>
        <ul>
          {dati.festivi.map((g) => (
            <li key={g.giorno}>
              {giorno(g.giorno)} – {g.nome}
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}

function Produzione({ ente, dati, puo }: { ente: string; dati: Impostazioni; puo: boolean }) {
  const [valori, setValori] = useState(dati)
  const save = useSalva(api(ente, 'registri-giornalieri', 'impostazioni'), 'registro-impostazioni')
  const flag = (campo: 'giorniVuoti' | 'annuale' | 'sigilloDiRipiego', testo: string) => (
    <p>
      <input
        id={`imp-${campo}`}
        type="checkbox"
        disabled={!puo}
        checked={valori[campo]}
        onChange={(event) => setValori({ ...valori, [campo]: event.target.checked })}
      />{' '}
      <label htmlFor={`imp-${campo}`}>{testo}</label>
    </p>
  )
  return (
    <section className="riquadro" aria-label={r.produzione}>
      <h2>{r.produzione}</h2>
      {save.error === null ? null : <EsitoProblema errore={save.error} />}
      <CampoScelta
        id="imp-sottoscrizione"
        etichetta={r.sottoscrizione}
        valore={valori.sottoscrizione}
        opzioni={Object.entries(r.sottoscrizioni).map(([valore, testo]) => ({ valore, testo }))}
        onCambia={(value) => setValori({ ...valori, sottoscrizione: value as Impostazioni['sottoscrizione'] })}
      />
      {valori.sottoscrizione === 'firma' ? flag('sigilloDiRipiego', r.ripiego) : null}
      {flag('giorniVuoti', r.giorniVuoti)}
      {flag('annuale', r.annuale)}
      <CampoTesto
        id="imp-classificazione"
        etichetta={r.classificazione}
        larghezza="meta"
        valore={valori.classificazione}
        disabilitato={!puo}
        onCambia={(value) => setValori({ ...valori, classificazione: value })}
      />
      <Salva puo={puo} inCorso={save.isPending} onSalva={() => save.mutate(valori)} />
    </section>
  )
}

export function Component() {
  const { slug, ente } = useEnte()
  const puo = ente?.permessi.includes('registro.gestisci') ?? false
  const calendario = useQuery({ queryKey: ['calendario', slug], queryFn: () => chiama<Calendario>(api(slug, 'calendario')) })
  const impostazioni = useQuery({
    queryKey: ['registro-impostazioni', slug],
    queryFn: () => chiama<Impostazioni>(api(slug, 'registri-giornalieri', 'impostazioni')),
  })
  return (
    <div className="pagina">
      <Titolo>{r.impostazioni}</Titolo>
      <p>
        <Link to={`/${slug}/protocollo/registro-giornaliero`}>{r.torna}</Link>
      </p>
      <Carica query={calendario} cosa={r.calendario}>
        {(dati) => <GiorniLavorativi ente={slug} dati={dati} puo={puo} />}
      </Carica>
      <Carica query={impostazioni} cosa={r.produzione} righe={4}>
        {(dati) => <Produzione ente={slug} dati={dati} puo={puo} />}
      </Carica>
      <Interruzioni ente={slug} puo={puo} />
      <ProveRipristino ente={slug} puo={puo} />
    </div>
  )
}
