/** The place of a voice in a draft: add under it, rename, split, unite, close. Each act says where the voices come from. */
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Uno } from './Modulini.tsx'
import { useAttoTitolario } from './atti.ts'
import type { Atto } from './atti.ts'
import type { Versione, Voce } from './dati.ts'

const testi = t.titolario.bozza

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

/** A draft as a whole: its name and beginning, and one more titolo. */
export function Bozza({ ente, versione }: { ente: string; versione: Versione }) {
  const [dati, setDati] = useState({ denominazione: versione.denominazione, dal: versione.dal, note: versione.note })
  const atto = useAttoTitolario(ente)
  const cambia = (nome: keyof typeof dati) => (valore: string) => setDati((prima) => ({ ...prima, [nome]: valore }))
  const bozza = (...pezzi: string[]): string => api(ente, 'titolario', 'bozze', versione.id, ...pezzi)
  return (
    <details className="riquadro">
      <summary>{testi.dati}</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          atto.mutate({ percorso: bozza(), metodo: 'PATCH', corpo: dati, riuscito: testi.fatto })
        }}
      >
        <CampoTesto
          id="campo-bozza-nome"
          etichetta={testi.denominazione}
          obbligatorio
          massimo={500}
          valore={dati.denominazione}
          onCambia={cambia('denominazione')}
        />
        <CampoData id="campo-bozza-dal" etichetta={testi.dal} aiuto={testi.dalAiuto} valore={dati.dal} onCambia={cambia('dal')} />
        <CampoTesto id="campo-bozza-note" etichetta={testi.note} righe={3} massimo={4000} valore={dati.note} onCambia={cambia('note')} />
        {atto.error ? <EsitoProblema errore={atto.error} /> : null}
        <button type="submit" className="btn btn-primary" disabled={atto.isPending}>
          {testi.salva}
        </button>
      </form>
      <Uno
        id="campo-titolo-nuovo"
        etichetta={testi.titoloNuovo}
        azione={testi.aggiungiTitolo}
        onInvia={(denominazione) =>
          atto.mutate({ percorso: bozza('voci'), corpo: { padreId: null, denominazione }, riuscito: testi.fatto })
        }
      />
    </details>
  )
}
