/** One registration as a search engine keeps it: words only. Who may see it is never the engine's business (decision 23). */
export interface SchedaRicerca {
  readonly registrazioneId: string
  /** `2026/0015183`, sender's protocol, fiscal codes, addresses: found as they are. */
  readonly chiavi: readonly string[]
  readonly oggetto: string
  readonly corrispondenti: string
  readonly altro: string
  /** Text of the files, extracted or recognised. */
  readonly testo: string
  /** Instant of registration, ISO: newest first among equals. */
  readonly istante: string
}

/** Words of a question, already separated from filters. */
export interface DomandaRicerca {
  /** Words that must all be there, as typed (accents, case and small mistakes forgiven). */
  readonly parole: readonly string[]
  /** Sentences that must be there word by word. */
  readonly frasi: readonly string[]
  /** Words that must not be there. */
  readonly escluse: readonly string[]
  /** Only in the correspondents. */
  readonly corrispondente: readonly string[]
}

/** The engine that finds candidates by words. The PostgreSQL one is the default; another never decides permissions. */
export interface MotoreRicerca {
  readonly nome: string
  /** Keeps or replaces the card of each registration. Repeating it changes nothing. */
  index(ente: string, schede: readonly SchedaRicerca[]): Promise<void>
  remove(ente: string, registrazioneIds: readonly string[]): Promise<void>
  /** Ids of candidates, best first, at most `limite`. */
  candidates(ente: string, domanda: DomandaRicerca, limite: number): Promise<readonly string[]>
  /** A nearby spelling that would find something, or null. */
  suggest(ente: string, domanda: DomandaRicerca): Promise<string | null>
}
