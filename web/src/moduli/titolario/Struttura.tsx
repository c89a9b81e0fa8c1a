/** The place of a voice in a draft: add under it, rename, split, unite, close. Each act says where the voices come from. */
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { useAttoTitolario } from './atti.ts'
import type { Atto } from './atti.ts'
import type { Voce } from './dati.ts'

const testi = t.titolario.bozza

interface UnoProps {
  id: string
  etichetta: string
  azione: string
  errore?: string | undefined
  onInvia: (valore: string) => void
}

/** One field and its button. */
function Uno({ id, etichetta, azione, errore, onInvia }: UnoProps) {
  const [valore, setValore] = useState('')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (valore.trim() !== '') onInvia(valore.trim())
      }}
    >
      <CampoTesto id={id} etichetta={etichetta} valore={valore} onCambia={setValore} massimo={500} errore={errore} />
      <button type="submit" className="btn btn-outline-primary btn-xs">
        {azione}
      </button>
    </form>
  )
}

export function Struttura({ ente, bozzaId, voci, voce }: { ente: string; bozzaId: string; voci: readonly Voce[]; voce: Voce }) {
  const atto = useAttoTitolario(ente)
  const [errore, setErrore] = useState<string | undefined>(undefined)
  const bozza = (...pezzi: string[]): string => api(ente, 'titolario', 'bozze', bozzaId, ...pezzi)
  const send = (azione: Omit<Atto, 'riuscito'>): void => atto.mutate({ ...azione, riuscito: testi.fatto })
  const unite = (codice: string): void => {
    const other = voci.find((v) => v.codice === codice && v.id !== voce.id)
    setErrore(other === undefined ? testi.accorpaAssente : undefined)
    if (other !== undefined) send({ percorso: bozza('accorpamenti'), corpo: { voci: [other.id], inVoceId: voce.id } })
  }
  return (
    <details>
      <summary>{testi.azioni}</summary>
      <Uno
        id="campo-rinomina"
        etichetta={testi.rinomina}
        azione={testi.rinominaAzione}
        onInvia={(denominazione) => send({ percorso: bozza('voci', voce.id), metodo: 'PATCH', corpo: { denominazione } })}
      />
      <Uno
        id="campo-aggiungi"
        etichetta={testi.nome}
        azione={testi.aggiungi}
        onInvia={(denominazione) => send({ percorso: bozza('voci'), corpo: { padreId: voce.id, denominazione } })}
      />
      <Uno
        id="campo-dividi"
        etichetta={testi.dividi}
        azione={testi.dividiAzione}
        onInvia={(denominazione) =>
          send({ percorso: bozza('voci', voce.id, 'divisione'), corpo: { nuove: [{ denominazione }], mantieni: true } })
        }
      />
      <Uno id="campo-accorpa" etichetta={testi.accorpa} azione={testi.accorpaAzione} errore={errore} onInvia={unite} />
      {atto.error ? <EsitoProblema errore={atto.error} /> : null}
      <button
        type="button"
        className="btn btn-outline-danger btn-xs"
        disabled={atto.isPending}
        onClick={() => send({ percorso: bozza('voci', voce.id), metodo: 'DELETE' })}
      >
        {testi.chiudi}
      </button>
    </details>
  )
}
