/** Fascicoli other offices want to pass to mine: accepted with who answers for them, or refused. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import type { AltroFascicolo, MovimentoFascicolo } from '../../api/tipi-fascicolo.ts'
import { t } from '../../testi/it.ts'
import { giorno } from '../../ui/formati.ts'
import { useRicerche } from '../protocollo/dati.ts'
import { FoglioAtto } from './FoglioAtto.tsx'

const w = t.consegnaFascicolo
type Atteso = MovimentoFascicolo & { fascicolo: AltroFascicolo }

export function TrasferimentiAttesi({ ente, onFatto }: { ente: string; onFatto: (testo: string) => void }) {
  const ricerche = useRicerche(ente)
  const [scelto, setScelto] = useState<Atteso | null>(null)
  const query = useQuery({
    queryKey: ['trasferimenti-attesi', ente],
    queryFn: () => chiama<Atteso[]>(api(ente, 'fascicoli', 'trasferimenti')),
  })
  if (query.data === undefined || query.data.length === 0) return null
  return (
    <section className="riquadro">
      <h2>{t.scrivania.contatori.trasferimentiDaDecidere}</h2>
      <ul className="elenco-semplice">
        {query.data.map((m) => (
          <li key={m.id}>
            <strong>{m.fascicolo.codice}</strong> {m.fascicolo.oggetto} · {m.daUfficio?.denominazione} → {m.aUfficio?.denominazione} ·{' '}
            {giorno(m.richiestoIl)} <small>{m.motivo}</small>{' '}
            <button
              type="button"
              className="btn btn-primary btn-xs"
              aria-label={`${w.decidi}: ${m.fascicolo.codice}`}
              onClick={() => setScelto(m)}
            >
              {w.decidi}
            </button>
          </li>
        ))}
      </ul>
      {scelto === null ? null : (
        <FoglioAtto
          titolo={w.decidi}
          campi={[
            {
              id: 'accetta',
              etichetta: w.decisione,
              iniziale: 'si',
              opzioni: [
                { valore: 'si', testo: w.accetta },
                { valore: 'no', testo: w.rifiuta },
              ],
            },
            { id: 'responsabileId', etichetta: w.responsabile, cerca: ricerche.persone, chiave: ['persone', ente] },
            { id: 'nota', etichetta: t.nuovoFascicolo.note },
          ]}
          invia={(v) =>
            chiama(api(ente, 'fascicoli', scelto.fascicolo.id, 'trasferimenti', scelto.id, 'decisione'), {
              metodo: 'POST',
              corpo: {
                accetta: v['accetta'] === 'si',
                nota: v['nota'],
                ...(v['responsabileId'] === '' ? {} : { responsabileId: v['responsabileId'] }),
              },
            })
          }
          onChiudi={() => setScelto(null)}
          onFatto={() => {
            setScelto(null)
            onFatto(w.deciso)
          }}
        />
      )}
    </section>
  )
}
