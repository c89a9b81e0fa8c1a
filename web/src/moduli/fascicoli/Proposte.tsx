/** Proposed fascicoli: those this person may open, and his own with what became of them. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { PropostaApertura } from '../../api/tipi-fascicolo.ts'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giorno } from '../../ui/formati.ts'
import { PaginaAtti, useEsitoAtti } from '../../ui/PaginaAtti.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { TrasferimentiAttesi } from './TrasferimentiAttesi.tsx'
import { FoglioMotivo } from './FoglioMotivo.tsx'

const w = t.proposteFascicolo

function Oggetto({ ente, p }: { ente: string; p: PropostaApertura }) {
  return (
    <>
      {p.fascicolo === null ? (
        p.dati.oggetto
      ) : (
        <Link to={`/${ente}/fascicoli/${p.fascicolo.slug}`}>{`${p.fascicolo.codice} ${p.dati.oggetto}`}</Link>
      )}
      {p.documento === null ? null : (
        <small className="campo-perche">
          <Link to={`/${ente}/protocollo/${p.documento.anno}/${p.documento.numero}`}>{w.documento(p.documento.etichetta)}</Link>
        </small>
      )}
      {p.precedente === null ? null : (
        <small className="campo-perche">
          <Link to={`/${ente}/fascicoli/${p.precedente.slug}`}>{w.precedente(p.precedente.codice)}</Link>
        </small>
      )}
      {p.motivo === null ? null : <small className="campo-perche">{p.motivo}</small>}
    </>
  )
}

function colonne(ente: string, onRespingi: (p: PropostaApertura) => void): Colonna<PropostaApertura>[] {
  const c = w.colonne
  return [
    { chiave: 'oggetto', titolo: c.oggetto, intestazione: true, classe: 'cella-larga', cella: (p) => <Oggetto ente={ente} p={p} /> },
    { chiave: 'voce', titolo: c.voce, cella: (p) => p.voce.codice },
    { chiave: 'ufficio', titolo: c.ufficio, cella: (p) => p.ufficio.denominazione },
    { chiave: 'chi', titolo: c.chi, cella: (p) => `${p.propostaDa}, ${giorno(p.propostaIl)}` },
    { chiave: 'stato', titolo: c.stato, cella: (p) => w.stati[p.stato] ?? p.stato },
    {
      chiave: 'azioni',
      titolo: c.azioni,
      cella: (p) => (
        <span className="riga-azione">
          {p.azioni.decidi ? (
            <Link
              className="btn btn-primary btn-xs"
              to={`/${ente}/fascicoli/nuovo?proposta=${p.id}`}
              aria-label={`${w.apri} ${p.dati.oggetto}`}
            >
              {w.apri}
            </Link>
          ) : null}
          {p.azioni.decidi || p.azioni.ritira ? (
            <button
              type="button"
              className="btn btn-outline-primary btn-xs"
              aria-label={`${p.azioni.decidi ? w.respingi : w.ritira} ${p.dati.oggetto}`}
              onClick={() => onRespingi(p)}
            >
              {p.azioni.decidi ? w.respingi : w.ritira}
            </button>
          ) : null}
        </span>
      ),
    },
  ]
}

export function Component() {
  const { slug: ente } = useEnte()
  const puo = usePermessi()
  const esito = useEsitoAtti(['proposte-apertura', ente], ['trasferimenti-attesi', ente], ['scrivania', ente])
  const [scelta, setScelta] = useState<PropostaApertura | null>(null)
  const query = useQuery({
    queryKey: ['proposte-apertura', ente],
    queryFn: () => chiama<PropostaApertura[]>(api(ente, 'fascicoli', 'proposte-apertura')),
  })
  const act = useMutation({
    mutationFn: ({ id, motivo }: { id: string; motivo: string }) =>
      chiama(api(ente, 'fascicoli', 'proposte-apertura', id, 'rifiuto'), { metodo: 'POST', corpo: { motivo } }),
  })
  return (
    <PaginaAtti titolo={w.titolo} testo={w.testo} esito={esito}>
      {puo('fascicoli.lavora') ? (
        <p className="azioni-pagina">
          <Link className="btn btn-outline-primary btn-xs" to={`/${ente}/fascicoli/nuovo`}>
            {puo('fascicoli.apri') ? t.nuovoFascicolo.titolo : w.nuova}
          </Link>
        </p>
      ) : null}
      <TrasferimentiAttesi ente={ente} onFatto={esito.fatto} />
      <Carica query={query} cosa={w.titolo} righe={6}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="folder">{w.vuoto}</Vuoto>
          ) : (
            <Tabella didascalia={w.titolo} colonne={colonne(ente, setScelta)} righe={list} chiave={(p) => p.id} />
          )
        }
      </Carica>
      {scelta === null ? null : (
        <FoglioMotivo
          titolo={scelta.azioni.decidi ? w.respingi : w.ritira}
          invia={(motivo) => act.mutateAsync({ id: scelta.id, motivo })}
          onChiudi={() => setScelta(null)}
          onFatto={() => {
            esito.fatto(scelta.azioni.decidi ? w.respinta : w.ritirata)
            setScelta(null)
          }}
        />
      )}
    </PaginaAtti>
  )
}
