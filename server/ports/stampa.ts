/** A printed document as data: what it says and in which order, never how a library draws it. */
export interface Stampa {
  /** Title of the document, in its metadata and at the top unless `senzaTitolo`. */
  readonly titolo: string
  readonly senzaTitolo?: boolean
  /** Who issues it: name of the body, then area or office. */
  readonly intestazione: readonly string[]
  /** Paper: a named format, or width and height in millimetres (labels). */
  readonly formato: 'A4' | 'A4-orizzontale' | 'A5' | { readonly larghezza: number; readonly altezza: number }
  readonly blocchi: readonly Blocco[]
  /** Repeated at the foot of each page, before "Pagina n di m". */
  readonly piede?: string
  /** Written in large light letters across each page (`ANNULLATO`). */
  readonly filigrana?: string
  /** Author and creation instant for the metadata. The same input gives the same bytes. */
  readonly autore: string
  readonly creatoIl: Date
  /** Files carried inside the PDF (PDF/A-3): the XML beside the readable page. */
  readonly allegati?: readonly { readonly nome: string; readonly mime: string; readonly descrizione: string; readonly bytes: Uint8Array }[]
}

/** One piece of a printed document, from top to bottom. */
export type Blocco =
  | { readonly tipo: 'titolo'; readonly testo: string; readonly livello?: 1 | 2 | 3 }
  | {
      readonly tipo: 'testo'
      readonly testo: string
      readonly forte?: boolean
      readonly piccolo?: boolean
      readonly allinea?: 'sinistra' | 'centro' | 'destra'
    }
  /** Pairs of name and value, one a line; long values wrap. */
  | { readonly tipo: 'dati'; readonly voci: readonly (readonly [nome: string, valore: string])[] }
  /** Rows break between pages and the header is repeated. `larghezze` are shares of the width. A row may be struck (annulled). */
  | {
      readonly tipo: 'tabella'
      readonly colonne: readonly string[]
      readonly larghezze?: readonly number[]
      readonly righe: readonly (readonly string[])[]
      readonly barrate?: ReadonlySet<number>
    }
  | { readonly tipo: 'codici'; readonly qr?: string; readonly code128?: string; readonly lato?: number }
  | { readonly tipo: 'linea' }
  | { readonly tipo: 'spazio'; readonly millimetri: number }
  | { readonly tipo: 'pagina' }

/** A document that ends with one table of any length: its rows come in pieces and are never all in memory. */
export interface StampaLunga extends Omit<Stampa, 'filigrana' | 'allegati'> {
  readonly tabella: { readonly colonne: readonly string[]; readonly larghezze?: readonly number[] }
  readonly righe: AsyncIterable<readonly { readonly celle: readonly string[]; readonly barrata: boolean }[]>
}

/** Writes printed documents as PDF/A with embedded fonts, language, title and structure. */
export interface Stampatrice {
  /** The PDF of a document. Rejects only when the document cannot be drawn (no page format, a word wider than the page is broken, never refused). */
  print(stampa: Stampa): Promise<Uint8Array>
  /** The PDF of a document of any length, a piece at a time, with bounded memory. */
  printLunga(stampa: StampaLunga): AsyncIterable<Uint8Array>
  /** What the files declare themselves to be, e.g. `PDF/A-3a`, or `PDF/A non verificato` where no validator has accepted it. */
  readonly dichiarazione: string
}
