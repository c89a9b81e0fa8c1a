import { z } from 'zod'
import { statiFascicolo, tipiFascicolo } from '../fascicoli/index.ts'

const ente = z.string()
/** Parameters of every endpoint of the room. */
export const soloEnte = z.object({ ente })
export const byId = z.object({ ente, id: z.uuid() })

const text = (messaggio: string, max: number) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const nota = z.string().trim().max(1000, 'Al massimo 1000 caratteri.').default('')
const posizione = z.string().trim().max(200, 'Al massimo 200 caratteri.').optional()
const giorno = z.iso.date('Scrivi la data come giorno, mese e anno.')
const anno = z.coerce.number().int('Scrivi l’anno.').min(1800, 'Scrivi l’anno con quattro cifre.').max(9999)

export const filtriRepertorio = z.object({
  aoo: z.uuid().optional(),
  anno: anno.optional(),
  voce: z.string().trim().max(30).optional(),
  ufficio: z.uuid().optional(),
  tipo: z.enum(tipiFascicolo).optional(),
  stato: z.enum(statiFascicolo).optional(),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type FiltriRepertorio = z.infer<typeof filtriRepertorio>

/** A fascicolo in the repertorio (REQ-FASC-032). */
export const rigaRepertorioDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  slug: z.string(),
  parteDi: z.string().nullable(),
  tipo: z.enum(tipiFascicolo),
  voce: z.object({ codice: z.string(), denominazione: z.string() }),
  oggetto: z.string(),
  apertoIl: z.string(),
  chiusoIl: z.string().nullable(),
  ufficio: z.string(),
  responsabile: z.string(),
  stato: z.enum(statiFascicolo),
  documenti: z.number(),
  conservazioneAnni: z.number().nullable(),
  trasferimenti: z.string(),
  riaperture: z.string(),
})
export type RigaRepertorioDto = z.infer<typeof rigaRepertorioDto>

export const repertorioDto = z.object({
  aoo: z.array(z.object({ id: z.uuid(), denominazione: z.string() })),
  anni: z.array(z.number()),
  uffici: z.array(z.object({ id: z.uuid(), denominazione: z.string() })),
  elementi: z.array(rigaRepertorioDto),
  totale: z.number(),
})
export type RepertorioDto = z.infer<typeof repertorioDto>

export const nuovaEstrazione = z.strictObject({ anno, aooId: z.uuid().optional() })
export const formatiEstrazione = ['csv', 'xml', 'pdf'] as const
export type FormatoEstrazione = (typeof formatiEstrazione)[number]

const fileEstratto = z.object({ formato: z.enum(formatiEstrazione), sha256: z.string(), dimensione: z.number() })
export const estrazioneDto = z.object({
  id: z.uuid(),
  aoo: z.string(),
  anno: z.number(),
  revisione: z.number(),
  righe: z.number(),
  impronta: z.string(),
  variazioni: z.array(z.string()),
  creataIl: z.string(),
  creataDa: z.string(),
  file: z.array(fileEstratto),
})
export type EstrazioneDto = z.infer<typeof estrazioneDto>
/** `nuova` is false when nothing had changed since the last revision. */
export const esitoEstrazione = z.object({ nuova: z.boolean(), estrazione: estrazioneDto })
export type EsitoEstrazione = z.infer<typeof esitoEstrazione>

export const tipiSerie = ['documentale', 'fascicoli'] as const
export type TipoSerie = (typeof tipiSerie)[number]

/** The criterion of a series: documents of one type under a class, or fascicoli of one class or type, of one year (REQ-FASC-031). */
export const nuovaSerie = z.strictObject({
  tipo: z.enum(tipiSerie, 'Scegli se la serie è di documenti o di fascicoli.'),
  denominazione: text('Scrivi il nome della serie.', 200),
  anno,
  aooId: z.uuid().optional(),
  tipologia: z.string().trim().max(100).optional(),
  tipoFascicolo: z.enum(tipiFascicolo).optional(),
  voceId: z.uuid().optional(),
})
export type NuovaSerie = z.infer<typeof nuovaSerie>

export const serieDto = z.object({
  id: z.uuid(),
  tipo: z.enum(tipiSerie),
  denominazione: z.string(),
  aoo: z.string(),
  anno: z.number(),
  tipologia: z.string().nullable(),
  tipoFascicolo: z.string().nullable(),
  voce: z.object({ codice: z.string(), denominazione: z.string() }).nullable(),
  conservazioneAnni: z.number().nullable(),
  chiusaIl: z.string().nullable(),
  membri: z.number(),
  impronta: z.string().nullable(),
  /** Number of the list it passed to the deposit archive with. */
  elenco: z.number().nullable(),
  posizioneFisica: z.string().nullable(),
})
export type SerieDto = z.infer<typeof serieDto>

