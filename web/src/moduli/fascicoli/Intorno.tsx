/** What stands around a fascicolo: its parts, links, papers, traces, movements and reopenings. Nothing is shown of what is not there. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import type { AltroFascicolo, MovimentoFascicolo } from '../../api/tipi-fascicolo.ts'
import type { Fascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { giorno } from '../../ui/formati.ts'
import { StatoFascicolo } from './Fascicoli.tsx'

function Parte({ titolo, children, quanti }: { titolo: string; quanti: number; children: ReactNode }) {
  return quanti === 0 ? null : (
    <section>
      <h2>{titolo}</h2>
      <ul className="elenco-semplice">{children}</ul>
    </section>
  )
}

function Altro({ ente, f }: { ente: string; f: Pick<AltroFascicolo, 'codice' | 'slug'> & { oggetto?: string } }) {
  return (
    <Link to={`/${ente}/fascicoli/${f.slug}`}>
      {f.codice}
      {f.oggetto === undefined ? '' : ` ${f.oggetto}`}
    </Link>
  )
}

/** The evidence of a handing over: how many documents, the digest, the registrations, the package for who may have it. */
function Prova({ ente, fascicolo, m }: { ente: string; fascicolo: string; m: MovimentoFascicolo }) {
  const puo = usePermessi()
  const c = t.consegnaFascicolo
  if (m.impronta === null) return null
  const parts = [
    c.prova(m.documenti ?? 0, m.esclusi ?? 0),
    ...(m.registrazioneUscita === null ? [] : [c.uscita(m.registrazioneUscita.etichetta)]),
    ...(m.registrazioneEntrata === null ? [] : [c.entrata(m.registrazioneEntrata.etichetta)]),
    ...(m.riscontro?.nota == null ? [] : [m.riscontro.nota]),
  ]
  return (
    <>
      <small className="campo-perche">{parts.join(' · ')}</small>
      <small className="campo-perche impronta-lunga">
        {c.impronta} <code>{m.impronta}</code>
      </small>
      {puo('fascicoli.chiudi') ? (
        <a href={api(ente, 'fascicoli', fascicolo, 'trasmissioni', m.id, 'pacchetto')} download>
          {c.scarica}
        </a>
      ) : null}
    </>
  )
}

export function Intorno({ ente, dati }: { ente: string; dati: Fascicolo }) {
  const w = t.fascicolo
  return (
    <>
      <Parte titolo={w.parti} quanti={dati.parti.length}>
        {dati.parti.map((f) => (
          <li key={f.id}>
            <Altro ente={ente} f={f} /> <StatoFascicolo stato={f.stato} /> {w.documentiParte(f.documenti)}
          </li>
        ))}
      </Parte>
      <Parte titolo={w.legami} quanti={dati.collegamenti.length}>
        {dati.collegamenti.map((c) => (
          <li key={c.id}>
            {w.collegamentiBrevi[c.tipo]}: <Altro ente={ente} f={c.fascicolo} /> <small>{c.motivo}</small>
          </li>
        ))}
      </Parte>
      <Parte titolo={w.cartacei} quanti={dati.cartacei.length}>
        {dati.cartacei.map((c) => (
          <li key={c.id}>
            {c.oggetto} ({c.consistenza}) · {c.posizioneFisica}
          </li>
        ))}
      </Parte>
      <Parte titolo={w.tracce} quanti={dati.usciti.length + dati.entrati.length}>
        {dati.usciti.map((u) => (
          <li key={`u${u.toltoIl}${u.oggetto}`}>
            {w.passati(u.etichetta ?? u.oggetto, giorno(u.toltoIl), u.toltoDa)}{' '}
            {u.destinazione === null ? null : (
              <Link to={`/${ente}/fascicoli/${u.destinazione.slug}`}>{w.versoFascicolo(u.destinazione.codice)}</Link>
            )}{' '}
            <small>{u.motivo}</small>
          </li>
        ))}
        {dati.entrati.map((u) => (
          <li key={`e${u.inseritoIl}${u.oggetto}`}>
            {w.passati(u.etichetta ?? u.oggetto, giorno(u.inseritoIl), u.inseritoDa)}{' '}
            {u.provenienza === null ? null : (
              <Link to={`/${ente}/fascicoli/${u.provenienza.slug}`}>{w.daFascicolo(u.provenienza.codice)}</Link>
            )}
          </li>
        ))}
      </Parte>
      <Parte titolo={w.movimenti} quanti={dati.movimenti.length}>
        {dati.movimenti.map((m) => (
          <li key={m.id}>
            {w.tipiMovimento[m.tipo]} {m.aUfficio?.denominazione ?? m.destinatario ?? ''} · {w.statiMovimento[m.stato]} ·{' '}
            {giorno(m.richiestoIl)} <small>{m.motivo}</small>
            {m.tipo === 'trasmissione' ? <Prova ente={ente} fascicolo={dati.id} m={m} /> : null}
          </li>
        ))}
      </Parte>
      <Parte titolo={w.riaperture} quanti={dati.riaperture.length}>
        {dati.riaperture.map((r) => (
          <li key={r.riapertoIl}>
            {w.riaperta(giorno(r.riapertoIl), r.riapertoDa)} <small>{r.motivo}</small>
          </li>
        ))}
      </Parte>
    </>
  )
}
