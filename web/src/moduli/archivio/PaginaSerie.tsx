/** One series: its members in order, why something is not in it, the closing when its year is over. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { api, chiama, conParametri } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoItaliano } from '../../ui/date.ts'
import { giorno } from '../../ui/formati.ts'
import { PaginaAtti, useEsitoAtti } from '../../ui/PaginaAtti.tsx'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { criterio } from './dati.ts'
import type { Serie } from './dati.ts'

const a = t.archivio

interface Membro {
  posizione: number
  giorno: string
  riferimento: string
  oggetto: string
  pagina: string | null
}
type SerieConMembri = Serie & { elementi: Membro[]; totale: number }

function colonne(ente: string): Colonna<Membro>[] {
  return [
    {
      chiave: 'riferimento',
      titolo: a.colonne.riferimento,
      intestazione: true,
      cella: (m) => (m.pagina === null ? m.riferimento : <Link to={`/${ente}/${m.pagina}`}>{m.riferimento}</Link>),
    },
    { chiave: 'giorno', titolo: a.colonne.giorno, classe: 'cella-data', cella: (m) => giorno(m.giorno) },
    { chiave: 'oggetto', titolo: a.colonne.oggetto, classe: 'cella-larga', cella: (m) => m.oggetto },
  ]
}

function Verifica({ ente, id }: { ente: string; id: string }) {
  const [riferimento, setRiferimento] = useState('')
  const atto = useMutation({
    mutationFn: () =>
      chiama<{ appartiene: boolean; messaggio: string }>(api(ente, 'serie-archivistiche', id, 'appartenenza'), {
        metodo: 'POST',
        corpo: { riferimento },
      }),
  })
  function submit(event: FormEvent): void {
    event.preventDefault()
    atto.mutate()
  }
  return (
    <section>
      <h2>{a.perche}</h2>
      <form onSubmit={submit}>
        <CampoTesto id="serie-riferimento" etichetta={a.riferimento} valore={riferimento} onCambia={setRiferimento} />
        <button type="submit" className="btn btn-outline-primary btn-xs">
          {a.verifica}
        </button>
      </form>
      <div role="status">
        {atto.data === undefined ? null : <EsitoBar tipo={atto.data.appartiene ? 'riuscito' : 'avviso'}>{atto.data.messaggio}</EsitoBar>}
      </div>
      {atto.error === null ? null : <EsitoProblema errore={atto.error} />}
    </section>
  )
}

export function Component() {
  const { slug } = useEnte()
  const id = useParams()['id'] ?? ''
  const [parametri] = useSearchParams()
  const pagina = parametri.get('pagina') ?? '1'
  const esito = useEsitoAtti(['archivio', slug])
  const query = useQuery({
    queryKey: ['archivio', slug, 'serie', id, pagina],
    queryFn: () => chiama<SerieConMembri>(conParametri(api(slug, 'serie-archivistiche', id), { pagina, perPagina: 50 })),
  })
  const chiudi = useMutation({
    mutationFn: () => chiama(api(slug, 'serie-archivistiche', id, 'chiusura'), { metodo: 'POST' }),
    onSuccess: () => esito.fatto(a.serieChiusaFatto),
  })
  return (
    <PaginaAtti titolo={query.data?.denominazione ?? a.schede.serie} esito={esito} errore={chiudi.error}>
      <p className="azioni-pagina">
        <Link to={`/${slug}/archivio/serie`}>{a.schede.serie}</Link>
      </p>
      <Carica query={query} cosa={a.tabelle.membri}>
        {(s) => (
          <>
            <p>
              {a.tipiSerie[s.tipo]} {s.anno} · {criterio(s)} · {s.chiusaIl === null ? a.serieAperta : a.serieChiusa(giorno(s.chiusaIl))}
            </p>
            {s.chiusaIl === null && s.anno < Number(giornoItaliano(new Date()).slice(0, 4)) ? (
              <button type="button" className="btn btn-primary btn-xs" disabled={chiudi.isPending} onClick={() => chiudi.mutate()}>
                {a.chiudiSerie}
              </button>
            ) : null}
            {s.elementi.length === 0 ? (
              <Vuoto icona="files">{a.tabelle.membri}: 0</Vuoto>
            ) : (
              <>
                <Tabella didascalia={a.tabelle.membri} righe={s.elementi} chiave={(m) => String(m.posizione)} colonne={colonne(slug)} />
                <Paginazione totale={s.totale} />
              </>
            )}
            <Verifica ente={slug} id={id} />
          </>
        )}
      </Carica>
    </PaginaAtti>
  )
}
