/** The board over the list: offices by what is missing, causes, ages, the weeks gone by. Every number is a link to its list. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { t } from '../../testi/it.ts'
import { giorno, numero } from '../../ui/formati.ts'
import { Grafico } from '../../ui/Grafico.tsx'
import { Tabella } from '../../ui/Tabella.tsx'
import type { Colonna } from '../../ui/Tabella.tsx'
import { riepiloghiQuery, useFiltri } from './dati.ts'
import type { Filtri, Sintesi } from './dati.ts'

type Ufficio = Sintesi['uffici'][number]
type Mancanza = keyof Sintesi['mancanze']
const MANCANZE = Object.keys(t.arretrato.mancanze) as Mancanza[]
const scrivi = (value: number | null): string => numero(value ?? 0)

function Numero({ valore, filtri, etichetta }: { valore: number; filtri: Filtri; etichetta: string }) {
  const { verso } = useFiltri()
  if (valore === 0) return <>0</>
  return (
    <Link to={verso(filtri)} aria-label={`${numero(valore)}: ${etichetta}`}>
      {numero(valore)}
    </Link>
  )
}

function colonneUffici(soglie: Sintesi['soglie']): Colonna<Ufficio>[] {
  const column = (chiave: string, titolo: string, valore: (u: Ufficio) => number, filtri: Filtri): Colonna<Ufficio> => ({
    chiave,
    titolo,
    classe: 'cella-numero',
    cella: (u) => <Numero valore={valore(u)} filtri={{ ...filtri, ufficio: u.id }} etichetta={`${titolo}, ${u.denominazione}`} />,
  })
  return [
    { chiave: 'ufficio', titolo: t.arretrato.ufficio, intestazione: true, cella: (u) => u.denominazione },
    column('totale', t.arretrato.totaleColonna, (u) => u.totale, {}),
    ...MANCANZE.map((m) => column(m, t.arretrato.mancanze[m], (u) => u.mancanze[m], { mancanza: m })),
    column('oltre', t.arretrato.oltreResponsabile(soglie.giorniResponsabile), (u) => u.oltreResponsabile, { oltre: 'responsabile' }),
  ]
}

function PerUfficio({ dati }: { dati: Sintesi }) {
  return (
    <section className="riquadro">
      <h2>{t.arretrato.perUfficio}</h2>
      <p className="campo-aiuto">{t.arretrato.perUfficioAiuto}</p>
      <Tabella didascalia={t.arretrato.perUfficio} righe={dati.uffici} chiave={(u) => u.id} colonne={colonneUffici(dati.soglie)} />
    </section>
  )
}

function PerNome({ titolo, aiuto, righe }: { titolo: string; aiuto?: string; righe: { etichetta: string; valori: number[] }[] }) {
  const total = righe.reduce((sum, row) => sum + (row.valori[0] ?? 0), 0)
  return (
    <section className="riquadro">
      <h2>{titolo}</h2>
      {aiuto === undefined ? null : <p className="campo-aiuto">{aiuto}</p>}
      <Grafico
        titolo={titolo}
        frase={t.arretrato.frase(total)}
        voce={t.arretrato.voce}
        serie={[t.arretrato.documenti]}
        righe={righe}
        forma="barre"
        scrivi={scrivi}
      />
    </section>
  )
}

/** The pictures of the last weeks: of the whole AOO, or the sum of one's own offices. */
function Andamento({ ente }: { ente: string }) {
  const query = useQuery(riepiloghiQuery(ente))
  const rows = query.data ?? []
  const whole = rows.some((r) => r.ufficio === null)
  const weeks = Map.groupBy(
    rows.filter((r) => whole === (r.ufficio === null)),
    (r) => r.settimana,
  )
  const righe = [...weeks]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([settimana, own]) => ({ etichetta: giorno(settimana), valori: [own.reduce((sum, r) => sum + r.totale, 0)] }))
  if (righe.length === 0) return null
  return (
    <section className="riquadro">
      <h2>{t.arretrato.andamento}</h2>
      <p className="campo-aiuto">{t.arretrato.andamentoAiuto}</p>
      <Grafico
        titolo={t.arretrato.andamento}
        frase={t.arretrato.fraseAndamento(righe.at(-1)?.valori[0] ?? 0, righe[0]?.valori[0] ?? 0)}
        voce={t.arretrato.settimana}
        serie={[t.arretrato.documenti]}
        righe={righe}
        forma="colonne"
        scrivi={scrivi}
      />
    </section>
  )
}

/** How filing goes, in three numbers. */
export function Indicatori({ ente, dati }: { ente: string; dati: Sintesi['indicatori'] }) {
  return (
    <section className="riquadro">
      <h2>{t.arretrato.indicatori}</h2>
      <p className="campo-aiuto">{t.arretrato.indicatoriAiuto}</p>
      <dl className="numeri">
        <div>
          <dt>{t.arretrato.registrati}</dt>
          <dd>{numero(dati.registrati)}</dd>
        </div>
        <div>
          <dt>{t.arretrato.entroCinque}</dt>
          <dd>{t.arretrato.quota(dati.fascicolatiEntroCinqueGiorni, dati.registrati)}</dd>
        </div>
        <div>
          <dt>
            <Link to={`/${ente}/ricerca?q=${encodeURIComponent('class:XIV')}`}>{t.arretrato.diversi}</Link>
          </dt>
          <dd>{t.arretrato.quota(dati.inOggettiDiversi, dati.registrati)}</dd>
        </div>
      </dl>
    </section>
  )
}

export function Quadro({ ente, dati }: { ente: string; dati: Sintesi }) {
  return (
    <>
      <PerUfficio dati={dati} />
      <div className="riquadri">
        <PerNome
          titolo={t.arretrato.perCausa}
          aiuto={t.arretrato.perCausaAiuto}
          righe={dati.cause.map((c) => ({ etichetta: t.arretrato.cause[c.causa], valori: [c.totale] }))}
        />
        <PerNome
          titolo={t.arretrato.perEta}
          righe={dati.fasce.map((f) => ({ etichetta: t.arretrato.fasce[f.fascia], valori: [f.totale] }))}
        />
        <Andamento ente={ente} />
      </div>
    </>
  )
}
