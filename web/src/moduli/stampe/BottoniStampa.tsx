/** Prints of a registration: receipt, label, sealed segnatura. At the counter they can start by themselves, as the workstation or the ente chose. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Icona } from '../../ui/Icona.tsx'
import { preferenzaPostazione, ricordaPreferenza, stampaPdf } from './stampa.ts'
import type { Impostazioni } from './tipi.ts'

export interface BottoniStampaProps {
  ente: string
  registrazione: Pick<Registrazione, 'id' | 'etichetta'>
  /** True right after a registration at the counter: what the workstation chose is printed at once, and the choice is shown. */
  daSola?: boolean
}

export function BottoniStampa({ ente, registrazione, daSola = false }: BottoniStampaProps) {
  const puo = usePermessi()
  const annuncia = useAnnuncio()
  const [pdf, setPdf] = useState<string | null>(null)
  const [occupato, setOccupato] = useState(false)
  const [scelta, setScelta] = useState(() => preferenzaPostazione(globalThis.localStorage))
  const started = useRef<string | null>(null)
  const allowed = puo('stampe.leggi')
  const settings = useQuery({
    queryKey: ['impostazioni-stampe', ente],
    queryFn: () => chiama<Impostazioni>(api(ente, 'stampe', 'impostazioni')),
    enabled: allowed && daSola,
  })
  const automatica = scelta ?? settings.data?.stampaAutomatica ?? null

  async function stampa(nomi: readonly ('etichetta.pdf' | 'ricevuta.pdf')[]): Promise<void> {
    setOccupato(true)
    annuncia(t.stampe.inCorso)
    try {
      for (const nome of nomi) setPdf(await stampaPdf(api(ente, 'registrazioni', registrazione.id, nome)))
      annuncia(t.stampe.pronta)
    } catch {
      // The registration is done whatever the printer says (L. 241 art. 18-bis).
      annuncia(t.stampe.rifiutata, true)
    } finally {
      setOccupato(false)
    }
  }

  useEffect(() => {
    if (!daSola || automatica !== true || !allowed || started.current === registrazione.id) return
    started.current = registrazione.id
    void stampa(['etichetta.pdf', 'ricevuta.pdf'])
  })

  if (!allowed) return null
  return (
    <span className="bottoni-stampa" role="group" aria-label={t.stampe.gruppo}>
      <button
        type="button"
        className="btn btn-outline-primary btn-xs"
        aria-label={t.stampe.ricevutaDi(registrazione.etichetta)}
        aria-disabled={occupato}
        onClick={() => (occupato ? undefined : void stampa(['ricevuta.pdf']))}
      >
        <Icona nome="print" dimensione={16} /> {t.stampe.ricevuta}
      </button>
      <button
        type="button"
        className="btn btn-outline-primary btn-xs"
        aria-label={t.stampe.etichettaDi(registrazione.etichetta)}
        aria-disabled={occupato}
        onClick={() => (occupato ? undefined : void stampa(['etichetta.pdf']))}
      >
        <Icona nome="print" dimensione={16} /> {t.stampe.etichetta}
      </button>
      <a
        className="btn btn-outline-primary btn-xs"
        aria-label={t.stampe.segnaturaDi(registrazione.etichetta)}
        href={api(ente, 'registrazioni', registrazione.id, 'segnatura.xml')}
        download
      >
        <Icona nome="download" dimensione={16} /> {t.stampe.segnatura}
      </a>
      {pdf === null ? null : (
        <a href={pdf} target="_blank" rel="noreferrer">
          {t.stampe.apri}
        </a>
      )}
      {daSola && automatica !== null ? (
        <label className="bottoni-stampa-scelta">
          <input
            type="checkbox"
            checked={automatica}
            onChange={(event) => {
              // Chosen now, it holds from the next registration.
              started.current = registrazione.id
              ricordaPreferenza(globalThis.localStorage, event.target.checked)
              setScelta(event.target.checked)
            }}
          />{' '}
          {t.stampe.daSola}
        </label>
      ) : null}
    </span>
  )
}
