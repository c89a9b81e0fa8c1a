import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { buildSip } from './service/build.ts'
import { readEsito } from './service/outcome.ts'
import { prepareVersamento } from './service/prepare.ts'
import { prepareRegistro } from './service/prepare-registro.ts'
import { sendSip } from './service/send.ts'

const payload = z.object({ id: z.uuid() })

/** The road of a closed fascicolo to the conservatore, one step a job. Each works only on the state it finds, so that running twice changes nothing. */
export const conservazioneJobs: readonly JobDefinition[] = [
  defineJob({
    type: 'conservazione.prepareVersamento',
    payload,
    maxAttempts: 12,
    handler: async (scope, { id }) => await prepareVersamento(scope, id),
  }),
  defineJob({
    type: 'conservazione.prepareRegistro',
    payload,
    maxAttempts: 12,
    handler: async (scope, { id }) => await prepareRegistro(scope, id),
  }),
  defineJob({
    type: 'conservazione.buildSip',
    payload,
    maxAttempts: 12,
    handler: async (scope, { id }, ports) => await buildSip(scope, id, ports.store),
  }),
  defineJob({
    type: 'conservazione.sendSip',
    payload,
    maxAttempts: 25,
    handler: async (scope, { id }, ports) => await sendSip(scope, id, ports),
  }),
  defineJob({
    type: 'conservazione.readEsito',
    payload,
    maxAttempts: 25,
    handler: async (scope, { id }, ports) => await readEsito(scope, id, ports),
  }),
]
