import { z } from 'zod'

export { FORMATO_FILE, FORMATO_SERIE, fattoEmergenza, fileEmergenza, serieDocumento } from './fatti.ts'
export type { DatiEmergenza, FattoEmergenza, FattoRegistrazione, FileEmergenza, SerieDocumento } from './fatti.ts'

const text = (messaggio: string, max = 300) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const instant = (messaggio: string) => z.iso.datetime({ offset: true, error: messaggio })
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'Scrivi la data come giorno, mese e anno.')

export const nuovoRegistroIn = z.object({ sede: text('Scrivi la sede in cui il registro è usato.', 200) })

export const nuovaSerieIn = z.object({
  registroId: z.uuid('Scegli il registro.'),
  dispositivo: text('Dai un nome al dispositivo.', 200),
  provvedimento: text('Scrivi gli estremi del provvedimento che affida la serie.'),
})
export const attivazioneIn = z.object({
  chiave: z.object({
    x: z.string().regex(/^[\w-]{43}$/u, 'La chiave del dispositivo non è valida.'),
    y: z.string().regex(/^[\w-]{43}$/u, 'La chiave del dispositivo non è valida.'),
  }),
})
export const motivoIn = z.object({ motivo: text('Spiega il motivo: resterà nel registro.', 1000) })

export const aperturaIn = z.object({
  registroId: z.uuid('Scegli il registro.'),
  causa: text('Scrivi la causa dell’interruzione.', 500),
  inizio: instant('Indica data e ora di inizio dell’interruzione.'),
  provvedimento: text('Scrivi gli estremi dell’autorizzazione.'),
})
export const autorizzazioneIn = z.object({
  provvedimento: text('Scrivi gli estremi del provvedimento.'),
  dal: instant('Indica da quando.'),
  al: instant('Indica fino a quando.'),
})
export const giornataIn = z.object({
  giorno: day,
  totale: z.number({ error: 'Scrivi il totale della giornata.' }).int().min(0, 'Il totale non può essere negativo.'),
})
export const chiusuraIn = z.object({
  ripristino: instant('Indica data e ora del ripristino.'),
  righe: z
    .number({ error: 'Scrivi quante registrazioni sono state fatte, anche zero.' })
    .int()
    .min(0, 'Il totale non può essere negativo.'),
})

export const recuperoIn = z.object({
  contenutoId: z.uuid('Carica il file del registro di emergenza.'),
  /** Files of the documents, paired with their row by number; the digest must be the one written in emergency. */
  documenti: z
    .array(z.object({ numero: z.string().max(40), contenutoId: z.uuid() }))
    .max(1000)
    .default([]),
  /** Classification or office that no longer stands, replaced row by row: class C data, told in the statement. */
  sostituzioni: z
    .array(
      z.object({
        numero: z.string().max(40),
        voceId: z.uuid().optional(),
        ufficioId: z.uuid().optional(),
        /** Who formed a document that goes out or stays inside. */
        ufficioMittenteId: z.uuid().optional(),
      }),
    )
    .max(1000)
    .default([]),
})
export type RecuperoIn = z.infer<typeof recuperoIn>

const errore = z.object({ campo: z.string(), messaggio: z.string() })

export const coppiaDto = z.object({
  numero: z.string(),
  istante: z.string(),
  oggetto: z.string(),
  corrispondente: z.string(),
  registrazioneId: z.string().nullable(),
  etichetta: z.string().nullable(),
  istanteRegistrazione: z.string().nullable(),
  nuova: z.boolean(),
  file: z.object({ nome: z.string(), sha256: z.string(), presente: z.boolean() }).nullable(),
  codice: z.string(),
  differenze: z.array(z.string()),
})
export type CoppiaDto = z.infer<typeof coppiaDto>

