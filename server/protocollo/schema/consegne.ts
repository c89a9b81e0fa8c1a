import { z } from 'zod'
import { day, text } from './nuova.ts'

/** The states of a delivery in their order: a later step never goes back to an earlier state. */
export const statiConsegna = ['da-inviare', 'inviato', 'mancata-consegna', 'consegnato'] as const
export type StatoConsegna = (typeof statiConsegna)[number]

/** A step of the delivery to one addressee, as its proof on paper says. */
export const passoConsegnaIn = z.object({
  posizione: z.number({ error: 'Scegli il destinatario.' }).int(),
  stato: z.enum(['inviato', 'mancata-consegna', 'consegnato'], 'Scegli che cosa è avvenuto.'),
  giorno: day,
  estremi: text('Scrivi gli estremi della prova: numero della raccomandata, avviso di ricevimento, chi ha ritirato.', 300),
})
export type PassoConsegnaIn = z.infer<typeof passoConsegnaIn>

/** One addressee with the state of its delivery and the steps that led there, oldest first. */
export const consegnaDto = z.object({
  posizione: z.number(),
  destinatario: z.string(),
  perConoscenza: z.boolean(),
  canale: z.string(),
  stato: z.enum(statiConsegna),
  /** False where the receipts of the channel decide, and no person does. */
  aMano: z.boolean(),
  passi: z.array(
    z.object({ stato: z.enum(statiConsegna), giorno: z.string(), estremi: z.string(), autore: z.string(), scrittoIl: z.string() }),
  ),
})
export type ConsegnaDto = z.infer<typeof consegnaDto>
