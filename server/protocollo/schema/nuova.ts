import { z } from 'zod'
import { formazioni, riservatezze } from '../../documenti/index.ts'

export const mezzi = ['PEC', 'PEO', 'PORTALE', 'COOPERAZIONE', 'POSTA', 'RACCOMANDATA', 'A_MANO', 'NOTIFICA', 'ALTRO'] as const
export type Mezzo = (typeof mezzi)[number]
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
export const tipiCollegamento = ['risposta', 'provvedimento', 'sostituisce', 'stesso-documento', 'correlata'] as const
/** A sender who does not say who he is, or whose name cannot be read (REQ-PROT-017). */
export const mittentiIgnoti = ['ANONIMO', 'NON IDENTIFICABILE'] as const
export type MittenteIgnoto = (typeof mittentiIgnoti)[number]

export const text = (messaggio: string, max = 200) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const optionalText = (max = 200) => z.string().trim().max(max, `Troppo lungo: al massimo ${max} caratteri.`).optional()
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'Scrivi la data come giorno, mese e anno.')
const address = z.string().trim().max(254, 'Indirizzo troppo lungo.').optional()

/** The fax is no channel between public administrations (CAD art. 47 c. 2 c): it is refused by name. */
export const mezzo = z.enum(mezzi, {
  error: (issue) =>
    typeof issue.input === 'string' && issue.input.toUpperCase() === 'FAX'
      ? 'Il fax non è ammesso (CAD art. 47): chiedi al mittente di usare un altro mezzo.'
      : 'Scegli il mezzo.',
})

const persona = z.object({
  tipo: z.literal('PF'),
  nome: text('Scrivi il nome della persona.'),
  cognome: text('Scrivi il cognome della persona.'),
  codiceFiscale: optionalText(16),
  indirizzoDigitale: address,
})
const organizzazione = z.object({
  tipo: z.literal('PG'),
  denominazione: text('Scrivi la denominazione.', 300),
  codiceFiscalePartitaIva: optionalText(16),
  indirizzoDigitale: address,
})
const amministrazione = z.object({
  tipo: z.literal('PAI'),
  denominazione: text('Scrivi la denominazione dell’amministrazione.', 300),
  codiceIpa: text('Scrivi il codice IPA dell’amministrazione.', 50),
  codiceAoo: optionalText(50),
  denominazioneAoo: optionalText(300),
  indirizzoDigitale: address,
})
const amministrazioneEstera = z.object({
  tipo: z.literal('PAE'),
  denominazione: text('Scrivi la denominazione dell’amministrazione.', 300),
  indirizzoDigitale: address,
})
const ignoto = z.object({
  tipo: z.literal('NN'),
  denominazione: z.enum(mittentiIgnoti, 'Indica se il mittente è anonimo o non identificabile.'),
})
/** An office of this AOO, as an internal document was given to it: written by the system, never asked. */
const unita = z.object({ tipo: z.literal('UO'), denominazione: z.string(), codice: z.string() })

const QUALE = { error: 'Indica se è una persona, un’organizzazione o un’amministrazione.' }

/** A correspondent as it is written in the register: person, organisation, Italian or foreign administration. */
export const soggettoDto = z.discriminatedUnion('tipo', [persona, organizzazione, amministrazione, amministrazioneEstera], QUALE)
export type SoggettoDto = z.infer<typeof soggettoDto>

/** Who sent a document: a correspondent, or somebody unknown. */
export const mittenteIn = z.discriminatedUnion('tipo', [persona, organizzazione, amministrazione, amministrazioneEstera, ignoto], QUALE)
export type MittenteIn = z.infer<typeof mittenteIn>

const invio = { perConoscenza: z.boolean().optional(), canale: mezzo.optional() }

/** An addressee of an outgoing document, with how it goes to this one; `canale` is the means of the registration when absent. */
export const destinatarioIn = z.discriminatedUnion(
  'tipo',
  [persona.extend(invio), organizzazione.extend(invio), amministrazione.extend(invio), amministrazioneEstera.extend(invio)],
  QUALE,
)
export type DestinatarioIn = z.infer<typeof destinatarioIn>

/** Any correspondent of a registration as it is shown. */
export const corrispondenteDto = z.discriminatedUnion('tipo', [
  persona.extend(invio),
  organizzazione.extend(invio),
  amministrazione.extend(invio),
  amministrazioneEstera.extend(invio),
  ignoto.extend(invio),
  unita.extend(invio),
])
export type CorrispondenteDto = z.infer<typeof corrispondenteDto>

const allegatoIn = z.object({
  contenutoId: z.uuid('Il file non è stato caricato.'),
  nome: text('Manca il nome del file.', 255),
  descrizione: z.string().trim().max(500).default(''),
})

