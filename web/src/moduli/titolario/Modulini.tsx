/** Small forms of the titolario: one field and its button, an act with its reason. */
import { useState, type ReactNode } from 'react'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { useAttoTitolario } from './atti.ts'
import type { Atto } from './atti.ts'

export interface UnoProps {
  id: string
  etichetta: string
  azione: string
  aiuto?: string
  errore?: string | undefined
  onInvia: (valore: string) => void
}

/** One field and its button. */
export function Uno({ id, etichetta, azione, aiuto, errore, onInvia }: UnoProps) {
  const [valore, setValore] = useState('')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (valore.trim() !== '') onInvia(valore.trim())
      }}
    >
      <CampoTesto
        id={id}
        etichetta={etichetta}
        {...(aiuto === undefined ? {} : { aiuto })}
        valore={valore}
        onCambia={setValore}
        massimo={500}
        errore={errore}
      />
      <button type="submit" className="btn btn-outline-primary btn-xs">
        {azione}
      </button>
    </form>
  )
}

export interface ConMotivoProps {
  ente: string
  /** Beginning of the ids of its fields: one page may hold more of these. */
  id: string
  titolo: string
  atto: Omit<Atto, 'riuscito' | 'corpo'> & { corpo?: Record<string, unknown> }
  riuscito?: string
  riquadro?: boolean
  children?: ReactNode
}

/** An act that wants its reason, closed until it is asked for. */
export function ConMotivo({ ente, id, titolo, atto, riuscito, riquadro, children }: ConMotivoProps) {
  const [motivo, setMotivo] = useState('')
  const invio = useAttoTitolario(ente)
  return (
    <details className={riquadro === true ? 'riquadro' : undefined}>
      <summary>{titolo}</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          invio.mutate({ ...atto, corpo: { ...atto.corpo, motivo }, riuscito: riuscito ?? t.titolario.bozza.fatto })
        }}
      >
        {children}
        <CampoTesto id={`${id}-motivo`} etichetta={t.titolario.bozza.motivo} obbligatorio valore={motivo} onCambia={setMotivo} />
        {invio.error ? <EsitoProblema errore={invio.error} /> : null}
        <button type="submit" className="btn btn-outline-primary" disabled={invio.isPending}>
          {titolo}
        </button>
      </form>
    </details>
  )
}
