/** The result of an act, above what produced it, until the next one: icon, words, actions. Never only a toast. */
import type { ReactNode } from 'react'
import { t } from '../testi/it.ts'
import { Problema } from '../api/problema.ts'
import { Icona } from './Icona.tsx'

export interface EsitoBarProps {
  tipo: 'riuscito' | 'errore' | 'avviso' | 'info'
  children: ReactNode
  azioni?: ReactNode
  onChiudi?: () => void
}

const ICONS = { riuscito: 'check-circle', errore: 'close-circle', avviso: 'warning-circle', info: 'info-circle' } as const

export function EsitoBar({ tipo, children, azioni, onChiudi }: EsitoBarProps) {
  return (
    <div className={`esito esito-${tipo}`} role={tipo === 'errore' ? 'alert' : undefined}>
      <Icona nome={ICONS[tipo]} />
      <div className="esito-testo">{children}</div>
      {azioni ? <div className="esito-azioni">{azioni}</div> : null}
      {onChiudi ? (
        <button type="button" className="pulsante-icona" onClick={onChiudi} aria-label={t.chiudi}>
          <Icona nome="close" />
        </button>
      ) : null}
    </div>
  )
}

/** The refusal of the server in words, with the technical code folded. */
export function EsitoProblema({ errore, premessa, onRiprova }: { errore: unknown; premessa?: string; onRiprova?: () => void }) {
  const problema = errore instanceof Problema ? errore : null
  return (
    <EsitoBar
      tipo="errore"
      azioni={
        onRiprova ? (
          <button type="button" className="btn btn-outline-primary btn-xs" onClick={onRiprova}>
            {t.riprova}
          </button>
        ) : null
      }
    >
      {premessa ? <strong>{premessa} </strong> : null}
      {problema === null ? t.errori.generico : problema.message}
      {problema !== null && problema.stato !== 0 ? (
        <details className="esito-dettagli">
          <summary>{t.errori.dettagliTecnici}</summary>
          {t.errori.codice(problema.codice)}
          {problema.requestId ? ` · ${problema.requestId}` : ''}
        </details>
      ) : null}
    </EsitoBar>
  )
}
