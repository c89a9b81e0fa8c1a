import type { ObjectStore } from '../../storage/index.ts'
import type { Conservatore } from './conservatore.ts'
import type { Convertitore } from './conversione.ts'
import type { FirmaEmergenza } from './firma-emergenza.ts'
import type { StampatorePdf } from './pdf.ts'
import type { MotoreRicerca } from './ricerca.ts'
import type { Sigillo } from './sigillo.ts'
import type { Stampatrice } from './stampa.ts'

/** The adapters of this installation as the handlers see them. */
declare module '../kernel/endpoint.ts' {
  interface Ports {
    readonly store: ObjectStore
    readonly sigillo: Sigillo
    readonly pdf: StampatorePdf
    readonly conservatore: Conservatore
    readonly stampa: Stampatrice
    readonly conversione: Convertitore
    readonly firmaEmergenza: FirmaEmergenza
    /** A search engine beside PostgreSQL, or null when PostgreSQL searches. */
    readonly motoreRicerca: MotoreRicerca | null
    /** Largest file accepted by an upload, in bytes. */
    readonly maxUploadBytes: number
    /** Where people reach this installation, without a final slash: what printed codes lead to. */
    readonly indirizzoPubblico: string
  }
}
