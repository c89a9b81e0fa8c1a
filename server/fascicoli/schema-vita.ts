import { z } from 'zod'
import { soggettoDto } from '../protocollo/index.ts'
import { area, giorno, motivo, text } from './schema-base.ts'
import { tipiCollegamento } from './schema-contorno.ts'

const nota = z.string().trim().max(1000).default('')
const files = z.array(z.object({ contenutoId: z.uuid(), nome: z.string().max(255), descrizione: z.string().max(300).default('') }))

/** A part of a fascicolo: classification, retention and access are those of the whole (REQ-FASC-030). */
export const nuovaParte = z.object({
  oggetto: text('Scrivi l’oggetto del sottofascicolo.', 500),
  responsabileId: z.uuid().optional(),
  posizioneFisica: z.string().trim().max(200).optional(),
})
export type NuovaParte = z.infer<typeof nuovaParte>

/** Takes a document out, or moves it where it belongs. */
export const rimozione = z.object({ motivo, destinazioneId: z.string().max(60).optional() })
export type Rimozione = z.infer<typeof rimozione>

/** A document of the fascicolo that is not registered: uploaded here, classified as the fascicolo is (REQ-FASC-014). */
export const nuovoNonProtocollato = z.object({
  oggetto: text('Scrivi l’oggetto.', 500),
  tipologia: text('Scegli il tipo di documento.', 100),
  dataDocumento: giorno.optional(),
  file: files.min(1, 'Carica il documento.').max(50),
  area: area.optional(),
  motivo: motivo.optional(),
})
export type NuovoNonProtocollato = z.infer<typeof nuovoNonProtocollato>

export const nuovoCartaceo = z.object({
  oggetto: text('Scrivi di che documento si tratta.', 500),
  tipologia: text('Scegli il tipo di documento.', 100),
  dataDocumento: giorno.optional(),
  consistenza: text('Scrivi quanti fogli sono.', 100),
  posizioneFisica: text('Scrivi dove si trova: locale, scaffale, faldone.', 200),
  area: area.default('comune'),
  /** The certified copy, already in the fascicolo. */
  copiaDocumentoId: z.uuid().optional(),
})
export type NuovoCartaceo = z.infer<typeof nuovoCartaceo>

export const nuovoCollegamento = z.object({
  altroId: z.string().max(60),
  tipo: z.enum(tipiCollegamento, 'Scegli che collegamento è.'),
  motivo: motivo,
})
export type NuovoCollegamento = z.infer<typeof nuovoCollegamento>

export const soloMotivo = z.object({ motivo })
export const riapertura = z.object({ versione: z.number().int(), motivo })
export const apertoPerErrore = z.object({ versione: z.number().int(), motivo, destinazioneId: z.string().max(60).optional() })
export type ApertoPerErrore = z.infer<typeof apertoPerErrore>

export const nuovoTrasferimento = z.object({
  ufficioId: z.uuid('Scegli l’ufficio.'),
  responsabileId: z.uuid().optional(),
  motivo,
})
export type NuovoTrasferimento = z.infer<typeof nuovoTrasferimento>
export const decisioneTrasferimento = z.object({
  accetta: z.boolean({ error: 'Accetta o rifiuta.' }),
  responsabileId: z.uuid().optional(),
  nota,
})
export type DecisioneTrasferimento = z.infer<typeof decisioneTrasferimento>

export const nuovaTrasmissione = z.object({
  destinatario: text('Scrivi a quale amministrazione passa il fascicolo.', 300),
  codiceIpa: z.string().trim().max(50).optional(),
  motivo,
  /** Reserved area and documents that are not ordinary go too: for who may read them. */
  conRiservati: z.boolean().default(false),
})
export type NuovaTrasmissione = z.infer<typeof nuovaTrasmissione>

/** The package leaves: what carries it and what becomes of the fascicolo here. */
export const consegnaTrasmissione = z.object({
  registrazioneId: z.uuid().optional(),
  nota,
  /** Closes the fascicolo here, `trasmissione per competenza`; absent: it continues, or is already closed. */
  chiusura: z.object({ versione: z.number().int(), data: giorno.optional(), motivoForzatura: motivo.optional() }).optional(),
})
export type ConsegnaTrasmissione = z.infer<typeof consegnaTrasmissione>

/** What the other body answered, with the registration it came in when there is one. */
export const riscontroTrasmissione = z.object({
  accettato: z.boolean({ error: 'Scegli se l’altra amministrazione ha accettato.' }),
  registrazioneId: z.uuid().optional(),
  nota,
})
export type RiscontroTrasmissione = z.infer<typeof riscontroTrasmissione>

export const nuovoAccesso = z.object({
  ufficioId: z.uuid('Scegli l’ufficio.'),
  operatoreId: z.uuid().optional(),
  /** Also the documents of the reserved area. */
  riservata: z.boolean(),
  motivo,
})
export type NuovoAccesso = z.infer<typeof nuovoAccesso>

export const nuoviPartecipanti = z.object({
  amministrazioni: z
    .array(soggettoDto)
    .min(1, 'Indica almeno un’amministrazione.')
    .max(50)
    .refine((list) => list.every((s) => s.tipo === 'PAI'), { error: 'Qui si indicano solo amministrazioni.' }),
  motivo,
})
export type NuoviPartecipanti = z.infer<typeof nuoviPartecipanti>

export const nuovoPrelievo = z.object({ chi: text('Scrivi chi lo prende.', 200), motivo })
export const restituzione = z.object({ nota })
