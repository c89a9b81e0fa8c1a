import { z } from 'zod'
import { rigaRegistroDto } from '../protocollo/index.ts'
import { statiRegistro } from '../registro/index.ts'

/** What must be done now and how it is going: every number is the length of a list the same person can open. */
export const scrivaniaDto = z.object({
  contatori: z.object({
    daProtocollare: z.number().nullable(),
    inRitardo: z.number().nullable(),
    passatiAMe: z.number().nullable(),
    quarantena: z.number().nullable(),
    daPrendereInCarico: z.number().nullable(),
    inCarico: z.number().nullable(),
    nonFascicolati: z.number().nullable(),
    perConoscenza: z.number().nullable(),
    rifiutate: z.number().nullable(),
    oltreSogliaUfficio: z.number().nullable(),
    oltreSogliaRgd: z.number().nullable(),
    fascicoliProposti: z.number().nullable(),
    trasferimentiDaDecidere: z.number().nullable(),
    praticheScadute: z.number().nullable(),
    praticheOggi: z.number().nullable(),
    praticheInScadenza: z.number().nullable(),
  }),
  andamento: z.array(z.object({ giorno: z.string(), entrata: z.number(), uscita: z.number(), interno: z.number() })),
  ultimi: z.array(rigaRegistroDto),
  scadenze: z.array(
    z.object({
      fascicolo: z.object({ id: z.uuid(), slug: z.string(), codice: z.string(), oggetto: z.string() }),
      termine: z.string(),
      giorni: z.number(),
    }),
  ),
  /** Alarms of the head of records management, oldest day first. */
  avvisi: z.array(z.object({ tipo: z.string(), giorno: z.string(), testo: z.string(), il: z.string() })),
  /** The yearly review of the titolario when its day is past, for who must make it. */
  revisioneTitolario: z.object({ entroIl: z.string(), giorni: z.number() }).nullable(),
  /** The last daily register, for who may read it. */
  registroGiornaliero: z.object({ giorno: z.string(), stato: z.enum(statiRegistro), scadenza: z.string() }).nullable(),
  conservazione: z.object({ conservati: z.number(), inAttesa: z.number(), rifiutati: z.number() }).nullable(),
})
export type ScrivaniaDto = z.infer<typeof scrivaniaDto>
