import { z } from 'zod'
import { soggettoDto } from '../protocollo/index.ts'
import { area, motivo, office, text, tipiFascicolo } from './schema-base.ts'
import { altroFascicolo } from './schema-contorno.ts'
import { descrizione, nuovoFascicolo } from './schema.ts'

const { interessati, procedimento } = nuovoFascicolo.shape
const partecipanti = z
  .array(soggettoDto)
  .max(50)
  .refine((list) => list.every((s) => s.tipo === 'PAI'), { error: 'Qui si indicano solo amministrazioni.' })

/** What is asked of who opens: as much of a new fascicolo as the proposer knows. The sottoclasse may wait (REQ-TIT-022). */
const dati = {
  voceId: z.uuid('Scegli la voce di titolario.'),
  tipo: z.enum(tipiFascicolo, 'Scegli il tipo di fascicolo.'),
  oggetto: text('Scrivi l’oggetto.', 500),
  responsabileId: z.uuid().optional(),
  interessati,
  amministrazioniPartecipanti: partecipanti.optional(),
  procedimento,
  visibileCittadino: z.boolean().optional(),
  ...descrizione,
}
export const datiProposta = z.object(dati)
export type DatiProposta = z.infer<typeof datiProposta>

export const nuovaProposta = datiProposta.extend({
  ufficioId: z.uuid('Scegli l’ufficio.'),
  documentoId: z.uuid().optional(),
  nota: z.string().trim().max(1000, 'Al massimo 1000 caratteri.').default(''),
})
export type NuovaProposta = z.infer<typeof nuovaProposta>

/** What the head of the office changes or adds when he opens what was proposed. */
export const accettazioneProposta = datiProposta.partial().extend({ area: area.optional(), motivoArea: motivo.optional() })
export type AccettazioneProposta = z.infer<typeof accettazioneProposta>

export const statiProposta = ['PROPOSTO', 'APERTO', 'RESPINTO'] as const
export const filtriProposte = z.object({ stato: z.enum(statiProposta).optional() })

/** A fascicolo proposed and not opened by the proposer (REQ-FASC-010). */
export const propostaAperturaDto = z.object({
  id: z.uuid(),
  stato: z.enum(statiProposta),
  ufficio: office,
  dati: datiProposta,
  voce: z.object({ codice: z.string(), denominazione: z.string() }),
  /** The document it would begin with, for who may read it. */
  documento: z.object({ id: z.uuid(), registrazioneId: z.uuid(), anno: z.number(), numero: z.number(), etichetta: z.string() }).nullable(),
  /** The fascicolo of the year before it continues. */
  precedente: altroFascicolo.nullable(),
  nota: z.string(),
  propostaDa: z.string(),
  propostaIl: z.string(),
  decisaDa: z.string().nullable(),
  decisaIl: z.string().nullable(),
  motivo: z.string().nullable(),
  fascicolo: altroFascicolo.nullable(),
  azioni: z.object({ decidi: z.boolean(), ritira: z.boolean() }),
})
export type PropostaAperturaDto = z.infer<typeof propostaAperturaDto>
