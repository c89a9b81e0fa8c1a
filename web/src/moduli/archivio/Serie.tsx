/** The series of documents and of fascicoli, and how a new one begins. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { giornoItaliano } from '../../ui/date.ts'
import { giorno } from '../../ui/formati.ts'
import { useEsitoAtti } from '../../ui/PaginaAtti.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { useRicerche } from '../protocollo/dati.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { erroreDi } from '../../api/problema.ts'
import { conservazione, criterio } from './dati.ts'
import type { Serie } from './dati.ts'
import { GuscioArchivio } from './Guscio.tsx'

const a = t.archivio

function colonne(ente: string): Colonna<Serie>[] {
  const c = a.colonne
  return [
    {
      chiave: 'nome',
      titolo: c.denominazione,
      intestazione: true,
      cella: (s) => <Link to={`/${ente}/archivio/serie/${s.id}`}>{s.denominazione}</Link>,
    },
    { chiave: 'anno', titolo: c.anno, cella: (s) => s.anno },
    { chiave: 'tipo', titolo: c.tipo, cella: (s) => a.tipiSerie[s.tipo] ?? s.tipo },
    { chiave: 'criterio', titolo: c.criterio, classe: 'cella-larga', cella: criterio },
    { chiave: 'membri', titolo: c.membri, cella: (s) => s.membri },
    { chiave: 'conservazione', titolo: c.conservazione, cella: (s) => conservazione(s.conservazioneAnni) },
    { chiave: 'stato', titolo: c.stato, cella: (s) => (s.chiusaIl === null ? a.serieAperta : a.serieChiusa(giorno(s.chiusaIl))) },
  ]
}

function FoglioSerie({ ente, onChiudi, onFatto }: { ente: string; onChiudi: () => void; onFatto: () => void }) {
  const ricerche = useRicerche(ente)
  const [b, setB] = useState({
    tipo: 'documentale',
    denominazione: '',
    anno: giornoItaliano(new Date()).slice(0, 4),
    tipologia: '',
    tipoFascicolo: '',
  })
  const [voce, setVoce] = useState<{ id: string; testo: string } | null>(null)
  const scrivi = (campo: keyof typeof b) => (valore: string) => setB((old) => ({ ...old, [campo]: valore }))
  const documentale = b.tipo === 'documentale'
  const atto = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'serie-archivistiche'), {
        metodo: 'POST',
        corpo: {
          tipo: b.tipo,
          denominazione: b.denominazione,
          anno: Number(b.anno),
          ...(documentale ? { tipologia: b.tipologia } : b.tipoFascicolo === '' ? {} : { tipoFascicolo: b.tipoFascicolo }),
          ...(voce === null ? {} : { voceId: voce.id }),
        },
      }),
    onSuccess: onFatto,
  })
  const errore = (campo: string): string | undefined => erroreDi(atto.error, campo)
  const opzioni = (list: Readonly<Record<string, string>>) => Object.entries(list).map(([valore, testo]) => ({ valore, testo }))
  return (
    <GuscioFoglio
      titolo={a.nuovaSerie}
      conferma={a.nuovaSerie}
      errore={atto.error}
      inCorso={atto.isPending}
      onConferma={() => atto.mutate()}
      onChiudi={onChiudi}
    >
      <CampoScelta
        id="serie-tipo"
        etichetta={a.campi.tipo}
        obbligatorio
        valore={b.tipo}
        onCambia={scrivi('tipo')}
        opzioni={opzioni(a.tipiSerie)}
      />
      <CampoTesto
        id="serie-nome"
        etichetta={a.campi.denominazione}
        obbligatorio
        valore={b.denominazione}
        errore={errore('denominazione')}
        onCambia={scrivi('denominazione')}
      />
      <CampoTesto id="serie-anno" etichetta={a.campi.anno} obbligatorio valore={b.anno} errore={errore('anno')} onCambia={scrivi('anno')} />
      {documentale ? (
        <CampoTesto
          id="serie-tipologia"
          etichetta={a.campi.tipologia}
          obbligatorio
          valore={b.tipologia}
          errore={errore('tipologia')}
          onCambia={scrivi('tipologia')}
        />
      ) : (
        <CampoScelta
          id="serie-tipo-fascicolo"
          etichetta={a.campi.tipoFascicolo}
          vuota={a.qualsiasi}
          valore={b.tipoFascicolo}
          errore={errore('tipoFascicolo')}
          onCambia={scrivi('tipoFascicolo')}
          opzioni={opzioni(t.fascicoli.tipi)}
        />
      )}
      <Combobox
        id="serie-voce"
        etichetta={a.campi.voce}
        obbligatorio={documentale}
        chiave={['voci', ente]}
        cerca={ricerche.voci}
        valore={voce}
        errore={errore('voceId')}
        onScelta={setVoce}
      />
    </GuscioFoglio>
  )
}

export function Component() {
  const { slug } = useEnte()
  const esito = useEsitoAtti(['archivio', slug])
  const [foglio, setFoglio] = useState(false)
  const query = useQuery({ queryKey: ['archivio', slug, 'serie'], queryFn: () => chiama<Serie[]>(api(slug, 'serie-archivistiche')) })
  return (
    <GuscioArchivio parte="serie" esito={esito}>
      <p className="azioni-pagina">
        <button type="button" className="btn btn-primary btn-xs" onClick={() => setFoglio(true)}>
          {a.nuovaSerie}
        </button>
      </p>
      <Carica query={query} cosa={a.tabelle.serie}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="files">{a.vuoti.serie}</Vuoto>
          ) : (
            <Tabella didascalia={a.tabelle.serie} colonne={colonne(slug)} righe={list} chiave={(s) => s.id} />
          )
        }
      </Carica>
      {foglio ? (
        <FoglioSerie
          ente={slug}
          onChiudi={() => setFoglio(false)}
          onFatto={() => {
            setFoglio(false)
            esito.fatto(a.serieCreata)
          }}
        />
      ) : null}
    </GuscioArchivio>
  )
}
