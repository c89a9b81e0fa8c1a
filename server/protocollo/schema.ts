import { z } from 'zod'
import { fileDto, formazioni, riservatezze } from '../documenti/index.ts'
import { voceDto } from '../titolario/index.ts'

export const mezzi = ['PEC', 'PEO', 'PORTALE', 'POSTA', 'RACCOMANDATA', 'A_MANO', 'NOTIFICA', 'ALTRO'] as const
export const tipologie = [
  'Istanza',
  'Comunicazione',
  'Segnalazione',
  'Fattura',
  'Atto giudiziario',
  'Provvedimento',
  'Relazione',
  'Altro',
] as const

const text = (messaggio: string, max = 200) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const optionalText = (max = 200) => z.string().trim().max(max, `Troppo lungo: al massimo ${max} caratteri.`).optional()
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'Scrivi la data come giorno, mese e anno.')
const address = z.string().trim().max(254, 'Indirizzo troppo lungo.').optional()

/** A correspondent as it is written in the register: person, organisation, Italian or foreign administration. */
export const soggettoDto = z.discriminatedUnion(
  'tipo',
  [
    z.object({
      tipo: z.literal('PF'),
      nome: text('Scrivi il nome della persona.'),
      cognome: text('Scrivi il cognome della persona.'),
      codiceFiscale: optionalText(16),
      indirizzoDigitale: address,
    }),
    z.object({
      tipo: z.literal('PG'),
      denominazione: text('Scrivi la denominazione.', 300),
      codiceFiscalePartitaIva: optionalText(16),
      indirizzoDigitale: address,
    }),
    z.object({
      tipo: z.literal('PAI'),
      denominazione: text('Scrivi la denominazione dell’amministrazione.', 300),
      codiceIpa: text('Scrivi il codice IPA dell’amministrazione.', 50),
      codiceAoo: optionalText(50),
      denominazioneAoo: optionalText(300),
      indirizzoDigitale: address,
    }),
    z.object({
      tipo: z.literal('PAE'),
      denominazione: text('Scrivi la denominazione dell’amministrazione.', 300),
      indirizzoDigitale: address,
    }),
  ],
  { error: 'Indica se è una persona, un’organizzazione o un’amministrazione.' },
)
export type SoggettoDto = z.infer<typeof soggettoDto>

const allegatoIn = z.object({
  contenutoId: z.uuid('Il file non è stato caricato.'),
  nome: text('Manca il nome del file.', 255),
  descrizione: z.string().trim().max(500).default(''),
})

/** What a clerk decides of an incoming document. Number, date, time and digest are never taken from outside (REQ-PROT-021). */
export const nuovaRegistrazioneEntrata = z.object({
  registroId: z.uuid().optional(),
  oggetto: text('Scrivi l’oggetto.', 500),
  mittenti: z
    .array(soggettoDto, { error: 'Indica chi ha inviato il documento.' })
    .min(1, 'Indica chi ha inviato il documento.')
    .max(50, 'Al massimo 50 mittenti.'),
  mezzo: z.enum(mezzi, 'Scegli il mezzo di arrivo.'),
  dataArrivo: z.iso.datetime({ offset: true, error: 'Indica data e ora di arrivo.' }),
  dataDocumento: day.optional(),
  protocolloMittente: z.object({ numero: text('Scrivi il numero di protocollo del mittente.', 100), data: day.optional() }).optional(),
  voceId: z.uuid('Scegli titolo e classe.'),
  assegnazione: z.object(
    { ufficioId: z.uuid('Scegli l’ufficio competente.'), operatoreId: z.uuid().optional() },
    { error: 'Scegli l’ufficio competente.' },
  ),
  perConoscenza: z.array(z.uuid()).max(50).default([]),
  documento: z.object(
    {
      contenutoId: z.uuid('Carica il documento principale.'),
      nome: text('Manca il nome del file principale.', 255),
      descrizione: z.string().trim().max(500).default(''),
      formazione: z.enum(formazioni),
    },
    { error: 'Manca il documento principale.' },
  ),
  allegati: z.array(allegatoIn).max(200, 'Al massimo 200 allegati.').default([]),
  tipologia: z.enum(tipologie, 'Scegli il tipo di documento.').default('Comunicazione'),
  riservatezza: z.enum(riservatezze).default('ORDINARIO'),
  note: z.string().trim().max(2000).default(''),
})
export type NuovaRegistrazioneEntrata = z.infer<typeof nuovaRegistrazioneEntrata>

