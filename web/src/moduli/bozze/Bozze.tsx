/** The drafts: mine, of my office, sent to the protocol office, discarded, registered. */
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Schede } from '../../ui/Schede.tsx'
import { Stato, type Tono } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { bozzeQuery, type Riga } from './dati.ts'

const TONES: Record<Riga['stato'], Tono> = {
  IN_LAVORAZIONE: 'attivo',
  DA_FIRMARE: 'attenzione',
  FIRMATA: 'buono',
  PRONTA: 'buono',
  PROTOCOLLATA: 'neutro',
  SCARTATA: 'male',
}

function colonne(ente: string): Colonna<Riga>[] {
  const c = t.bozze.colonne
  return [
    {
      chiave: 'oggetto',
      titolo: c.oggetto,
      intestazione: true,
      cella: (r) => <Link to={`/${ente}/bozze/${r.id}`}>{r.oggetto === '' ? t.bozze.senzaOggetto : r.oggetto}</Link>,
    },
    { chiave: 'tipo', titolo: c.tipo, cella: (r) => t.bozze.tipi[r.tipo] },
    { chiave: 'corrispondente', titolo: c.corrispondente, cella: (r) => r.corrispondente },
    {
      chiave: 'stato',
      titolo: c.stato,
      cella: (r) => <Stato tono={TONES[r.stato]}>{r.etichetta ?? t.bozze.stati[r.stato]}</Stato>,
    },
    { chiave: 'ufficio', titolo: c.ufficio, cella: (r) => r.ufficio ?? '–' },
    { chiave: 'aggiornata', titolo: c.aggiornata, cella: (r) => giornoEOra(r.aggiornataIl) },
  ]
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()
  const navigate = useNavigate()
  const [parametri] = useSearchParams()
  const vista = parametri.get('vista') ?? 'mie'
  const query = useQuery(bozzeQuery(slug, vista, Math.max(1, Number(parametri.get('pagina') ?? 1) || 1)))
  const viste = Object.entries(t.bozze.viste).filter(([chiave]) => chiave !== 'protocollo' || puo('protocollo.registra'))
  return (
    <div className="pagina">
      <Titolo>{t.bozze.titolo}</Titolo>
      <p className="azioni-pagina">
        <Link className="btn btn-primary btn-xs" to={`/${slug}/protocollo/uscita/nuovo`}>
          {t.bozze.nuovaUscita}
        </Link>{' '}
        <Link className="btn btn-outline-primary btn-xs" to={`/${slug}/protocollo/interno/nuovo`}>
          {t.bozze.nuovaInterna}
        </Link>{' '}
        {puo('protocollo.registra') ? (
          <>
            <Link className="btn btn-outline-primary btn-xs" to={`/${slug}/bozze/nuova`}>
              {t.bozze.nuovaEntrata}
            </Link>{' '}
            <Link className="btn btn-outline-primary btn-xs" to={`/${slug}/protocollo/serie`}>
              {t.bozze.serie}
            </Link>{' '}
          </>
        ) : null}
        <Link className="btn btn-outline-primary btn-xs" to={`/${slug}/amministrazione/modelli`}>
          {t.bozze.modelli}
        </Link>
      </p>
      <Schede
        etichetta={t.bozze.etichettaViste}
        corrente={vista}
        schede={viste.map(([chiave, testo]) => ({ chiave, testo, verso: `?vista=${chiave}` }))}
      />
      <Carica query={query} cosa={t.bozze.elenco} righe={8}>
        {({ elementi, totale }) =>
          elementi.length === 0 ? (
            <Vuoto icona="pencil">{t.bozze.vuoto}</Vuoto>
          ) : (
            <>
              <Tabella
                didascalia={t.bozze.elenco}
                colonne={colonne(slug)}
                righe={elementi}
                chiave={(r) => r.id}
                scorciatoie
                onApri={(r) => void navigate(`/${slug}/bozze/${r.id}`)}
              />
              <Paginazione totale={totale} />
            </>
          )
        }
      </Carica>
    </div>
  )
}
