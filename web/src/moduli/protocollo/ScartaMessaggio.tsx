/** "Non protocollare": one of the heads of documents exempt from registration, the type of the manual under it, and a note. Restorable. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { esclusioniQuery } from '../amministrazione/dati.ts'
import { GuscioFoglio } from './FogliScheda.tsx'
import { agisciSu, type EsitoGruppo } from './messaggi.ts'

export interface ScartaMessaggioProps {
  ente: string
  ids: string[]
  onChiudi: () => void
  onScartati: (esito: EsitoGruppo) => void
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export function ScartaMessaggio({ ente, ids, onChiudi, onScartati }: ScartaMessaggioProps) {
  const [voce, setVoce] = useState('')
  const [tipo, setTipo] = useState('')
  const [nota, setNota] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const esclusioni = useQuery(esclusioniQuery(ente))
  const tipi = esclusioni.data?.voci.find((item) => item.voce === voce)?.tipi ?? []
  const act = useMutation({
    mutationFn: () => agisciSu(ente, ids, 'scarto', { voce, nota: nota.trim(), ...(tipo === '' ? {} : { tipoEsclusioneId: tipo }) }),
    onSuccess: onScartati,
  })
  useEffect(() => document.getElementById('scarto-voce')?.focus(), [])
  function confirm(): void {
    if (voce === '') return setErrore(t.messaggi.voceScartoErrore)
    act.mutate()
  }
  return (
    <GuscioFoglio
      titolo={ids.length === 1 ? t.messaggi.scartaTitolo : t.coda.scartaTitoloGruppo(ids.length)}
      conferma={t.messaggi.scartaConferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <p>{t.messaggi.scartaTesto}</p>
      <CampoScelta
        id="scarto-voce"
        etichetta={t.messaggi.voceScarto}
        obbligatorio
        vuota="—"
        valore={voce}
        errore={errore}
        opzioni={t.messaggi.vociScarto.map((valore) => ({ valore, testo: capital(valore) }))}
        onCambia={(value) => {
          setVoce(value)
          setTipo('')
          setErrore(undefined)
        }}
      />
      {tipi.length === 0 ? null : (
        <CampoScelta
          id="scarto-tipo"
          etichetta={t.coda.tipo}
          vuota={t.coda.tipoNessuno}
          valore={tipo}
          opzioni={tipi.map((item) => ({ valore: item.id, testo: item.denominazione }))}
          onCambia={setTipo}
        />
      )}
      <CampoTesto id="scarto-nota" etichetta={t.messaggi.nota} valore={nota} onCambia={setNota} righe={2} massimo={1000} />
    </GuscioFoglio>
  )
}
