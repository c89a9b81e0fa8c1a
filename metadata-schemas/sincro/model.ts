/** The index of a pacchetto di versamento (UNI 11386:2020) as plain values. Digests are lower-case hexadecimal SHA-256 of the exact bytes. */

export const RUOLI_TITOLARE = ['soggetto produttore', 'soggetto proprietario', 'soggetto possessore', 'soggetto detentore'] as const
export type RuoloTitolare = (typeof RUOLI_TITOLARE)[number]

/** What binds a subject to the process: the manual for the body, the act of appointment for the person. At least one is mandatory. */
export interface DocumentoRilevante {
  readonly descrizione: string
  readonly sha256?: string
  readonly indirizzo?: string
}

export interface EnteSincro {
  readonly tipo: 'ente'
  readonly denominazione: string
  /** In the form of the schema: see `bodyAgentId`. */
  readonly identificativi: readonly string[]
  readonly documenti: readonly DocumentoRilevante[]
}

export interface PersonaSincro {
  readonly tipo: 'persona'
  readonly nome: string
  readonly cognome: string
  /** In the form of the schema: see `personAgentId`. */
  readonly identificativi: readonly string[]
  readonly documenti: readonly DocumentoRilevante[]
}

export const TIPI_RELAZIONE = ['allegato_di', 'annesso_di', 'annotazione_di', 'firma_di', 'copia_di', 'sostituisce'] as const
export type TipoRelazione = (typeof TIPI_RELAZIONE)[number]

export interface FilePIndex {
  readonly id: string
  /** Relative to the folder of the package, with `/`, not encoded. */
  readonly percorso: string
  readonly sha256: string
  readonly mime: string
  readonly relazione?: { readonly tipo: TipoRelazione; readonly valore: string }
}

/** Metadata kept in a file of the package (Allegato 5). `schema` names the XSD they obey. */
export interface MetadatiPIndex {
  readonly id: string
  readonly percorso: string
  readonly sha256: string
  readonly schema: string
}

export interface DocumentoPIndex {
  readonly id: string
  readonly etichetta?: string
  /** The subject, only when the document is not riservato. */
  readonly descrizione?: string
  readonly file: readonly FilePIndex[]
  readonly metadati: MetadatiPIndex
}

/** The package this one takes the place of: its identifier and the digest of its index. */
export interface PacchettoPrecedente {
  readonly idPdv: string
  readonly improntaIndice: string
}

export interface PIndex {
  readonly idPdv: string
  /** Set when this package updates another one (REQ-FASC-042). */
  readonly precedente?: PacchettoPrecedente
  /** Scheme of the identifiers, agreed with the conservatore; 'local' by default. */
  readonly schema?: string
  readonly applicazione: { readonly nome: string; readonly versione: string; readonly produttore: string }
  readonly etichetta?: string
  readonly descrizione?: string
  /** The series the package belongs to, or the group of the pieces of one split package. */
  readonly gruppo?: { readonly id: string; readonly etichetta?: string }
  readonly aggregazione?: MetadatiPIndex
  readonly documenti: readonly DocumentoPIndex[]
  readonly versante: EnteSincro
  readonly titolari: readonly (EnteSincro & { readonly ruolo: RuoloTitolare })[]
  readonly firmatari: readonly ((PersonaSincro | EnteSincro) & { readonly ruolo?: string })[]
  readonly istante: Date
  readonly norme?: string
}

export const NS_SINCRO = 'http://www.uni.com/U3011/sincro-v2/'
export const NS_SINCRO_1 = 'http://www.uni.com/U3011/sincro/'
