/** The form of one message, filled with the proposals. Mounted anew for each message. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { useSessione } from '../../api/sessione.tsx'
import type { Registrazione } from '../../api/tipi.ts'
import type { DettaglioMessaggio } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { giornoItaliano } from '../../ui/date.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { Icona } from '../../ui/Icona.tsx'
import { MenuAzioni } from '../../ui/MenuAzioni.tsx'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'
import { BarraRegistra, RifiutoModulo } from './BarraRegistra.tsx'
import { CampiEntrata } from './CampiEntrata.tsx'
import { Controlli, FirmaMessaggio, tonoEsito } from './Controlli.tsx'
import { percorsoScheda } from './dati.ts'
import { vaiAlCampo } from './errori.ts'
import { errori as check, inFile, inRichiestaMessaggio, moduloDaMessaggio, type StatoModulo } from './modulo.ts'
import { RiepilogoErrori } from './RiepilogoErrori.tsx'
import { ScartaMessaggio } from './ScartaMessaggio.tsx'
import { type ModuloEntrata, useModuloEntrata } from './useModuloEntrata.ts'

export interface LavoroMessaggioProps {
  ente: string
  messaggio: DettaglioMessaggio
  /** Focus on the first doubtful field: after a registration, not while one is only looking through. */
  subito: boolean
  /** The main document chosen in the preview, null when untouched. */
  principale: string | null
  onPrincipale: (id: string | null) => void
  onRegistrata: (registrazione: Registrazione, resta: boolean) => void
  onScartato: () => void
  /** A colleague dealt with it meanwhile. */
  onGiaTrattato: (testo: string) => void
}

const LOCK_DELAY = 800

/** Keeps colleagues off while somebody really works on the message (not while passing by with J and K). */
function useBlocco(ente: string, id: string, libero: boolean): void {
  useEffect(() => {
    if (!libero) return
    let held = false
    const path = api(ente, 'messaggi', id, 'blocco')
    const timer = setTimeout(() => {
      held = true
      chiama(path, { metodo: 'POST' }).catch(() => {
        held = false
      })
    }, LOCK_DELAY)
    return () => {
      clearTimeout(timer)
      if (held) void chiama(path, { metodo: 'DELETE' }).catch(() => undefined)
    }
  }, [ente, id, libero])
}

/** First field a person should look at: the first that would stop the registration. */
function doubtful(stato: StatoModulo): string | null {
  return check(stato, giornoItaliano(new Date()))[0]?.campo ?? null
}

/** Why a message is in quarantine, what its checks found and what is odd in it: to be read before deciding. */
function Sospetto({ messaggio }: { messaggio: DettaglioMessaggio }) {
  const quarantena = messaggio.stato === 'quarantena'
  const failed = messaggio.verifica.controlli.some((check) => tonoEsito(check.esito) === 'male')
  return (
    <>
      {quarantena ? (
        <EsitoBar tipo="avviso">
          <strong>{t.messaggi.quarantenaTitolo}.</strong> {t.messaggi.quarantenaTesto}
          {messaggio.motivo === null ? null : (
            <p>
              {t.messaggi.motivo}: {messaggio.motivo}
            </p>
          )}
        </EsitoBar>
      ) : null}
      {messaggio.avvisi.map((avviso) => (
        <EsitoBar key={avviso} tipo="avviso">
          {avviso}
        </EsitoBar>
      ))}
      {quarantena || failed ? <Controlli messaggio={messaggio} /> : null}
    </>
  )
}

/** Who has the message open; after ten minutes it can be taken anyway. */
function Tenuto({ bloccato, onPrendi }: { bloccato: NonNullable<DettaglioMessaggio['bloccatoDa']>; onPrendi: () => void }) {
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(bloccato.da)) / 60_000))
  return (
    <EsitoBar tipo="avviso">
      {bloccato.scaduto ? t.coda.lasciato(bloccato.nome) : t.coda.inLavorazione(bloccato.nome, minutes)}{' '}
      {bloccato.scaduto ? (
        <button type="button" className="btn btn-outline-primary btn-xs" onClick={onPrendi}>
          {t.coda.prendiComunque}
        </button>
      ) : null}
    </EsitoBar>
  )
}

function Testa({ messaggio, modulo, onScarta }: { messaggio: DettaglioMessaggio; modulo: ModuloEntrata; onScarta: () => void }) {
  return (
    <header className="modulo-testa">
      <h2 tabIndex={-1} id="modulo-titolo">
        {t.modulo.titolo}
      </h2>
      <FirmaMessaggio messaggio={messaggio} />
      <MenuAzioni
        etichetta={t.modulo.altro}
        classe="pulsante-icona modulo-altro"
        bottone={<Icona nome="more-items" />}
        azioni={[
          { chiave: 'resta', testo: t.modulo.registraResta, testoPiano: t.modulo.registraResta, onScelta: () => modulo.registra(true) },
          { chiave: 'riparti', testo: t.modulo.ripartiDaProposta, testoPiano: t.modulo.ripartiDaProposta, onScelta: modulo.ricomincia },
          // A PEC is always registered: only ordinary mail can be left out.
          ...(messaggio.tipo === 'pec'
            ? []
            : [{ chiave: 'scarta', testo: t.messaggi.scarta, testoPiano: t.messaggi.scarta, onScelta: onScarta }]),
        ]}
      />
    </header>
  )
}

