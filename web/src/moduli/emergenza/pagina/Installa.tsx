/** Before the emergency: the series entrusted to this device, and the PIN that will open it. */
import { useEffect, useState } from 'react'
import type { SerieDto } from '../tipi.ts'
import { Problema } from '../../../api/problema.ts'
import type { Sessione } from '../../../api/tipi.ts'
import { emergenza } from '../../../testi/it-emergenza.ts'
import { CampoScelta } from '../../../ui/Campo.tsx'
import { EsitoBar } from '../../../ui/EsitoBar.tsx'
import { CampoSegreto } from './campi.tsx'
import { creaDeposito, type Deposito } from './deposito.ts'
import { serieAutentica } from './formato.ts'
import { attivaSerie, serieInAttesa, sessioneOra } from './server.ts'

const t = emergenza.pagina.installa

/** Asks the server for the series, checks who signed it, and keeps it. */
async function complete(deposito: Deposito, ente: string, serie: string): Promise<Deposito> {
  const dotazione = await attivaSerie(ente, serie, deposito.pubblica)
  if (!(await serieAutentica(dotazione.chiaveEnte, dotazione.serie, dotazione.firma))) throw new Error(t.serieFalsa)
  return await deposito.conserva(dotazione)
}

const wordsOf = (error: unknown): string => (error instanceof Problema || error instanceof Error ? error.message : String(error))

function Scelta({ sessione, onDeposito }: { sessione: Sessione; onDeposito: (deposito: Deposito) => void }) {
  const [ente, setEnte] = useState(sessione.enti[0]?.slug ?? '')
  const [serie, setSerie] = useState<SerieDto[] | null>(null)
  const [scelta, setScelta] = useState('')
  const [pin, setPin] = useState('')
  const [ripetuto, setRipetuto] = useState('')
  const [errore, setErrore] = useState<string | null>(null)
  const [attesa, setAttesa] = useState(false)
  useEffect(() => {
    let current = true
    serieInAttesa(ente).then(
      (found) => {
        if (!current) return
        setSerie(found)
        setScelta(found[0]?.id ?? '')
      },
      (error: unknown) => current && setErrore(wordsOf(error)),
    )
    return () => {
      current = false
    }
  }, [ente])
  const [pinErrato, setPinErrato] = useState<string | undefined>(undefined)
  async function install(): Promise<void> {
    const wrong = pin.length < 8 ? t.pinCorto : pin === ripetuto ? undefined : t.pinDiverso
    setPinErrato(wrong)
    if (wrong !== undefined) return document.getElementById('pin')?.focus()
    setAttesa(true)
    setErrore(null)
    try {
      onDeposito(await complete(await creaDeposito(pin, { ente, serie: scelta }), ente, scelta))
    } catch (error) {
      setErrore(wordsOf(error))
      setAttesa(false)
    }
  }
  if (serie !== null && serie.length === 0) return <EsitoBar tipo="avviso">{t.nessunaSerie}</EsitoBar>
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void install()
      }}
    >
      {errore === null ? null : <EsitoBar tipo="errore">{errore}</EsitoBar>}
      {sessione.enti.length > 1 ? (
        <CampoScelta
          id="ente"
          etichetta={t.ente}
          valore={ente}
          opzioni={sessione.enti.map((e) => ({ valore: e.slug, testo: e.denominazione }))}
          onCambia={setEnte}
        />
      ) : null}
      <CampoScelta
        id="serie"
        etichetta={t.serie}
        valore={scelta}
        opzioni={(serie ?? []).map((s) => ({ valore: s.id, testo: `${s.registro.codice} · ${s.registro.sede} · ${s.dispositivo}` }))}
        onCambia={setScelta}
      />
      <CampoSegreto id="pin" etichetta={t.pin} aiuto={t.pinAiuto} errore={pinErrato} valore={pin} onCambia={setPin} />
      <CampoSegreto id="pin-ripetuto" etichetta={t.pinRipeti} valore={ripetuto} onCambia={setRipetuto} />
      <button type="submit" className="btn btn-primary" disabled={attesa || scelta === ''}>
        {t.conferma}
      </button>
    </form>
  )
}

/** The installation was cut between the key and the answer: the same key asks again. */
function Riprendi({ deposito, onDeposito }: { deposito: Deposito; onDeposito: (deposito: Deposito) => void }) {
  const [errore, setErrore] = useState<string | null>(null)
  const waiting = deposito.inAttesa
  async function retry(): Promise<void> {
    if (waiting === null) return
    try {
      onDeposito(await complete(deposito, waiting.ente, waiting.serie))
    } catch (error) {
      setErrore(wordsOf(error))
    }
  }
  return (
    <>
      <EsitoBar tipo="avviso">{errore ?? t.interrotta}</EsitoBar>
      <button type="button" className="btn btn-primary" onClick={() => void retry()}>
        {t.riprendi}
      </button>
    </>
  )
}

export function Installa({ deposito, onDeposito }: { deposito: Deposito | null; onDeposito: (deposito: Deposito) => void }) {
  const [sessione, setSessione] = useState<Sessione | null | undefined>(undefined)
  useEffect(() => {
    void sessioneOra().then(setSessione)
  }, [])
  return (
    <section className="emergenza-riquadro emergenza-stretto">
      <h1>{t.titolo}</h1>
      <ol>
        {t.istruzioni.map((riga) => (
          <li key={riga}>{riga}</li>
        ))}
      </ol>
      {sessione === undefined ? null : sessione === null ? (
        <EsitoBar tipo="avviso">{t.serveRete}</EsitoBar>
      ) : sessione.autenticato ? (
        deposito === null ? (
          <Scelta sessione={sessione} onDeposito={onDeposito} />
        ) : (
          <Riprendi deposito={deposito} onDeposito={onDeposito} />
        )
      ) : (
        <EsitoBar
          tipo="info"
          azioni={
            <a className="btn btn-primary btn-sm" href={`/accesso?ritorno=${encodeURIComponent('/emergenza/')}`}>
              {t.accedi}
            </a>
          }
        >
          {t.serveAccesso}
        </EsitoBar>
      )}
    </section>
  )
}
