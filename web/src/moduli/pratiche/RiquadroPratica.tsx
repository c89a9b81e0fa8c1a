/** The procedure of a fascicolo: its term, its steps, what stopped it, how it ended. Nothing is drawn for a fascicolo that runs none. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { giorno } from '../../ui/formati.ts'
import { Stato } from '../../ui/Stato.tsx'
import { praticaQuery } from './dati.ts'
import type { Pratica } from './dati.ts'
import { FoglioConclusione, FoglioEvento, FoglioPasso } from './Fogli.tsx'
import type { AttoScelto } from './Fogli.tsx'
import { Tempo } from './Tempo.tsx'

type Foglio =
  | { tipo: 'passo'; passo: string; esito: 'fatto' | 'saltato' | 'riaperto' }
  | { tipo: 'evento'; conclude: { tipo: string; id: string } | null }
  | { tipo: 'conclusione' }

function Frasi({ p }: { p: Pratica }) {
  return (
    <>
      <p>
        <strong>{p.procedimento.denominazione}</strong> ({t.pratiche.versione(p.versione.numero, p.versione.inVigore)})
      </p>
      <p>
        {t.pratiche.termine}: <strong>{p.termine === null ? t.pratiche.senzaTermine : giorno(p.termine)}</strong>{' '}
        <Stato
          tono={p.situazione === 'scaduta' ? 'male' : p.situazione === 'oggi' || p.situazione === 'in scadenza' ? 'attenzione' : 'neutro'}
        >
          {t.pratiche.situazioni[p.situazione] ?? p.situazione}
        </Stato>
      </p>
      {p.silenzioIl === null || p.conclusaIl !== null ? null : <p>{t.pratiche.silenzio(giorno(p.silenzioIl), p.silenzio === 'assenso')}</p>}
      {p.comunicazioneAvvioEntro === null ? null : <p>{t.pratiche.comunicazione(giorno(p.comunicazioneAvvioEntro))}</p>}
      {p.conclusaIl === null ? null : <p>{t.pratiche.conclusa(t.pratiche.esiti[p.esito ?? ''] ?? p.esito ?? '', giorno(p.conclusaIl))}</p>}
      {p.durata === null ? null : <p>{t.pratiche.durata(p.durata.giorni, p.durata.sospesi, p.durata.neiTermini)}</p>}
    </>
  )
}

function Passi({ p, onFoglio }: { p: Pratica; onFoglio: (f: Foglio) => void }) {
  const bottone = (testo: string, passo: { chiave: string; nome: string }, esito: 'fatto' | 'saltato' | 'riaperto') => (
    <button
      type="button"
      className="collegamento"
      aria-label={t.pratiche.perPasso(testo, passo.nome)}
      onClick={() => onFoglio({ tipo: 'passo', passo: passo.chiave, esito })}
    >
      {testo}
    </button>
  )
  return (
    <ol className="passi">
      {p.passiPratica.map((s) => (
        <li key={s.chiave}>
          <Stato tono={s.stato === 'fatto' ? 'buono' : s.stato === 'saltato' ? 'attenzione' : 'neutro'}>
            {t.pratiche.stati[s.stato] ?? s.stato}
          </Stato>{' '}
          {s.nome}
          {s.obbligatorio ? ` (${t.pratiche.obbligatorio})` : ''}
          <br />
          <small>
            {s.fase}
            {s.giorno === null ? '' : ` · ${giorno(s.giorno)} · ${s.autore ?? ''}`}
            {s.motivo === '' ? '' : ` · ${s.motivo}`}
          </small>{' '}
          {!p.azioni.lavora ? null : s.stato === 'da fare' ? (
            <>
              {bottone(t.pratiche.fatto, s, 'fatto')} {bottone(t.pratiche.salta, s, 'saltato')}
            </>
          ) : (
            bottone(t.pratiche.rifai, s, 'riaperto')
          )}
        </li>
      ))}
    </ol>
  )
}

/** What may end an event, by its kind. */
const CONCLUDONO: Readonly<Record<string, readonly (readonly [tipo: string, testo: string])[]>> = {
  preavviso: [
    ['preavviso-ricevuto', t.pratiche.ricevuto],
    ['osservazioni', t.pratiche.osservazioni],
  ],
}

