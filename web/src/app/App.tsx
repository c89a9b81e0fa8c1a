/** Addresses of the application. Each page is loaded when it is opened. */
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { createBrowserRouter, Navigate, Outlet } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { I18nProvider } from 'react-aria-components'
import { Problema } from '../api/problema.ts'
import { paginaIniziale, sessioneQuery, useSessione } from '../api/sessione.tsx'
import { rotte as rotteFascicoli } from '../moduli/fascicoli/rotte.ts'
import { rotte as rotteBozze } from '../moduli/bozze/rotte.ts'
import { rotte as rotteImportazioni } from '../moduli/importazioni/rotte.ts'
import { rotte as rotteStampe } from '../moduli/stampe/rotte.ts'
import { rotte as rotteRegistro } from '../moduli/registro/rotte.ts'
import { rotte as rotteEmergenza } from '../moduli/emergenza/rotte.ts'
import { rotte as rotteRepertori } from '../moduli/repertori/rotte.ts'
import { rotte as rotteRicerca } from '../moduli/ricerca/rotte.ts'
import { rotte as rotteSuggerimenti } from '../moduli/suggerimenti/rotte.ts'
import { rotte as rotteArchivio } from '../moduli/archivio/rotte.ts'
import { rotte as rotteArretrato } from '../moduli/arretrato/rotte.ts'
import { rotte as rotteScarto } from '../moduli/scarto/rotte.ts'
import { rotte as rottePratiche } from '../moduli/pratiche/rotte.ts'
import { rotte as rotteMetadati } from '../moduli/metadati/rotte.ts'
import { rotte as rotteStatistiche } from '../moduli/statistiche/rotte.ts'
import { rotte as rotteTitolario } from '../moduli/titolario/rotte.ts'
import { rotte as rotteProtocollo } from '../moduli/protocollo/rotte.ts'
import { t } from '../testi/it.ts'
import { Annunci } from '../ui/Annunci.tsx'
import { EsitoProblema } from '../ui/EsitoBar.tsx'
import { Scorciatoie } from '../ui/Scorciatoie.tsx'
import { Guscio } from './Guscio.tsx'
import { PaginaRotta } from './PaginaRotta.tsx'
import { SessioneScaduta } from './SessioneScaduta.tsx'
import { useTavolozza } from './tavolozze.ts'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (times, error) => times < 2 && error instanceof Problema && error.incerto,
      refetchOnWindowFocus: true,
    },
  },
})

function SenzaServer({ errore, onRiprova }: { errore: unknown; onRiprova: () => void }) {
  useTavolozza(undefined)
  return (
    <main className="pagina pagina-stretta">
      <h1>{t.prodotto}</h1>
      <EsitoProblema errore={errore} onRiprova={onRiprova} />
    </main>
  )
}

function Radice() {
  const sessione = useQuery(sessioneQuery)
  if (sessione.isPending) return null
  if (sessione.isError) {
    return <SenzaServer errore={sessione.error} onRiprova={() => void sessione.refetch()} />
  }
  return (
    <>
      <Outlet />
      <SessioneScaduta />
    </>
  )
}

function Inizio() {
  return <Navigate to={paginaIniziale(useSessione())} replace />
}

const router = createBrowserRouter([
  {
    Component: Radice,
    HydrateFallback: () => null,
    ErrorBoundary: PaginaRotta,
    children: [
      { path: '/', Component: Inizio },
      { path: '/accesso', lazy: () => import('../moduli/accesso/Accesso.tsx') },
      { path: '/accesso/rientro', lazy: () => import('../moduli/accesso/Rientro.tsx') },
      { path: '/:ente/albo', lazy: () => import('../moduli/repertori/Albo.tsx') },
      { path: '/:ente/trasparenza/procedimenti', lazy: () => import('../moduli/procedimenti/Trasparenza.tsx') },
      { path: '/:ente/trasparenza/procedimenti/:codice', lazy: () => import('../moduli/procedimenti/Trasparenza.tsx') },
      { path: '/accessibilita', lazy: () => import('../moduli/profilo/Accessibilita.tsx') },
      {
        Component: Guscio,
        ErrorBoundary: PaginaRotta,
        children: [
          { path: '/profilo', lazy: () => import('../moduli/profilo/Profilo.tsx') },
          { path: '/cabina', lazy: () => import('../moduli/cabina/Cabina.tsx') },
          { path: '/:ente', element: <Navigate to="scrivania" replace relative="path" /> },
          { path: '/:ente/scrivania', lazy: () => import('../moduli/scrivania/Scrivania.tsx') },
          { path: '/:ente/protocollo/da-protocollare', lazy: () => import('../moduli/protocollo/DaProtocollare.tsx') },
          { path: '/:ente/protocollo/entrata/nuovo', lazy: () => import('../moduli/protocollo/NuovaEntrata.tsx') },
          { path: '/:ente/protocollo/registro', lazy: () => import('../moduli/protocollo/Registro.tsx') },
          { path: '/:ente/protocollo/:anno/:numero', lazy: () => import('../moduli/protocollo/Scheda.tsx') },
          { path: '/:ente/assegnazioni', lazy: () => import('../moduli/assegnazioni/Assegnazioni.tsx') },
          { path: '/:ente/fascicoli', lazy: () => import('../moduli/fascicoli/Fascicoli.tsx') },
          { path: '/:ente/fascicoli/:slug', lazy: () => import('../moduli/fascicoli/PaginaFascicolo.tsx') },
          ...rotteFascicoli,
          ...rotteBozze,
          ...rotteImportazioni,
          ...rotteStampe,
          ...rotteRegistro,
          ...rotteEmergenza,
          ...rotteRepertori,
          ...rotteRicerca,
          ...rotteArchivio,
          ...rotteArretrato,
          ...rotteScarto,
          ...rotteSuggerimenti,
          ...rottePratiche,
          ...rotteMetadati,
          ...rotteStatistiche,
          ...rotteTitolario,
          ...rotteProtocollo,
          { path: '/:ente/conservazione', lazy: () => import('../moduli/conservazione/Conservazione.tsx') },
        ],
      },
      {
        path: '/:ente/area-personale',
        lazy: () => import('../moduli/area-personale/GuscioCittadino.tsx'),
        children: [
          { index: true, lazy: () => import('../moduli/area-personale/Scrivania.tsx') },
          { path: 'attivita', lazy: () => import('../moduli/area-personale/Attivita.tsx') },
          { path: 'attivita/:slug', lazy: () => import('../moduli/area-personale/Pratica.tsx') },
          { path: 'accessi', lazy: () => import('../moduli/area-personale/Accessi.tsx') },
        ],
      },
      { path: '*', lazy: () => import('../moduli/profilo/NonTrovata.tsx') },
    ],
  },
])

export function App() {
  return (
    <I18nProvider locale="it-IT">
      <QueryClientProvider client={client}>
        <Annunci>
          <Scorciatoie>
            <RouterProvider router={router} />
          </Scorciatoie>
        </Annunci>
      </QueryClientProvider>
    </I18nProvider>
  )
}
