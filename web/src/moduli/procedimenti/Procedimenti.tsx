/** The catalogue of the procedures: who answers, term, meaning of silence, what the public sheet still lacks. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { catalogoQuery } from './dati.ts'
import type { RigaProcedimento } from './dati.ts'
import { FoglioModello } from './FoglioModello.tsx'

function colonne(ente: string): Colonna<RigaProcedimento>[] {
  const c = t.procedimenti.colonne
  return [
    { chiave: 'codice', titolo: c.codice, cella: (p) => p.codice },
    {
      chiave: 'denominazione',
      titolo: c.denominazione,
      intestazione: true,
      cella: (p) => <Link to={`/${ente}/amministrazione/procedimenti/${p.id}`}>{p.denominazione}</Link>,
    },
    { chiave: 'materia', titolo: c.materia, cella: (p) => p.materia },
    { chiave: 'ufficio', titolo: c.ufficio, cella: (p) => p.ufficio?.nome ?? t.procedimenti.daDefinire },
    {
      chiave: 'termine',
      titolo: c.termine,
      cella: (p) => (p.termineGiorni === null ? t.procedimenti.daDefinire : `${p.termineGiorni} ${p.termineUnita}`),
    },
    { chiave: 'silenzio', titolo: c.silenzio, cella: (p) => t.procedimenti.silenzi[p.silenzio] ?? p.silenzio },
    {
      chiave: 'stato',
      titolo: c.stato,
      cella: (p) =>
        p.attivo ? (
          <Stato tono={p.daDefinire.length === 0 ? 'buono' : 'attenzione'}>{t.procedimenti.mancano(p.daDefinire.length)}</Stato>
        ) : (
          <Stato tono="neutro">{t.procedimenti.fuoriUso}</Stato>
        ),
    },
  ]
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()
  const navigate = useNavigate()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [parametri, setParametri] = useSearchParams()
  const [testo, setTesto] = useState(parametri.get('q') ?? '')
  const [foglio, setFoglio] = useState(false)
  const daCompletare = parametri.get('daCompletare') === '1'
  const q = parametri.get('q') ?? ''
  const query = useQuery(
    catalogoQuery(slug, { attivi: 'tutti', ...(q === '' ? {} : { q }), ...(daCompletare ? { daCompletare: '1' } : {}) }),
  )
  const manages = puo('procedimenti.gestisci')
  const set = (nome: string, valore: string): void => {
    const next = new URLSearchParams(parametri)
    if (valore === '') next.delete(nome)
    else next.set(nome, valore)
    setParametri(next, { replace: true })
  }
  const adopt = useMutation({
    mutationFn: () => chiama<{ aggiunti: number }>(api(slug, 'procedimenti', 'predefiniti'), { metodo: 'POST' }),
    onSuccess: ({ aggiunti }) => {
      annuncia(t.procedimenti.aggiunti(aggiunti))
      void client.invalidateQueries({ queryKey: ['procedimenti', slug] })
    },
  })
  return (
    <div className="pagina">
      <Titolo>{t.procedimenti.titolo}</Titolo>
      <p>{t.procedimenti.sottotitolo}</p>
      <p className="azioni-pagina">
        <a className="btn btn-outline-primary btn-xs" href={`/${slug}/trasparenza/procedimenti`}>
          {t.procedimenti.pubblica}
        </a>{' '}
        <Link className="btn btn-outline-primary btn-xs" to={`/${slug}/amministrazione/procedimenti/termini`}>
          {t.procedimenti.regole.titolo}
        </Link>{' '}
        {manages ? (
          <>
            <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => adopt.mutate()} disabled={adopt.isPending}>
              {t.procedimenti.predefiniti}
            </button>{' '}
            <button type="button" className="btn btn-primary btn-xs" onClick={() => setFoglio(true)}>
              {t.procedimenti.nuovo}
            </button>
          </>
        ) : null}
      </p>
      {adopt.error === null ? null : <EsitoProblema errore={adopt.error} />}
      <div className="filtri-statistiche">
        <CampoTesto
          id="procedimenti-q"
          etichetta={t.procedimenti.cerca}
          tipo="search"
          valore={testo}
          onCambia={setTesto}
          onEsci={() => set('q', testo.trim())}
        />
        <label className="interruttore">
          <input type="checkbox" checked={daCompletare} onChange={(event) => set('daCompletare', event.target.checked ? '1' : '')} />{' '}
          <span>{t.procedimenti.daCompletare}</span>
        </label>
      </div>
      <Carica query={query} cosa={t.procedimenti.tabella} righe={10}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="files">
              {q === '' && !daCompletare ? `${t.procedimenti.vuoto} ${t.procedimenti.vuotoAiuto}` : t.procedimenti.vuoto}
            </Vuoto>
          ) : (
            <Tabella
              didascalia={t.procedimenti.tabella}
              colonne={colonne(slug)}
              righe={list}
              chiave={(p) => p.id}
              scorciatoie
              onApri={(p) => void navigate(`/${slug}/amministrazione/procedimenti/${p.id}`)}
            />
          )
        }
      </Carica>
      {foglio ? (
        <FoglioModello
          ente={slug}
          procedimento={null}
          onChiudi={() => setFoglio(false)}
          onFatto={(p) => {
            annuncia(t.procedimenti.salvato)
            void client.invalidateQueries({ queryKey: ['procedimenti', slug] })
            void navigate(`/${slug}/amministrazione/procedimenti/${p.id}`)
          }}
        />
      ) : null}
    </div>
  )
}
