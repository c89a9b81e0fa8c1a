/** The emergency page: install, unlock, write. Works with the server stopped and the network down. */
import { useEffect, useState } from 'react'
import { emergenza } from '../../../testi/it-emergenza.ts'
import { EsitoBar } from '../../../ui/EsitoBar.tsx'
import { Icona } from '../../../ui/Icona.tsx'
import { haDeposito, type Deposito } from './deposito.ts'
import { Installa } from './Installa.tsx'
import { Registro } from './Registro.tsx'
import { Sblocca } from './Sblocca.tsx'

const t = emergenza.pagina

type Installazione = 'in-corso' | 'pronta' | 'impossibile'

/** Registers the service worker that keeps this page, and says when it is kept. */
function useInstallazione(): Installazione {
  const [stato, setStato] = useState<Installazione>('in-corso')
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return setStato('impossibile')
    navigator.serviceWorker
      .register('/emergenza/lavoratore.js', { scope: '/emergenza/' })
      .then(() => navigator.serviceWorker.ready)
      .then(() => setStato('pronta'))
      // Without network the worker already there goes on: registering it again fails and changes nothing.
      .catch(() => setStato(navigator.serviceWorker.controller === null ? 'impossibile' : 'pronta'))
    return undefined
  }, [])
  return stato
}

function useRete(): boolean {
  const [presente, setPresente] = useState(navigator.onLine)
  useEffect(() => {
    const update = (): void => setPresente(navigator.onLine)
    window.addEventListener('online', update)
    window.addEventListener('offline', update)
    return () => {
      window.removeEventListener('online', update)
      window.removeEventListener('offline', update)
    }
  }, [])
  return presente
}

const MESSAGES = {
  pronta: ['info', t.offlinePronta],
  'in-corso': ['info', t.offlineInCorso],
  impossibile: ['avviso', t.offlineImpossibile],
} as const

export function Pagina() {
  const [aperto, setAperto] = useState<Deposito | null>(null)
  const [esiste, setEsiste] = useState<boolean | null>(null)
  const installazione = useInstallazione()
  const rete = useRete()
  useEffect(() => {
    haDeposito().then(setEsiste, () => setEsiste(false))
  }, [])
  const [tipo, testo] = MESSAGES[installazione]
  const ready = aperto !== null && aperto.dotazione !== null
  return (
    <>
      <nav className="salta" aria-label={t.prodotto}>
        <a href="#contenuto">{t.saltaAlContenuto}</a>
      </nav>
      <header className="emergenza-testa">
        <div>
          <strong>
            <Icona nome="warning-circle" /> {t.prodotto}
          </strong>
          <span>{t.sottotitolo}</span>
        </div>
        <div className="emergenza-stato">
          <span>
            <Icona nome="wifi" dimensione={16} /> {rete ? t.rete.presente : t.rete.assente}
          </span>
          {ready ? (
            <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => setAperto(null)}>
              {t.blocca}
            </button>
          ) : null}
        </div>
      </header>
      <main id="contenuto" className="emergenza-corpo" tabIndex={-1}>
        {ready ? null : <EsitoBar tipo={tipo}>{testo}</EsitoBar>}
        {esiste === null ? null : ready ? (
          <Registro deposito={aperto} onDeposito={setAperto} />
        ) : esiste && aperto === null ? (
          <Sblocca onAperto={setAperto} onDimenticato={() => setEsiste(false)} />
        ) : (
          <Installa
            deposito={aperto}
            onDeposito={(deposito) => {
              setEsiste(true)
              setAperto(deposito)
            }}
          />
        )}
      </main>
    </>
  )
}
