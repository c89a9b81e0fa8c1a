/** Fascicoli to be ticked and passed in one act, with where they go. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, compiAtto } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { BarraGruppo } from '../../ui/BarraGruppo.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { giorno } from '../../ui/formati.ts'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { useSelezione } from '../../ui/useSelezione.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { conservazione, criterio } from './dati.ts'
import type { Elenco, FascicoloArchivio, Serie } from './dati.ts'

export function colonneFascicoli(ente: string): Colonna<FascicoloArchivio>[] {
  const c = t.archivio.colonne
  return [
    {
      chiave: 'codice',
      titolo: c.identificativo,
      intestazione: true,
      classe: 'cella-codice',
      cella: (f) => <Link to={`/${ente}/fascicoli/${f.slug}`}>{f.codice}</Link>,
    },
    { chiave: 'oggetto', titolo: c.oggetto, classe: 'cella-larga', cella: (f) => f.oggetto },
    { chiave: 'chiuso', titolo: c.chiuso, classe: 'cella-data', cella: (f) => giorno(f.chiusoIl) },
    { chiave: 'ufficio', titolo: c.ufficio, classe: 'cella-media', cella: (f) => f.ufficio },
    { chiave: 'documenti', titolo: c.documenti, cella: (f) => f.documenti },
    { chiave: 'conservazione', titolo: c.conservazione, cella: (f) => conservazione(f.conservazioneAnni) },
    { chiave: 'posizione', titolo: c.posizione, classe: 'cella-media', cella: (f) => f.posizioneFisica ?? '' },
  ]
}

const colonneSerie: Colonna<Serie>[] = [
  { chiave: 'nome', titolo: t.archivio.colonne.denominazione, intestazione: true, cella: (s) => s.denominazione },
  { chiave: 'anno', titolo: t.archivio.colonne.anno, cella: (s) => s.anno },
  { chiave: 'criterio', titolo: t.archivio.colonne.criterio, classe: 'cella-larga', cella: criterio },
  { chiave: 'membri', titolo: t.archivio.colonne.membri, cella: (s) => s.membri },
]

export function Passaggio({
  ente,
  percorso,
  titolo,
  azione,
  fascicoli,
  serie = [],
  onFatto,
}: {
  ente: string
  percorso: 'elenchi' | 'storica'
  titolo: string
  azione: string
  fascicoli: FascicoloArchivio[]
  serie?: Serie[]
  onFatto: (testo: string) => void
}) {
  const scelti = useSelezione(fascicoli.map((f) => f.id))
  const scelte = useSelezione(serie.map((s) => s.id))
  const [foglio, setFoglio] = useState(false)
  const [posizione, setPosizione] = useState('')
  const [nota, setNota] = useState('')
  const quanti = scelti.scelti.length + scelte.scelti.length
  const atto = useMutation({
    mutationFn: () =>
      compiAtto<Elenco>(`archivio-${percorso}`, api(ente, 'archivio', percorso), {
        fascicoli: scelti.scelti,
        ...(percorso === 'elenchi' ? { serie: scelte.scelti } : {}),
        ...(posizione.trim() === '' ? {} : { posizione }),
        nota,
      }),
    onSuccess: (elenco) => {
      setFoglio(false)
      scelti.svuota()
      scelte.svuota()
      onFatto(t.archivio.passati(elenco.numero, elenco.righe))
    },
  })
  return (
    <>
      <p className="azioni-pagina">
        <button
          type="button"
          className="btn btn-outline-primary btn-xs"
          onClick={() => {
            scelti.imposta(fascicoli.map((f) => f.id))
            scelte.imposta(serie.map((s) => s.id))
          }}
        >
          {t.archivio.tutti}
        </button>
      </p>
      {quanti === 0 ? null : (
        <BarraGruppo
          testo={t.archivio.scelti(quanti)}
          onSvuota={() => {
            scelti.svuota()
            scelte.svuota()
          }}
        >
          <button type="button" className="btn btn-primary btn-xs" onClick={() => setFoglio(true)}>
            {azione}
          </button>
        </BarraGruppo>
      )}
      {fascicoli.length === 0 ? null : (
        <Tabella
          didascalia={titolo}
          colonne={colonneFascicoli(ente)}
          righe={fascicoli}
          chiave={(f) => f.id}
          selezione={{ stato: scelti, etichetta: (f) => f.codice }}
        />
      )}
      {serie.length === 0 ? null : (
        <section>
          <h2>{t.archivio.tabelle.serieDaVersare}</h2>
          <Tabella
            didascalia={t.archivio.tabelle.serieDaVersare}
            colonne={colonneSerie}
            righe={serie}
            chiave={(s) => s.id}
            selezione={{ stato: scelte, etichetta: (s) => s.denominazione }}
          />
        </section>
      )}
      {foglio ? (
        <GuscioFoglio
          titolo={azione}
          conferma={azione}
          errore={atto.error}
          inCorso={atto.isPending}
          onConferma={() => atto.mutate()}
          onChiudi={() => setFoglio(false)}
        >
          <p>{t.archivio.scelti(quanti)}</p>
          <CampoTesto
            id="passaggio-posizione"
            etichetta={t.archivio.posizione}
            aiuto={t.archivio.posizioneAiuto}
            valore={posizione}
            onCambia={setPosizione}
            massimo={200}
          />
          <CampoTesto id="passaggio-nota" etichetta={t.archivio.nota} valore={nota} onCambia={setNota} righe={3} massimo={1000} />
        </GuscioFoglio>
      ) : null}
    </>
  )
}
