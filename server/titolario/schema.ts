import { z } from 'zod'

/** A voice as every screen and combobox sees it. */
export const voceDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  etichetta: z.string(),
  livello: z.number(),
  denominazione: z.string(),
  padreId: z.uuid().nullable(),
  selezionabile: z.boolean(),
  haSottoclassi: z.boolean(),
  ufficioPredefinito: z.object({ id: z.uuid(), denominazione: z.string() }).nullable(),
  conservazioneAnni: z.number().nullable(),
})
export type VoceDto = z.infer<typeof voceDto>

export const titolarioDto = z.object({
  versione: z.object({ id: z.uuid(), denominazione: z.string(), valeDal: z.string(), stato: z.string(), atto: z.string() }),
  voci: z.array(voceDto),
})
export type TitolarioDto = z.infer<typeof titolarioDto>

export const voceTrovataDto = voceDto.extend({ percorso: z.string(), motivo: z.string() })
export type VoceTrovataDto = z.infer<typeof voceTrovataDto>
