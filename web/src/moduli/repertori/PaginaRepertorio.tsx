/** The rows of a repertory, newest first; registering opens at the side. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama, conParametri } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Lista } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { repertoriQuery } from './dati.ts'
import { FoglioRiga } from './FoglioRiga.tsx'
import type { Riga } from './tipi.ts'

function colonne(ente: string): Colonna<Riga>[] {
  const c = t.repertori.colonne
  return [
    {
      chiave: 'numero',
      titolo: c.numero,
      intestazione: true,
      cella: (r) => <Link to={`/${ente}/repertori/righe/${r.id}`}>{r.etichetta}</Link>,
    },
    { chiave: 'data', titolo: c.data, cella: (r) => giornoEOra(r.istante) },
    {
      chiave: 'oggetto',
      titolo: c.oggetto,
      cella: (r) => (
        <>
          {r.annullamento === null ? null : <strong className="annullata">{r.annullamento} </strong>}
          {r.oggetto}
        </>
      ),
    },
    { chiave: 'formatore', titolo: c.formatore, cella: (r) => r.formatore },
    {
      chiave: 'stato',
      titolo: c.stato,
      cella: (r) =>
        r.riservata ? (
          <Stato tono="attenzione" icona="lock">
            {t.repertori.scheda.riservata}
          </Stato>
        ) : null,
    },
  ]
}

function Filtri() {
  const [parametri, setParametri] = useSearchParams()
  const r = t.repertori.righe
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const today = giornoItaliano(new Date())
    const next = new URLSearchParams()
    for (const name of ['q', 'da', 'a']) {
      const text = String(form.get(name) ?? '').trim()
      if (text !== '') next.set(name, name === 'q' ? text : (leggiGiorno(text, today) ?? text))
    }
    setParametri(next)
  }
  const field = (name: string, label: string) => (
    <label className="filtro">
      <span>{label}</span>
      <input className="controllo" name={name} defaultValue={parametri.get(name) ?? ''} autoComplete="off" />
    </label>
  )
  return (
    <form key={parametri.toString()} role="search" aria-label={r.filtri} className="filtri" onSubmit={submit}>
      {field('q', r.cerca)}
      {field('da', r.da)}
      {field('a', r.a)}
      <button type="submit" className="btn btn-primary btn-xs">
        {r.applica}
      </button>
      {parametri.size > 0 ? (
        <Link className="btn btn-outline-primary btn-xs" to="?">
          {r.togli}
        </Link>
      ) : null}
    </form>
  )
}

export function Component() {
  const { slug } = useEnte()
  const id = useParams()['id'] ?? ''
  const puo = usePermessi()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [parametri] = useSearchParams()
  const [registra, setRegistra] = useState(false)
  const [fatto, setFatto] = useState<{ id: string; etichetta: string } | null>(null)
  const repertorio = useQuery(repertoriQuery(slug)).data?.find((r) => r.id === id)
  const search = Object.fromEntries(parametri)
  const query = useQuery({
    queryKey: ['righe-repertorio', slug, id, search],
    queryFn: () => chiama<Lista<Riga>>(conParametri(api(slug, 'repertori', id, 'righe'), { ...search, perPagina: 50 })),
  })
  const nome = repertorio?.denominazione ?? t.repertori.titolo
  return (
    <div className="pagina">
      <Titolo accanto={query.data ? <span className="conteggio-testo">{t.repertori.righe.totale(query.data.totale)}</span> : null}>
        {nome}
      </Titolo>
      <p className="azioni-pagina">
        <Link to={`/${slug}/repertori`}>{t.repertori.righe.torna}</Link>{' '}
        {puo('repertori.configura') ? <Link to={`/${slug}/repertori/${id}/estrazioni`}>{t.repertori.righe.estrazioni}</Link> : null}{' '}
        {puo('repertori.registra') && repertorio?.attivo ? (
          <button type="button" className="btn btn-primary btn-xs" onClick={() => setRegistra(true)}>
            {t.repertori.righe.registra}
          </button>
        ) : null}
      </p>
      {fatto === null ? null : (
        <EsitoBar
          tipo="riuscito"
          azioni={<Link to={`/${slug}/repertori/righe/${fatto.id}`}>{t.apri}</Link>}
          onChiudi={() => setFatto(null)}
        >
          {t.repertori.registra.fatto(fatto.etichetta)}
        </EsitoBar>
      )}
      <Filtri />
      <Carica query={query} cosa={t.repertori.righe.tabella(nome)} righe={12}>
        {(list) =>
          list.elementi.length === 0 ? (
            <Vuoto icona="files">{parametri.size > 0 ? t.repertori.righe.nessuna : t.repertori.righe.vuoto}</Vuoto>
          ) : (
            <>
              <Tabella
                didascalia={t.repertori.righe.tabella(nome)}
                colonne={colonne(slug)}
                righe={list.elementi}
                chiave={(r) => r.id}
                scorciatoie
                onApri={(r) => void navigate(`/${slug}/repertori/righe/${r.id}`)}
              />
              <Paginazione totale={list.totale} />
            </>
          )
        }
      </Carica>
      {registra && repertorio !== undefined ? (
        <FoglioRiga
          ente={slug}
          repertorio={repertorio}
          onChiudi={() => setRegistra(false)}
          onFatto={(riga) => {
            setRegistra(false)
            setFatto(riga)
            void client.invalidateQueries({ queryKey: ['righe-repertorio', slug, id] })
            void client.invalidateQueries({ queryKey: ['repertori', slug] })
          }}
        />
      ) : null}
    </div>
  )
}
