/** All the fields to correct, at once, each with the link that goes there. */
import { t } from '../../testi/it.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { vaiAlCampo } from './errori.ts'
import type { Avviso } from './modulo.ts'

export function RiepilogoErrori({ errori }: { errori: Avviso[] }) {
  if (errori.length === 0) return null
  return (
    <EsitoBar tipo="errore">
      <strong>{t.campiDaCorreggere(errori.length)}</strong>
      <ul className="riepilogo-errori">
        {errori.map((errore) => (
          <li key={errore.campo + errore.messaggio}>
            <a
              href={`#campo-${errore.campo}`}
              onClick={(event) => {
                event.preventDefault()
                vaiAlCampo(errore.campo)
              }}
            >
              {errore.messaggio}
            </a>
          </li>
        ))}
      </ul>
    </EsitoBar>
  )
}
