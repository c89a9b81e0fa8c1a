import { z } from 'zod'
import { DECORRENZE, FONTI, LIVELLI_ACCESSO, TIPI_FASCICOLO, TIPI_PREDECESSORE } from '../../titolario/index.ts'

const day = z.iso.date('Scrivi un giorno.')
const text = (max: number) => z.string().trim().max(max, `Al massimo ${max} caratteri.`)
const name = text(500).min(1, 'Scrivi la denominazione.')
const atto = text(500).min(1, 'Scrivi gli estremi dell’atto.')
const voceRef = z.object({ codice: z.string(), denominazione: z.string() })
const voceNamed = voceRef.extend({ id: z.uuid() })
/** A reason that stays in the trail. */
export const motivoIn = z.object({ motivo: text(1000).min(3, 'Scrivi il motivo.') })

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

/** States as of today: ADOTTATO is adopted and not yet begun. */
export const statiVersione = ['BOZZA', 'ADOTTATO', 'ATTIVO', 'STORICO'] as const

export const versioneDto = z.object({
  id: z.uuid(),
  numero: z.number(),
  denominazione: z.string(),
  stato: z.enum(statiVersione),
  atto: z.string(),
  adottataIl: z.string().nullable(),
  uri: z.string().nullable(),
  dal: z.string(),
  al: z.string().nullable(),
  livelli: z.number(),
  origine: z.string(),
  baseId: z.uuid().nullable(),
  autoreNome: z.string(),
  creataIl: z.string(),
  note: z.string(),
  voci: z.number(),
})
export type VersioneDto = z.infer<typeof versioneDto>

const origineDto = voceRef.extend({ tipo: z.enum(TIPI_PREDECESSORE) })

/** A voice with everything it carries (REQ-TIT-009). */
export const voceInteraDto = voceDto.extend({
  chiusaDal: z.string().nullable(),
  paroleChiave: z.array(z.string()),
  descrizione: z.string(),
  noteUso: z.string(),
  esempi: z.array(z.string()),
  tipiFascicolo: z.array(z.string()),
  sottoclasseObbligatoria: z.boolean(),
  accessoPredefinito: z.string().nullable(),
  origini: z.array(origineDto),
})
export type VoceInteraDto = z.infer<typeof voceInteraDto>

export const versioneInteraDto = z.object({ versione: versioneDto, voci: z.array(voceInteraDto), soppresse: z.array(origineDto) })
export type VersioneInteraDto = z.infer<typeof versioneInteraDto>

export const confrontoDto = z.object({
  da: versioneDto,
  a: versioneDto,
  /** True when the links were written by who made the version, false when they are read from codes and names. */
  scritti: z.boolean(),
  uguali: z.number(),
  cambiamenti: z.array(z.object({ tipo: z.enum([...TIPI_PREDECESSORE, 'nuova']), prima: z.array(voceRef), dopo: z.array(voceRef) })),
})
export type ConfrontoDto = z.infer<typeof confrontoDto>

export const bozzaIn = z.object({ origine: z.enum(['versione', 'modello']), denominazione: name.optional(), dal: day.optional() })
export type BozzaIn = z.infer<typeof bozzaIn>
export const modificaBozzaIn = z.object({ denominazione: name.optional(), dal: day.optional(), note: text(4000).optional() })
export type ModificaBozzaIn = z.infer<typeof modificaBozzaIn>
export const adozioneIn = z.object({
  atto,
  adottataIl: day,
  dal: day.optional(),
  uri: z.url('Scrivi un indirizzo completo, con https://').max(500).optional(),
})
export type AdozioneIn = z.infer<typeof adozioneIn>
export const uriIn = z.object({ uri: z.url('Scrivi un indirizzo completo, con https://').max(500) })

export const nuovaVoceIn = z.object({ padreId: z.uuid().nullable(), denominazione: name, codice: text(40).optional() })
export type NuovaVoceIn = z.infer<typeof nuovaVoceIn>
export const rinominaIn = z.object({ denominazione: name })
export const divisioneIn = z.object({
  nuove: z
    .array(z.object({ denominazione: name, codice: text(40).optional() }))
    .min(1, 'Scrivi almeno una voce nuova.')
    .max(20),
  mantieni: z.boolean(),
})
export type DivisioneIn = z.infer<typeof divisioneIn>
export const accorpamentoIn = z.object({ voci: z.array(z.uuid()).min(1).max(50), inVoceId: z.uuid() })
export type AccorpamentoIn = z.infer<typeof accorpamentoIn>
export const voceCreataDto = z.object({ id: z.uuid(), codice: z.string() })

const words = (max: number) => z.array(text(200).min(1)).max(max)
export const aiutiIn = z.object({
  paroleChiave: words(100),
  descrizione: text(4000),
  noteUso: text(4000),
  esempi: words(50),
  tipiFascicolo: z.array(z.enum(TIPI_FASCICOLO)),
  sottoclasseObbligatoria: z.boolean(),
  accessoPredefinito: z.enum(LIVELLI_ACCESSO).nullable(),
  ufficioPredefinitoId: z.uuid().nullable(),
})
export type AiutiIn = z.infer<typeof aiutiIn>
export const chiusuraVoceIn = motivoIn.extend({ dal: day })
export type ChiusuraVoceIn = z.infer<typeof chiusuraVoceIn>

