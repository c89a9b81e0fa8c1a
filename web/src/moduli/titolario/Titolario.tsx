/** The titolario: versions with their validity, the tree of a version, what each voice carries, the tester; drafts are edited here. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta } from '../../ui/Campo.tsx'
import { giorno } from '../../ui/formati.ts'
import { Albero } from './Albero.tsx'
import { AzioniVersione } from './AzioniVersione.tsx'
import { Cambio } from './Cambio.tsx'
import { NuovaBozza } from './NuovaBozza.tsx'
import { Prova } from './Prova.tsx'
import { SchedaVoce } from './SchedaVoce.tsx'
import { Sinonimi } from './Sinonimi.tsx'
import { nomeVersione, versioneQuery, versioniQuery } from './dati.ts'
import type { Versione, VersioneIntera } from './dati.ts'

function Fatti({ ente, versione }: { ente: string; versione: Versione }) {
  return (
    <ul className="elenco-semplice">
      <li>{t.titolario.validita(giorno(versione.dal), versione.al === null ? null : giorno(versione.al))}</li>
      {versione.stato === 'BOZZA' ? null : (
        <li>{t.titolario.atto(versione.atto, versione.adottataIl === null ? '' : giorno(versione.adottataIl))}</li>
      )}
      <li>{t.titolario.autore(versione.autoreNome, giorno(versione.creataIl))}</li>
      {versione.uri === null ? null : (
        <li>
          {t.titolario.pubblicata}: <a href={versione.uri}>{versione.uri}</a>
        </li>
      )}
      <li>
        {t.titolario.voci(versione.voci)} ·{' '}
        <a href={api(ente, 'titolario', 'versioni', versione.id, 'titolario.csv')}>{t.titolario.scarica}</a>
      </li>
    </ul>
  )
}

function Corpo({ ente, dati }: { ente: string; dati: VersioneIntera }) {
  const puo = usePermessi()('titolario.gestisci')
  const [scelta, setScelta] = useState('')
  const voce = dati.voci.find((v) => v.id === scelta)
  return (
    <>
      <Fatti ente={ente} versione={dati.versione} />
      {puo ? <AzioniVersione ente={ente} versione={dati.versione} /> : null}
      <div className="titolario-colonne">
        <section aria-label={t.titolario.albero}>
          <Albero voci={dati.voci} scelta={scelta} onScegli={setScelta} />
        </section>
        <section className="riquadro" aria-live="polite">
          {voce === undefined ? (
            <p>{t.titolario.nessunaScelta}</p>
          ) : (
            <SchedaVoce key={voce.id} ente={ente} versione={dati.versione} voci={dati.voci} voce={voce} puo={puo} />
          )}
        </section>
      </div>
      <Prova ente={ente} versione={dati.versione.id} />
      <Sinonimi ente={ente} puo={puo} />
      {puo && dati.versione.baseId !== null ? <Cambio ente={ente} versione={dati.versione.id} /> : null}
    </>
  )
}

function Pagina({ ente, versioni }: { ente: string; versioni: readonly Versione[] }) {
  const [id, setId] = useState(() => (versioni.find((v) => v.stato === 'ATTIVO') ?? versioni[0])?.id ?? '')
  const puo = usePermessi()('titolario.gestisci')
  const versione = useQuery(versioneQuery(ente, id))
  return (
    <>
      <nav aria-label={t.titolario.titolo} className="titolario-azioni">
        <Link to={`/${ente}/amministrazione/titolario/confronto`}>{t.titolario.confronta}</Link>
        <Link to={`/${ente}/amministrazione/piano-di-conservazione`}>{t.titolario.piano}</Link>
        {puo ? <Link to={`/${ente}/amministrazione/titolario/uso`}>{t.titolario.uso}</Link> : null}
      </nav>
      <CampoScelta
        id="campo-versione"
        etichetta={t.titolario.versione}
        valore={id}
        opzioni={versioni.map((v) => ({ valore: v.id, testo: nomeVersione(v) }))}
        onCambia={setId}
      />
      {puo ? <NuovaBozza ente={ente} onCreata={setId} /> : null}
      {id === '' ? (
        <Vuoto icona="list">{t.titolario.nessunaVersione}</Vuoto>
      ) : (
        <Carica query={versione} cosa={t.titolario.cosa}>
          {(dati) => <Corpo key={dati.versione.id} ente={ente} dati={dati} />}
        </Carica>
      )}
    </>
  )
}

export function Component() {
  const { slug } = useEnte()
  const versioni = useQuery(versioniQuery(slug))
  return (
    <div className="pagina">
      <Titolo>{t.titolario.titolo}</Titolo>
      <Carica query={versioni} cosa={t.titolario.cosa}>
        {(dati) => <Pagina ente={slug} versioni={dati} />}
      </Carica>
    </div>
  )
}
