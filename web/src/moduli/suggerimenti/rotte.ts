import type { RouteObject } from 'react-router'

/** Pages of this area, under the shell of the back office. Each is loaded when it is opened. */
export const rotte: RouteObject[] = [{ path: '/:ente/amministrazione/regole-di-smistamento', lazy: () => import('./Regole.tsx') }]
