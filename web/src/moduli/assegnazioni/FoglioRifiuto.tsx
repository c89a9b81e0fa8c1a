/** Refusal: a reason, the right office when one knows it, a note for who receives it back. */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import type { RigaAssegnazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { destinazione, type Scelta } from '../protocollo/modulo.ts'
import { CampoUfficio } from '../protocollo/CampiRicerca.tsx'

export interface FoglioRifiutoProps {
  ente: string
  riga: RigaAssegnazione
  onChiudi: () => void
  onFatto: () => void
}

export function FoglioRifiuto({ ente, riga, onChiudi, onFatto }: FoglioRifiutoProps) {
  const [motivo, setMotivo] = useState('')
  const [ufficio, setUfficio] = useState<Scelta | null>(null)
  const [nota, setNota] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'assegnazioni', riga.id, 'rifiuto'), {
        metodo: 'POST',
        corpo: {
          motivo,
          ...(nota.trim() === '' ? {} : { nota: nota.trim() }),
          ...(ufficio === null ? {} : { ufficioId: destinazione(ufficio.id).ufficioId }),
        },
      }),
    onSuccess: onFatto,
  })
  useEffect(() => document.getElementById('rifiuto-motivo')?.focus(), [])
  const [erroreNota, setErroreNota] = useState<string | undefined>()
  function confirm(): void {
    if (motivo === '') return setErrore(t.assegnazioni.motivoErrore)
    if (motivo === 'altro' && nota.trim() === '') return setErroreNota(t.assegnazioni.notaErrore)
    act.mutate()
  }
  return (
    <GuscioFoglio
      titolo={t.assegnazioni.rifiutaTitolo(riga.registrazione.etichetta)}
      conferma={t.assegnazioni.rifiuta}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <CampoScelta
        id="rifiuto-motivo"
        etichetta={t.assegnazioni.motivo}
        obbligatorio
        vuota="—"
        valore={motivo}
        errore={errore}
        opzioni={t.assegnazioni.motivi.map((valore) => ({ valore, testo: valore.charAt(0).toUpperCase() + valore.slice(1) }))}
        onCambia={(value) => {
          setMotivo(value)
          setErrore(undefined)
        }}
      />
      <CampoUfficio id="rifiuto-ufficio" etichetta={t.assegnazioni.ufficioGiusto} ente={ente} valore={ufficio} onScelta={setUfficio} />
      <CampoTesto
        id="rifiuto-nota"
        etichetta={t.assegnazioni.nota}
        valore={nota}
        errore={erroreNota}
        obbligatorio={motivo === 'altro'}
        onCambia={setNota}
        righe={3}
      />
    </GuscioFoglio>
  )
}
