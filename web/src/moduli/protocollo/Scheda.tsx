/** The record of a registration: what can never change on top, then documents, assignments, fascicoli, history. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { EventoStoria, Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { AzioniRisposta } from '../bozze/AzioniRisposta.tsx'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { giorno, giornoEOra } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { BottoniStampa } from '../stampe/BottoniStampa.tsx'
import { FoglioApri } from '../pratiche/FoglioApri.tsx'
import { FoglioFascicola } from '../fascicoli/FoglioFascicola.tsx'
import { TipoRegistrazione } from './colonne.tsx'
import { AttiScheda, Condizione, NonVisibile } from './Condizione.tsx'
import { testoVoce } from './dati.ts'
import { Collegamenti } from './Collegamenti.tsx'
import { ComunicazioneAnnullamento } from './ComunicazioneAnnullamento.tsx'
import { Consegne } from './Consegne.tsx'
import { DocumentiScheda } from './DocumentiScheda.tsx'
import { RigaMetadati } from '../metadati/RigaMetadati.tsx'
import { Metadati } from './Metadati.tsx'
import { codiceSoggetto, nomeSoggetto } from './soggetti.ts'
import { Storia } from './Storia.tsx'
import { FoglioClassifica, FoglioRiassegna } from './FogliScheda.tsx'

type Foglio = 'fascicola' | 'procedimento' | 'riassegna' | 'classifica' | 'metadati' | null
const APRIBILI: readonly Foglio[] = ['fascicola', 'riassegna', 'classifica', 'metadati']

function Dato({ nome, children }: { nome: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{nome}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Bloccati({ dati }: { dati: Registrazione }) {
  const annuncia = useAnnuncio()
  const people = dati.tipo === 'U' ? dati.destinatari : dati.mittenti
  return (
    <section className="scheda-bloccati" aria-label={t.scheda.bloccati}>
      <p className="scheda-lucchetto">
        <Icona nome="lock" dimensione={16} /> {t.scheda.bloccati}
      </p>
      <dl className="dati">
        <Dato nome={t.scheda.registrato}>
          {giornoEOra(dati.istante)} {t.scheda.da} {dati.operatore.nome}
        </Dato>
        <Dato nome={dati.tipo === 'U' ? t.scheda.destinatari : t.scheda.mittenti}>
          {people.map((person) => [nomeSoggetto(person), codiceSoggetto(person)].filter((part) => part !== '').join(' · ')).join('; ')}
        </Dato>
        <Dato nome={t.scheda.oggetto}>
          <strong>{dati.oggetto}</strong>
        </Dato>
        <Dato nome={t.scheda.arrivo}>
          {[giornoEOra(dati.dataArrivo), t.stati.mezzo[dati.mezzo]].filter((part) => part !== '').join(' · ')}
        </Dato>
        {dati.emergenza === null ? null : (
          <Dato nome={t.emergenza.scheda}>{t.emergenza.numeroDel(dati.emergenza.numero, giornoEOra(dati.emergenza.istante))}</Dato>
        )}
        {dati.protocolloMittente === null ? null : (
          <Dato nome={t.scheda.protocolloMittente}>
            {[dati.protocolloMittente.numero, giorno(dati.protocolloMittente.data)].filter((part) => part !== '').join(' · ')}
          </Dato>
        )}
        {dati.scostamento18bis ? <Dato nome={t.scheda.nota}>{t.scheda.scostamento}</Dato> : null}
        {dati.note === '' ? null : <Dato nome={t.modulo.note}>{dati.note}</Dato>}
        <Dato nome={t.scheda.impronta}>
          <code className="impronta">{dati.impronta}</code>
          <button
            type="button"
            className="pulsante-icona"
            aria-label={t.scheda.copiaImpronta}
            onClick={() => void navigator.clipboard.writeText(dati.impronta).then(() => annuncia(t.copiato))}
          >
            <Icona nome="copy" dimensione={16} />
          </button>
        </Dato>
      </dl>
    </section>
  )
}

function Laterale({ ente, dati, onFoglio }: { ente: string; dati: Registrazione; onFoglio: (foglio: Foglio) => void }) {
  const puo = usePermessi()
  const history = useQuery({
    queryKey: ['storia', ente, dati.id],
    queryFn: () => chiama<EventoStoria[]>(api(ente, 'registrazioni', dati.id, 'storia')),
  })
  return (
    <div className="scheda-lato">
      <section>
        <h2>{t.scheda.classificazione}</h2>
        <p>{testoVoce(dati.voce)}</p>
        {puo('protocollo.classifica') ? (
          <button type="button" className="collegamento" onClick={() => onFoglio('classifica')}>
            {t.scheda.riclassifica}
          </button>
        ) : null}
      </section>
      <section>
        <h2>{t.scheda.assegnazioni}</h2>
        <ul className="elenco-piano">
          {dati.assegnazioni.map((item) => (
            <li key={item.id}>
              {[item.ufficio.denominazione, item.operatore?.nome].filter((part) => part !== undefined).join(' · ')}{' '}
              <small>{t.stati.assegnazione[item.stato.toLowerCase().replaceAll('_', '-')] ?? item.stato}</small>
            </li>
          ))}
        </ul>
        {puo('protocollo.assegna') ? (
          <button type="button" className="collegamento" onClick={() => onFoglio('riassegna')}>
            {t.scheda.riassegna}
          </button>
        ) : null}
      </section>
      <section>
        <h2>{t.scheda.fascicoli}</h2>
        {dati.fascicoli.length === 0 ? <p>{t.scheda.nessunFascicolo}</p> : null}
        <ul className="elenco-piano">
          {dati.fascicoli.map((item) => (
            <li key={item.id}>
              <Link to={`/${ente}/fascicoli/${item.slug}`}>{item.codice}</Link> {item.oggetto}
            </li>
          ))}
        </ul>
        {puo('fascicoli.lavora') ? (
          <button type="button" className="collegamento" onClick={() => onFoglio('fascicola')}>
            {t.scheda.fascicola}
          </button>
        ) : null}
        {puo('fascicoli.apri') && dati.tipo === 'E' ? (
          <button type="button" className="collegamento" onClick={() => onFoglio('procedimento')}>
            {t.pratiche.apri}
          </button>
        ) : null}
      </section>
      <section>
        <h2>{t.scheda.metadati}</h2>
        <p>
          <RigaMetadati percorso={api(ente, 'registrazioni', dati.id, 'metadati')} />
        </p>
        <button type="button" className="collegamento" onClick={() => onFoglio('metadati')}>
          {t.scheda.metadatiXml}
        </button>
      </section>
      <section>
        <h2>{t.scheda.storia}</h2>
        <Carica query={history} cosa={t.scheda.storia} righe={3}>
          {(events) => <Storia eventi={events} />}
        </Carica>
      </section>
    </div>
  )
}

export function Component() {
  const { slug } = useEnte()
  const { anno = '', numero = '' } = useParams()
  const [parametri] = useSearchParams()
  // A finding of the metadata leads here with the sheet of its field open.
  const [foglio, setFoglio] = useState<Foglio>(() => APRIBILI.find((one) => one === parametri.get('apri')) ?? null)
  const query = useQuery({
    queryKey: ['registrazione', slug, anno, numero],
    queryFn: () => chiama<Registrazione>(api(slug, 'registrazioni', anno, numero)),
  })
  if (query.error instanceof Problema && (query.error.stato === 403 || query.error.stato === 404)) {
    return (
      <div className="pagina">
        <Titolo>{t.scheda.titolo(`${numero}/${anno}`)}</Titolo>
        <NonVisibile ente={slug} anno={anno} numero={numero} />
      </div>
    )
  }
  return (
    <div className="pagina">
      <Carica query={query} cosa={t.scheda.titolo(`${numero}/${anno}`)} righe={12}>
        {(dati) => {
          const close = (): void => setFoglio(null)
          const done = (): void => {
            setFoglio(null)
            void query.refetch()
          }
          return (
            <>
              <Titolo
                accanto={
                  <>
                    <TipoRegistrazione tipo={dati.tipo} />
                    {dati.documento.riservatezza === 'ORDINARIO' ? null : (
                      <Stato tono="attenzione" icona="lock">
                        {t.stati.riservatezza[dati.documento.riservatezza]}
                      </Stato>
                    )}
                    {dati.annullata ? <Stato tono="male">{t.stati.annullata}</Stato> : null}
                  </>
                }
              >
                {t.scheda.titolo(dati.etichetta)}
              </Titolo>
              <Condizione dati={dati} />
              <AzioniRisposta ente={slug} dati={dati} />
              <Bloccati dati={dati} />
              <AttiScheda ente={slug} dati={dati} onFatto={done} />
              <Collegamenti ente={slug} dati={dati} />
              <Consegne ente={slug} dati={dati} />
              <ComunicazioneAnnullamento ente={slug} dati={dati} />
              <BottoniStampa ente={slug} registrazione={dati} />
              <div className="scheda-corpo">
                <DocumentiScheda ente={slug} dati={dati} />
                <Laterale ente={slug} dati={dati} onFoglio={setFoglio} />
              </div>
              {foglio === 'fascicola' ? <FoglioFascicola ente={slug} registrazione={dati} onChiudi={close} onFatto={done} /> : null}
              {foglio === 'procedimento' ? <FoglioApri ente={slug} registrazioneId={dati.id} onChiudi={close} onFatto={done} /> : null}
              {foglio === 'riassegna' ? <FoglioRiassegna ente={slug} dati={dati} onChiudi={close} onFatto={done} /> : null}
              {foglio === 'classifica' ? <FoglioClassifica ente={slug} dati={dati} onChiudi={close} onFatto={done} /> : null}
              {foglio === 'metadati' ? (
                <Metadati percorso={api(slug, 'registrazioni', dati.id, 'metadati')} titolo={t.scheda.metadati} onChiudi={close} />
              ) : null}
            </>
          )
        }}
      </Carica>
    </div>
  )
}