function Eventi({ p, onFoglio }: { p: Pratica; onFoglio: (f: Foglio) => void }) {
  if (p.eventi.length === 0) return <p>{t.pratiche.nessunEvento}</p>
  return (
    <ul className="passi">
      {p.eventi.map((e) => {
        const name = t.pratiche.eventi[e.tipo] ?? e.tipo
        const referred = p.eventi.some((x) => x.vale && x.tipo !== 'annullato' && x.riferitoId === e.id)
        const ends = e.aperto ? (CONCLUDONO[e.tipo] ?? [['ripresa', t.pratiche.riparti]]) : []
        const free = ends.filter(([tipo]) => !p.eventi.some((x) => x.vale && x.tipo === tipo && x.riferitoId === e.id))
        return (
          <li key={e.id}>
            {giorno(e.giorno)} {e.vale ? name : <s>{name}</s>}
            {e.fino === null ? '' : ` ${t.pratiche.fino(giorno(e.fino))}`}
            {e.vale ? '' : ` (${t.pratiche.annullatoSegno})`}
            <br />
            <small>
              {e.motivo} · {e.autore}
            </small>{' '}
            {!p.azioni.decidi || !e.vale
              ? null
              : free.map(([tipo, testo]) => (
                  <button
                    key={tipo}
                    type="button"
                    className="collegamento"
                    aria-label={`${testo}: ${name}`}
                    onClick={() => onFoglio({ tipo: 'evento', conclude: { tipo, id: e.id } })}
                  >
                    {testo}
                  </button>
                ))}{' '}
            {!p.azioni.decidi || !e.vale || referred || e.tipo === 'annullato' ? null : (
              <button
                type="button"
                className="collegamento"
                aria-label={`${t.pratiche.annullaEvento}: ${name}`}
                onClick={() => onFoglio({ tipo: 'evento', conclude: { tipo: 'annullato', id: e.id } })}
              >
                {t.pratiche.annullaEvento}
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

export interface RiquadroPraticaProps {
  ente: string
  /** Slug or id of the fascicolo. */
  fascicolo: string
  /** Acts of the body in the fascicolo, from which the final one is chosen. */
  atti: readonly AttoScelto[]
}

export function RiquadroPratica({ ente, fascicolo, atti }: RiquadroPraticaProps) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const query = useQuery(praticaQuery(ente, fascicolo))
  const [foglio, setFoglio] = useState<Foglio | null>(null)
  function done(): void {
    setFoglio(null)
    annuncia(t.pratiche.salvato)
    for (const key of ['pratica', 'pratiche', 'fascicolo', 'scrivania']) void client.invalidateQueries({ queryKey: [key, ente] })
  }
  return (
    <Carica query={query} cosa={t.pratiche.riquadro} righe={4}>
      {(p) =>
        p === null ? null : (
          <section className="riquadro pratica">
            <h2>{t.pratiche.riquadro}</h2>
            <Frasi p={p} />
            <Tempo pratica={p} />
            {p.azioni.decidi ? (
              <p className="azioni-pagina">
                <button
                  type="button"
                  className="btn btn-outline-primary btn-xs"
                  onClick={() => setFoglio({ tipo: 'evento', conclude: null })}
                >
                  {t.pratiche.nuovoEvento}
                </button>{' '}
                <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => setFoglio({ tipo: 'conclusione' })}>
                  {t.pratiche.concludi}
                </button>
              </p>
            ) : null}
            <h3>{t.pratiche.passiTitolo}</h3>
            <Passi p={p} onFoglio={setFoglio} />
            <h3>{t.pratiche.eventiTitolo}</h3>
            <Eventi p={p} onFoglio={setFoglio} />
            {foglio?.tipo === 'passo' ? (
              <FoglioPasso
                ente={ente}
                pratica={p}
                passo={foglio.passo}
                esito={foglio.esito}
                onChiudi={() => setFoglio(null)}
                onFatto={done}
              />
            ) : null}
            {foglio?.tipo === 'evento' ? (
              <FoglioEvento ente={ente} pratica={p} conclude={foglio.conclude} onChiudi={() => setFoglio(null)} onFatto={done} />
            ) : null}
            {foglio?.tipo === 'conclusione' ? (
              <FoglioConclusione ente={ente} pratica={p} atti={atti} onChiudi={() => setFoglio(null)} onFatto={done} />
            ) : null}
          </section>
        )
      }
    </Carica>
  )
}
