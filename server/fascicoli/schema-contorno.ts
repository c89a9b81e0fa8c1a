import { z } from 'zod'
import { area, office, statiFascicolo } from './schema-base.ts'

export const tipiCollegamento = ['collegato', 'presupposto', 'conseguente'] as const
export type TipoCollegamento = (typeof tipiCollegamento)[number]
export const tipiMovimento = ['trasferimento', 'trasmissione', 'deposito', 'storico', 'prelievo'] as const
export const statiMovimento = ['richiesto', 'accettato', 'rifiutato', 'eseguito', 'restituito'] as const

/** Another fascicolo, as far as this person may know of it. */
export const altroFascicolo = z.object({ id: z.uuid(), codice: z.string(), slug: z.string(), oggetto: z.string() })

export const parteFascicoloDto = altroFascicolo.extend({
  stato: z.enum(statiFascicolo),
  livello: z.number(),
  documenti: z.number(),
  responsabile: z.string(),
})

export const collegamentoFascicoloDto = z.object({
  id: z.uuid(),
  /** As read from this fascicolo: what rests on the other is `conseguente` there. */
  tipo: z.enum(tipiCollegamento),
  motivo: z.string(),
  fascicolo: altroFascicolo,
})

export const cartaceoDto = z.object({
  id: z.uuid(),
  oggetto: z.string(),
  tipologia: z.string(),
  dataDocumento: z.string().nullable(),
  consistenza: z.string(),
  posizioneFisica: z.string(),
  area,
  copiaDocumentoId: z.uuid().nullable(),
  inseritoIl: z.string(),
  inseritoDa: z.string(),
})

/** A document that is no longer here, with its trace (REQ-FASC-017). */
export const uscitoDto = z.object({
  oggetto: z.string(),
  etichetta: z.string().nullable(),
  toltoIl: z.string(),
  toltoDa: z.string(),
  motivo: z.string(),
  destinazione: z.object({ codice: z.string(), slug: z.string() }).nullable(),
})

/** A document that came from another fascicolo. */
export const entratoDto = z.object({
  oggetto: z.string(),
  etichetta: z.string().nullable(),
  inseritoIl: z.string(),
  inseritoDa: z.string(),
  provenienza: z.object({ codice: z.string(), slug: z.string() }).nullable(),
})

const registrazioneMovimento = z.object({ anno: z.number(), numero: z.number(), etichetta: z.string() }).nullable()

export const movimentoDto = z.object({
  id: z.uuid(),
  tipo: z.enum(tipiMovimento),
  stato: z.enum(statiMovimento),
  daUfficio: office.nullable(),
  aUfficio: office.nullable(),
  responsabile: z.string().nullable(),
  destinatario: z.string().nullable(),
  destinatarioCodiceIpa: z.string().nullable(),
  motivo: z.string(),
  richiestoDa: z.string(),
  richiestoIl: z.string(),
  decisoDa: z.string().nullable(),
  decisoIl: z.string().nullable(),
  nota: z.string().nullable(),
  /** Evidence of a handing over: digest of the package and how many documents it lists; null while it is being made. */
  impronta: z.string().nullable(),
  documenti: z.number().nullable(),
  /** Documents left out because reserved. */
  esclusi: z.number().nullable(),
  conRiservati: z.boolean().nullable(),
  lavoroId: z.uuid().nullable(),
  registrazioneUscita: registrazioneMovimento,
  esitoFascicolo: z.enum(['chiuso', 'continua']).nullable(),
  registrazioneEntrata: registrazioneMovimento,
  riscontro: z.object({ da: z.string(), il: z.string(), nota: z.string().nullable() }).nullable(),
})
export type MovimentoDto = z.infer<typeof movimentoDto>

export const riaperturaDto = z.object({
  riapertoIl: z.string(),
  riapertoDa: z.string(),
  motivo: z.string(),
  chiusoIl: z.string(),
  esito: z.string(),
  idPdv: z.string().nullable(),
})

export const ammessoDto = z.object({ id: z.uuid(), chi: z.string(), motivo: z.string(), dal: z.string(), al: z.string().nullable() })

/** What stands around a fascicolo beside its documents. */
export const contornoDto = {
  livello: z.number(),
  padre: altroFascicolo.nullable(),
  parti: z.array(parteFascicoloDto),
  /** How deep it may still be divided. */
  divisibile: z.boolean(),
  posizioneFisica: z.string().nullable(),
  note: z.string().nullable(),
  paroleChiave: z.array(z.string()),
  statoDal: z.string().nullable(),
  statoMotivo: z.string().nullable(),
  collegamenti: z.array(collegamentoFascicoloDto),
  cartacei: z.array(cartaceoDto),
  usciti: z.array(uscitoDto),
  entrati: z.array(entratoDto),
  movimenti: z.array(movimentoDto),
  riaperture: z.array(riaperturaDto),
  ammessi: z.array(ammessoDto),
}
export const contornoShape = z.object(contornoDto)
export type ContornoDto = z.infer<typeof contornoShape>
