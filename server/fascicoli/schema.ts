import { z } from 'zod'
import { fileDto } from '../documenti/index.ts'
import { soggettoDto } from '../protocollo/index.ts'
import { voceDto } from '../titolario/index.ts'
import {
  area,
  esitiChiusura,
  fasiProcedimento,
  giorno,
  motivo,
  office,
  person,
  statiFascicolo,
  text,
  tipiFascicolo,
} from './schema-base.ts'
import { contornoDto } from './schema-contorno.ts'

export { aree, esitiChiusura, fasiProcedimento, statiFascicolo, tipiFascicolo } from './schema-base.ts'
export type { Area, EsitoChiusura, FaseProcedimento, StatoFascicolo, TipoFascicolo } from './schema-base.ts'

/** What describes a fascicolo and may change while it lives. */
export const descrizione = {
  posizioneFisica: z.string().trim().max(200, 'Al massimo 200 caratteri.').optional(),
  note: z.string().trim().max(2000, 'Al massimo 2000 caratteri.').optional(),
  paroleChiave: z.array(z.string().trim().min(1).max(60)).max(20, 'Al massimo 20 parole chiave.').optional(),
}

/** What the head of an office decides when he opens a fascicolo. Identifier, progressivo and date are never taken from outside (REQ-FASC-003). */
export const nuovoFascicolo = z.object({
  voceId: z.uuid('Scegli la voce di titolario.'),
  tipo: z.enum(tipiFascicolo, 'Scegli il tipo di fascicolo.'),
  oggetto: text('Scrivi l’oggetto.', 500),
  responsabileId: z.uuid('Scegli il responsabile.'),
  ufficioId: z.uuid('Scegli l’ufficio.'),
  /** Absent: the senders of the document that is filed at once. */
  interessati: z.array(soggettoDto).max(200, 'Al massimo 200 interessati.').optional(),
  amministrazioniPartecipanti: z
    .array(soggettoDto)
    .max(50)
    .default([])
    .refine((list) => list.every((s) => s.tipo === 'PAI'), { error: 'Qui si indicano solo amministrazioni.' }),
  procedimento: z
    .object({
      materia: text('Scrivi la materia.', 200),
      denominazione: text('Scrivi il nome del procedimento.', 300),
      termineGiorni: z.number().int().min(1, 'Almeno un giorno.').max(3650, 'Al massimo dieci anni.').optional(),
      /** Phase it starts in; absent: Istruttoria. */
      fase: z.enum(fasiProcedimento, 'Scegli la fase.').optional(),
    })
    .optional(),
  visibileCittadino: z.boolean({ error: 'Indica se il cittadino può vedere il fascicolo.' }),
  documentoId: z.uuid().optional(),
  area: area.optional(),
  motivoArea: motivo.optional(),
  ...descrizione,
})
export type NuovoFascicolo = z.infer<typeof nuovoFascicolo>

export const nuovoDocumentoFascicolo = z.object({
  documentoId: z.uuid('Scegli il documento.'),
  area: area.optional(),
  motivo: motivo.optional(),
})
export type NuovoDocumentoFascicolo = z.infer<typeof nuovoDocumentoFascicolo>
export const cambioArea = z.object({ area, motivo })
export const cambioVisibilita = z.object({ visibileCittadino: z.boolean(), motivo })
export const chiusura = z.object({
  versione: z.number().int(),
  esito: z.enum(esitiChiusura, 'Scegli come si chiude il fascicolo.'),
  nota: z.string().trim().max(1000).default(''),
  /** Day of closing; the day of the last document when it is not said (REQ-FASC-040). */
  data: giorno.optional(),
  /** Closes in spite of the findings that allow it; kept in the trail. */
  motivoForzatura: motivo.optional(),
})
export type Chiusura = z.infer<typeof chiusura>

export const documentoFascicoloDto = z.object({
  id: z.uuid(),
  documentoId: z.uuid(),
  registrazione: z
    .object({
      id: z.uuid(),
      anno: z.number(),
      numero: z.number(),
      etichetta: z.string(),
      tipo: z.enum(['E', 'U', 'I']),
      istante: z.string(),
    })
    .nullable(),
  oggetto: z.string(),
  /** "ANNULLATO il … – provv. …" for an annulled registration. */
  annullamento: z.string().nullable(),
  tipologia: z.string(),
  area,
  ordine: z.number(),
  /** False: the person may know that the document is there, not what it says. */
  leggibile: z.boolean(),
  principale: fileDto.nullable(),
  allegati: z.array(fileDto),
  inseritoIl: z.string(),
})

