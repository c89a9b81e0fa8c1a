/** A draft: its fields and text at the left, the document as it will leave at the right, the steps at the foot. */
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { useEnte } from '../../api/sessione.tsx'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta } from '../../ui/Campo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Pannelli } from '../../ui/Pannelli.tsx'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'
import { vaiAlCampo } from '../protocollo/errori.ts'
import { EsitoRegistrazione } from '../protocollo/EsitoRegistrazione.tsx'
import { AzioniBozza } from './AzioniBozza.tsx'
import { CampiBozza } from './CampiBozza.tsx'
import { CampiDisponibili } from './CampiDisponibili.tsx'
import { erroreDi } from '../../api/problema.ts'
import { bozzaQuery, modelliQuery, type Bozza } from './dati.ts'
import { EditorTesto } from './EditorTesto.tsx'
import { guardie, haDatiPersonali } from './guardie.ts'
import { PannelloDocumento } from './PannelloDocumento.tsx'
import { useBozza, type BozzaAperta } from './useBozza.ts'
import { Unioni } from './Unioni.tsx'

function Salvataggio({ aperta }: { aperta: BozzaAperta }) {
  if (aperta.stato === 'conflitto') {
    return (
      <EsitoBar
        tipo="avviso"
        azioni={
          <>
            <button type="button" className="btn btn-outline-primary btn-xs" onClick={aperta.ricarica}>
              {t.bozze.ricarica}
            </button>
            <button type="button" className="btn btn-outline-primary btn-xs" onClick={aperta.sovrascrivi}>
              {t.bozze.sovrascrivi}
            </button>
          </>
        }
      >
        {aperta.errore instanceof Error ? aperta.errore.message : t.bozze.conflitto}
      </EsitoBar>
    )
  }
  return aperta.stato === 'errore' ? <EsitoProblema errore={aperta.errore} premessa={t.bozze.nonSalvata} /> : null
}

/** Another template for the text: its words take the place of those written, so it is offered while there are none of one's own. */
function ScegliModello({ ente, aperta }: { ente: string; aperta: BozzaAperta }) {
  const query = useQuery(modelliQuery(ente, false))
  const { corrente } = aperta
  return (
    <CampoScelta
      id="campo-modello"
      etichetta={t.bozze.inizia.modello}
      valore={corrente.modelloId ?? ''}
      vuota={t.bozze.inizia.nessunModello}
      opzioni={(query.data?.modelli ?? []).map((one) => ({ valore: one.id, testo: one.nome }))}
      onCambia={(id) => {
        const modello = query.data?.modelli.find((one) => one.id === id)
        aperta.cambia({
          modelloId: modello?.id ?? null,
          corpo: modello?.formato === 'HTML' ? modello.corpo : '',
          ...(modello === undefined ? {} : { richiedeFirma: modello.richiedeFirma }),
        })
        void aperta.salva().catch(() => null)
      }}
    />
  )
}