const documentoIn = z.object(
  {
    contenutoId: z.uuid('Carica il documento principale.'),
    nome: text('Manca il nome del file principale.', 255),
    descrizione: z.string().trim().max(500).default(''),
    formazione: z.enum(formazioni),
  },
  { error: 'Manca il documento principale.' },
)

const common = {
  registroId: z.uuid().optional(),
  oggetto: text('Scrivi l’oggetto.', 500),
  dataDocumento: day.optional(),
  voceId: z.uuid('Scegli titolo e classe.'),
  allegati: z.array(allegatoIn).max(200, 'Al massimo 200 allegati.').default([]),
  tipologia: z.enum(tipologie, 'Scegli il tipo di documento.').default('Comunicazione'),
  riservatezza: z.enum(riservatezze).default('ORDINARIO'),
  note: z.string().trim().max(2000).default(''),
  collegamenti: z
    .array(
      z.object({
        registrazioneId: z.uuid('Scegli la registrazione da collegare.'),
        tipo: z.enum(tipiCollegamento, 'Scegli il tipo di collegamento.'),
      }),
    )
    .max(50, 'Al massimo 50 collegamenti.')
    .optional(),
}
const perConoscenza = z.array(z.uuid()).max(50).default([])
const assegnazione = z.object(
  { ufficioId: z.uuid('Scegli l’ufficio competente.'), operatoreId: z.uuid().optional() },
  { error: 'Scegli l’ufficio competente.' },
)
const ufficioMittenteId = z.uuid('Scegli l’ufficio che ha formato il documento.')
const formato = documentoIn.extend({ formazione: z.enum(formazioni).default('redatto') })

/** What a clerk decides of an incoming document. Number, date, time and digest are never taken from outside (REQ-PROT-021). */
export const campiEntrata = z.object({
  tipo: z.literal('E').optional(),
  ...common,
  mittenti: z
    .array(mittenteIn, { error: 'Indica chi ha inviato il documento.' })
    .min(1, 'Indica chi ha inviato il documento.')
    .max(50, 'Al massimo 50 mittenti.'),
  mezzo,
  dataArrivo: z.iso.datetime({ offset: true, error: 'Indica data e ora di arrivo.' }),
  protocolloMittente: z.object({ numero: text('Scrivi il numero di protocollo del mittente.', 100), data: day.optional() }).optional(),
  assegnazione,
  perConoscenza,
  documento: documentoIn.optional(),
  /** The paper is registered now and scanned later: the number does not wait. */
  scansioneAttesa: z.boolean().optional(),
  descrizioneCartaceo: optionalText(1000),
  differimento: z
    .object({
      autorizzazione: text('Scrivi il provvedimento che autorizza il differimento.', 200),
      motivo: text('Scrivi il motivo del differimento.', 1000),
      entroIl: day,
    })
    .optional(),
})
export type NuovaRegistrazioneEntrata = z.infer<typeof campiEntrata>

/** Of the fields together: the file is missing and nobody said that it will come. Told with every other missing field (REQ-PROT-020). */
export const nuovaRegistrazioneEntrata = campiEntrata.refine(
  (v: Partial<NuovaRegistrazioneEntrata>) => v.documento !== undefined || v.scansioneAttesa === true,
  { path: ['documento'], message: 'Manca il documento principale.', when: () => true },
)

/** An outgoing document: one registration whatever the number of addressees (REQ-PROT-027). */
export const nuovaRegistrazioneUscita = z.object({
  tipo: z.literal('U'),
  ...common,
  destinatari: z
    .array(destinatarioIn, { error: 'Indica a chi è diretto il documento.' })
    .min(1, 'Indica a chi è diretto il documento.')
    .max(500, 'Al massimo 500 destinatari.'),
  mezzo,
  ufficioMittenteId,
  perConoscenza,
  documento: formato,
})
export type NuovaRegistrazioneUscita = z.infer<typeof nuovaRegistrazioneUscita>

/** An internal document of legal value, from an office to others of the same AOO, in the same sequence (REQ-PROT-019). */
export const nuovaRegistrazioneInterna = z.object({
  tipo: z.literal('I'),
  ...common,
  mezzo: mezzo.default('ALTRO'),
  ufficioMittenteId,
  assegnazione,
  perConoscenza,
  documento: formato,
})
export type NuovaRegistrazioneInterna = z.infer<typeof nuovaRegistrazioneInterna>

/** What is asked to register a document; without `tipo` it comes in. */
export const nuovaRegistrazione = z.discriminatedUnion(
  'tipo',
  [nuovaRegistrazioneEntrata, nuovaRegistrazioneUscita, nuovaRegistrazioneInterna],
  { error: 'Indica se il documento è in entrata, in uscita o interno.' },
)
export type NuovaRegistrazione = z.infer<typeof nuovaRegistrazione>
