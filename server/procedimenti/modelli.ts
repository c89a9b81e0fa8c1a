import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { iniziative, nuovoProcedimento, passoIn, silenzi, unita } from './schema.ts'
import type { NuovoProcedimento } from './schema.ts'

const voceDelFile = z.object({
  codice: z.string(),
  denominazione: z.string(),
  materia: z.string(),
  voce: z.string(),
  schema: z.string(),
  iniziativa: z.enum(iniziative),
  termine: z.number().nullable(),
  unita: z.enum(unita),
  decorrenza: z.string(),
  silenzio: z.enum(silenzi),
  norme: z.array(z.string()),
  descrizione: z.string(),
  documenti: z.array(z.string()),
  pagamenti: z.array(z.object({ voce: z.string(), importo: z.number().nullable() })),
  esito: z.string().nullable(),
  tutela: z.string(),
  visibileCittadino: z.boolean(),
  oggetto: z.string(),
})
const file = z.object({ schemi: z.record(z.string(), z.array(passoIn)), procedimenti: z.array(voceDelFile) })

let known: readonly NuovoProcedimento[] | undefined

/**
 * The starting set of ordinary municipal procedures, delivered with the product to be completed by the body: who answers, forms, amounts and whatever a
 * regulation decides are left "da definire". Throws when the file is not whole.
 */
export function readModelliComuni(): readonly NuovoProcedimento[] {
  known ??= load()
  return known
}

function load(): readonly NuovoProcedimento[] {
  const { schemi, procedimenti } = file.parse(JSON.parse(readFileSync(new URL('./dati/procedimenti-comuni.json', import.meta.url), 'utf8')))
  return procedimenti.map((p) =>
    nuovoProcedimento.parse({
      codice: p.codice,
      denominazione: p.denominazione,
      materia: p.materia,
      iniziativa: p.iniziativa,
      codiceVoce: p.voce,
      termineGiorni: p.termine,
      termineUnita: p.unita,
      silenzio: p.silenzio,
      scheda: {
        descrizione: p.descrizione,
        norme: p.norme,
        decorrenza: p.decorrenza,
        documenti: p.documenti,
        pagamenti: p.pagamenti,
        esito: p.esito,
        tutela: p.tutela,
      },
      passi: schemi[p.schema],
      fascicolo: {
        tipo: 'procedimento amministrativo',
        oggetto: p.oggetto,
        interessatiDalMittente: p.iniziativa === 'parte',
        visibileCittadino: p.visibileCittadino,
      },
    }),
  )
}
