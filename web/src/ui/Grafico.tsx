/** A chart of a few numbers: columns over time, bars over names. Title and sentence for everybody, a pattern for each series, the same numbers as a table. */
import { useId, useState } from 'react'
import { t } from '../testi/it.ts'

export interface GraficoProps {
  titolo: string
  frase: string
  /** Heading of the first column of the table. */
  voce: string
  serie: string[]
  righe: { etichetta: string; valori: (number | null)[] }[]
  forma: 'colonne' | 'barre'
  scrivi: (valore: number | null) => string
}

const WIDTH = 520
const HEIGHT = 140
const BAR = 26

/** Eight fills told apart without colour: solid, then lines, dots and grids of the same ink. */
function Riempimenti({ id, quanti }: { id: string; quanti: number }) {
  const shapes = [
    <rect key="a" width="8" height="8" />,
    <path key="b" d="M0 8 8 0" strokeWidth="2" />,
    <circle key="c" cx="4" cy="4" r="2" />,
    <path key="d" d="M0 4h8" strokeWidth="3" />,
    <path key="e" d="M4 0v8" strokeWidth="3" />,
    <path key="f" d="M0 0 8 8M0 8 8 0" strokeWidth="1.5" />,
    <path key="g" d="M0 4h8M4 0v8" strokeWidth="1.5" />,
    <circle key="h" cx="4" cy="4" r="2.5" fill="none" strokeWidth="1" />,
  ]
  return (
    <defs>
      {shapes.slice(0, quanti).map((shape, i) => (
        <pattern key={shape.key} id={`${id}-${i}`} width="8" height="8" patternUnits="userSpaceOnUse" className="grafico-trama">
          {shape}
        </pattern>
      ))}
    </defs>
  )
}

function Colonne({ id, righe, massimo }: { id: string; righe: GraficoProps['righe']; massimo: number }) {
  const slot = WIDTH / Math.max(1, righe.length)
  const every = Math.max(1, Math.ceil(righe.length / 7))
  return (
    <>
      {righe.map((row, index) => {
        let top = HEIGHT
        return (
          <g key={row.etichetta}>
            {row.valori.map((value, position) => {
              const height = ((value ?? 0) / massimo) * (HEIGHT - 8)
              top -= height
              return (
                <rect
                  key={position}
                  x={index * slot + slot * 0.12}
                  y={top}
                  width={slot * 0.76}
                  height={height}
                  fill={`url(#${id}-${position})`}
                  className="grafico-parte"
                />
              )
            })}
            {index % every === 0 ? (
              <text x={index * slot + slot / 2} y={HEIGHT + 16} textAnchor="middle" className="barre-testo">
                {row.etichetta.length === 10
                  ? `${row.etichetta.slice(8)}/${row.etichetta.slice(5, 7)}`
                  : `${row.etichetta.slice(5)}/${row.etichetta.slice(2, 4)}`}
              </text>
            ) : null}
          </g>
        )
      })}
      <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className="barre-base" />
    </>
  )
}

function Barrette({
  id,
  righe,
  massimo,
  scrivi,
}: {
  id: string
  righe: GraficoProps['righe']
  massimo: number
  scrivi: GraficoProps['scrivi']
}) {
  return (
    <>
      {righe.map((row, index) => {
        const value = row.valori[0] ?? null
        const width = ((value ?? 0) / massimo) * (WIDTH - 110)
        return (
          <g key={row.etichetta}>
            <text x="0" y={index * BAR * 2 + 14} className="barre-testo">
              {row.etichetta}
            </text>
            <rect
              x="0"
              y={index * BAR * 2 + 20}
              width={Math.max(1, width)}
              height={BAR - 8}
              fill={`url(#${id}-0)`}
              className="grafico-parte"
            />
            <text x={Math.max(1, width) + 8} y={index * BAR * 2 + 34} className="barre-testo">
              {scrivi(value)}
            </text>
          </g>
        )
      })}
    </>
  )
}

function TabellaDati({ titolo, voce, serie, righe, scrivi }: Omit<GraficoProps, 'frase' | 'forma'>) {
  return (
    <div className="tabella-scorre" role="region" tabIndex={0} aria-label={titolo}>
      <table className="tabella">
        <caption className="visually-hidden">{titolo}</caption>
        <thead>
          <tr>
            <th scope="col">{voce}</th>
            {serie.map((name) => (
              <th scope="col" key={name} className="cella-numero">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {righe.map((row) => (
            <tr key={row.etichetta}>
              <th scope="row">{row.etichetta}</th>
              {row.valori.map((value, i) => (
                <td key={serie[i]} className="cella-numero">
                  {scrivi(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Grafico(props: GraficoProps) {
  const { titolo, frase, serie, righe, forma, scrivi } = props
  const [tabella, setTabella] = useState(false)
  const id = useId()
  const totals = righe.map((row) => row.valori.reduce<number>((sum, value) => sum + (value ?? 0), 0))
  const massimo = Math.max(1, ...totals)
  const height = forma === 'colonne' ? HEIGHT + 22 : righe.length * BAR * 2
  return (
    <div className="barre">
      <p id={`${id}-frase`}>{frase}</p>
      {tabella ? (
        <TabellaDati {...props} />
      ) : (
        <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={titolo} aria-describedby={`${id}-frase`} className="barre-disegno">
          <Riempimenti id={id} quanti={serie.length} />
          {forma === 'colonne' ? (
            <Colonne id={id} righe={righe} massimo={massimo} />
          ) : (
            <Barrette id={id} righe={righe} massimo={massimo} scrivi={scrivi} />
          )}
        </svg>
      )}
      <div className="barre-piede">
        {forma === 'colonne' && serie.length > 1 ? (
          <ul className="barre-legenda">
            {serie.map((name, i) => (
              <li key={name}>
                <svg width="14" height="14" aria-hidden="true">
                  <rect width="14" height="14" fill={`url(#${id}-${i})`} className="grafico-parte" />
                </svg>{' '}
                {name}
              </li>
            ))}
          </ul>
        ) : (
          <span />
        )}
        <button type="button" className="collegamento" aria-pressed={tabella} onClick={() => setTabella(!tabella)}>
          {tabella ? t.nascondiTabella : t.mostraComeTabella}
        </button>
      </div>
    </div>
  )
}
