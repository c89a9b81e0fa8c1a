/** Measured times: median and ninetieth percentile beside the term, drawn and as a table, with the open data. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { numero } from '../../ui/formati.ts'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { durateQuery } from './dati.ts'
import type { Durata } from './dati.ts'

const ROW = 34
const LEFT = 230
const WIDTH = 720

/** One line for each procedure: the bar reaches the median, the whisker the ninetieth percentile, the mark is the term. */
function Disegno({ righe }: { righe: Durata[] }) {
  const max = Math.max(1, ...righe.map((r) => Math.max(r.novantesimo ?? 0, r.termineGiorni)))
  const x = (days: number): number => LEFT + (days / max) * (WIDTH - LEFT - 20)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${righe.length * ROW + 8}`} role="img" aria-label={t.pratiche.durateTitolo} className="durate-disegno">
      {righe.map((r, i) => {
        const y = i * ROW + 8
        const name = r.procedimento.denominazione
        return (
          <g key={`${r.procedimento.id}-${r.anno}`}>
            <text x={LEFT - 8} y={y + 14} textAnchor="end" className="barre-testo">
              {`${name.length > 30 ? `${name.slice(0, 29)}…` : name} ${r.anno}`}
            </text>
            <rect
              x={LEFT}
              y={y + 3}
              width={x(r.mediana ?? 0) - LEFT}
              height={14}
              className={(r.mediana ?? 0) > r.termineGiorni ? 'striscia-tardi' : 'striscia-termine'}
            />
            <line x1={x(r.mediana ?? 0)} x2={x(r.novantesimo ?? 0)} y1={y + 10} y2={y + 10} className="striscia-base" />
            <line x1={x(r.novantesimo ?? 0)} x2={x(r.novantesimo ?? 0)} y1={y + 5} y2={y + 15} className="striscia-base" />
            <line x1={x(r.termineGiorni)} x2={x(r.termineGiorni)} y1={y} y2={y + 20} className="striscia-oggi">
              <title>{`${t.pratiche.termine}: ${r.termineGiorni}`}</title>
            </line>
          </g>
        )
      })}
    </svg>
  )
}

const colonne = (ente: string): Colonna<Durata>[] => {
  const c = t.pratiche.durateColonne
  const days = (chiave: string, titolo: string, valore: (d: Durata) => number | null): Colonna<Durata> => ({
    chiave,
    titolo,
    classe: 'cella-numero',
    cella: (d) => t.pratiche.giorniUnita(valore(d)),
  })
  return [
    {
      chiave: 'procedimento',
      titolo: c.procedimento,
      intestazione: true,
      cella: (d) => <Link to={`/${ente}/pratiche?procedimento=${d.procedimento.id}`}>{d.procedimento.denominazione}</Link>,
    },
    { chiave: 'anno', titolo: c.anno, cella: (d) => String(d.anno) },
    { chiave: 'conclusi', titolo: c.conclusi, classe: 'cella-numero', cella: (d) => numero(d.conclusi) },
    { chiave: 'inCorso', titolo: c.inCorso, classe: 'cella-numero', cella: (d) => numero(d.inCorso) },
    days('mediana', c.mediana, (d) => d.mediana),
    days('novantesimo', c.novantesimo, (d) => d.novantesimo),
    days('termine', c.termine, (d) => d.termineGiorni),
    { chiave: 'neiTermini', titolo: c.neiTermini, classe: 'cella-numero', cella: (d) => t.pratiche.percento(d.neiTermini) },
  ]
}

export function Component() {
  const { slug } = useEnte()
  const query = useQuery(durateQuery(slug))
  return (
    <div className="pagina">
      <Titolo>{t.pratiche.durateTitolo}</Titolo>
      <p>{t.pratiche.durateSotto}</p>
      <p>
        {t.pratiche.datiAperti}:{' '}
        {['csv', 'xml', 'json', 'rdf'].map((tipo) => (
          <span key={tipo}>
            <a href={`/api/v1/${slug}/trasparenza/tempi.${tipo}`}>{tipo.toUpperCase()}</a>{' '}
          </span>
        ))}
      </p>
      <Carica query={query} cosa={t.pratiche.durateTitolo} righe={8}>
        {(righe) => {
          const measured = righe.filter((r) => r.conclusi > 0)
          if (righe.length === 0) return <Vuoto icona="calendar">{t.pratiche.durateVuoto}</Vuoto>
          return (
            <>
              {measured.length === 0 ? null : (
                <section className="riquadro">
                  <p>{t.pratiche.durateFrase(measured.length)}</p>
                  <Disegno righe={measured.slice(0, 20)} />
                </section>
              )}
              <Tabella
                didascalia={t.pratiche.durateTitolo}
                righe={righe}
                chiave={(r) => `${r.procedimento.id}-${r.anno}`}
                colonne={colonne(slug)}
              />
            </>
          )
        }}
      </Carica>
    </div>
  )
}
