/** The items of a disposal: each whole fascicolo with its reason, dates, quantity, state and steps. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giorno, giornoEOra, peso } from '../../ui/formati.ts'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Stato } from '../../ui/Stato.tsx'
import type { Tono } from '../../ui/Stato.tsx'
import { Tabella } from '../../ui/Tabella.tsx'
import type { Colonna } from '../../ui/Tabella.tsx'
import { PER_PAGINA, vociQuery } from './dati.ts'
import type { Procedura, VoceScarto } from './dati.ts'

const s = t.scarto
type AlGesto = (cosa: 'escludi' | 'riprendi', voce: VoceScarto) => void

const TONI: Readonly<Record<string, Tono>> = {
  SOSPESO_PER_VINCOLO: 'attenzione',
  NON_AUTORIZZATO: 'male',
  ESCLUSO: 'neutro',
  COMUNICATO: 'buono',
}

function StatoVoce({ voce }: { voce: VoceScarto }) {
  return (
    <>
      <Stato tono={TONI[voce.stato] ?? 'attivo'}>{s.stati[voce.stato] ?? voce.stato}</Stato>
      {voce.motivo === null ? null : <small className="campo-perche">{voce.motivo}</small>}
      <details>
        <summary>{s.storia(voce.passi.length)}</summary>
        <ul>
          {voce.passi.map((p) => (
            <li
              key={`${p.il}-${p.a}`}
            >{`${giornoEOra(p.il)} ${s.stati[p.a] ?? p.a}, ${p.autore}${p.motivo === null ? '' : `: ${p.motivo}`}`}</li>
          ))}
        </ul>
      </details>
    </>
  )
}

function Gesti({ voce, onGesto }: { voce: VoceScarto; onGesto: AlGesto }) {
  const gesti = [
    ...(['PROPOSTO', 'VERIFICATO', 'SOSPESO_PER_VINCOLO'].includes(voce.stato) ? (['escludi'] as const) : []),
    ...(voce.stato === 'SOSPESO_PER_VINCOLO' && !voce.vincolata ? (['riprendi'] as const) : []),
  ]
  return (
    <>
      {gesti.map((cosa) => (
        <button
          type="button"
          key={cosa}
          className="btn btn-outline-primary btn-xs"
          aria-label={`${s[cosa]} ${voce.fascicolo.codice}`}
          onClick={() => onGesto(cosa, voce)}
        >
          {s[cosa]}
        </button>
      ))}
    </>
  )
}

const colonne = (ente: string, onGesto: AlGesto): Colonna<VoceScarto>[] => [
  {
    chiave: 'fascicolo',
    titolo: s.fascicolo,
    intestazione: true,
    cella: (v) => (
      <>
        <Link to={`/${ente}/fascicoli/${v.fascicolo.slug}`}>{v.fascicolo.codice}</Link>
        <small className="campo-perche">
          {[v.fascicolo.oggetto, v.riservata ? s.riservata : '', v.versata ? s.versata : ''].filter((x) => x !== '').join(' · ')}
        </small>
      </>
    ),
  },
  { chiave: 'voce', titolo: s.classificazione, cella: (v) => v.voce.codice },
  {
    chiave: 'perche',
    titolo: s.perche,
    cella: (v) => (
      <>
        {v.regola}
        <small className="campo-perche">{s.scaduta(giorno(v.scadenza))}</small>
      </>
    ),
  },
  { chiave: 'estremi', titolo: s.estremiCronologici, cella: (v) => `${giorno(v.estremi.dal)} - ${giorno(v.estremi.al)}` },
  {
    chiave: 'quantita',
    titolo: s.colonne.quantita,
    cella: (v) => `${s.quantita(v.documenti, v.file, peso(v.byte))}${v.trattenuti === 0 ? '' : `; ${s.trattenuti(v.trattenuti)}`}`,
  },
  { chiave: 'stato', titolo: s.stato, cella: (v) => <StatoVoce voce={v} /> },
  { chiave: 'azioni', titolo: s.colonne.azioni, cella: (v) => <Gesti voce={v} onGesto={onGesto} /> },
]

export function Voci({
  ente,
  dati,
  stato,
  pagina,
  onGesto,
}: {
  ente: string
  dati: Procedura
  stato: string
  pagina: string
  onGesto: AlGesto
}) {
  const query = useQuery(vociQuery(ente, dati.id, stato, pagina, JSON.stringify(dati.voci)))
  return (
    <Carica query={query} cosa={s.elenco} righe={6}>
      {(lista) =>
        lista.elementi.length === 0 ? (
          <Vuoto>{stato === '' ? s.nessunaVoce : s.nessunaVoceFiltro}</Vuoto>
        ) : (
          <>
            <Tabella didascalia={s.elenco} righe={lista.elementi} chiave={(v) => v.id} scorciatoie colonne={colonne(ente, onGesto)} />
            <Paginazione totale={lista.totale} perPagina={PER_PAGINA} />
          </>
        )
      }
    </Carica>
  )
}
