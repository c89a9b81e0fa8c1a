/** The rules that propose classe and office, and how often what is proposed is what is chosen. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giorno, numero } from '../../ui/formati.ts'
import { PaginaAtti, useEsitoAtti } from '../../ui/PaginaAtti.tsx'
import { Tabella } from '../../ui/Tabella.tsx'
import type { Colonna } from '../../ui/Tabella.tsx'
import { misuraQuery, regoleQuery } from './dati.ts'
import type { Misura, Regola } from './dati.ts'
import { NuovaRegola } from './NuovaRegola.tsx'

const T = t.suggerimenti
const nome = (r: Regola): string => [r.parole, r.mittente].filter((part) => part !== '').join(', ')

function colonneRegole(onTogli: ((r: Regola) => void) | null): Colonna<Regola>[] {
  return [
    { chiave: 'parole', titolo: T.parole, intestazione: true, cella: (r) => (r.parole === '' ? '—' : r.parole) },
    { chiave: 'mittente', titolo: T.mittente, cella: (r) => (r.mittente === '' ? '—' : r.mittente) },
    { chiave: 'voce', titolo: T.voce, cella: (r) => (r.voce === null ? '—' : `${r.voce.codice} ${r.voce.denominazione}`) },
    { chiave: 'ufficio', titolo: T.ufficio, cella: (r) => r.ufficio?.denominazione ?? '—' },
    { chiave: 'dal', titolo: T.dal, cella: (r) => `${giorno(r.dal.slice(0, 10))}, ${r.autore}` },
    ...(onTogli === null
      ? []
      : [
          {
            chiave: 'azioni',
            titolo: T.azioni,
            cella: (r: Regola) => (
              <button
                type="button"
                className="btn btn-outline-primary btn-xs"
                aria-label={T.togliRegola(nome(r))}
                onClick={() => onTogli(r)}
              >
                {T.togli}
              </button>
            ),
          },
        ]),
  ]
}

function Misurate({ dati }: { dati: Misura }) {
  const righe = [
    { cosa: T.classi, ...dati.voci },
    { cosa: T.uffici, ...dati.uffici },
  ]
  return (
    <section className="riquadro">
      <h2>{T.misura}</h2>
      <p className="campo-aiuto">{T.misuraTesto}</p>
      <Tabella
        didascalia={T.misura}
        righe={righe}
        chiave={(row) => row.cosa}
        colonne={[
          { chiave: 'cosa', titolo: T.cosa, intestazione: true, cella: (row) => row.cosa },
          { chiave: 'misurate', titolo: T.misurate, classe: 'cella-numero', cella: (row) => numero(row.misurate) },
          { chiave: 'prima', titolo: T.prima, classe: 'cella-numero', cella: (row) => T.quota(row.prima, row.misurate) },
          { chiave: 'tre', titolo: T.tre, classe: 'cella-numero', cella: (row) => T.quota(row.traLePrimeTre, row.misurate) },
          { chiave: 'mai', titolo: T.mai, classe: 'cella-numero', cella: (row) => T.quota(row.maiProposte, row.misurate) },
        ]}
      />
    </section>
  )
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()
  const query = useQuery(regoleQuery(slug))
  const misura = useQuery(misuraQuery(slug))
  const esito = useEsitoAtti(regoleQuery(slug).queryKey)
  const [nuova, setNuova] = useState(false)
  const togli = useMutation({
    mutationFn: (r: Regola) => chiama(api(slug, 'regole-smistamento', r.id), { metodo: 'DELETE' }),
    onSuccess: () => esito.fatto(T.tolta),
  })
  const may = puo('titolario.gestisci')
  return (
    <PaginaAtti titolo={T.titolo} testo={T.testo} esito={esito} errore={togli.error}>
      {may ? (
        <button type="button" className="btn btn-primary btn-sm" onClick={() => setNuova(true)}>
          {T.nuova}
        </button>
      ) : null}
      <Carica query={query} cosa={T.elenco} righe={4}>
        {(regole) =>
          regole.length === 0 ? (
            <Vuoto>{T.nessuna}</Vuoto>
          ) : (
            <Tabella
              didascalia={T.elenco}
              righe={regole}
              chiave={(r) => r.id}
              colonne={colonneRegole(may ? (r) => togli.mutate(r) : null)}
            />
          )
        }
      </Carica>
      <Carica query={misura} cosa={T.misura} righe={3}>
        {(dati) => <Misurate dati={dati} />}
      </Carica>
      {nuova ? (
        <NuovaRegola
          ente={slug}
          onChiudi={() => setNuova(false)}
          onFatto={() => {
            setNuova(false)
            esito.fatto(T.aggiunta)
          }}
        />
      ) : null}
    </PaginaAtti>
  )
}
