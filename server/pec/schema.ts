import { z } from 'zod'
import { campiEntrata, soggettoDto, tipologie } from '../protocollo/index.ts'
import { voceDto } from '../titolario/index.ts'
import { RUOLI_PARTE } from './busta/index.ts'
import { scelteNonCompetenza, visteMessaggi, vociEsclusione } from './rules.ts'
import type { VistaMessaggi } from './rules.ts'

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
  /** Who has it open; `scaduto` after ten minutes: anybody may take it then. */
  bloccatoDa: z.object({ nome: z.string(), da: z.string(), scaduto: z.boolean() }).nullable(),
  possibileDuplicato: z.object({ registrazioneId: z.uuid(), etichetta: z.string(), motivo: z.string() }).nullable(),
  /** Not registered on its working day of arrival (REQ-PROT-075). */
  inRitardo: z.boolean(),
  passatoDa: z.object({ nome: z.string(), nota: z.string(), aMe: z.boolean() }).nullable(),
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
  /** The sender's body asks for confidentiality: the receiving one answers for it (REQ-PROT-066). */
  riservatezza: z.literal('RISERVATO').optional(),
  /** Fields filled from the segnatura that came with the message (REQ-PROT-044). */
  dallaSegnatura: z.array(z.enum(['oggetto', 'mittente', 'protocolloMittente', 'riservatezza'])),
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

const decisioneDto = z.object({ amministrazione: z.string(), nota: z.string(), autore: z.string(), il: z.string() })

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
  esclusione: z
    .object({ voce: z.string(), nota: z.string().nullable(), autore: z.string().nullable(), il: z.string().nullable() })
    .nullable(),
  restituzione: decisioneDto.nullable(),
  inoltro: decisioneDto.nullable(),
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

const nota = z.string().trim().max(1000, 'La nota ha al massimo 1000 caratteri.').default('')
const ids = z.array(z.uuid()).min(1, 'Scegli almeno un messaggio.').max(200, 'Al massimo 200 messaggi per volta.')
const voceEsclusione = z.enum(vociEsclusione, 'Scegli la voce dell’art. 53, comma 5, sotto cui ricade il documento.')

export const scartoIn = z.object({ voce: voceEsclusione, tipoEsclusioneId: z.uuid().optional(), nota })
export type ScartoIn = z.infer<typeof scartoIn>
export const scartoGruppoIn = scartoIn.extend({ ids })
export const unioneIn = z.object({ registrazioneId: z.uuid('Scegli la registrazione a cui unire il messaggio.'), nota })
export type UnioneIn = z.infer<typeof unioneIn>
export const nonCompetenzaIn = z.object({
  amministrazione: z
    .string({ error: 'Scrivi a quale amministrazione era diretto.' })
    .trim()
    .min(1, 'Scrivi a quale amministrazione era diretto.')
    .max(300, 'Al massimo 300 caratteri.'),
  nota,
})
export type NonCompetenzaIn = z.infer<typeof nonCompetenzaIn>
export const passaggioIn = z.object({ operatoreId: z.uuid('Scegli il collega.'), nota })
export type PassaggioIn = z.infer<typeof passaggioIn>
export const passaggioGruppoIn = passaggioIn.extend({ ids })
export const esitoGruppoDto = z.object({ fatti: z.number(), saltati: z.array(z.object({ id: z.uuid(), motivo: z.string() })) })
export type EsitoGruppo = z.infer<typeof esitoGruppoDto>
export const conteggiMessaggiDto = z.object(
  Object.fromEntries(visteMessaggi.map((vista) => [vista, z.number()])) as Record<VistaMessaggi, z.ZodNumber>,
)

export const regolaArrivoIn = z.object({
  nonCompetenza: z.enum(scelteNonCompetenza, 'Scegli che cosa fare dei documenti diretti ad altri.'),
})
export const nuovoTipoEsclusione = z.object({
  voce: voceEsclusione,
  denominazione: z
    .string({ error: 'Scrivi il tipo di documento.' })
    .trim()
    .min(3, 'Scrivi il tipo di documento.')
    .max(200, 'Al massimo 200 caratteri.'),
})
export type NuovoTipoEsclusione = z.infer<typeof nuovoTipoEsclusione>
export const esclusioniDto = z.object({
  voci: z.array(z.object({ voce: z.string(), tipi: z.array(z.object({ id: z.uuid(), denominazione: z.string() })) })),
  nonCompetenza: z.enum(scelteNonCompetenza),
})
export type EsclusioniDto = z.infer<typeof esclusioniDto>

/** What a clerk decides about a message. Files, means and date of arrival default to what the message says. */
export const registrazioneMessaggioIn = campiEntrata
  .omit({ tipo: true, scansioneAttesa: true, descrizioneCartaceo: true, differimento: true })
  .extend({
    mezzo: campiEntrata.shape.mezzo.optional(),
    dataArrivo: campiEntrata.shape.dataArrivo.optional(),
    documento: campiEntrata.shape.documento.unwrap().omit({ formazione: true }).optional(),
    allegati: campiEntrata.shape.allegati.unwrap().optional(),
  })
export type RegistrazioneMessaggioIn = z.infer<typeof registrazioneMessaggioIn>
