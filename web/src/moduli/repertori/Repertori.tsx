/** The repertories of the body: how each is numbered, who registers, the last number. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { repertoriQuery } from './dati.ts'
import { DaAutorizzare } from './DaAutorizzare.tsx'
import { FoglioRepertorio } from './FoglioRepertorio.tsx'
import type { Repertorio } from './tipi.ts'

function colonne(ente: string, onConfigura: ((r: Repertorio) => void) | null): Colonna<Repertorio>[] {
  const c = t.repertori.colonne
  const base: Colonna<Repertorio>[] = [
    { chiave: 'codice', titolo: c.codice, cella: (r) => r.codice },
    {
      chiave: 'denominazione',
      titolo: c.denominazione,
      intestazione: true,
      cella: (r) => <Link to={`/${ente}/repertori/${r.id}`}>{r.denominazione}</Link>,
    },
    { chiave: 'ufficio', titolo: c.ufficio, cella: (r) => r.ufficio?.denominazione ?? t.repertori.tuttiGliUffici },
    { chiave: 'numerazione', titolo: c.numerazione, cella: (r) => t.repertori.numerazioni[r.numerazione] ?? r.numerazione },
    { chiave: 'ultimo', titolo: c.ultimo, cella: (r) => (r.ultimo === 0 ? '–' : `${r.ultimo}${r.serie === 'unica' ? '' : `/${r.serie}`}`) },
    {
      chiave: 'stato',
      titolo: c.stato,
      cella: (r) => <Stato tono={r.attivo ? 'buono' : 'neutro'}>{r.attivo ? t.repertori.attivo : t.repertori.chiuso}</Stato>,
    },
  ]
  if (onConfigura === null) return base
  const configura: Colonna<Repertorio> = {
    chiave: 'azioni',
    titolo: t.repertori.configura,
    cella: (r) => (
      <button
        type="button"
        className="collegamento"
        onClick={() => onConfigura(r)}
        aria-label={`${t.repertori.configura} ${r.denominazione}`}
      >
        {t.repertori.configura}
      </button>
    ),
  }
  return [...base, configura]
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()
  const navigate = useNavigate()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const query = useQuery(repertoriQuery(slug))
  const [foglio, setFoglio] = useState<Repertorio | 'nuovo' | null>(null)
  const adopt = useMutation({
    mutationFn: () => chiama<{ aggiunti: number }>(api(slug, 'repertori', 'predefiniti'), { metodo: 'POST' }),
    onSuccess: ({ aggiunti }) => {
      annuncia(t.repertori.aggiunti(aggiunti))
      void client.invalidateQueries({ queryKey: ['repertori', slug] })
    },
  })
  const configures = puo('repertori.configura')
  return (
    <div className="pagina">
      <Titolo>{t.repertori.titolo}</Titolo>
      <p className="azioni-pagina">
        <Link className="btn btn-outline-primary btn-xs" to={`/${slug}/repertori/albo`}>
          {t.repertori.albo}
        </Link>{' '}
        <a className="btn btn-outline-primary btn-xs" href={`/${slug}/albo`}>
          {t.repertori.alboPubblico}
        </a>{' '}
        {configures ? (
          <>
            <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => adopt.mutate()} disabled={adopt.isPending}>
              {t.repertori.predefiniti}
            </button>{' '}
            <button type="button" className="btn btn-primary btn-xs" onClick={() => setFoglio('nuovo')}>
              {t.repertori.nuovo}
            </button>
          </>
        ) : null}
      </p>
      {adopt.error === null ? null : <EsitoProblema errore={adopt.error} />}
      {puo('annullamenti.autorizza') ? <DaAutorizzare ente={slug} /> : null}
      <Carica query={query} cosa={t.repertori.tabella} righe={10}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="files">{t.repertori.vuoto}</Vuoto>
          ) : (
            <Tabella
              didascalia={t.repertori.tabella}
              colonne={colonne(slug, configures ? setFoglio : null)}
              righe={list}
              chiave={(r) => r.id}
              scorciatoie
              onApri={(r) => void navigate(`/${slug}/repertori/${r.id}`)}
            />
          )
        }
      </Carica>
      {foglio === null ? null : (
        <FoglioRepertorio
          ente={slug}
          repertorio={foglio === 'nuovo' ? null : foglio}
          onChiudi={() => setFoglio(null)}
          onFatto={() => {
            annuncia(t.repertori.modulo.salvato)
            setFoglio(null)
            void client.invalidateQueries({ queryKey: ['repertori', slug] })
          }}
        />
      )}
    </div>
  )
}
