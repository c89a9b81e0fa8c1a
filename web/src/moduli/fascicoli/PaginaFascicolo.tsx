/** A fascicolo: what it is, its documents beside the preview, its history, its closing and its way into preservation. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Fascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giorno } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'
import { StatoVersamento } from '../conservazione/StatoVersamento.tsx'
import { RiquadroScarto } from '../scarto/RiquadroScarto.tsx'
import { RiquadroPratica } from '../pratiche/RiquadroPratica.tsx'
import { testoVoce } from '../protocollo/dati.ts'
import { RigaMetadati } from '../metadati/RigaMetadati.tsx'
import { Metadati } from '../protocollo/Metadati.tsx'
import { nomeSoggetto } from '../protocollo/soggetti.ts'
import { Storia } from '../protocollo/Storia.tsx'
import { AzioniFascicolo } from './AzioniFascicolo.tsx'
import { ChiAccede } from './ChiAccede.tsx'
import { DocumentiFascicolo } from './DocumentiFascicolo.tsx'
import { StatoFascicolo } from './Fascicoli.tsx'
import { FoglioChiusura } from './FoglioChiusura.tsx'
import { FoglioMotivo } from './FoglioMotivo.tsx'
import { Intorno } from './Intorno.tsx'

type Foglio = 'chiudi' | 'metadati' | 'visibilita' | null

function Dato({ nome, children }: { nome: string; children: ReactNode }) {
  return (
    <div>
      <dt>{nome}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Riepilogo({ ente, dati }: { ente: string; dati: Fascicolo }) {
  return (
    <dl className="dati dati-larghi">
      {dati.padre === null ? null : (
        <Dato nome={t.fascicolo.parteDi}>
          <Link to={`/${ente}/fascicoli/${dati.padre.slug}`}>{`${dati.padre.codice} ${dati.padre.oggetto}`}</Link>
        </Dato>
      )}
      <Dato nome={t.fascicoli.titolare}>{`${dati.amministrazioneTitolare.denominazione} · ${dati.aoo.denominazione}`}</Dato>
      <Dato nome={t.fascicoli.voce}>{dati.percorso.map((p) => `${p.codice} ${p.denominazione}`).join(' > ') || testoVoce(dati.voce)}</Dato>
      <Dato nome={t.fascicoli.tipo}>
        {t.fascicoli.tipi[dati.tipo] ?? dati.tipo}
        {dati.procedimento ? ` · ${dati.procedimento.denominazione}` : ''}
      </Dato>
      <Dato nome={t.fascicoli.responsabile}>{`${dati.responsabile.nome} · ${dati.ufficio.denominazione}`}</Dato>
      <Dato nome={t.fascicoli.interessati}>{dati.interessati.map(nomeSoggetto).join(', ') || '—'}</Dato>
      <Dato nome={t.fascicoli.apertoIl}>{giorno(dati.apertoIl)}</Dato>
      {dati.chiusoIl ? <Dato nome={t.fascicoli.chiusoIl}>{giorno(dati.chiusoIl)}</Dato> : null}
      {dati.termine ? <Dato nome={t.fascicoli.termine}>{giorno(dati.termine)}</Dato> : null}
      <Dato nome={t.fascicoli.conservazione}>{t.fascicoli.anni(dati.conservazioneAnni)}</Dato>
      {dati.posizioneFisica === null ? null : <Dato nome={t.fascicolo.posizione}>{dati.posizioneFisica}</Dato>}
      {dati.statoMotivo === null ? null : <Dato nome={t.fascicoli.stato}>{`${giorno(dati.statoDal ?? '')}: ${dati.statoMotivo}`}</Dato>}
    </dl>
  )
}

function StatoConservazione({ stato }: { stato: string }) {
  return (
    <section>
      <h2>{t.fascicoli.versamento}</h2>
      <StatoVersamento stato={stato} />
    </section>
  )
}

function Versamento({ ente, dati }: { ente: string; dati: Fascicolo }) {
  const puo = usePermessi()
  if (dati.versamento === null || !puo('conservazione.leggi'))
    return dati.versamento === null ? null : <StatoConservazione stato={dati.versamento.stato} />
  const { versamento } = dati
  return (
    <section>
      <h2>{t.fascicoli.versamento}</h2>
      <p>
        <StatoVersamento stato={versamento.stato} /> <code>{versamento.idPdv}</code>
      </p>
      <p className="scheda-collegamenti">
        <Link to={`/${ente}/conservazione?versamento=${encodeURIComponent(versamento.id)}`}>{t.fascicoli.vediVersamento}</Link>
        {versamento.stato === 'IN_PREPARAZIONE' ? null : (
          <a href={api(ente, 'versamenti', versamento.id, 'pacchetto')} download>
            <Icona nome="download" dimensione={16} /> {t.fascicoli.scaricaSip}
          </a>
        )}
      </p>
    </section>
  )
}

/** Acts of the body among the documents: the final one is chosen from them. */
function attiFinali(dati: Fascicolo): { id: string; testo: string }[] {
  return dati.documenti
    .filter((one) => one.leggibile && one.tipologia === 'Provvedimento' && one.registrazione?.tipo !== 'E')
    .map((one) => ({ id: one.documentoId, testo: `${one.registrazione?.etichetta ?? ''} ${one.oggetto}`.trim() }))
}

/** Where a reply begins: to the last document received, or a letter of the fascicolo when nothing was. */
function percorsoRisposta(ente: string, dati: Fascicolo): string {
  const last = dati.documenti.filter((one) => one.leggibile && one.registrazione?.tipo === 'E').at(-1)?.registrazione
  const base = `/${ente}/protocollo/uscita/nuovo?fascicolo=${dati.id}`
  return last == null ? base : `${base}&risposta=${last.id}`
}

