/** Recovery: the file and the documents, the dry run with pairs and errors, then everything or nothing. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import { emergenza } from '../../testi/it-emergenza.ts'
import { Campo } from '../../ui/Campo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra, plurale } from '../../ui/formati.ts'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { caricaFile } from '../protocollo/caricamento.ts'
import { provaRecupero, recupera, type RichiestaRecupero } from './dati.ts'
import { improntaDi } from './pagina/formato.ts'
import type { Coppia, Errore, EsitoRecupero, Prova } from './tipi.ts'

const t = emergenza.recupero

/** Columns of the pairs; in a dry run the number is only foreseen. */
export function colonneCoppie(previsti: boolean): Colonna<Coppia>[] {
  const titles = t.colonne
  return [
    { chiave: 'numero', titolo: titles.numero, intestazione: true, classe: 'cella-codice', cella: (c) => c.numero },
    { chiave: 'istante', titolo: titles.istante, classe: 'cella-data', cella: (c) => giornoEOra(c.istante) },
    {
      chiave: 'protocollo',
      titolo: titles.protocollo,
      classe: 'cella-codice',
      cella: (c) => (c.etichetta === null ? '—' : previsti && c.nuova ? t.previsto(c.etichetta) : c.etichetta),
    },
    { chiave: 'corrispondente', titolo: titles.corrispondente, cella: (c) => c.corrispondente },
    { chiave: 'oggetto', titolo: titles.oggetto, classe: 'cella-larga', cella: (c) => c.oggetto },
    {
      chiave: 'differenze',
      titolo: titles.differenze,
      classe: 'cella-larga',
      cella: (c) => (c.differenze.length === 0 ? t.nessuna : c.differenze.join(' ')),
    },
  ]
}

function Rifiuto({ errori }: { errori: readonly Errore[] }) {
  return (
    <EsitoBar tipo="errore">
      <strong>{t.rifiutato}</strong>
      <ul className="emergenza-errori">
        {errori.map((e) => (
          <li key={e.campo + e.messaggio}>{`${e.campo}: ${e.messaggio}`}</li>
        ))}
      </ul>
    </EsitoBar>
  )
}

interface Provata {
  readonly richiesta: RichiestaRecupero
  readonly prova: Prova
  readonly abbinati: number
}

/** Uploads the file, tries it, and pairs the documents by digest with the rows that wait for them. */
async function tryFiles(ente: string, file: File, documenti: readonly File[]): Promise<Provata> {
  const { id: contenutoId } = await caricaFile(ente, file, () => undefined)
  const richiesta: RichiestaRecupero = { contenutoId, documenti: [], sostituzioni: [] }
  const prova = await provaRecupero(ente, richiesta)
  if (documenti.length === 0) return { richiesta, prova, abbinati: 0 }
  const wanted = new Map(prova.coppie.flatMap((c) => (c.file === null || !c.nuova ? [] : [[c.file.sha256, c.numero] as const])))
  for (const documento of documenti) {
    const numero = wanted.get(await improntaDi(new Uint8Array(await documento.arrayBuffer())))
    if (numero === undefined) continue
    richiesta.documenti.push({ numero, contenutoId: (await caricaFile(ente, documento, () => undefined)).id })
  }
  return { richiesta, prova: await provaRecupero(ente, richiesta), abbinati: richiesta.documenti.length }
}

function Esito({ ente, esito }: { ente: string; esito: EsitoRecupero }) {
  return (
    <>
      <EsitoBar
        tipo={esito.nuove === 0 ? 'info' : 'riuscito'}
        azioni={
          esito.recuperoId === null ? null : (
            <a
              className="btn btn-outline-primary btn-xs"
              href={api(ente, 'emergenza', 'recuperi', esito.recuperoId, 'verbale.pdf')}
              download
            >
              {t.verbale}
            </a>
          )
        }
      >
        {esito.nuove === 0 ? t.giaFatto : t.fatto(plurale(esito.nuove, t.registrazioni))}
      </EsitoBar>
      <Tabella didascalia={t.coppie} colonne={colonneCoppie(false)} righe={esito.coppie} chiave={(c) => c.numero} />
    </>
  )
}

