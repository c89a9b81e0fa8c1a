/** Recovery: the file and the documents, the dry run with pairs and errors, then everything or nothing. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import { emergenza } from '../../testi/it-emergenza.ts'
import { Campo } from '../../ui/Campo.tsx'
import type { Opzione } from '../../ui/Combobox.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra, plurale } from '../../ui/formati.ts'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { caricaFile } from '../protocollo/caricamento.ts'
import { provaRecupero, recupera, type RichiestaRecupero } from './dati.ts'
import { improntaDi } from './pagina/formato.ts'
import { documentiAttesi, inSostituzioni, sostituibili, type Sostituibile } from './recupero.ts'
import { Sostituzioni, type SceltaSostituzione } from './Sostituzioni.tsx'
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

/** Uploads the file and the documents its rows wait for, paired by digest, then tries it. */
async function tryFiles(ente: string, file: File, documenti: readonly File[]): Promise<Provata> {
  const { id: contenutoId } = await caricaFile(ente, file, () => undefined)
  const richiesta: RichiestaRecupero = { contenutoId, documenti: [], sostituzioni: [] }
  const wanted = documentiAttesi(await file.text())
  let abbinati = 0
  for (const documento of documenti) {
    const rows = wanted.get(await improntaDi(new Uint8Array(await documento.arrayBuffer()))) ?? []
    for (const numero of rows) {
      const { id } = await caricaFile(ente, documento, () => undefined)
      richiesta.documenti.push({ numero, contenutoId: id })
    }
    if (rows.length > 0) abbinati += 1
  }
  return { richiesta, prova: await provaRecupero(ente, richiesta), abbinati }
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

/** The replacements chosen so far, and those the last dry run asks for. */
function useSostituzioni(errori: readonly Errore[]) {
  const [scelte, setScelte] = useState<readonly SceltaSostituzione[]>([])
  const asked = sostituibili(errori).filter((cosa) => !scelte.some((s) => s.cosa.campo === cosa.campo))
  return {
    scelte: [...scelte, ...asked.map((cosa) => ({ cosa, scelta: null }))],
    scegli: (cosa: Sostituibile, scelta: Opzione | null): void =>
      setScelte((prima) => [...prima.filter((s) => s.cosa.campo !== cosa.campo), ...(scelta === null ? [] : [{ cosa, scelta }])]),
    sostituzioni: inSostituzioni(scelte.flatMap(({ cosa, scelta }) => (scelta === null ? [] : [{ cosa, id: scelta.id }]))),
    dimentica: (): void => setScelte([]),
  }
}

interface FileDaRecuperare {
  readonly manca: boolean
  readonly onFile: (file: File | null) => void
  readonly onDocumenti: (documenti: File[]) => void
}

function CampiFile({ manca, onFile, onDocumenti }: FileDaRecuperare) {
  return (
    <div className="griglia-campi">
      <Campo id="recupero-file" etichetta={t.file} obbligatorio errore={manca ? t.senzaFile : undefined}>
        <input
          id="recupero-file"
          type="file"
          className="controllo"
          accept=".json,application/json"
          aria-describedby={manca ? 'recupero-file-errore' : undefined}
          onChange={(event) => onFile(event.target.files?.[0] ?? null)}
        />
      </Campo>
      <Campo id="recupero-documenti" etichetta={t.documenti} aiuto={t.documentiAiuto}>
        <input
          id="recupero-documenti"
          type="file"
          multiple
          className="controllo"
          aria-describedby="recupero-documenti-aiuto"
          onChange={(event) => onDocumenti([...(event.target.files ?? [])])}
        />
      </Campo>
    </div>
  )
}

export function Recupera({ ente, onFatto }: { ente: string; onFatto: (testo: string) => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [documenti, setDocumenti] = useState<File[]>([])
  const [manca, setManca] = useState(false)
  const prova = useMutation({ mutationFn: (prepara: () => Promise<Provata>) => prepara() })
  const atto = useMutation({
    mutationFn: (richiesta: RichiestaRecupero) => recupera(ente, richiesta),
    onSuccess: (esito) => onFatto(esito.nuove === 0 ? t.giaFatto : t.fatto(plurale(esito.nuove, t.registrazioni))),
  })
  const done = prova.data
  const { scelte, scegli, sostituzioni, dimentica } = useSostituzioni(done?.prova.errori ?? [])
  const nuove = done?.prova.coppie.filter((c) => c.nuova).length ?? 0
  const campi = atto.error instanceof Problema ? atto.error.campi : []
  function start(): void {
    setManca(file === null)
    atto.reset()
    dimentica()
    if (file !== null) prova.mutate(() => tryFiles(ente, file, documenti))
  }
  function again(before: Provata): void {
    const richiesta = { ...before.richiesta, sostituzioni }
    atto.reset()
    prova.mutate(async () => ({ ...before, richiesta, prova: await provaRecupero(ente, richiesta) }))
  }
  function onFile(scelto: File | null): void {
    setFile(scelto)
    dimentica()
    prova.reset()
    atto.reset()
  }
  return (
    <section className="riquadro riquadro-sotto" aria-label={t.titolo}>
      <h2>{t.titolo}</h2>
      <p>{t.testo}</p>
      <CampiFile manca={manca} onFile={onFile} onDocumenti={setDocumenti} />
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
      {atto.data !== undefined ? <Esito ente={ente} esito={atto.data} /> : null}
      {atto.data === undefined && done !== undefined ? (
        <>
          <Provato provata={done} nuove={nuove} documenti={documenti.length} />
          {scelte.length === 0 ? null : (
            <>
              <Sostituzioni ente={ente} scelte={scelte} onScelta={scegli} />
              <button type="button" className="btn btn-outline-primary btn-sm" disabled={prova.isPending} onClick={() => again(done)}>
                {t.riprova}
              </button>
            </>
          )}
        </>
      ) : null}
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
