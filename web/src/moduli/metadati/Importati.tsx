/** Metadata files of other systems: upload, dry run with its report, import, what was imported. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { ImportatiDto, RigaImportataDto, VerificaMetadatiDto } from '../../../../server/metadati/schema.ts'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama, compiAtto, conParametri } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { erroreDi } from '../../api/problema.ts'
import { caricaFile } from '../protocollo/caricamento.ts'
import { Esiti } from './Esiti.tsx'

const s = t.metadati.importati
const PER_PAGINA = 25
type Istanza = VerificaMetadatiDto['istanze'][number]

function Punti({ titolo, punti }: { titolo: string; punti: Istanza['errori'] }) {
  if (punti.length === 0) return null
  return (
    <>
      <h4>{titolo}</h4>
      <ul>
        {punti.map((punto) => (
          <li key={punto.percorso + punto.messaggio}>
            <code>{s.punto(punto.percorso, punto.riga)}</code>: {punto.messaggio}
          </li>
        ))}
      </ul>
    </>
  )
}

function RapportoIstanza({ istanza }: { istanza: Istanza }) {
  const bad = istanza.errori.length > 0 || istanza.esiti.some((esito) => esito.gravita === 'errore')
  const stato = !istanza.leggibile ? (
    <Stato tono="male">{s.illeggibile}</Stato>
  ) : bad ? (
    <Stato tono="attenzione">{s.conErrori}</Stato>
  ) : (
    <Stato tono="buono">{s.valido}</Stato>
  )
  return (
    <details className="altri-dati" open={bad || !istanza.leggibile}>
      <summary>
        {istanza.nome} {istanza.profilo ?? ''} {istanza.oggetto} {stato}
        {istanza.giaImportato === null ? null : <Stato tono="neutro">{s.gia(istanza.giaImportato)}</Stato>}
      </summary>
      <p>
        {s.collegato}:{' '}
        {istanza.collegamento === null ? (
          s.nessunCollegamento
        ) : (
          <>
            {istanza.collegamento.pagina === null ? (
              istanza.collegamento.etichetta
            ) : (
              <Link to={istanza.collegamento.pagina}>{istanza.collegamento.etichetta}</Link>
            )}{' '}
            <small>{istanza.collegamento.motivo}</small>
          </>
        )}
      </p>
      <Punti titolo={s.schema} punti={istanza.errori} />
      <Punti titolo={s.tolleranze} punti={istanza.tolleranze} />
      {istanza.esiti.length === 0 ? null : (
        <>
          <h4>{s.regole}</h4>
          <Esiti esiti={istanza.esiti} />
        </>
      )}
    </details>
  )
}

function Nuova({ ente, onFatto }: { ente: string; onFatto: (quanti: number) => void }) {
  const [files, setFiles] = useState<File[]>([])
  const [dati, setDati] = useState({ provenienza: '', accettazione: '' })
  const ask = useMutation({
    mutationFn: async () => {
      const contenuti: string[] = []
      for (const file of files) contenuti.push((await caricaFile(ente, file, () => undefined)).id)
      const verifica = await chiama<VerificaMetadatiDto>(api(ente, 'metadati', 'verifica'), { metodo: 'POST', corpo: { contenuti } })
      return { contenuti, verifica }
    },
  })
  const act = useMutation({
    mutationFn: async (contenuti: string[]) =>
      await compiAtto<ImportatiDto>(`metadati-importati-${ente}`, api(ente, 'metadati', 'importati'), { contenuti, ...dati }),
    onSuccess: (esito) => {
      ask.reset()
      onFatto(esito.totale)
    },
  })
  const field = (campo: keyof typeof dati, etichetta: string, obbligatorio: boolean) => (
    <CampoTesto
      id={`metadati-${campo}`}
      etichetta={etichetta}
      obbligatorio={obbligatorio}
      valore={dati[campo]}
      errore={erroreDi(act.error, campo)}
      onCambia={(value) => setDati((before) => ({ ...before, [campo]: value }))}
    />
  )
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          ask.mutate()
        }}
      >
        <div className="campo">
          <label htmlFor="metadati-file">{s.file} *</label>
          <input
            id="metadati-file"
            type="file"
            multiple
            accept=".xml,.zip"
            className="controllo"
            onChange={(event) => setFiles([...(event.target.files ?? [])])}
          />
        </div>
        {ask.error === null ? null : <EsitoProblema errore={ask.error} />}
        <p className="azioni-pagina">
          <button type="submit" className="btn btn-primary btn-sm" aria-disabled={ask.isPending}>
            {s.verifica}
          </button>
        </p>
      </form>
      {ask.data === undefined ? null : (
        <section aria-label={s.verifica}>
          <p>{s.esito(ask.data.verifica.importabili, ask.data.verifica.daAccettare)}</p>
          {ask.data.verifica.istanze.map((istanza) => (
            <RapportoIstanza key={istanza.sha256} istanza={istanza} />
          ))}
          {ask.data.verifica.importabili === 0 ? null : (
            <form
              onSubmit={(event) => {
                event.preventDefault()
                act.mutate(ask.data.contenuti)
              }}
            >
              {field('provenienza', s.provenienza, true)}
              {ask.data.verifica.daAccettare === 0 ? null : field('accettazione', s.accettazione, true)}
              {act.error === null ? null : <EsitoProblema errore={act.error} />}
              <p className="azioni-pagina">
                <button type="submit" className="btn btn-primary btn-sm" aria-disabled={act.isPending}>
                  {s.importa}
                </button>
              </p>
            </form>
          )}
        </section>
      )}
    </>
  )
}

const colonne = (ente: string): Colonna<RigaImportataDto>[] => [
  { chiave: 'riferimento', titolo: s.riferimento, intestazione: true, cella: (r) => `${r.profilo} · ${r.riferimento}` },
  { chiave: 'oggetto', titolo: t.metadati.oggetto, cella: (r) => r.oggetto },
  { chiave: 'provenienza', titolo: s.provenienza, cella: (r) => r.provenienza },
  {
    chiave: 'collegato',
    titolo: s.collegato,
    cella: (r) => {
      if (r.collegamento === null) return '—'
      return r.collegamento.pagina === null ? r.collegamento.etichetta : <Link to={r.collegamento.pagina}>{r.collegamento.etichetta}</Link>
    },
  },
  { chiave: 'quando', titolo: s.quando, cella: (r) => `${giornoEOra(r.importatoIl)} · ${r.importatoDa}` },
  {
    chiave: 'file',
    titolo: s.file,
    cella: (r) => (
      <a href={api(ente, 'metadati', 'importati', r.id, 'file')} download aria-label={`${s.scarica} ${r.nomeFile}`}>
        <Icona nome="download" dimensione={16} /> {r.nomeFile}
      </a>
    ),
  },
]

export function Component() {
  const { slug } = useEnte()
  const client = useQueryClient()
  const [parametri] = useSearchParams()
  const [fatti, setFatti] = useState<number | null>(null)
  const filtri = { pagina: parametri.get('pagina') ?? '1', perPagina: PER_PAGINA }
  const query = useQuery({
    queryKey: ['metadati-importati', slug, filtri],
    queryFn: () => chiama<ImportatiDto>(conParametri(api(slug, 'metadati', 'importati'), filtri)),
  })
  return (
    <div className="pagina">
      <Titolo>{s.titolo}</Titolo>
      <p>{s.spiega}</p>
      {fatti === null ? null : (
        <EsitoBar tipo="riuscito" onChiudi={() => setFatti(null)}>
          {s.fatto(fatti)}
        </EsitoBar>
      )}
      <Nuova
        ente={slug}
        onFatto={(quanti) => {
          setFatti(quanti)
          void client.invalidateQueries({ queryKey: ['metadati-importati', slug] })
        }}
      />
      <h2>{s.elenco}</h2>
      <Carica query={query} cosa={s.elenco} righe={4}>
        {({ elementi, totale }) =>
          elementi.length === 0 ? (
            <Vuoto icona="list">{s.nessuno}</Vuoto>
          ) : (
            <>
              <Tabella didascalia={s.elenco} colonne={colonne(slug)} righe={elementi} chiave={(r) => r.id} />
              <Paginazione totale={totale} perPagina={PER_PAGINA} />
            </>
          )
        }
      </Carica>
    </div>
  )
}
