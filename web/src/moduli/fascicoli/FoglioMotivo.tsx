/** A change that must be explained: the reason stays in the history. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'

export interface FoglioMotivoProps {
  titolo: string
  invia: (motivo: string) => Promise<unknown>
  onChiudi: () => void
  onFatto: () => void
}

export function FoglioMotivo({ titolo, invia, onChiudi, onFatto }: FoglioMotivoProps) {
  const [motivo, setMotivo] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({ mutationFn: invia, onSuccess: onFatto })
  const confirm = (): void => (motivo.trim() === '' ? setErrore(t.fascicoli.motivoErrore) : act.mutate(motivo.trim()))
  return (
    <GuscioFoglio titolo={titolo} conferma={titolo} errore={act.error} inCorso={act.isPending} onConferma={confirm} onChiudi={onChiudi}>
      <CampoTesto id="motivo" etichetta={t.fascicoli.motivo} obbligatorio righe={3} valore={motivo} errore={errore} onCambia={setMotivo} />
    </GuscioFoglio>
  )
}
