import type { RouteObject } from 'react-router'

/** Pages of this area, under the shell of the back office. Each is loaded when it is opened. */
export const rotte: RouteObject[] = [
  { path: '/:ente/scarto', lazy: () => import('./Procedure.tsx') },
  { path: '/:ente/scarto/vincoli', lazy: () => import('./Vincoli.tsx') },
  { path: '/:ente/scarto/procedure/:id', lazy: () => import('./Procedura.tsx') },
]
