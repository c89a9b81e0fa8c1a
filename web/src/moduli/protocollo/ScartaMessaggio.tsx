/** "Non protocollare": one of the heads of documents exempt from registration, and a note. Restorable. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Finestra } from '../../ui/Finestra.tsx'

export interface ScartaMessaggioProps {
  ente: string
  id: string
  onChiudi: () => void
  onScartato: () => void
}

export function ScartaMessaggio({ ente, id, onChiudi, onScartato }: ScartaMessaggioProps) {
  const [voce, setVoce] = useState('')
  const [nota, setNota] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'messaggi', id, 'scarto'), {
        metodo: 'POST',
        corpo: { voce, ...(nota.trim() === '' ? {} : { nota: nota.trim() }) },
      }),
    onSuccess: onScartato,
  })
  function confirm(): void {
    if (voce === '') return setErrore(t.messaggi.voceScartoErrore)
    act.mutate()
  }
  return (
    <Finestra
      titolo={t.messaggi.scartaTitolo}
      onChiudi={onChiudi}
      onConferma={confirm}
      azioni={
        <>
          <button type="button" className="btn btn-primary btn-sm" onClick={confirm} disabled={act.isPending}>
            {t.messaggi.scartaConferma}
          </button>
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={onChiudi}>
            {t.annulla}
          </button>
        </>
      }
    >
      <p>{t.messaggi.scartaTesto}</p>
      {act.error === null ? null : <EsitoProblema errore={act.error} />}
      <CampoScelta
        id="scarto-voce"
        etichetta={t.messaggi.voceScarto}
        obbligatorio
        vuota="—"
        valore={voce}
        errore={errore}
        opzioni={t.messaggi.vociScarto.map((valore) => ({ valore, testo: valore.charAt(0).toUpperCase() + valore.slice(1) }))}
        onCambia={(value) => {
          setVoce(value)
          setErrore(undefined)
        }}
      />
      <CampoTesto id="scarto-nota" etichetta={t.messaggi.nota} valore={nota} onCambia={setNota} righe={2} />
    </Finestra>
  )
}
