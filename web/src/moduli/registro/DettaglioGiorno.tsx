/** The register of one day: counts, digests, documents, road to preservation, acts on earlier days; actions only when it is broken. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama, compiAtto } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giorno, giornoEOra, numero } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { TONI } from './dati.ts'
import type { Dettaglio } from './dati.ts'
import { Firma } from './Firma.tsx'

const r = t.registroGiornaliero

function Voce({ nome, valore }: { nome: string; valore: string }) {
  if (valore === '') return null
  return (
    <div>
      <dt>{nome}</dt>
      <dd>{valore.length === 64 ? <code className="impronta">{valore}</code> : valore}</dd>
    </div>
  )
}

function Dati({ dati }: { dati: Dettaglio }) {
  const range = dati.primo === null || dati.ultimo === null ? r.dati.nessuna : `${numero(dati.primo)} – ${numero(dati.ultimo)}`
  return (
    <dl className="dati">
      <Voce nome={r.dati.identificativo} valore={dati.identificativo} />
      <Voce nome={r.dati.numeri} valore={range} />
      <Voce nome={r.dati.registrazioni} valore={numero(dati.registrazioni)} />
      <Voce nome={r.dati.annullamenti} valore={numero(dati.annullamenti)} />
      <Voce nome={r.dati.modifiche} valore={numero(dati.modifiche)} />
      <Voce nome={r.dati.riservate} valore={numero(dati.riservate)} />
      <Voce nome={r.dati.responsabile} valore={dati.responsabile} />
      <Voce nome={r.dati.produttore} valore={dati.produttore} />
      <Voce nome={r.dati.prodottoIl} valore={dati.prodottoIl} />
      <Voce nome={dati.sottoscrizione?.modo === 'firma' ? r.firmatoDa : r.sigillatoDa} valore={dati.sottoscrizione?.firmatario ?? ''} />
      <Voce nome={r.dati.versione} valore={dati.versione === 1 ? '' : String(dati.versione)} />
      <Voce nome={r.dati.motivo} valore={dati.motivo} />
      <Voce nome={r.dati.impronta} valore={dati.impronta} />
      <Voce nome={r.dati.precedente} valore={dati.improntaPrecedente} />
    </dl>
  )
}

function Documenti({ ente, dati }: { ente: string; dati: Dettaglio }) {
  const full = [
    ['registro.pdf', r.pdf(dati.dichiarazionePdf)],
    ['registro.xml', r.xml],
    ['righe.txt', r.righe],
    ['giorno.json', r.intestazione],
  ] as const
  const files = [...(dati.intero ? full : []), ['consultazione.pdf', r.consultazione] as const]
  return (
    <section aria-label={r.file}>
      <h3>{r.file}</h3>
      {dati.intero ? null : <p className="campo-aiuto">{r.soloConsultazione}</p>}
      <p className="scheda-collegamenti">
        {files.map(([nome, testo]) => (
          <a key={nome} href={api(ente, 'registri-giornalieri', dati.id, nome)} download>
            <Icona nome="download" dimensione={16} /> {testo}
          </a>
        ))}
      </p>
    </section>
  )
}

function Atti({ dati }: { dati: Dettaglio }) {
  return (
    <section aria-label={r.attiPrecedenti}>
      <h3>{r.attiPrecedenti}</h3>
      {dati.attiPrecedenti.length === 0 ? <p>{r.nessunAtto}</p> : null}
      <ul>
        {dati.attiPrecedenti.map((atto) => (
          <li key={atto.etichetta + atto.tipo + atto.il}>
            <strong>{atto.etichetta}</strong> {r.tipiAtto[atto.tipo]} {giornoEOra(atto.il)}: {atto.testo ?? r.riservato}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Strada({ dati }: { dati: Dettaglio }) {
  if (dati.passi.length === 0) return null
  return (
    <section aria-label={r.strada}>
      <h3>{r.strada}</h3>
      <ol>
        {dati.passi.map((passo) => (
          <li key={passo.istante + passo.passo}>
            {giornoEOra(passo.istante)} – {r.passi[passo.passo] ?? passo.passo} {passo.dettaglio} <small>{passo.riferimento}</small>
          </li>
        ))}
      </ol>
    </section>
  )
}

function FoglioRigenera({ ente, id, onChiudi, onFatto }: { ente: string; id: string; onChiudi: () => void; onFatto: () => void }) {
  const [motivo, setMotivo] = useState('')
  const act = useMutation({
    mutationFn: () => compiAtto<Dettaglio>(`${ente}:rigenera:${id}`, api(ente, 'registri-giornalieri', id, 'versioni'), { motivo }),
    onSuccess: onFatto,
  })
  return (
    <GuscioFoglio
      titolo={r.rigeneraTitolo}
      conferma={r.rigenera}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <p>{r.rigeneraSpiega}</p>
      <CampoTesto
        id="rigenera-motivo"
        etichetta={r.motivo}
        obbligatorio
        aiuto={r.motivoAiuto}
        righe={3}
        valore={motivo}
        onCambia={setMotivo}
      />
    </GuscioFoglio>
  )
}

function Azioni({ ente, dati }: { ente: string; dati: Dettaglio }) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const session = useEnte().ente
  const [rigenera, setRigenera] = useState(false)
  const done = async (testo: string): Promise<void> => {
    annuncia(testo)
    setRigenera(false)
    await Promise.all([
      client.invalidateQueries({ queryKey: ['registri-giornalieri', ente] }),
      client.invalidateQueries({ queryKey: ['registro-giornaliero', ente] }),
    ])
  }
  const send = useMutation({
    mutationFn: () => chiama(api(ente, 'registri-giornalieri', dati.id, 'versamento'), { metodo: 'POST' }),
    onSuccess: async () => await done(r.reinviato),
  })
  const maySend = dati.reinviabile && (session?.permessi.includes('conservazione.versa') ?? false)
  if (!dati.rigenerabile && !maySend) return null
  return (
    <div className="scheda-collegamenti">
      {send.error === null ? null : <EsitoProblema errore={send.error} />}
      {maySend ? (
        <button type="button" className="btn btn-primary btn-sm" disabled={send.isPending} onClick={() => send.mutate()}>
          {r.reinvia}
        </button>
      ) : null}
      {dati.rigenerabile ? (
        <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => setRigenera(true)}>
          {r.rigenera}
        </button>
      ) : null}
      {rigenera ? (
        <FoglioRigenera ente={ente} id={dati.id} onChiudi={() => setRigenera(false)} onFatto={() => void done(r.rigenerato)} />
      ) : null}
    </div>
  )
}

export function DettaglioGiorno({ ente, id, oggi }: { ente: string; id: string; oggi: string }) {
  const query = useQuery({
    queryKey: ['registro-giornaliero', ente, id],
    queryFn: () => chiama<Dettaglio>(api(ente, 'registri-giornalieri', id)),
    refetchInterval: (current) => (current.state.data?.stato === 'conservato' ? false : 10_000),
  })
  return (
    <Carica query={query} cosa={r.cosaGiorno} righe={8}>
      {(dati) => (
        <section className="riquadro riquadro-sotto" aria-label={dati.oggetto}>
          <h2>{dati.oggetto}</h2>
          <p>
            <Stato tono={TONI[dati.stato] ?? 'neutro'}>{r.stati[dati.stato] ?? dati.stato}</Stato>{' '}
            {dati.adempiuto ? r.inTermine : dati.scadenza < oggi ? r.scaduto(giorno(dati.scadenza)) : r.entro(giorno(dati.scadenza))}
          </p>
          {dati.firmabile ? <Firma ente={ente} dati={dati} /> : null}
          <Azioni ente={ente} dati={dati} />
          <Dati dati={dati} />
          <Documenti ente={ente} dati={dati} />
          <Atti dati={dati} />
          <Strada dati={dati} />
        </section>
      )}
    </Carica>
  )
}
