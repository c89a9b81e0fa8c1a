import { z } from 'zod'

export const domandaSuggerimenti = z.object({
  oggetto: z.string().trim().max(500).default(''),
  /** Codice fiscale, partita IVA or digital address. */
  mittente: z.string().trim().max(320).default(''),
  tipologia: z.string().trim().max(100).default(''),
})
export type DomandaSuggerimenti = z.infer<typeof domandaSuggerimenti>

const proposta = z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string(), motivo: z.string() })
/** At most three of each, best first. */
export const suggerimentiDto = z.object({ voci: z.array(proposta), uffici: z.array(proposta) })
export type SuggerimentiClasseDto = z.infer<typeof suggerimentiDto>

export const nuovaRegola = z
  .object({
    parole: z.string().trim().max(200, 'Al massimo 200 caratteri.').default(''),
    mittente: z.string().trim().max(320).default(''),
    voceId: z.uuid('Scegli la classe.').nullable().default(null),
    ufficioId: z.uuid('Scegli l’ufficio.').nullable().default(null),
  })
  .refine((r) => r.parole !== '' || r.mittente !== '', { path: ['parole'], message: 'Scrivi le parole dell’oggetto o il mittente.' })
  .refine((r) => r.voceId !== null || r.ufficioId !== null, { path: ['voceId'], message: 'Scegli la classe o l’ufficio da proporre.' })
export type NuovaRegola = z.infer<typeof nuovaRegola>

export const regolaDto = z.object({
  id: z.uuid(),
  parole: z.string(),
  mittente: z.string(),
  voce: z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string() }).nullable(),
  ufficio: z.object({ id: z.uuid(), denominazione: z.string() }).nullable(),
  dal: z.string(),
  autore: z.string(),
})
export type RegolaDto = z.infer<typeof regolaDto>

/** A rule tried on the last documents: those it would hold for, and how many had what it proposes. */
export const provaRegolaDto = z.object({
  guardati: z.number(),
  valePer: z.number(),
  concordi: z.number(),
  esempi: z.array(z.object({ etichetta: z.string(), oggetto: z.string(), voce: z.string(), ufficio: z.string(), concorde: z.boolean() })),
})
export type ProvaRegolaDto = z.infer<typeof provaRegolaDto>

const misura = z.object({ misurate: z.number(), prima: z.number(), traLePrimeTre: z.number(), maiProposte: z.number() })
/** How often what was chosen had been proposed (REQ-TIT-025). */
export const misuraDto = z.object({ voci: misura, uffici: misura })
export type MisuraDto = z.infer<typeof misuraDto>
