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

const giorno = z.iso.date('Scrivi il giorno come AAAA-MM-GG.')
const giornoParticolare = z.strictObject({
  giorno,
  lavorativo: z.boolean(),
  motivo: z.string().trim().min(1, 'Scrivi il motivo del giorno.').max(200, 'Il motivo ha al massimo 200 caratteri.'),
})

/** The working calendar of an AOO (REQ-PROT-105). */
export const nuovoCalendario = z.strictObject({
  patrono: z
    .string()
    .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/u, 'Scrivi il giorno del santo patrono come MM-GG.')
    .nullable(),
  santoPatrono: z.string().trim().max(120, 'Il nome della festa ha al massimo 120 caratteri.'),
  giorni: z
    .array(giornoParticolare)
    .max(400, 'I giorni particolari sono al massimo 400.')
    .refine((giorni) => new Set(giorni.map((g) => g.giorno)).size === giorni.length, 'Ogni giorno compare una volta sola.'),
})
export type NuovoCalendario = z.infer<typeof nuovoCalendario>

export const calendarioDto = z.object({
  aoo: z.object({ id: z.uuid(), denominazione: z.string() }),
  patrono: z.string().nullable(),
  santoPatrono: z.string(),
  giorni: z.array(z.object({ giorno: z.string(), lavorativo: z.boolean(), motivo: z.string() })),
  festivi: z.array(z.object({ giorno: z.string(), nome: z.string() })),
})
export type CalendarioDto = z.infer<typeof calendarioDto>
