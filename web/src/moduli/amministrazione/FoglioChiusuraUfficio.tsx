/** Closing an office: who receives the work, from which day, by which act; what moves is shown before. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giornoItaliano, leggiGiorno, scriviGiorno } from '../../ui/date.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import type { Spostamenti, UfficioOrganigramma } from './dati.ts'

const T = t.amministrazione.organigramma

export interface FoglioChiusuraUfficioProps {
  ente: string
  ufficio: UfficioOrganigramma
  uffici: UfficioOrganigramma[]
  onChiudi: () => void
  onFatto: (testo: string) => void
}

export function FoglioChiusuraUfficio({ ente, ufficio, uffici, onChiudi, onFatto }: FoglioChiusuraUfficioProps) {
  const today = giornoItaliano(new Date())
  const [successoreId, setSuccessore] = useState('')
  const [dal, setDal] = useState(scriviGiorno(today))
  const [atto, setAtto] = useState('')
  const [nota, setNota] = useState('')
  const [errori, setErrori] = useState<{ successore?: string; dal?: string; atto?: string }>({})
  const preview = useQuery({
    queryKey: ['riorganizzazione', ente, ufficio.id, successoreId],
    queryFn: () =>
      chiama<Spostamenti>(api(ente, 'organizzazione', 'riorganizzazioni', 'anteprima'), {
        metodo: 'POST',
        corpo: { ufficioId: ufficio.id, successoreId },
      }),
    enabled: successoreId !== '',
  })
  const act = useMutation({
    mutationFn: (giorno: string) =>
      chiama<{ stato: string; esito: Spostamenti | null }>(api(ente, 'organizzazione', 'riorganizzazioni'), {
        metodo: 'POST',
        corpo: { ufficioId: ufficio.id, successoreId, dal: giorno, atto: atto.trim(), nota: nota.trim() },
      }),
    onSuccess: (result) => onFatto(result.esito === null ? T.programmata : T.eseguita(result.esito)),
  })
  function confirm(): void {
    const day = leggiGiorno(dal, today)
    const wrong = {
      ...(successoreId === '' ? { successore: T.scegliSuccessore } : {}),
      ...(day === null ? { dal: T.dataErrore } : {}),
      ...(atto.trim() === '' ? { atto: t.amministrazione.obbligatorio } : {}),
    }
    setErrori(wrong)
    if (Object.keys(wrong).length === 0 && day !== null) act.mutate(day)
  }
  return (
    <GuscioFoglio
      titolo={T.chiudiUfficio(ufficio.denominazione)}
      conferma={T.conferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <CampoScelta
        id="chiusura-successore"
        etichetta={T.successore}
        obbligatorio
        vuota="—"
        errore={errori.successore}
        valore={successoreId}
        opzioni={uffici.filter((u) => u.id !== ufficio.id).map((u) => ({ valore: u.id, testo: u.denominazione }))}
        onCambia={setSuccessore}
      />
      <CampoData id="chiusura-dal" etichetta={T.daQuando} obbligatorio errore={errori.dal} valore={dal} onCambia={setDal} />
      <CampoTesto id="chiusura-atto" etichetta={T.atto} obbligatorio errore={errori.atto} valore={atto} onCambia={setAtto} massimo={300} />
      <CampoTesto id="chiusura-nota" etichetta={T.nota} valore={nota} onCambia={setNota} righe={2} />
      <div role="status">{preview.data === undefined ? null : <EsitoBar tipo="info">{T.anteprima(preview.data)}</EsitoBar>}</div>
    </GuscioFoglio>
  )
}
