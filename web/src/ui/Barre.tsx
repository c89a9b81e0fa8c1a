/** Stacked bars, small and honest: title and sentence for everybody, patterns besides colours, the numbers one click away as a table. */
import { useId, useState } from 'react'
import { t } from '../testi/it.ts'
import { giorno, giornoBreve, numero } from './formati.ts'

export interface Serie {
  chiave: string
  nome: string
}

export interface BarreProps {
  titolo: string
  frase: string
  serie: Serie[]
  dati: { giorno: string; valori: Record<string, number> }[]
}

const HEIGHT = 120
const WIDTH = 520

export function Barre({ titolo, frase, serie, dati }: BarreProps) {
  const [tabella, setTabella] = useState(false)
  const id = useId()
  const totals = dati.map((item) => serie.reduce((sum, one) => sum + (item.valori[one.chiave] ?? 0), 0))
  const max = Math.max(1, ...totals)
  const slot = WIDTH / Math.max(1, dati.length)
  return (
    <div className="barre">
      <p id={id}>{frase}</p>
      {tabella ? (
        <div className="tabella-scorre" role="region" tabIndex={0} aria-label={titolo}>
          <table className="tabella">
            <caption className="visually-hidden">{titolo}</caption>
            <thead>
              <tr>
                <th scope="col">{t.scrivania.giorno}</th>
                {serie.map((one) => (
                  <th scope="col" key={one.chiave} className="cella-numero">
                    {one.nome}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {dati.map((item) => (
                <tr key={item.giorno}>
                  <th scope="row">{giorno(item.giorno)}</th>
                  {serie.map((one) => (
                    <td key={one.chiave} className="cella-numero">
                      {numero(item.valori[one.chiave] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 22}`} role="img" aria-label={titolo} aria-describedby={id} className="barre-disegno">
          <defs>
            <pattern id={`${id}-righe`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="3" height="6" className="barra-1" />
            </pattern>
          </defs>
          {dati.map((item, index) => {
            let top = HEIGHT
            return (
              <g key={item.giorno}>
                {serie.map((one, position) => {
                  const height = ((item.valori[one.chiave] ?? 0) / max) * (HEIGHT - 8)
                  top -= height
                  const fill = position === 1 ? { fill: `url(#${id}-righe)` } : { className: `barra-${position}` }
                  return <rect key={one.chiave} x={index * slot + slot * 0.15} y={top} width={slot * 0.7} height={height} {...fill} />
                })}
                {index % Math.ceil(dati.length / 7) === 0 ? (
                  <text x={index * slot + slot / 2} y={HEIGHT + 16} textAnchor="middle" className="barre-testo">
                    {giornoBreve(item.giorno)}
                  </text>
                ) : null}
              </g>
            )
          })}
          <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className="barre-base" />
        </svg>
      )}
      <div className="barre-piede">
        <ul className="barre-legenda">
          {serie.map((one, position) => (
            <li key={one.chiave}>
              <span className={`quadratino quadratino-${position}`} aria-hidden="true" /> {one.nome}
            </li>
          ))}
        </ul>
        <button type="button" className="collegamento" aria-pressed={tabella} onClick={() => setTabella(!tabella)}>
          {tabella ? t.nascondiTabella : t.mostraComeTabella}
        </button>
      </div>
    </div>
  )
}
