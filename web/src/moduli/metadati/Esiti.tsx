/** Findings of the rules in words, each with the page where its datum is. */
import { Link } from 'react-router'
import type { EsitoMetadati } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { Stato, type Tono } from '../../ui/Stato.tsx'

const TONES: Record<EsitoMetadati['esiti'][number]['gravita'], Tono> = { errore: 'male', avviso: 'attenzione', 'non-verificata': 'neutro' }

export function Esiti({ esiti }: { esiti: EsitoMetadati['esiti'] }) {
  return (
    <ul className="controlli">
      {esiti.map((item) => (
        <li key={item.regola + item.percorso + item.messaggio}>
          <Stato tono={TONES[item.gravita]}>{item.regola}</Stato> {item.messaggio}{' '}
          {item.riparazione === undefined ? null : item.riparazione.pagina === null ? (
            <small>{t.metadati.qui(item.riparazione.campo)}</small>
          ) : (
            <Link to={item.riparazione.pagina}>{t.metadati.sistema(item.riparazione.campo)}</Link>
          )}
        </li>
      ))}
    </ul>
  )
}
