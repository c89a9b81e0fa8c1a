/** A real table: caption, scoped headers, rows moved with J/K or the arrows (roving focus) and opened with Enter. Wide ones scroll in their own region. */
import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { t } from '../testi/it.ts'
import { useScorciatoie } from './Scorciatoie.tsx'
import type { Selezione } from './useSelezione.ts'

export interface Colonna<T> {
  chiave: string
  titolo: string
  cella: (riga: T) => ReactNode
  classe?: string
  /** The cell that names the row. */
  intestazione?: boolean
}

export interface TabellaProps<T> {
  didascalia: string
  colonne: Colonna<T>[]
  righe: T[]
  chiave: (riga: T) => string
  onApri?: (riga: T) => void
  scelta?: string | null
  /** Letters J/K belong to this table. */
  scorciatoie?: boolean
  /** Rows can be ticked, with the box or with X and Maiusc+X on the row; `etichetta` names the row. */
  selezione?: { stato: Selezione; etichetta: (riga: T) => string } | undefined
}

export function Tabella<T>({ didascalia, colonne, righe, chiave, onApri, scelta, scorciatoie = false, selezione }: TabellaProps<T>) {
  const body = useRef<HTMLTableSectionElement>(null)
  function rows(): HTMLTableRowElement[] {
    return [...(body.current?.querySelectorAll<HTMLTableRowElement>('tr[data-riga]') ?? [])]
  }
  function move(delta: number): void {
    const all = rows()
    const index = all.findIndex((row) => row.contains(document.activeElement))
    const target = all[index === -1 ? 0 : Math.min(all.length - 1, Math.max(0, index + delta))]
    target?.focus()
  }
  function mark(how: (id: string) => void): void {
    const row = righe[rows().findIndex((item) => item.contains(document.activeElement))]
    if (row !== undefined) how(chiave(row))
  }
  const marks = selezione && { x: () => mark(selezione.stato.segna), 'Shift+X': () => mark(selezione.stato.finoA) }
  useScorciatoie(
    scorciatoie ? { j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), ...marks } : { ...marks },
  )
  function onKey(event: KeyboardEvent, row: T): void {
    if (event.key === 'Enter' && event.target === event.currentTarget && !event.ctrlKey) {
      event.preventDefault()
      onApri?.(row)
    }
  }
  return (
    <div className="tabella-scorre" role="region" tabIndex={0} aria-label={didascalia}>
      <table className="tabella">
        <caption className="visually-hidden">{didascalia}</caption>
        <thead>
          <tr>
            {selezione === undefined ? null : (
              <th scope="col">
                <span className="visually-hidden">{t.selezione.colonna}</span>
              </th>
            )}
            {colonne.map((colonna) => (
              <th key={colonna.chiave} scope="col" className={colonna.classe}>
                {colonna.titolo}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {righe.map((riga, index) => (
            <tr
              key={chiave(riga)}
              data-riga
              tabIndex={onApri === undefined ? undefined : index === 0 ? 0 : -1}
              className={scelta === chiave(riga) ? 'riga-scelta' : undefined}
              onKeyDown={(event) => onKey(event, riga)}
            >
              {selezione === undefined ? null : (
                <td>
                  <input
                    type="checkbox"
                    checked={selezione.stato.scelti.includes(chiave(riga))}
                    onChange={() => selezione.stato.segna(chiave(riga))}
                    aria-label={selezione.etichetta(riga)}
                  />
                </td>
              )}
              {colonne.map((colonna) =>
                colonna.intestazione ? (
                  <th key={colonna.chiave} scope="row" className={colonna.classe}>
                    {colonna.cella(riga)}
                  </th>
                ) : (
                  <td key={colonna.chiave} className={colonna.classe}>
                    {colonna.cella(riga)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
