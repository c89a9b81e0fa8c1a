import { z } from 'zod'
import { fileDto } from '../../documenti/index.ts'
import { mezzi, rigaRegistroDto } from '../schema.ts'

export const motiviRifiuto = ['non di competenza', 'incompleto', 'duplicato', 'altro'] as const
export const visteAssegnazioni = [
  'da-prendere-in-carico',
  'in-carico',
  'non-fascicolate',
  'per-conoscenza',
  'rifiutate',
  'inviate',
] as const
export type VistaAssegnazioni = (typeof visteAssegnazioni)[number]

const nota = z.string().trim().max(1000, 'La nota ha al massimo 1000 caratteri.').default('')
const ids = z.array(z.uuid()).min(1, 'Scegli almeno un documento.').max(200, 'Al massimo 200 documenti per volta.')

/** An assignment as the work list shows it. Without a main file while the scan is awaited. */
export const lavoroAssegnazioneDto = z.object({
  id: z.uuid(),
  registrazione: rigaRegistroDto,
  documentoId: z.uuid(),
  tipo: z.enum(['competenza', 'conoscenza']),
  stato: z.string(),
  dal: z.string(),
  giorni: z.number(),
  ufficio: z.string(),
  operatore: z.string().nullable(),
  motivo: z.string().nullable(),
  nota: z.string().nullable(),
  principale: fileDto.nullable(),
  allegati: z.array(fileDto),
})

export const conteggiAssegnazioniDto = z.object(
  Object.fromEntries(visteAssegnazioni.map((vista) => [vista, z.number()])) as Record<VistaAssegnazioni, z.ZodNumber>,
)

export const rifiutoIn = z
  .object({
    motivo: z.enum(motiviRifiuto, 'Scegli il motivo.'),
    nota,
    ufficioId: z.uuid().optional(),
  })
  .refine((r) => r.motivo !== 'altro' || r.nota !== '', { path: ['nota'], message: 'Spiega il motivo.' })
export const nuovaAssegnazioneIn = z.object({
  ufficioId: z.uuid('Scegli l’ufficio.'),
  operatoreId: z.uuid().optional(),
  tipo: z.enum(['competenza', 'conoscenza']).default('competenza'),
  nota,
})

export const gruppoIn = z.object({ ids })
export const riassegnazioneGruppoIn = z.object({
  ids,
  ufficioId: z.uuid('Scegli l’ufficio.'),
  operatoreId: z.uuid().optional(),
  nota,
})
/** Outcome of an act on many: what was done and, one by one, what was not and why. */
export const esitoGruppoDto = z.object({ fatti: z.number(), saltati: z.array(z.object({ id: z.uuid(), motivo: z.string() })) })

/** A second arrival of a registered document by another road (REQ-PROT-016). */
export const ulterioreArrivoIn = z.object({
  mezzo: z.enum(mezzi, 'Scegli il mezzo di arrivo.'),
  arrivatoIl: z.iso.datetime({ offset: true, error: 'Indica data e ora di arrivo.' }),
  nota,
})
export const ulterioreArrivoDto = z.object({
  id: z.uuid(),
  mezzo: z.string(),
  arrivatoIl: z.string(),
  messaggioId: z.uuid().nullable(),
  nota: z.string(),
  collegatoIl: z.string(),
  autore: z.string(),
})
