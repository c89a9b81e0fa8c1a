/** Search: one box, facets, marked hits, preview at the side; everything in the address. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Registrazione } from '../../api/tipi.ts'
import { Titolo } from '../../app/Titolo.tsx'
import { t } from '../../testi/it.ts'
import { Anteprima } from '../../ui/Anteprima.tsx'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { percorsoScheda } from '../protocollo/dati.ts'
import { urlFile } from '../protocollo/DocumentiScheda.tsx'
import { CasellaRicerca } from './CasellaRicerca.tsx'
import { PER_PAGINA, recentiQuery, ricercaQuery, ricorda } from './dati.ts'
import { Esporta } from './Esporta.tsx'
import { Facce, Scelti } from './Facce.tsx'
import { Salvate } from './Salvate.tsx'
import { Trovati } from './Trovati.tsx'

function Aiuto({ aperto }: { aperto: boolean }) {
  return (
    <details className="aiuto-ricerca" open={aperto}>
      <summary>{t.ricerca.aiutoTitolo}</summary>
      <dl>
        {t.ricerca.aiuto.map(([esempio, spiegazione]) => (
          <div key={esempio}>
            <dt>
              <Link to={`?q=${encodeURIComponent(esempio.split(' oppure ')[0] ?? esempio)}`}>{esempio}</Link>
            </dt>
            <dd>{spiegazione}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function Recenti({ ente }: { ente: string }) {
  const recent = useQuery(recentiQuery(ente)).data?.elementi ?? []
  return (
    <section className="salvate" aria-label={t.ricerca.recenti}>
      <h2>{t.ricerca.recenti}</h2>
      {recent.length === 0 ? <p className="trovata-nota">{t.ricerca.nessunaRecente}</p> : null}
      <ul>
        {recent.slice(0, 8).map((domanda) => (
          <li key={domanda}>
            <Link to={`?q=${encodeURIComponent(domanda)}`}>{domanda}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Laterale({ ente, id }: { ente: string; id: string | null }) {
  const query = useQuery({
    queryKey: ['registrazione', ente, id],
    queryFn: () => chiama<Registrazione>(api(ente, 'registrazioni', id ?? '')),
    enabled: id !== null,
  })
  return (
    <section className="ricerca-anteprima" aria-label={t.ricerca.anteprima}>
      {id === null ? (
        <Vuoto icona="search">{t.ricerca.scegli}</Vuoto>
      ) : (
        <Carica query={query} cosa={t.ricerca.anteprima} righe={8}>
          {(r) => (
            <>
              <h2>
                <Link to={percorsoScheda(ente, r.etichetta)}>{r.etichetta}</Link>
              </h2>
              <p>{r.oggetto}</p>
              {r.documento.principale == null ? null : (
                <Anteprima
                  url={urlFile(ente, r.documento.id, r.documento.principale.id)}
                  nome={r.documento.principale.nome}
                  mime={r.documento.principale.mime}
                />
              )}
            </>
          )}
        </Carica>
      )}
    </section>
  )
}

export function Component() {
  const { slug, ente } = useEnte()
  const navigate = useNavigate()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [parametri, setParametri] = useSearchParams()
  const [scelta, setScelta] = useState<string | null>(null)
  const search = Object.fromEntries(parametri)
  const q = search['q'] ?? ''
  const vuota = parametri.size === 0
  const query = useQuery({ ...ricercaQuery(slug, search), enabled: !vuota })
  const data = vuota ? undefined : query.data
  useEffect(() => {
    if (data === undefined) return
    annuncia(t.ricerca.totale(data.totale, data.completo))
    if (q !== '' && data.totale > 0) void ricorda(slug, q).then(() => client.invalidateQueries({ queryKey: ['ricerche-recenti', slug] }))
  }, [data, q, slug, annuncia, client])
  function cerca(testo: string): void {
    setScelta(null)
    setParametri(testo === '' ? {} : { q: testo })
  }
  const domanda = new URLSearchParams(parametri)
  domanda.delete('pagina')
  return (
    <div className="pagina">
      <Titolo
        accanto={
          data === undefined ? null : (
            <>
              <span className="conteggio-testo">{t.ricerca.totale(data.totale, data.completo)}</span>
              {ente?.permessi.includes('esportazioni.crea') === true && data.totale > 0 ? (
                <Esporta ente={slug} origine="ricerca" filtri={search} />
              ) : null}
            </>
          )
        }
      >
        {t.ricerca.titolo}
      </Titolo>
      <CasellaRicerca ente={slug} valore={q} onCerca={cerca} onDocumento={(etichetta) => void navigate(percorsoScheda(slug, etichetta))} />
      <Scelti risultati={data} q={q} />
      <div className="ricerca-corpo">
        <div className="ricerca-fianco">
          {data === undefined ? null : <Facce facce={data.facce} />}
          <Salvate ambito="ricerca" domanda={domanda.toString()} />
          <Recenti ente={slug} />
        </div>
        <div className="ricerca-centro">
          {vuota ? (
            <Aiuto aperto />
          ) : (
            <Carica query={query} cosa={t.ricerca.risultati} righe={12}>
              {(list) => (
                <>
                  {list.forseCercavi === null ? null : (
                    <EsitoBar tipo="info" azioni={<Link to={`?q=${encodeURIComponent(list.forseCercavi)}`}>{list.forseCercavi}</Link>}>
                      {t.ricerca.forse(q, list.forseCercavi)} {t.ricerca.forseCercavi}
                    </EsitoBar>
                  )}
                  {list.elementi.length === 0 ? (
                    <>
                      <Vuoto icona="search">
                        <p>{t.ricerca.nessuno(q)}</p>
                        <p>{t.ricerca.limite}</p>
                      </Vuoto>
                      <Aiuto aperto={false} />
                    </>
                  ) : (
                    <>
                      <Trovati ente={slug} elementi={list.elementi} scelta={scelta} onScegli={setScelta} />
                      <Paginazione totale={Math.min(list.totale, 4000)} perPagina={PER_PAGINA} />
                    </>
                  )}
                </>
              )}
            </Carica>
          )}
        </div>
        {vuota || data === undefined || data.elementi.length === 0 ? null : <Laterale ente={slug} id={scelta} />}
      </div>
    </div>
  )
}
