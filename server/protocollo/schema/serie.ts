import { z } from 'zod'

/** A wrong field and what to do, as every answer names it. */
export const campoErratoDto = z.object({ campo: z.string(), messaggio: z.string() })

/** How far a series of registrations made one after the other is: a mail merge, a mass registration. */
export const avanzamentoSerieDto = z.object({
  id: z.uuid(),
  stato: z.enum(['IN_CORSO', 'CONCLUSA', 'INTERROTTA']),
  totale: z.number(),
  fatte: z.number(),
  rifiutate: z.number(),
  autore: z.string(),
  creataIl: z.string(),
  conclusaIl: z.string().nullable(),
})

/** A row of a series: its place, why it was refused, the number it got. The room adds what it calls its rows and their outcomes. */
export const rigaSerieDto = z.object({ posizione: z.number(), errori: z.array(campoErratoDto), etichetta: z.string().nullable() })