/** True while something of it changes by itself: its package for the conservatore, or for another body. */
function inAttesa(dati: Fascicolo | undefined): boolean {
  return (
    dati?.stato === 'CHIUSO' ||
    dati?.movimenti.some((m) => m.tipo === 'trasmissione' && m.stato === 'richiesto' && m.impronta === null) === true
  )
}

export function Component() {
  const { slug: ente } = useEnte()
  const { slug = '' } = useParams()
  const [parametri] = useSearchParams()
  const client = useQueryClient()
  const [foglio, setFoglio] = useState<Foglio>(null)
  const [esito, setEsito] = useState<string | null>(null)
  const query = useQuery({
    queryKey: ['fascicolo', ente, slug],
    queryFn: () => chiama<Fascicolo>(api(ente, 'fascicoli', slug)),
    // While the package is being made the state changes by itself.
    refetchInterval: (current) => (inAttesa(current.state.data) ? 4000 : false),
  })
  const chiudibile = query.data?.azioni.chiudi === true
  const puo = usePermessi()
  const navigate = useNavigate()
  const risposta = query.data?.azioni.inserisci === true && puo('bozze.lavora') ? percorsoRisposta(ente, query.data) : null
  useScorciatoie({
    ...(chiudibile ? { c: () => setFoglio('chiudi') } : {}),
    ...(risposta === null ? {} : { r: () => void navigate(risposta) }),
  })
  function done(text: string): void {
    setFoglio(null)
    setEsito(text)
    void client.invalidateQueries({ queryKey: ['fascicolo', ente, slug] })
    void client.invalidateQueries({ queryKey: ['fascicoli', ente] })
  }
  return (
    <div className="pagina">
      <Carica query={query} cosa={t.fascicoli.titolo} righe={12}>
        {(dati) => (
          <>
            <nav aria-label={t.percorso} className="percorso">
              <Link to={`/${ente}/fascicoli`}>{t.fascicoli.titolo}</Link> / <span>{dati.codice}</span>
            </nav>
            <Titolo scheda={`${dati.codice} ${dati.oggetto}`} accanto={<StatoFascicolo stato={dati.stato} />}>
              {dati.oggetto}
            </Titolo>
            {esito === null ? null : (
              <EsitoBar tipo="riuscito" onChiudi={() => setEsito(null)}>
                {esito}
              </EsitoBar>
            )}
            <div className="azioni-pagina">
              <code className="codice">{dati.codice}</code>
              <span className="visibilita">
                <Icona nome={dati.visibileCittadino ? 'password-visible' : 'password-invisible'} dimensione={16} />{' '}
                {dati.visibileCittadino ? t.fascicoli.visibileCittadino : t.fascicoli.nonVisibile}
              </span>
              {dati.azioni.decidi ? (
                <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => setFoglio('visibilita')}>
                  {dati.visibileCittadino ? t.fascicoli.nascondi : t.fascicoli.rendiVisibile}
                </button>
              ) : null}
              <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => setFoglio('metadati')}>
                {t.fascicoli.metadati}
              </button>
              {risposta === null ? null : (
                <Link className="btn btn-outline-primary btn-xs" aria-keyshortcuts="r" to={risposta}>
                  {t.fascicoli.rispondi} <kbd aria-hidden="true">R</kbd>
                </Link>
              )}
              {dati.azioni.chiudi ? (
                <button type="button" className="btn btn-primary btn-xs" aria-keyshortcuts="c" onClick={() => setFoglio('chiudi')}>
                  {t.fascicoli.chiudi} <kbd aria-hidden="true">C</kbd>
                </button>
              ) : null}
              <AzioniFascicolo ente={ente} dati={dati} apri={parametri.get('apri')} onFatto={done} />
            </div>
            <RigaMetadati percorso={api(ente, 'fascicoli', dati.id, 'metadati')} />
            <Riepilogo ente={ente} dati={dati} />
            <RiquadroScarto ente={ente} fascicolo={dati.id} />
            <RiquadroPratica ente={ente} fascicolo={dati.id} atti={attiFinali(dati)} />
            <div className="scheda-corpo">
              <DocumentiFascicolo ente={ente} dati={dati} onCambiato={done} />
              <div className="scheda-lato">
                <Versamento ente={ente} dati={dati} />
                <Intorno ente={ente} dati={dati} />
                <ChiAccede dati={dati} />
                <section>
                  <h2>{t.fascicoli.storia}</h2>
                  <Storia eventi={dati.storia} />
                </section>
              </div>
            </div>
            {foglio === 'chiudi' ? (
              <FoglioChiusura
                ente={ente}
                fascicolo={dati}
                onChiudi={() => setFoglio(null)}
                onFatto={() => done(t.fascicoli.chiuso)}
                onConflitto={() => void query.refetch()}
              />
            ) : null}
            {foglio === 'metadati' ? (
              <Metadati
                percorso={api(ente, 'fascicoli', dati.id, 'metadati')}
                titolo={t.fascicoli.metadatiTitolo}
                onChiudi={() => setFoglio(null)}
              />
            ) : null}
            {foglio === 'visibilita' ? (
              <FoglioMotivo
                titolo={dati.visibileCittadino ? t.fascicoli.nascondi : t.fascicoli.rendiVisibile}
                invia={(motivo) =>
                  chiama(api(ente, 'fascicoli', dati.id, 'visibilita'), {
                    metodo: 'PATCH',
                    corpo: { visibileCittadino: !dati.visibileCittadino, motivo },
                  })
                }
                onChiudi={() => setFoglio(null)}
                onFatto={() => done(t.fascicoli.visibilitaCambiata)}
              />
            ) : null}
          </>
        )}
      </Carica>
    </div>
  )
}
