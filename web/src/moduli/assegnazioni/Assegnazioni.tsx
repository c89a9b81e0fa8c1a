/** What the office must take charge of: list, preview, one key per decision. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama, conParametri } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Lista, RigaAssegnazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Anteprima, precaricaAnteprima } from '../../ui/Anteprima.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { BarraGruppo } from '../../ui/BarraGruppo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Pannelli } from '../../ui/Pannelli.tsx'
import { Schede } from '../../ui/Schede.tsx'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'
import { useSelezione } from '../../ui/useSelezione.ts'
import { FoglioFascicola } from '../fascicoli/FoglioFascicola.tsx'
import { urlFile } from '../protocollo/DocumentiScheda.tsx'
import { AzioniAssegnazione } from './AzioniAssegnazione.tsx'
import { VIEWS, conteggiQuery, useRegistrazione, type Vista } from './dati.ts'
import { ElencoAssegnazioni } from './ElencoAssegnazioni.tsx'
import { FoglioAssegna, type EsitoGruppo } from './FoglioAssegna.tsx'
import { FoglioRifiuto } from './FoglioRifiuto.tsx'

export function Component() {
  const { slug, ente } = useEnte()
  const [parametri, setParametri] = useSearchParams()
  const vista: Vista = VIEWS.find((item) => item === parametri.get('vista')) ?? 'da-prendere-in-carico'
  const scelto = parametri.get('documento')
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [foglio, setFoglio] = useState<'fascicola' | 'rifiuta' | 'assegna' | null>(null)
  const [esito, setEsito] = useState<string | null>(null)
  // The document just taken leaves the list but stays on screen: filing it is the next key.
  // P and A typed in a row: the sheet opens as soon as the document is ours.
  const waitingFile = useRef(false)
  const [preso, setPreso] = useState<{ riga: RigaAssegnazione; posizione: number } | null>(null)
  const query = useQuery({
    queryKey: ['assegnazioni', slug, vista],
    queryFn: () => chiama<Lista<RigaAssegnazione>>(conParametri(api(slug, 'assegnazioni'), { vista, perPagina: 100 })),
    refetchInterval: 60_000,
  })
  const conteggi = useQuery(conteggiQuery(slug))
  // What was just taken is out of the list at once, before the server is asked again.
  const righe = useMemo(
    () => (query.data?.elementi ?? []).filter((item) => vista !== 'da-prendere-in-carico' || item.id !== preso?.riga.id),
    [query.data, vista, preso],
  )
  const selezione = useSelezione(useMemo(() => righe.map((item) => item.id), [righe]))
  const segnati = selezione.scelti
  const index = righe.findIndex((item) => item.id === scelto)
  const appenaPreso = preso !== null && preso.riga.id === scelto && vista === 'da-prendere-in-carico'
  const riga = appenaPreso ? preso.riga : righe[index]
  const registrazione = useRegistrazione(slug, riga?.registrazione.etichetta)

  function scegli(id: string | null): void {
    setParametri((before) => {
      const next = new URLSearchParams(before)
      if (id === null) next.delete('documento')
      else next.set('documento', id)
      return next
    })
  }
  const move = (delta: number) => () => {
    const from = appenaPreso ? preso.posizione - (delta > 0 ? 1 : 0) : index
    const target = righe[from === -1 && !appenaPreso ? 0 : Math.min(righe.length - 1, Math.max(0, from + delta))]
    if (target !== undefined) scegli(target.id)
  }
  function done(text: string, gone: string[]): void {
    setFoglio(null)
    setEsito(text)
    annuncia(text)
    selezione.svuota()
    if (scelto !== null && gone.includes(scelto)) scegli(righe.slice(index + 1).find((item) => !gone.includes(item.id))?.id ?? null)
    void client.invalidateQueries({ queryKey: ['assegnazioni', slug] })
    void client.invalidateQueries({ queryKey: ['scrivania', slug] })
  }
  const visto = useMutation({
    mutationFn: (id: string) => chiama(api(slug, 'assegnazioni', id, 'visto'), { metodo: 'POST' }),
    onSuccess: (_, id) => done(t.assegnazioni.segnatoVisto, [id]),
  })
  const prendi = useMutation({
    mutationFn: async (ids: string[]) => {
      if (ids.length === 1 && ids[0] !== undefined) await chiama(api(slug, 'assegnazioni', ids[0], 'presa-in-carico'), { metodo: 'POST' })
      else await chiama<EsitoGruppo>(api(slug, 'assegnazioni', 'presa-in-carico'), { metodo: 'POST', corpo: { ids } })
      return ids
    },
    onSuccess: (ids) => {
      const single = ids.length === 1 ? righe.find((item) => item.id === ids[0]) : undefined
      const text = single === undefined ? t.assegnazioni.presiTutti(ids.length) : t.assegnazioni.preso(single.registrazione.etichetta)
      setEsito(text)
      annuncia(text)
      selezione.svuota()
      if (single === undefined) scegli(null)
      else {
        setPreso({ riga: single, posizione: righe.indexOf(single) })
        if (waitingFile.current) setFoglio('fascicola')
      }
      waitingFile.current = false
      void client.invalidateQueries({ queryKey: ['assegnazioni', slug] })
      void client.invalidateQueries({ queryKey: ['registrazione', slug] })
      void client.invalidateQueries({ queryKey: ['scrivania', slug] })
    },
  })
  const daPrendere = vista === 'da-prendere-in-carico'
  const inCarico = vista === 'in-carico' || vista === 'non-fascicolate'
  const worked = ente?.permessi.includes('assegnazioni.lavora') ?? false
  const assigns = ente?.permessi.includes('protocollo.assegna') ?? false
  const assegnabile = assigns && (daPrendere || inCarico || vista === 'rifiutate')
  const gruppo = segnati.length > 0 ? segnati : riga === undefined || appenaPreso ? [] : [riga.id]
  const take = (): void => {
    if (worked && daPrendere && gruppo.length > 0 && !prendi.isPending) prendi.mutate(gruppo)
  }
  const mark = (how: (id: string) => void) => () => {
    if (riga !== undefined && (daPrendere || assegnabile)) how(riga.id)
  }
  const file = (): void => {
    if (prendi.isPending) waitingFile.current = true
    if (riga !== undefined && (inCarico || appenaPreso)) setFoglio('fascicola')
  }
  const refuse = (): void => {
    if (riga !== undefined && !appenaPreso && (daPrendere || inCarico)) setFoglio('rifiuta')
  }
  const assign = (): void => {
    if (assegnabile && gruppo.length > 0) setFoglio('assegna')
  }
  const seen = (): void => {
    if (worked && riga !== undefined && vista === 'per-conoscenza' && !visto.isPending) visto.mutate(riga.id)
  }
  useScorciatoie({
    v: seen,
    F8: assign,
    j: move(1),
    k: move(-1),
    ArrowDown: move(1),
    ArrowUp: move(-1),
    p: take,
    a: file,
    r: refuse,
    x: mark(selezione.segna),
    'Shift+X': mark(selezione.finoA),
  })
  useEffect(() => {
    for (const next of righe.slice(index + 1, index + 3)) {
      if (next.principale !== null)
        precaricaAnteprima(client, {
          url: urlFile(slug, next.documentoId, next.principale.id),
          nome: next.principale.nome,
          mime: next.principale.mime,
        })
    }
  }, [client, slug, righe, index])

  const list = (
    <>
      <Titolo accanto={<span className="conteggio">{query.data?.totale ?? 0}</span>}>{t.assegnazioni.titolo}</Titolo>
      <Schede
        etichetta={t.assegnazioni.etichettaViste}
        corrente={vista}
        schede={VIEWS.map((item) => ({
          chiave: item,
          testo: t.assegnazioni.viste[item],
          verso: `?vista=${item}`,
          conteggio: item === vista ? query.data?.totale : conteggi.data?.[item],
        }))}
      />
      <Carica query={query} cosa={t.assegnazioni.elenco} righe={10}>
        {() =>
          righe.length === 0 ? (
            <Vuoto>{daPrendere ? t.assegnazioni.vuotoDaPrendere : t.assegnazioni.vuoto}</Vuoto>
          ) : (
            <ElencoAssegnazioni
              righe={righe}
              scelta={scelto}
              segnati={daPrendere || assegnabile ? segnati : null}
              onScegli={scegli}
              onSegna={selezione.segna}
            />
          )
        }
      </Carica>
      {segnati.length === 0 ? null : (
        <BarraGruppo testo={t.assegnazioni.selezionati(segnati.length)} onSvuota={selezione.svuota}>
          {daPrendere && worked ? (
            <button type="button" className="btn btn-primary btn-xs" onClick={take}>
              {t.assegnazioni.prendiTutti}
            </button>
          ) : null}
          {assegnabile ? (
            <button type="button" className="btn btn-outline-primary btn-xs" onClick={assign}>
              {t.assegnazioni.assegnaTutti}
            </button>
          ) : null}
        </BarraGruppo>
      )}
      {vista === 'in-carico' && (conteggi.data?.['non-fascicolate'] ?? 0) > 0 ? (
        <p className="campo-aiuto">
          {t.assegnazioni.nonFascicolati(conteggi.data?.['non-fascicolate'] ?? 0)}{' '}
          <Link to="?vista=non-fascicolate">{t.assegnazioni.mostra}</Link>
        </p>
      ) : null}
    </>
  )
  const actions =
    riga === undefined ? (
      <Vuoto icona="check-circle">
        <h2>{t.assegnazioni.scegli}</h2>
        <p>{t.assegnazioni.scegliTesto}</p>
      </Vuoto>
    ) : (
      <AzioniAssegnazione
        ente={slug}
        riga={riga}
        registrazione={registrazione.data ?? null}
        prendibile={worked && daPrendere && !appenaPreso}
        fascicolabile={worked && (inCarico || appenaPreso)}
        rifiutabile={worked && !appenaPreso && (daPrendere || inCarico)}
        assegnabile={assegnabile && !appenaPreso}
        visibile={worked && vista === 'per-conoscenza'}
        onAssegna={assign}
        onVisto={seen}
        onPrendi={take}
        onFascicola={file}
        onRifiuta={refuse}
      />
    )
  const preview =
    riga?.principale == null ? null : (
      <Anteprima
        key={riga.principale.id}
        url={urlFile(slug, riga.documentoId, riga.principale.id)}
        nome={riga.principale.nome}
        mime={riga.principale.mime}
      />
    )
  return (
    <div className="schermo">
      {esito === null ? null : (
        <EsitoBar tipo="riuscito" onChiudi={() => setEsito(null)}>
          {esito}
        </EsitoBar>
      )}
      {(prendi.error ?? visto.error) === null ? null : <EsitoProblema errore={prendi.error ?? visto.error} />}
      {scelto === null ? null : (
        <button type="button" className="torna" onClick={() => scegli(null)}>
          {t.tornaElenco}
        </button>
      )}
      <Pannelli
        id="assegnazioni"
        visibile={riga === undefined ? 'coda' : 'lavoro'}
        pannelli={[
          { chiave: 'coda', etichetta: t.assegnazioni.elenco, contenuto: list, larghezza: 320, minima: 240, massima: 520 },
          { chiave: 'lavoro', etichetta: t.assegnazioni.azioni, contenuto: actions, larghezza: 320, minima: 260, massima: 520 },
          { chiave: 'anteprima', etichetta: t.scheda.documenti, contenuto: preview },
        ]}
      />
      {foglio === 'fascicola' && registrazione.data !== undefined ? (
        <FoglioFascicola
          ente={slug}
          registrazione={registrazione.data}
          onChiudi={() => setFoglio(null)}
          onFatto={(testo) => {
            void client.invalidateQueries({ queryKey: ['registrazione', slug] })
            done(testo, [])
          }}
        />
      ) : null}
      {foglio === 'assegna' ? (
        <FoglioAssegna
          ente={slug}
          ids={gruppo}
          onChiudi={() => setFoglio(null)}
          onFatto={(result) => done(t.assegnazioni.assegnati(result.fatti, result.saltati.length), gruppo)}
        />
      ) : null}
      {foglio === 'rifiuta' && riga !== undefined ? (
        <FoglioRifiuto
          ente={slug}
          riga={riga}
          onChiudi={() => setFoglio(null)}
          onFatto={() => done(t.assegnazioni.rifiutato(riga.registrazione.etichetta), [riga.id])}
        />
      ) : null}
    </div>
  )
}
