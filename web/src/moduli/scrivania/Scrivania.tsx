/** The desk: what must I do now. Every number is a link to the list that produces it; a block that fails never blanks the page. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte, useSessione } from '../../api/sessione.tsx'
import type { EnteSessione } from '../../api/tipi.ts'
import type { Scrivania } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { Barre } from '../../ui/Barre.tsx'
import { giorno, giornoLungo, numero } from '../../ui/formati.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Icona } from '../../ui/Icona.tsx'
import { Tabella } from '../../ui/Tabella.tsx'
import { TONI } from '../registro/dati.ts'
import { colonneRegistro } from '../protocollo/colonne.tsx'

interface Contatore {
  chiave: keyof Scrivania['contatori']
  icona: string
  percorso: string
  permesso: string
  /** Late by law or by the service level: in red, with its word. */
  urgente?: boolean
}

const QUEUE = 'protocollo/da-protocollare'
const WORK = 'assegnazioni'

/** Each number with the list it comes from: the server counts them by the same condition. */
const COUNTERS: Contatore[] = [
  { chiave: 'daProtocollare', icona: 'inbox', percorso: QUEUE, permesso: 'messaggi.leggi' },
  { chiave: 'inRitardo', icona: 'warning-circle', percorso: `${QUEUE}?vista=in-ritardo`, permesso: 'messaggi.leggi', urgente: true },
  { chiave: 'passatiAMe', icona: 'arrow-right', percorso: `${QUEUE}?vista=per-me`, permesso: 'messaggi.leggi' },
  { chiave: 'quarantena', icona: 'warning-circle', percorso: `${QUEUE}?vista=quarantena`, permesso: 'messaggi.leggi' },
  { chiave: 'daPrendereInCarico', icona: 'clock', percorso: WORK, permesso: 'assegnazioni.leggi' },
  { chiave: 'inCarico', icona: 'check-circle', percorso: `${WORK}?vista=in-carico`, permesso: 'assegnazioni.leggi' },
  { chiave: 'nonFascicolati', icona: 'folder', percorso: `${WORK}?vista=non-fascicolate`, permesso: 'assegnazioni.leggi' },
  { chiave: 'perConoscenza', icona: 'presentation', percorso: `${WORK}?vista=per-conoscenza`, permesso: 'assegnazioni.leggi' },
  { chiave: 'rifiutate', icona: 'close-circle', percorso: `${WORK}?vista=rifiutate`, permesso: 'assegnazioni.leggi' },
  {
    chiave: 'oltreSogliaUfficio',
    icona: 'warning-circle',
    percorso: 'arretrato?oltre=responsabile',
    permesso: 'arretrato.leggi',
    urgente: true,
  },
  { chiave: 'fascicoliProposti', icona: 'folder', percorso: 'fascicoli/proposte', permesso: 'fascicoli.apri' },
  { chiave: 'trasferimentiDaDecidere', icona: 'arrow-right', percorso: 'fascicoli/proposte', permesso: 'fascicoli.apri' },
  { chiave: 'oltreSogliaRgd', icona: 'warning-circle', percorso: 'arretrato?oltre=rgd', permesso: 'arretrato.leggi', urgente: true },
  {
    chiave: 'praticheScadute',
    icona: 'warning-circle',
    percorso: 'pratiche?situazione=scaduta',
    permesso: 'pratiche.leggi',
    urgente: true,
  },
  { chiave: 'praticheOggi', icona: 'calendar', percorso: 'pratiche?situazione=oggi', permesso: 'pratiche.leggi' },
  { chiave: 'praticheInScadenza', icona: 'calendar', percorso: 'pratiche?situazione=in+scadenza', permesso: 'pratiche.leggi' },
]

