import type { ObjectStore } from '../../storage/index.ts'

/** The adapters of this installation as the handlers see them. */
declare module '../kernel/endpoint.ts' {
  interface Ports {
    readonly store: ObjectStore
  }
}
