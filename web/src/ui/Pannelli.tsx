/** Panes side by side with splitters that the mouse drags and the arrows move; widths are remembered on this workstation. */
import { useCallback, useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { t } from '../testi/it.ts'

export interface Pannello {
  chiave: string
  etichetta: string
  contenuto: ReactNode
  /** Starting, smallest and largest width in pixels; the last pane takes what is left. */
  larghezza?: number
  minima?: number
  massima?: number
}

export interface PannelliProps {
  id: string
  pannelli: Pannello[]
  /** On narrow screens only this pane is shown. */
  visibile: string
}

function stored(id: string, key: string, initial: number): number {
  const value = Number(localStorage.getItem(`faldone.pannelli.${id}.${key}`))
  return Number.isFinite(value) && value > 0 ? value : initial
}

function Divisorio({ pannello, valore, onCambia }: { pannello: Pannello; valore: number; onCambia: (valore: number) => void }) {
  const start = useRef<{ x: number; width: number } | null>(null)
  const min = pannello.minima ?? 200
  const max = pannello.massima ?? 720
  const clamp = (value: number): number => Math.min(max, Math.max(min, value))
  function onKey(event: KeyboardEvent): void {
    const step = event.shiftKey ? 64 : 16
    const next = { ArrowLeft: valore - step, ArrowRight: valore + step, Home: min, End: max }[event.key]
    if (next === undefined) return
    event.preventDefault()
    onCambia(clamp(next))
  }
  function onDown(event: PointerEvent<HTMLDivElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width: valore }
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t.ridimensiona(pannello.etichetta)}
      aria-valuenow={valore}
      aria-valuemin={min}
      aria-valuemax={max}
      className="divisorio"
      onKeyDown={onKey}
      onPointerDown={onDown}
      onPointerMove={(event) => {
        if (start.current !== null) onCambia(clamp(start.current.width + event.clientX - start.current.x))
      }}
      onPointerUp={() => {
        start.current = null
      }}
    />
  )
}

export function Pannelli({ id, pannelli, visibile }: PannelliProps) {
  const [widths, setWidths] = useState<Record<string, number>>(() =>
    Object.fromEntries(pannelli.map((item) => [item.chiave, stored(id, item.chiave, item.larghezza ?? 0)])),
  )
  const change = useCallback(
    (key: string, value: number) => {
      localStorage.setItem(`faldone.pannelli.${id}.${key}`, String(value))
      setWidths((all) => ({ ...all, [key]: value }))
    },
    [id],
  )
  return (
    <div className={`pannelli pannelli-${pannelli.length}`}>
      {pannelli.map((pannello, index) => {
        const last = index === pannelli.length - 1
        const width = widths[pannello.chiave]
        const style = last || width === undefined ? undefined : ({ '--larghezza': `${width}px` } as CSSProperties)
        return (
          <div key={pannello.chiave} className="pannello-e-divisorio">
            <section
              className={`pannello pannello-${pannello.chiave}${visibile === pannello.chiave ? ' pannello-visibile' : ''}`}
              aria-label={pannello.etichetta}
              {...(style === undefined ? {} : { style })}
            >
              {pannello.contenuto}
            </section>
            {last || width === undefined ? null : (
              <Divisorio pannello={pannello} valore={width} onCambia={(value) => change(pannello.chiave, value)} />
            )}
          </div>
        )
      })}
    </div>
  )
}
