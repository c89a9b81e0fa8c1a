import { z } from 'zod'
import { profili } from '../kernel/scope.ts'

const text = (messaggio: string, max = 200) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const day = (messaggio: string) => z.string({ error: messaggio }).regex(/^\d{4}-\d{2}-\d{2}$/u, messaggio)
const nota = z.string().trim().max(1000, 'La nota ha al massimo 1000 caratteri.').default('')
const atto = text('Indica l’atto: tipo, numero e data.', 300)

// Offices.
export const ufficioOrganigrammaDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  denominazione: z.string(),
  padreId: z.uuid().nullable(),
  aooId: z.uuid(),
  indirizzoDigitale: z.string(),
  dal: z.string(),
  al: z.string().nullable(),
  responsabile: z.string().nullable(),
  persone: z.number(),
  /** The planned closure, when there is one. */
  chiusura: z.object({ id: z.uuid(), dal: z.string(), successore: z.string() }).nullable(),
})
export const nuovoUfficioIn = z.object({
  codice: z
    .string({ error: 'Scrivi il codice dell’ufficio.' })
    .trim()
    .regex(/^[A-Za-z0-9_.-]{2,16}$/u, 'Il codice ha da 2 a 16 lettere, cifre, punti, trattini o sottolineature.'),
  denominazione: text('Scrivi la denominazione dell’ufficio.'),
  padreId: z.uuid().optional(),
  aooId: z.uuid().optional(),
  indirizzoDigitale: z.union([z.email('Scrivi un indirizzo di posta.'), z.literal('')]).default(''),
  dal: day('Indica da quando esiste l’ufficio.').optional(),
})
export type NuovoUfficioIn = z.infer<typeof nuovoUfficioIn>
export const modificaUfficioIn = z.strictObject({
  denominazione: text('Scrivi la denominazione dell’ufficio.').optional(),
  padreId: z.uuid().nullable().optional(),
  indirizzoDigitale: z.union([z.email('Scrivi un indirizzo di posta.'), z.literal('')]).optional(),
})
export type ModificaUfficioIn = z.infer<typeof modificaUfficioIn>

// Reorganisation.
export const riorganizzazioneIn = z.object({
  ufficioId: z.uuid('Scegli l’ufficio che chiude.'),
  dal: day('Indica da quale giorno l’ufficio non c’è più.'),
  successoreId: z.uuid('Scegli l’ufficio che riceve il lavoro.'),
  ripartizioni: z
    .array(z.object({ codice: text('Indica la classificazione.', 30), ufficioId: z.uuid('Scegli l’ufficio.') }))
    .max(50)
    .default([]),
  atto,
  nota,
})
export type RiorganizzazioneIn = z.infer<typeof riorganizzazioneIn>
export const anteprimaIn = riorganizzazioneIn.omit({ atto: true, nota: true, dal: true })
/** What moves, by office that receives it. */
export const spostamentiDto = z.object({
  assegnazioni: z.number(),
  fascicoli: z.number(),
  voci: z.number(),
  incarichi: z.number(),
  ufficiFigli: z.number(),
  perUfficio: z.array(z.object({ ufficioId: z.uuid(), denominazione: z.string(), assegnazioni: z.number(), fascicoli: z.number() })),
})
export type SpostamentiDto = z.infer<typeof spostamentiDto>
export const riorganizzazioneDto = z.object({
  id: z.uuid(),
  ufficio: z.string(),
  successore: z.string(),
  dal: z.string(),
  atto: z.string(),
  nota: z.string(),
  stato: z.enum(['programmata', 'eseguita', 'ritirata']),
  esito: spostamentiDto.nullable(),
  autore: z.string(),
  eseguitaIl: z.string().nullable(),
})

// People.
export const incaricoDto = z.object({
  id: z.uuid(),
  profilo: z.enum(profili),
  ufficio: z.object({ id: z.uuid(), denominazione: z.string() }).nullable(),
  aoo: z.string().nullable(),
  atto: z.string(),
  dal: z.string(),
  al: z.string().nullable(),
  inCarica: z.boolean(),
  delegabile: z.boolean(),
})
export const sostituzioneDto = z.object({
  id: z.uuid(),
  titolare: z.object({ id: z.uuid(), nome: z.string() }),
  sostituto: z.object({ id: z.uuid(), nome: z.string() }),
  tipo: z.enum(['assenza', 'delega']),
  incarico: z.string().nullable(),
  motivo: z.string(),
  atto: z.string(),
  dal: z.string(),
  al: z.string(),
  revocata: z.boolean(),
  inVigore: z.boolean(),
  autore: z.string(),
})
export const personaDto = z.object({
  id: z.uuid(),
  nome: z.string(),
  codiceFiscale: z.string(),
  email: z.string(),
  incarichi: z.array(incaricoDto),
})
export type PersonaDto = z.infer<typeof personaDto>

