/** Arrears of filing: how much, whose, why and for how long; each number opens its list, each document can be settled from here. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta } from '../../ui/Campo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { useRegistrazione } from '../assegnazioni/dati.ts'
import { FoglioFascicola } from '../fascicoli/FoglioFascicola.tsx'
import { FoglioClassifica } from '../protocollo/FogliScheda.tsx'
import { PER_PAGINA, elencoQuery, sintesiQuery, useFiltri } from './dati.ts'
import type { NomeFiltro, Riga, Sintesi } from './dati.ts'
import { Elenco } from './Elenco.tsx'
import type { Gesto } from './Elenco.tsx'
import { FoglioCausa, FoglioSoglie } from './Fogli.tsx'
import { Indicatori, Quadro } from './Quadro.tsx'

const scelte = (nomi: Readonly<Record<string, string>>): { valore: string; testo: string }[] =>
  Object.entries(nomi).map(([valore, testo]) => ({ valore, testo }))

function Filtri({ dati }: { dati: Sintesi }) {
  const { filtri, cambia } = useFiltri()
  const campo = (nome: NomeFiltro, etichetta: string, opzioni: { valore: string; testo: string }[]) => (
    <CampoScelta
      id={`arretrato-${nome}`}
      etichetta={etichetta}
      vuota={nome === 'ufficio' ? t.arretrato.tutti : t.arretrato.qualunque}
      valore={filtri[nome] ?? ''}
      opzioni={opzioni}
      onCambia={(valore) => cambia(nome, valore)}
    />
  )
  return (
    <fieldset className="filtri-statistiche">
      <legend className="visually-hidden">{t.arretrato.filtri}</legend>
      {campo(
        'ufficio',
        t.arretrato.ufficio,
        dati.uffici.map((u) => ({ valore: u.id, testo: u.denominazione })),
      )}
      {campo('mancanza', t.arretrato.mancanza, scelte(t.arretrato.mancanze))}
      {campo('causa', t.arretrato.causa, scelte(t.arretrato.cause))}
      {campo('fascia', t.arretrato.eta, scelte(t.arretrato.fasce))}
      {campo('oltre', t.arretrato.soglia, [
        { valore: 'responsabile', testo: t.arretrato.oltreResponsabile(dati.soglie.giorniResponsabile) },
        { valore: 'rgd', testo: t.arretrato.oltreResponsabile(dati.soglie.giorniRgd) },
      ])}
      {Object.keys(filtri).length === 0 ? null : <Link to="?">{t.arretrato.toglieFiltri}</Link>}
    </fieldset>
  )
}

/** The sheet of the gesture chosen on a document; filing and classifying want the whole registration. */
function Foglio({ gesto, riga, onChiudi, onFatto }: { gesto: Gesto; riga: Riga; onChiudi: () => void; onFatto: (testo: string) => void }) {
  const { slug } = useEnte()
  const registrazione = useRegistrazione(slug, riga.registrazione.etichetta)
  if (gesto === 'correggi') return <FoglioCausa ente={slug} riga={riga} onChiudi={onChiudi} onFatto={onFatto} />
  if (registrazione.data === undefined) return null
  if (gesto === 'fascicola') return <FoglioFascicola ente={slug} registrazione={registrazione.data} onChiudi={onChiudi} onFatto={onFatto} />
  return <FoglioClassifica ente={slug} dati={registrazione.data} onChiudi={onChiudi} onFatto={() => onFatto(t.scheda.riclassificata)} />
}

function Documenti({ ente, onGesto }: { ente: string; onGesto: (gesto: Gesto, riga: Riga) => void }) {
  const { filtri, pagina } = useFiltri()
  const query = useQuery(elencoQuery(ente, filtri, pagina))
  return (
    <Carica query={query} cosa={t.arretrato.elenco} righe={8}>
      {(lista) =>
        lista.elementi.length === 0 ? (
          <Vuoto>{Object.keys(filtri).length === 0 ? t.arretrato.tuttoFatto : t.arretrato.nessuno}</Vuoto>
        ) : (
          <>
            <p>{t.arretrato.totale(lista.totale)}</p>
            <Elenco ente={ente} righe={lista.elementi} onGesto={onGesto} />
            <Paginazione totale={lista.totale} perPagina={PER_PAGINA} />
          </>
        )
      }
    </Carica>
  )
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [aperto, setAperto] = useState<{ gesto: Gesto; riga: Riga } | null>(null)
  const [soglie, setSoglie] = useState(false)
  const [esito, setEsito] = useState<string | null>(null)
  const sintesi = useQuery(sintesiQuery(slug))
  function done(text: string): void {
    setAperto(null)
    setSoglie(false)
    setEsito(text)
    annuncia(text)
    for (const key of ['arretrato', 'assegnazioni', 'scrivania', 'registrazione']) void client.invalidateQueries({ queryKey: [key, slug] })
  }
  const prendi = useMutation({
    mutationFn: (riga: Riga) => chiama(api(slug, 'assegnazioni', riga.assegnazioneId, 'presa-in-carico'), { metodo: 'POST' }),
    onSuccess: (_, riga) => done(t.arretrato.preso(riga.registrazione.etichetta)),
  })
  const onGesto = (gesto: Gesto, riga: Riga): void => (gesto === 'prendi' ? prendi.mutate(riga) : setAperto({ gesto, riga }))
  return (
    <div className="pagina">
      <Titolo>{t.arretrato.titolo}</Titolo>
      <p>{t.arretrato.sottotitolo}</p>
      {esito === null ? null : (
        <EsitoBar tipo="riuscito" onChiudi={() => setEsito(null)}>
          {esito}
        </EsitoBar>
      )}
      {prendi.error === null ? null : <EsitoProblema errore={prendi.error} />}
      <Carica query={sintesi} cosa={t.arretrato.titolo} righe={8}>
        {(dati) => (
          <>
            {puo('arretrato.gestisci') ? (
              <p>
                <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => setSoglie(true)}>
                  {t.arretrato.soglie}
                </button>
              </p>
            ) : null}
            <Indicatori ente={slug} dati={dati.indicatori} />
            {dati.totale === 0 ? null : <Quadro ente={slug} dati={dati} />}
            <h2>{t.arretrato.elenco}</h2>
            <Filtri dati={dati} />
            <Documenti ente={slug} onGesto={onGesto} />
            {soglie ? <FoglioSoglie ente={slug} soglie={dati.soglie} onChiudi={() => setSoglie(false)} onFatto={done} /> : null}
          </>
        )}
      </Carica>
      {aperto === null ? null : <Foglio gesto={aperto.gesto} riga={aperto.riga} onChiudi={() => setAperto(null)} onFatto={done} />}
    </div>
  )
}
