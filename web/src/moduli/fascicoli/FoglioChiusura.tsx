/** Closing: the checks first (what stops, what is good to know), then the outcome. The button names the object. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import { ESITI_CHIUSURA, type Fascicolo, type VerificaChiusura } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'

export interface FoglioChiusuraProps {
  ente: string
  fascicolo: Fascicolo
  onChiudi: () => void
  onFatto: () => void
  onConflitto: () => void
}

function Elenco({ tipo, titolo, voci }: { tipo: 'errore' | 'avviso'; titolo: string; voci: VerificaChiusura['avvisi'] }) {
  if (voci.length === 0) return null
  return (
    <EsitoBar tipo={tipo}>
      <strong>{titolo}</strong>
      <ul className="riepilogo-errori">
        {voci.map((voce) => (
          <li key={voce.codice + voce.messaggio}>
            {voce.messaggio}{' '}
            {voce.collegamento?.startsWith('/') && !voce.collegamento.startsWith('/api/') ? (
              <Link to={voce.collegamento}>{t.fascicoli.risolvi}</Link>
            ) : null}
          </li>
        ))}
      </ul>
    </EsitoBar>
  )
}

export function FoglioChiusura({ ente, fascicolo, onChiudi, onFatto, onConflitto }: FoglioChiusuraProps) {
  const [esito, setEsito] = useState('')
  const [nota, setNota] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const verifica = useQuery({
    queryKey: ['verifica-chiusura', ente, fascicolo.id, fascicolo.versione],
    queryFn: () => chiama<VerificaChiusura>(api(ente, 'fascicoli', fascicolo.id, 'verifica-chiusura')),
    staleTime: 0,
  })
  const blocked = (verifica.data?.bloccanti.length ?? 1) > 0
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'fascicoli', fascicolo.id, 'chiusura'), {
        metodo: 'POST',
        corpo: { versione: fascicolo.versione, esito, ...(nota.trim() === '' ? {} : { nota: nota.trim() }) },
      }),
    onSuccess: onFatto,
    onError: (error) => {
      if (error instanceof Problema && error.stato === 409) onConflitto()
    },
  })
  const conflict = act.error instanceof Problema && act.error.stato === 409
  function confirm(): void {
    if (blocked || act.isPending) return
    if (esito === '') {
      setErrore(t.fascicoli.esitoErrore)
      document.getElementById('chiusura-esito')?.focus()
      return
    }
    act.mutate()
  }
  return (
    <GuscioFoglio
      titolo={t.fascicoli.chiudiTitolo(fascicolo.codice)}
      conferma={t.fascicoli.chiudiTitolo(fascicolo.codice)}
      errore={conflict ? null : act.error}
      inCorso={act.isPending || blocked}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      {conflict ? <EsitoBar tipo="avviso">{t.fascicoli.conflitto}</EsitoBar> : null}
      <Carica query={verifica} cosa={t.fascicoli.verifica} righe={4}>
        {(checks) => (
          <>
            <Elenco tipo="errore" titolo={t.fascicoli.bloccanti} voci={checks.bloccanti} />
            <Elenco tipo="avviso" titolo={t.fascicoli.avvisi} voci={checks.avvisi} />
            {checks.bloccanti.length === 0 && checks.avvisi.length === 0 ? (
              <EsitoBar tipo="riuscito">{t.fascicoli.tuttoBene}</EsitoBar>
            ) : null}
          </>
        )}
      </Carica>
      <CampoScelta
        id="chiusura-esito"
        etichetta={t.fascicoli.esito}
        obbligatorio
        vuota="—"
        valore={esito}
        errore={errore}
        opzioni={ESITI_CHIUSURA.map((valore) => ({ valore, testo: t.fascicoli.esiti[valore] ?? valore }))}
        onCambia={(value) => {
          setEsito(value)
          setErrore(undefined)
        }}
      />
      <CampoTesto id="chiusura-nota" etichetta={t.fascicoli.nota} valore={nota} onCambia={setNota} righe={3} />
    </GuscioFoglio>
  )
}
