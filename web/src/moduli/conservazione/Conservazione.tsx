/** Submission packages with their state and the report of the preservation system; errors in words. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama, conParametri } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Lista } from '../../api/tipi.ts'
import type { Anomalia, Versamento } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra, peso } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { StatoVersamento } from './StatoVersamento.tsx'

const MOVING = new Set(['IN_PREPARAZIONE', 'PRONTO', 'TRASMESSO'])

function colonne(ente: string): Colonna<Versamento>[] {
  const titles = t.conservazione.colonne
  return [
    {
      chiave: 'id',
      titolo: titles.id,
      intestazione: true,
      classe: 'cella-codice',
      cella: (row) => <Link to={`?versamento=${encodeURIComponent(row.id)}`}>{row.idPdv}</Link>,
    },
    {
      chiave: 'fascicolo',
      titolo: titles.fascicolo,
      classe: 'cella-larga',
      cella: ({ fascicolo, registro }) => {
        if (fascicolo)
          return (
            <span title={fascicolo.oggetto}>
              <Link to={`/${ente}/fascicoli/${fascicolo.slug}`}>{fascicolo.codice}</Link> {fascicolo.oggetto}
            </span>
          )
        if (registro) return <Link to={`/${ente}/protocollo/registro-giornaliero?giorno=${registro.giorno}`}>{registro.oggetto}</Link>
        return '—'
      },
    },
    { chiave: 'stato', titolo: titles.stato, cella: (row) => <StatoVersamento stato={row.stato} /> },
    { chiave: 'dimensione', titolo: titles.dimensione, classe: 'cella-numero', cella: (row) => peso(row.dimensione) },
    {
      chiave: 'rapporto',
      titolo: titles.rapporto,
      cella: (row) => (row.rapporto ? giornoEOra(row.rapporto.ricevutoIl) : '—'),
    },
  ]
}

function Impronta({ nome, valore }: { nome: string; valore: string | null | undefined }) {
  if (!valore) return null
  return (
    <div>
      <dt>{nome}</dt>
      <dd>
        <code className="impronta">{valore}</code>
      </dd>
    </div>
  )
}

function Anomalie({ anomalie }: { anomalie: Anomalia[] }) {
  if (anomalie.length === 0) return null
  const bad = anomalie.some((item) => item.gravita === 'ERRORE')
  return (
    <EsitoBar tipo={bad ? 'errore' : 'avviso'}>
      <strong>{t.conservazione.anomalie}</strong>
      <ul className="riepilogo-errori">
        {anomalie.map((item) => (
          <li key={item.codice + item.percorso + item.messaggio}>
            {item.messaggio} <small>{item.codice}</small>
          </li>
        ))}
      </ul>
    </EsitoBar>
  )
}

function Rapporto({ dati }: { dati: Versamento }) {
  const { rapporto } = dati
  if (rapporto === undefined) return <p>{t.conservazione.nessunRapporto}</p>
  return (
    <dl className="dati">
      <div>
        <dt>{t.conservazione.esito}</dt>
        <dd>
          <Stato tono={dati.stato === 'RIFIUTATO' ? 'male' : 'buono'}>
            {rapporto.esito === null
              ? (t.stati.versamento[dati.stato] ?? dati.stato)
              : rapporto.esito.charAt(0) + rapporto.esito.slice(1).toLowerCase()}
          </Stato>
        </dd>
      </div>
      <div>
        <dt>{t.conservazione.ricevuto}</dt>
        <dd>{giornoEOra(rapporto.ricevutoIl)}</dd>
      </div>
    </dl>
  )
}

function Dettaglio({ ente, id }: { ente: string; id: string }) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const query = useQuery({
    queryKey: ['versamento', ente, id],
    queryFn: () => chiama<Versamento>(api(ente, 'versamenti', id)),
    refetchInterval: (current) => (MOVING.has(current.state.data?.stato ?? '') ? 4000 : false),
  })
  const act = useMutation({
    mutationFn: () => chiama(api(ente, 'versamenti', id, 'trasmissione'), { metodo: 'POST' }),
    onSuccess: async () => {
      annuncia(t.conservazione.trasmesso)
      await Promise.all([
        client.invalidateQueries({ queryKey: ['versamento', ente, id] }),
        client.invalidateQueries({ queryKey: ['versamenti', ente] }),
      ])
    },
  })
  return (
    <Carica query={query} cosa={t.conservazione.dettaglio('')} righe={5}>
      {(dati) => (
        <section className="riquadro riquadro-sotto" aria-label={t.conservazione.dettaglio(dati.idPdv)}>
          <h2>{t.conservazione.dettaglio(dati.idPdv)}</h2>
          <p>
            <StatoVersamento stato={dati.stato} />
          </p>
          <Anomalie anomalie={dati.rapporto?.anomalie ?? dati.anomalie} />
          {act.error === null ? null : <EsitoProblema errore={act.error} />}
          <Rapporto dati={dati} />
          <dl className="dati">
            <Impronta nome={t.conservazione.improntaIndice} valore={dati.improntaIndice} />
            <Impronta nome={t.conservazione.improntaPacchetto} valore={dati.improntaPacchetto} />
          </dl>
          <p className="scheda-collegamenti">
            {dati.improntaPacchetto ? (
              <>
                <a href={api(ente, 'versamenti', dati.id, 'pacchetto')} download>
                  <Icona nome="download" dimensione={16} /> {t.conservazione.pacchetto}
                </a>
                <a href={api(ente, 'versamenti', dati.id, 'indice.xml')} download>
                  <Icona nome="download" dimensione={16} /> {t.conservazione.indice}
                </a>
              </>
            ) : null}
            {dati.rapporto ? (
              <a href={api(ente, 'versamenti', dati.id, 'rapporto.xml')} download>
                <Icona nome="download" dimensione={16} /> {t.conservazione.rapporto}
              </a>
            ) : null}
          </p>
          {dati.ripetibile ? (
            <button type="button" className="btn btn-primary btn-sm" disabled={act.isPending} onClick={() => act.mutate()}>
              {dati.stato === 'PRONTO' ? t.conservazione.trasmetti : t.conservazione.ritrasmetti}
            </button>
          ) : null}
        </section>
      )}
    </Carica>
  )
}

export function Component() {
  const { slug } = useEnte()
  const [parametri, setParametri] = useSearchParams()
  const scelto = parametri.get('versamento')
  const query = useQuery({
    queryKey: ['versamenti', slug, parametri.get('pagina')],
    queryFn: () => chiama<Lista<Versamento>>(conParametri(api(slug, 'versamenti'), { pagina: parametri.get('pagina'), perPagina: 50 })),
    refetchInterval: (current) => (current.state.data?.elementi.some((item) => MOVING.has(item.stato)) ? 5000 : false),
  })
  return (
    <div className="pagina">
      <Titolo>{t.conservazione.titolo}</Titolo>
      <Carica query={query} cosa={t.conservazione.tabella}>
        {(list) =>
          list.elementi.length === 0 ? (
            <Vuoto icona="box">{t.conservazione.vuoto}</Vuoto>
          ) : (
            <>
              <Tabella
                didascalia={t.conservazione.tabella}
                colonne={colonne(slug)}
                righe={list.elementi}
                chiave={(row) => row.id}
                scelta={scelto}
                scorciatoie
                onApri={(row) => setParametri({ versamento: row.id })}
              />
              <Paginazione totale={list.totale} />
              {scelto === null ? (
                <p className="campo-aiuto">{t.conservazione.scegli}</p>
              ) : (
                <Dettaglio key={scelto} ente={slug} id={scelto} />
              )}
            </>
          )
        }
      </Carica>
    </div>
  )
}
