/** What was recovered, receipts to check, the year in one page. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, conParametri } from '../../api/client.ts'
import { emergenza } from '../../testi/it-emergenza.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { Vuoto } from '../../ui/Attesa.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { verificaCodice } from './dati.ts'
import type { RecuperoDto } from './tipi.ts'

const t = emergenza.recuperi

function colonneDi(ente: string): Colonna<RecuperoDto>[] {
  const titles = t.colonne
  return [
    { chiave: 'registro', titolo: titles.registro, intestazione: true, cella: (r) => `${r.registro.codice} · ${r.registro.sede}` },
    { chiave: 'istante', titolo: titles.istante, classe: 'cella-data', cella: (r) => giornoEOra(r.istante) },
    { chiave: 'righe', titolo: titles.righe, classe: 'cella-numero', cella: (r) => r.righe },
    { chiave: 'operatore', titolo: titles.operatore, cella: (r) => r.operatore },
    {
      chiave: 'verbale',
      titolo: titles.verbale,
      cella: (r) => (
        <a
          href={api(ente, 'emergenza', 'recuperi', r.id, 'verbale.pdf')}
          download
          aria-label={t.verbaleDi(r.registro.codice, giornoEOra(r.istante))}
        >
          {emergenza.recupero.verbale}
        </a>
      ),
    },
  ]
}

export function Recuperi({ ente, recuperi }: { ente: string; recuperi: RecuperoDto[] }) {
  return (
    <section className="riquadro riquadro-sotto" aria-label={t.titolo}>
      <h2>{t.titolo}</h2>
      {recuperi.length === 0 ? (
        <Vuoto icona="info-circle">{t.vuoto}</Vuoto>
      ) : (
        <Tabella didascalia={t.titolo} colonne={colonneDi(ente)} righe={recuperi} chiave={(r) => r.id} />
      )}
    </section>
  )
}

export function VerificaRicevuta({ ente }: { ente: string }) {
  const words = emergenza.codice
  const [numero, setNumero] = useState('')
  const [codice, setCodice] = useState('')
  const act = useMutation({ mutationFn: () => verificaCodice(ente, numero.trim(), codice.trim()) })
  return (
    <section className="riquadro riquadro-sotto" aria-label={words.titolo}>
      <h2>{words.titolo}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (numero.trim() !== '' && codice.trim() !== '') act.mutate()
        }}
      >
        <div className="griglia-campi">
          <CampoTesto
            id="ricevuta-numero"
            etichetta={words.numero}
            larghezza="meta"
            segnaposto="RE01-2026-0001"
            valore={numero}
            onCambia={setNumero}
          />
          <CampoTesto id="ricevuta-codice" etichetta={words.codice} larghezza="meta" valore={codice} onCambia={setCodice} />
        </div>
        <button type="submit" className="btn btn-outline-primary btn-sm" disabled={act.isPending}>
          {words.conferma}
        </button>
      </form>
      {act.error === null ? null : <EsitoProblema errore={act.error} />}
      {act.data === undefined ? null : (
        <EsitoBar tipo={act.data.valido ? 'riuscito' : 'errore'}>
          {act.data.valido ? words.valido(act.data.numero, act.data.etichetta ?? '') : words.nonValido}
        </EsitoBar>
      )}
    </section>
  )
}

export function Riepilogo({ ente }: { ente: string }) {
  const words = emergenza.riepilogo
  const [anno, setAnno] = useState(() => String(new Date().getFullYear()))
  return (
    <section className="riquadro riquadro-sotto" aria-label={words.titolo}>
      <h2>{words.titolo}</h2>
      <div className="griglia-campi">
        <CampoTesto id="riepilogo-anno" etichetta={words.anno} tipo="number" larghezza="meta" valore={anno} onCambia={setAnno} />
      </div>
      <a href={conParametri(api(ente, 'emergenza', 'riepilogo.pdf'), { anno })} download>
        {words.scarica}
      </a>
    </section>
  )
}