export const nuovaPersonaIn = z.object({
  nome: text('Scrivi il nome.', 100),
  cognome: text('Scrivi il cognome.', 100),
  codiceFiscale: text('Scrivi il codice fiscale.', 16),
  email: z.email('Scrivi l’indirizzo di posta.'),
  soggetto: text('Scrivi l’identificativo con cui la persona accede.', 255),
})
const incarico = {
  aooId: z.uuid().optional(),
  atto,
  dal: day('Indica da quando vale l’incarico.'),
  al: day('Scrivi la data come giorno, mese e anno.').optional(),
}
export const nuovoIncaricoIn = z
  .object({
    operatoreId: z.uuid().optional(),
    persona: nuovaPersonaIn.optional(),
    profilo: z.enum(profili, 'Scegli il ruolo.'),
    ufficioId: z.uuid().optional(),
    ...incarico,
  })
  .refine((i) => (i.operatoreId === undefined) !== (i.persona === undefined), {
    path: ['operatoreId'],
    message: 'Scegli una persona dell’ente, oppure indicane una nuova.',
  })
  .refine((i) => i.al === undefined || i.al >= i.dal, { path: ['al'], message: 'La fine viene prima dell’inizio.' })
/** The first head of records management of an ente, always a person given with his data. */
export const nuovoResponsabileIn = z.object({ persona: nuovaPersonaIn, ...incarico })
export type NuovoIncaricoIn = z.infer<typeof nuovoIncaricoIn>
export const fineIncaricoIn = z.object({ al: day('Indica l’ultimo giorno dell’incarico.'), atto })

/** Who answers for the register of an AOO on a day (REQ-PROT-004). */
export const responsabiliDto = z.object({
  giorno: z.string(),
  aoo: z.array(
    z.object({
      id: z.uuid(),
      denominazione: z.string(),
      responsabile: z.object({ nome: z.string(), dal: z.string(), al: z.string().nullable() }).nullable(),
      vicari: z.array(z.object({ nome: z.string(), dal: z.string(), al: z.string().nullable() })),
      scoperta: z.boolean(),
    }),
  ),
  coordinatore: z.object({ nome: z.string(), dal: z.string(), al: z.string().nullable() }).nullable(),
})
export type ResponsabiliDto = z.infer<typeof responsabiliDto>

// Substitutions.
export const nuovaSostituzioneIn = z
  .object({
    titolareId: z.uuid('Scegli chi è sostituito.'),
    sostitutoId: z.uuid('Scegli chi sostituisce.'),
    tipo: z.enum(['assenza', 'delega'], 'Scegli se è un’assenza o una delega.'),
    incaricoId: z.uuid().optional(),
    motivo: text('Scrivi il motivo.', 300),
    atto: z.string().trim().max(300).default(''),
    dal: day('Indica il primo giorno.'),
    al: day('Indica l’ultimo giorno.'),
  })
  .refine((s) => s.al >= s.dal, { path: ['al'], message: 'L’ultimo giorno viene prima del primo.' })
  .refine((s) => s.titolareId !== s.sostitutoId, { path: ['sostitutoId'], message: 'Nessuno sostituisce sé stesso.' })
  .refine((s) => s.tipo !== 'delega' || s.atto !== '', { path: ['atto'], message: 'Indica l’atto di delega: tipo, numero e data.' })
export type NuovaSostituzioneIn = z.infer<typeof nuovaSostituzioneIn>

// AOO and registers.
export const aooDto = z.object({
  id: z.uuid(),
  codiceIpaAmministrazione: z.string(),
  codice: z.string(),
  denominazione: z.string(),
  domicilioDigitale: z.string(),
  puntoServizio: z.string().nullable(),
  predefinita: z.boolean(),
  dal: z.string(),
  al: z.string().nullable(),
  registri: z.array(z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string(), generale: z.boolean(), attivo: z.boolean() })),
  caselle: z.array(z.string()),
})
export type AooDto = z.infer<typeof aooDto>
const servizio = z.union([z.url({ protocol: /^https$/u, error: 'Scrivi un indirizzo https.' }), z.literal('')])
export const modificaAooIn = z.strictObject({
  denominazione: text('Scrivi la denominazione.').optional(),
  domicilioDigitale: z.email('Scrivi l’indirizzo PEC dell’area organizzativa.').optional(),
  puntoServizio: servizio.optional(),
})
export const nuovaAooIn = z.object({
  codice: z
    .string({ error: 'Scrivi il codice IPA dell’area organizzativa.' })
    .regex(/^[A-Za-z0-9_]{3,16}$/u, 'Il codice IPA ha da 3 a 16 lettere, cifre o sottolineature.'),
  denominazione: text('Scrivi la denominazione.'),
  domicilioDigitale: z.email('Scrivi l’indirizzo PEC dell’area organizzativa.'),
  puntoServizio: servizio.default(''),
})
export const nuovoRegistroIn = z.object({
  aooId: z.uuid('Scegli l’area organizzativa.'),
  codice: z
    .string({ error: 'Scrivi il codice del registro.' })
    .regex(/^[A-Za-z0-9_.-]{1,16}$/u, 'Il codice ha da 1 a 16 lettere, cifre, punti, trattini o sottolineature.'),
  denominazione: text('Scrivi la denominazione.'),
  tipo: z.enum(['generale', 'settore', 'interno'], 'Scegli il tipo di registro.'),
})