export const membroDto = z.object({
  posizione: z.number(),
  giorno: z.string(),
  riferimento: z.string(),
  oggetto: z.string(),
  /** Address of its page, when it has one. */
  pagina: z.string().nullable(),
})
export type MembroDto = z.infer<typeof membroDto>
export const parteSerie = z.object({
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export const serieConMembriDto = serieDto.extend({ elementi: z.array(membroDto), totale: z.number() })

/** What is asked about: a document of the register by number and year, or a fascicolo by its identifier. */
export const appartenenzaIn = z.strictObject({ riferimento: text('Scrivi il numero di protocollo o l’identificativo del fascicolo.', 60) })
export const appartenenzaDto = z.object({ appartiene: z.boolean(), messaggio: z.string() })

const passaggio = {
  fascicoli: z.array(z.uuid()).max(2000, 'Al massimo 2000 fascicoli per elenco.').default([]),
  posizione,
  nota,
}
export const nuovoElenco = z.strictObject({ ...passaggio, serie: z.array(z.uuid()).max(200).default([]) })
export type NuovoElenco = z.infer<typeof nuovoElenco>
export const nuovoPassaggioStorico = z.strictObject(passaggio)
export type NuovoPassaggioStorico = z.infer<typeof nuovoPassaggioStorico>

/** A fascicolo that may pass, or is already in the section. */
export const fascicoloArchivioDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  slug: z.string(),
  oggetto: z.string(),
  voce: z.string(),
  ufficio: z.string(),
  stato: z.enum(statiFascicolo),
  chiusoIl: z.string().nullable(),
  documenti: z.number(),
  conservazioneAnni: z.number().nullable(),
  posizioneFisica: z.string().nullable(),
})
export type FascicoloArchivioDto = z.infer<typeof fascicoloArchivioDto>
export const daVersareDto = z.object({ fascicoli: z.array(fascicoloArchivioDto), serie: z.array(serieDto), dovuti: z.number() })
export const filtriDaVersare = z.object({ conclusiEntro: giorno.optional() })
export const storicaDto = z.object({ proposti: z.array(fascicoloArchivioDto), presenti: z.array(fascicoloArchivioDto), totale: z.number() })

export const tipiElenco = ['deposito', 'storico'] as const
export type TipoElenco = (typeof tipiElenco)[number]
export const elencoDto = z.object({
  id: z.uuid(),
  tipo: z.enum(tipiElenco),
  numero: z.number(),
  aoo: z.string(),
  righe: z.number(),
  posizione: z.string().nullable(),
  nota: z.string(),
  impronta: z.string(),
  creatoIl: z.string(),
  creatoDa: z.string(),
})
export type ElencoDto = z.infer<typeof elencoDto>

export const nuovoPrelievo = z.strictObject({
  fascicolo: text('Scrivi quale fascicolo ti serve.', 60),
  motivo: text('Scrivi perché ti serve.', 500),
  entro: giorno,
})
export type NuovoPrelievo = z.infer<typeof nuovoPrelievo>
export const soloNota = z.strictObject({ nota })
export const rifiutoPrelievo = z.strictObject({ nota: text('Scrivi perché non si può prelevare.', 1000) })

export const statiPrelievo = ['richiesto', 'rifiutato', 'eseguito', 'restituito'] as const
export const prelievoDto = z.object({
  id: z.uuid(),
  fascicolo: z.object({ codice: z.string(), slug: z.string(), oggetto: z.string(), posizioneFisica: z.string().nullable() }),
  stato: z.enum(statiPrelievo),
  motivo: z.string(),
  richiestoDa: z.string(),
  richiestoIl: z.string(),
  entro: z.string(),
  scaduto: z.boolean(),
  consegnatoDa: z.string().nullable(),
  consegnatoIl: z.string().nullable(),
  nota: z.string().nullable(),
  restituitoIl: z.string().nullable(),
  ricevutoDa: z.string().nullable(),
  notaRestituzione: z.string().nullable(),
})
export type PrelievoDto = z.infer<typeof prelievoDto>

/** A paper fascicolo concluded before the system, recorded by reference. */
export const nuovoCensimento = z.strictObject({
  voceId: z.uuid('Scegli la voce di titolario.'),
  tipo: z.enum(tipiFascicolo, 'Scegli il tipo di fascicolo.'),
  oggetto: text('Scrivi l’oggetto.', 500),
  ufficioId: z.uuid('Scegli l’ufficio.'),
  apertoIl: giorno,
  chiusoIl: giorno,
  consistenza: text('Scrivi quanto è: fogli, faldoni, tavole.', 100),
  posizioneFisica: text('Scrivi dove si trova: locale, scaffale, faldone.', 200),
})
export type NuovoCensimento = z.infer<typeof nuovoCensimento>
export const censitoDto = z.object({ id: z.uuid(), codice: z.string(), slug: z.string() })
