/** Documents of a fascicolo, in order, with the preview of the chosen file and the area each one is in. Large ones are read as they are scrolled. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { DocumentoFascicolo, Fascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Anteprima } from '../../ui/Anteprima.tsx'
import { Vuoto } from '../../ui/Attesa.tsx'
import { Icona } from '../../ui/Icona.tsx'
import { percorsoScheda, useRicerche } from '../protocollo/dati.ts'
import { ElencoFile, urlFile } from '../protocollo/DocumentiScheda.tsx'
import { TipoRegistrazione } from '../protocollo/colonne.tsx'
import { FoglioAtto } from './FoglioAtto.tsx'
import { FoglioMotivo } from './FoglioMotivo.tsx'

export interface DocumentiFascicoloProps {
  ente: string
  dati: Fascicolo
  onCambiato: (testo: string) => void
}

function filesOf(documento: DocumentoFascicolo) {
  return documento.principale === null ? documento.allegati : [documento.principale, ...documento.allegati]
}

/** Documents of other registers are opened through the fascicolo that holds them. */
function urlOf(ente: string, fascicolo: string, documento: DocumentoFascicolo): (file: string, inline: boolean) => string {
  return (file, inline) =>
    documento.registrazione
      ? urlFile(ente, documento.documentoId, file, inline)
      : conParametri(api(ente, 'fascicoli', fascicolo, 'documenti', documento.documentoId, 'file', file), inline ? { inline: 1 } : {})
}

/** Above this many documents only those in view are in the page. */
const TUTTI_IN_PAGINA = 100
const PARTE = 200

/** The documents read so far; the first ones came with the fascicolo. */
function useDocumenti(ente: string, dati: Fascicolo) {
  const query = useInfiniteQuery({
    queryKey: ['fascicolo-documenti', ente, dati.id, dati.versione],
    queryFn: ({ pageParam }) =>
      chiama<{ elementi: DocumentoFascicolo[]; totale: number }>(
        conParametri(api(ente, 'fascicoli', dati.id, 'documenti'), { da: pageParam, quanti: PARTE }),
      ),
    initialPageParam: dati.documenti.length,
    getNextPageParam: (_, pages) => {
      const read = dati.documenti.length + pages.reduce((sum, page) => sum + page.elementi.length, 0)
      return read < dati.totaleDocumenti ? read : undefined
    },
    enabled: false,
  })
  const others = query.data?.pages.flatMap((page) => page.elementi) ?? []
  const documenti = [...dati.documenti, ...others]
  const more = documenti.length < dati.totaleDocumenti
  return { documenti, altri: more && !query.isFetching ? () => void query.fetchNextPage() : null }
}

interface RigaProps {
  ente: string
  dati: Fascicolo
  documento: DocumentoFascicolo
  scelto: string | null
  onScegli: (file: string) => void
  onArea: ((documento: DocumentoFascicolo) => void) | null
  onTogli: ((documento: DocumentoFascicolo) => void) | null
}

function Riga({ ente, dati, documento, scelto, onScegli, onArea, onTogli }: RigaProps) {
  return (
    <>
      <div className="documento-testa">
        <span className="documento-oggetto">
          {documento.ordine}. {documento.oggetto}
        </span>
        {documento.registrazione ? (
          <span className="documento-numero">
            <Link to={percorsoScheda(ente, documento.registrazione.etichetta)}>{documento.registrazione.etichetta}</Link>{' '}
            <TipoRegistrazione tipo={documento.registrazione.tipo} />
          </span>
        ) : null}
        <span className="documento-area">
          <Icona nome={documento.area === 'riservata' ? 'lock' : 'unlocked'} dimensione={14} />{' '}
          {documento.area === 'riservata' ? t.fascicoli.areaRiservata : t.fascicoli.areaComune}
        </span>
        {onArea === null ? null : (
          <button type="button" className="collegamento" onClick={() => onArea(documento)}>
            {documento.area === 'riservata' ? t.fascicoli.spostaComune : t.fascicoli.spostaRiservata}
            <span className="visually-hidden">: {documento.oggetto}</span>
          </button>
        )}
        {onTogli === null ? null : (
          <button type="button" className="collegamento" onClick={() => onTogli(documento)}>
            {t.fascicolo.togli}
            <span className="visually-hidden">: {documento.oggetto}</span>
          </button>
        )}
      </div>
      {documento.leggibile ? (
        <ElencoFile
          ente={ente}
          documento={documento.documentoId}
          file={filesOf(documento)}
          scelto={scelto}
          onScegli={onScegli}
          url={urlOf(ente, dati.id, documento)}
        />
      ) : (
        <p className="campo-aiuto">{t.fascicoli.nonLeggibile}</p>
      )}
    </>
  )
}

