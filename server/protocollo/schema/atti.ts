import { z } from 'zod'
import { mezzi, rigaRegistroDto, soggettoDto, tipologie } from '../schema.ts'
import { campiRettificabili, cause, livelli } from './condizione.ts'

const text = (messaggio: string, max = 500) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'Scrivi la data come giorno, mese e anno.')
const motivo = text('Spiega il motivo: resterà nel registro.', 1000)
/** Removes an optional datum when empty. */
const orNothing = <T extends z.ZodType>(value: T) => z.union([z.literal(''), value])

/** The request of total annulment (REQ-PROT-046). */
export const annullamentoIn = z.object({ motivo })
export type AnnullamentoIn = z.infer<typeof annullamentoIn>

const correspondent = { posizione: z.number().int().min(1).max(500).default(1), soggetto: soggettoDto, motivo }

/** The request to annul one datum and write the right one (REQ-PROT-045). */
export const rettificaIn = z.discriminatedUnion(
  'campo',
  [
    z.object({ campo: z.literal('oggetto'), valore: text('Scrivi l’oggetto corretto.'), motivo }),
    z.object({ campo: z.literal('mittente'), ...correspondent }),
    z.object({ campo: z.literal('destinatario'), ...correspondent }),
    z.object({
      campo: z.literal('protocolloMittente'),
      valore: z.string().trim().max(100, 'Troppo lungo: al massimo 100 caratteri.'),
      motivo,
    }),
    z.object({ campo: z.literal('dataProtocolloMittente'), valore: orNothing(day), motivo }),
    z.object({
      campo: z.literal('dataArrivo'),
      valore: z.iso.datetime({ offset: true, error: 'Indica data e ora di arrivo.' }),
      motivo,
    }),
    z.object({ campo: z.literal('dataDocumento'), valore: orNothing(day), motivo }),
    z.object({ campo: z.literal('mezzo'), valore: z.enum(mezzi, 'Scegli il mezzo.'), motivo }),
    z.object({ campo: z.literal('tipologia'), valore: z.enum(tipologie, 'Scegli il tipo di documento.'), motivo }),
  ],
  { error: 'Scegli il dato da rettificare.' },
)
export type RettificaIn = z.infer<typeof rettificaIn>

/** The authorisation: no provvedimento, no annulment (REQ-PROT-049). */
export const autorizzazioneIn = z.object({
  provvedimento: z.object(
    { numero: text('Scrivi il numero del provvedimento.', 100), data: day },
    { error: 'Indica numero e data del provvedimento.' },
  ),
  /** The addressee of a document already sent will be informed (REQ-PROT-053). */
  confermaDestinatario: z.boolean().default(false),
})
export type AutorizzazioneIn = z.infer<typeof autorizzazioneIn>

export const rifiutoRichiestaIn = z.object({ motivo: text('Spiega perché rifiuti la richiesta.', 1000) })

/** States of a request: until it is authorised the registration is fully valid (REQ-PROT-049). */
export const statiRichiesta = ['RICHIESTO', 'AUTORIZZATO', 'RIFIUTATO'] as const

/** A request of annulment or rectification with what was decided, before and after side by side (REQ-PROT-056). */
export const richiestaDto = z.object({
  id: z.uuid(),
  atto: z.enum(['annullamento', 'rettifica']),
  stato: z.enum(statiRichiesta),
  registrazione: rigaRegistroDto,
  campo: z.enum(campiRettificabili).nullable(),
  posizione: z.number(),
  valoreAnnullato: z.string().nullable(),
  valoreCorretto: z.string().nullable(),
  motivo: z.string(),
  richiestoIl: z.string(),
  richiedente: z.string(),
  /** What must be known before deciding. */
  avvisi: z.array(z.string()),
  /** The authorisation needs the confirmation that the addressee will be informed. */
  chiedeConferma: z.boolean(),
  decisione: z
    .object({
      il: z.string(),
      operatore: z.string(),
      provvedimento: z.object({ numero: z.string(), data: z.string() }).nullable(),
      motivo: z.string(),
    })
    .nullable(),
})
export type RichiestaDto = z.infer<typeof richiestaDto>

