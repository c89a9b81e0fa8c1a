import type { RouteObject } from 'react-router'

/** Pages of this area, under the shell of the back office. Each is loaded when it is opened. */
export const rotte: RouteObject[] = [
  { path: '/:ente/metadati', lazy: () => import('./DaCompletare.tsx') },
  { path: '/:ente/metadati/regole', lazy: () => import('./Regole.tsx') },
  { path: '/:ente/metadati/importati', lazy: () => import('./Importati.tsx') },
  { path: '/:ente/metadati/servizio', lazy: () => import('./Servizio.tsx') },
]
