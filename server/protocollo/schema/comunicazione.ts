import { z } from 'zod'
import { text } from './nuova.ts'

/** How the annulment message left: by the body's own mailbox, until the exchange between bodies sends it by itself. */
export const mezziComunicazione = ['PEC', 'COOPERAZIONE', 'ALTRO'] as const

export const invioAnnullamentoIn = z.strictObject({
  inviatoIl: z.iso.datetime({ offset: true, error: 'Scrivi quando è partito il messaggio.' }),
  mezzo: z.enum(mezziComunicazione, 'Scegli come è partito il messaggio.'),
  indirizzo: text('Scrivi l’indirizzo a cui è stato inviato.', 320),
  estremi: text('Scrivi gli estremi della prova: l’identificativo del messaggio o della ricevuta di consegna.', 300),
})
export type InvioAnnullamentoIn = z.infer<typeof invioAnnullamentoIn>

/** The annulment message owed to the AOO an incoming document came from (REQ-PROT-052). */
export const comunicazioneAnnullamentoDto = z.object({
  /** Owed: incoming, from another administration, annulled. */
  dovuta: z.boolean(),
  destinatario: z.string(),
  indirizzo: z.string(),
  /** The message is made and can be downloaded. */
  pronta: z.boolean(),
  invio: z
    .object({ inviatoIl: z.string(), mezzo: z.enum(mezziComunicazione), indirizzo: z.string(), estremi: z.string(), autore: z.string() })
    .nullable(),
})
export type ComunicazioneAnnullamentoDto = z.infer<typeof comunicazioneAnnullamentoDto>

/** An annulment not told yet to the other AOO. */
export const comunicazioneApertaDto = z.object({
  id: z.uuid(),
  etichetta: z.string(),
  destinatario: z.string(),
  annullataIl: z.string(),
})
export type ComunicazioneApertaDto = z.infer<typeof comunicazioneApertaDto>
