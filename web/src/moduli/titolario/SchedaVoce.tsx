/** What a voice carries, and its form; in a draft also its place in the tree. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { giorno } from '../../ui/formati.ts'
import { CampoData } from '../../ui/CampoData.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { ufficiQuery } from '../protocollo/dati.ts'
import { ConMotivo } from './Modulini.tsx'
import { Struttura } from './Struttura.tsx'
import { useAttoTitolario } from './atti.ts'
import { righe, tempo } from './dati.ts'
import type { Versione, Voce } from './dati.ts'

const testi = t.titolario.voce
type Tipo = keyof typeof testi.tipiNomi
type Accesso = keyof typeof testi.accessi
const opzioni = (nomi: Readonly<Record<string, string>>) => Object.entries(nomi).map(([valore, testo]) => ({ valore, testo }))

function Lettura({ voce }: { voce: Voce }) {
  const shown: readonly [string, string][] = [
    [testi.descrizione, voce.descrizione],
    [testi.note, voce.noteUso],
    [testi.parole, voce.paroleChiave.join(', ')],
    [testi.esempi, voce.esempi.join('; ')],
    [testi.ufficio, voce.ufficioPredefinito?.denominazione ?? testi.ufficioVuoto],
    [testi.tipi, voce.tipiFascicolo.length === 0 ? testi.tipiTutti : voce.tipiFascicolo.map((x) => testi.tipiNomi[x as Tipo]).join(', ')],
    [testi.obbligatoria, voce.sottoclasseObbligatoria ? testi.si : testi.no],
    [testi.accesso, voce.accessoPredefinito === null ? testi.accessoVuoto : testi.accessi[voce.accessoPredefinito as Accesso]],
    [testi.conservazione, tempo(voce.conservazioneAnni, null)],
    [testi.origini, voce.origini.map((o) => `${t.titolario.origini[o.tipo]} ${o.codice} ${o.denominazione}`).join('; ')],
  ]
  return (
    <dl className="coppie">
      {shown.map(([nome, valore]) => (
        <div key={nome}>
          <dt>{nome}</dt>
          <dd>{valore === '' ? testi.niente : valore}</dd>
        </div>
      ))}
    </dl>
  )
}

function Modulo({ ente, voce }: { ente: string; voce: Voce }) {
  const [dati, setDati] = useState({
    descrizione: voce.descrizione,
    noteUso: voce.noteUso,
    parole: voce.paroleChiave.join('\n'),
    esempi: voce.esempi.join('\n'),
    accesso: voce.accessoPredefinito ?? '',
    obbligatoria: voce.sottoclasseObbligatoria,
    tipi: voce.tipiFascicolo,
    ufficio: voce.ufficioPredefinito?.id ?? '',
  })
  const uffici = useQuery(ufficiQuery(ente))
  const atto = useAttoTitolario(ente)
  const cambia = (parte: Partial<typeof dati>): void => setDati((prima) => ({ ...prima, ...parte }))
  const toggle = (tipo: string): void =>
    cambia({ tipi: dati.tipi.includes(tipo) ? dati.tipi.filter((x) => x !== tipo) : [...dati.tipi, tipo] })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        atto.mutate({
          percorso: api(ente, 'titolario', 'voci', voce.id, 'aiuti'),
          metodo: 'PUT',
          corpo: {
            descrizione: dati.descrizione,
            noteUso: dati.noteUso,
            paroleChiave: righe(dati.parole),
            esempi: righe(dati.esempi),
            accessoPredefinito: dati.accesso === '' ? null : dati.accesso,
            sottoclasseObbligatoria: dati.obbligatoria,
            tipiFascicolo: dati.tipi,
            ufficioPredefinitoId: dati.ufficio === '' ? null : dati.ufficio,
          },
          riuscito: testi.salvata,
        })
      }}
    >
      <CampoTesto
        id="campo-descrizione"
        etichetta={testi.descrizione}
        righe={3}
        valore={dati.descrizione}
        onCambia={(v) => cambia({ descrizione: v })}
      />
      <CampoTesto id="campo-note" etichetta={testi.note} righe={3} valore={dati.noteUso} onCambia={(v) => cambia({ noteUso: v })} />
      <CampoTesto
        id="campo-parole"
        etichetta={testi.parole}
        aiuto={testi.paroleAiuto}
        righe={4}
        valore={dati.parole}
        onCambia={(v) => cambia({ parole: v })}
      />
      <CampoTesto
        id="campo-esempi"
        etichetta={testi.esempi}
        aiuto={testi.paroleAiuto}
        righe={3}
        valore={dati.esempi}
        onCambia={(v) => cambia({ esempi: v })}
      />
      <CampoScelta
        id="campo-accesso"
        etichetta={testi.accesso}
        valore={dati.accesso}
        vuota={testi.accessoVuoto}
        opzioni={opzioni(testi.accessi)}
        onCambia={(v) => cambia({ accesso: v })}
      />
      <CampoScelta
        id="campo-ufficio"
        etichetta={testi.ufficio}
        aiuto={testi.ufficioAiuto}
        valore={dati.ufficio}
        vuota={testi.ufficioVuoto}
        opzioni={(uffici.data ?? []).map((u) => ({ valore: u.id, testo: u.denominazione }))}
        onCambia={(v) => cambia({ ufficio: v })}
      />
      <fieldset>
        <legend>{testi.tipi}</legend>
        <p className="campo-aiuto">{testi.tipiAiuto}</p>
        {opzioni(testi.tipiNomi).map(({ valore, testo }) => (
          <label key={valore} className="spunta">
            <input type="checkbox" checked={dati.tipi.includes(valore)} onChange={() => toggle(valore)} /> {testo}
          </label>
        ))}
      </fieldset>
      <label className="spunta">
        <input type="checkbox" checked={dati.obbligatoria} onChange={(event) => cambia({ obbligatoria: event.target.checked })} />{' '}
        {testi.obbligatoria}
      </label>
      {atto.error ? <EsitoProblema errore={atto.error} /> : null}
      <button type="submit" className="btn btn-primary" disabled={atto.isPending}>
        {testi.salva}
      </button>
    </form>
  )
}

/** A voice in force is never deleted: it ends on a day to come, with what is under it. */
function Chiusura({ ente, voce }: { ente: string; voce: Voce }) {
  const [dal, setDal] = useState('')
  return (
    <ConMotivo
      ente={ente}
      id="campo-chiusura"
      titolo={testi.chiudi}
      riuscito={testi.chiudiFatto}
      atto={{ percorso: api(ente, 'titolario', 'voci', voce.id, 'chiusura'), corpo: { dal } }}
    >
      <p className="campo-aiuto">{testi.chiudiAiuto}</p>
      <CampoData id="campo-chiusura-dal" etichetta={testi.chiudiDal} obbligatorio valore={dal} onCambia={setDal} />
    </ConMotivo>
  )
}

export interface SchedaVoceProps {
  ente: string
  versione: Versione
  voci: readonly Voce[]
  voce: Voce
  puo: boolean
}

export function SchedaVoce({ ente, versione, voci, voce, puo }: SchedaVoceProps) {
  return (
    <>
      <h2>
        {voce.codice} {voce.denominazione}
      </h2>
      <p>{testi.livelli[voce.livello]}</p>
      {voce.chiusaDal === null ? null : <p>{testi.chiusa(giorno(voce.chiusaDal))}</p>}
      <Lettura voce={voce} />
      {puo && versione.stato === 'BOZZA' ? <Struttura ente={ente} bozzaId={versione.id} voci={voci} voce={voce} /> : null}
      {puo && versione.stato !== 'STORICO' ? (
        <details>
          <summary>{testi.modifica}</summary>
          <Modulo ente={ente} voce={voce} />
        </details>
      ) : null}
      {puo && (versione.stato === 'ATTIVO' || versione.stato === 'ADOTTATO') && voce.chiusaDal === null ? (
        <Chiusura ente={ente} voce={voce} />
      ) : null}
    </>
  )
}
