/** List of the fascicoli one may see. */
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama, conParametri } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Lista } from '../../api/tipi.ts'
import type { RigaFascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giorno } from '../../ui/formati.ts'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Stato, type Tono } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'

const TONES: Record<string, Tono> = {
  APERTO: 'attivo',
  SOSPESO: 'attenzione',
  CHIUSO: 'neutro',
  IN_CONSERVAZIONE: 'buono',
  IN_DEPOSITO: 'neutro',
  STORICO: 'buono',
  APERTO_PER_ERRORE: 'neutro',
}

/** State of a fascicolo: icon, word, colour. */
export function StatoFascicolo({ stato }: { stato: string }) {
  return <Stato tono={TONES[stato] ?? 'neutro'}>{t.stati.fascicolo[stato] ?? stato}</Stato>
}

function colonne(ente: string): Colonna<RigaFascicolo>[] {
  const titles = t.fascicoli.colonne
  return [
    {
      chiave: 'codice',
      titolo: titles.codice,
      intestazione: true,
      classe: 'cella-codice',
      cella: (row) => <Link to={`/${ente}/fascicoli/${row.slug}`}>{row.codice}</Link>,
    },
    { chiave: 'oggetto', titolo: titles.oggetto, classe: 'cella-larga', cella: (row) => <span title={row.oggetto}>{row.oggetto}</span> },
    { chiave: 'voce', titolo: titles.voce, classe: 'cella-media', cella: (row) => `${row.voce.codice} ${row.voce.denominazione}` },
    { chiave: 'responsabile', titolo: titles.responsabile, classe: 'cella-media', cella: (row) => row.responsabile?.nome ?? '' },
    { chiave: 'stato', titolo: titles.stato, cella: (row) => <StatoFascicolo stato={row.stato} /> },
    { chiave: 'aperto', titolo: titles.aperto, classe: 'cella-data', cella: (row) => giorno(row.apertoIl) },
    { chiave: 'termine', titolo: titles.termine, classe: 'cella-data', cella: (row) => giorno(row.termine) },
  ]
}

function Filtri() {
  const [parametri, setParametri] = useSearchParams()
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const next = new URLSearchParams()
    for (const name of ['q', 'stato']) {
      const text = String(form.get(name) ?? '').trim()
      if (text !== '') next.set(name, text)
    }
    setParametri(next)
  }
  return (
    <form key={parametri.toString()} role="search" aria-label={t.fascicoli.filtri} className="filtri" onSubmit={submit}>
      <label className="filtro">
        <span>{t.fascicoli.cerca}</span>
        <input className="controllo" name="q" defaultValue={parametri.get('q') ?? ''} autoComplete="off" />
      </label>
      <label className="filtro">
        <span>{t.fascicoli.stato}</span>
        <select className="controllo" name="stato" defaultValue={parametri.get('stato') ?? ''}>
          <option value="">{t.fascicoli.tutti}</option>
          {Object.entries(t.stati.fascicolo).map(([valore, testo]) => (
            <option key={valore} value={valore}>
              {testo}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="btn btn-primary btn-xs">
        {t.registro.applica}
      </button>
      {parametri.size > 0 ? (
        <Link className="btn btn-outline-primary btn-xs" to="?">
          {t.registro.togli}
        </Link>
      ) : null}
    </form>
  )
}

export function Component() {
  const { slug } = useEnte()
  const navigate = useNavigate()
  const puo = usePermessi()
  const [parametri] = useSearchParams()
  const search = Object.fromEntries(parametri)
  const query = useQuery({
    queryKey: ['fascicoli', slug, search],
    queryFn: () => chiama<Lista<RigaFascicolo>>(conParametri(api(slug, 'fascicoli'), { ...search, perPagina: 50 })),
  })
  return (
    <div className="pagina">
      <Titolo accanto={query.data ? <span className="conteggio-testo">{t.fascicoli.totale(query.data.totale)}</span> : null}>
        {t.fascicoli.titolo}
      </Titolo>
      <p className="azioni-pagina">
        {puo('fascicoli.lavora') ? (
          <Link className="btn btn-outline-primary btn-xs" to={`/${slug}/fascicoli/nuovo`}>
            {puo('fascicoli.apri') ? t.nuovoFascicolo.titolo : t.proposteFascicolo.nuova}
          </Link>
        ) : null}
        <Link className="btn btn-outline-primary btn-xs" to={`/${slug}/fascicoli/proposte`}>
          {t.proposteFascicolo.collegamento}
        </Link>
      </p>
      <Filtri />
      <Carica query={query} cosa={t.fascicoli.tabella} righe={12}>
        {(list) =>
          list.elementi.length === 0 ? (
            <Vuoto icona="folder">{t.fascicoli.vuoto}</Vuoto>
          ) : (
            <>
              <Tabella
                didascalia={t.fascicoli.tabella}
                colonne={colonne(slug)}
                righe={list.elementi}
                chiave={(row) => row.id}
                scorciatoie
                onApri={(row) => void navigate(`/${slug}/fascicoli/${row.slug}`)}
              />
              <Paginazione totale={list.totale} />
            </>
          )
        }
      </Carica>
    </div>
  )
}
