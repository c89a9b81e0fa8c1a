/** The sheet chosen for one message, and what follows each decision. */
import type { DettaglioMessaggio } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { FoglioNonCompetenza, FoglioPassa, FoglioUnisci } from './FogliCoda.tsx'
import { ScartaMessaggio } from './ScartaMessaggio.tsx'

export type FoglioMessaggio = 'unisci' | 'passa' | 'non-competenza' | 'scarta'

/** `esce`: it leaves the queue; `passato`: it stays, marked, and leaves only the list of who handed it over; `resta`: one goes on working on it. */
export interface Decisione {
  testo: string
  seguito: 'esce' | 'passato' | 'resta'
}

export interface FogliMessaggioProps {
  ente: string
  messaggio: DettaglioMessaggio
  foglio: FoglioMessaggio
  onChiudi: () => void
  onDeciso: (decisione: Decisione) => void
}

export function FogliMessaggio({ ente, messaggio, foglio, onChiudi, onDeciso }: FogliMessaggioProps) {
  const common = { ente, onChiudi }
  switch (foglio) {
    case 'unisci':
      return (
        <FoglioUnisci
          {...common}
          id={messaggio.id}
          proposto={messaggio.possibileDuplicato?.etichetta ?? ''}
          onUnito={(etichetta) => onDeciso({ testo: t.coda.unito(etichetta), seguito: 'esce' })}
        />
      )
    case 'passa':
      return (
        <FoglioPassa
          {...common}
          ids={[messaggio.id]}
          onPassati={({ fatti }) => onDeciso({ testo: t.coda.passatiSaltati(fatti, 0), seguito: 'passato' })}
        />
      )
    case 'non-competenza':
      return (
        <FoglioNonCompetenza
          {...common}
          id={messaggio.id}
          onDeciso={(scelta, quale) =>
            onDeciso(
              scelta === 'restituisci'
                ? { testo: t.coda.restituito(quale), seguito: 'esce' }
                : { testo: t.coda.daInoltrare(quale), seguito: 'resta' },
            )
          }
        />
      )
    case 'scarta':
      return (
        <ScartaMessaggio {...common} ids={[messaggio.id]} onScartati={() => onDeciso({ testo: t.messaggi.scartato, seguito: 'esce' })} />
      )
  }
}
