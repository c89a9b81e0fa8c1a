import type { RouteObject } from 'react-router'

/** Pages of the acts on the register beyond queue, form and card. Each is loaded when it is opened. */
export const rotte: RouteObject[] = []
