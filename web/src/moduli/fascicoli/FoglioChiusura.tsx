/** Closing: the checks first (what stops, what is good to know), then the outcome. The button names the object. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import { ESITI_CHIUSURA, type Fascicolo, type Rilievo, type VerificaChiusura } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giorno } from '../../ui/formati.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'

export interface FoglioChiusuraProps {
  ente: string
  fascicolo: Fascicolo
  onChiudi: () => void
  onFatto: () => void
  onConflitto: () => void
}

function Elenco({ ente, tipo, titolo, voci }: { ente: string; tipo: 'errore' | 'avviso'; titolo: string; voci: Rilievo[] }) {
  if (voci.length === 0) return null
  return (
    <EsitoBar tipo={tipo}>
      <strong>{titolo}</strong>
      <ul className="riepilogo-errori">
        {voci.map((voce) => (
          <li key={voce.codice + voce.messaggio}>
            {voce.messaggio}{' '}
            {voce.collegamento?.startsWith('/') ? (
              <Link to={voce.collegamento.startsWith(`/${ente}/`) ? voce.collegamento : `/${ente}${voce.collegamento}`}>
                {t.fascicoli.risolvi}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </EsitoBar>
  )
}

/** The outcome there can be when nothing else is said: a procedure ends with its final act, the others are concluded. */
function esitoProposto(fascicolo: Fascicolo, verifica: VerificaChiusura | undefined): string {
  if (verifica === undefined) return ''
  if (fascicolo.tipo !== 'procedimento amministrativo' || fascicolo.livello > 0) return 'conclusione'
  return verifica.avvisi.some((a) => a.codice === 'senza-provvedimento-finale') ? '' : 'provvedimento finale'
}

export function FoglioChiusura({ ente, fascicolo, onChiudi, onFatto, onConflitto }: FoglioChiusuraProps) {
  const [esito, setEsito] = useState('')
  const [nota, setNota] = useState('')
  const [forzatura, setForzatura] = useState('')
  const [errori, setErrori] = useState<{ esito?: string; forzatura?: string }>({})
  const verifica = useQuery({
    queryKey: ['verifica-chiusura', ente, fascicolo.id, fascicolo.versione],
    queryFn: () => chiama<VerificaChiusura>(api(ente, 'fascicoli', fascicolo.id, 'verifica-chiusura')),
    staleTime: 0,
  })
  const blockers = verifica.data?.bloccanti
  const scelto = esito === '' ? esitoProposto(fascicolo, verifica.data) : esito
  const forced = blockers !== undefined && blockers.length > 0 && blockers.every((item) => item.forzabile)
  const blocked = blockers === undefined || (blockers.length > 0 && !forced)
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'fascicoli', fascicolo.id, 'chiusura'), {
        metodo: 'POST',
        corpo: {
          versione: fascicolo.versione,
          esito: scelto,
          ...(nota.trim() === '' ? {} : { nota: nota.trim() }),
          ...(forced ? { motivoForzatura: forzatura.trim() } : {}),
        },
      }),
    onSuccess: onFatto,
    onError: (error) => {
      if (error instanceof Problema && error.stato === 409) onConflitto()
    },
  })
  const conflict = act.error instanceof Problema && act.error.stato === 409
  function confirm(): void {
    if (blocked || act.isPending) return
    const found = {
      ...(scelto === '' ? { esito: t.fascicoli.esitoErrore } : {}),
      ...(forced && forzatura.trim() === '' ? { forzatura: t.fascicoli.forzaturaErrore } : {}),
    }
    setErrori(found)
    const first = Object.keys(found)[0]
    if (first === undefined) act.mutate()
    else document.getElementById(`chiusura-${first}`)?.focus()
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
            <Elenco ente={ente} tipo="errore" titolo={t.fascicoli.bloccanti} voci={checks.bloccanti} />
            <Elenco ente={ente} tipo="avviso" titolo={t.fascicoli.avvisi} voci={checks.avvisi} />
            <p className="campo-aiuto">{t.fascicolo.dataChiusuraAiuto(giorno(checks.dataProposta))}</p>
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
        valore={scelto}
        errore={errori.esito}
        opzioni={ESITI_CHIUSURA.map((valore) => ({ valore, testo: t.fascicoli.esiti[valore] ?? valore }))}
        onCambia={(value) => {
          setEsito(value)
          setErrori({})
        }}
      />
      {forced ? (
        <CampoTesto
          id="chiusura-forzatura"
          etichetta={t.fascicoli.forzatura}
          obbligatorio
          righe={2}
          valore={forzatura}
          errore={errori.forzatura}
          onCambia={setForzatura}
        />
      ) : null}
      <CampoTesto id="chiusura-nota" etichetta={t.fascicoli.nota} valore={nota} onCambia={setNota} righe={3} />
    </GuscioFoglio>
  )
}
