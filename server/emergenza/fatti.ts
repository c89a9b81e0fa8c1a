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
    flusso: z.enum(['E', 'U', 'I']),
    oggetto: text('Scrivi l’oggetto.', 500),
    /** Empty only for an internal document: its ends are offices. */
    corrispondenti: z.array(soggettoDto).max(50),
    mezzo: z.enum(mezzi, 'Scegli il mezzo.'),
    dataArrivo: instant('Indica data e ora di arrivo.').nullable(),
    dataDocumento: day.nullable(),
    protocolloMittente: z.strictObject({ numero: text('Scrivi il numero.', 100), data: day.nullable() }).nullable(),
    voce: scelta,
    /** Who answers for what comes in or is addressed inside; of what goes out, who formed it. */
    ufficio: scelta,
    /** Who formed an internal document; absent from the others. */
    ufficioMittente: scelta.optional(),
    perConoscenza: z.array(scelta).max(50),
    tipologia: z.enum(tipologie, 'Scegli il tipo di documento.'),
    riservatezza: z.enum(riservatezze),
    note: z.string().max(2000),
    documento: z.strictObject({ nome: text('Manca il nome del file.', 255), dimensione: z.number().int().min(1), sha256 }).nullable(),
    descrizioneCartaceo: z.string().max(500),
  })
  .refine((d) => d.flusso === 'I' || d.corrispondenti.length > 0, { path: ['corrispondenti'], message: 'Indica mittente o destinatario.' })
  .refine((d) => (d.flusso === 'I') === (d.ufficioMittente !== undefined), {
    path: ['ufficioMittente'],
    message: 'L’ufficio che ha formato il documento si indica per i documenti interni, e solo per quelli.',
  })
  .refine((d) => d.flusso !== 'E' || d.dataArrivo !== null, { path: ['dataArrivo'], message: 'Indica data e ora di arrivo.' })
  .refine((d) => d.flusso !== 'E' || d.documento !== null || d.descrizioneCartaceo.trim() !== '', {
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
