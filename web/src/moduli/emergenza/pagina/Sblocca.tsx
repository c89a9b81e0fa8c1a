/** The PIN. Nothing of what the device keeps is shown before it. */
import { useState } from 'react'
import { emergenza } from '../../../testi/it-emergenza.ts'
import { EsitoBar } from '../../../ui/EsitoBar.tsx'
import { CampoSegreto } from './campi.tsx'
import { apriDeposito, dimenticaDeposito, PinErrato, type Deposito } from './deposito.ts'
import { catenaIntegra } from './formato.ts'

const t = emergenza.pagina.sblocca

async function openWhole(pin: string): Promise<Deposito> {
  const deposito = await apriDeposito(pin)
  if (deposito.dotazione !== null && !(await catenaIntegra(deposito.dotazione.serie, deposito.righe))) throw new Error('chain')
  return deposito
}

export function Sblocca({ onAperto, onDimenticato }: { onAperto: (deposito: Deposito) => void; onDimenticato: () => void }) {
  const [pin, setPin] = useState('')
  const [errore, setErrore] = useState<string | null>(null)
  const [attesa, setAttesa] = useState(false)
  async function unlock(): Promise<void> {
    setAttesa(true)
    setErrore(null)
    try {
      onAperto(await openWhole(pin))
    } catch (error) {
      setErrore(error instanceof PinErrato ? t.errato : t.alterato)
      setAttesa(false)
    }
  }
  async function forget(): Promise<void> {
    if (window.prompt(t.confermaRicomincia) !== t.parola) return
    await dimenticaDeposito()
    onDimenticato()
  }
  return (
    <form
      className="emergenza-riquadro emergenza-stretto"
      onSubmit={(event) => {
        event.preventDefault()
        void unlock()
      }}
    >
      <h1>{t.titolo}</h1>
      {errore === null ? null : <EsitoBar tipo="errore">{errore}</EsitoBar>}
      <CampoSegreto id="pin" etichetta={t.pin} valore={pin} onCambia={setPin} completamento="current-password" />
      <p className="emergenza-azioni">
        <button type="submit" className="btn btn-primary" disabled={attesa || pin === ''}>
          {t.apri}
        </button>
        <button type="button" className="collegamento" onClick={() => void forget()}>
          {t.ricomincia}
        </button>
      </p>
    </form>
  )
}
