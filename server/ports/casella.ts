import type { Readable } from 'node:stream'

/** A message waiting in a mailbox. `uid` is stable for as long as the message is there. */
export interface MessaggioInCasella {
  readonly uid: string
  readonly dimensione: number
  /** When the message became available in the mailbox, as the mailbox itself tells it (REQ-PEC-011); absent where it cannot tell. */
  readonly arrivatoIl?: Date
}

/** A mailbox as the queue sees it. Nothing here deletes a message: the mailbox keeps what it received (REQ-PROT-137). */
export interface Casella {
  /** Messages not yet completed, oldest first. Messages still being written are left for the next time. */
  elenca(): AsyncIterable<MessaggioInCasella>
  /** Exact bytes of a message. Rejects when it is not there any more. */
  scarica(uid: string): Promise<Readable>
  /** Tells the mailbox that the message is safely stored. Repeating it changes nothing. */
  completata(uid: string): Promise<void>
}

/** The mailboxes of this installation and what is needed to judge their messages. */
export interface Caselle {
  /** The mailbox of an address of an ente. Throws when this installation has no way to read it. */
  apri(enteSlug: string, indirizzo: string): Casella
  /** PEM certificates of the authorities trusted for the gestori of certified mail; none: chains are not judged and no message is verified. */
  readonly ancore: readonly string[]
  /** Domains of the Sistema di Interscambio. Absent: the real ones. */
  readonly dominiSdi?: readonly string[]
}

declare module '../kernel/endpoint.ts' {
  interface Ports {
    readonly caselle: Caselle
  }
}
