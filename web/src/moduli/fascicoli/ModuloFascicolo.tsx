/** Fields of a new fascicolo. Subclass first: it is what the head of the office decides. */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { compiAtto, api } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { TIPI_FASCICOLO, type Fascicolo, type TipoFascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { Interruttore } from '../../ui/Interruttore.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { filtra } from '../../ui/parole.ts'
import { testoVoce, useRicerche } from '../protocollo/dati.ts'
import { nomeSoggetto } from '../protocollo/soggetti.ts'
import {
  erroriFascicolo,
  fascicoloIniziale,
  richiestaFascicolo,
  type ErroriFascicolo,
  type Partenza,
  type StatoFascicolo,
} from './nuovo.ts'

export interface ModuloFascicoloProps {
  ente: string
  partenza: Partenza
  /** Gives the sheet the action of its main button. */
  onPronto: (invia: () => void) => void
  onAperto: (fascicolo: Fascicolo) => void
}

function Procedimento({
  stato,
  errori,
  onCambia,
}: {
  stato: StatoFascicolo
  errori: ErroriFascicolo
  onCambia: (patch: Partial<StatoFascicolo>) => void
}) {
  if (stato.tipo !== 'procedimento amministrativo') return null
  return (
    <>
      <CampoTesto
        id="fascicolo-materia"
        etichetta={t.fascicoli.materia}
        obbligatorio
        valore={stato.materia}
        errore={errori.materia}
        onCambia={(materia) => onCambia({ materia })}
      />
      <CampoTesto
        id="fascicolo-denominazione"
        etichetta={t.fascicoli.denominazioneProcedimento}
        obbligatorio
        valore={stato.denominazione}
        errore={errori.denominazione}
        onCambia={(denominazione) => onCambia({ denominazione })}
      />
      <CampoTesto
        id="fascicolo-termineGiorni"
        etichetta={t.fascicoli.termineGiorni}
        larghezza="meta"
        valore={stato.termineGiorni}
        errore={errori.termineGiorni}
        onCambia={(termineGiorni) => onCambia({ termineGiorni })}
      />
    </>
  )
}

export function ModuloFascicolo({ ente, partenza, onPronto, onAperto }: ModuloFascicoloProps) {
  const { registrazione, classe, sottoclassi } = partenza
  const [stato, setStato] = useState<StatoFascicolo>(() => fascicoloIniziale(partenza))
  const [errori, setErrori] = useState<ErroriFascicolo>({})
  const ricerche = useRicerche(ente)
  const sessionOffice = useEnte().ente?.uffici[0]?.id
  const ufficioId =
    registrazione.assegnazioni.find((item) => item.tipo === 'competenza' && item.al === null)?.ufficio.id ?? sessionOffice ?? ''
  const latest = useRef(stato)
  latest.current = stato

  const act = useMutation({
    mutationFn: (corpo: unknown) => compiAtto<Fascicolo>(`${ente}:fascicolo:${registrazione.documento.id}`, api(ente, 'fascicoli'), corpo),
    onSuccess: onAperto,
  })
  const send = useRef(() => undefined as void)
  send.current = () => {
    if (act.isPending) return
    const found = erroriFascicolo(latest.current)
    setErrori(found)
    const first = Object.keys(found)[0]
    if (first === undefined) act.mutate(richiestaFascicolo(latest.current, registrazione, ufficioId))
    else document.getElementById(`fascicolo-${first}`)?.focus()
  }
  // The action reads the latest state by itself: it is given once.
  const ready = useRef(onPronto)
  useEffect(() => {
    ready.current(() => send.current())
    document.getElementById('fascicolo-voce')?.focus()
  }, [])
  function cambia(patch: Partial<StatoFascicolo>): void {
    setStato((before) => ({ ...before, ...patch }))
    setErrori((before) => Object.fromEntries(Object.entries(before).filter(([key]) => !(key in patch))))
  }
  const options = sottoclassi.length === 0 ? [classe] : sottoclassi
  const people = registrazione.tipo === 'U' ? registrazione.destinatari : registrazione.mittenti
  return (
    <section className="foglio-parte">
      <h3>{t.fascicoli.nuovo}</h3>
      {act.error === null ? null : <EsitoProblema errore={act.error} />}
      <dl className="dati">
        <div>
          <dt>{t.fascicoli.classe}</dt>
          <dd>{testoVoce(classe)}</dd>
        </div>
        <div>
          <dt>{t.fascicoli.interessati}</dt>
          <dd>{people.map(nomeSoggetto).join(', ')}</dd>
        </div>
      </dl>
      <div className="griglia-campi">
        <Combobox
          id="fascicolo-voce"
          etichetta={t.fascicoli.sottoclasse}
          obbligatorio
          chiave={['sottoclassi', ente, classe.id]}
          cerca={async (testo) => [
            {
              nome: '',
              opzioni: filtra(options, testo, (voce) => `${voce.codice} ${voce.etichetta} ${voce.denominazione}`).map((voce) => ({
                id: voce.id,
                testo: testoVoce(voce),
                dettaglio: t.fascicoli.anni(voce.conservazioneAnni),
              })),
            },
          ]}
          valore={stato.voce}
          errore={errori.voce}
          {...(sottoclassi.length === 0 ? { aiuto: t.fascicoli.senzaSottoclassi } : {})}
          onScelta={(voce) => {
            const full = options.find((item) => item.id === voce?.id)
            cambia({ voce, ...(full === undefined ? {} : { denominazione: full.denominazione }) })
          }}
        />
        <Combobox
          id="fascicolo-responsabile"
          etichetta={t.fascicoli.responsabileCampo}
          obbligatorio
          chiave={['persone', ente]}
          cerca={ricerche.persone}
          valore={stato.responsabile}
          errore={errori.responsabile}
          onScelta={(responsabile) => cambia({ responsabile })}
        />
        <CampoScelta
          id="fascicolo-tipo"
          etichetta={t.fascicoli.tipo}
          valore={stato.tipo}
          opzioni={TIPI_FASCICOLO.map((tipo) => ({ valore: tipo, testo: t.fascicoli.tipi[tipo] ?? tipo }))}
          onCambia={(tipo) => cambia({ tipo: tipo as TipoFascicolo })}
        />
        <Procedimento stato={stato} errori={errori} onCambia={cambia} />
        <CampoTesto
          id="fascicolo-oggetto"
          etichetta={t.fascicoli.oggetto}
          obbligatorio
          righe={2}
          massimo={500}
          valore={stato.oggetto}
          errore={errori.oggetto}
          onCambia={(oggetto) => cambia({ oggetto })}
        />
        <Interruttore
          id="fascicolo-visibile"
          etichetta={t.fascicoli.visibile}
          aiuto={t.fascicoli.visibileAiuto}
          valore={stato.visibile}
          onCambia={(visibile) => cambia({ visibile })}
        />
      </div>
    </section>
  )
}
