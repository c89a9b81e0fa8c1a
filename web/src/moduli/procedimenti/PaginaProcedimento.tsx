/** A procedure: its model in force or an earlier one, step by step, and what its public sheet lacks. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { erroreDi } from '../../api/problema.ts'
import { procedimentoQuery } from './dati.ts'
import type { Procedimento } from './dati.ts'
import { FoglioModello } from './FoglioModello.tsx'

function Dati({ p }: { p: Procedimento }) {
  const d = t.procedimenti.dati
  const rows: [string, string][] = [
    [d.iniziativa, t.procedimenti.iniziative[p.iniziativa] ?? p.iniziativa],
    [d.voce, `${p.voce.codice} ${p.voce.denominazione ?? ''}`],
    [d.ufficio, p.ufficio?.nome ?? t.procedimenti.daDefinire],
    [d.responsabile, p.responsabile?.nome ?? t.procedimenti.daDefinire],
    [d.termine, p.termineGiorni === null ? t.procedimenti.daDefinire : `${p.termineGiorni} ${p.termineUnita}`],
    [d.silenzio, t.procedimenti.silenzi[p.silenzio] ?? p.silenzio],
    [d.descrizione, p.scheda.descrizione],
    [d.norme, p.scheda.norme.join('; ')],
    [d.oggetto, p.fascicolo.oggetto],
  ]
  return (
    <dl className="dati dati-larghi">
      {rows.map(([nome, valore]) => (
        <div key={nome}>
          <dt>{nome}</dt>
          <dd>{valore}</dd>
        </div>
      ))}
    </dl>
  )
}

function Passi({ p }: { p: Procedimento }) {
  return (
    <section>
      <h2>{t.procedimenti.passi}</h2>
      <p className="campo-aiuto">{t.procedimenti.passiAiuto}</p>
      <ol className="passi">
        {p.passi.map((s) => (
          <li key={s.chiave}>
            <strong>{s.nome}</strong>{' '}
            <Stato tono="neutro">{s.obbligatorio ? t.procedimenti.obbligatorio : t.procedimenti.facoltativo}</Stato>
            <br />
            <small>
              {s.fase} · {t.procedimenti.firme[s.firma] ?? s.firma}
              {s.documenti.length === 0
                ? ''
                : ` · ${s.documenti.map((d) => `${d.nome} (${t.procedimenti.versi[d.verso] ?? d.verso})`).join(', ')}`}
            </small>
          </li>
        ))}
      </ol>
    </section>
  )
}

const COLONNE_VERSIONI: Colonna<Procedimento['versioni'][number]>[] = [
  {
    chiave: 'numero',
    titolo: t.procedimenti.versioni,
    intestazione: true,
    cella: (v) => <Link to={`?versione=${v.numero}`}>{t.procedimenti.versione(v.numero)}</Link>,
  },
  { chiave: 'motivo', titolo: t.procedimenti.dati.motivo, cella: (v) => v.motivo },
  { chiave: 'chi', titolo: t.procedimenti.dati.responsabile, cella: (v) => v.autore },
  { chiave: 'quando', titolo: t.pratiche.giorno, cella: (v) => giornoEOra(v.creataIl) },
]

function Versioni({ p }: { p: Procedimento }) {
  return (
    <section>
      <h2>{t.procedimenti.versioni}</h2>
      <Tabella didascalia={t.procedimenti.versioni} righe={p.versioni} chiave={(v) => v.id} colonne={COLONNE_VERSIONI} />
    </section>
  )
}

function FoglioStato({ ente, p, onChiudi, onFatto }: { ente: string; p: Procedimento; onChiudi: () => void; onFatto: () => void }) {
  const [motivo, setMotivo] = useState('')
  const act = useMutation({
    mutationFn: () => chiama(api(ente, 'procedimenti', p.id, 'stato'), { metodo: 'POST', corpo: { attivo: !p.attivo, motivo } }),
    onSuccess: onFatto,
  })
  const label = p.attivo ? t.procedimenti.togli : t.procedimenti.rimetti
  return (
    <GuscioFoglio
      titolo={label}
      conferma={label}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto
        id="stato-motivo"
        etichetta={t.procedimenti.motivoStato}
        obbligatorio
        righe={3}
        valore={motivo}
        errore={erroreDi(act.error, 'motivo')}
        onCambia={setMotivo}
      />
    </GuscioFoglio>
  )
}

export function Component() {
  const { slug } = useEnte()
  const id = useParams()['id'] ?? ''
  const puo = usePermessi()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [parametri] = useSearchParams()
  const [foglio, setFoglio] = useState<'modello' | 'stato' | null>(null)
  const query = useQuery(procedimentoQuery(slug, id, parametri.get('versione')))
  function done(text: string): void {
    setFoglio(null)
    annuncia(text)
    for (const key of ['procedimento', 'procedimenti']) void client.invalidateQueries({ queryKey: [key, slug] })
  }
  return (
    <div className="pagina">
      <Carica query={query} cosa={t.procedimenti.titolo} righe={12}>
        {(p) => {
          const latest = p.versioni[0]?.numero === p.versione
          return (
            <>
              <nav aria-label={t.percorso} className="percorso">
                <Link to={`/${slug}/amministrazione/procedimenti`}>{t.procedimenti.titolo}</Link> / <span>{p.codice}</span>
              </nav>
              <Titolo scheda={`${p.codice} ${p.denominazione}`}>{p.denominazione}</Titolo>
              {latest ? null : (
                <p>
                  {t.procedimenti.vecchia(p.versione)} <Link to="?">{t.procedimenti.inVigore}</Link>
                </p>
              )}
              <p className="azioni-pagina">
                {puo('procedimenti.gestisci') && latest ? (
                  <>
                    <button type="button" className="btn btn-primary btn-xs" onClick={() => setFoglio('modello')}>
                      {t.procedimenti.modifica}
                    </button>{' '}
                    <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => setFoglio('stato')}>
                      {p.attivo ? t.procedimenti.togli : t.procedimenti.rimetti}
                    </button>{' '}
                  </>
                ) : null}
                {p.attivo ? (
                  <a className="btn btn-outline-primary btn-xs" href={api(slug, 'trasparenza', 'procedimenti', p.codice, 'scheda.pdf')}>
                    {t.procedimenti.schedaPdf}
                  </a>
                ) : (
                  <Stato tono="neutro">{t.procedimenti.fuoriUso}</Stato>
                )}
              </p>
              {p.daDefinire.length === 0 ? null : (
                <p>
                  {t.procedimenti.manca} {p.daDefinire.join(', ')}.
                </p>
              )}
              <Dati p={p} />
              <Passi p={p} />
              <Versioni p={p} />
              {foglio === 'modello' ? (
                <FoglioModello ente={slug} procedimento={p} onChiudi={() => setFoglio(null)} onFatto={() => done(t.procedimenti.salvato)} />
              ) : null}
              {foglio === 'stato' ? (
                <FoglioStato ente={slug} p={p} onChiudi={() => setFoglio(null)} onFatto={() => done(t.procedimenti.statoCambiato)} />
              ) : null}
            </>
          )
        }}
      </Carica>
    </div>
  )
}
