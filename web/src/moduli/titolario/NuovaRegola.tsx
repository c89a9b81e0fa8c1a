/** A rule of the piano di conservazione with the act that approved it. */
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { useAttoTitolario } from './atti.ts'
import type { Piano } from './dati.ts'

const testi = t.titolario.conservazione
const VUOTA = { codice: '', tipologia: '', tipoFascicolo: '', anni: '', condizione: '', decorrenza: 'chiusura', atto: '', approvataIl: '' }

export function NuovaRegola({ ente, piano }: { ente: string; piano: Piano }) {
  const [dati, setDati] = useState(VUOTA)
  const [sfoltimento, setSfoltimento] = useState(false)
  const [errore, setErrore] = useState<string | undefined>(undefined)
  const atto = useAttoTitolario(ente, () => setDati(VUOTA))
  const campo = (nome: keyof typeof VUOTA) => ({
    id: `campo-regola-${nome}`,
    valore: dati[nome],
    onCambia: (valore: string) => setDati((prima) => ({ ...prima, [nome]: valore })),
  })
  function submit(): void {
    const voce = piano.righe.find((r) => r.codice === dati.codice.trim().toUpperCase())
    setErrore(voce === undefined ? testi.voceAssente : undefined)
    if (voce === undefined) return document.getElementById('campo-regola-codice')?.focus()
    const orNull = (valore: string): string | null => (valore.trim() === '' ? null : valore.trim())
    atto.mutate({
      percorso: api(ente, 'piano-di-conservazione', 'regole'),
      corpo: {
        voceId: voce.voceId,
        tipologia: orNull(dati.tipologia),
        tipoFascicolo: orNull(dati.tipoFascicolo),
        anni: dati.anni.trim() === '' ? null : Number(dati.anni),
        condizione: orNull(dati.condizione),
        decorrenza: dati.decorrenza,
        sfoltimento,
        atto: dati.atto,
        approvataIl: dati.approvataIl,
      },
      riuscito: testi.salvata,
    })
  }
  return (
    <details className="riquadro">
      <summary>{testi.nuova}</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <CampoTesto etichetta={testi.voce} errore={errore} obbligatorio {...campo('codice')} />
        <CampoTesto etichetta={testi.tipologia} {...campo('tipologia')} />
        <CampoScelta
          etichetta={testi.tipoFascicolo}
          vuota={testi.tipoTutti}
          opzioni={Object.entries(t.titolario.voce.tipiNomi).map(([valore, testo]) => ({ valore, testo }))}
          {...campo('tipoFascicolo')}
        />
        <CampoTesto etichetta={testi.anniCampo} aiuto={testi.anniAiuto} tipo="number" {...campo('anni')} />
        <CampoTesto etichetta={testi.condizione} {...campo('condizione')} />
        <CampoScelta
          etichetta={testi.decorrenza}
          opzioni={Object.entries(testi.decorrenze).map(([valore, testo]) => ({ valore, testo }))}
          {...campo('decorrenza')}
        />
        <label className="spunta">
          <input type="checkbox" checked={sfoltimento} onChange={(event) => setSfoltimento(event.target.checked)} /> {testi.sfoltimento}
        </label>
        <CampoTesto etichetta={testi.atto} obbligatorio {...campo('atto')} />
        <CampoData etichetta={testi.approvataIl} obbligatorio {...campo('approvataIl')} />
        {atto.error ? <EsitoProblema errore={atto.error} /> : null}
        <button type="submit" className="btn btn-primary" disabled={atto.isPending}>
          {testi.salva}
        </button>
      </form>
    </details>
  )
}
