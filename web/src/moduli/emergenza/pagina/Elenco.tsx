/** The rows of the interruption, each with its receipt. */
import { emergenza } from '../../../testi/it-emergenza.ts'
import { Tabella, type Colonna } from '../../../ui/Tabella.tsx'
import { nomeSoggetto } from '../../protocollo/soggetti.ts'
import { scriviIstante } from './campi.tsx'
import { codiceVerifica } from './formato.ts'
import type { Interruzione, RigaRegistro } from './regole.ts'
import type { DaStampare } from './Stampe.tsx'

const t = emergenza.pagina

/** How a row calls its correspondent. */
export function corrispondenteDi(riga: RigaRegistro): string {
  const first = riga.fatto.dati.corrispondenti[0]
  return first === undefined ? (riga.fatto.dati.ufficioMittente?.nome ?? '') : nomeSoggetto(first)
}

function colonneDi(onStampa: (cosa: DaStampare) => void): Colonna<RigaRegistro>[] {
  const titles = t.elenco.colonne
  return [
    { chiave: 'numero', titolo: titles.numero, intestazione: true, classe: 'cella-codice', cella: (r) => r.fatto.numero },
    { chiave: 'istante', titolo: titles.istante, classe: 'cella-data', cella: (r) => scriviIstante(r.fatto.istante) },
    { chiave: 'tipo', titolo: titles.tipo, cella: (r) => t.modulo.flussi[r.fatto.dati.flusso] },
    { chiave: 'corrispondente', titolo: titles.corrispondente, cella: corrispondenteDi },
    { chiave: 'oggetto', titolo: titles.oggetto, classe: 'cella-larga', cella: (r) => r.fatto.dati.oggetto },
    { chiave: 'codice', titolo: titles.codice, classe: 'cella-codice', cella: (r) => codiceVerifica(r.impronta) },
    {
      chiave: 'ricevuta',
      titolo: titles.ricevuta,
      cella: (r) => (
        <button
          type="button"
          className="btn btn-outline-primary btn-xs"
          aria-label={t.elenco.stampa(r.fatto.numero)}
          onClick={() => onStampa({ tipo: 'ricevuta', riga: r })}
        >
          {t.stampa.stampa}
        </button>
      ),
    },
  ]
}

export function Elenco({ interruzione, onStampa }: { interruzione: Interruzione; onStampa: (cosa: DaStampare) => void }) {
  return (
    <section className="emergenza-riquadro">
      <h2>{t.elenco.titolo}</h2>
      {interruzione.righe.length === 0 ? (
        <p>{t.elenco.vuoto}</p>
      ) : (
        <>
          <Tabella didascalia={t.elenco.titolo} colonne={colonneDi(onStampa)} righe={interruzione.righe} chiave={(r) => r.fatto.numero} />
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => onStampa({ tipo: 'registro', interruzione })}>
            {t.elenco.stampaRegistro}
          </button>
        </>
      )}
    </section>
  )
}
