import { z } from 'zod'

/** How a finding weighs: `errore` blocks emission, `avviso` does not, `non-verificata` says that the rule needs a fact the system does not hold. */
export const graviteEsito = ['errore', 'avviso', 'non-verificata'] as const

/** Where a finding is repaired: the field by its name, and the page that holds it (path inside the application), when a person can change it. */
export const riparazioneDto = z.object({ campo: z.string(), pagina: z.string().nullable() })
export type Riparazione = z.infer<typeof riparazioneDto>

export const esitoRegolaDto = z.object({
  regola: z.string(),
  gravita: z.enum(graviteEsito),
  percorso: z.string(),
  messaggio: z.string(),
  riparazione: riparazioneDto.optional(),
})
export type EsitoRegola = z.infer<typeof esitoRegolaDto>

export const profiliMetadati = ['DI', 'DAI', 'AGG'] as const

/** Metadata as the page shows them: the XML when it can be emitted, how complete they are (0-100), and what the rules say. */
export const metadatiDto = z.object({
  profilo: z.enum(profiliMetadati),
  xml: z.string().nullable(),
  completo: z.boolean(),
  punteggio: z.number().int(),
  esiti: z.array(esitoRegolaDto),
})
export type MetadatiDto = z.infer<typeof metadatiDto>

/** The last judgement of an object, as its page says it in one line; null until it was judged. */
export const statoMetadatiDto = z.object({
  id: z.uuid(),
  valutazione: z
    .object({ completo: z.boolean(), punteggio: z.number().int(), manca: z.array(z.string()), valutatoIl: z.string() })
    .nullable(),
})
export type StatoMetadatiDto = z.infer<typeof statoMetadatiDto>

/** A rule as it is printed. */
export const regolaDto = z.object({
  id: z.string(),
  profili: z.array(z.enum(profiliMetadati)),
  gravita: z.enum(['E', 'W']),
  enunciato: z.string(),
  fonte: z.string(),
  schema: z.enum(['sì', 'in parte', 'no']),
  configurabile: z.boolean(),
})
/** The rule table, what its source letters mean, and the weights of the score. */
export const tabellaRegoleDto = z.object({
  regole: z.array(regolaDto),
  fonti: z.record(z.string(), z.string()),
  pesi: z.array(z.object({ parte: z.string(), peso: z.number() })),
  /** The preservation service of the body, and the gravities it chose for it. */
  servizio: z.string(),
  scelte: z.record(z.string(), z.string()),
})
export type TabellaRegoleDto = z.infer<typeof tabellaRegoleDto>

const page = (limit: number) => z.coerce.number().int().min(1).max(limit)
/** The list of what is still to be completed. */
export const filtriDaCompletare = z.object({
  tipo: z.enum(['documento', 'fascicolo']).optional(),
  regola: z
    .string()
    .regex(/^[RI]\d\d$/u, 'Scrivi il codice di una regola, ad esempio R50.')
    .optional(),
  ufficio: z.uuid('Scegli un ufficio.').optional(),
  /** Also what can be emitted and has warnings only. */
  avvisi: z.literal('1').optional(),
  pagina: page(10_000).default(1),
  perPagina: page(100).default(25),
})
export type FiltriDaCompletare = z.infer<typeof filtriDaCompletare>

export const rigaDaCompletareDto = z.object({
  id: z.uuid(),
  tipo: z.enum(['documento', 'fascicolo']),
  profilo: z.enum(profiliMetadati),
  etichetta: z.string(),
  oggetto: z.string(),
  ufficio: z.string().nullable(),
  punteggio: z.number().int(),
  completo: z.boolean(),
  valutatoIl: z.string(),
  pagina: z.string().nullable(),
  esiti: z.array(esitoRegolaDto),
})
export type RigaDaCompletareDto = z.infer<typeof rigaDaCompletareDto>
export const daCompletareDto = z.object({
  elementi: z.array(rigaDaCompletareDto),
  totale: z.number().int(),
  /** How many of those this person sees break each rule, with the other filters on. */
  perRegola: z.array(z.object({ regola: z.string(), quanti: z.number().int() })),
  perUfficio: z.array(z.object({ id: z.uuid().nullable(), denominazione: z.string(), quanti: z.number().int() })),
  /** Mean score of everything this person sees, complete or not; null when nothing was judged yet. */
  media: z.number().nullable(),
})
export type DaCompletareDto = z.infer<typeof daCompletareDto>

const graviteScelte = ['E', 'W', 'ignora'] as const
/** What the body chooses for its preservation service. */
export const servizioIn = z.strictObject({
  denominazione: z.string().trim().min(1, 'Scrivi il nome del servizio di conservazione.').max(200, 'Al massimo 200 caratteri.'),
  schemi: z.enum(['9999', '4999'], 'Scegli il limite degli schemi: 9999 o 4999.'),
  permanente: z.number().int().min(1, 'Da 1 a 9999.').max(9999, 'Da 1 a 9999.').nullable(),
  soloFascicoli: z.boolean({ error: 'Indica se il servizio accetta solo fascicoli.' }),
  letterali: z.record(z.string().min(1).max(400), z.string().min(1, 'Scrivi la parola del servizio dopo il segno =.').max(400)).default({}),
  gravita: z.record(z.string().regex(/^[RI]\d\d$/u, 'Scrivi il codice di una regola.'), z.enum(graviteScelte)).default({}),
})
export type ServizioIn = z.infer<typeof servizioIn>
export const servizioDto = servizioIn.extend({
  denominazione: z.string(),
  aggiornatoIl: z.string().nullable(),
  autore: z.string().nullable(),
})
export type ServizioDto = z.infer<typeof servizioDto>

export type { ImportatiDto, ImportatoDto, RapportoIstanza, RigaImportataDto, VerificaMetadatiDto } from './importa/schema.ts'
