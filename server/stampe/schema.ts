import { z } from 'zod'

/** Label papers, in millimetres: width x height. */
export const formatiEtichetta = ['62x29', '50x25'] as const
export type FormatoEtichetta = (typeof formatiEtichetta)[number]
export const formatiRicevuta = ['A5', 'A4'] as const
export type FormatoRicevuta = (typeof formatiRicevuta)[number]

const testo = z.string().trim().max(1000, 'Il testo ha al massimo 1000 caratteri.')

/** What an ente chooses of its prints. */
export const impostazioniIn = z.strictObject({
  formatoEtichetta: z.enum(formatiEtichetta, 'Scegli il formato dell’etichetta: 62x29 o 50x25 millimetri.'),
  formatoRicevuta: z.enum(formatiRicevuta, 'Scegli il formato della ricevuta: A5 o A4.'),
  stampaAutomatica: z.boolean('Indica se ricevuta ed etichetta si stampano da sole.'),
  termineGiorni: z
    .int('Scrivi i giorni del termine come numero intero.')
    .min(1, 'Il termine è di almeno un giorno.')
    .max(3650, 'Il termine è di al massimo 3650 giorni.'),
  rimedi: testo,
  visioneAtti: testo,
  ufficioAccesso: testo,
})
export type ImpostazioniIn = z.infer<typeof impostazioniIn>

export const impostazioniDto = impostazioniIn.extend({
  /** The texts still missing for a receipt to be a communication of start of the procedure (L. 241 art. 8). */
  mancanti: z.array(z.enum(['rimedi', 'visioneAtti', 'ufficioAccesso'])),
  aggiornateIl: z.string().nullable(),
  autore: z.string().nullable(),
})
export type ImpostazioniDto = z.infer<typeof impostazioniDto>

export const elencoIn = z.strictObject({
  registrazioni: z
    .array(z.uuid('La registrazione non è indicata correttamente.'))
    .min(1, 'Scegli almeno una registrazione.')
    .max(200, 'Al massimo 200 registrazioni alla volta.'),
})

const giorno = z.iso.date('Scrivi la data come AAAA-MM-GG.')
export const periodoIn = z
  .object({ da: giorno, a: giorno, tipo: z.enum(['E', 'U', 'I']).optional(), inline: z.literal('1').optional() })
  .refine((p) => p.da <= p.a, { path: ['a'], message: 'Il secondo giorno viene prima del primo.' })
export type Periodo = z.infer<typeof periodoIn>
