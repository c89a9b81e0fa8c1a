/** The list of what was found: hits marked, annulled records always marked as such, preview at the side. */
import { Link } from 'react-router'
import { t } from '../../testi/it.ts'
import { giorno, ora } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { TipoRegistrazione } from '../protocollo/colonne.tsx'
import { percorsoScheda } from '../protocollo/dati.ts'
import type { Pezzo, Trovata } from './dati.ts'

/** A text with what was searched for marked. */
export function Evidenza({ pezzi }: { pezzi: Pezzo[] }) {
  return (
    <>{pezzi.map((pezzo, index) => (pezzo.trovata ? <mark key={index}>{pezzo.testo}</mark> : <span key={index}>{pezzo.testo}</span>))}</>
  )
}

function Voce({ ente, trovata, scelta, onScegli }: { ente: string; trovata: Trovata; scelta: boolean; onScegli: (id: string) => void }) {
  const { riga, oggetto, corrispondente, estratto, estrazione } = trovata
  return (
    <li className={`trovata${scelta ? ' trovata-scelta' : ''}`}>
      <div className="trovata-testa">
        <Link className="trovata-numero" to={percorsoScheda(ente, riga.etichetta)}>
          {riga.etichetta}
        </Link>
        <span>
          {giorno(riga.istante)} {ora(riga.istante)}
        </span>
        <TipoRegistrazione tipo={riga.tipo} />
        {riga.riservata ? (
          <span>
            <Icona nome="lock" dimensione={14} /> {t.stati.riservata}
          </span>
        ) : null}
        {riga.annullata ? <Stato tono="male">{riga.annullamento ?? 'ANNULLATO'}</Stato> : null}
        <button
          type="button"
          className="btn btn-outline-primary btn-xs"
          aria-pressed={scelta}
          aria-label={t.ricerca.mostra(riga.etichetta)}
          onClick={() => onScegli(riga.id)}
        >
          {t.ricerca.anteprima}
        </button>
      </div>
      <p className={`trovata-oggetto${riga.annullata ? ' annullato' : ''}`}>
        <Evidenza pezzi={oggetto} />
      </p>
      <p className="trovata-dettagli">
        <Evidenza pezzi={corrispondente} />
        {riga.voce === null ? null : ` · ${riga.voce.codice} ${riga.voce.denominazione}`}
        {riga.ufficio === null ? null : ` · ${riga.ufficio}`}
        {riga.fascicolo === null ? null : ` · ${riga.fascicolo.slug}`}
      </p>
      {estratto === null ? null : (
        <p className="trovata-estratto">
          <Evidenza pezzi={estratto} />
        </p>
      )}
      {estrazione === 'senza-testo' ? <p className="trovata-nota">{t.ricerca.senzaTesto}</p> : null}
    </li>
  )
}

export interface TrovatiProps {
  ente: string
  elementi: Trovata[]
  scelta: string | null
  onScegli: (id: string) => void
}

export function Trovati({ ente, elementi, scelta, onScegli }: TrovatiProps) {
  return (
    <ol className="trovate" aria-label={t.ricerca.risultati}>
      {elementi.map((trovata) => (
        <Voce key={trovata.riga.id} ente={ente} trovata={trovata} scelta={scelta === trovata.riga.id} onScegli={onScegli} />
      ))}
    </ol>
  )
}
