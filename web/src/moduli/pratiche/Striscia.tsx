/** The days around today as a strip: a column for each day, as high as the terms that fall on it; the same numbers as a table. */
import { useId, useState } from 'react'
import { t } from '../../testi/it.ts'
import { giorno, giornoBreve, numero } from '../../ui/formati.ts'
import { giornoItaliano } from '../../ui/date.ts'
import type { Scadenzario } from './dati.ts'

const SLOT = 12
const HEIGHT = 64

function Disegno({ giorni, oggi, id }: { giorni: Scadenzario['striscia']; oggi: string; id: string }) {
  const max = Math.max(1, ...giorni.map((g) => g.termini))
  const width = giorni.length * SLOT
  return (
    <svg
      viewBox={`0 0 ${width} ${HEIGHT + 20}`}
      role="img"
      aria-label={t.pratiche.striscia}
      aria-describedby={id}
      className="striscia-disegno"
    >
      {giorni.map((g, i) => {
        const height = (g.termini / max) * (HEIGHT - 10)
        const x = i * SLOT
        return (
          <g key={g.giorno}>
            {g.lavorativo ? null : <rect x={x} y={0} width={SLOT} height={HEIGHT} className="striscia-festivo" />}
            {g.giorno === oggi ? <line x1={x + SLOT / 2} x2={x + SLOT / 2} y1={0} y2={HEIGHT} className="striscia-oggi" /> : null}
            {g.termini === 0 ? null : (
              <rect
                x={x + 2}
                y={HEIGHT - height}
                width={SLOT - 4}
                height={height}
                className={g.giorno < oggi ? 'striscia-tardi' : 'striscia-termine'}
              >
                <title>{`${giorno(g.giorno)}: ${g.termini}`}</title>
              </rect>
            )}
            {i % 10 === 4 ? (
              <text x={x + SLOT / 2} y={HEIGHT + 15} textAnchor="middle" className="barre-testo">
                {giornoBreve(g.giorno)}
              </text>
            ) : null}
          </g>
        )
      })}
      <line x1={0} x2={width} y1={HEIGHT} y2={HEIGHT} className="striscia-base" />
    </svg>
  )
}

export function Striscia({ giorni }: { giorni: Scadenzario['striscia'] }) {
  const [tabella, setTabella] = useState(false)
  const id = useId()
  const oggi = giornoItaliano(new Date())
  const late = giorni.filter((g) => g.giorno < oggi).reduce((sum, g) => sum + g.termini, 0)
  const total = giorni.reduce((sum, g) => sum + g.termini, 0)
  return (
    <section className="riquadro">
      <h2>{t.pratiche.striscia}</h2>
      <p id={id}>{t.pratiche.strisciaFrase(total - late, late)}</p>
      {tabella ? (
        <div className="tabella-scorre" role="region" tabIndex={0} aria-label={t.pratiche.striscia}>
          <table className="tabella">
            <caption className="visually-hidden">{t.pratiche.striscia}</caption>
            <thead>
              <tr>
                <th scope="col">{t.pratiche.giorno}</th>
                <th scope="col" className="cella-numero">
                  {t.pratiche.termini}
                </th>
              </tr>
            </thead>
            <tbody>
              {giorni
                .filter((g) => g.termini > 0)
                .map((g) => (
                  <tr key={g.giorno}>
                    <th scope="row">
                      {giorno(g.giorno)}
                      {g.lavorativo ? '' : ` (${t.pratiche.nonLavorativo})`}
                    </th>
                    <td className="cella-numero">{numero(g.termini)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      ) : (
        <Disegno giorni={giorni} oggi={oggi} id={id} />
      )}
      <button type="button" className="collegamento" aria-pressed={tabella} onClick={() => setTabella(!tabella)}>
        {tabella ? t.pratiche.disegno : t.pratiche.tabella}
      </button>
    </section>
  )
}
