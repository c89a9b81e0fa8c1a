import { z } from 'zod'
import { day, mezzo, text } from './nuova.ts'

/** The late scan of a registration without its file. */
export const scansioneIn = z.object({
  contenutoId: z.uuid('Carica la scansione.'),
  nome: text('Manca il nome del file.', 255),
  descrizione: z.string().trim().max(500).default(''),
})
export type ScansioneIn = z.infer<typeof scansioneIn>

/** A warning that blocks nothing. */
const avvisoDto = z.object({ campo: z.string(), codice: z.string(), messaggio: z.string() })
export type AvvisoDto = z.infer<typeof avvisoDto>

/** A registration that may be of the same document, and why it is proposed. What may not be read is its number and date only. */
export const doppioneDto = z.object({
  registrazioneId: z.uuid(),
  etichetta: z.string(),
  istante: z.string(),
  oggetto: z.string(),
  criterio: z.enum(['impronta', 'messaggio', 'protocollo-mittente', 'richiesta']),
  motivo: z.string(),
})
export type DoppioneDto = z.infer<typeof doppioneDto>

/** What a registration would meet, without making it: every wrong field, warnings, proposals of duplicates. No number is consumed. */
export const verificaDto = z.object({
  valida: z.boolean(),
  campi: z.array(z.object({ campo: z.string(), messaggio: z.string() })),
  avvisi: z.array(avvisoDto),
  doppioni: z.array(doppioneDto),
})
export type VerificaDto = z.infer<typeof verificaDto>

export const differimentoIn = z
  .object({
    provvedimento: text('Scrivi numero e data del provvedimento.', 200),
    causa: text('Scrivi la causa eccezionale, temporanea e imprevista.', 1000),
    ambito: text('Scrivi quali documenti o quale periodo riguarda.', 1000),
    dal: day,
    al: day,
    entroIl: day,
  })
  .refine((d) => d.dal <= d.al, { path: ['al'], message: 'Il periodo finisce prima di cominciare.' })
  .refine((d) => d.al <= d.entroIl, { path: ['entroIl'], message: 'Il termine per registrare viene dopo la fine del periodo.' })
export type DifferimentoIn = z.infer<typeof differimentoIn>
export const differimentoDto = z.object({
  id: z.uuid(),
  provvedimento: z.string(),
  causa: z.string(),
  ambito: z.string(),
  dal: z.string(),
  al: z.string(),
  entroIl: z.string(),
  autore: z.string(),
  creatoIl: z.string(),
})
export type DifferimentoDto = z.infer<typeof differimentoDto>

const errata = {
  mezzo,
  mittente: text('Scrivi chi ha inviato il documento.', 300),
  oggetto: text('Scrivi l’oggetto.', 500),
  dataArrivo: z.iso.datetime({ offset: true, error: 'Indica data e ora di arrivo.' }),
  amministrazione: text('Scrivi l’amministrazione competente.', 300),
  nota: z.string().trim().max(1000).default(''),
}
export const destinazioneErrataIn = z.discriminatedUnion(
  'scelta',
  [
    z.object({
      scelta: z.literal('inoltrata'),
      registrazioneId: z.uuid('Indica la registrazione inoltrata.'),
      amministrazione: errata.amministrazione,
      nota: errata.nota,
    }),
    z.object({ scelta: z.literal('restituita'), ...errata }),
  ],
  { error: 'Scegli se il documento è inoltrato o restituito.' },
)
export type DestinazioneErrataIn = z.infer<typeof destinazioneErrataIn>
export const destinazioneErrataDto = z.object({
  id: z.uuid(),
  scelta: z.enum(['inoltrata', 'restituita']),
  registrazioneId: z.uuid().nullable(),
  mezzo: z.string(),
  mittente: z.string(),
  oggetto: z.string(),
  dataArrivo: z.string(),
  amministrazione: z.string(),
  nota: z.string(),
  autore: z.string(),
  creatoIl: z.string(),
})
export type DestinazioneErrataDto = z.infer<typeof destinazioneErrataDto>