export function Recupera({ ente, onFatto }: { ente: string; onFatto: (testo: string) => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [documenti, setDocumenti] = useState<File[]>([])
  const [manca, setManca] = useState(false)
  const prova = useMutation({ mutationFn: (scelto: File) => tryFiles(ente, scelto, documenti) })
  const atto = useMutation({
    mutationFn: (richiesta: RichiestaRecupero) => recupera(ente, richiesta),
    onSuccess: (esito) => onFatto(esito.nuove === 0 ? t.giaFatto : t.fatto(plurale(esito.nuove, t.registrazioni))),
  })
  const done = prova.data
  const nuove = done?.prova.coppie.filter((c) => c.nuova).length ?? 0
  const campi = atto.error instanceof Problema ? atto.error.campi : []
  function start(): void {
    setManca(file === null)
    atto.reset()
    if (file !== null) prova.mutate(file)
  }
  return (
    <section className="riquadro riquadro-sotto" aria-label={t.titolo}>
      <h2>{t.titolo}</h2>
      <p>{t.testo}</p>
      <div className="griglia-campi">
        <Campo id="recupero-file" etichetta={t.file} obbligatorio errore={manca ? t.senzaFile : undefined}>
          <input
            id="recupero-file"
            type="file"
            className="controllo"
            accept=".json,application/json"
            aria-describedby={manca ? 'recupero-file-errore' : undefined}
            onChange={(event) => {
              setFile(event.target.files?.[0] ?? null)
              prova.reset()
              atto.reset()
            }}
          />
        </Campo>
        <Campo id="recupero-documenti" etichetta={t.documenti} aiuto={t.documentiAiuto}>
          <input
            id="recupero-documenti"
            type="file"
            multiple
            className="controllo"
            aria-describedby="recupero-documenti-aiuto"
            onChange={(event) => setDocumenti([...(event.target.files ?? [])])}
          />
        </Campo>
      </div>
      <p className="emergenza-azioni">
        <button type="button" className="btn btn-outline-primary btn-sm" disabled={prova.isPending} onClick={start}>
          {t.prova}
        </button>
        {done?.prova.valido && nuove > 0 && !atto.isSuccess ? (
          <button type="button" className="btn btn-primary btn-sm" disabled={atto.isPending} onClick={() => atto.mutate(done.richiesta)}>
            {t.conferma(plurale(nuove, t.registrazioni))}
          </button>
        ) : null}
      </p>
      {prova.error === null ? null : <EsitoProblema errore={prova.error} />}
      {atto.error === null ? null : <EsitoProblema errore={atto.error} />}
      {campi.length > 0 ? <Rifiuto errori={campi} /> : null}
      {atto.data === undefined ? (
        done === undefined ? null : (
          <Provato provata={done} nuove={nuove} documenti={documenti.length} />
        )
      ) : (
        <Esito ente={ente} esito={atto.data} />
      )}
    </section>
  )
}

function Provato({ provata, nuove, documenti }: { provata: Provata; nuove: number; documenti: number }) {
  const { prova, abbinati } = provata
  if (!prova.valido) return <Rifiuto errori={prova.errori} />
  return (
    <>
      <EsitoBar tipo="info">
        {nuove === 0 ? t.nullaDiNuovo : t.provaRiuscita(prova.registro?.codice ?? '', prova.registro?.dispositivo ?? '')}
        {documenti === 0 ? '' : ` ${t.abbinati(abbinati, documenti)}`}
      </EsitoBar>
      <Tabella didascalia={t.coppie} colonne={colonneCoppie(true)} righe={prova.coppie} chiave={(c) => c.numero} />
    </>
  )
}
