/** Where a draft comes from: the version in force, the model, or a file checked before. */
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { CampoFile, Rilievi } from './Rilievi.tsx'
import { useAttoTitolario } from './atti.ts'
import type { Rapporto } from './dati.ts'

const testi = t.titolario.bozza

function DaFile({ ente, onCreata }: { ente: string; onCreata: (id: string) => void }) {
  const [csv, setCsv] = useState('')
  const [denominazione, setDenominazione] = useState('')
  const atto = useAttoTitolario<Rapporto>(ente, (r) => {
    if (r.bozzaId !== null) onCreata(r.bozzaId)
  })
  const send = (prova: boolean): void =>
    atto.mutate({
      percorso: api(ente, 'titolario', 'importazioni'),
      corpo: { csv, prova, denominazione: denominazione.trim() === '' ? t.titolario.titolo : denominazione, livelli: 3 },
      riuscito: prova ? testi.verifica : testi.creata,
    })
  return (
    <>
      <CampoFile id="campo-file" etichetta={testi.file} onTesto={setCsv} />
      <CampoTesto
        id="campo-denominazione"
        etichetta={testi.denominazione}
        valore={denominazione}
        onCambia={setDenominazione}
        massimo={500}
      />
      {atto.error ? <EsitoProblema errore={atto.error} /> : null}
      {atto.data ? <Rilievi valido={atto.data.valido} rilievi={atto.data.rilievi} /> : null}
      <div className="titolario-azioni">
        <button type="button" className="btn btn-outline-primary" disabled={csv === ''} onClick={() => send(true)}>
          {testi.verifica}
        </button>
        <button type="button" className="btn btn-primary" disabled={atto.data?.valido !== true} onClick={() => send(false)}>
          {testi.importa}
        </button>
      </div>
    </>
  )
}

export function NuovaBozza({ ente, onCreata }: { ente: string; onCreata: (id: string) => void }) {
  const [origine, setOrigine] = useState('versione')
  const [nome, setNome] = useState('')
  const atto = useAttoTitolario<{ id: string }>(ente, ({ id }) => onCreata(id))
  return (
    <details className="riquadro">
      <summary>{testi.nuova}</summary>
      <CampoScelta
        id="campo-origine"
        etichetta={testi.origine}
        valore={origine}
        opzioni={[
          { valore: 'versione', testo: testi.daVersione },
          { valore: 'modello', testo: testi.daModello },
          { valore: 'csv', testo: testi.daCsv },
        ]}
        onCambia={setOrigine}
      />
      {atto.error ? <EsitoProblema errore={atto.error} /> : null}
      {origine === 'csv' ? (
        <DaFile ente={ente} onCreata={onCreata} />
      ) : (
        <>
          <CampoTesto
            id="campo-bozza-nuova-nome"
            etichetta={testi.denominazione}
            aiuto={testi.denominazioneAiuto}
            valore={nome}
            onCambia={setNome}
            massimo={500}
          />
          <button
            type="button"
            className="btn btn-primary"
            disabled={atto.isPending}
            onClick={() =>
              atto.mutate({
                percorso: api(ente, 'titolario', 'bozze'),
                corpo: { origine, ...(nome.trim() === '' ? {} : { denominazione: nome.trim() }) },
                riuscito: testi.creata,
              })
            }
          >
            {testi.crea}
          </button>
        </>
      )}
    </details>
  )
}
