/** The road of the items, drawn: how many stand at each state; the same numbers as a table one click away. */
import { useState } from 'react'
import { t } from '../../testi/it.ts'
import { numero } from '../../ui/formati.ts'
import type { Procedura } from './dati.ts'

const STRADA = [
  'PROPOSTO',
  'VERIFICATO',
  'RICHIESTO',
  'AUTORIZZATO',
  'ORDINATO',
  'DISTRUTTO_IN_CONSERVAZIONE',
  'DISTRUTTO_LOCALMENTE',
  'BACKUP_AGGIORNATI',
  'COMUNICATO',
] as const
const FUORI = ['SOSPESO_PER_VINCOLO', 'ESCLUSO', 'NON_AUTORIZZATO'] as const
const STEP = 26

/** In words, for who does not look at the drawing. */
export function fraseCammino(voci: Procedura['voci']): string {
  const found = [...STRADA, ...FUORI].filter((stato) => (voci[stato] ?? 0) > 0)
  if (found.length === 0) return t.scarto.nessunaVoce
  return found.map((stato) => `${t.scarto.stati[stato] ?? stato}: ${numero(voci[stato] ?? 0)}`).join('; ')
}

/** Small: dots joined by a line, full where items stand. */
export function CamminoPiccolo({ voci }: { voci: Procedura['voci'] }) {
  const frase = fraseCammino(voci)
  return (
    <>
      <svg width={STRADA.length * STEP} height="20" role="img" aria-label={frase}>
        <line x1="10" y1="10" x2={(STRADA.length - 1) * STEP + 10} y2="10" stroke="currentColor" strokeOpacity="0.35" />
        {STRADA.map((stato, i) => (
          <circle
            key={stato}
            cx={i * STEP + 10}
            cy="10"
            r={(voci[stato] ?? 0) > 0 ? 7 : 4}
            fill={(voci[stato] ?? 0) > 0 ? 'currentColor' : 'white'}
            stroke="currentColor"
          />
        ))}
      </svg>
      <small className="campo-perche">{frase}</small>
    </>
  )
}

const WIDTH = 560
const ROW = 26

/** Large: one bar for each state, with its number. */
export function Cammino({ voci }: { voci: Procedura['voci'] }) {
  const [tabella, setTabella] = useState(false)
  const rows = [...STRADA, ...FUORI.filter((stato) => (voci[stato] ?? 0) > 0)]
  const max = Math.max(1, ...rows.map((stato) => voci[stato] ?? 0))
  return (
    <section aria-label={t.scarto.cammino}>
      <h2>{t.scarto.cammino}</h2>
      {tabella ? (
        <table className="tabella">
          <caption className="visually-hidden">{t.scarto.cammino}</caption>
          <thead>
            <tr>
              <th scope="col">{t.scarto.stato}</th>
              <th scope="col" className="cella-numero">
                {t.scarto.quante}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((stato) => (
              <tr key={stato}>
                <th scope="row">{t.scarto.stati[stato]}</th>
                <td className="cella-numero">{numero(voci[stato] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <svg
          viewBox={`0 0 ${WIDTH} ${rows.length * ROW}`}
          style={{ width: '100%', maxWidth: WIDTH, height: 'auto' }}
          role="img"
          aria-label={fraseCammino(voci)}
        >
          {rows.map((stato, i) => (
            <g key={stato} transform={`translate(0 ${i * ROW})`}>
              <text x="0" y="17" fontSize="13" fill="currentColor">
                {t.scarto.stati[stato]}
              </text>
              <rect
                x="200"
                y="5"
                width={Math.max(1, ((voci[stato] ?? 0) / max) * 300)}
                height="15"
                fill="currentColor"
                fillOpacity="0.55"
              />
              <text x={208 + ((voci[stato] ?? 0) / max) * 300} y="17" fontSize="13" fill="currentColor">
                {numero(voci[stato] ?? 0)}
              </text>
            </g>
          ))}
        </svg>
      )}
      <p>
        <button type="button" className="btn btn-outline-primary btn-xs" aria-pressed={tabella} onClick={() => setTabella(!tabella)}>
          {tabella ? t.scarto.camminoDisegno : t.scarto.camminoTabella}
        </button>
      </p>
    </section>
  )
}
