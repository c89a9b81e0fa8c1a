/** Outages of the service with start, end and cause. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, istanteItaliano, leggiGiorno } from '../../ui/date.ts'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Stato } from '../../ui/Stato.tsx'
import type { Interruzione } from './dati.ts'

const r = t.registroGiornaliero

export function Interruzioni({ ente, puo }: { ente: string; puo: boolean }) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [giorno, setGiorno] = useState('oggi')
  const [ora, setOra] = useState('')
  const [causa, setCausa] = useState('')
  const query = useQuery({ queryKey: ['interruzioni', ente], queryFn: () => chiama<Interruzione[]>(api(ente, 'interruzioni')) })
  const act = useMutation({
    mutationFn: ({ percorso, corpo }: { percorso: string; corpo: unknown }) => chiama(percorso, { metodo: 'POST', corpo }),
    onSuccess: async () => {
      annuncia(r.salvato)
      setCausa('')
      setOra('')
      await client.invalidateQueries({ queryKey: ['interruzioni', ente] })
    },
  })
  const record = (): void => {
    const day = leggiGiorno(giorno, giornoItaliano(new Date()))
    const inizio = day === null ? null : istanteItaliano(day, ora)
    act.mutate({ percorso: api(ente, 'interruzioni'), corpo: { inizio: inizio ?? '', causa } })
  }
  return (
    <section className="riquadro" aria-label={r.interruzioni}>
      <h2>{r.interruzioni}</h2>
      {act.error === null ? null : <EsitoProblema errore={act.error} />}
      <Carica query={query} cosa={r.interruzioni} righe={3}>
        {(list) => (
          <>
            {list.length === 0 ? <p>{r.nessunaInterruzione}</p> : null}
            <ul>
              {list.map((item) => (
                <li key={item.id}>
                  {giornoEOra(item.inizio)} – {item.fine === null ? r.inCorso : giornoEOra(item.fine)}: {item.causa}{' '}
                  {item.oltre24Ore ? <Stato tono="male">{r.oltre24}</Stato> : null}{' '}
                  {puo && item.fine === null ? (
                    <button
                      type="button"
                      className="btn btn-outline-primary btn-xs"
                      onClick={() =>
                        act.mutate({ percorso: api(ente, 'interruzioni', item.id, 'fine'), corpo: { fine: new Date().toISOString() } })
                      }
                    >
                      {r.chiudiInterruzione}
                    </button>
                  ) : null}
                </li>
              ))}
            </ul>
          </>
        )}
      </Carica>
      {puo ? (
        <>
          <CampoData id="int-giorno" etichetta={r.inizio} larghezza="meta" valore={giorno} onCambia={setGiorno} />
          <CampoTesto id="int-ora" etichetta={r.oraInizio} larghezza="meta" segnaposto="09:05" valore={ora} onCambia={setOra} />
          <CampoTesto id="int-causa" etichetta={r.causa} valore={causa} onCambia={setCausa} />
          <button type="button" className="btn btn-outline-primary btn-sm" disabled={act.isPending} onClick={record}>
            {r.registraInterruzione}
          </button>
        </>
      ) : null}
    </section>
  )
}
