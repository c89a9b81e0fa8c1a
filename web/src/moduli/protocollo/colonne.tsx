/** Columns of the register, used by the register itself and by the desk. */
import { Link } from 'react-router'
import type { RigaRegistro } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { giorno, ora } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { Stato, type Tono } from '../../ui/Stato.tsx'
import type { Colonna } from '../../ui/Tabella.tsx'
import { percorsoScheda } from './dati.ts'

const ARROWS = { E: 'arrow-right', U: 'arrow-left', I: 'exchange-circle' } as const

/** Entrata, uscita or interno: arrow and word. */
export function TipoRegistrazione({ tipo }: { tipo: 'E' | 'U' | 'I' }) {
  return (
    <span className="tipo">
      <Icona nome={ARROWS[tipo]} dimensione={14} /> {t.stati.tipo[tipo]}
    </span>
  )
}

/** 'da_prendere_in_carico', 'DaPrendere' … as words. */
function words(stato: string): string {
  const key = stato.toLowerCase().replaceAll('_', '-')
  const text = t.stati.registrazione[key] ?? stato.replaceAll(/[_-]/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function tone(stato: string): Tono {
  const value = stato.toLowerCase()
  if (value.includes('annull') || value.includes('rifiut')) return 'male'
  return value.includes('carico') && !value.includes('da') ? 'buono' : value.includes('fascicol') ? 'buono' : 'neutro'
}

export function colonneRegistro(ente: string): Colonna<RigaRegistro>[] {
  const titles = t.registro.colonne
  return [
    {
      chiave: 'numero',
      titolo: titles.numero,
      intestazione: true,
      classe: 'cella-codice',
      cella: (row) => (
        <>
          <Link to={percorsoScheda(ente, row.etichetta)}>{row.etichetta}</Link>
          {row.emergenza ? <small> {row.emergenza}</small> : null}
        </>
      ),
    },
    { chiave: 'data', titolo: titles.data, classe: 'cella-data', cella: (row) => `${giorno(row.istante)} ${ora(row.istante)}` },
    { chiave: 'tipo', titolo: titles.tipo, cella: (row) => <TipoRegistrazione tipo={row.tipo} /> },
    { chiave: 'corrispondente', titolo: titles.corrispondente, classe: 'cella-media', cella: (row) => row.corrispondente },
    {
      chiave: 'oggetto',
      titolo: titles.oggetto,
      classe: 'cella-larga',
      cella: (row) => (
        <span title={row.oggetto}>
          {row.riservata ? <Icona nome="lock" dimensione={14} etichetta={t.stati.riservata} /> : null} {row.oggetto}
          {row.annullamento === null ? null : <strong className="riga-annullata"> {row.annullamento}</strong>}
        </span>
      ),
    },
    { chiave: 'voce', titolo: titles.voce, cella: (row) => <span title={row.voce?.denominazione}>{row.voce?.codice ?? ''}</span> },
    {
      chiave: 'fascicolo',
      titolo: titles.fascicolo,
      classe: 'cella-codice',
      cella: (row) => (row.fascicolo === null ? '' : <Link to={`/${ente}/fascicoli/${row.fascicolo.slug}`}>{row.fascicolo.slug}</Link>),
    },
    { chiave: 'ufficio', titolo: titles.ufficio, classe: 'cella-media', cella: (row) => row.ufficio ?? '' },
    { chiave: 'stato', titolo: titles.stato, cella: (row) => <Stato tono={tone(row.stato)}>{words(row.stato)}</Stato> },
  ]
}
