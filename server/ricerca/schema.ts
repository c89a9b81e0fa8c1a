import { z } from 'zod'
import { mezzi, rigaRegistroDto } from '../protocollo/index.ts'

const pezzi = z.array(z.object({ testo: z.string(), trovata: z.boolean() }))

/** What is asked: the one box and the facets already chosen, each by the value its count gave. */
export const filtriRicerca = z.object({
  q: z.string().max(500, 'La domanda è troppo lunga: al massimo 500 caratteri.').default(''),
  tipo: z.enum(['E', 'U', 'I']).optional(),
  anno: z.coerce.number().int().min(1900).max(2200).optional(),
  classe: z.string().max(40).optional(),
  ufficio: z.uuid().optional(),
  stato: z.string().max(40).optional(),
  fascicolo: z.string().max(100).optional(),
  canale: z.enum(mezzi).optional(),
  ordine: z.enum(['data', 'rilevanza']).default('data'),
  pagina: z.coerce.number().int().min(1).max(200).default(1),
  perPagina: z.coerce.number().int().min(1).max(100).default(20),
})
export type FiltriRicerca = z.infer<typeof filtriRicerca>

/** A registration found, with what was searched for marked in its texts as data. */
export const trovataDto = z.object({
  riga: rigaRegistroDto,
  oggetto: pezzi,
  corrispondente: pezzi,
  /** Where the words are in files and notes, when they are there. */
  estratto: pezzi.nullable(),
  /** `senza-testo`: its files are scans whose words cannot be searched. */
  estrazione: z.string().nullable(),
})
export type TrovataDto = z.infer<typeof trovataDto>

export const facce = ['tipo', 'anno', 'classe', 'ufficio', 'stato', 'fascicolo', 'canale'] as const

export const risultatiDto = z.object({
  elementi: z.array(trovataDto),
  totale: z.number(),
  /** False: there are more than were looked at, and these are the newest. */
  completo: z.boolean(),
  facce: z.array(
    z.object({
      nome: z.enum(facce),
      valori: z.array(z.object({ valore: z.string(), etichetta: z.string(), quanti: z.number() })),
    }),
  ),
  /** The nearby words that were searched in the place of what nobody wrote; null when none were. */
  forseCercavi: z.string().nullable(),
  /** How the box was read, piece by piece: words, filters, exclusions. */
  lettura: z.array(z.object({ tipo: z.string(), etichetta: z.string(), nega: z.boolean(), inizio: z.number(), fine: z.number() })),
})
export type RisultatiDto = z.infer<typeof risultatiDto>

export const suggerimentiDto = z.object({
  documenti: z.array(z.object({ id: z.uuid(), etichetta: z.string(), oggetto: z.string(), corrispondente: z.string() })),
  parole: z.array(z.string()),
  recenti: z.array(z.string()),
})
export type SuggerimentiDto = z.infer<typeof suggerimentiDto>

export const ambitiSalvati = ['ricerca', 'registro'] as const

export const ricercaSalvataIn = z.object({
  nome: z.string({ error: 'Scrivi un nome.' }).trim().min(1, 'Scrivi un nome.').max(80, 'Troppo lungo: al massimo 80 caratteri.'),
  ambito: z.enum(ambitiSalvati).default('ricerca'),
  domanda: z.string().max(2000, 'La ricerca è troppo lunga.'),
  ufficioId: z.uuid().optional(),
})
export type RicercaSalvataIn = z.infer<typeof ricercaSalvataIn>

export const ricercaSalvataDto = z.object({
  id: z.uuid(),
  nome: z.string(),
  ambito: z.enum(ambitiSalvati),
  domanda: z.string(),
  mia: z.boolean(),
  autore: z.string(),
  ufficio: z.object({ id: z.uuid(), denominazione: z.string() }).nullable(),
})
export type RicercaSalvataDto = z.infer<typeof ricercaSalvataDto>
