/** Mass registration: a table, its check row by row, the confirmation, the progress. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama, compiAtto } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { Campo, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'
import { TabellaControllo } from '../bozze/FoglioElenco.tsx'
import { caricaFile } from '../protocollo/caricamento.ts'
import { serieQuery, unaSerieQuery, type Serie, type SerieConRighe, type VerificaSerie } from './dati.ts'

const s = t.importazioni.serie

function Nuova({ ente, onAvviata }: { ente: string; onAvviata: (id: string) => void }) {
  const [nome, setNome] = useState('')
  const [csv, setCsv] = useState('')
  const [file, setFile] = useState<{ nome: string; contenutoId: string }[]>([])
  const [guasto, setGuasto] = useState<unknown>(null)
  const body = { nome, csv, file }
  const check = useMutation({
    mutationFn: () => chiama<VerificaSerie>(api(ente, 'serie', 'verifica'), { metodo: 'POST', corpo: body }),
  })
  const start = useMutation({
    mutationFn: () => compiAtto<SerieConRighe>(`${ente}:serie`, api(ente, 'serie'), body),
    onSuccess: ({ id }) => onAvviata(id),
  })
  const good = check.data !== undefined && check.data.errate === 0 && check.data.valide > 0
  useScorciatoie({ 'Ctrl+Enter': () => (good ? start.mutate() : check.mutate()) })
  const upload = async (files: File[]): Promise<void> => {
    setGuasto(null)
    for (const one of files) {
      try {
        const { id } = await caricaFile(ente, one, () => undefined)
        setFile((before) => [...before.filter((other) => other.nome !== one.name), { nome: one.name, contenutoId: id }])
      } catch (error) {
        setGuasto(error)
      }
    }
    check.reset()
  }
  return (
    <section>
      <p>{s.spiega}</p>
      <p className="campo-aiuto">{s.colonne}</p>
      <CampoTesto id="serie-nome" etichetta={s.nome} valore={nome} onCambia={setNome} />
      <Campo id="serie-tabella" etichetta={s.tabella} obbligatorio>
        <input
          id="serie-tabella"
          type="file"
          accept=".csv,text/csv,text/plain"
          className="controllo"
          onChange={(event) => {
            void event.target.files?.[0]?.text().then((text) => {
              setCsv(text)
              check.reset()
            })
          }}
        />
      </Campo>
      <Campo id="serie-file" etichetta={s.file}>
        <input
          id="serie-file"
          type="file"
          multiple
          className="controllo"
          onChange={(event) => void upload([...(event.target.files ?? [])])}
        />
        {file.length === 0 ? null : <p className="campo-aiuto">{s.caricati(file.length)}</p>}
      </Campo>
      {guasto === null ? null : <EsitoProblema errore={guasto} />}
      <p className="azioni-pagina">
        <button type="button" className="btn btn-outline-primary btn-sm" aria-disabled={csv === ''} onClick={() => check.mutate()}>
          {s.verifica}
        </button>{' '}
        {good ? (
          <button type="button" className="btn btn-primary btn-sm" aria-disabled={start.isPending} onClick={() => start.mutate()}>
            {s.registra(check.data.valide)} <kbd aria-hidden="true">Ctrl+Invio</kbd>
          </button>
        ) : null}
      </p>
      {check.error === null ? null : <EsitoProblema errore={check.error} />}
      {start.error === null ? null : <EsitoProblema errore={start.error} />}
      {check.data === undefined ? null : (
        <>
          <EsitoBar tipo={good ? 'riuscito' : 'avviso'}>{s.esito(check.data.valide, check.data.errate, check.data.giaRegistrate)}</EsitoBar>
          <TabellaControllo
            righe={check.data.righe.map((riga) => ({
              riga: riga.riga,
              nome: [riga.chiave, riga.oggetto, riga.giaRegistrata === null ? '' : s.gia(riga.giaRegistrata)]
                .filter((one) => one !== '')
                .join(' · '),
              errori: riga.errori,
            }))}
          />
        </>
      )}
    </section>
  )
}

function Avanzamento({ ente, serie, aperta }: { ente: string; serie: Serie; aperta: boolean }) {
  const client = useQueryClient()
  const detail = useQuery({ ...unaSerieQuery(ente, serie.id), enabled: aperta })
  const move = useMutation({
    mutationFn: (nome: string) => chiama<SerieConRighe>(api(ente, 'serie', serie.id, nome), { metodo: 'POST' }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['serie', ente] }),
  })
  const done = serie.fatte + serie.rifiutate
  return (
    <div className="avanzamento">
      <label htmlFor={`serie-${serie.id}`}>
        {[serie.nome, s.avanza(done, serie.totale), s.stati[serie.stato], serie.rifiutate > 0 ? s.rifiutate(serie.rifiutate) : '']
          .filter((one) => one !== '')
          .join(' · ')}
      </label>
      <progress id={`serie-${serie.id}`} max={Math.max(1, serie.totale)} value={done} />
      {serie.stato === 'IN_CORSO' ? (
        <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => move.mutate('interruzione')}>
          {s.interrompi}
        </button>
      ) : null}
      {serie.stato === 'INTERROTTA' ? (
        <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => move.mutate('ripresa')}>
          {s.riprendi}
        </button>
      ) : null}
      {detail.data === undefined ? null : (
        <TabellaControllo
          righe={detail.data.righe.map((riga) => ({
            riga: riga.posizione,
            nome: [riga.etichetta ?? '', riga.chiave, riga.oggetto].filter((one) => one !== '').join(' · '),
            errori: riga.errori,
          }))}
        />
      )}
    </div>
  )
}

export function Component() {
  const { slug } = useEnte()
  const [parametri, setParametri] = useSearchParams()
  const query = useQuery(serieQuery(slug))
  return (
    <div className="pagina">
      <Titolo>{s.titolo}</Titolo>
      <Nuova
        ente={slug}
        onAvviata={(id) => {
          void query.refetch()
          setParametri({ serie: id })
        }}
      />
      <h2>{s.precedenti}</h2>
      <Carica query={query} cosa={s.precedenti} righe={3}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="list">{s.vuoto}</Vuoto>
          ) : (
            list.map((serie) => <Avanzamento key={serie.id} ente={slug} serie={serie} aperta={parametri.get('serie') === serie.id} />)
          )
        }
      </Carica>
    </div>
  )
}
