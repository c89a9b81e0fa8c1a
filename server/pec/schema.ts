import { z } from 'zod'
import { nuovaRegistrazioneEntrata, soggettoDto, tipologie } from '../protocollo/index.ts'
import { voceDto } from '../titolario/index.ts'
import { RUOLI_PARTE } from './busta/index.ts'
import { visteMessaggi, vociEsclusione } from './rules.ts'

/** One row of the queue. */
export const rigaMessaggioDto = z.object({
  id: z.uuid(),
  tipo: z.enum(['pec', 'email']),
  mittente: z.string(),
  mittenteIndirizzo: z.string(),
  oggetto: z.string(),
  ricevutoIl: z.string(),
  allegati: z.number(),
  firma: z.string(),
  stato: z.string(),
  motivo: z.string().nullable(),
  bloccatoDa: z.object({ nome: z.string(), da: z.string() }).nullable(),
  possibileDuplicato: z.object({ registrazioneId: z.uuid(), etichetta: z.string() }).nullable(),
})
export type RigaMessaggioDto = z.infer<typeof rigaMessaggioDto>

export const propostaDto = z.object({
  mittente: soggettoDto,
  motivoMittente: z.string(),
  oggetto: z.string(),
  voce: voceDto.extend({ motivo: z.string() }).optional(),
  ufficio: z.object({ id: z.uuid(), denominazione: z.string(), motivo: z.string() }).optional(),
  tipologia: z.enum(tipologie),
  dataArrivo: z.string(),
  mezzo: z.enum(['PEC', 'PEO']),
  protocolloMittente: z.object({ numero: z.string(), data: z.string().optional() }).optional(),
})
export type PropostaDto = z.infer<typeof propostaDto>

const daticertDto = z.object({
  tipo: z.string(),
  errore: z.string(),
  mittente: z.string(),
  destinatari: z.array(z.object({ indirizzo: z.string(), tipo: z.string() })),
  oggetto: z.string().nullable(),
  gestoreEmittente: z.string(),
  istante: z.string(),
  zona: z.string(),
  identificativo: z.string(),
  msgid: z.string().nullable(),
  variante: z.string().nullable(),
  consegna: z.string().nullable(),
  erroreEsteso: z.string().nullable(),
})

/** The message as its page shows it. The text is plain; the web client never renders the HTML of a message (REQ-PEC-028). */
export const dettaglioMessaggioDto = rigaMessaggioDto.extend({
  daticert: daticertDto.nullable(),
  verifica: z.object({ esito: z.string(), controlli: z.array(z.object({ nome: z.string(), esito: z.string(), dettaglio: z.string() })) }),
  istanti: z.object({ accettazione: z.string().nullable(), casella: z.string().nullable(), scarico: z.string() }),
  testo: z.string().nullable(),
  avvisi: z.array(z.string()),
  parti: z.array(
    z.object({
      id: z.uuid(),
      percorso: z.string(),
      padre: z.string().nullable(),
      nome: z.string(),
      nomeOriginale: z.string().nullable(),
      mime: z.string(),
      dimensione: z.number(),
      sha256: z.string(),
      ruolo: z.enum(RUOLI_PARTE),
      inLinea: z.boolean(),
      firmato: z.string(),
      principaleProposto: z.boolean(),
      avvisi: z.array(z.string()),
    }),
  ),
  proposta: propostaDto,
  registrazioneId: z.uuid().nullable(),
  esclusione: z.object({ voce: z.string(), nota: z.string().nullable() }).nullable(),
})
export type DettaglioMessaggioDto = z.infer<typeof dettaglioMessaggioDto>

export const casellaDto = z.object({
  id: z.uuid(),
  indirizzo: z.string(),
  stato: z.enum(['attiva', 'sospesa', 'in errore']),
  ultimoControllo: z.string().nullable(),
  errore: z.string().nullable(),
})

export const filtriMessaggi = z.object({
  vista: z.enum(visteMessaggi).default('pec'),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})

export const scartoIn = z.object({
  voce: z.enum(vociEsclusione, 'Scegli la voce dell’art. 53, comma 5, sotto cui ricade il documento.'),
  nota: z.string().trim().max(1000).default(''),
})
export type ScartoIn = z.infer<typeof scartoIn>

/** What a clerk decides about a message. Files, means and date of arrival default to what the message says. */
export const registrazioneMessaggioIn = nuovaRegistrazioneEntrata.extend({
  mezzo: nuovaRegistrazioneEntrata.shape.mezzo.optional(),
  dataArrivo: nuovaRegistrazioneEntrata.shape.dataArrivo.optional(),
  documento: nuovaRegistrazioneEntrata.shape.documento.omit({ formazione: true }).optional(),
  allegati: nuovaRegistrazioneEntrata.shape.allegati.unwrap().optional(),
})
export type RegistrazioneMessaggioIn = z.infer<typeof registrazioneMessaggioIn>
