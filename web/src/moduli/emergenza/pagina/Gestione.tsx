/** What goes on around the rows: continuations, day totals, closing at the restoration, the file that leaves. */
import { useState } from 'react'
import type { SerieDocumento } from '../tipi.ts'
import { emergenza } from '../../../testi/it-emergenza.ts'
import { CampoTesto } from '../../../ui/Campo.tsx'
import { EsitoBar } from '../../../ui/EsitoBar.tsx'
import { CampoIstante, istanteDi, quandoDi, scriviGiornata, scriviIstante } from './campi.tsx'
import type { Deposito } from './deposito.ts'
import { scriviFile } from './formato.ts'
import type { Scrivi } from './ModuloApertura.tsx'
import { copertureDi, erroreAutorizzazione, erroreChiusura, erroreGiornata, righePerGiorno, type Interruzione } from './regole.ts'
import { leggiDotazione } from './server.ts'

const t = emergenza.pagina
const WEEK = 7 * 24 * 3_600_000

interface ParteProps {
  interruzione: Interruzione
  scrivi: Scrivi
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export function Autorizza({ interruzione, scrivi }: ParteProps) {
  const end = Math.max(...copertureDi(interruzione).map((c) => c.al))
  const [provvedimento, setProvvedimento] = useState('')
  const [autorizzataDa, setAutorizzataDa] = useState('')
  const [dal, setDal] = useState(() => quandoDi(end))
  const [al, setAl] = useState(() => quandoDi(end + WEEK))
  const [errore, setErrore] = useState<string | null>(null)
  async function submit(): Promise<void> {
    const [from, to] = [istanteDi(dal), istanteDi(al)]
    const empty = provvedimento.trim() === '' || autorizzataDa.trim() === '' ? t.obbligatorio : null
    const wrong = erroreAutorizzazione(interruzione, from, to) ?? empty
    setErrore(wrong)
    if (wrong !== null) return
    const fact = {
      tipo: 'autorizzazione' as const,
      provvedimento: provvedimento.trim(),
      autorizzataDa: autorizzataDa.trim(),
      dal: new Date(from).toISOString(),
      al: new Date(to).toISOString(),
    }
    await scrivi(fact, () => t.autorizzazione.fatta).then(
      () => setProvvedimento(''),
      (error: unknown) => setErrore(wordsOf(error)),
    )
  }
  return (
    <details className="emergenza-riquadro">
      <summary>{t.autorizzazione.titolo}</summary>
      <p>{t.autorizzazione.testo}</p>
      <ul aria-label={t.autorizzazione.elenco}>
        <li>{`${t.autorizzazione.iniziale}: ${interruzione.fatto.provvedimento} (${interruzione.fatto.autorizzataDa})`}</li>
        {interruzione.autorizzazioni.map((a) => (
          <li
            key={a.dal + a.provvedimento}
          >{`${a.provvedimento} (${a.autorizzataDa}): ${scriviIstante(a.dal)} – ${scriviIstante(a.al)}`}</li>
        ))}
      </ul>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {errore === null ? null : <EsitoBar tipo="errore">{errore}</EsitoBar>}
        <div className="griglia-campi">
          <CampoTesto
            id="prosecuzione"
            etichetta={t.autorizzazione.provvedimento}
            obbligatorio
            larghezza="meta"
            valore={provvedimento}
            onCambia={setProvvedimento}
          />
          <CampoTesto
            id="prosecuzione-da"
            etichetta={t.autorizzazione.autorizzataDa}
            obbligatorio
            larghezza="meta"
            valore={autorizzataDa}
            onCambia={setAutorizzataDa}
          />
          <CampoIstante id="prosecuzione-dal" etichetta={t.autorizzazione.dal} valore={dal} onCambia={setDal} />
          <CampoIstante id="prosecuzione-al" etichetta={t.autorizzazione.al} valore={al} onCambia={setAl} />
        </div>
        <button type="submit" className="btn btn-primary btn-sm">
          {t.autorizzazione.conferma}
        </button>
      </form>
    </details>
  )
}

function Giornata({ giorno, interruzione, scrivi }: ParteProps & { giorno: string }) {
  const [totale, setTotale] = useState('')
  const [errore, setErrore] = useState<string | undefined>(undefined)
  async function submit(): Promise<void> {
    const value = totale.trim() === '' ? Number.NaN : Number(totale)
    const wrong = erroreGiornata(interruzione, giorno, value)
    setErrore(wrong ?? undefined)
    if (wrong !== null) return
    await scrivi({ tipo: 'giornata', giorno, totale: value }, () => t.giornate.fatta).catch((error: unknown) => setErrore(wordsOf(error)))
  }
  return (
    <form
      noValidate
      className="emergenza-giornata"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <CampoTesto
        id={`totale-${giorno}`}
        etichetta={t.giornate.totale(scriviGiornata(giorno))}
        tipo="number"
        obbligatorio
        valore={totale}
        errore={errore}
        onCambia={setTotale}
      />
      <button type="submit" className="btn btn-outline-primary btn-sm">
        {t.giornate.conferma(scriviGiornata(giorno))}
      </button>
    </form>
  )
}

export function Giornate({ interruzione, scrivi }: ParteProps) {
  const days = [...righePerGiorno(interruzione).keys()]
  return (
    <section className="emergenza-riquadro">
      <h2>{t.giornate.titolo}</h2>
      <p>{t.giornate.testo}</p>
      {days.length === 0 ? <p>{t.giornate.nessuna}</p> : null}
      {days.map((giorno) => {
        const done = interruzione.giornate.get(giorno)
        return done === undefined ? (
          <Giornata key={giorno} giorno={giorno} interruzione={interruzione} scrivi={scrivi} />
        ) : (
          <p key={giorno}>{t.giornate.chiusa(scriviGiornata(giorno), done)}</p>
        )
      })}
    </section>
  )
}

export function ChiudiRegistro({ interruzione, scrivi }: ParteProps) {
  const [ripristino, setRipristino] = useState(() => quandoDi(Date.now()))
  const [errore, setErrore] = useState<string | null>(null)
  async function submit(): Promise<void> {
    // People write minutes: a closing in the minute of the last row means the end of that minute.
    const last = interruzione.righe.at(-1)
    const written = istanteDi(ripristino)
    const lastAt = last === undefined ? -Infinity : Date.parse(last.fatto.istante)
    const instant = written < lastAt && lastAt - written < 60_000 ? lastAt : written
    const wrong = erroreChiusura(interruzione, instant, Date.now())
    setErrore(wrong)
    if (wrong !== null) return
    await scrivi({ tipo: 'chiusura', ripristino: new Date(instant).toISOString() }, () => t.chiusura.fatta).catch((error: unknown) =>
      setErrore(wordsOf(error)),
    )
  }
  return (
    <form
      className="emergenza-riquadro"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h2>{t.chiusura.titolo}</h2>
      <p>{t.chiusura.testo}</p>
      {errore === null ? null : <EsitoBar tipo="errore">{errore}</EsitoBar>}
      <CampoIstante id="ripristino" etichetta={t.chiusura.ripristino} valore={ripristino} onCambia={setRipristino} />
      <button type="submit" className="btn btn-primary btn-sm">
        {t.chiusura.conferma}
      </button>
    </form>
  )
}

export interface EsportaProps {
  deposito: Deposito
  serie: SerieDocumento
  aperta: boolean
  onDeposito: (deposito: Deposito) => void
  onFatto: (testo: string) => void
}

export function Esporta({ deposito, serie, aperta, onDeposito, onFatto }: EsportaProps) {
  const [errore, setErrore] = useState<string | null>(null)
  const { dotazione } = deposito
  if (dotazione === null) return null
  async function save(): Promise<void> {
    if (dotazione === null) return
    const text = await scriviFile(dotazione.serie, dotazione.firma, deposito.righe, deposito.chiave)
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `registro-emergenza-${serie.registro.codice}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
    onFatto(t.esporta.fatta(link.download))
  }
  async function refresh(): Promise<void> {
    try {
      onDeposito(await deposito.conserva(await leggiDotazione(serie.ente.slug, serie.serie)))
      onFatto(t.esporta.aggiornata)
    } catch (error) {
      setErrore(wordsOf(error))
    }
  }
  return (
    <section className="emergenza-riquadro">
      <h2>{t.esporta.titolo}</h2>
      <p>{t.esporta.testo}</p>
      {aperta ? <p className="campo-aiuto">{t.esporta.copia}</p> : null}
      {errore === null ? null : <EsitoBar tipo="errore">{errore}</EsitoBar>}
      <p className="emergenza-azioni">
        <button type="button" className="btn btn-primary btn-sm" disabled={deposito.righe.length === 0} onClick={() => void save()}>
          {t.esporta.conferma}
        </button>
        <button type="button" className="collegamento" onClick={() => void refresh()}>
          {t.esporta.aggiorna}
        </button>
      </p>
    </section>
  )
}
