import type { RouteObject } from 'react-router'

/** Pages of the acts on the register beyond queue, form and card. Each is loaded when it is opened. */
export const rotte: RouteObject[] = [
  { path: '/:ente/protocollo/annullamenti', lazy: () => import('./Annullamenti.tsx') },
  { path: '/:ente/protocollo/differimenti', lazy: () => import('./Differimenti.tsx') },
  { path: '/:ente/protocollo/destinazioni-errate', lazy: () => import('./DestinazioniErrate.tsx') },
  { path: '/:ente/amministrazione/visibilita', lazy: () => import('./VisibilitaPersona.tsx') },
  { path: '/:ente/amministrazione/accessi-autorita', lazy: () => import('./AccessiAutorita.tsx') },
]