function Editor({ ente, iniziale }: { ente: string; iniziale: Bozza }) {
  const aperta = useBozza(ente, iniziale)
  const { bozza, corrente } = aperta
  const [rifiuto, setRifiuto] = useState<unknown>(null)
  const [esito, setEsito] = useState<Registrazione | null>(null)
  const [inserisci, setInserisci] = useState<((testo: string) => void) | null>(null)
  const ready = useCallback((insert: (testo: string) => void) => setInserisci(() => insert), [])
  const errore = (campo: string): string | undefined => erroreDi(rifiuto, campo) ?? erroreDi(aperta.errore, campo)
  useScorciatoie({ F2: () => vaiAlCampo('oggetto'), F4: () => vaiAlCampo('voceId'), F8: () => vaiAlCampo('assegnazione') })
  const writes = bozza.azioni.modifica && bozza.tipo !== 'E' && bozza.modello?.formato !== 'DOCX' && bozza.modello?.formato !== 'ODT'
  const form = (
    <div className="modulo">
      <div className="modulo-corpo">
        <Titolo scheda={corrente.dati.oggetto === '' ? t.bozze.senzaOggetto : corrente.dati.oggetto}>
          {`${t.bozze.tipi[bozza.tipo]} · ${t.bozze.stati[bozza.stato]}`}
        </Titolo>
        {bozza.rispostaA === null ? null : <p className="campo-aiuto">{t.bozze.rispostaA(bozza.rispostaA.testo)}</p>}
        <Salvataggio aperta={aperta} />
        {rifiuto === null ? null : <EsitoProblema errore={rifiuto} />}
        {bozza.campiMancanti.length === 0 ? null : <EsitoBar tipo="avviso">{t.bozze.mancanti(bozza.campiMancanti.join(', '))}</EsitoBar>}
        {bozza.campiSconosciuti.length === 0 ? null : (
          <EsitoBar tipo="avviso">{t.bozze.sconosciuti(bozza.campiSconosciuti.join(', '))}</EsitoBar>
        )}
        <CampiBozza ente={ente} aperta={aperta} errore={errore} />
        <fieldset disabled={!bozza.azioni.modifica} className="senza-bordo">
          {haDatiPersonali(corrente.dati.oggetto) && corrente.dati.riservatezza === 'ORDINARIO' ? (
            <button type="button" className="collegamento" onClick={() => aperta.cambiaDati({ riservatezza: 'RISERVATO' })}>
              {t.bozze.guardie.riserva}
            </button>
          ) : null}
          {bozza.azioni.modifica && bozza.tipo !== 'E' ? <ScegliModello ente={ente} aperta={aperta} /> : null}
          {writes ? (
            <>
              <EditorTesto
                valore={corrente.corpo}
                onCambia={(corpo) => aperta.cambia({ corpo })}
                errore={errore('corpo')}
                onPronto={ready}
              />
              <CampiDisponibili ente={ente} bozza={bozza} onInserisci={inserisci} />
            </>
          ) : null}
          {bozza.tipo === 'E' ? null : (
            <label className="campo">
              <input
                type="checkbox"
                checked={corrente.richiedeFirma}
                onChange={(event) => aperta.cambia({ richiedeFirma: event.target.checked })}
              />{' '}
              {t.bozze.richiedeFirma}
            </label>
          )}
        </fieldset>
        {guardie(bozza, corrente)
          .filter((one) => one.campo !== 'oggetto')
          .map((one) => (
            <p key={one.messaggio} className="campo-avviso">
              {one.messaggio}
            </p>
          ))}
        {bozza.tipo === 'U' ? <Unioni ente={ente} bozza={bozza} /> : null}
      </div>
      <AzioniBozza
        ente={ente}
        aperta={aperta}
        onRifiuto={setRifiuto}
        onProtocollata={(registrazione) => {
          setRifiuto(null)
          setEsito(registrazione)
        }}
      />
    </div>
  )
  return (
    <div className="schermo">
      {esito === null ? null : <EsitoRegistrazione ente={ente} registrazione={esito} onChiudi={() => setEsito(null)} />}
      <Pannelli
        id="bozza"
        visibile="tutti"
        pannelli={[
          { chiave: 'lavoro', etichetta: t.bozze.titolo, contenuto: form, larghezza: 620, minima: 380, massima: 820 },
          {
            chiave: 'anteprima',
            etichetta: t.bozze.documento,
            contenuto: <PannelloDocumento ente={ente} aperta={aperta} errore={errore('documento')} onRifiuto={setRifiuto} />,
          },
        ]}
      />
    </div>
  )
}

export function Component() {
  const { slug } = useEnte()
  const { id = '' } = useParams()
  const query = useQuery(bozzaQuery(slug, id))
  return (
    <Carica query={query} cosa={t.bozze.titolo} righe={10}>
      {(bozza) => <Editor key={bozza.id} ente={slug} iniziale={bozza} />}
    </Carica>
  )
}