type ElencoProps = Omit<RigaProps, 'documento'> & { documenti: DocumentoFascicolo[]; altri: (() => void) | null }

/** A long list: the rows in view, each with its place in the whole; the next part is asked when the end comes near. */
function ElencoLungo({ documenti, altri, ...riga }: ElencoProps) {
  const region = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: documenti.length,
    getScrollElement: () => region.current,
    estimateSize: () => 76,
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= documenti.length - 20) altri?.()
  }, [last, documenti.length, altri])
  return (
    <div
      ref={region}
      className="documenti-virtuali"
      role="region"
      tabIndex={0}
      aria-label={t.fascicoli.documenti(riga.dati.totaleDocumenti)}
    >
      <ol className="documenti-fascicolo" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const documento = documenti[item.index]
          return documento === undefined ? null : (
            <li
              key={documento.documentoId}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={riga.dati.totaleDocumenti}
              aria-posinset={documento.ordine}
              style={{ position: 'absolute', insetInline: 0, transform: `translateY(${item.start}px)` }}
            >
              <Riga {...riga} documento={documento} />
            </li>
          )
        })}
      </ol>
    </div>
  )
}

export function DocumentiFascicolo({ ente, dati, onCambiato }: DocumentiFascicoloProps) {
  const ricerche = useRicerche(ente)
  const [scelto, setScelto] = useState<string | null>(null)
  const [sposta, setSposta] = useState<DocumentoFascicolo | null>(null)
  const [togli, setTogli] = useState<DocumentoFascicolo | null>(null)
  const { documenti, altri } = useDocumenti(ente, dati)
  const all = documenti.flatMap((documento) => filesOf(documento).map((file) => ({ documento, file })))
  const shown = all.find((item) => item.file.id === scelto) ?? all[0]
  const decide = dati.azioni.decidi && (dati.stato === 'APERTO' || dati.stato === 'SOSPESO')
  if (dati.totaleDocumenti === 0) return <Vuoto icona="folder">{t.fascicoli.nessunDocumento}</Vuoto>
  const riga = {
    ente,
    dati,
    scelto: shown?.file.id ?? null,
    onScegli: setScelto,
    onArea: decide ? setSposta : null,
    onTogli: decide ? setTogli : null,
  }
  return (
    <section className="scheda-documenti" aria-label={t.fascicoli.documenti(dati.totaleDocumenti)}>
      <h2>{t.fascicoli.documenti(dati.totaleDocumenti)}</h2>
      <div className="affiancati">
        {dati.totaleDocumenti > TUTTI_IN_PAGINA ? (
          <ElencoLungo {...riga} documenti={documenti} altri={altri} />
        ) : (
          <ol className="documenti-fascicolo">
            {documenti.map((documento) => (
              <li key={documento.documentoId}>
                <Riga {...riga} documento={documento} />
              </li>
            ))}
          </ol>
        )}
        {shown === undefined ? null : (
          <Anteprima
            key={shown.file.id}
            url={urlOf(ente, dati.id, shown.documento)(shown.file.id, true)}
            nome={shown.file.nome}
            mime={shown.file.mime}
          />
        )}
      </div>
      {togli === null ? null : (
        <FoglioAtto
          titolo={t.fascicolo.togliTitolo}
          campi={[
            { id: 'destinazioneId', etichetta: t.fascicolo.sposta, cerca: ricerche.fascicoli, chiave: ['fascicoli', ente] },
            { id: 'motivo', etichetta: t.fascicoli.motivo, errore: t.fascicoli.motivoErrore, righe: 3 },
          ]}
          invia={(v) =>
            chiama(api(ente, 'fascicoli', dati.id, 'documenti', togli.documentoId, 'rimozione'), {
              metodo: 'POST',
              corpo: { motivo: v['motivo'], ...(v['destinazioneId'] === '' ? {} : { destinazioneId: v['destinazioneId'] }) },
            })
          }
          onChiudi={() => setTogli(null)}
          onFatto={() => {
            setTogli(null)
            onCambiato(t.fascicolo.tolto)
          }}
        />
      )}
      {sposta === null ? null : (
        <FoglioMotivo
          titolo={sposta.area === 'riservata' ? t.fascicoli.spostaComune : t.fascicoli.spostaRiservata}
          invia={(motivo) =>
            chiama(api(ente, 'fascicoli', dati.id, 'documenti', sposta.documentoId), {
              metodo: 'PATCH',
              corpo: { area: sposta.area === 'riservata' ? 'comune' : 'riservata', motivo },
            })
          }
          onChiudi={() => setSposta(null)}
          onFatto={() => {
            setSposta(null)
            onCambiato(t.fascicoli.areaCambiata)
          }}
        />
      )}
    </section>
  )
}