export const filtriRichieste = z.object({
  stato: z.enum(['da-autorizzare', 'decise']).default('da-autorizzare'),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type FiltriRichieste = z.infer<typeof filtriRichieste>

/** A provvedimento of annulment in its own collection (REQ-PROT-050). */
export const provvedimentoDto = z.object({
  numero: z.string(),
  data: z.string(),
  atto: z.enum(['annullamento', 'rettifica']),
  registrazione: z.object({ id: z.uuid(), etichetta: z.string() }),
  decisoIl: z.string(),
  operatore: z.string(),
  campo: z.string().nullable(),
  /** Null for who may not read the registration. */
  motivo: z.string().nullable(),
})
export type ProvvedimentoDto = z.infer<typeof provvedimentoDto>

/** A change of level (REQ-PROT-062, REQ-PROT-063): a RISERVATO lasts until a day, a PARTICOLARE has named readers. */
export const riservaIn = z
  .object({
    livello: z.enum(livelli, 'Scegli il livello.'),
    fino: day.optional(),
    motivo: text('Spiega il motivo: resterà nella storia.', 1000),
    lettori: z.array(z.uuid()).max(100, 'Al massimo 100 persone.').default([]),
  })
  .refine((r) => r.livello !== 'RISERVATO' || r.fino !== undefined, { path: ['fino'], message: 'Indica fino a quando è riservato.' })
  .refine((r) => r.livello !== 'PARTICOLARE' || r.lettori.length > 0, { path: ['lettori'], message: 'Indica chi può leggerlo.' })
export type RiservaIn = z.infer<typeof riservaIn>

export const riservaDto = z.object({
  livello: z.enum(livelli),
  fino: z.string().nullable(),
  lettori: z.array(z.object({ id: z.uuid(), nome: z.string() })),
  storia: z.array(
    z.object({
      livello: z.enum(livelli),
      fino: z.string().nullable(),
      motivo: z.string(),
      autore: z.string(),
      dal: z.string(),
      al: z.string().nullable(),
    }),
  ),
})
export type RiservaDto = z.infer<typeof riservaDto>

/** The request of an authority to read (L. 241, CAD, judicial orders…), opened by the RGD to a named person for a time. */
export const accessoAutoritaIn = z.object({
  autorita: text('Scrivi quale autorità chiede l’accesso.', 300),
  baseGiuridica: text('Scrivi la norma o l’atto su cui si fonda la richiesta.', 300),
  riferimento: text('Scrivi gli estremi della richiesta.', 200),
  oggetto: text('Scrivi che cosa viene chiesto.', 1000),
  operatoreId: z.uuid('Scegli la persona che leggerà.'),
  al: day,
  registrazioni: z.array(z.uuid()).min(1, 'Indica almeno una registrazione.').max(500, 'Al massimo 500 registrazioni.'),
})
export type AccessoAutoritaIn = z.infer<typeof accessoAutoritaIn>

export const accessoAutoritaDto = z.object({
  id: z.uuid(),
  autorita: z.string(),
  baseGiuridica: z.string(),
  riferimento: z.string(),
  oggetto: z.string(),
  operatore: z.string(),
  dal: z.string(),
  al: z.string(),
  creatoIl: z.string(),
  autore: z.string(),
  aperto: z.boolean(),
  chiusoIl: z.string().nullable(),
  registrazioni: z.array(z.object({ id: z.uuid(), etichetta: z.string() })),
})
export type AccessoAutoritaDto = z.infer<typeof accessoAutoritaDto>

/** Why somebody sees a registration or does not, one sentence a reason. */
export const percheDto = z.object({
  registrazione: z.object({ id: z.uuid(), etichetta: z.string() }),
  persona: z.object({ id: z.string(), nome: z.string() }),
  vede: z.boolean(),
  livello: z.enum(livelli),
  ragioni: z.array(z.object({ codice: z.string(), testo: z.string() })),
})
export type PercheDto = z.infer<typeof percheDto>

/** What a person sees, and by what. */
export const visibilitaOperatoreDto = z.object({
  operatore: z.object({ id: z.uuid(), nome: z.string() }),
  profili: z.array(z.string()),
  uffici: z.array(z.object({ id: z.uuid(), denominazione: z.string(), diretto: z.boolean() })),
  sostituzioni: z.array(z.string()),
  ambito: z.string(),
  cause: z.array(z.object({ causa: z.enum(cause), descrizione: z.string(), registrazioni: z.number(), parziale: z.boolean() })),
  campione: z.array(rigaRegistroDto),
})
export type VisibilitaOperatoreDto = z.infer<typeof visibilitaOperatoreDto>

/** All that may be said of a registration one has no visibility on. */
export const nonVisibileDto = z.object({
  esiste: z.boolean(),
  etichetta: z.string().nullable(),
  ufficio: z.string().nullable(),
})
