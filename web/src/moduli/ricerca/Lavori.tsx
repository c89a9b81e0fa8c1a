/** The person's long works: how far they are, Interrompi, and the result for seven days. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { Titolo } from '../../app/Titolo.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra, peso } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { Stato, type Tono } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import type { Lavoro } from './dati.ts'

const TONI: Record<Lavoro['stato'], Tono> = {
  in_attesa: 'neutro',
  in_corso: 'attivo',
  concluso: 'buono',
  interrotto: 'attenzione',
  fallito: 'male',
}
const vivo = (lavoro: Lavoro): boolean => lavoro.stato === 'in_attesa' || lavoro.stato === 'in_corso'

function Avanzamento({ lavoro }: { lavoro: Lavoro }) {
  const text = t.ricerca.lavori
  if (lavoro.stato === 'fallito') return <span>{lavoro.errore}</span>
  if (lavoro.stato === 'concluso') return <span>{lavoro.esito?.righe === undefined ? '' : text.righe(lavoro.esito.righe)}</span>
  if (!vivo(lavoro)) return null
  return (
    <span className="avanzamento">
      <progress
        aria-label={text.percento(lavoro.titolo)}
        {...(lavoro.totale === null ? {} : { max: lavoro.totale, value: lavoro.fatti })}
      />
      {lavoro.totale === null ? null : ` ${text.avanti(lavoro.fatti, lavoro.totale)}`}
      {lavoro.secondiMancanti === null ? null : ` · ${text.restano(lavoro.secondiMancanti)}`}
    </span>
  )
}

function Risultato({ ente, lavoro, onInterrompi }: { ente: string; lavoro: Lavoro; onInterrompi: () => void }) {
  const text = t.ricerca.lavori
  if (vivo(lavoro))
    return (
      <button type="button" className="btn btn-outline-primary btn-xs" aria-label={text.interrompi(lavoro.titolo)} onClick={onInterrompi}>
        {text.interrompiBottone}
      </button>
    )
  if (lavoro.file === null) return lavoro.stato === 'concluso' && lavoro.tipo === 'esportazione' ? <span>{text.scaduto}</span> : null
  return (
    <span className="lavoro-file">
      <a href={api(ente, 'lavori', lavoro.id, 'file')} download={lavoro.file.nome} aria-label={text.scarica(lavoro.file.nome)}>
        <Icona nome="download" dimensione={16} /> {lavoro.file.nome}
      </a>{' '}
      <small>
        {peso(lavoro.file.dimensione)} · {text.fino(giornoEOra(lavoro.file.scadeIl))}
      </small>{' '}
      <a href={api(ente, 'lavori', lavoro.id, 'attestazione')} download aria-label={text.attestazioneDi(lavoro.file.nome)}>
        {text.attestazione}
      </a>
    </span>
  )
}

function colonne(ente: string, onInterrompi: (id: string) => void): Colonna<Lavoro>[] {
  const titles = t.ricerca.lavori.colonne
  return [
    { chiave: 'lavoro', titolo: titles.lavoro, intestazione: true, cella: (row) => row.titolo },
    { chiave: 'stato', titolo: titles.stato, cella: (row) => <Stato tono={TONI[row.stato]}>{t.ricerca.lavori.stati[row.stato]}</Stato> },
    { chiave: 'avanzamento', titolo: titles.avanzamento, classe: 'cella-media', cella: (row) => <Avanzamento lavoro={row} /> },
    { chiave: 'chiesto', titolo: titles.chiesto, classe: 'cella-data', cella: (row) => giornoEOra(row.creatoIl) },
    {
      chiave: 'risultato',
      titolo: titles.risultato,
      cella: (row) => <Risultato ente={ente} lavoro={row} onInterrompi={() => onInterrompi(row.id)} />,
    },
  ]
}

export function Component() {
  const { slug } = useEnte()
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['lavori', slug],
    queryFn: () => chiama<{ elementi: Lavoro[] }>(api(slug, 'lavori')),
    refetchInterval: (q) => (q.state.data?.elementi.some(vivo) === true ? 1500 : 15_000),
  })
  const interrompi = useMutation({
    mutationFn: (id: string) => chiama(api(slug, 'lavori', id, 'interruzione'), { metodo: 'POST', corpo: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: ['lavori', slug] }),
  })
  return (
    <div className="pagina">
      <Titolo>{t.ricerca.lavori.titolo}</Titolo>
      {interrompi.isError ? <EsitoProblema errore={interrompi.error} /> : null}
      <Carica query={query} cosa={t.ricerca.lavori.titolo} righe={6}>
        {(list) =>
          list.elementi.length === 0 ? (
            <Vuoto icona="clock">{t.ricerca.lavori.vuoto}</Vuoto>
          ) : (
            <Tabella
              didascalia={t.ricerca.lavori.tabella}
              colonne={colonne(slug, (id) => interrompi.mutate(id))}
              righe={list.elementi}
              chiave={(row) => row.id}
            />
          )
        }
      </Carica>
    </div>
  )
}
