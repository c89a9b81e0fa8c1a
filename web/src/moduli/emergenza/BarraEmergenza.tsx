/** The red bar of the shell while an emergency register is open, or while ordinary registration waits for a recovery. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { emergenza as t } from '../../testi/it-emergenza.ts'
import { giornoItaliano } from '../../ui/date.ts'
import { giornoEOra, ora } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { statoQuery } from './dati.ts'

function words(aperta: { causa: string; inizio: string }): string {
  const today = giornoItaliano(new Date(aperta.inizio)) === giornoItaliano(new Date())
  return today ? t.barra(ora(aperta.inizio), aperta.causa) : t.barraGiorno(giornoEOra(aperta.inizio), aperta.causa)
}

export function BarraEmergenza({ ente, conPagina }: { ente: string; conPagina: boolean }) {
  const { data } = useQuery(statoQuery(ente))
  if (data === undefined || (data.aperte.length === 0 && !data.sospeso)) return null
  return (
    <aside className="barra-emergenza" aria-label={t.titolo}>
      <Icona nome="warning-circle" />
      {data.aperte.map((aperta) => (
        <span key={aperta.registro}>
          {words(aperta)}
          {data.aperte.length > 1 ? ` (${aperta.registro}, ${aperta.sede})` : ''}
        </span>
      ))}
      {data.sospeso ? <span>{t.barraSospeso}</span> : null}
      {conPagina ? <Link to={`/${ente}/protocollo/emergenza`}>{t.vai}</Link> : null}
    </aside>
  )
}
