/** The time of one procedure on a line: from its start to its term, the stops hatched, today marked. The events beside it say the same in words. */
import { useId } from 'react'
import { t } from '../../testi/it.ts'
import { giornoItaliano } from '../../ui/date.ts'
import { giorno, giornoBreve } from '../../ui/formati.ts'
import type { Pratica } from './dati.ts'

const WIDTH = 520
const days = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000)

export function Tempo({ pratica }: { pratica: Pratica }) {
  const id = useId()
  const oggi = giornoItaliano(new Date())
  const end = pratica.conclusaIl ?? pratica.termine ?? oggi
  const last = [end, pratica.termine ?? end, pratica.conclusaIl === null ? oggi : end].reduce((a, b) => (a > b ? a : b))
  const span = Math.max(1, days(pratica.avvio, last))
  const x = (day: string): number => (Math.min(span, Math.max(0, days(pratica.avvio, day))) / span) * WIDTH
  const stops = pratica.eventi
    .filter((e) => e.vale && (e.fino !== null || e.aperto))
    .map((e) => ({ id: e.id, from: e.giorno, to: e.fino ?? last, nome: t.pratiche.eventi[e.tipo] ?? e.tipo }))
  const late = pratica.termine !== null && (pratica.conclusaIl ?? oggi) > pratica.termine
  return (
    <figure className="tempo">
      <figcaption id={id}>{t.pratiche.tempoFrase(giorno(pratica.avvio), giorno(pratica.termine) || '…')}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} 40`} role="img" aria-label={t.pratiche.tempo} aria-describedby={id} className="striscia-disegno">
        <rect x={0} y={8} width={x(pratica.termine ?? last)} height={12} className="striscia-termine" />
        {late && pratica.termine !== null ? (
          <rect x={x(pratica.termine)} y={8} width={x(last) - x(pratica.termine)} height={12} className="striscia-tardi" />
        ) : null}
        {stops.map((s) => (
          <rect key={s.id} x={x(s.from)} y={4} width={Math.max(2, x(s.to) - x(s.from))} height={20} className="tempo-sosta">
            <title>{`${s.nome}: ${giorno(s.from)} – ${giorno(s.to)}`}</title>
          </rect>
        ))}
        {pratica.conclusaIl === null ? <line x1={x(oggi)} x2={x(oggi)} y1={0} y2={28} className="striscia-oggi" /> : null}
        <text x={0} y={37} className="barre-testo">
          {giornoBreve(pratica.avvio)}
        </text>
        <text x={WIDTH} y={37} textAnchor="end" className="barre-testo">
          {giornoBreve(last)}
        </text>
      </svg>
    </figure>
  )
}
