import type { RouteObject } from 'react-router'

/** Pages of drafts, outgoing and internal documents, templates. Each is loaded when it is opened. */
export const rotte: RouteObject[] = [
  { path: '/:ente/bozze', lazy: () => import('./Bozze.tsx') },
  { path: '/:ente/bozze/nuova', lazy: () => import('./NuovaEntrata.tsx') },
  { path: '/:ente/protocollo/uscita/nuovo', lazy: () => import('./NuovaUscita.tsx') },
  { path: '/:ente/protocollo/interno/nuovo', lazy: () => import('./NuovoInterno.tsx') },
  { path: '/:ente/bozze/:id', lazy: () => import('./EditorBozza.tsx') },
  { path: '/:ente/amministrazione/modelli', lazy: () => import('./Modelli.tsx') },
]
