/** The shell of the back office: skip links, bar, rail, page. Draws nothing of an ente to somebody who has no role in it. */
import { Suspense, useState } from 'react'
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router'
import { paginaIniziale, useEnte, useSessione } from '../api/sessione.tsx'
import { lavoraPerConto } from '../api/sostituzione.ts'
import { BarraEmergenza } from '../moduli/emergenza/BarraEmergenza.tsx'
import { t } from '../testi/it.ts'
import { Scheletro, Vuoto } from '../ui/Attesa.tsx'
import { useScorciatoie, type Azioni } from '../ui/Scorciatoie.tsx'
import { BarraAlta } from './BarraAlta.tsx'
import { FoglioScorciatoie } from './FoglioScorciatoie.tsx'
import { vociMenu } from './menu.ts'
import { MenuLaterale } from './MenuLaterale.tsx'
import { Tavolozza } from './Tavolozza.tsx'
import { useTavolozza } from './tavolozze.ts'

const WIDE = 'faldone.menu'

/** Links for who uses the keyboard: first thing in the page. */
export function SaltaA({ conMenu = true }: { conMenu?: boolean }) {
  return (
    <nav className="salta" aria-label={t.percorso}>
      <a href="#contenuto">{t.saltaAlContenuto}</a>
      {conMenu ? <a href="#menu">{t.saltaAlMenu}</a> : null}
    </nav>
  )
}

/** The strip that says that everything here is invented. */
export function BannerDimostrativo() {
  return useSessione().dimostrativo ? (
    <aside className="banner-demo" aria-label={t.bannerDimostrativo}>
      {t.bannerDimostrativo}
    </aside>
  ) : null
}

export function Guscio() {
  const { slug, ente } = useEnte()
  const sessione = useSessione()
  const location = useLocation()
  const navigate = useNavigate()
  const [aiuto, setAiuto] = useState(false)
  const [comandi, setComandi] = useState(false)
  const [aperto, setAperto] = useState(false)
  const [largo, setLargo] = useState(() => localStorage.getItem(WIDE) === 'largo')
  const pronta = useTavolozza(ente?.tavolozza)

  function toggle(): void {
    localStorage.setItem(WIDE, largo ? 'stretto' : 'largo')
    setLargo(!largo)
  }
  const azioni: Azioni = {
    '?': () => setAiuto(true),
    'Ctrl+b': toggle,
    'Ctrl+k': () => setComandi(true),
    n: () => void navigate(`/${slug}/protocollo/entrata/nuovo`),
  }
  for (const voce of ente === null ? [] : vociMenu(ente)) {
    azioni[`g ${voce.tasto}`] = () => void navigate(`/${slug}/${voce.percorso}`)
  }
  useScorciatoie(azioni)

  if (!sessione.autenticato) {
    const ritorno = encodeURIComponent(location.pathname + location.search)
    return <Navigate to={`/accesso?ritorno=${ritorno}`} replace />
  }
  if (sessione.attore?.tipo === 'cittadino') return <Navigate to={paginaIniziale(sessione)} replace />
  if (!pronta) return null
  return (
    <div className="guscio">
      <SaltaA conMenu={ente !== null} />
      <BannerDimostrativo />
      {ente === null ? null : <BarraEmergenza ente={slug} conPagina={ente.permessi.includes('emergenza.leggi')} />}
      <BarraAlta ente={ente} onScorciatoie={() => setAiuto(true)} {...(ente === null ? {} : { onMenu: () => setAperto(!aperto) })} />
      {ente?.perContoDi ? (
        <aside className="fascia-sostituzione" aria-label={t.amministrazione.sostituzioni.titolo}>
          <strong>{t.amministrazione.sostituzioni.staiLavorando(ente.perContoDi.titolare)}</strong>
          <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => lavoraPerConto(null, `/${slug}/scrivania`)}>
            {t.amministrazione.sostituzioni.torna}
          </button>
        </aside>
      ) : null}
      <div className="guscio-corpo">
        {ente === null ? null : (
          <MenuLaterale ente={ente} largo={largo} aperto={aperto} onLargo={toggle} onScelta={() => setAperto(false)} />
        )}
        <main id="contenuto" className="contenuto" tabIndex={-1}>
          {slug !== '' && ente === null ? (
            <Vuoto icona="lock">
              <h1>{t.errori.nessunPermesso}</h1>
            </Vuoto>
          ) : (
            <Suspense fallback={<Scheletro />}>
              <Outlet />
            </Suspense>
          )}
        </main>
      </div>
      {comandi && ente !== null ? <Tavolozza ente={ente} onChiudi={() => setComandi(false)} /> : null}
      {aiuto ? <FoglioScorciatoie onChiudi={() => setAiuto(false)} /> : null}
    </div>
  )
}
