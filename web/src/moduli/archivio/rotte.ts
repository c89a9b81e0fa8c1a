import type { RouteObject } from 'react-router'

/** Pages of this area, under the shell of the back office. Each is loaded when it is opened. */
export const rotte: RouteObject[] = [
  { path: '/:ente/fascicoli/repertorio', lazy: () => import('./Repertorio.tsx') },
  { path: '/:ente/archivio', lazy: () => import('./DaVersare.tsx') },
  { path: '/:ente/archivio/elenchi', lazy: () => import('./Elenchi.tsx') },
  { path: '/:ente/archivio/serie', lazy: () => import('./Serie.tsx') },
  { path: '/:ente/archivio/serie/:id', lazy: () => import('./PaginaSerie.tsx') },
  { path: '/:ente/archivio/prelievi', lazy: () => import('./Prelievi.tsx') },
  { path: '/:ente/archivio/storica', lazy: () => import('./Storica.tsx') },
]
