/** Publications in the albo, with their state and their relata. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giorno } from '../../ui/formati.ts'
import { Stato, type Tono } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { FoglioMotivo } from '../fascicoli/FoglioMotivo.tsx'
import type { Pubblicazione } from './tipi.ts'

const TONI: Record<Pubblicazione['stato'], Tono> = { programmata: 'attivo', 'in corso': 'buono', conclusa: 'neutro', ritirata: 'male' }

function colonne(ente: string, onRitira: ((p: Pubblicazione) => void) | null): Colonna<Pubblicazione>[] {
  const p = t.repertori.pubblicazioni
  const base: Colonna<Pubblicazione>[] = [
    { chiave: 'numero', titolo: p.numero, intestazione: true, cella: (x) => x.etichetta },
    {
      chiave: 'atto',
      titolo: p.atto,
      cella: (x) => (x.attoId === null ? x.atto : <Link to={`/${ente}/repertori/righe/${x.attoId}`}>{x.atto}</Link>),
    },
    { chiave: 'oggetto', titolo: t.repertori.colonne.oggetto, cella: (x) => x.oggetto },
    { chiave: 'periodo', titolo: p.periodo, cella: (x) => `${giorno(x.dal)} – ${giorno(x.al)}` },
    {
      chiave: 'stato',
      titolo: p.stato,
      cella: (x) => <Stato tono={TONI[x.stato]}>{x.motivoRitiro === null ? x.stato : `${x.stato}: ${x.motivoRitiro}`}</Stato>,
    },
    {
      chiave: 'relata',
      titolo: p.relata,
      cella: (x) => (x.relata ? <a href={api(ente, 'pubblicazioni', x.id, 'relata.pdf')}>{p.scaricaRelata(x.etichetta)}</a> : p.inAttesa),
    },
  ]
  if (onRitira === null) return base
  const azioni: Colonna<Pubblicazione> = {
    chiave: 'azioni',
    titolo: p.azioni,
    cella: (x) =>
      x.stato === 'in corso' || x.stato === 'programmata' ? (
        <button type="button" className="collegamento" aria-label={p.ritiraTitolo(x.etichetta)} onClick={() => onRitira(x)}>
          {p.ritira}
        </button>
      ) : null,
  }
  return [...base, azioni]
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()
  const client = useQueryClient()
  const [ritira, setRitira] = useState<Pubblicazione | null>(null)
  const query = useQuery({
    queryKey: ['pubblicazioni', slug],
    queryFn: async () => (await chiama<{ elementi: Pubblicazione[] }>(api(slug, 'pubblicazioni'))).elementi,
  })
  return (
    <div className="pagina">
      <Titolo>{t.repertori.pubblicazioni.titolo}</Titolo>
      <p className="azioni-pagina">
        <Link to={`/${slug}/repertori`}>{t.repertori.righe.torna}</Link> <a href={`/${slug}/albo`}>{t.repertori.alboPubblico}</a>
      </p>
      <Carica query={query} cosa={t.repertori.pubblicazioni.tabella}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="files">{t.repertori.pubblicazioni.vuoto}</Vuoto>
          ) : (
            <Tabella
              didascalia={t.repertori.pubblicazioni.tabella}
              colonne={colonne(slug, puo('albo.pubblica') ? setRitira : null)}
              righe={list}
              chiave={(x) => x.id}
            />
          )
        }
      </Carica>
      {ritira === null ? null : (
        <FoglioMotivo
          titolo={t.repertori.pubblicazioni.ritiraTitolo(ritira.etichetta)}
          invia={(motivo) => chiama(api(slug, 'pubblicazioni', ritira.id, 'ritiro'), { metodo: 'POST', corpo: { motivo } })}
          onChiudi={() => setRitira(null)}
          onFatto={() => {
            setRitira(null)
            void client.invalidateQueries({ queryKey: ['pubblicazioni', slug] })
          }}
        />
      )}
    </div>
  )
}
