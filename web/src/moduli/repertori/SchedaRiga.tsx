/** The card of a row: what can never change on top, then documents, publication, annulments, history. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Anteprima } from '../../ui/Anteprima.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giorno, giornoEOra, peso } from '../../ui/formati.ts'
import { Stato } from '../../ui/Stato.tsx'
import { FoglioMotivo } from '../fascicoli/FoglioMotivo.tsx'
import { testoVoce } from '../protocollo/dati.ts'
import { FoglioFascicolaRiga } from './FoglioFascicolaRiga.tsx'
import { FoglioPubblica } from './FoglioPubblica.tsx'
import type { RigaCompleta } from './tipi.ts'

const urlFile = (ente: string, rigaId: string, fileId: string): string =>
  `${api(ente, 'righe-repertorio', rigaId, 'file', fileId)}?inline=1`

function Dato({ nome, children }: { nome: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{nome}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Dati({ riga }: { riga: RigaCompleta }) {
  const s = t.repertori.scheda
  return (
    <dl className="dati">
      <Dato nome={t.repertori.registra.oggetto}>
        <strong>{riga.oggetto}</strong>
      </Dato>
      <Dato nome={t.repertori.registra.formatore}>{riga.formatore}</Dato>
      <Dato nome={s.registrato}>
        {giornoEOra(riga.istante)} {s.da} {riga.operatore}
      </Dato>
      <Dato nome={s.riferimento}>
        <code>{riga.riferimento}</code>
      </Dato>
      <Dato nome={s.classificazione}>{testoVoce(riga.voce)}</Dato>
      {riga.dati.map((d) => (
        <Dato key={d.chiave} nome={d.etichetta}>
          {giorno(d.valore)}
        </Dato>
      ))}
      <Dato nome={s.impronta}>
        <code className="impronta">{riga.impronta}</code>
      </Dato>
      {riga.note === '' ? null : <Dato nome={t.repertori.registra.note}>{riga.note}</Dato>}
    </dl>
  )
}

function Documenti({ ente, riga }: { ente: string; riga: RigaCompleta }) {
  const files = [riga.principale, ...riga.allegati]
  const [scelto, setScelto] = useState(riga.principale.id)
  const shown = files.find((f) => f.id === scelto) ?? riga.principale
  return (
    <section>
      <h2>{t.repertori.scheda.documenti}</h2>
      <ul className="elenco-piano">
        {files.map((f) => (
          <li key={f.id}>
            <button type="button" className="collegamento" aria-pressed={f.id === shown.id} onClick={() => setScelto(f.id)}>
              {f.nome}
            </button>{' '}
            {peso(f.dimensione)}
          </li>
        ))}
      </ul>
      <Anteprima key={shown.id} url={urlFile(ente, riga.id, shown.id)} nome={shown.nome} mime={shown.mime} />
    </section>
  )
}

function Annullamenti({ riga }: { riga: RigaCompleta }) {
  const s = t.repertori.scheda
  if (riga.annullamenti.length === 0) return null
  return (
    <section>
      <h2>{s.annullamenti}</h2>
      <ul className="elenco-piano">
        {riga.annullamenti.map((a) => (
          <li key={a.id}>
            {s.richiesto(a.richiestoDa, giorno(a.richiestoIl))} — {a.motivo}
            <br />
            {a.esito === null
              ? s.inAttesa
              : [
                  s.esiti[a.esito],
                  a.decisoDa,
                  giorno(a.decisoIl),
                  a.provvedimento === null ? '' : `provv. n. ${a.provvedimento.numero} del ${giorno(a.provvedimento.data)}`,
                  a.nota,
                ]
                  .filter((x) => (x ?? '') !== '')
                  .join(' · ')}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Laterale({
  ente,
  riga,
  onPubblica,
  onAnnulla,
  onFascicola,
}: {
  ente: string
  riga: RigaCompleta
  onPubblica: () => void
  onAnnulla: () => void
  onFascicola: () => void
}) {
  const s = t.repertori.scheda
  const puo = usePermessi()
  const pending = riga.annullamenti.some((a) => a.esito === null)
  return (
    <div className="scheda-lato">
      <section>
        <h2>{s.pubblicazione}</h2>
        <p>
          {riga.pubblicazione === null
            ? s.nonPubblicato
            : s.pubblicato(riga.pubblicazione.etichetta, giorno(riga.pubblicazione.dal), giorno(riga.pubblicazione.al))}
        </p>
        {puo('albo.pubblica') && riga.pubblicazione === null && !riga.annullata ? (
          <button type="button" className="btn btn-outline-primary btn-xs" onClick={onPubblica}>
            {s.pubblica}
          </button>
        ) : null}
      </section>
      <section>
        <h2>{s.trasmissioni}</h2>
        {riga.trasmissioni.length === 0 ? <p>{s.nessunaTrasmissione}</p> : null}
        <ul className="elenco-piano">
          {riga.trasmissioni.map((x) => {
            const [numero, anno] = x.etichetta.split('/')
            return (
              <li key={x.registrazioneId}>
                <Link to={`/${ente}/protocollo/${anno ?? ''}/${numero ?? ''}`}>{x.etichetta}</Link>
              </li>
            )
          })}
        </ul>
      </section>
      <Annullamenti riga={riga} />
      {puo('annullamenti.richiedi') && !riga.annullata && !pending ? (
        <button type="button" className="btn btn-outline-primary btn-xs" onClick={onAnnulla}>
          {s.annulla}
        </button>
      ) : null}
      {puo('fascicoli.lavora') ? (
        <button type="button" className="btn btn-outline-primary btn-xs" onClick={onFascicola}>
          {s.fascicola}
        </button>
      ) : null}
      <section>
        <h2>{s.storia}</h2>
        <ul className="elenco-piano">
          {riga.storia.map((x) => (
            <li key={`${x.istante}${x.azione}`}>
              {giornoEOra(x.istante)} · {x.attore} · {s.azioni[x.azione] ?? x.azione}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

export function Component() {
  const { slug } = useEnte()
  const id = useParams()['id'] ?? ''
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [foglio, setFoglio] = useState<'pubblica' | 'annulla' | 'fascicola' | null>(null)
  const query = useQuery({
    queryKey: ['riga-repertorio', slug, id],
    queryFn: () => chiama<RigaCompleta>(api(slug, 'righe-repertorio', id)),
  })
  const done = (text: string): void => {
    annuncia(text)
    setFoglio(null)
    void client.invalidateQueries({ queryKey: ['riga-repertorio', slug, id] })
  }
  return (
    <div className="pagina">
      <Carica query={query} cosa={t.repertori.titolo}>
        {(riga) => (
          <>
            <Titolo
              accanto={
                riga.riservata ? (
                  <Stato tono="attenzione" icona="lock">
                    {t.repertori.scheda.riservata}
                  </Stato>
                ) : null
              }
            >
              {riga.etichetta}
            </Titolo>
            <p>
              <Link to={`/${slug}/repertori/${riga.repertorio.id}`}>{riga.repertorio.denominazione}</Link>
            </p>
            {riga.annullamento === null ? null : <EsitoBar tipo="errore">{riga.annullamento}</EsitoBar>}
            <div className="scheda-corpo">
              <div>
                <Dati riga={riga} />
                <Documenti ente={slug} riga={riga} />
              </div>
              <Laterale
                ente={slug}
                riga={riga}
                onPubblica={() => setFoglio('pubblica')}
                onAnnulla={() => setFoglio('annulla')}
                onFascicola={() => setFoglio('fascicola')}
              />
            </div>
            {foglio === 'pubblica' ? (
              <FoglioPubblica
                ente={slug}
                riga={riga}
                onChiudi={() => setFoglio(null)}
                onFatto={(etichetta) => done(t.repertori.pubblica.fatto(etichetta))}
              />
            ) : null}
            {foglio === 'fascicola' ? (
              <FoglioFascicolaRiga
                ente={slug}
                documentoId={riga.documentoId}
                onChiudi={() => setFoglio(null)}
                onFatto={() => done(t.repertori.scheda.fascicolato)}
              />
            ) : null}
            {foglio === 'annulla' ? (
              <FoglioMotivo
                titolo={t.repertori.annullamento.titolo}
                invia={(motivo) => chiama(api(slug, 'righe-repertorio', id, 'annullamento'), { metodo: 'POST', corpo: { motivo } })}
                onChiudi={() => setFoglio(null)}
                onFatto={() => done(t.repertori.annullamento.richiesto)}
              />
            ) : null}
          </>
        )}
      </Carica>
    </div>
  )
}
