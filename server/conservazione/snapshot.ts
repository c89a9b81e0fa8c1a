import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { DocumentoFatti, FascicoloFatti, FileFatti } from '../metadati/index.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/u)
const filePart = z.object({
  id: z.string(),
  ruolo: z.enum(['principale', 'allegato', 'annesso']),
  nome: z.string(),
  mime: z.string(),
  sha256: digest,
  dimensione: z.number(),
})
const metadata = z.object({ xml: z.string(), sha256: digest })

/**
 * What a versamento freezes (REQ-CONS-025): every file by digest and size, the metadata files as rendered, who answers for them. Kept as exact text; the
 * package is built from it and from nothing else.
 */
export const istantaneaShape = z.object({
  versione: z.literal(1),
  istante: z.string(),
  ente: z.object({
    denominazione: z.string(),
    codiceIpa: z.string(),
    codiceFiscale: z.string(),
    codiceAoo: z.string(),
    denominazioneAoo: z.string(),
  }),
  produttore: z.object({ nome: z.string(), cognome: z.string(), codiceFiscale: z.string(), atto: z.string() }),
  /** What is transferred: a fascicolo with its documents, or the register of a day. */
  fascicolo: z
    .object({
      id: z.string(),
      codice: z.string(),
      versione: z.number(),
      riservato: z.boolean(),
      oggetto: z.string(),
      metadati: metadata,
    })
    .optional(),
  /** The package already handed over that this one updates, with the digest of its index (REQ-FASC-042). */
  precedente: z.object({ idPdv: z.string(), improntaIndice: digest }).optional(),
  registro: z.object({ id: z.string(), identificativo: z.string(), oggetto: z.string() }).optional(),
  documenti: z.array(
    z.object({
      id: z.string(),
      etichetta: z.string(),
      /** Absent for a riservato: names and subjects of those stay out of indexes (REQ-CONS-231). */
      descrizione: z.string().optional(),
      metadati: metadata,
      file: z.array(filePart).min(1),
    }),
  ),
})
export type Istantanea = z.infer<typeof istantaneaShape>
export type FileIstantanea = z.infer<typeof filePart>

/** SHA-256 of a text in UTF-8, lower-case hexadecimal. */
export function textDigest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Evidence that travels with a document beside its own files: sealed segnatura, message as received. */
export interface Annesso {
  readonly documentoId: string
  readonly id: string
  readonly nome: string
  readonly mime: string
  readonly sha256: string
  readonly dimensione: number
}

/** Everything the snapshot is made of, read in one transaction. */
export interface FattiVersamento {
  readonly istante: Date
  readonly codiceFiscaleEnte: string
  readonly produttore: { readonly nome: string; readonly cognome: string; readonly codiceFiscale: string; readonly atto: string }
  readonly fascicolo: FascicoloFatti
  readonly metadatiFascicolo: string
  /** Metadata XML by document id. */
  readonly metadatiDocumenti: ReadonlyMap<string, string>
  readonly annessi: readonly Annesso[]
  readonly precedente: Istantanea['precedente'] | null
}

function toFile(f: FileFatti): FileIstantanea {
  return { id: f.id, ruolo: f.ruolo, nome: f.nome, mime: f.mime, sha256: f.sha256, dimensione: f.dimensione }
}

/** Files of a document, then the evidence that is not among them already: the same bytes are never listed twice as annessi. */
function filesOf(d: DocumentoFatti, annessi: readonly Annesso[]): FileIstantanea[] {
  const own = d.files.map(toFile)
  const extra = annessi
    .filter((a) => a.documentoId === d.id && !own.some((f) => f.ruolo === 'annesso' && f.sha256 === a.sha256))
    .map(({ id, nome, mime, sha256, dimensione }): FileIstantanea => ({ id, ruolo: 'annesso', nome, mime, sha256, dimensione }))
  return [...own, ...extra]
}

function labelOf(d: DocumentoFatti): string {
  const r = d.registrazione
  if (r === null && d.repertorio !== null) return `${d.repertorio.denominazione} ${d.repertorio.numero}, serie ${d.repertorio.serie}`
  return r === null ? d.tipologia : `${r.codiceRegistro} ${String(r.numero).padStart(7, '0')}/${r.anno} del ${r.giorno}`
}

/** Freezes the facts. Pure: same facts, same snapshot. */
export function toIstantanea(f: FattiVersamento): Istantanea {
  const { ente } = f.fascicolo
  const riservato = f.fascicolo.documenti.some((d) => d.registrazione?.riservato === true || d.repertorio?.riservato === true)
  const render = (xml: string): { xml: string; sha256: string } => ({ xml, sha256: textDigest(xml) })
  return {
    versione: 1,
    istante: f.istante.toISOString(),
    ente: {
      denominazione: ente.denominazione,
      codiceIpa: ente.codiceIpa,
      codiceFiscale: f.codiceFiscaleEnte,
      codiceAoo: ente.aoo.codice,
      denominazioneAoo: ente.aoo.denominazione,
    },
    produttore: f.produttore,
    ...(f.precedente == null ? {} : { precedente: f.precedente }),
    fascicolo: {
      id: f.fascicolo.id,
      codice: f.fascicolo.codice,
      versione: f.fascicolo.versione,
      riservato,
      oggetto: f.fascicolo.oggetto,
      metadati: render(f.metadatiFascicolo),
    },
    documenti: f.fascicolo.documenti.map((d) => ({
      id: d.id,
      etichetta: labelOf(d),
      ...((d.registrazione ?? d.repertorio)?.riservato === false ? { descrizione: d.oggetto } : {}),
      metadati: render(f.metadatiDocumenti.get(d.id) ?? ''),
      file: filesOf(d, f.annessi),
    })),
  }
}

/** The snapshot as the exact text that is stored. */
export function writeIstantanea(i: Istantanea): string {
  return JSON.stringify(i)
}

/** The snapshot back from its text. Throws when it is not one, or when a metadata file is no longer the one whose digest was frozen (REQ-CONS-060). */
export function readIstantanea(text: string): Istantanea {
  const i = istantaneaShape.parse(JSON.parse(text))
  for (const m of [...(i.fascicolo === undefined ? [] : [i.fascicolo.metadati]), ...i.documenti.map((d) => d.metadati)]) {
    if (textDigest(m.xml) !== m.sha256) throw new Error('the metadata of the snapshot are not those that were frozen')
  }
  return i
}