function Contatori({ ente, dati }: { ente: EnteSessione; dati: Scrivania }) {
  const shown = COUNTERS.flatMap((item) => {
    const value = dati.contatori[item.chiave]
    return ente.permessi.includes(item.permesso) && value !== null && value > 0 ? [{ ...item, value }] : []
  })
  if (shown.length === 0) return <Vuoto>{t.scrivania.tuttoFatto}</Vuoto>
  return (
    <ul className="contatori" aria-label={t.scrivania.daFare}>
      {shown.map((item) => (
        <li key={item.chiave}>
          <Link to={`/${ente.slug}/${item.percorso}`} className={item.urgente ? 'contatore contatore-urgente' : 'contatore'}>
            <Icona nome={item.icona} dimensione={24} />
            <strong>{numero(item.value)}</strong> <span>{t.scrivania.contatori[item.chiave]}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Scadenze({ ente, dati, scadenzario }: { ente: string; dati: Scrivania; scadenzario: boolean }) {
  return (
    <section className="riquadro">
      <h2>{t.scrivania.scadenze}</h2>
      {dati.scadenze.length === 0 ? <p>{t.scrivania.nessunaScadenza}</p> : null}
      <ul className="scadenze">
        {dati.scadenze.map((item) => (
          <li key={item.fascicolo.id}>
            <Icona nome={item.giorni < 0 ? 'warning-circle' : 'calendar'} dimensione={18} />
            <span className="scadenze-testo">
              <Link to={`/${ente}/fascicoli/${item.fascicolo.slug}`}>{item.fascicolo.oggetto}</Link>
              <small>{item.fascicolo.codice}</small>
            </span>
            <span className={item.giorni < 0 ? 'scadenze-quando scadenze-tardi' : 'scadenze-quando'}>
              {giorno(item.termine)}
              <small>{t.scrivania.giorni(item.giorni)}</small>
            </span>
          </li>
        ))}
      </ul>
      {scadenzario ? <Link to={`/${ente}/pratiche`}>{t.scrivania.scadenzario}</Link> : null}
    </section>
  )
}

/** The yearly review of the titolario that was not made, told to who must make it. */
function Revisione({ ente, dati }: { ente: string; dati: Scrivania }) {
  if (dati.revisioneTitolario === null) return null
  return (
    <EsitoBar tipo="avviso">
      {t.scrivania.revisione(giorno(dati.revisioneTitolario.entroIl))}{' '}
      <Link to={`/${ente}/amministrazione/titolario/uso`}>{t.scrivania.revisioneVai}</Link>
    </EsitoBar>
  )
}

function Andamento({ dati }: { dati: Scrivania }) {
  const total = dati.andamento.reduce((sum, day) => sum + day.entrata + day.uscita + day.interno, 0)
  const average = dati.andamento.length === 0 ? 0 : Math.round(total / dati.andamento.length)
  if (dati.andamento.length === 0) return null
  return (
    <section className="riquadro">
      <h2>{t.scrivania.andamento}</h2>
      <Barre
        titolo={t.scrivania.andamento}
        frase={t.scrivania.andamentoFrase(total, average)}
        serie={[
          { chiave: 'entrata', nome: t.scrivania.entrata },
          { chiave: 'uscita', nome: t.scrivania.uscita },
          { chiave: 'interno', nome: t.scrivania.interno },
        ]}
        dati={dati.andamento.map((day) => ({
          giorno: day.giorno,
          valori: { entrata: day.entrata, uscita: day.uscita, interno: day.interno },
        }))}
      />
    </section>
  )
}

/** The last daily register, in one line: the person only looks. */
function RegistroDelGiorno({ ente, dati }: { ente: string; dati: Scrivania }) {
  const r = t.registroGiornaliero
  const last = dati.registroGiornaliero
  if (last === null) return null
  const weekday = giornoLungo(new Date(`${last.giorno}T12:00:00Z`)).split(' ')[0] ?? giorno(last.giorno)
  const stato = r.stati[last.stato] ?? last.stato
  const sent = last.stato === 'inviato' || last.stato === 'conservato'
  return (
    <section className="riquadro">
      <h2>
        <Link to={`/${ente}/protocollo/registro-giornaliero`}>{r.titolo}</Link>
      </h2>
      <p>
        <Stato tono={TONI[last.stato] ?? 'neutro'}>{r.scrivania(weekday, stato.toLowerCase())}</Stato>{' '}
        {sent ? '' : r.entro(giorno(last.scadenza))}
      </p>
    </section>
  )
}

function Avvisi({ dati }: { dati: Scrivania }) {
  if (dati.avvisi.length === 0) return null
  return (
    <EsitoBar tipo="avviso">
      <strong>{t.registroGiornaliero.avvisi}</strong>
      <ul className="riepilogo-errori">
        {dati.avvisi.map((item) => (
          <li key={item.giorno + item.tipo + item.il}>
            {giorno(item.giorno)}: {item.testo}
          </li>
        ))}
      </ul>
    </EsitoBar>
  )
}

function Conservazione({ ente, dati }: { ente: EnteSessione; dati: Scrivania }) {
  if (dati.conservazione === null) return null
  const numbers = [
    { nome: t.scrivania.conservati, valore: dati.conservazione.conservati, icona: 'check-circle' },
    { nome: t.scrivania.inAttesa, valore: dati.conservazione.inAttesa, icona: 'clock' },
    { nome: t.scrivania.rifiutati, valore: dati.conservazione.rifiutati, icona: 'close-circle' },
  ]
  return (
    <section className="riquadro">
      <h2>
        <Link to={`/${ente.slug}/conservazione`}>{t.scrivania.conservazione}</Link>
      </h2>
      <dl className="numeri">
        {numbers.map((item) => (
          <div key={item.nome}>
            <dt>
              <Icona nome={item.icona} dimensione={16} /> {item.nome}
            </dt>
            <dd>{numero(item.valore)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export function Component() {
  const { slug, ente } = useEnte()
  const sessione = useSessione()
  const now = new Date()
  const query = useQuery({
    queryKey: ['scrivania', slug],
    queryFn: () => chiama<Scrivania>(api(slug, 'scrivania')),
    refetchInterval: 60_000,
  })
  const firstName = (sessione.attore?.nome ?? '').split(' ')[0] ?? ''
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Rome', hour: '2-digit' }).format(now))
  return (
    <div className="pagina">
      <Titolo scheda={t.scrivania.titolo} accanto={<span className="conteggio-testo">{giornoLungo(now)}</span>}>
        {t.scrivania.saluto(hour, firstName)}
      </Titolo>
      <Carica query={query} cosa={t.scrivania.titolo} righe={10}>
        {(dati) =>
          ente === null ? null : (
            <>
              <Avvisi dati={dati} />
              <Revisione ente={slug} dati={dati} />
              <Contatori ente={ente} dati={dati} />
              <div className="riquadri">
                <Scadenze ente={slug} dati={dati} scadenzario={ente.permessi.includes('pratiche.leggi')} />
                <Andamento dati={dati} />
                <RegistroDelGiorno ente={slug} dati={dati} />
                <Conservazione ente={ente} dati={dati} />
              </div>
              <section className="riquadro">
                <h2>{t.scrivania.ultimi}</h2>
                {dati.ultimi.length === 0 ? (
                  <p>{t.scrivania.nessunaRegistrazione}</p>
                ) : (
                  <Tabella
                    didascalia={t.scrivania.ultimi}
                    colonne={colonneRegistro(slug).filter((column) => !['fascicolo', 'voce', 'tipo'].includes(column.chiave))}
                    righe={dati.ultimi}
                    chiave={(row) => row.id}
                  />
                )}
              </section>
            </>
          )
        }
      </Carica>
    </div>
  )
}