const person = z.object({ nome: z.string() })

export const assegnazioneDto = z.object({
  id: z.uuid(),
  tipo: z.enum(['competenza', 'conoscenza']),
  stato: z.string(),
  ufficio: z.object({ id: z.uuid(), denominazione: z.string() }),
  operatore: person.nullable(),
  dal: z.string(),
  al: z.string().nullable(),
  autore: z.string(),
  presaDa: z.string().nullable(),
  presaIl: z.string().nullable(),
  motivo: z.string().nullable(),
  nota: z.string().nullable(),
})

/** One row of the register in lists. A riservato that may not be read carries number and date only (REQ-PROT-061). */
export const rigaRegistroDto = z.object({
  id: z.uuid(),
  anno: z.number(),
  numero: z.number(),
  etichetta: z.string(),
  istante: z.string(),
  tipo: z.enum(['E', 'U', 'I']),
  corrispondente: z.string(),
  oggetto: z.string(),
  voce: z.object({ codice: z.string(), denominazione: z.string() }).nullable(),
  fascicolo: z.object({ id: z.uuid(), slug: z.string(), codice: z.string() }).nullable(),
  ufficio: z.string().nullable(),
  stato: z.string(),
  riservata: z.boolean(),
  annullata: z.boolean(),
  /** "ANNULLATO il … – provv. …", shown wherever the row is (REQ-PROT-048). */
  annullamento: z.string().nullable(),
  scansioneAttesa: z.boolean(),
  /** Number in the register of emergency. */
  emergenza: z.string().nullable(),
  differita: z.boolean(),
})
export type RigaRegistroDto = z.infer<typeof rigaRegistroDto>

/** The whole registration as its page shows it. */
export const registrazioneDto = z.object({
  id: z.uuid(),
  registro: z.object({ id: z.uuid(), codice: z.string() }),
  anno: z.number(),
  numero: z.number(),
  numeroFormattato: z.string(),
  etichetta: z.string(),
  istante: z.string(),
  giorno: z.string(),
  tipo: z.enum(['E', 'U', 'I']),
  oggetto: z.string(),
  mezzo: z.string(),
  dataArrivo: z.string().nullable(),
  scostamento18bis: z.boolean(),
  protocolloMittente: z.object({ numero: z.string(), data: z.string().nullable() }).nullable(),
  mittenti: z.array(soggettoDto),
  destinatari: z.array(soggettoDto),
  documento: z.object({
    id: z.uuid(),
    tipologia: z.string(),
    formazione: z.string(),
    modalitaFormazione: z.string(),
    riservatezza: z.string(),
    dataDocumento: z.string().nullable(),
    principale: fileDto,
    allegati: z.array(fileDto),
    annessi: z.array(fileDto),
    copiaSegnata: z.boolean(),
  }),
  segnatura: z.object({ testo: z.string(), sigillata: z.boolean() }),
  voce: voceDto,
  storiaClassificazione: z.array(
    z.object({
      codice: z.string(),
      denominazione: z.string(),
      dal: z.string(),
      al: z.string().nullable(),
      autore: z.string(),
      motivo: z.string(),
    }),
  ),
  assegnazioni: z.array(assegnazioneDto),
  fascicoli: z.array(z.object({ id: z.uuid(), codice: z.string(), slug: z.string(), oggetto: z.string(), stato: z.string() })),
  operatore: person,
  impronta: z.string(),
  note: z.string(),
  annullata: z.boolean(),
})
export type RegistrazioneDto = z.infer<typeof registrazioneDto>

export const filtriRegistro = z.object({
  q: z.string().trim().max(200).optional(),
  anno: z.coerce.number().int().optional(),
  tipo: z.enum(['E', 'U', 'I']).optional(),
  ufficio: z.uuid().optional(),
  voce: z.string().max(30).optional(),
  da: day.optional(),
  a: day.optional(),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type FiltriRegistro = z.infer<typeof filtriRegistro>

export const nuovaClassificazioneIn = z.object({
  voceId: z.uuid('Scegli titolo e classe.'),
  motivo: text('Scrivi il motivo del cambio.', 500),
})
