import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { runSerie } from './service/esegui.ts'
import { runImportazione } from './service/importa.ts'
import { verifyImportazione } from './service/storico.ts'

const payload = z.object({ id: z.uuid() })

/** Largest file of an archive, in bytes. */
const MAX_FILE = 512 * 1024 * 1024

/** Dry run of a past register. */
const verificaStorico = defineJob({
  type: 'importazioni.verificaStorico',
  payload,
  maxAttempts: 3,
  handler: async (scope, { id }, ports) => await verifyImportazione(scope, id, ports.store, MAX_FILE),
})

/** Import of a past register, after its confirmation. */
const importaStorico = defineJob({
  type: 'importazioni.importaStorico',
  payload,
  maxAttempts: 5,
  handler: async (scope, { id }, ports) => await runImportazione(scope, id, ports.store, MAX_FILE),
})

/** Mass registration: rows without an outcome. */
const eseguiSerie = defineJob({
  type: 'importazioni.eseguiSerie',
  payload,
  maxAttempts: 25,
  handler: async (scope, { id }, ports) => await runSerie(scope, id, ports),
})

export const importazioniJobs: readonly JobDefinition[] = [eseguiSerie, verificaStorico, importaStorico]
