/** The screen of the product: queue, form and preview side by side, worked with the keyboard alone. */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { useEnte } from '../../api/sessione.tsx'
import type { Registrazione } from '../../api/tipi.ts'
import { VISTE_MESSAGGI, type VistaMessaggi } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { Pannelli } from '../../ui/Pannelli.tsx'
import { Schede } from '../../ui/Schede.tsx'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'
import { useSelezione } from '../../ui/useSelezione.ts'
import { Caselle } from './Caselle.tsx'
import { CodaMessaggi } from './CodaMessaggi.tsx'
import { DocumentiMessaggio } from './DocumentiMessaggio.tsx'
import { EsitoRegistrazione } from './EsitoRegistrazione.tsx'
import type { Decisione } from './FogliMessaggio.tsx'
import { EsitoGruppoBar, GruppoCoda, raccontaGruppo, type AttoGruppo, type RaccontoGruppo } from './GruppoCoda.tsx'
import { LavoroMessaggio } from './LavoroMessaggio.tsx'
import { codaQuery, conteggiQuery, dettaglioQuery, precarica, rileggiCoda, togliDallaCoda, type EsitoGruppo } from './messaggi.ts'
import { MessaggioFermo } from './MessaggioFermo.tsx'

function useVista(): VistaMessaggi {
  const raw = useSearchParams()[0].get('vista')
  return VISTE_MESSAGGI.find((item) => item === raw) ?? 'tutti'
}

