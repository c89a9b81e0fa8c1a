import { z } from 'zod'
import { rigaRegistroDto } from '../protocollo/index.ts'

/** What is missing of a registered document. */
export const mancanze = ['senza-fascicolo', 'senza-terzo-livello', 'non-prese-in-carico', 'oltre-termine'] as const
export type Mancanza = (typeof mancanze)[number]

/** Why documents are not filed: the five causes of the founding plans. */
export const cause = ['scansione', 'smistamento', 'titolario', 'immissione', 'formazione'] as const
export type Causa = (typeof cause)[number]

/** How far the age of an unfiled document has gone (REQ-FASC-022). */
export const livelliEta = ['nei-termini', 'responsabile', 'rgd'] as const
export type LivelloEta = (typeof livelliEta)[number]

export const fasceEta = ['0-5', '6-15', '16-30', '31-90', 'oltre-90'] as const
export type FasciaEta = (typeof fasceEta)[number]

export const filtriArretrato = z.object({
  ufficio: z.uuid('Scegli l’ufficio.').optional(),
  mancanza: z.enum(mancanze, 'Scegli che cosa manca.').optional(),
  causa: z.enum(cause, 'Scegli la causa.').optional(),
  fascia: z.enum(fasceEta, 'Scegli l’età.').optional(),
  /** At least this level of age. */
  oltre: z.enum(['responsabile', 'rgd'], 'Scegli la soglia.').optional(),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type FiltriArretrato = z.infer<typeof filtriArretrato>

export const rigaArretratoDto = z.object({
  assegnazioneId: z.uuid(),
  documentoId: z.uuid(),
  registrazione: rigaRegistroDto,
  ufficio: z.object({ id: z.uuid(), denominazione: z.string() }),
  stato: z.string(),
  mancanze: z.array(z.enum(mancanze)),
  causa: z.enum(cause),
  /** The facts from which the cause was deduced, in words. */
  motivo: z.string(),
  /** Set when the records manager corrected the cause. */
  corretta: z.object({ dedotta: z.enum(cause), nota: z.string(), autore: z.string(), il: z.string() }).nullable(),
  /** Calendar days since the registration. */
  giorni: z.number(),
  livello: z.enum(livelliEta),
})
export type RigaArretratoDto = z.infer<typeof rigaArretratoDto>

const perMancanza = z.object({
  'senza-fascicolo': z.number(),
  'senza-terzo-livello': z.number(),
  'non-prese-in-carico': z.number(),
  'oltre-termine': z.number(),
})
export type PerMancanza = z.infer<typeof perMancanza>

export const sintesiArretratoDto = z.object({
  soglie: z.object({ giorniResponsabile: z.number(), giorniRgd: z.number() }),
  /** Of the ordinary documents registered in the last twelve months for the offices of this person (REQ-FASC-061). */
  indicatori: z.object({
    registrati: z.number(),
    /** Filed within five days of the registration. */
    fascicolatiEntroCinqueGiorni: z.number(),
    /** Classified among the various objects. */
    inOggettiDiversi: z.number(),
  }),
  /** Documents with at least one thing missing. */
  totale: z.number(),
  mancanze: perMancanza,
  uffici: z.array(
    z.object({
      id: z.uuid(),
      denominazione: z.string(),
      totale: z.number(),
      mancanze: perMancanza,
      oltreResponsabile: z.number(),
      oltreRgd: z.number(),
    }),
  ),
  cause: z.array(z.object({ causa: z.enum(cause), totale: z.number() })),
  fasce: z.array(z.object({ fascia: z.enum(fasceEta), totale: z.number() })),
})
export type Indicatori = z.infer<typeof sintesiArretratoDto>['indicatori']
export type SintesiArretratoDto = z.infer<typeof sintesiArretratoDto>

export const correzioneCausa = z.object({
  causa: z.enum(cause, 'Scegli la causa.'),
  nota: z.string().trim().max(500, 'Troppo lungo: al massimo 500 caratteri.').default(''),
})
export type CorrezioneCausa = z.infer<typeof correzioneCausa>

const giorni = (messaggio: string) =>
  z.number({ error: messaggio }).int(messaggio).min(1, 'Almeno un giorno.').max(365, 'Al massimo 365 giorni.')
export const soglieArretrato = z.object({
  giorniResponsabile: giorni('Scrivi dopo quanti giorni lavorativi avvisare il responsabile dell’ufficio.'),
  giorniRgd: giorni('Scrivi dopo quanti giorni lavorativi avvisare il responsabile della gestione documentale.'),
})
export type SoglieArretrato = z.infer<typeof soglieArretrato>

export const riepilogoDto = z.object({
  settimana: z.string(),
  /** Null: the whole AOO. */
  ufficio: z.object({ id: z.uuid(), denominazione: z.string() }).nullable(),
  totale: z.number(),
  mancanze: perMancanza,
  cause: z.array(z.object({ causa: z.enum(cause), totale: z.number() })),
  oltreResponsabile: z.number(),
  oltreRgd: z.number(),
})
export type RiepilogoDto = z.infer<typeof riepilogoDto>
