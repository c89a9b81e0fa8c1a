/** The fields a text may use, with the value each has in this draft. A press writes it where the cursor is. */
import { useQuery } from '@tanstack/react-query'
import { t } from '../../testi/it.ts'
import { campiQuery, type Bozza, type Campo } from './dati.ts'

const asText = (campo: Campo): string =>
  campo.righe.length === 0
    ? `{{${campo.nome}}}`
    : `{{#${campo.nome}}}${campo.righe.map((riga) => `{{${riga}}}`).join(' ')} {{/${campo.nome}}}`

export interface CampiDisponibiliProps {
  ente: string
  bozza: Bozza
  onInserisci: ((testo: string) => void) | null
}

export function CampiDisponibili({ ente, bozza, onInserisci }: CampiDisponibiliProps) {
  const query = useQuery(campiQuery(ente, bozza.id, bozza.versione))
  const groups = [...new Set((query.data ?? []).map((campo) => campo.gruppo))]
  return (
    <details className="altri-dati">
      <summary>{t.bozze.campi}</summary>
      {groups.map((gruppo) => (
        <section key={gruppo}>
          <h3>{gruppo}</h3>
          <ul className="controlli">
            {(query.data ?? [])
              .filter((campo) => campo.gruppo === gruppo)
              .map((campo) => (
                <li key={campo.nome}>
                  <button
                    type="button"
                    className="collegamento"
                    aria-label={t.bozze.inserisci(campo.descrizione)}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => onInserisci?.(asText(campo))}
                  >
                    {campo.nome}
                  </button>{' '}
                  {campo.descrizione}: <em>{campo.valore ?? t.bozze.senzaValore}</em>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </details>
  )
}
