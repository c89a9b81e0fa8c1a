/** The shell of the citizen's area: its own header and footer, phone first, three sections. */
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, Navigate, NavLink, Outlet, useLocation } from 'react-router'
import { BannerDimostrativo, SaltaA } from '../../app/Guscio.tsx'
import { Titolo } from '../../app/Titolo.tsx'
import { useTavolozza } from '../../app/tavolozze.ts'
import { chiama, sportello } from '../../api/client.ts'
import { useEnte, useSessione, useUscita } from '../../api/sessione.tsx'
import type { ProfiloCittadino } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Scheletro, Vuoto } from '../../ui/Attesa.tsx'
import { Icona } from '../../ui/Icona.tsx'

/** Name and tax code of the citizen as this ente knows them. */
export function useProfiloCittadino(ente: string) {
  return useQuery({
    queryKey: ['profilo-cittadino', ente],
    queryFn: () => chiama<ProfiloCittadino>(sportello(ente, 'profilo')),
    staleTime: 300_000,
  })
}

function Testata({ ente, nome }: { ente: string; nome: string }) {
  const esci = useUscita()
  const persona = useSessione().attore?.nome ?? ''
  return (
    <header className="cittadino-testata">
      <div className="cittadino-fascia">
        <Link to={`/${ente}/area-personale`} className="cittadino-ente">
          <Icona nome="pa" dimensione={28} />
          <span>{nome}</span>
        </Link>
        <button type="button" className="cittadino-esci" onClick={() => void esci()}>
          <Icona nome="logout" dimensione={20} />
          <span>{t.cittadino.esci}</span>
          <span className="visually-hidden">({persona})</span>
        </button>
      </div>
      <nav id="menu" tabIndex={-1} className="cittadino-schede" aria-label={t.cittadino.menu}>
        <ul>
          <li>
            <NavLink end to={`/${ente}/area-personale`}>
              {t.cittadino.schede.scrivania}
            </NavLink>
          </li>
          <li>
            <NavLink to={`/${ente}/area-personale/attivita`}>{t.cittadino.schede.attivita}</NavLink>
          </li>
          <li>
            <NavLink to={`/${ente}/area-personale/accessi`}>{t.cittadino.schede.accessi}</NavLink>
          </li>
        </ul>
      </nav>
    </header>
  )
}

export function Component() {
  const { slug, ente } = useEnte()
  const sessione = useSessione()
  const location = useLocation()
  const pronta = useTavolozza(ente?.tavolozza)
  if (!sessione.autenticato) return <Navigate to={`/accesso?ritorno=${encodeURIComponent(location.pathname)}`} replace />
  if (!pronta) return null
  const name = ente?.denominazione ?? t.cittadino.areaPersonale
  return (
    <div className="cittadino">
      <SaltaA />
      <BannerDimostrativo />
      <Testata ente={slug} nome={name} />
      <main id="contenuto" tabIndex={-1} className="cittadino-corpo">
        {sessione.attore?.tipo === 'cittadino' ? (
          <Suspense fallback={<Scheletro />}>
            <Outlet />
          </Suspense>
        ) : (
          <>
            <Titolo>{t.cittadino.areaPersonale}</Titolo>
            <Vuoto icona="lock">{t.cittadino.nonCittadino}</Vuoto>
          </>
        )}
      </main>
      <footer className="cittadino-piede">
        <p>{t.cittadino.piede.proprietario(name)}</p>
        <Link to="/accessibilita">{t.cittadino.piede.accessibilita}</Link>
      </footer>
    </div>
  )
}
