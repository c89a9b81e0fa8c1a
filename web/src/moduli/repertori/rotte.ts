import type { RouteObject } from 'react-router'

/** Pages of this area, under the shell of the back office. Each is loaded when it is opened. */
export const rotte: RouteObject[] = [
  { path: '/:ente/repertori', lazy: () => import('./Repertori.tsx') },
  { path: '/:ente/repertori/albo', lazy: () => import('./Pubblicazioni.tsx') },
  { path: '/:ente/repertori/righe/:id', lazy: () => import('./SchedaRiga.tsx') },
  { path: '/:ente/repertori/:id', lazy: () => import('./PaginaRepertorio.tsx') },
  { path: '/:ente/repertori/:id/estrazioni', lazy: () => import('./Estrazioni.tsx') },
]
