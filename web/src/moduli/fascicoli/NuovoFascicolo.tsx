/** A new fascicolo on a page of its own: opened by who may, proposed by who may not, opened from a proposal by the head of the office. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { api, chiama, compiAtto } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { Problema } from '../../api/problema.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Registrazione } from '../../api/tipi.ts'
import type { PropostaApertura } from '../../api/tipi-fascicolo.ts'
import type { Fascicolo } from '../../api/tipi-messaggi.ts'
import { Titolo } from '../../app/Titolo.tsx'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'
import { operatoriQuery } from '../protocollo/dati.ts'
import { Campi } from './CampiNuovo.tsx'
import { CampiParti } from './CampiParti.tsx'
import {
  daProposta,
  daRegistrazione,
  erroriNuovo,
  richiestaNuovo,
  ufficioId,
  VUOTO,
  type ErroriNuovo,
  type StatoNuovo,
} from './pagina-nuovo.ts'

const n = t.nuovoFascicolo

interface Partenza {
  stato: StatoNuovo
  registrazione: Registrazione | null
  proposta: PropostaApertura | null
}

async function loadPartenza(
  ente: string,
  registrazioneId: string | null,
  propostaId: string | null,
  nomi: Map<string, string>,
): Promise<Partenza> {
  if (propostaId !== null) {
    const proposta = await chiama<PropostaApertura>(api(ente, 'fascicoli', 'proposte-apertura', propostaId))
    return { stato: daProposta(proposta, nomi), registrazione: null, proposta }
  }
  if (registrazioneId === null) return { stato: VUOTO, registrazione: null, proposta: null }
  const registrazione = await chiama<Registrazione>(api(ente, 'registrazioni', registrazioneId))
  return { stato: daRegistrazione(registrazione), registrazione, proposta: null }
}

function Modulo({ ente, partenza }: { ente: string; partenza: Partenza }) {
  const puo = usePermessi()
  const navigate = useNavigate()
  const { registrazione, proposta } = partenza
  const opens = puo('fascicoli.apri')
  const [stato, setStato] = useState(partenza.stato)
  const [errori, setErrori] = useState<ErroriNuovo>({})
  const act = useMutation({
    mutationFn: async () => {
      const dati = richiestaNuovo(stato)
      const documento = registrazione === null ? {} : { documentoId: registrazione.documento.id }
      if (proposta !== null)
        return await compiAtto<Fascicolo>(
          `${ente}:proposta:${proposta.id}`,
          api(ente, 'fascicoli', 'proposte-apertura', proposta.id, 'accettazione'),
          dati,
        )
      const corpo = { ...dati, ufficioId: ufficioId(stato.ufficio), ...documento }
      if (opens) return await compiAtto<Fascicolo>(`${ente}:fascicolo:nuovo`, api(ente, 'fascicoli'), corpo)
      await compiAtto(`${ente}:proposta:nuova`, api(ente, 'fascicoli', 'proposte-apertura'), { ...corpo, nota: stato.nota.trim() })
      return null
    },
    onSuccess: (fascicolo) => void navigate(fascicolo === null ? `/${ente}/fascicoli/proposte` : `/${ente}/fascicoli/${fascicolo.slug}`),
    onError: (error) => {
      if (error instanceof Problema) setErrori(Object.fromEntries(error.campi.map((c) => [c.campo, c.messaggio])))
    },
  })
  function send(): void {
    if (act.isPending) return
    const found = erroriNuovo(stato, !opens)
    setErrori(found)
    const first = Object.keys(found)[0]
    if (first === undefined) act.mutate()
    else document.getElementById(first)?.focus()
  }
  useScorciatoie({ 'Ctrl+Enter': send })
  const cambia = (patch: Partial<StatoNuovo>): void => {
    setStato((before) => ({ ...before, ...patch }))
    setErrori({})
  }
  const errore = (campo: string): string | undefined => errori[campo]
  const lists = { errore }
  return (
    <>
      {act.error === null ? null : <EsitoProblema errore={act.error} />}
      {opens ? null : <p>{n.testoProposta}</p>}
      {registrazione === null && proposta?.documento == null ? null : (
        <p className="campo-aiuto">
          {n.documento}: {registrazione?.etichetta ?? proposta?.documento?.etichetta}
        </p>
      )}
      {proposta === null || proposta.nota === '' ? null : (
        <p className="campo-aiuto">
          {proposta.propostaDa}: {proposta.nota}
        </p>
      )}
      <Campi ente={ente} stato={stato} bloccaUfficio={proposta !== null} errore={errore} onCambia={cambia} />
      <CampiParti
        {...lists}
        id="interessati"
        titolo={n.interessati}
        nome={n.interessato}
        aggiungi={n.aggiungiInteressato}
        valori={stato.interessati}
        onCambia={(interessati) => cambia({ interessati })}
      />
      <CampiParti
        {...lists}
        id="amministrazioniPartecipanti"
        titolo={n.partecipanti}
        nome={n.partecipante}
        aggiungi={n.aggiungiPartecipante}
        valori={stato.partecipanti}
        onCambia={(partecipanti) => cambia({ partecipanti })}
      />
      {opens ? null : (
        <CampoTesto id="nota" etichetta={t.proposteFascicolo.nota} righe={2} valore={stato.nota} onCambia={(nota) => cambia({ nota })} />
      )}
      <p className="azioni-pagina">
        <button type="button" className="btn btn-primary btn-sm" disabled={act.isPending} onClick={send}>
          {opens ? n.apri : n.proponi} <kbd aria-hidden="true">Ctrl+Invio</kbd>
        </button>
      </p>
    </>
  )
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()
  const [parametri] = useSearchParams()
  const registrazione = parametri.get('registrazione')
  const proposta = parametri.get('proposta')
  const operatori = useQuery(operatoriQuery(slug))
  const query = useQuery({
    queryKey: ['nuovo-fascicolo', slug, registrazione, proposta],
    enabled: operatori.data !== undefined,
    staleTime: Infinity,
    queryFn: () => loadPartenza(slug, registrazione, proposta, new Map((operatori.data ?? []).map((one) => [one.id, one.nome]))),
  })
  return (
    <div className="pagina pagina-stretta">
      <Titolo>{proposta === null ? (puo('fascicoli.apri') ? n.titolo : n.titoloProposta) : n.titoloAccetta}</Titolo>
      <Carica query={query} cosa={n.titolo} righe={10}>
        {(partenza) => <Modulo key={`${registrazione}${proposta}`} ente={slug} partenza={partenza} />}
      </Carica>
    </div>
  )
}
