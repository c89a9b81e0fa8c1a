/** The form of one message, filled with the proposals. Mounted anew for each message. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { useSessione } from '../../api/sessione.tsx'
import type { Registrazione } from '../../api/tipi.ts'
import type { DettaglioMessaggio } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { giornoItaliano } from '../../ui/date.ts'
import { Icona } from '../../ui/Icona.tsx'
import { MenuAzioni } from '../../ui/MenuAzioni.tsx'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'
import { Precedenti, Sospetto, Tenuto } from './AvvisiMessaggio.tsx'
import { BarraRegistra, RifiutoModulo } from './BarraRegistra.tsx'
import { CampiEntrata } from './CampiEntrata.tsx'
import { FirmaMessaggio } from './Controlli.tsx'
import { vaiAlCampo } from './errori.ts'
import { errori as check, inFile, inRichiestaMessaggio, moduloDaMessaggio, type StatoModulo } from './modulo.ts'
import { FogliMessaggio, type Decisione, type FoglioMessaggio } from './FogliMessaggio.tsx'
import { RiepilogoErrori } from './RiepilogoErrori.tsx'
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
  /** A decision other than the registration was taken. */
  onDeciso: (decisione: Decisione) => void
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

interface TestaProps {
  messaggio: DettaglioMessaggio
  modulo: ModuloEntrata
  onFoglio: (foglio: FoglioMessaggio) => void
}

function Testa({ messaggio, modulo, onFoglio }: TestaProps) {
  const decide = (chiave: FoglioMessaggio, testo: string) => ({ chiave, testo, testoPiano: testo, onScelta: () => onFoglio(chiave) })
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
          decide('unisci', t.coda.unisci),
          decide('passa', t.coda.passa),
          decide('non-competenza', t.coda.nonCompetenza),
          // A PEC is always registered: only ordinary mail can be left out.
          ...(messaggio.tipo === 'pec' ? [] : [decide('scarta', t.messaggi.scarta)]),
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
  onDeciso,
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
  const [foglio, setFoglio] = useState<FoglioMessaggio | null>(null)
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

  return (
    <div className="modulo">
      <div className="modulo-corpo">
        <Testa messaggio={messaggio} modulo={modulo} onFoglio={setFoglio} />
        {bloccato === null ? null : <Tenuto bloccato={bloccato} onPrendi={() => setPreso(true)} />}
        <Precedenti ente={ente} messaggio={messaggio} onUnisci={() => setFoglio('unisci')} />
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
      {foglio === null ? null : (
        <FogliMessaggio
          ente={ente}
          messaggio={messaggio}
          foglio={foglio}
          onChiudi={() => setFoglio(null)}
          onDeciso={(decisione) => {
            setFoglio(null)
            onDeciso(decisione)
          }}
        />
      )}
    </div>
  )
}
