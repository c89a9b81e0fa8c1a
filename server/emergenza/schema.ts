import { z } from 'zod'
import { riservatezze } from '../documenti/index.ts'
import { mezzi, soggettoDto, tipologie } from '../protocollo/index.ts'

const text = (messaggio: string, max = 300) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const instant = (messaggio: string) => z.iso.datetime({ offset: true, error: messaggio })
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'Scrivi la data come giorno, mese e anno.')
const sha256 = z.string().regex(/^[0-9a-f]{64}$/u, 'L’impronta non è uno SHA-256.')

export const FORMATO_FILE = 'faldone-registro-emergenza/1'
export const FORMATO_SERIE = 'faldone-serie-emergenza/1'

/** What the ente signs when it hands a series to a device: the only thing a device may write against. */
export const serieDocumento = z.strictObject({
  formato: z.literal(FORMATO_SERIE),
  ente: z.strictObject({ slug: z.string(), denominazione: z.string(), codiceIpa: z.string() }),
  aoo: z.strictObject({ codice: z.string(), denominazione: z.string() }),
  registro: z.strictObject({ id: z.uuid(), codice: z.string().regex(/^RE\d{2}$/u), sede: z.string() }),
  serie: z.uuid(),
  dispositivo: z.string(),
  provvedimento: z.string(),
  /** First number in the year of issue; every later year begins at 1. */
  anno: z.number().int(),
  primo: z.number().int().min(1),
  /** ECDSA P-256 public key of the device (JWK coordinates). */
  chiave: z.strictObject({ x: z.string(), y: z.string() }),
  rilasciataIl: z.string(),
})
export type SerieDocumento = z.infer<typeof serieDocumento>

const scelta = z.strictObject({ id: z.uuid(), nome: z.string().max(400) })

/** The data of one emergency registration: what the ordinary one asks, with a digest when a file is at hand (REQ-PROT-084). */
export const datiEmergenza = z
  .strictObject({
    flusso: z.enum(['E', 'U']),
    oggetto: text('Scrivi l’oggetto.', 500),
    corrispondenti: z.array(soggettoDto).min(1, 'Indica mittente o destinatario.').max(50),
    mezzo: z.enum(mezzi, 'Scegli il mezzo.'),
    dataArrivo: instant('Indica data e ora di arrivo.').nullable(),
    dataDocumento: day.nullable(),
    protocolloMittente: z.strictObject({ numero: text('Scrivi il numero.', 100), data: day.nullable() }).nullable(),
    voce: scelta,
    ufficio: scelta,
    perConoscenza: z.array(scelta).max(50),
    tipologia: z.enum(tipologie, 'Scegli il tipo di documento.'),
    riservatezza: z.enum(riservatezze),
    note: z.string().max(2000),
    documento: z.strictObject({ nome: text('Manca il nome del file.', 255), dimensione: z.number().int().min(1), sha256 }).nullable(),
    descrizioneCartaceo: z.string().max(500),
  })
  .refine((d) => d.flusso === 'U' || d.dataArrivo !== null, { path: ['dataArrivo'], message: 'Indica data e ora di arrivo.' })
  .refine((d) => d.flusso === 'U' || d.documento !== null || d.descrizioneCartaceo.trim() !== '', {
    path: ['descrizioneCartaceo'],
    message: 'Senza file descrivi il documento cartaceo.',
  })
export type DatiEmergenza = z.infer<typeof datiEmergenza>

const scritto = { operatore: text('Manca chi ha scritto.', 200), scritto: z.iso.datetime({ offset: true }) }

/** One fact of the device's journal, in the order in which it was written. */
export const fattoEmergenza = z.discriminatedUnion('tipo', [
  z.strictObject({
    tipo: z.literal('apertura'),
    causa: text('Scrivi la causa.', 500),
    inizio: instant('Indica l’inizio dell’interruzione.'),
    provvedimento: text('Scrivi gli estremi dell’autorizzazione.'),
    autorizzataDa: text('Scrivi chi ha autorizzato.', 200),
    ...scritto,
  }),
  z.strictObject({
    tipo: z.literal('autorizzazione'),
    provvedimento: text('Scrivi gli estremi dell’autorizzazione.'),
    autorizzataDa: text('Scrivi chi ha autorizzato.', 200),
    dal: instant('Indica da quando.'),
    al: instant('Indica fino a quando.'),
    ...scritto,
  }),
  z.strictObject({
    tipo: z.literal('registrazione'),
    numero: z.string().regex(/^RE\d{2}-\d{4}-\d{4,}$/u, 'Il numero non ha la forma RE01-2026-0001.'),
    anno: z.number().int(),
    progressivo: z.number().int().min(1),
    istante: instant('Manca l’istante.'),
    /** True when it was copied later from the printed form. */
    trascritta: z.boolean(),
    dati: datiEmergenza,
    ...scritto,
  }),
  z.strictObject({ tipo: z.literal('giornata'), giorno: day, totale: z.number().int().min(0), ...scritto }),
  z.strictObject({ tipo: z.literal('chiusura'), ripristino: instant('Indica data e ora del ripristino.'), ...scritto }),
])
export type FattoEmergenza = z.infer<typeof fattoEmergenza>
export type FattoRegistrazione = Extract<FattoEmergenza, { tipo: 'registrazione' }>

/** The file a device writes: the signed series, the facts as texts with the chain of their digests, the device's signature. */
export const fileEmergenza = z.strictObject({
  formato: z.literal(FORMATO_FILE),
  serie: z.string(),
  firmaSerie: z.string(),
  fatti: z.array(z.strictObject({ dati: z.string(), impronta: sha256 })),
  firma: z.string(),
})
export type FileEmergenza = z.infer<typeof fileEmergenza>

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
    .array(z.object({ numero: z.string().max(40), voceId: z.uuid().optional(), ufficioId: z.uuid().optional() }))
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
