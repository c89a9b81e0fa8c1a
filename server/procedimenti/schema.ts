import { z } from 'zod'

/** Phases of a procedure in their usual order: literals of Allegato 5. */
export const fasi = ['Preparatoria', 'Istruttoria', 'Consultiva', 'Decisoria o deliberativa', 'Integrazione dell’efficacia'] as const
export type Fase = (typeof fasi)[number]
export const iniziative = ['parte', 'ufficio'] as const
export const unita = ['giorni', 'giorni lavorativi'] as const
/** What it means that the term passes without an act (L. 241/1990 artt. 2, 20; d.lgs. 33/2013 art. 35 c. 1 lett. g). */
export const silenzi = ['nessuno', 'assenso', 'diniego', 'inadempimento'] as const
export type Silenzio = (typeof silenzi)[number]
export const firme = ['nessuna', 'responsabile del procedimento', 'dirigente', 'organo di governo'] as const
export const versi = ['entrata', 'uscita', 'interno'] as const

const text = (messaggio: string, max: number) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const optional = (max: number) => z.string().trim().max(max, `Troppo lungo: al massimo ${max} caratteri.`).nullable().default(null)
const address = z.url({ protocol: /^https?$/u, error: 'Scrivi un indirizzo che comincia con https://.' })

export const passoIn = z.object({
  /** Stays the same from one version to the next. */
  chiave: z.string().regex(/^[a-z][a-z0-9-]{1,49}$/u, 'La chiave del passo ha solo minuscole, cifre e trattini.'),
  nome: text('Scrivi il nome del passo.', 120),
  fase: z.enum(fasi, 'Scegli la fase.'),
  obbligatorio: z.boolean(),
  documenti: z
    .array(z.object({ nome: text('Scrivi il nome del documento.', 120), verso: z.enum(versi, 'Scegli entrata, uscita o interno.') }))
    .max(20, 'Al massimo 20 documenti per passo.')
    .default([]),
  firma: z.enum(firme, 'Scegli chi firma.').default('nessuna'),
})
export type Passo = z.infer<typeof passoIn>

/** The data of d.lgs. 33/2013 art. 35 c. 1 that nothing else carries. Null is "da definire", and is said so. */
export const schedaIn = z.object({
  descrizione: text('Scrivi che cos’è il procedimento.', 2000),
  norme: z.array(text('Scrivi la norma.', 300)).max(30).default([]),
  decorrenza: text('Scrivi da quando decorre il termine.', 200),
  documenti: z.array(text('Scrivi il documento.', 200)).max(50).default([]),
  moduli: z
    .array(z.object({ nome: text('Scrivi il nome del modulo.', 200), indirizzo: address }))
    .max(30)
    .default([]),
  pagamenti: z
    .array(
      z.object({
        voce: text('Scrivi che cosa si paga.', 200),
        importo: z
          .number('Scrivi l’importo in euro, per esempio 51,65.')
          .min(0, 'L’importo non può essere negativo.')
          .max(1_000_000)
          .nullable(),
      }),
    )
    .max(20)
    .default([]),
  modalitaPagamento: optional(500),
  esito: optional(200),
  organoCompetente: optional(200),
  tutela: optional(1000),
  potereSostitutivo: optional(300),
  informazioni: optional(500),
  contatti: z
    .object({ telefono: optional(60), email: optional(200), orari: optional(300) })
    .default({ telefono: null, email: null, orari: null }),
  servizioOnline: address.nullable().default(null),
})
export type Scheda = z.infer<typeof schedaIn>

export const modelloFascicoloIn = z.object({
  tipo: z.enum(['procedimento amministrativo', 'affare'], 'Scegli il tipo di fascicolo.'),
  /** May name {procedimento}, {mittente}, {oggetto}, {anno}. */
  oggetto: text('Scrivi come si compone l’oggetto.', 300),
  interessatiDalMittente: z.boolean(),
  visibileCittadino: z.boolean(),
})
export type ModelloFascicolo = z.infer<typeof modelloFascicoloIn>

export const versioneIn = z.object({
  denominazione: text('Scrivi il nome del procedimento.', 200),
  materia: text('Scrivi la materia.', 120),
  iniziativa: z.enum(iniziative, 'Scegli a istanza di parte o d’ufficio.'),
  codiceVoce: z.string().regex(/^[IVXLCDM]+(\/[0-9]+){0,4}$/u, 'Scegli la voce di titolario.'),
  ufficioId: z.uuid('Scegli l’ufficio.').nullable().default(null),
  responsabileId: z.uuid('Scegli il responsabile.').nullable().default(null),
  termineGiorni: z.number().int().min(1, 'Almeno un giorno.').max(3650, 'Al massimo dieci anni.').nullable().default(null),
  termineUnita: z.enum(unita, 'Scegli giorni o giorni lavorativi.').default('giorni'),
  silenzio: z.enum(silenzi, 'Scegli che cosa significa il silenzio.'),
  scheda: schedaIn,
  passi: z.array(passoIn).min(1, 'Un procedimento ha almeno un passo.').max(40, 'Al massimo 40 passi.'),
  fascicolo: modelloFascicoloIn,
})
export type VersioneIn = z.infer<typeof versioneIn>

