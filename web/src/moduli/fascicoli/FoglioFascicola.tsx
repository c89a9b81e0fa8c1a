/** "Fascicola": a side sheet over the work. First the open fascicoli that fit, then a new one already filled. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, chiama, conParametri } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useSessione } from '../../api/sessione.tsx'
import type { Registrazione } from '../../api/tipi.ts'
import type { Fascicolo, PropostaFascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Finestra } from '../../ui/Finestra.tsx'
import { operatoriQuery, useRicerche, useTitolario } from '../protocollo/dati.ts'
import type { Scelta } from '../protocollo/modulo.ts'
import { ModuloFascicolo } from './ModuloFascicolo.tsx'

export interface FoglioFascicolaProps {
  ente: string
  registrazione: Registrazione
  onChiudi: () => void
  /** What happened, in words. */
  onFatto: (testo: string) => void
}

function InAperto({ ente, registrazione, onFatto }: Omit<FoglioFascicolaProps, 'onChiudi'>) {
  const documentoId = registrazione.documento.id
  const proposte = useQuery({
    queryKey: ['proposte-fascicolo', ente, documentoId],
    queryFn: () => chiama<PropostaFascicolo[]>(conParametri(api(ente, 'fascicoli', 'proposte'), { documentoId })),
  })
  const ricerche = useRicerche(ente)
  const [altro, setAltro] = useState<Scelta | null>(null)
  const act = useMutation({
    mutationFn: ({ id }: { id: string; codice: string }) =>
      chiama(api(ente, 'fascicoli', id, 'documenti'), { metodo: 'POST', corpo: { documentoId } }),
    onSuccess: (_, { codice }) => {
      onFatto(t.fascicoli.messo(codice))
    },
  })
  return (
    <section className="foglio-parte">
      <h3>{t.fascicoli.inAperto}</h3>
      {act.error === null ? null : <EsitoProblema errore={act.error} />}
      <Carica query={proposte} cosa={t.fascicoli.inAperto} righe={2}>
        {(list) =>
          list.length === 0 ? (
            <p>{t.fascicoli.nessunaProposta}</p>
          ) : (
            <ul className="proposte">
              {list.map((item) => {
                const { codice } = item
                return (
                  <li key={item.id}>
                    <div>
                      <strong>{codice}</strong> {item.oggetto}
                      {item.motivo ? <small className="campo-perche">{item.motivo}</small> : null}
                    </div>
                    <button
                      type="button"
                      className="btn btn-outline-primary btn-xs"
                      disabled={act.isPending}
                      onClick={() => act.mutate({ id: item.id, codice })}
                    >
                      {t.fascicoli.mettiQui}
                      <span className="visually-hidden">: {codice}</span>
                    </button>
                  </li>
                )
              })}
            </ul>
          )
        }
      </Carica>
      <div className="riga-azione">
        <Combobox
          id="fascicolo-altro"
          etichetta={t.fascicoli.altroFascicolo}
          chiave={['fascicoli', ente, registrazione.voce.codice]}
          cerca={(testo) => ricerche.fascicoli(testo, registrazione.voce.codice)}
          valore={altro}
          onScelta={setAltro}
        />
        {altro === null ? null : (
          <button
            type="button"
            className="btn btn-outline-primary btn-xs"
            disabled={act.isPending}
            onClick={() => act.mutate({ id: altro.id, codice: altro.testo.split(' ')[0] ?? '' })}
          >
            {t.fascicoli.mettiQui}
          </button>
        )}
      </div>
    </section>
  )
}

export function FoglioFascicola({ ente, registrazione, onChiudi, onFatto }: FoglioFascicolaProps) {
  const titolario = useTitolario(ente)
  const operatori = useQuery(operatoriQuery(ente))
  const sessione = useSessione()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const puo = usePermessi()
  const [invia, setInvia] = useState<(() => void) | null>(null)
  function done(testo: string): void {
    void client.invalidateQueries({ queryKey: ['fascicoli', ente] })
    annuncia(testo)
    onFatto(testo)
  }
  const data =
    titolario.data !== undefined && operatori.data !== undefined ? { voci: titolario.data.voci, persone: operatori.data } : undefined
  return (
    <Finestra
      titolo={t.fascicoli.foglio(registrazione.etichetta)}
      forma="lato"
      onChiudi={onChiudi}
      onConferma={invia ?? undefined}
      azioni={
        <>
          {puo('fascicoli.apri') ? (
            <button type="button" className="btn btn-primary btn-sm" disabled={invia === null} onClick={() => invia?.()}>
              {t.fascicoli.apri} <kbd aria-hidden="true">Ctrl+Invio</kbd>
            </button>
          ) : puo('fascicoli.lavora') ? (
            <Link className="btn btn-outline-primary btn-sm" to={`/${ente}/fascicoli/nuovo?registrazione=${registrazione.id}`}>
              {t.proposteFascicolo.nuova}
            </Link>
          ) : null}
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={onChiudi}>
            {t.annulla}
          </button>
        </>
      }
    >
      <Carica
        query={{ data, error: titolario.error ?? operatori.error, isPending: data === undefined, refetch: titolario.refetch }}
        cosa={t.fascicoli.nuovo}
      >
        {({ voci, persone }) => {
          const own = registrazione.voce
          const classe = own.livello === 3 ? (voci.find((voce) => voce.id === own.padreId) ?? own) : own
          const me = persone.find((person) => person.nome === sessione.attore?.nome)
          return (
            <>
              <InAperto ente={ente} registrazione={registrazione} onFatto={done} />
              {puo('fascicoli.apri') ? (
                <ModuloFascicolo
                  ente={ente}
                  partenza={{
                    registrazione,
                    classe,
                    sottoclassi: voci.filter((voce) => voce.padreId === classe.id),
                    responsabile: me === undefined ? null : { id: me.id, testo: me.nome },
                  }}
                  onPronto={(action) => setInvia(() => action)}
                  onAperto={(fascicolo: Fascicolo) => done(t.fascicoli.aperto(fascicolo.codice))}
                />
              ) : null}
            </>
          )
        }}
      </Carica>
    </Finestra>
  )
}
