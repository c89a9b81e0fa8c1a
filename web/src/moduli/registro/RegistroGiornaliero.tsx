/** Daily register: a strip of thirty days, the chosen day below. Automatic; the person only looks, and acts when something is broken. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { api, chiama, conParametri } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { Titolo } from '../../app/Titolo.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giornoItaliano, spostaGiorno } from '../../ui/date.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giorno, giornoBreve } from '../../ui/formati.ts'
import { Stato } from '../../ui/Stato.tsx'
import { GIORNI_STRISCIA, striscia, TONI } from './dati.ts'
import type { ElencoRegistri, Posto } from './dati.ts'
import { DettaglioGiorno } from './DettaglioGiorno.tsx'
import { FoglioEsporta } from './FoglioEsporta.tsx'

const r = t.registroGiornaliero

function Giorno({ posto, scelto, onScegli }: { posto: Posto; scelto: boolean; onScegli: () => void }) {
  const { registro } = posto
  const stato = registro === null ? r.nonProdotto : (r.stati[registro.stato] ?? registro.stato)
  return (
    <li>
      <button type="button" className="striscia-giorno" aria-pressed={scelto} disabled={registro === null} onClick={onScegli}>
        <strong>{giornoBreve(posto.giorno)}</strong>
        <Stato tono={registro === null ? 'male' : (TONI[registro.stato] ?? 'neutro')}>{stato}</Stato>
        <small>{registro === null ? '' : r.conteggio(registro.registrazioni)}</small>
      </button>
    </li>
  )
}

function Avvisi({ avvisi }: { avvisi: ElencoRegistri['avvisi'] }) {
  if (avvisi.length === 0) return null
  return (
    <EsitoBar tipo="avviso">
      <strong>{r.avvisi}</strong>
      <ul className="riepilogo-errori">
        {avvisi.map((item) => (
          <li key={item.id}>
            {giorno(item.giorno)}: {item.testo}
          </li>
        ))}
      </ul>
    </EsitoBar>
  )
}

export function Component() {
  const { slug, ente } = useEnte()
  const [parametri, setParametri] = useSearchParams()
  const [esporta, setEsporta] = useState(false)
  const oggi = giornoItaliano(new Date())
  const registroId = parametri.get('registro')
  const chosen = parametri.get('giorno')
  // A day asked for by a link may be older than the strip.
  const dal = chosen !== null && chosen < spostaGiorno(oggi, -GIORNI_STRISCIA) ? chosen : spostaGiorno(oggi, -GIORNI_STRISCIA)
  const query = useQuery({
    queryKey: ['registri-giornalieri', slug, registroId, dal, oggi],
    queryFn: () => chiama<ElencoRegistri>(conParametri(api(slug, 'registri-giornalieri'), { dal, al: oggi, registroId })),
    refetchInterval: 60_000,
  })
  const manages = ente?.permessi.includes('registro.gestisci') ?? false
  return (
    <div className="pagina">
      <Titolo>{r.titolo}</Titolo>
      <p className="campo-aiuto">{r.spiegazione}</p>
      <p className="scheda-collegamenti">
        {manages ? (
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => setEsporta(true)}>
            {r.esporta}
          </button>
        ) : null}
        <Link to={`/${slug}/protocollo/registro-giornaliero/impostazioni`}>{r.impostazioni}</Link>
      </p>
      <Carica query={query} cosa={r.titolo}>
        {(list) => {
          const places = striscia(list.elementi, oggi)
          const day = chosen ?? places.findLast((p) => p.registro !== null)?.giorno
          const shown = list.elementi.find((item) => item.giorno === day && item.tipo === 'giornaliero')
          return (
            <>
              <Avvisi avvisi={list.avvisi} />
              {places.length === 0 ? (
                <Vuoto icona="calendar">{r.vuoto}</Vuoto>
              ) : (
                <ol className="striscia" aria-label={r.strisciaTitolo}>
                  {places.map((posto) => (
                    <Giorno
                      key={posto.giorno}
                      posto={posto}
                      scelto={posto.giorno === day}
                      onScegli={() => setParametri({ giorno: posto.giorno, ...(registroId === null ? {} : { registro: registroId }) })}
                    />
                  ))}
                </ol>
              )}
              {shown === undefined ? null : <DettaglioGiorno key={shown.id} ente={slug} id={shown.id} oggi={oggi} />}
              {esporta ? <FoglioEsporta ente={slug} registroId={list.registro.id} oggi={oggi} onChiudi={() => setEsporta(false)} /> : null}
            </>
          )
        }}
      </Carica>
    </div>
  )
}
