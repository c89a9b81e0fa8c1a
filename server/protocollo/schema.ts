import { z } from 'zod'
import { fileDto } from '../documenti/index.ts'
import { voceDto } from '../titolario/index.ts'
import { condizioneDto } from './schema/condizione.ts'
import { corrispondenteDto, day, text, tipiCollegamento } from './schema/nuova.ts'

export * from './schema/arrivo.ts'
export * from './schema/nuova.ts'

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
  mittenti: z.array(corrispondenteDto),
  destinatari: z.array(corrispondenteDto),
  ufficioMittente: z.object({ id: z.uuid(), denominazione: z.string() }).nullable(),
  collegamenti: z.array(
    // `uscente`: from this registration to the other; `entrante`: the other points here.
    z.object({ id: z.uuid(), etichetta: z.string(), tipo: z.enum(tipiCollegamento), verso: z.enum(['uscente', 'entrante']) }),
  ),
  /** The paper has a number and no file yet. */
  scansioneAttesa: z.boolean(),
  descrizioneCartaceo: z.string().nullable(),
  differimento: z.object({ autorizzazione: z.string(), motivo: z.string(), entroIl: z.string() }).nullable(),
  emergenza: z.object({ numero: z.string(), istante: z.string(), registro: z.string() }).nullable(),
  documento: z.object({
    id: z.uuid(),
    tipologia: z.string(),
    formazione: z.string(),
    modalitaFormazione: z.string(),
    riservatezza: z.string(),
    dataDocumento: z.string().nullable(),
    /** Null while the scan is awaited. */
    principale: fileDto.nullable(),
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
  /** What was annulled, corrected, asked and reserved: the data above are those in force. */
  condizione: condizioneDto,
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
