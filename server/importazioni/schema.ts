import { z } from 'zod'
import { avanzamentoSerieDto, campoErratoDto, rigaSerieDto } from '../protocollo/index.ts'

export const statiImportazione = ['IN_VERIFICA', 'VERIFICATA', 'IN_IMPORTAZIONE', 'IMPORTATA', 'FALLITA'] as const
export type StatoImportazione = (typeof statiImportazione)[number]

const text = (messaggio: string, max: number) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)

/** A past year of a register of another system: its table and, where there are, its files in one ZIP. */
export const nuovaImportazione = z.strictObject({
  codice: z.string().regex(/^[A-Za-z0-9_.-]{1,16}$/u, 'Il codice del registro ha da 1 a 16 lettere, cifre, punti o trattini.'),
  anno: z.number().int().min(1990, 'Anni dal 1990.').max(2100),
  denominazione: text('Scrivi il nome del registro.', 200),
  provenienza: text('Scrivi da quale sistema viene.', 200),
  righeContenutoId: z.uuid('Carica la tabella delle registrazioni.'),
  archivioContenutoId: z.uuid().optional(),
})
export type NuovaImportazione = z.infer<typeof nuovaImportazione>

export const confermaImportazione = z.object({ accettazione: z.string().trim().max(2000).default('') })

const erroreRiga = campoErratoDto.extend({ riga: z.number() })
export const rapportoDto = z.object({
  righe: z.number(),
  primo: z.number(),
  ultimo: z.number(),
  perTipo: z.object({ E: z.number(), U: z.number(), I: z.number() }),
  annullate: z.number(),
  riservate: z.number(),
  file: z.number(),
  errori: z.array(erroreRiga),
  quantiErrori: z.number(),
  buchi: z.array(z.object({ da: z.number(), a: z.number() })),
  quantiNumeriMancanti: z.number(),
  fileMancanti: z.array(z.object({ riga: z.number(), numero: z.number(), nome: z.string() })),
  quantiFileMancanti: z.number(),
  impronteDiverse: z.array(
    z.object({ riga: z.number(), numero: z.number(), nome: z.string(), dichiarata: z.string(), calcolata: z.string() }),
  ),
  quanteImpronteDiverse: z.number(),
  disordini: z.array(z.object({ numero: z.number(), giorno: z.string(), precedente: z.string() })),
  quantiDisordini: z.number(),
  fileNonCitati: z.array(z.string()),
  quantiFileNonCitati: z.number(),
  ufficiSconosciuti: z.array(z.string()),
  importabile: z.boolean(),
  daAccettare: z.boolean(),
})

export const importazioneDto = z.object({
  id: z.uuid(),
  stato: z.enum(statiImportazione),
  codice: z.string(),
  anno: z.number(),
  denominazione: z.string(),
  provenienza: z.string(),
  tabella: z.string(),
  archivio: z.string().nullable(),
  rapporto: rapportoDto.nullable(),
  accettazione: z.string(),
  /** Files put in the archive so far, while it runs. */
  fatte: z.number(),
  errore: z.string().nullable(),
  autore: z.string(),
  creataIl: z.string(),
  conclusaIl: z.string().nullable(),
  registroStoricoId: z.uuid().nullable(),
})
export type ImportazioneDto = z.infer<typeof importazioneDto>

export const registroStoricoDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  anno: z.number(),
  denominazione: z.string(),
  provenienza: z.string(),
  righe: z.number(),
  primo: z.number(),
  ultimo: z.number(),
  importatoDa: z.string(),
  importatoIl: z.string(),
})
export type RegistroStoricoDto = z.infer<typeof registroStoricoDto>

/** A registration of the past in lists. A riservato that may not be read carries number and date only (REQ-PROT-061). */
export const rigaStoricaDto = z.object({
  id: z.uuid(),
  registro: z.string(),
  anno: z.number(),
  numero: z.number(),
  etichetta: z.string(),
  giorno: z.string(),
  tipo: z.enum(['E', 'U', 'I']),
  corrispondente: z.string(),
  oggetto: z.string(),
  annullata: z.boolean(),
  riservata: z.boolean(),
  leggibile: z.boolean(),
  file: z.number(),
})
export type RigaStoricaDto = z.infer<typeof rigaStoricaDto>

export const registrazioneStoricaDto = rigaStoricaDto.extend({
  denominazioneRegistro: z.string(),
  provenienza: z.string(),
  ora: z.string().nullable(),
  mittenti: z.string(),
  destinatari: z.string(),
  protocolloMittente: z.string().nullable(),
  classificazione: z.string(),
  fascicolo: z.string(),
  ufficio: z.string(),
  annullamento: z.string(),
  note: z.string(),
  files: z.array(
    z.object({
      id: z.uuid(),
      nome: z.string(),
      mime: z.string(),
      dimensione: z.number(),
      sha256: z.string(),
      improntaDichiarata: z.string().nullable(),
    }),
  ),
})
export type RegistrazioneStoricaDto = z.infer<typeof registrazioneStoricaDto>

export const filtriStorico = z.object({
  q: z.string().trim().max(200).optional(),
  registro: z.uuid().optional(),
  anno: z.coerce.number().int().optional(),
  tipo: z.enum(['E', 'U', 'I']).optional(),
  da: z.iso.date().optional(),
  a: z.iso.date().optional(),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type FiltriStorico = z.infer<typeof filtriStorico>

/** The rows of a mass registration: a table of text, with the files already uploaded by name, or requests with their keys. */
export const serieIn = z.strictObject({
  nome: z.string().trim().max(200).default(''),
  csv: z.string().max(10_000_000, 'La tabella è troppo lunga.').optional(),
  file: z
    .array(z.object({ nome: z.string(), contenutoId: z.uuid() }))
    .max(10_000)
    .default([]),
  righe: z
    .array(z.object({ chiave: z.string().trim().min(1, 'Manca la chiave.').max(100), registrazione: z.record(z.string(), z.unknown()) }))
    .max(5000)
    .optional(),
})
export type SerieIn = z.infer<typeof serieIn>

export const verificaSerieDto = z.object({
  righe: z.array(
    z.object({
      riga: z.number(),
      chiave: z.string(),
      oggetto: z.string(),
      errori: z.array(campoErratoDto),
      /** The number this key already has: the row will not take another. */
      giaRegistrata: z.string().nullable(),
    }),
  ),
  valide: z.number(),
  errate: z.number(),
  giaRegistrate: z.number(),
})
export type VerificaSerieDto = z.infer<typeof verificaSerieDto>

export const serieDto = avanzamentoSerieDto.extend({ nome: z.string() })
export type SerieDto = z.infer<typeof serieDto>
export const serieConRigheDto = serieDto.extend({
  righe: z.array(
    rigaSerieDto.extend({
      chiave: z.string(),
      oggetto: z.string(),
      esito: z.enum(['REGISTRATA', 'GIA_REGISTRATA', 'RIFIUTATA']).nullable(),
    }),
  ),
})
export type SerieConRigheDto = z.infer<typeof serieConRigheDto>
