/** Side sheets of the record: another office, another class (with the reason that stays in the history). */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Finestra } from '../../ui/Finestra.tsx'
import { CampoDestinatario } from './CampoDestinatario.tsx'
import { useRicerche } from './dati.ts'
import { destinazione, type Scelta } from './modulo.ts'

export interface FoglioProps {
  ente: string
  dati: Registrazione
  onChiudi: () => void
  onFatto: () => void
}

interface GuscioFoglioProps {
  titolo: string
  conferma: string
  errore: unknown
  inCorso: boolean
  onConferma: () => void
  onChiudi: () => void
  children: React.ReactNode
}

/** A sheet with one action. */
export function GuscioFoglio({ titolo, conferma, errore, inCorso, onConferma, onChiudi, children }: GuscioFoglioProps) {
  return (
    <Finestra
      titolo={titolo}
      forma="lato"
      onChiudi={onChiudi}
      onConferma={onConferma}
      azioni={
        <>
          <button type="button" className="btn btn-primary btn-sm" onClick={onConferma} disabled={inCorso}>
            {conferma} <kbd aria-hidden="true">Ctrl+Invio</kbd>
          </button>
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={onChiudi}>
            {t.annulla}
          </button>
        </>
      }
    >
      {errore === null ? null : <EsitoProblema errore={errore} />}
      {children}
    </Finestra>
  )
}

export function FoglioRiassegna({ ente, dati, onChiudi, onFatto }: FoglioProps) {
  const annuncia = useAnnuncio()
  const [chi, setChi] = useState<Scelta | null>(null)
  const [tipo, setTipo] = useState('competenza')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: (id: string) =>
      chiama(api(ente, 'registrazioni', dati.id, 'assegnazioni'), { metodo: 'POST', corpo: { ...destinazione(id), tipo } }),
    onSuccess: () => {
      annuncia(t.scheda.riassegnata)
      onFatto()
    },
  })
  const confirm = (): void => (chi === null ? setErrore(t.controlli.ufficio) : act.mutate(chi.id))
  return (
    <GuscioFoglio
      titolo={t.scheda.riassegna}
      conferma={t.modulo.assegna}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <CampoDestinatario
        ente={ente}
        id="riassegna-chi"
        valore={chi}
        errore={errore}
        onScelta={(value) => {
          setChi(value)
          setErrore(undefined)
        }}
      />
      <CampoScelta
        id="riassegna-tipo"
        etichetta={t.scheda.tipoAssegnazione}
        valore={tipo}
        onCambia={setTipo}
        opzioni={Object.entries(t.scheda.tipiAssegnazione).map(([valore, testo]) => ({ valore, testo }))}
      />
    </GuscioFoglio>
  )
}

export function FoglioClassifica({ ente, dati, onChiudi, onFatto }: FoglioProps) {
  const ricerche = useRicerche(ente)
  const annuncia = useAnnuncio()
  const [voce, setVoce] = useState<Scelta | null>(null)
  const [motivo, setMotivo] = useState('')
  const [errori, setErrori] = useState<{ voce?: string; motivo?: string }>({})
  const act = useMutation({
    mutationFn: (voceId: string) =>
      chiama(api(ente, 'registrazioni', dati.id, 'classificazione'), { metodo: 'POST', corpo: { voceId, motivo: motivo.trim() } }),
    onSuccess: () => {
      annuncia(t.scheda.riclassificata)
      onFatto()
    },
  })
  function confirm(): void {
    const found = {
      ...(voce === null ? { voce: t.controlli.voce } : {}),
      ...(motivo.trim() === '' ? { motivo: t.scheda.motivoErrore } : {}),
    }
    setErrori(found)
    if (voce !== null && found.motivo === undefined) act.mutate(voce.id)
  }
  return (
    <GuscioFoglio
      titolo={t.scheda.riclassifica}
      conferma={t.scheda.riclassifica}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <Combobox
        id="classifica-voce"
        etichetta={t.scheda.classificazione}
        obbligatorio
        chiave={['voci', ente]}
        cerca={ricerche.voci}
        valore={voce}
        errore={errori.voce}
        onScelta={setVoce}
      />
      <CampoTesto
        id="classifica-motivo"
        etichetta={t.scheda.motivo}
        obbligatorio
        valore={motivo}
        onCambia={setMotivo}
        errore={errori.motivo}
        righe={3}
      />
    </GuscioFoglio>
  )
}
