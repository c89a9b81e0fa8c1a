/** What a registration is tied to, and the deferral it was registered with. */
import { Link } from 'react-router'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giorno } from '../../ui/formati.ts'
import { percorsoScheda } from './dati.ts'

export function Collegamenti({ ente, dati }: { ente: string; dati: Registrazione }) {
  const { differimento } = dati
  return (
    <>
      {differimento === null ? null : (
        <EsitoBar tipo="info">
          {t.attiRegistro.differita(giorno(differimento.entroIl), differimento.autorizzazione, differimento.motivo)}
        </EsitoBar>
      )}
      {dati.collegamenti.length === 0 ? null : (
        <section aria-label={t.attiRegistro.collegamenti}>
          <h2>{t.attiRegistro.collegamenti}</h2>
          <ul className="elenco-piano">
            {dati.collegamenti.map((c) => (
              <li key={`${c.id}${c.tipo}${c.verso}`}>
                {t.attiRegistro.tipiCollegamento[c.tipo]?.[c.verso] ?? c.tipo}{' '}
                <Link to={percorsoScheda(ente, c.etichetta)}>{c.etichetta}</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
