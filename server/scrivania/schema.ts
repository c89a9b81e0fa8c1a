import { z } from 'zod'
import { rigaRegistroDto } from '../protocollo/index.ts'

/** What must be done now and how it is going: every number is the length of a list the same person can open. */
export const scrivaniaDto = z.object({
  contatori: z.object({
    daProtocollare: z.number().nullable(),
    inRitardo: z.number().nullable(),
    passatiAMe: z.number().nullable(),
    quarantena: z.number().nullable(),
    daPrendereInCarico: z.number().nullable(),
    inCarico: z.number().nullable(),
    nonFascicolati: z.number().nullable(),
    perConoscenza: z.number().nullable(),
    rifiutate: z.number().nullable(),
  }),
  andamento: z.array(z.object({ giorno: z.string(), entrata: z.number(), uscita: z.number(), interno: z.number() })),
  ultimi: z.array(rigaRegistroDto),
  scadenze: z.array(
    z.object({
      fascicolo: z.object({ id: z.uuid(), slug: z.string(), codice: z.string(), oggetto: z.string() }),
      termine: z.string(),
      giorni: z.number(),
    }),
  ),
  conservazione: z.object({ conservati: z.number(), inAttesa: z.number(), rifiutati: z.number() }).nullable(),
})
export type ScrivaniaDto = z.infer<typeof scrivaniaDto>
