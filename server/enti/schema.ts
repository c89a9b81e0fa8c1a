import { z } from 'zod'
import { profili } from '../kernel/scope.ts'
import { slugRiservati, tavolozze } from './rules.ts'

export const ufficioDto = z.object({
  id: z.string(),
  codice: z.string(),
  denominazione: z.string(),
  padreId: z.string().nullable(),
  responsabile: z.object({ id: z.string(), nome: z.string() }).nullable(),
})
export const operatoreDto = z.object({
  id: z.string(),
  nome: z.string(),
  ufficioIds: z.array(z.string()),
  profili: z.array(z.enum(profili)),
})

export const enteCabinaDto = z.object({
  slug: z.string(),
  denominazione: z.string(),
  codiceIpa: z.string(),
  tavolozza: z.string(),
  inCoda: z.number(),
  piuVecchio: z.string().nullable(),
  caselle: z.array(z.object({ indirizzo: z.string(), stato: z.enum(['attiva', 'sospesa', 'in errore']) })),
  ultimaRegistrazione: z.string().nullable(),
  utentiAttivi: z.number(),
})
export type EnteCabinaDto = z.infer<typeof enteCabinaDto>

const denominazione = z
  .string()
  .trim()
  .min(2, 'Scrivi la denominazione dell’ente.')
  .max(200, 'La denominazione ha al massimo 200 caratteri.')
const tavolozza = z.enum(tavolozze, 'Scegli una delle tavolozze previste.')
const codiceIpa = z.string().regex(/^[A-Za-z0-9_]{3,16}$/u, 'Il codice IPA ha da 3 a 16 lettere, cifre o sottolineature.')

export const enteParams = z.object({ ente: z.string() })

export const aspettoEnte = z
  .strictObject({ denominazione: denominazione.optional(), tavolozza: tavolozza.optional() })
  .refine((v) => v.denominazione !== undefined || v.tavolozza !== undefined, 'Indica che cosa cambiare: denominazione o tavolozza.')
export type AspettoEnte = z.infer<typeof aspettoEnte>

export const nuovoEnte = z.strictObject({
  slug: z
    .string()
    .regex(/^[a-z][a-z0-9-]{2,40}$/u, 'L’indirizzo dell’ente ha solo minuscole, cifre e trattini, da 3 a 41 caratteri.')
    .refine((s) => !slugRiservati.has(s), 'Questo indirizzo è riservato: scegline un altro.'),
  denominazione,
  codiceIpa,
  codiceFiscale: z.string().regex(/^[0-9]{11}$/u, 'Il codice fiscale dell’ente ha 11 cifre.'),
  tavolozza: tavolozza.default('blu-istituzionale'),
  aoo: z.strictObject({
    codice: codiceIpa,
    denominazione,
    domicilioDigitale: z.email('Scrivi l’indirizzo PEC dell’area organizzativa.'),
  }),
})
export type NuovoEnte = z.infer<typeof nuovoEnte>