export const autorizzazioneDto = z.object({
  tipo: z.string(),
  provvedimento: z.string(),
  autorizzataDa: z.string(),
  dal: z.string(),
  al: z.string(),
})
export const aperturaDto = z.object({
  id: z.uuid(),
  registro: z.object({ id: z.uuid(), codice: z.string(), sede: z.string() }),
  causa: z.string(),
  inizio: z.string(),
  provvedimento: z.string(),
  autorizzataDa: z.string(),
  origine: z.string(),
  coperturaFino: z.string().nullable(),
  ripristino: z.string().nullable(),
  chiusaDa: z.string().nullable(),
  righeDichiarate: z.number().nullable(),
  recuperataIl: z.string().nullable(),
  deroga: z.object({ motivo: z.string(), il: z.string(), da: z.string() }).nullable(),
  righe: z.number(),
  autorizzazioni: z.array(autorizzazioneDto),
  giornate: z.array(z.object({ giorno: z.string(), totale: z.number() })),
})
export type AperturaDto = z.infer<typeof aperturaDto>

export const serieDto = z.object({
  id: z.uuid(),
  registro: z.object({ id: z.uuid(), codice: z.string(), sede: z.string() }),
  dispositivo: z.string(),
  provvedimento: z.string(),
  stato: z.string(),
  anno: z.number(),
  primo: z.number(),
  autorizzataIl: z.string(),
  autorizzataDa: z.string(),
  attivataIl: z.string().nullable(),
  attivataDa: z.string().nullable(),
  revocataIl: z.string().nullable(),
  motivoRevoca: z.string().nullable(),
})
export type SerieDto = z.infer<typeof serieDto>

export const registroEmergenzaDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  sede: z.string(),
  ultimo: z.string().nullable(),
  serie: serieDto.nullable(),
})

export const recuperoDto = z.object({
  id: z.uuid(),
  registro: z.object({ id: z.uuid(), codice: z.string(), sede: z.string() }),
  istante: z.string(),
  operatore: z.string(),
  righe: z.number(),
  impronta: z.string(),
})

export const quadroDto = z.object({
  registri: z.array(registroEmergenzaDto),
  aperture: z.array(aperturaDto),
  recuperi: z.array(recuperoDto),
  sospeso: z.boolean(),
  puoGestire: z.boolean(),
})
export type QuadroDto = z.infer<typeof quadroDto>

/** What everybody in the ente is told while a register is open or a recovery is awaited. */
export const statoEmergenzaDto = z.object({
  aperte: z.array(z.object({ registro: z.string(), sede: z.string(), causa: z.string(), inizio: z.string() })),
  sospeso: z.boolean(),
})

export const dotazioneDto = z.object({
  serie: z.string(),
  firma: z.string(),
  chiaveEnte: z.object({ x: z.string(), y: z.string() }),
  voci: z.array(z.object({ id: z.uuid(), nome: z.string() })),
  uffici: z.array(z.object({ id: z.uuid(), nome: z.string() })),
  mezzi: z.array(z.string()),
  tipologie: z.array(z.string()),
  riservatezze: z.array(z.string()),
})
export type DotazioneDto = z.infer<typeof dotazioneDto>

export const provaDto = z.object({
  valido: z.boolean(),
  errori: z.array(errore),
  registro: z.object({ codice: z.string(), sede: z.string(), dispositivo: z.string() }).nullable(),
  impronta: z.string(),
  coppie: z.array(coppiaDto),
})
export const esitoRecuperoDto = z.object({
  recuperoId: z.uuid().nullable(),
  nuove: z.number(),
  coppie: z.array(coppiaDto),
})
export type EsitoRecuperoDto = z.infer<typeof esitoRecuperoDto>

export const verificaCodiceDto = z.object({
  valido: z.boolean(),
  numero: z.string(),
  istante: z.string().nullable(),
  registrazioneId: z.string().nullable(),
  etichetta: z.string().nullable(),
})

export const riepilogoDto = z.object({
  anno: z.number(),
  usato: z.boolean(),
  registri: z.array(
    z.object({
      codice: z.string(),
      sede: z.string(),
      aperture: z.number(),
      giornate: z.number(),
      ore: z.number(),
      righe: z.number(),
      recuperate: z.number(),
      cause: z.array(z.string()),
    }),
  ),
})
export type RiepilogoDto = z.infer<typeof riepilogoDto>
