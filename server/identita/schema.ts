import { z } from 'zod'
import { profili } from '../kernel/scope.ts'
import type { DestinatarioAccesso } from '../ports/identita.ts'

/** For whom a login can be asked. */
export const destinatariAccesso = ['operatore', 'cittadino'] as const satisfies readonly DestinatarioAccesso[]

export const sessioneDto = z.object({
  autenticato: z.boolean(),
  csrf: z.string(),
  dimostrativo: z.boolean(),
  attore: z.object({ nome: z.string(), codiceFiscale: z.string().optional(), tipo: z.enum(['operatore', 'cittadino']) }).optional(),
  schema: z.string().optional(),
  livello: z.string().optional(),
  amministratoreSia: z.boolean().optional(),
  scadeIl: z.string().optional(),
  enti: z.array(
    z.object({
      slug: z.string(),
      denominazione: z.string(),
      tavolozza: z.string(),
      profili: z.array(z.enum(profili)),
      permessi: z.array(z.string()),
      uffici: z.array(z.object({ id: z.string(), denominazione: z.string() })),
      /** Substitutions in force today: whose work this person may do. */
      sostituzioni: z.array(z.object({ id: z.string(), titolare: z.string(), al: z.string() })),
      /** The one he is working under; profiles, permissions and offices above are then the other person's. */
      perContoDi: z.object({ id: z.string(), titolare: z.string() }).nullable(),
    }),
  ),
})
export type SessioneDto = z.infer<typeof sessioneDto>

export const accessiDto = z.object({
  dimostrativo: z.boolean(),
  accessi: z.array(
    z.object({ etichetta: z.string(), nome: z.string(), descrizione: z.string(), per: z.enum(destinatariAccesso), avvia: z.string() }),
  ),
})
export type AccessiDto = z.infer<typeof accessiDto>

/** What the browser carries while it is at the issuer. */
export const accessoInCorso = z.strictObject({
  per: z.enum(destinatariAccesso),
  ritorno: z.string(),
  memoria: z.string(),
  scade: z.number(),
})
export type AccessoInCorso = z.infer<typeof accessoInCorso>
