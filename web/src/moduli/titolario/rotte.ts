import type { RouteObject } from 'react-router'

/** Pages of this area, under the shell of the back office. Each is loaded when it is opened. */
export const rotte: RouteObject[] = [
  { path: '/:ente/amministrazione/titolario', lazy: () => import('./Titolario.tsx') },
  { path: '/:ente/amministrazione/titolario/confronto', lazy: () => import('./Confronto.tsx') },
  { path: '/:ente/amministrazione/titolario/uso', lazy: () => import('./Uso.tsx') },
  { path: '/:ente/amministrazione/piano-di-conservazione', lazy: () => import('./Piano.tsx') },
]
