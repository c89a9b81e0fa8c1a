/** The register: filters in the address, one line per registration. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, type FormEvent } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama, conParametri } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Lista, RigaRegistro } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Tabella } from '../../ui/Tabella.tsx'
import { useSelezione } from '../../ui/useSelezione.ts'
import { Esporta } from '../ricerca/Esporta.tsx'
import { Salvate } from '../ricerca/Salvate.tsx'
import { colonneRegistro } from './colonne.tsx'
import { GruppoRegistro } from './GruppoRegistro.tsx'
import { percorsoScheda, ufficiQuery, useTitolario, testoVoce } from './dati.ts'

const FILTERS = ['q', 'anno', 'tipo', 'ufficio', 'voce', 'da', 'a'] as const

function Filtri({ ente }: { ente: string }) {
  const [parametri, setParametri] = useSearchParams()
  const uffici = useQuery(ufficiQuery(ente)).data ?? []
  const voci = useTitolario(ente).data?.voci ?? []
  const value = (name: string): string => parametri.get(name) ?? ''
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const next = new URLSearchParams()
    const today = giornoItaliano(new Date())
    for (const name of FILTERS) {
      const text = String(form.get(name) ?? '').trim()
      if (text !== '') next.set(name, name === 'da' || name === 'a' ? (leggiGiorno(text, today) ?? text) : text)
    }
    setParametri(next)
  }
  const field = (name: string, label: string, hint = '') => (
    <label className="filtro">
      <span>{label}</span>
      <input className="controllo" name={name} defaultValue={value(name)} placeholder={hint} autoComplete="off" />
    </label>
  )
  const select = (name: string, label: string, options: { valore: string; testo: string }[]) => (
    <label className="filtro">
      <span>{label}</span>
      <select className="controllo" name={name} defaultValue={value(name)}>
        <option value="">{t.registro.tutti}</option>
        {options.map((option) => (
          <option key={option.valore} value={option.valore}>
            {option.testo}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <form key={parametri.toString()} role="search" aria-label={t.registro.filtri} className="filtri" onSubmit={submit}>
      {field('q', t.registro.cerca)}
      {field('anno', t.registro.anno, '2026')}
      {select(
        'tipo',
        t.registro.tipo,
        (['E', 'U', 'I'] as const).map((tipo) => ({ valore: tipo, testo: t.stati.tipo[tipo] })),
      )}
      {select(
        'ufficio',
        t.registro.ufficio,
        uffici.map((ufficio) => ({ valore: ufficio.id, testo: ufficio.denominazione })),
      )}
      {select(
        'voce',
        t.registro.voce,
        voci.filter((voce) => voce.livello < 3).map((voce) => ({ valore: voce.codice, testo: testoVoce(voce) })),
      )}
      {field('da', t.registro.da, '1/9')}
      {field('a', t.registro.a, 'oggi')}
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
  const puo = usePermessi()
  const navigate = useNavigate()
  const [parametri] = useSearchParams()
  const search = Object.fromEntries(parametri)
  const query = useQuery({
    queryKey: ['registrazioni', slug, search],
    queryFn: () => chiama<Lista<RigaRegistro>>(conParametri(api(slug, 'registrazioni'), { ...search, perPagina: 50 })),
  })
  const righe = query.data?.elementi
  const selezione = useSelezione(useMemo(() => righe?.map((row) => row.id) ?? [], [righe]))
  return (
    <div className="pagina">
      <Titolo
        accanto={
          <>
            {query.data ? (
              <span className="conteggio-testo">
                {query.data.totaleParziale ? t.attiRegistro.visibilita.piuDi(query.data.totale) : t.registro.totale(query.data.totale)}
              </span>
            ) : null}
            {puo('esportazioni.crea') ? <Esporta ente={slug} origine="registro" filtri={search} /> : null}
          </>
        }
      >
        {t.registro.titolo}
      </Titolo>
      {puo('registro.leggi') ? (
        <p className="scheda-collegamenti">
          <Link to={`/${slug}/protocollo/differimenti`}>{t.arrivo.differimenti.titolo}</Link>
          <Link to={`/${slug}/protocollo/destinazioni-errate`}>{t.arrivo.destinazioni.titolo}</Link>
        </p>
      ) : null}
      <Filtri ente={slug} />
      <details className="viste-registro">
        <summary>{t.ricerca.viste}</summary>
        <Salvate ambito="registro" domanda={parametri.toString()} />
      </details>
      <Carica query={query} cosa={t.registro.tabella} righe={14}>
        {(list) =>
          list.elementi.length === 0 ? (
            <Vuoto icona="search">{t.registro.vuoto}</Vuoto>
          ) : (
            <>
              <Tabella
                didascalia={t.registro.tabella}
                colonne={colonneRegistro(slug)}
                righe={list.elementi}
                chiave={(row) => row.id}
                scorciatoie
                selezione={puo('stampe.leggi') ? { stato: selezione, etichetta: (row) => t.arrivo.seleziona(row.etichetta) } : undefined}
                onApri={(row) => void navigate(percorsoScheda(slug, row.etichetta))}
              />
              {selezione.scelti.length === 0 ? null : <GruppoRegistro ente={slug} ids={selezione.scelti} onSvuota={selezione.svuota} />}
              <Paginazione totale={list.totale} />
            </>
          )
        }
      </Carica>
    </div>
  )
}