export function LavoroMessaggio({
  ente,
  messaggio,
  subito,
  principale,
  onPrincipale,
  onRegistrata,
  onScartato,
  onGiaTrattato,
}: LavoroMessaggioProps) {
  const iniziale = useMemo(() => moduloDaMessaggio(messaggio, giornoItaliano(new Date())), [messaggio])
  const modulo = useModuloEntrata({
    ente,
    atto: `messaggio:${messaggio.id}`,
    percorso: api(ente, 'messaggi', messaggio.id, 'registrazione'),
    iniziale,
    richiesta: (stato, oggi) => inRichiestaMessaggio(stato, iniziale.principale, oggi),
    onRegistrata,
  })
  const [scarta, setScarta] = useState(false)
  const treated = useRef(onGiaTrattato)
  treated.current = onGiaTrattato
  const { rifiuto } = modulo
  useEffect(() => {
    if (rifiuto?.codice === 'messaggio-gia-trattato') treated.current(rifiuto.message)
  }, [rifiuto])
  // A lock of mine (the page read again, another window) stops nobody.
  const io = useSessione().attore?.nome
  const [preso, setPreso] = useState(false)
  const bloccato = messaggio.bloccatoDa?.nome === io || preso ? null : messaggio.bloccatoDa
  useBlocco(ente, messaggio.id, bloccato === null)

  const first = useRef({ subito, stato: modulo.stato })
  useEffect(() => {
    const field = first.current.subito ? doubtful(first.current.stato) : null
    if (field === null) document.getElementById('modulo-titolo')?.focus({ preventScroll: true })
    else vaiAlCampo(field)
  }, [])
  useEffect(() => onPrincipale(modulo.stato.principale), [modulo.stato.principale, onPrincipale])
  const { cambia } = modulo
  const files = useRef(modulo.stato.file)
  files.current = modulo.stato.file
  useEffect(() => {
    const part = messaggio.parti.find((parte) => parte.id === principale)
    if (part === undefined) return
    const known = files.current.some((file) => file.contenutoId === part.id)
    cambia({ principale: part.id, ...(known ? {} : { file: [inFile(part), ...files.current] }) })
  }, [principale, cambia, messaggio.parti])

  const act = (resta: boolean) => () => {
    if (bloccato === null) modulo.registra(resta)
  }
  useScorciatoie({
    F2: () => vaiAlCampo('oggetto'),
    F4: () => vaiAlCampo('voceId'),
    F8: () => vaiAlCampo('assegnazione'),
    Enter: () => vaiAlCampo(doubtful(modulo.stato) ?? 'oggetto'),
    'Ctrl+Enter': act(false),
    'Ctrl+Shift+Enter': act(true),
  })

  const duplicate = messaggio.possibileDuplicato
  return (
    <div className="modulo">
      <div className="modulo-corpo">
        <Testa messaggio={messaggio} modulo={modulo} onScarta={() => setScarta(true)} />
        {bloccato === null ? null : <Tenuto bloccato={bloccato} onPrendi={() => setPreso(true)} />}
        {duplicate === null ? null : (
          <EsitoBar tipo="avviso">
            {t.messaggi.duplicato} <Link to={percorsoScheda(ente, duplicate.etichetta)}>{duplicate.etichetta}</Link>.{' '}
            {t.messaggi.duplicatoTesto}
          </EsitoBar>
        )}
        <Sospetto messaggio={messaggio} />
        <RifiutoModulo modulo={modulo} />
        <RiepilogoErrori errori={modulo.errori} />
        {modulo.ripresa ? <p className="campo-aiuto">{t.modulo.bozzaRipresa}</p> : null}
        {messaggio.proposta.dallaSegnatura.length === 0 ? null : (
          <p className="campo-aiuto">
            {t.modulo.dallaSegnatura(messaggio.proposta.dallaSegnatura.map((campo) => t.modulo.campiSegnatura[campo]))}
          </p>
        )}
        <div className="griglia-campi">
          <CampiEntrata
            ente={ente}
            stato={modulo.stato}
            percheMittente={messaggio.proposta.motivoMittente ?? undefined}
            onCambia={modulo.cambia}
            errore={modulo.errore}
          />
        </div>
      </div>
      <BarraRegistra modulo={modulo} testo={t.modulo.registra} bloccata={bloccato !== null} />
      {scarta ? <ScartaMessaggio ente={ente} id={messaggio.id} onChiudi={() => setScarta(false)} onScartato={onScartato} /> : null}
    </div>
  )
}
