import { z } from 'zod'

export const firme = ['nessuna', 'pades', 'cades', 'xades'] as const
export const riservatezze = ['ORDINARIO', 'RISERVATO', 'DATI_PARTICOLARI'] as const
export type Riservatezza = (typeof riservatezze)[number]
/** How a document came to be: with a message, as an uploaded file, as the image of a paper (Allegato 5, mode b), written here (mode a). */
export const formazioni = ['messaggio', 'file', 'scansione', 'redatto'] as const
export type Formazione = (typeof formazioni)[number]

/** What was recognised in the bytes of a file. */
export const formatoDto = z.object({
  mime: z.string(),
  descrizione: z.string(),
  firmato: z.enum(firme),
  avvisi: z.array(z.string()),
})
export type Formato = z.infer<typeof formatoDto>

/** A content just staged. */
export const contenutoDto = z.object({ id: z.uuid(), sha256: z.string(), dimensione: z.number(), nome: z.string(), formato: formatoDto })
export type ContenutoDto = z.infer<typeof contenutoDto>

/** A file of a document as every screen shows it. */
export const fileDto = z.object({
  id: z.uuid(),
  nome: z.string(),
  mime: z.string(),
  dimensione: z.number(),
  sha256: z.string(),
  descrizione: z.string().optional(),
  firmato: z.enum(firme),
})
export type FileDto = z.infer<typeof fileDto>