export const fascicoloDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  slug: z.string(),
  oggetto: z.string(),
  tipo: z.enum(tipiFascicolo),
  stato: z.enum(statiFascicolo),
  apertoIl: z.string(),
  chiusoIl: z.string().nullable(),
  esito: z.string().nullable(),
  notaChiusura: z.string().nullable(),
  amministrazioneTitolare: z.object({ denominazione: z.string(), codiceIpa: z.string() }),
  aoo: z.object({ denominazione: z.string(), codice: z.string() }),
  /** From the titolo to the voice, with their names. */
  percorso: z.array(z.object({ codice: z.string(), denominazione: z.string() })),
  responsabile: person,
  ufficio: office,
  interessati: z.array(soggettoDto),
  amministrazioniPartecipanti: z.array(soggettoDto),
  voce: voceDto,
  procedimento: z.object({ materia: z.string(), denominazione: z.string() }).nullable(),
  termine: z.string().nullable(),
  fasi: z.array(z.object({ fase: z.string(), dal: z.string(), al: z.string().nullable() })),
  assegnazioni: z.array(
    z.object({ tipo: z.string(), ufficio: z.string(), operatore: z.string().nullable(), dal: z.string(), al: z.string().nullable() }),
  ),
  visibileCittadino: z.boolean(),
  conservazioneAnni: z.number().nullable(),
  /** The first documents in their order; the others are asked a part at a time. */
  documenti: z.array(documentoFascicoloDto),
  totaleDocumenti: z.number(),
  ...contornoDto,
  versamento: z.object({ id: z.uuid(), idPdv: z.string(), stato: z.string(), esito: z.string().nullable() }).nullable(),
  storia: z.array(
    z.object({ istante: z.string(), azione: z.string(), descrizione: z.string(), attore: z.string(), motivo: z.string().nullable() }),
  ),
  versione: z.number(),
  /** What this person may do here now: buttons follow it. */
  azioni: z.object({
    inserisci: z.boolean(),
    decidi: z.boolean(),
    chiudi: z.boolean(),
    riapri: z.boolean(),
    accetta: z.boolean(),
    gestisci: z.boolean(),
  }),
})
export type FascicoloDto = z.infer<typeof fascicoloDto>

export const parteDocumenti = z.object({
  da: z.coerce.number().int().min(0).max(1_000_000).default(0),
  quanti: z.coerce.number().int().min(1).max(500).default(200),
})
export const documentiDto = z.object({ elementi: z.array(documentoFascicoloDto), totale: z.number() })

export const rigaFascicoloDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  slug: z.string(),
  oggetto: z.string(),
  tipo: z.enum(tipiFascicolo),
  stato: z.enum(statiFascicolo),
  apertoIl: z.string(),
  chiusoIl: z.string().nullable(),
  termine: z.string().nullable(),
  responsabile: person,
  ufficio: office,
  voce: z.object({ codice: z.string(), denominazione: z.string() }),
  documenti: z.number(),
  visibileCittadino: z.boolean(),
  livello: z.number(),
})
export type RigaFascicoloDto = z.infer<typeof rigaFascicoloDto>

export const filtriFascicoli = z.object({
  stato: z.enum(statiFascicolo).optional(),
  tipo: z.enum(tipiFascicolo).optional(),
  ufficio: z.uuid().optional(),
  anno: z.coerce.number().int().optional(),
  q: z.string().trim().max(200).optional(),
  voce: z.string().max(30).optional(),
  responsabile: z.uuid().optional(),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type FiltriFascicoli = z.infer<typeof filtriFascicoli>

export const propostaDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  slug: z.string(),
  oggetto: z.string(),
  responsabile: z.string(),
  motivo: z.string(),
})
export type PropostaDto = z.infer<typeof propostaDto>

export const rilievoDto = z.object({
  codice: z.string(),
  messaggio: z.string(),
  /** Page where it can be settled. */
  collegamento: z.string().optional(),
  /** True when the closing may be forced with a reason (REQ-FASC-041). */
  forzabile: z.boolean(),
})
export type RilievoChiusura = z.infer<typeof rilievoDto>
export const verificaChiusuraDto = z.object({
  bloccanti: z.array(rilievoDto),
  avvisi: z.array(rilievoDto),
  /** Day of the last document: the proposed day of closing. */
  dataProposta: z.string(),
})
export type VerificaChiusura = z.infer<typeof verificaChiusuraDto>

export type { CambioFascicoloDto } from './schema-cambio.ts'
