import { z } from 'zod'

export const statiRegistro = ['da-firmare', 'generato', 'sigillato', 'firmato', 'inviato', 'conservato', 'errore'] as const
export type StatoRegistro = (typeof statiRegistro)[number]

const giorno = z.iso.date('Scrivi il giorno come AAAA-MM-GG.')

/** A daily or annual register as the strip and its page show it. */
export const registroGiornalieroDto = z.object({
  id: z.uuid(),
  tipo: z.enum(['giornaliero', 'annuale']),
  giorno: z.string(),
  versione: z.number(),
  identificativo: z.string(),
  stato: z.enum(statiRegistro),
  primo: z.number().nullable(),
  ultimo: z.number().nullable(),
  registrazioni: z.number(),
  annullamenti: z.number(),
  modifiche: z.number(),
  scadenza: z.string(),
  /** Nothing is owed any more: the conservatore has it. */
  adempiuto: z.boolean(),
})
export type RegistroGiornalieroDto = z.infer<typeof registroGiornalieroDto>

const attoDto = z.object({
  etichetta: z.string(),
  tipo: z.enum(['annullamento', 'modifica']),
  il: z.string(),
  /** Absent for a riservato the reader is not cleared for. */
  testo: z.string().nullable(),
})

export const registroDettaglioDto = registroGiornalieroDto.extend({
  oggetto: z.string(),
  progressivo: z.number(),
  impronta: z.string(),
  improntaPrecedente: z.string(),
  responsabile: z.string(),
  produttore: z.string(),
  motivo: z.string(),
  prodottoIl: z.string(),
  riservate: z.number(),
  passi: z.array(z.object({ passo: z.string(), istante: z.string(), dettaglio: z.string(), riferimento: z.string() })),
  /** Annulments and changes of the day on numbers of earlier days (REQ-PROT-101). */
  attiPrecedenti: z.array(attoDto),
  versioni: z.array(z.object({ id: z.uuid(), versione: z.number(), identificativo: z.string() })),
  dichiarazionePdf: z.string(),
  /** The reader may open the whole document, not only the copy for consultation. */
  intero: z.boolean(),
  rigenerabile: z.boolean(),
  /** It waits for a signature, and the reader is the one to put it. */
  firmabile: z.boolean(),
  /** SHA-256 of the PDF as it stands: what is signed. */
  improntaPdf: z.string(),
  sottoscrizione: z
    .object({ modo: z.enum(['firma', 'sigillo']), firmatario: z.string(), emittente: z.string(), dichiarataIl: z.string().nullable() })
    .nullable(),
  reinviabile: z.boolean(),
})
export type RegistroDettaglioDto = z.infer<typeof registroDettaglioDto>

export const avvisoDto = z.object({ id: z.uuid(), giorno: z.string(), tipo: z.string(), testo: z.string(), datoIl: z.string() })

export const elencoRegistriDto = z.object({
  registro: z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string() }),
  registri: z.array(z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string() })),
  elementi: z.array(registroGiornalieroDto),
  avvisi: z.array(avvisoDto),
})

export const filtriRegistri = z.object({ dal: giorno, al: giorno, registroId: z.uuid().optional() })

export const esportazioneQuery = filtriRegistri.extend({ conPdf: z.enum(['si', 'no']).default('no') })

export const rigenerazioneIn = z.strictObject({
  motivo: z.string().trim().min(5, 'Spiega il motivo: resterà nel registro.').max(400, 'Il motivo ha al massimo 400 caratteri.'),
})

export const firmaRegistroIn = z.strictObject({ contenutoId: z.uuid('Carica il PDF firmato.') })

export const impostazioniDto = z.object({
  sottoscrizione: z.enum(['nessuna', 'sigillo', 'firma']),
  /** With the signature: in the evening of the last day the seal is put by itself when nobody has signed. */
  sigilloDiRipiego: z.boolean(),
  giorniVuoti: z.boolean(),
  annuale: z.boolean(),
  classificazione: z.string(),
})
export const impostazioniIn = z.strictObject({
  sottoscrizione: z.enum(['nessuna', 'sigillo', 'firma'], 'Scegli nessuna, sigillo o firma.'),
  sigilloDiRipiego: z.boolean().default(true),
  giorniVuoti: z.boolean(),
  annuale: z.boolean(),
  classificazione: z
    .string()
    .trim()
    .regex(/^[IVXLC]+\/[0-9]+(\/[0-9]+)*$/u, 'Scrivi la voce del titolario, per esempio I/6.'),
})
export type ImpostazioniDto = z.infer<typeof impostazioniDto>

export const interruzioneDto = z.object({
  id: z.uuid(),
  inizio: z.string(),
  fine: z.string().nullable(),
  causa: z.string(),
  rimedio: z.string(),
  autore: z.string(),
  /** The functions were not restored within 24 hours of the stop (TUDA 61 c. 3 d). */
  oltre24Ore: z.boolean(),
})
export type InterruzioneDto = z.infer<typeof interruzioneDto>

const istante = z.iso.datetime({ offset: true, error: 'Scrivi l’istante come AAAA-MM-GGTHH:MM:SSZ.' })
export const interruzioneIn = z
  .strictObject({
    inizio: istante,
    fine: istante.nullable().default(null),
    causa: z.string().trim().min(3, 'Scrivi la causa dell’interruzione.').max(400, 'La causa ha al massimo 400 caratteri.'),
    rimedio: z.string().trim().max(400, 'Il rimedio ha al massimo 400 caratteri.').default(''),
  })
  .refine((v) => v.fine === null || Date.parse(v.fine) >= Date.parse(v.inizio), { path: ['fine'], message: 'La fine viene dopo l’inizio.' })
export const fineInterruzioneIn = z.strictObject({
  fine: istante,
  rimedio: z.string().trim().max(400, 'Il rimedio ha al massimo 400 caratteri.').default(''),
})
