import type { RouteObject } from 'react-router'

/** Pages of this area, under the shell of the back office. Each is loaded when it is opened. */
export const rotte: RouteObject[] = [
  { path: '/:ente/pratiche', lazy: () => import('./Scadenzario.tsx') },
  { path: '/:ente/pratiche/durate', lazy: () => import('./Durate.tsx') },
  { path: '/:ente/pratiche/fermi', lazy: () => import('./Fermi.tsx') },
  { path: '/:ente/amministrazione/procedimenti', lazy: () => import('../procedimenti/Procedimenti.tsx') },
  { path: '/:ente/amministrazione/procedimenti/termini', lazy: () => import('../procedimenti/Regole.tsx') },
  { path: '/:ente/amministrazione/procedimenti/:id', lazy: () => import('../procedimenti/PaginaProcedimento.tsx') },
]
