/** For whom a login is meant: people of the offices and citizens come from different issuers. */
export const destinatariAccesso = ['operatore', 'cittadino'] as const
export type DestinatarioAccesso = (typeof destinatariAccesso)[number]

/** Who is in front of the screen, whatever scheme said so (REQ-ID-001). */
export interface IdentitaEsterna {
  /** `spid-saml`, `cie-saml`, `spid-oidc`, `cie-oidc`, `oidc`, `eidas`, `sviluppo`… */
  readonly schema: string
  readonly emittente: string
  readonly soggetto: string
  /** Upper case, without `TINIT-`, control character verified; null when the scheme gives none. */
  readonly codiceFiscale: string | null
  readonly nome: string
  readonly cognome: string
  /** Level of assurance 1-3; null when the issuer states none (accepted for operators only). */
  readonly livello: 1 | 2 | 3 | null
}

/** A login begun: where the browser goes, and what it must bring back, to be kept in a cookie of its own for ten minutes. */
export interface AccessoAvviato {
  readonly url: string
  readonly memoria: string
}

/** A login worth offering by name: only an issuer with invented people has any. */
export interface AccessoSuggerito {
  readonly suggerimento: string
  readonly etichetta: string
  readonly nome: string
  readonly descrizione: string
  readonly per: DestinatarioAccesso
}

/** Why an identity was not accepted; the page that says so answers with a real HTTP error. */
export class ErroreIdentita extends Error {
  readonly codice:
    | 'accesso-annullato'
    | 'risposta-non-valida'
    | 'livello-insufficiente'
    | 'identita-incompleta'
    | 'emittente-non-raggiungibile'
    | 'emittente-non-configurato'
  constructor(codice: ErroreIdentita['codice'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ErroreIdentita'
    this.codice = codice
  }
}

/** The door to the schemes of digital identity: adapters for OIDC, SPID and CIE give the same shape. */
export interface PortaIdentita {
  /** True when the people behind this port are invented: pages say so on every screen (REQ-ID-020). */
  readonly dimostrativo: boolean
  /** Begins a login. Throws ErroreIdentita when the issuer is not configured or does not answer. */
  avvia(per: DestinatarioAccesso, suggerimento?: string): Promise<AccessoAvviato>
  /** Ends it: `ritorno` is the address the browser came back to, `memoria` what `avvia` gave. Throws ErroreIdentita when anything does not match. */
  completa(per: DestinatarioAccesso, ritorno: URL, memoria: string): Promise<IdentitaEsterna>
  accessiSuggeriti(): readonly AccessoSuggerito[]
}

declare module '../kernel/endpoint.ts' {
  interface Ports {
    readonly identita: PortaIdentita
  }
}
