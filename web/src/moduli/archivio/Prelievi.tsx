/** Withdrawals: ask, hand over, take back; those late are marked. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { giorno } from '../../ui/formati.ts'
import { useEsitoAtti } from '../../ui/PaginaAtti.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { erroreDi } from '../../api/problema.ts'
import type { Prelievo } from './dati.ts'
import { GuscioArchivio } from './Guscio.tsx'

const a = t.archivio
type Mossa = 'consegna' | 'rifiuto' | 'restituzione'
const MOSSE: Readonly<Record<string, readonly Mossa[]>> = { richiesto: ['consegna', 'rifiuto'], eseguito: ['restituzione'] }
const PAROLE: Readonly<Record<Mossa, string>> = { consegna: a.consegna, rifiuto: a.rifiuta, restituzione: a.restituito }

function StatoPrelievo({ p }: { p: Prelievo }) {
  if (p.scaduto) return <Stato tono="male">{a.scaduto}</Stato>
  return <Stato tono={p.stato === 'richiesto' || p.stato === 'eseguito' ? 'attivo' : 'neutro'}>{a.statiPrelievo[p.stato] ?? p.stato}</Stato>
}

function colonne(ente: string, onMossa: ((p: Prelievo, m: Mossa) => void) | null): Colonna<Prelievo>[] {
  const c = a.colonne
  return [
    {
      chiave: 'fascicolo',
      titolo: c.identificativo,
      intestazione: true,
      cella: (p) => <Link to={`/${ente}/fascicoli/${p.fascicolo.slug}`}>{p.fascicolo.codice}</Link>,
    },
    { chiave: 'oggetto', titolo: c.oggetto, classe: 'cella-larga', cella: (p) => p.fascicolo.oggetto },
    { chiave: 'stato', titolo: c.stato, cella: (p) => <StatoPrelievo p={p} /> },
    { chiave: 'richiesto', titolo: c.richiesto, cella: (p) => `${p.richiestoDa}, ${giorno(p.richiestoIl)}` },
    { chiave: 'motivo', titolo: c.motivo, classe: 'cella-media', cella: (p) => p.motivo },
    { chiave: 'entro', titolo: c.entro, classe: 'cella-data', cella: (p) => giorno(p.entro) },
    {
      chiave: 'movimento',
      titolo: c.movimento,
      classe: 'cella-media',
      cella: (p) => (
        <>
          {p.consegnatoDa === null || p.stato === 'rifiutato' ? null : <div>{a.consegnato(p.consegnatoDa, giorno(p.consegnatoIl))}</div>}
          {p.ricevutoDa === null ? null : <div>{a.ripreso(p.ricevutoDa, giorno(p.restituitoIl))}</div>}
          {[p.nota, p.notaRestituzione].filter((n) => n !== null).join(' · ')}
        </>
      ),
    },
    ...(onMossa === null
      ? []
      : [
          {
            chiave: 'azioni',
            titolo: c.azioni,
            cella: (p: Prelievo) =>
              (MOSSE[p.stato] ?? []).map((m) => (
                <button
                  key={m}
                  type="button"
                  className="btn btn-outline-primary btn-xs"
                  aria-label={`${PAROLE[m]}: ${p.fascicolo.codice}`}
                  onClick={() => onMossa(p, m)}
                >
                  {PAROLE[m]}
                </button>
              )),
          },
        ]),
  ]
}

function FoglioMossa({
  ente,
  p,
  mossa,
  onChiudi,
  onFatto,
}: {
  ente: string
  p: Prelievo
  mossa: Mossa
  onChiudi: () => void
  onFatto: () => void
}) {
  const [nota, setNota] = useState('')
  const atto = useMutation({
    mutationFn: () => chiama(api(ente, 'archivio', 'prelievi', p.id, mossa), { metodo: 'POST', corpo: { nota } }),
    onSuccess: onFatto,
  })
  return (
    <GuscioFoglio
      titolo={`${PAROLE[mossa]}: ${p.fascicolo.codice}`}
      conferma={PAROLE[mossa]}
      errore={atto.error}
      inCorso={atto.isPending}
      onConferma={() => atto.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto
        id="mossa-nota"
        etichetta={a.notaMovimento}
        obbligatorio={mossa === 'rifiuto'}
        valore={nota}
        errore={erroreDi(atto.error, 'nota')}
        onCambia={setNota}
        righe={3}
        massimo={1000}
      />
    </GuscioFoglio>
  )
}

function FoglioRichiesta({ ente, onChiudi, onFatto }: { ente: string; onChiudi: () => void; onFatto: () => void }) {
  const [fascicolo, setFascicolo] = useState('')
  const [motivo, setMotivo] = useState('')
  const [entro, setEntro] = useState('')
  const atto = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'archivio', 'prelievi'), {
        metodo: 'POST',
        corpo: { fascicolo: fascicolo.trim(), motivo, entro: leggiGiorno(entro, giornoItaliano(new Date())) ?? entro },
      }),
    onSuccess: onFatto,
  })
  const errore = (campo: string): string | undefined => erroreDi(atto.error, campo)
  return (
    <GuscioFoglio
      titolo={a.chiedi}
      conferma={a.chiedi}
      errore={atto.error}
      inCorso={atto.isPending}
      onConferma={() => atto.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto
        id="prelievo-fascicolo"
        etichetta={a.fascicolo}
        aiuto={a.fascicoloAiuto}
        obbligatorio
        valore={fascicolo}
        errore={errore('fascicolo')}
        onCambia={setFascicolo}
      />
      <CampoTesto
        id="prelievo-motivo"
        etichetta={a.motivo}
        obbligatorio
        valore={motivo}
        errore={errore('motivo')}
        onCambia={setMotivo}
        righe={3}
      />
      <CampoData id="prelievo-entro" etichetta={a.entro} obbligatorio valore={entro} errore={errore('entro')} onCambia={setEntro} />
    </GuscioFoglio>
  )
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()
  const esito = useEsitoAtti(['archivio', slug])
  const [foglio, setFoglio] = useState<'chiedi' | { p: Prelievo; mossa: Mossa } | null>(null)
  const query = useQuery({ queryKey: ['archivio', slug, 'prelievi'], queryFn: () => chiama<Prelievo[]>(api(slug, 'archivio', 'prelievi')) })
  const done = (testo: string): void => {
    setFoglio(null)
    esito.fatto(testo)
  }
  const move = puo('archivio.gestisci') ? (p: Prelievo, mossa: Mossa) => setFoglio({ p, mossa }) : null
  return (
    <GuscioArchivio parte="prelievi" esito={esito}>
      {puo('fascicoli.lavora') ? (
        <p className="azioni-pagina">
          <button type="button" className="btn btn-primary btn-xs" onClick={() => setFoglio('chiedi')}>
            {a.chiedi}
          </button>
        </p>
      ) : null}
      <Carica query={query} cosa={a.tabelle.prelievi}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="files">{a.vuoti.prelievi}</Vuoto>
          ) : (
            <Tabella didascalia={a.tabelle.prelievi} colonne={colonne(slug, move)} righe={list} chiave={(p) => p.id} />
          )
        }
      </Carica>
      {foglio === 'chiedi' ? <FoglioRichiesta ente={slug} onChiudi={() => setFoglio(null)} onFatto={() => done(a.chiesto)} /> : null}
      {foglio === null || foglio === 'chiedi' ? null : (
        <FoglioMossa ente={slug} {...foglio} onChiudi={() => setFoglio(null)} onFatto={() => done(a.fatto)} />
      )}
    </GuscioArchivio>
  )
}
