/** What happened to a registration after it was made: the band of an annulled one, corrections side by side, its acts, the page of who cannot see it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { MenuAzioni } from '../../ui/MenuAzioni.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { FoglioInoltrata } from './DestinazioniErrate.tsx'
import { FoglioAnnulla, FoglioPerche, FoglioRiserva } from './FogliAtti.tsx'
import { FoglioRettifica } from './FoglioRettifica.tsx'

const w = t.attiRegistro

const COLONNE: Colonna<Registrazione['condizione']['correzioni'][number]>[] = [
  { chiave: 'dato', titolo: w.colonne.dato, intestazione: true, cella: (c) => w.campi[c.campo] ?? c.campo },
  {
    chiave: 'prima',
    titolo: w.colonne.prima,
    classe: 'cella-media',
    cella: (c) => <s>{c.valoreAnnullato === '' ? w.vuoto : c.valoreAnnullato}</s>,
  },
  {
    chiave: 'dopo',
    titolo: w.colonne.dopo,
    classe: 'cella-media',
    cella: (c) => <strong>{c.valoreCorretto === '' ? w.vuoto : c.valoreCorretto}</strong>,
  },
  { chiave: 'quando', titolo: w.colonne.quando, cella: (c) => giornoEOra(c.il) },
  { chiave: 'chi', titolo: w.colonne.chi, cella: (c) => c.operatore },
  { chiave: 'provvedimento', titolo: w.colonne.provvedimento, cella: (c) => c.provvedimento },
  { chiave: 'motivo', titolo: w.colonne.motivo, classe: 'cella-media', cella: (c) => c.motivo },
]

/** The band of an annulled registration and the table of its corrected data. */
export function Condizione({ dati }: { dati: Registrazione }) {
  const { annullata, richiestaPendente, correzioni } = dati.condizione
  return (
    <>
      {annullata === null ? null : (
        <p className="banda-annullato" role="note">
          <Icona nome="ban" dimensione={20} /> <strong>{annullata.testo}</strong>
          <span className="banda-motivo">{annullata.motivo}</span>
        </p>
      )}
      {richiestaPendente ? <EsitoBar tipo="avviso">{w.bandaPendente}</EsitoBar> : null}
      {correzioni.length === 0 ? null : (
        <section>
          <h2>{w.correzioni}</h2>
          <Tabella didascalia={w.tabellaCorrezioni} righe={correzioni} chiave={(c) => c.id} colonne={COLONNE} />
        </section>
      )}
    </>
  )
}

type Foglio = 'rettifica' | 'annulla' | 'riserva' | 'perche' | 'inoltrata' | null

/** The acts on a registration, each in its sheet. */
export function AttiScheda({ ente, dati, onFatto }: { ente: string; dati: Registrazione; onFatto: () => void }) {
  const puo = usePermessi()
  const vai = useNavigate()
  const annuncia = useAnnuncio()
  const [foglio, setFoglio] = useState<Foglio>(null)
  const valida = dati.condizione.annullata === null
  const azioni = [
    ...(valida && puo('annullamenti.richiedi') ? [['rettifica', w.rettifica] as const, ['annulla', w.annulla] as const] : []),
    ...(puo('riservati.gestisci') ? [['riserva', w.riserva] as const] : []),
    ...(valida && dati.tipo === 'E' && puo('protocollo.registra') ? [['inoltrata', t.arrivo.destinazioni.inoltra] as const] : []),
    ['perche', w.perche] as const,
  ]
  const props = {
    ente,
    dati,
    onChiudi: () => setFoglio(null),
    onFatto: () => {
      setFoglio(null)
      onFatto()
    },
  }
  return (
    <>
      <MenuAzioni
        etichetta={w.azioni}
        bottone={w.azioni}
        vai={(percorso) => void vai(percorso)}
        azioni={azioni.map(([chiave, testo]) => ({ chiave, testo, testoPiano: testo, onScelta: () => setFoglio(chiave) }))}
      />
      {foglio === 'rettifica' ? <FoglioRettifica {...props} /> : null}
      {foglio === 'annulla' ? <FoglioAnnulla {...props} /> : null}
      {foglio === 'riserva' ? <FoglioRiserva {...props} /> : null}
      {foglio === 'inoltrata' ? (
        <FoglioInoltrata
          {...props}
          onFatto={() => {
            annuncia(t.arrivo.destinazioni.inoltrata)
            props.onFatto()
          }}
        />
      ) : null}
      {foglio === 'perche' ? <FoglioPerche {...props} /> : null}
    </>
  )
}

interface Esistenza {
  esiste: boolean
  etichetta: string | null
  ufficio: string | null
}

/** For who has no visibility: number and office only, and the way to ask. */
export function NonVisibile({ ente, anno, numero }: { ente: string; anno: string; numero: string }) {
  const annuncia = useAnnuncio()
  const [motivo, setMotivo] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const query = useQuery({
    queryKey: ['esistenza', ente, anno, numero],
    queryFn: () => chiama<Esistenza>(api(ente, 'registrazioni', anno, numero, 'esistenza')),
  })
  const ask = useMutation({
    mutationFn: () => chiama(api(ente, 'registrazioni', anno, numero, 'richiesta-accesso'), { metodo: 'POST', corpo: { motivo } }),
    onSuccess: () => annuncia(w.chiesto),
  })
  return (
    <Carica query={query} cosa={t.scheda.titolo(`${numero}/${anno}`)} righe={2}>
      {({ esiste, ufficio }) =>
        esiste ? (
          <>
            <Vuoto icona="lock">
              {w.nonVisibile} {ufficio === null ? w.nonVisibileChiedi : w.nonVisibileUfficio(ufficio)}
            </Vuoto>
            {ask.isSuccess ? (
              <EsitoBar tipo="riuscito">{w.chiesto}</EsitoBar>
            ) : (
              <form
                onSubmit={(event) => {
                  event.preventDefault()
                  if (motivo.trim() === '') setErrore(w.motivoManca)
                  else ask.mutate()
                }}
              >
                {ask.error === null ? null : <EsitoProblema errore={ask.error} />}
                <CampoTesto
                  id="accesso-motivo"
                  etichetta={w.chiestoMotivo}
                  obbligatorio
                  righe={2}
                  valore={motivo}
                  errore={errore}
                  onCambia={setMotivo}
                />
                <button type="submit" className="btn btn-primary btn-sm" disabled={ask.isPending}>
                  {w.chiedi}
                </button>
              </form>
            )}
          </>
        ) : (
          <Vuoto icona="search">{w.numeroInesistente}</Vuoto>
        )
      }
    </Carica>
  )
}
