import { z } from 'zod'

const testo = (message: string, max: number) => z.string().trim().min(2, message).max(max, `Al massimo ${max} caratteri.`)

/** What `faldone verifica-ripristino --esito` writes: the outcome of a comparison made on a restored copy (REQ-PROT-152). */
export const esitoRipristino = z.strictObject(
  {
    formato: z.literal('faldone-ripristino/1', 'Il file non è l’esito di una verifica di ripristino.'),
    eseguitaIl: z.iso.datetime({ offset: true, error: 'Manca l’istante della verifica.' }),
    operatore: testo('Scrivi chi ha eseguito la prova.', 120),
    copiaRegistri: testo('Scrivi dove è custodita la copia dei dati del registro.', 200),
    copiaEmergenza: testo('Scrivi dove è custodita la copia dei registri di emergenza.', 200),
    identificativo: testo('Manca il registro giornaliero confrontato.', 200),
    impronta: z.string().regex(/^[0-9a-f]{64}$/u, 'L’impronta non è una SHA-256.'),
    perdite: z.array(z.string().trim().min(1).max(500)).max(100),
  },
  'Scegli il file con l’esito della verifica.',
)
export type EsitoRipristino = z.infer<typeof esitoRipristino>

export const provaRipristinoIn = z.strictObject({ esito: esitoRipristino })
export type ProvaRipristinoIn = z.infer<typeof provaRipristinoIn>

export const provaRipristinoDto = z.object({
  id: z.uuid(),
  registro: z.string(),
  eseguitaIl: z.string(),
  operatore: z.string(),
  copiaRegistri: z.string(),
  copiaEmergenza: z.string(),
  identificativo: z.string(),
  impronta: z.string(),
  esito: z.enum(['integro', 'perdite']),
  perdite: z.array(z.string()),
  autore: z.string(),
  registrataIl: z.string(),
})
export type ProvaRipristinoDto = z.infer<typeof provaRipristinoDto>

/** `dovuta`: never done, failed, or older than a year. */
export const proveRipristinoDto = z.object({ elementi: z.array(provaRipristinoDto), dovuta: z.boolean() })
export type ProveRipristinoDto = z.infer<typeof proveRipristinoDto>
