/** Cause, start and authorisation: without them nothing is written (REQ-PROT-080). */
import { useState } from 'react'
import { emergenza } from '../../../testi/it-emergenza.ts'
import { CampoTesto } from '../../../ui/Campo.tsx'
import { EsitoBar } from '../../../ui/EsitoBar.tsx'
import { CampoIstante, istanteDi, quandoDi } from './campi.tsx'
import type { NuovoFatto } from './Registro.tsx'
import { erroreApertura, type Stato } from './regole.ts'

const t = emergenza.pagina.apertura

/** Writes a fact of the journal and says what was done. */
export type Scrivi = (fatto: NuovoFatto, fatta: (impronta: string) => string) => Promise<void>

export function ModuloApertura({ stato, scrivi }: { stato: Stato; scrivi: Scrivi }) {
  const [causa, setCausa] = useState('')
  const [inizio, setInizio] = useState(() => quandoDi(Date.now()))
  const [provvedimento, setProvvedimento] = useState('')
  const [autorizzataDa, setAutorizzataDa] = useState('')
  const [tentato, setTentato] = useState(false)
  const [errore, setErrore] = useState<string | null>(null)
  const missing = (value: string): string | undefined => (tentato && value.trim() === '' ? emergenza.pagina.obbligatorio : undefined)
  async function submit(): Promise<void> {
    setTentato(true)
    const istante = istanteDi(inizio)
    const wrong = erroreApertura(stato, istante, Date.now())
    setErrore(wrong)
    if (wrong !== null || [causa, provvedimento, autorizzataDa].some((x) => x.trim() === '')) return
    try {
      await scrivi(
        {
          tipo: 'apertura',
          causa: causa.trim(),
          inizio: new Date(istante).toISOString(),
          provvedimento: provvedimento.trim(),
          autorizzataDa: autorizzataDa.trim(),
        },
        () => t.fatta,
      )
    } catch (error) {
      setErrore(error instanceof Error ? error.message : String(error))
    }
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
      <h2>{t.titolo}</h2>
      <p>{t.testo}</p>
      {errore === null ? null : <EsitoBar tipo="errore">{errore}</EsitoBar>}
      <div className="griglia-campi">
        <CampoTesto id="causa" etichetta={t.causa} obbligatorio valore={causa} errore={missing(causa)} onCambia={setCausa} />
        <CampoIstante id="inizio" etichetta={t.inizio} valore={inizio} onCambia={setInizio} />
        <CampoTesto
          id="provvedimento"
          etichetta={t.provvedimento}
          aiuto={t.provvedimentoAiuto}
          obbligatorio
          larghezza="meta"
          valore={provvedimento}
          errore={missing(provvedimento)}
          onCambia={setProvvedimento}
        />
        <CampoTesto
          id="autorizzata-da"
          etichetta={t.autorizzataDa}
          obbligatorio
          larghezza="meta"
          valore={autorizzataDa}
          errore={missing(autorizzataDa)}
          onCambia={setAutorizzataDa}
        />
      </div>
      <button type="submit" className="btn btn-primary">
        {t.conferma}
      </button>
    </form>
  )
}