const codice = z.string().regex(/^[A-Z][A-Z0-9-]{1,19}$/u, 'Il codice ha da 2 a 20 maiuscole, cifre o trattini e comincia con una lettera.')
export const nuovoProcedimento = versioneIn.extend({ codice })
export type NuovoProcedimento = z.infer<typeof nuovoProcedimento>
export const nuovaVersione = versioneIn.extend({
  /** The version the person looked at. */
  versione: z.number().int(),
  motivo: text('Scrivi perché cambi il modello.', 500),
})
export type NuovaVersione = z.infer<typeof nuovaVersione>
export const cambioStato = z.object({ attivo: z.boolean(), motivo: text('Scrivi il motivo.', 500) })

const giorni = () => z.number('Scrivi un numero di giorni.').int('Scrivi giorni interi.')
export const regoleIn = z.object({
  /** What happens when the last day is not a working one (art. 2963 c.c., art. 155 c.p.c. by analogy). */
  festivo: z.enum(['mai', 'festivi', 'non lavorativi'], 'Scegli quando il termine si sposta.'),
  giorniSospensione: giorni().min(1).max(30, 'La legge ammette al massimo 30 giorni.'),
  giorniOsservazioni: giorni().min(10, 'La legge dà almeno 10 giorni.').max(60),
  giorniRipresa: giorni().min(0).max(60),
  giorniParere: giorni().min(1).max(120),
  giorniValutazione: giorni().min(1).max(180),
  giorniComunicazioneAvvio: giorni().min(1).max(60),
  /** Days before the term at which a notice is given. */
  preavvisi: z
    .array(giorni().min(1, 'Almeno un giorno prima.').max(180, 'Al massimo 180 giorni prima.'))
    .max(5, 'Al massimo cinque avvisi.'),
})
export type RegoleTermini = z.infer<typeof regoleIn>

export const filtriProcedimenti = z.object({
  q: z.string().trim().max(200).optional(),
  materia: z.string().max(120).optional(),
  ufficio: z.uuid().optional(),
  responsabile: z.uuid().optional(),
  iniziativa: z.enum(iniziative).optional(),
  daCompletare: z.literal('1').optional(),
  attivi: z.enum(['si', 'no', 'tutti']).default('si'),
})
export type FiltriProcedimenti = z.infer<typeof filtriProcedimenti>

const named = z.object({ id: z.uuid(), nome: z.string() }).nullable()
export const rigaProcedimentoDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  attivo: z.boolean(),
  versione: z.number(),
  versioneId: z.uuid(),
  denominazione: z.string(),
  materia: z.string(),
  iniziativa: z.enum(iniziative),
  voce: z.object({ codice: z.string(), denominazione: z.string().nullable() }),
  ufficio: named,
  responsabile: named,
  termineGiorni: z.number().nullable(),
  termineUnita: z.enum(unita),
  silenzio: z.enum(silenzi),
  passi: z.number(),
  /** What the art. 35 sheet still says "da definire" of. */
  daDefinire: z.array(z.string()),
})
export type RigaProcedimentoDto = z.infer<typeof rigaProcedimentoDto>

export const procedimentoDto = rigaProcedimentoDto.omit({ passi: true }).extend({
  scheda: schedaIn,
  passi: z.array(passoIn),
  fascicolo: modelloFascicoloIn,
  motivo: z.string(),
  autore: z.string(),
  creataIl: z.string(),
  versioni: z.array(z.object({ numero: z.number(), id: z.uuid(), motivo: z.string(), autore: z.string(), creataIl: z.string() })),
})
export type ProcedimentoDto = z.infer<typeof procedimentoDto>

/** The art. 35 sheet as anybody reads it: pairs of name and value, grouped; no personal data beyond the office in charge. */
export const schedaPubblicaDto = z.object({
  codice: z.string(),
  denominazione: z.string(),
  materia: z.string(),
  ente: z.string(),
  versione: z.number(),
  aggiornataIl: z.string(),
  sezioni: z.array(z.object({ titolo: z.string(), voci: z.array(z.object({ nome: z.string(), valore: z.string() })) })),
})
export type SchedaPubblicaDto = z.infer<typeof schedaPubblicaDto>
