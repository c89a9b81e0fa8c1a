/** What the server says of a complete form before its number: warnings and registrations that may be of the same document. Nothing is blocked. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import type { VerificaDto } from '../../../../server/protocollo/schema/arrivo.ts'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giornoItaliano } from '../../ui/date.ts'
import { percorsoScheda } from './dati.ts'
import { errori, inRichiesta, type StatoModulo } from './modulo.ts'

const PAUSE = 900

export function VerificaDoppioni({ ente, stato }: { ente: string; stato: StatoModulo }) {
  const [fermo, setFermo] = useState<StatoModulo | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setFermo(stato), PAUSE)
    return () => clearTimeout(timer)
  }, [stato])
  const today = giornoItaliano(new Date())
  const body = fermo !== null && errori(fermo, today).length === 0 ? inRichiesta(fermo, today) : null
  const query = useQuery({
    queryKey: ['verifica', ente, body],
    queryFn: () => chiama<VerificaDto>(api(ente, 'registrazioni', 'verifica'), { metodo: 'POST', corpo: body }),
    enabled: body !== null,
    retry: false,
  })
  if (body === null || query.data === undefined) return null
  const { doppioni, avvisi } = query.data
  return (
    <div role="status">
      {doppioni.map((one) => (
        <EsitoBar key={one.registrazioneId} tipo="avviso">
          {t.modulo.doppione} <Link to={percorsoScheda(ente, one.etichetta)}>{one.etichetta}</Link> {one.oggetto} · {one.motivo}.{' '}
          {t.modulo.doppioneTesto}
        </EsitoBar>
      ))}
      {avvisi
        .filter((one) => one.campo !== 'oggetto')
        .map((one) => (
          <EsitoBar key={one.codice} tipo="info">
            {one.messaggio}
          </EsitoBar>
        ))}
    </div>
  )
}
