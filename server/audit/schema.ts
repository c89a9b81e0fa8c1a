import { z } from 'zod'

export const eventoDto = z.object({
  id: z.uuid(),
  istante: z.string(),
  azione: z.string(),
  descrizione: z.string(),
  attore: z.string(),
  attoreTipo: z.string(),
  oggetto: z.object({ tipo: z.string(), id: z.string() }),
  motivo: z.string().nullable(),
  /** What changed, side by side (REQ-PROT-055); empty for who reads the trail without the content. */
  cambiamenti: z.array(z.object({ campo: z.string(), prima: z.string().nullable(), dopo: z.string().nullable() })),
  /** Place in the chain of the register, where the event belongs to one. */
  catena: z.object({ progressivo: z.number(), impronta: z.string() }).nullable(),
})
export type EventoDto = z.infer<typeof eventoDto>

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'Scrivi la data come giorno, mese e anno.')

export const filtriTraccia = z.object({
  azione: z.string().max(60).optional(),
  attore: z.string().max(100).optional(),
  oggetto: z.string().max(100).optional(),
  da: day.optional(),
  a: day.optional(),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type FiltriTraccia = z.infer<typeof filtriTraccia>

export const verificaRegistroDto = z.object({
  registro: z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string() }),
  eventi: z.number(),
  integra: z.boolean(),
  primaRottura: z.object({ progressivo: z.number(), id: z.uuid() }).nullable(),
})
export type VerificaRegistro = z.infer<typeof verificaRegistroDto>
