import { z } from 'zod'

export const grafici = [
  'registrazioni',
  'arretrato',
  'presa-in-carico',
  'scadenze',
  'fascicolazione',
  'canali',
  'conservazione',
  'ritardi',
  'annullamenti',
  'tipologie',
  'uffici',
] as const
export type Grafico = (typeof grafici)[number]

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'Scrivi la data come giorno, mese e anno.')

export const filtriStatistica = z
  .object({
    da: day.optional(),
    a: day.optional(),
    ufficio: z.uuid('Scegli l’ufficio.').optional(),
    passo: z.enum(['giorno', 'mese']).default('mese'),
  })
  .refine((f) => f.da === undefined || f.a === undefined || f.da <= f.a, {
    path: ['a'],
    message: 'La fine del periodo viene prima dell’inizio.',
  })
export type FiltriStatistica = z.infer<typeof filtriStatistica>

/** One chart as numbers: a row for each day, month, office or state, a value for each series; null where there is nothing to measure. */
export const statisticaDto = z.object({
  grafico: z.enum(grafici),
  da: z.string(),
  a: z.string(),
  ufficio: z.string().nullable(),
  unita: z.enum(['numero', 'ore', 'percento']),
  serie: z.array(z.string()),
  righe: z.array(z.object({ etichetta: z.string(), valori: z.array(z.number().nullable()) })),
  /** True when the riservati this person may not read are left out of the counts. */
  riservatiEsclusi: z.boolean(),
})
export type StatisticaDto = z.infer<typeof statisticaDto>