const rilievoDto = z.object({
  gravita: z.enum(['errore', 'avviso']),
  riga: z.number(),
  colonna: z.string().nullable(),
  messaggio: z.string(),
})
export const importazioneIn = z.object({
  csv: z.string().min(1, 'Scegli un file.').max(2_000_000, 'Il file supera 2 MB.'),
  prova: z.boolean(),
  denominazione: name,
  livelli: z.number().int().min(2).max(5).default(3),
})
export type ImportazioneIn = z.infer<typeof importazioneIn>
export const rapportoDto = z.object({
  valido: z.boolean(),
  rilievi: z.array(rilievoDto),
  perLivello: z.array(z.number()),
  bozzaId: z.uuid().nullable(),
})
export type RapportoDto = z.infer<typeof rapportoDto>

export const destinazioneDto = voceDto.extend({
  percorso: z.string(),
  punti: z.number(),
  spiegazione: z.string(),
  ragioni: z.array(z.object({ parola: z.string(), fonte: z.enum(FONTI), trovataIn: z.string(), sinonimoDi: z.string().nullable() })),
})
export type DestinazioneDto = z.infer<typeof destinazioneDto>
export const sinonimiDto = z.object({ id: z.uuid(), parole: z.array(z.string()), autoreNome: z.string() })
export type SinonimiDto = z.infer<typeof sinonimiDto>
export const sinonimiIn = z.object({ parole: words(20).min(2, 'Scrivi almeno due parole.') })

export const regolaIn = z.object({
  voceId: z.uuid(),
  tipologia: text(200).min(1).nullable().default(null),
  tipoFascicolo: z.enum(TIPI_FASCICOLO).nullable().default(null),
  anni: z.number().int().min(1, 'Almeno un anno.').max(9999).nullable(),
  condizione: text(1000).min(1).nullable().default(null),
  decorrenza: z.enum(DECORRENZE).default('chiusura'),
  sfoltimento: z.boolean().default(false),
  atto,
  approvataIl: day,
})
export type RegolaIn = Omit<z.infer<typeof regolaIn>, 'tipoFascicolo'> & { tipoFascicolo: string | null }
export const regolaDto = z.object({
  id: z.uuid(),
  voceId: z.uuid(),
  codice: z.string(),
  tipologia: z.string().nullable(),
  tipoFascicolo: z.string().nullable(),
  anni: z.number().nullable(),
  condizione: z.string().nullable(),
  decorrenza: z.enum(DECORRENZE),
  sfoltimento: z.boolean(),
  atto: z.string(),
  approvataIl: z.string(),
  autoreNome: z.string(),
})
export type RegolaDto = z.infer<typeof regolaDto>
export const pianoDto = z.object({
  versioneId: z.uuid(),
  voci: z.number(),
  daDefinire: z.number(),
  righe: z.array(
    voceRef.extend({
      voceId: z.uuid(),
      livello: z.number(),
      padreId: z.uuid().nullable(),
      proprie: z.array(regolaDto),
      generale: z.object({ anni: z.number().nullable(), condizione: z.string().nullable(), da: z.string() }).nullable(),
      daDefinire: z.boolean(),
    }),
  ),
})
export type PianoDto = z.infer<typeof pianoDto>
export const importazionePianoIn = z.object({
  csv: z.string().min(1, 'Scegli un file.').max(2_000_000, 'Il file supera 2 MB.'),
  prova: z.boolean(),
  atto,
  approvataIl: day,
  versioneId: z.uuid().optional(),
})
export type ImportazionePianoIn = z.infer<typeof importazionePianoIn>
export const rapportoPianoDto = z.object({ valido: z.boolean(), rilievi: z.array(rilievoDto), regole: z.number(), scritte: z.boolean() })
export type RapportoPianoDto = z.infer<typeof rapportoPianoDto>

const vocePesata = voceNamed.extend({ documenti: z.number() })
export const statisticheTitolarioDto = z.object({
  versione: z.object({ id: z.uuid(), numero: z.number(), denominazione: z.string() }),
  dal: z.string(),
  al: z.string(),
  documenti: z.number(),
  perTitolo: z.array(voceRef.extend({ documenti: z.number() })),
  vociUsabili: z.number(),
  nonUsate: z.array(voceNamed),
  oggettiDiversi: z.object({ documenti: z.number(), voci: z.array(voceNamed), eccessivo: z.boolean() }),
  soloClasse: z.object({ documenti: z.number(), su: z.number(), classi: z.array(vocePesata) }),
  piuUsate: z.array(vocePesata),
})
export type StatisticheTitolarioDto = z.infer<typeof statisticheTitolarioDto>
export const periodoQuery = z.object({ dal: day.optional(), al: day.optional() })

export const revisioneIn = z.object({
  esito: z.enum(['confermato', 'da aggiornare']),
  note: text(4000).min(1, 'Scrivi che cosa hai deciso.'),
})
export type RevisioneIn = z.infer<typeof revisioneIn>
export const revisioniDto = z.object({
  revisioni: z.array(
    z.object({
      id: z.uuid(),
      giorno: z.string(),
      esito: z.enum(['confermato', 'da aggiornare']),
      note: z.string(),
      autoreNome: z.string(),
      versione: z.number(),
      statistiche: z.record(z.string(), z.unknown()),
    }),
  ),
  entroIl: z.string(),
  /** Days left; negative when it is late. */
  giorni: z.number(),
  scaduta: z.boolean(),
})
export type RevisioniDto = z.infer<typeof revisioniDto>
