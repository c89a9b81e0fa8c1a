/** The board of the terms: situations with their numbers, the strip of the days, the list they all open. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { giorno } from '../../ui/formati.ts'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Schede } from '../../ui/Schede.tsx'
import { Stato, type Tono } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { operatoriQuery, ufficiQuery } from '../protocollo/dati.ts'
import { catalogoQuery } from '../procedimenti/dati.ts'
import { PER_PAGINA, scadenzarioQuery, useFiltri } from './dati.ts'
import type { RigaPratica, Scadenzario } from './dati.ts'
import { FoglioApri } from './FoglioApri.tsx'
import { Striscia } from './Striscia.tsx'

const TONI: Readonly<Record<string, Tono>> = {
  scaduta: 'male',
  oggi: 'attenzione',
  'in scadenza': 'attenzione',
  'nei termini': 'buono',
  sospesa: 'neutro',
  conclusa: 'neutro',
}

/** How far the term is, in words. */
function quanto(r: RigaPratica): string {
  if (r.situazione === 'conclusa') return giorno(r.conclusaIl)
  if (r.termine === null) return t.pratiche.senzaTermine
  if (r.situazione === 'sospesa')
    return r.sospesaFino === null ? t.pratiche.sospesaSenzaFine : t.pratiche.sospesaFino(giorno(r.sospesaFino))
  return t.pratiche.mancano(r.giorni ?? 0)
}

function colonne(ente: string): Colonna<RigaPratica>[] {
  const c = t.pratiche.colonne
  return [
    { chiave: 'termine', titolo: c.termine, cella: (r) => giorno(r.termine) || '–' },
    { chiave: 'giorni', titolo: c.giorni, cella: (r) => <Stato tono={TONI[r.situazione] ?? 'neutro'}>{quanto(r)}</Stato> },
    {
      chiave: 'fascicolo',
      titolo: c.fascicolo,
      intestazione: true,
      cella: (r) => (
        <Link to={`/${ente}/fascicoli/${encodeURIComponent(r.fascicolo.slug)}`}>
          {r.fascicolo.codice} {r.fascicolo.oggetto}
        </Link>
      ),
    },
    { chiave: 'procedimento', titolo: c.procedimento, cella: (r) => r.procedimento.denominazione },
    { chiave: 'fase', titolo: c.fase, cella: (r) => r.fase ?? '–' },
    { chiave: 'passi', titolo: c.passi, cella: (r) => t.pratiche.passi(r.passiFatti, r.passi) },
    { chiave: 'chi', titolo: c.chi, cella: (r) => `${r.responsabile.nome} · ${r.ufficio.denominazione}` },
  ]
}

function Filtri({ ente }: { ente: string }) {
  const { filtri, cambia } = useFiltri()
  const catalogo = useQuery(catalogoQuery(ente, { attivi: 'tutti' }))
  const uffici = useQuery(ufficiQuery(ente))
  const persone = useQuery(operatoriQuery(ente))
  const [testo, setTesto] = useState(filtri.q ?? '')
  const scelta = (nome: 'procedimento' | 'ufficio' | 'responsabile', opzioni: { valore: string; testo: string }[]) => (
    <CampoScelta
      id={`pratiche-${nome}`}
      etichetta={t.pratiche[nome]}
      vuota={t.pratiche.qualunque}
      valore={filtri[nome] ?? ''}
      opzioni={opzioni}
      onCambia={(valore) => cambia(nome, valore)}
    />
  )
  return (
    <fieldset className="filtri-statistiche">
      <legend className="visually-hidden">{t.pratiche.filtri}</legend>
      <CampoTesto
        id="pratiche-q"
        etichetta={t.pratiche.cerca}
        tipo="search"
        valore={testo}
        onCambia={setTesto}
        onEsci={() => cambia('q', testo.trim())}
      />
      {scelta(
        'procedimento',
        (catalogo.data ?? []).map((p) => ({ valore: p.id, testo: p.denominazione })),
      )}
      {scelta(
        'ufficio',
        (uffici.data ?? []).map((u) => ({ valore: u.id, testo: u.denominazione })),
      )}
      {scelta(
        'responsabile',
        (persone.data ?? []).map((p) => ({ valore: p.id, testo: p.nome })),
      )}
      {Object.keys(filtri).length === 0 ? null : <Link to="?">{t.pratiche.togliFiltri}</Link>}
    </fieldset>
  )
}

function Elenco({ ente, dati }: { ente: string; dati: Scadenzario }) {
  const navigate = useNavigate()
  if (dati.elementi.length === 0) return <Vuoto icona="calendar">{t.pratiche.vuoto}</Vuoto>
  return (
    <>
      <p>{t.pratiche.totale(dati.totale)}</p>
      <Tabella
        didascalia={t.pratiche.elenco}
        colonne={colonne(ente)}
        righe={dati.elementi}
        chiave={(r) => r.id}
        scorciatoie
        onApri={(r) => void navigate(`/${ente}/fascicoli/${encodeURIComponent(r.fascicolo.slug)}`)}
      />
      <Paginazione totale={dati.totale} perPagina={PER_PAGINA} />
    </>
  )
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { filtri, pagina, verso } = useFiltri()
  const [foglio, setFoglio] = useState(false)
  const query = useQuery(scadenzarioQuery(slug, filtri, pagina))
  const { situazione: _, ...altri } = filtri
  return (
    <div className="pagina">
      <Titolo>{t.pratiche.titolo}</Titolo>
      <p>{t.pratiche.sottotitolo}</p>
      <p className="azioni-pagina">
        {puo('fascicoli.apri') ? (
          <button type="button" className="btn btn-primary btn-xs" onClick={() => setFoglio(true)}>
            {t.pratiche.apri}
          </button>
        ) : null}{' '}
        <Link className="btn btn-outline-primary btn-xs" to={`/${slug}/pratiche/durate`}>
          {t.pratiche.durateTitolo}
        </Link>{' '}
        <Link className="btn btn-outline-primary btn-xs" to={`/${slug}/pratiche/fermi`}>
          {t.pratiche.fermiTitolo}
        </Link>
      </p>
      <Carica query={query} cosa={t.pratiche.titolo} righe={8}>
        {(dati) => (
          <>
            <Schede
              etichetta={t.pratiche.viste}
              corrente={filtri.situazione ?? ''}
              schede={[
                { chiave: '', testo: t.pratiche.tutte, verso: verso(altri) },
                ...Object.entries(dati.contatori).map(([chiave, conteggio]) => ({
                  chiave,
                  testo: t.pratiche.situazioni[chiave] ?? chiave,
                  verso: verso({ ...altri, situazione: chiave }),
                  conteggio,
                })),
              ]}
            />
            <Striscia giorni={dati.striscia} />
            <h2>{t.pratiche.elenco}</h2>
            <Filtri ente={slug} />
            <Elenco ente={slug} dati={dati} />
          </>
        )}
      </Carica>
      {foglio ? (
        <FoglioApri
          ente={slug}
          registrazioneId={null}
          onChiudi={() => setFoglio(false)}
          onFatto={(p) => {
            void client.invalidateQueries({ queryKey: ['pratiche', slug] })
            void navigate(`/${slug}/fascicoli/${encodeURIComponent(p.fascicolo.slug)}`)
          }}
        />
      ) : null}
    </div>
  )
}