export function Component() {
  const { slug } = useEnte()
  const vista = useVista()
  const [parametri, setParametri] = useSearchParams()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const coda = useInfiniteQuery(codaQuery(slug, vista))
  const messaggi = useMemo(() => coda.data?.pages.flatMap((page) => page.elementi) ?? [], [coda.data])
  const scelto = parametri.get('messaggio')
  const [esito, setEsito] = useState<Registrazione | null>(null)
  const [avviso, setAvviso] = useState<string | null>(null)
  const [fatto, setFatto] = useState<RaccontoGruppo | null>(null)
  const [subito, setSubito] = useState(false)
  const [principale, setPrincipale] = useState<string | null>(null)
  const [scelta, setScelta] = useState<{ id: string; principale: string } | null>(null)
  const conteggi = useQuery(conteggiQuery(slug))
  const still = vista === 'scartati' || vista === 'uniti'
  const selezione = useSelezione(useMemo(() => messaggi.map((item) => item.id), [messaggi]))
  const dettaglio = useQuery({ ...dettaglioQuery(slug, scelto ?? ''), enabled: scelto !== null })

  const scegli = useCallback(
    (id: string | null, working = false) => {
      setSubito(working)
      setParametri((before) => {
        const next = new URLSearchParams(before)
        if (id === null) next.delete('messaggio')
        else next.set('messaggio', id)
        return next
      })
    },
    [setParametri],
  )
  const index = messaggi.findIndex((item) => item.id === scelto)
  const move = (delta: number) => () => {
    const target = messaggi[index === -1 ? 0 : Math.min(messaggi.length - 1, Math.max(0, index + delta))]
    if (target !== undefined && target.id !== scelto) scegli(target.id)
  }
  const mark = (how: (id: string) => void) => () => {
    if (!still && index !== -1 && scelto !== null) how(scelto)
  }
  useScorciatoie({
    j: move(1),
    k: move(-1),
    ArrowDown: move(1),
    ArrowUp: move(-1),
    'Alt+PageDown': move(1),
    'Alt+PageUp': move(-1),
    x: mark(selezione.segna),
    'Shift+X': mark(selezione.finoA),
  })

  useEffect(() => {
    const next = messaggi.slice(index + 1, index + 3).map((item) => item.id)
    void precarica(client, slug, next)
  }, [client, slug, index, messaggi])

  function leave(id: string, resta: boolean, uscito = true): void {
    const position = messaggi.findIndex((item) => item.id === id)
    const next = messaggi[position + 1] ?? messaggi[position - 1]
    if (uscito) togliDallaCoda(client, slug, vista, [id])
    else rileggiCoda(client, slug)
    if (next === undefined) annuncia(t.modulo.prossimoVuoto)
    scegli(resta || next === undefined ? null : next.id, true)
  }
  function registered(registrazione: Registrazione, resta: boolean): void {
    setEsito(registrazione)
    setAvviso(null)
    setFatto(null)
    if (scelto !== null) leave(scelto, resta)
  }
  function decided(id: string, { testo, seguito }: Decisione): void {
    setFatto({ testo, saltati: [] })
    annuncia(testo)
    void client.invalidateQueries({ queryKey: dettaglioQuery(slug, id).queryKey })
    if (seguito === 'resta') rileggiCoda(client, slug)
    else leave(id, false, seguito === 'esce' || vista === 'per-me')
  }
  function decidedAll(atto: AttoGruppo, esito: EsitoGruppo): void {
    const told = raccontaGruppo(atto, esito, messaggi)
    const left = esito.saltati.map((item) => item.id)
    const gone = selezione.scelti.filter((id) => !left.includes(id))
    setFatto(told)
    annuncia(told.testo)
    selezione.imposta(left)
    if (atto === 'scarta' || vista === 'per-me') togliDallaCoda(client, slug, vista, gone)
    else rileggiCoda(client, slug)
    void client.invalidateQueries({ queryKey: ['messaggio', slug] })
    if (scelto !== null && gone.includes(scelto)) scegli(null)
  }

  const total = coda.data?.pages[0]?.totale ?? 0
  const queue = (
    <>
      <Titolo accanto={<span className="conteggio">{total}</span>}>{t.messaggi.titolo}</Titolo>
      <Schede
        etichetta={t.messaggi.etichettaViste}
        corrente={vista}
        schede={VISTE_MESSAGGI.map((item) => ({
          chiave: item,
          testo: t.coda.viste[item],
          verso: `?vista=${item}`,
          conteggio: item === vista ? total : conteggi.data?.[item],
        }))}
      />
      <Carica query={{ ...coda, data: coda.data === undefined ? undefined : messaggi }} cosa={t.messaggi.elenco} righe={10}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto>{t.coda.vuoti[vista]}</Vuoto>
          ) : (
            <CodaMessaggi
              messaggi={list}
              scelto={scelto}
              segnati={still ? null : selezione.scelti}
              onScegli={(id) => scegli(id)}
              onSegna={selezione.segna}
            />
          )
        }
      </Carica>
      {coda.hasNextPage ? (
        <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => void coda.fetchNextPage()}>
          {t.messaggi.altri}
        </button>
      ) : null}
      {still || selezione.scelti.length === 0 ? null : (
        <GruppoCoda ente={slug} ids={selezione.scelti} onSvuota={selezione.svuota} onFatto={decidedAll} />
      )}
      <Caselle ente={slug} />
    </>
  )
  const nothing = (
    <Vuoto icona="inbox">
      <h2>{t.messaggi.scegli}</h2>
      <p>{t.messaggi.scegliTesto}</p>
    </Vuoto>
  )
  const chosen = scelta !== null && scelta.id === scelto ? scelta.principale : principale
  const form =
    scelto === null ? (
      nothing
    ) : (
      <Carica query={dettaglio} cosa={t.messaggi.elenco} righe={12}>
        {(detail) =>
          still ? (
            <MessaggioFermo ente={slug} vista={vista} messaggio={detail} onRipristinato={() => leave(detail.id, false)} />
          ) : (
            <LavoroMessaggio
              key={detail.id}
              ente={slug}
              messaggio={detail}
              subito={subito}
              principale={scelta !== null && scelta.id === detail.id ? scelta.principale : null}
              onPrincipale={setPrincipale}
              onRegistrata={registered}
              onGiaTrattato={(testo) => {
                setAvviso(testo)
                leave(detail.id, false)
              }}
              onDeciso={(decisione) => decided(detail.id, decisione)}
            />
          )
        }
      </Carica>
    )
  const preview =
    scelto === null || dettaglio.data === undefined ? null : (
      <DocumentiMessaggio
        key={dettaglio.data.id}
        ente={slug}
        messaggio={dettaglio.data}
        principale={still ? null : chosen}
        {...(still ? {} : { onPrincipale: (id: string) => setScelta({ id: dettaglio.data.id, principale: id }) })}
      />
    )
  return (
    <div className="schermo">
      {esito === null ? null : <EsitoRegistrazione ente={slug} registrazione={esito} onChiudi={() => setEsito(null)} />}
      {fatto === null ? null : <EsitoGruppoBar esito={fatto} onChiudi={() => setFatto(null)} />}
      {avviso === null ? null : (
        <EsitoBar tipo="avviso" onChiudi={() => setAvviso(null)}>
          {avviso}
        </EsitoBar>
      )}
      {scelto === null ? null : (
        <button type="button" className="torna" onClick={() => scegli(null)}>
          {t.tornaElenco}
        </button>
      )}
      <Pannelli
        id="da-protocollare"
        visibile={scelto === null ? 'coda' : 'lavoro'}
        pannelli={[
          { chiave: 'coda', etichetta: t.messaggi.elenco, contenuto: queue, larghezza: 256, minima: 200, massima: 420 },
          { chiave: 'lavoro', etichetta: t.modulo.titolo, contenuto: form, larghezza: 420, minima: 340, massima: 640 },
          { chiave: 'anteprima', etichetta: t.modulo.documenti, contenuto: preview },
        ]}
      />
    </div>
  )
}
