import { z } from 'zod'

/** Levels of reserve (REQ-PROT-062). */
export const livelli = ['ORDINARIO', 'RISERVATO', 'DATI_PARTICOLARI', 'PARTICOLARE'] as const
export type Livello = (typeof livelli)[number]

/** Why a registration reaches an office or a person. */
export const cause = ['competenza', 'conoscenza', 'assegnatario', 'operatore', 'lettore', 'fascicolo', 'mittente', 'autorita'] as const
export type Causa = (typeof cause)[number]

/** Data of class B that are corrected by annulling one value and writing another (REQ-PROT-045). */
export const campiRettificabili = [
  'oggetto',
  'mittente',
  'destinatario',
  'protocolloMittente',
  'dataProtocolloMittente',
  'dataArrivo',
  'dataDocumento',
  'mezzo',
  'tipologia',
] as const
export type CampoRettificabile = (typeof campiRettificabili)[number]

/** One authorised correction: the annulled value beside the one that took its place. */
export const correzioneDto = z.object({
  id: z.uuid(),
  campo: z.enum(campiRettificabili),
  posizione: z.number(),
  valoreAnnullato: z.string(),
  valoreCorretto: z.string(),
  il: z.string(),
  operatore: z.string(),
  richiedente: z.string(),
  motivo: z.string(),
  provvedimento: z.string(),
})

/** State of a registration besides its registered data: what was annulled, corrected, asked, reserved. */
export const condizioneDto = z.object({
  annullata: z
    .object({ il: z.string(), operatore: z.string(), provvedimento: z.string(), motivo: z.string(), testo: z.string() })
    .nullable(),
  richiestaPendente: z.boolean(),
  oggetto: z.string(),
  corrispondente: z.string(),
  correzioni: z.array(correzioneDto),
  livello: z.enum(livelli),
  riservata: z.boolean(),
  riservataFino: z.string().nullable(),
})
export type CondizioneDto = z.infer<typeof condizioneDto>
