import { z } from 'zod'

export const tipiFascicolo = ['affare', 'attivita', 'persona fisica', 'persona giuridica', 'procedimento amministrativo'] as const
export type TipoFascicolo = (typeof tipiFascicolo)[number]
export const statiFascicolo = ['APERTO', 'SOSPESO', 'CHIUSO', 'IN_CONSERVAZIONE', 'IN_DEPOSITO', 'STORICO', 'APERTO_PER_ERRORE'] as const
export type StatoFascicolo = (typeof statiFascicolo)[number]
export const aree = ['comune', 'riservata'] as const
export type Area = (typeof aree)[number]
export const esitiChiusura = [
  'provvedimento finale',
  'archiviazione',
  'rinuncia',
  'silenzio',
  'trasmissione per competenza',
  'conclusione',
] as const
export type EsitoChiusura = (typeof esitiChiusura)[number]

/** Phases of a procedure in their usual order: literals of Allegato 5. */
export const fasiProcedimento = [
  'Preparatoria',
  'Istruttoria',
  'Consultiva',
  'Decisoria o deliberativa',
  'Integrazione dell’efficacia',
] as const
export type FaseProcedimento = (typeof fasiProcedimento)[number]

export const text = (messaggio: string, max: number) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
export const motivo = text('Scrivi il motivo.', 500)
export const giorno = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'Scrivi la data come giorno, mese e anno.')
export const area = z.enum(aree, 'Scegli area comune o riservata.')

export const person = z.object({ id: z.uuid(), nome: z.string() })
export const office = z.object({ id: z.uuid(), denominazione: z.string() })
