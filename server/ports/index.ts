import type { ObjectStore } from '../../storage/index.ts'
import type { Conservatore } from './conservatore.ts'
import type { StampatorePdf } from './pdf.ts'
import type { Sigillo } from './sigillo.ts'

/** The adapters of this installation as the handlers see them. */
declare module '../kernel/endpoint.ts' {
  interface Ports {
    readonly store: ObjectStore
    readonly sigillo: Sigillo
    readonly pdf: StampatorePdf
    readonly conservatore: Conservatore
    /** Largest file accepted by an upload, in bytes. */
    readonly maxUploadBytes: number
  }
}
