/** How deep fascicoli may be divided: the choice of who governs the archive. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta } from '../../ui/Campo.tsx'
import { PaginaAtti, useEsitoAtti } from '../../ui/PaginaAtti.tsx'

const w = t.consegnaFascicolo

interface Impostazioni {
  livelli: number
}

export function Component() {
  const { slug: ente } = useEnte()
  const puo = usePermessi()
  const chiave = ['livelli-fascicoli', ente]
  const esito = useEsitoAtti(chiave)
  const [scelta, setScelta] = useState<string | null>(null)
  const query = useQuery({ queryKey: chiave, queryFn: () => chiama<Impostazioni>(api(ente, 'fascicoli', 'impostazioni')) })
  const act = useMutation({
    mutationFn: (livelli: number) => chiama(api(ente, 'fascicoli', 'impostazioni'), { metodo: 'PUT', corpo: { livelli } }),
    onSuccess: () => esito.fatto(w.livelliSalvati),
  })
  return (
    <PaginaAtti titolo={w.livelli} testo={w.livelliTesto} esito={esito} errore={act.error}>
      <Carica query={query} cosa={w.livelli} righe={2}>
        {({ livelli }) => (
          <form
            className="modulo-stretto"
            onSubmit={(event) => {
              event.preventDefault()
              act.mutate(Number(scelta ?? livelli))
            }}
          >
            <CampoScelta
              id="livelli"
              etichetta={w.livelliScelta}
              valore={scelta ?? String(livelli)}
              opzioni={[
                { valore: '1', testo: w.livello1 },
                { valore: '2', testo: w.livello2 },
              ]}
              onCambia={setScelta}
            />
            {puo('titolario.gestisci') ? (
              <button type="submit" className="btn btn-primary btn-sm" disabled={act.isPending}>
                {w.salva}
              </button>
            ) : null}
          </form>
        )}
      </Carica>
    </PaginaAtti>
  )
}
