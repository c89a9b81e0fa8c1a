/** Who works in the ente, with which roles and dates: appoint, end. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno, scriviGiorno } from '../../ui/date.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giorno } from '../../ui/formati.ts'
import { Tabella } from '../../ui/Tabella.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { FoglioIncarico } from './FoglioIncarico.tsx'
import { personeQuery, responsabiliQuery, type Incarico, type Persona } from './dati.ts'

const T = t.amministrazione.persone

function FoglioFine({
  ente,
  persona,
  incarico,
  onChiudi,
  onFatto,
}: {
  ente: string
  persona: Persona
  incarico: Incarico
  onChiudi: () => void
  onFatto: () => void
}) {
  const today = giornoItaliano(new Date())
  const [al, setAl] = useState(scriviGiorno(today))
  const [atto, setAtto] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: (day: string) =>
      chiama(api(ente, 'organizzazione', 'incarichi', incarico.id, 'fine'), { metodo: 'POST', corpo: { al: day, atto: atto.trim() } }),
    onSuccess: onFatto,
  })
  function confirm(): void {
    const day = leggiGiorno(al, today)
    setErrore(day === null ? t.amministrazione.organigramma.dataErrore : undefined)
    if (day !== null) act.mutate(day)
  }
  return (
    <GuscioFoglio
      titolo={T.terminaTitolo(persona.nome)}
      conferma={T.termina}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <p>{t.stati.profilo[incarico.profilo]}</p>
      <CampoData id="fine-al" etichetta={T.ultimoGiorno} obbligatorio errore={errore} valore={al} onCambia={setAl} />
      <CampoTesto id="fine-atto" etichetta={T.atto} obbligatorio valore={atto} onCambia={setAtto} massimo={300} />
    </GuscioFoglio>
  )
}

function RigheIncarichi({ persona, onTermina }: { persona: Persona; onTermina: (incarico: Incarico) => void }) {
  return (
    <ul className="elenco-piano">
      {persona.incarichi.map((i) => (
        <li key={i.id}>
          {t.stati.profilo[i.profilo]}
          {i.ufficio === null ? '' : ` · ${i.ufficio.denominazione}`}{' '}
          <small>
            {T.periodo(giorno(i.dal), i.al === null ? null : giorno(i.al))}
            {i.inCarica ? '' : ` (${T.passato})`} · {i.atto}
          </small>{' '}
          {i.inCarica && i.al === null ? (
            <button
              type="button"
              className="btn btn-outline-primary btn-xs"
              aria-label={`${T.terminaTitolo(persona.nome)}: ${t.stati.profilo[i.profilo] ?? ''}`}
              onClick={() => onTermina(i)}
            >
              {T.termina}
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Responsabili({ ente }: { ente: string }) {
  const query = useQuery(responsabiliQuery(ente))
  return (
    <section className="riquadro">
      <h2>{T.responsabili}</h2>
      <Carica query={query} cosa={T.responsabili} righe={2}>
        {(dati) => (
          <dl className="dati">
            {dati.aoo.map((area) => (
              <div key={area.id}>
                <dt>{area.denominazione}</dt>
                <dd>
                  {area.responsabile === null ? T.nessuno : `${T.responsabile}: ${area.responsabile.nome}`}
                  {area.vicari.map((v) => ` · ${T.vicario}: ${v.nome}`)}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Carica>
    </section>
  )
}

export function Component() {
  const { slug } = useEnte()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const query = useQuery(personeQuery(slug))
  const [nuovo, setNuovo] = useState(false)
  const [fine, setFine] = useState<{ persona: Persona; incarico: Incarico } | null>(null)
  const [esito, setEsito] = useState<string | null>(null)
  function done(text: string): void {
    setNuovo(false)
    setFine(null)
    setEsito(text)
    annuncia(text)
    void client.invalidateQueries({ queryKey: ['amministrazione', slug] })
    void client.invalidateQueries({ queryKey: ['operatori', slug] })
  }
  const incarichi = (persona: Persona) => <RigheIncarichi persona={persona} onTermina={(incarico) => setFine({ persona, incarico })} />
  return (
    <div className="pagina">
      <Titolo>{T.titolo}</Titolo>
      {esito === null ? null : (
        <EsitoBar tipo="riuscito" onChiudi={() => setEsito(null)}>
          {esito}
        </EsitoBar>
      )}
      <Responsabili ente={slug} />
      <button type="button" className="btn btn-primary btn-sm" onClick={() => setNuovo(true)}>
        {T.nuovo}
      </button>
      <Carica query={query} cosa={T.tabella} righe={8}>
        {(persone) => (
          <Tabella
            didascalia={T.tabella}
            colonne={[
              { chiave: 'nome', titolo: T.nome, intestazione: true, cella: (p: Persona) => p.nome },
              { chiave: 'cf', titolo: T.codiceFiscale, cella: (p: Persona) => p.codiceFiscale },
              {
                chiave: 'incarichi',
                titolo: T.incarichi,
                cella: incarichi,
              },
            ]}
            righe={persone}
            chiave={(p) => p.id}
          />
        )}
      </Carica>
      {nuovo ? (
        <FoglioIncarico ente={slug} persone={query.data ?? []} onChiudi={() => setNuovo(false)} onFatto={() => done(T.conferito)} />
      ) : null}
      {fine === null ? null : <FoglioFine ente={slug} {...fine} onChiudi={() => setFine(null)} onFatto={() => done(T.terminato)} />}
    </div>
  )
}
