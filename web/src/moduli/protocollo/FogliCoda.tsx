/** Decisions on a message that are not its registration: joining it to what is already registered, handing it over, declaring it meant for others. */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { giornoItaliano } from '../../ui/date.ts'
import { GuscioFoglio } from './FogliScheda.tsx'
import { agisciSu, type EsitoGruppo } from './messaggi.ts'
import type { Scelta } from './modulo.ts'
import { leggiNumeroProtocollo } from './numero.ts'
import { CampoPersona } from './CampiRicerca.tsx'

function useFuoco(id: string): void {
  useEffect(() => document.getElementById(id)?.focus(), [id])
}

export interface FoglioUnisciProps {
  ente: string
  id: string
  /** The registration that looks like the same document, to start from. */
  proposto: string
  onChiudi: () => void
  onUnito: (etichetta: string) => void
}

/** Joins a message to a registration by its number: no new number is consumed. */
export function FoglioUnisci({ ente, id, proposto, onChiudi, onUnito }: FoglioUnisciProps) {
  const [numero, setNumero] = useState(proposto)
  const [nota, setNota] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: async ({ anno, numero }: { anno: string; numero: string }) => {
      const { id: registrazioneId, etichetta } = await chiama<Registrazione>(api(ente, 'registrazioni', anno, numero))
      await chiama(api(ente, 'messaggi', id, 'unione'), { metodo: 'POST', corpo: { registrazioneId, nota: nota.trim() } })
      return etichetta
    },
    onSuccess: onUnito,
    onError: (error) => {
      if (error instanceof Problema && error.stato === 404) setErrore(error.message)
    },
  })
  useFuoco('unisci-numero')
  function confirm(): void {
    const found = leggiNumeroProtocollo(numero, giornoItaliano(new Date()).slice(0, 4))
    if (found === null) return setErrore(t.coda.protocolloErrore)
    act.mutate(found)
  }
  return (
    <GuscioFoglio
      titolo={t.coda.unisciTitolo}
      conferma={t.coda.unisciConferma}
      errore={errore === undefined ? act.error : null}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <p>{t.coda.unisciTesto}</p>
      <CampoTesto
        id="unisci-numero"
        etichetta={t.coda.protocollo}
        aiuto={t.coda.protocolloAiuto}
        obbligatorio
        valore={numero}
        errore={errore}
        onCambia={(value) => {
          setNumero(value)
          setErrore(undefined)
        }}
      />
      <CampoTesto id="unisci-nota" etichetta={t.messaggi.nota} valore={nota} onCambia={setNota} righe={2} massimo={1000} />
    </GuscioFoglio>
  )
}

export interface FoglioPassaProps {
  ente: string
  ids: string[]
  onChiudi: () => void
  onPassati: (esito: EsitoGruppo) => void
}

/** Hands one or many messages to a colleague, with a note that he reads beside them. */
export function FoglioPassa({ ente, ids, onChiudi, onPassati }: FoglioPassaProps) {
  const [collega, setCollega] = useState<Scelta | null>(null)
  const [nota, setNota] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: (operatoreId: string) => agisciSu(ente, ids, 'passaggio', { operatoreId, nota: nota.trim() }),
    onSuccess: onPassati,
  })
  useFuoco('passa-collega')
  return (
    <GuscioFoglio
      titolo={ids.length === 1 ? t.coda.passaTitolo : t.coda.passaTitoloGruppo(ids.length)}
      conferma={t.coda.passaConferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => (collega === null ? setErrore(t.coda.collegaErrore) : act.mutate(collega.id))}
      onChiudi={onChiudi}
    >
      <CampoPersona
        id="passa-collega"
        etichetta={t.coda.collega}
        obbligatorio
        ente={ente}
        valore={collega}
        errore={errore}
        onScelta={(value) => {
          setCollega(value)
          setErrore(undefined)
        }}
      />
      <CampoTesto id="passa-nota" etichetta={t.coda.nota} valore={nota} onCambia={setNota} righe={3} massimo={1000} />
    </GuscioFoglio>
  )
}

/** What the ente does of what was meant for others. */
export type SceltaNonCompetenza = 'registra_e_inoltra' | 'restituisci'

export interface FoglioNonCompetenzaProps {
  ente: string
  id: string
  onChiudi: () => void
  onDeciso: (scelta: SceltaNonCompetenza, amministrazione: string) => void
}

/** Declares that a message was meant for another administration; the rule of the ente says what follows. */
export function FoglioNonCompetenza({ ente, id, onChiudi, onDeciso }: FoglioNonCompetenzaProps) {
  const [amministrazione, setAmministrazione] = useState('')
  const [nota, setNota] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: () =>
      chiama<{ scelta: SceltaNonCompetenza }>(api(ente, 'messaggi', id, 'non-competenza'), {
        metodo: 'POST',
        corpo: { amministrazione: amministrazione.trim(), nota: nota.trim() },
      }),
    onSuccess: ({ scelta }) => onDeciso(scelta, amministrazione.trim()),
  })
  useFuoco('competenza-amministrazione')
  return (
    <GuscioFoglio
      titolo={t.coda.nonCompetenzaTitolo}
      conferma={t.coda.conferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => (amministrazione.trim() === '' ? setErrore(t.coda.amministrazioneErrore) : act.mutate())}
      onChiudi={onChiudi}
    >
      <p>{t.coda.nonCompetenzaTesto}</p>
      <CampoTesto
        id="competenza-amministrazione"
        etichetta={t.coda.amministrazione}
        obbligatorio
        massimo={300}
        valore={amministrazione}
        errore={errore}
        onCambia={(value) => {
          setAmministrazione(value)
          setErrore(undefined)
        }}
      />
      <CampoTesto id="competenza-nota" etichetta={t.messaggi.nota} valore={nota} onCambia={setNota} righe={2} massimo={1000} />
    </GuscioFoglio>
  )
}
