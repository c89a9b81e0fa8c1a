/** How a draft begins: template, fascicolo and office; a reply and a copy begin at once from their registration. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, compiAtto } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { CampoScelta } from '../../ui/Campo.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'
import { useRicerche } from '../protocollo/dati.ts'
import { modelliQuery, type Bozza } from './dati.ts'

export function NuovaBozza({ tipo }: { tipo: 'E' | 'U' | 'I' }) {
  const { slug, ente } = useEnte()
  const uffici = ente?.uffici ?? []
  const navigate = useNavigate()
  const [parametri] = useSearchParams()
  const risposta = parametri.get('risposta')
  const duplica = parametri.get('duplica')
  const [modello, setModello] = useState('')
  const [ufficio, setUfficio] = useState(uffici[0]?.id ?? '')
  const [fascicolo, setFascicolo] = useState<{ id: string; testo: string } | null>(null)
  const ricerche = useRicerche(slug)
  const modelli = useQuery({ ...modelliQuery(slug, false), enabled: tipo !== 'E' })
  const begin = useMutation({
    mutationFn: async () =>
      await compiAtto<Bozza>(`${slug}:bozza:${tipo}`, api(slug, 'bozze'), {
        tipo,
        ...(ufficio === '' || tipo === 'E' ? {} : { ufficioId: ufficio }),
        ...(modello === '' ? {} : { modelloId: modello }),
        ...(fascicolo === null ? {} : { fascicoloId: fascicolo.id }),
        ...(parametri.get('fascicolo') === null ? {} : { fascicoloId: parametri.get('fascicolo') }),
        ...(risposta === null ? {} : { rispostaA: risposta }),
        ...(duplica === null ? {} : { duplica }),
        ...(tipo === 'E' ? { dati: { dataArrivo: new Date().toISOString(), ...(duplica === null ? { mezzo: 'A_MANO' } : {}) } } : {}),
      }),
    onSuccess: (bozza) => void navigate(`/${slug}/bozze/${bozza.id}`, { replace: true }),
  })
  const { mutate } = begin
  const started = useRef(false)
  const atOnce = risposta !== null || duplica !== null || parametri.get('fascicolo') !== null || tipo === 'E'
  useEffect(() => {
    if (!atOnce || started.current) return
    started.current = true
    mutate()
  }, [atOnce, mutate])
  useScorciatoie({ 'Ctrl+Enter': () => mutate() })
  const i = t.bozze.inizia
  return (
    <div className="pagina pagina-stretta">
      <Titolo>{i.titoli[tipo]}</Titolo>
      {begin.error === null ? null : <EsitoProblema errore={begin.error} onRiprova={() => mutate()} />}
      {atOnce ? (
        <p role="status">{begin.error === null ? i.apertura : ''}</p>
      ) : (
        <form
          className="griglia-campi"
          onSubmit={(event) => {
            event.preventDefault()
            mutate()
          }}
        >
          <Combobox
            id="campo-fascicolo"
            etichetta={i.fascicolo}
            aiuto={i.fascicoloAiuto}
            chiave={['fascicoli', slug]}
            cerca={(testo) => ricerche.fascicoli(testo)}
            valore={fascicolo}
            onScelta={setFascicolo}
            segnaposto={t.scriviPerCercare}
          />
          {uffici.length > 1 ? (
            <CampoScelta
              id="campo-ufficio"
              etichetta={i.ufficio}
              valore={ufficio}
              opzioni={uffici.map((one) => ({ valore: one.id, testo: one.denominazione }))}
              onCambia={setUfficio}
            />
          ) : null}
          <CampoScelta
            id="campo-modello"
            etichetta={i.modello}
            valore={modello}
            vuota={i.nessunModello}
            opzioni={(modelli.data?.modelli ?? []).map((one) => ({ valore: one.id, testo: one.nome }))}
            onCambia={setModello}
          />
          <p className="azioni-pagina">
            <button type="submit" className="btn btn-primary btn-sm" aria-disabled={begin.isPending} aria-keyshortcuts="Control+Enter">
              {i.comincia} <kbd aria-hidden="true">Ctrl+Invio</kbd>
            </button>
          </p>
        </form>
      )}
    </div>
  )
}
