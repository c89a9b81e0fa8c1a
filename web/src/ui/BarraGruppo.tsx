/** The bar of the acts on many rows: how many are ticked, what can be done, the way out. Said aloud when the number changes. */
import type { ReactNode } from 'react'
import { t } from '../testi/it.ts'

export interface BarraGruppoProps {
  testo: string
  onSvuota: () => void
  children: ReactNode
}

export function BarraGruppo({ testo, onSvuota, children }: BarraGruppoProps) {
  return (
    <div className="barra-gruppo" role="group" aria-label={t.selezione.barra}>
      <span role="status">{testo}</span>
      {children}
      <button type="button" className="btn btn-outline-primary btn-xs" onClick={onSvuota}>
        {t.selezione.svuota}
      </button>
    </div>
  )
}
