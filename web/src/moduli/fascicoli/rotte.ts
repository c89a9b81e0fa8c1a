import type { RouteObject } from 'react-router'

/** Pages of this area, under the shell of the back office. Each is loaded when it is opened. */
export const rotte: RouteObject[] = [
  { path: '/:ente/fascicoli/nuovo', lazy: () => import('./NuovoFascicolo.tsx') },
  { path: '/:ente/fascicoli/proposte', lazy: () => import('./Proposte.tsx') },
  { path: '/:ente/fascicoli/livelli', lazy: () => import('./Livelli.tsx') },
]
