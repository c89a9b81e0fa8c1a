/** Gives one or many documents to an office or a person, with a note that goes with them. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoDestinatario } from '../protocollo/CampoDestinatario.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { destinazione, type Scelta } from '../protocollo/modulo.ts'

export interface EsitoGruppo {
  fatti: number
  saltati: { id: string; motivo: string }[]
}

export interface FoglioAssegnaProps {
  ente: string
  ids: string[]
  onChiudi: () => void
  onFatto: (esito: EsitoGruppo) => void
}

export function FoglioAssegna({ ente, ids, onChiudi, onFatto }: FoglioAssegnaProps) {
  const [chi, setChi] = useState<Scelta | null>(null)
  const [nota, setNota] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: (id: string) =>
      chiama<EsitoGruppo>(api(ente, 'assegnazioni', 'riassegnazione'), {
        metodo: 'POST',
        corpo: { ids, ...destinazione(id), nota: nota.trim() },
      }),
    onSuccess: onFatto,
  })
  return (
    <GuscioFoglio
      titolo={t.assegnazioni.assegnaTitolo(ids.length)}
      conferma={t.modulo.assegna}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => (chi === null ? setErrore(t.controlli.ufficio) : act.mutate(chi.id))}
      onChiudi={onChiudi}
    >
      <CampoDestinatario
        ente={ente}
        id="assegna-chi"
        valore={chi}
        errore={errore}
        onScelta={(value) => {
          setChi(value)
          setErrore(undefined)
        }}
      />
      <CampoTesto id="assegna-nota" etichetta={t.assegnazioni.nota} valore={nota} onCambia={setNota} righe={3} />
    </GuscioFoglio>
  )
}
