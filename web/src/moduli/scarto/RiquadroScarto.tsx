/** What the page of a fascicolo says of its holds and of its disposal; nothing where there is nothing to say. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { t } from '../../testi/it.ts'
import { giorno } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { fascicoloQuery } from './dati.ts'

const s = t.scarto

export function RiquadroScarto({ ente, fascicolo }: { ente: string; fascicolo: string }) {
  const { data } = useQuery(fascicoloQuery(ente, fascicolo))
  if (data === undefined || (data.vincoli.length === 0 && data.voce === null && data.scartato === null)) return null
  return (
    <section aria-label={s.riquadro}>
      {data.scartato === null ? null : (
        <p>
          <Icona nome="warning-circle" dimensione={16} /> <strong>{s.scartato(giorno(data.scartato.il), data.scartato.riferimento)}</strong>
        </p>
      )}
      {data.vincoli.map((v) => (
        <p key={`${v.tipo}-${v.dal}-${v.atto ?? ''}`}>
          <Icona nome="warning-circle" dimensione={16} />{' '}
          {s.vincolato(s.tipi[v.tipo] ?? v.tipo, s.periodo(giorno(v.dal), v.al === null ? null : giorno(v.al)))}
          {v.motivo === null ? '' : ` ${v.motivo} (${v.atto ?? ''})`}
        </p>
      ))}
      {data.voce === null ? null : (
        <p>
          <Link to={`/${ente}/scarto/procedure/${data.voce.proceduraId}`}>
            {s.inProcedura(data.voce.procedura, s.stati[data.voce.stato] ?? data.voce.stato)}
          </Link>
        </p>
      )}
    </section>
  )
}
