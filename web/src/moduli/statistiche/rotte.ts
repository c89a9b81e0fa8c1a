import type { RouteObject } from 'react-router'

/** Pages of this area, under the shell of the back office. Each is loaded when it is opened. */
export const rotte: RouteObject[] = [
  { path: '/:ente/statistiche', lazy: () => import('./Statistiche.tsx') },
  { path: '/:ente/sostituzioni', lazy: () => import('../amministrazione/Sostituzioni.tsx') },
  { path: '/:ente/amministrazione', lazy: () => import('../amministrazione/Amministrazione.tsx') },
  { path: '/:ente/amministrazione/organigramma', lazy: () => import('../amministrazione/Organigramma.tsx') },
  { path: '/:ente/amministrazione/persone', lazy: () => import('../amministrazione/Persone.tsx') },
  { path: '/:ente/amministrazione/aree', lazy: () => import('../amministrazione/Aree.tsx') },
  { path: '/:ente/amministrazione/esclusioni', lazy: () => import('../amministrazione/Esclusioni.tsx') },
]
