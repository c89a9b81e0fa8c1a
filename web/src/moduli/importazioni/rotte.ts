import type { RouteObject } from 'react-router'

/** Mass registration and registers of other systems. Each page is loaded when it is opened. */
export const rotte: RouteObject[] = [
  { path: '/:ente/protocollo/serie', lazy: () => import('./Serie.tsx') },
  { path: '/:ente/amministrazione/importazioni', lazy: () => import('./Importazioni.tsx') },
  { path: '/:ente/protocollo/registri-storici', lazy: () => import('./RegistriStorici.tsx') },
  { path: '/:ente/protocollo/registri-storici/:id', lazy: () => import('./SchedaStorica.tsx') },
]
