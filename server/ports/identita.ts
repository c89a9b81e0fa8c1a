/** For whom a login is meant: people of the offices and citizens come from different issuers. */
export type DestinatarioAccesso = 'operatore' | 'cittadino'

/** Who is in front of the screen, whatever scheme said so (REQ-ID-001). */
export interface IdentitaEsterna {
  /** `spid-saml`, `cie-saml`, `spid-oidc`, `cie-oidc`, `oidc`, `eidas`, `sviluppo`… */
  readonly schema: string
  readonly emittente: string
  readonly soggetto: string
  /** As asserted, `TINIT-` included; null when the scheme gives none. Who uses it normalises and verifies it. */
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

/** Why there is no identity: a stable code and a sentence for the person. */
export interface RifiutoIdentita {
  readonly rifiuto:
    | 'accesso-annullato'
    | 'risposta-non-valida'
    | 'livello-insufficiente'
    | 'identita-incompleta'
    | 'emittente-non-raggiungibile'
    | 'emittente-non-configurato'
  readonly messaggio: string
}

/** The door to the schemes of digital identity: adapters for OIDC, SPID and CIE give the same shape. */
export interface PortaIdentita {
  /** True when the people behind this port are invented: pages say so on every screen (REQ-ID-020). */
  readonly dimostrativo: boolean
  /** Begins a login; refused when the issuer is not configured or does not answer. */
  avvia(per: DestinatarioAccesso, suggerimento?: string): Promise<AccessoAvviato | RifiutoIdentita>
  /** Ends it: `ritorno` is the address the browser came back to, `memoria` what `avvia` gave. Refused when anything does not match. */
  completa(per: DestinatarioAccesso, ritorno: URL, memoria: string): Promise<IdentitaEsterna | RifiutoIdentita>
  accessiSuggeriti(): readonly AccessoSuggerito[]
}

declare module '../kernel/endpoint.ts' {
  interface Ports {
    readonly identita: PortaIdentita
  }
}
