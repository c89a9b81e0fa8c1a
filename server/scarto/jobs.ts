import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { composeProcedura, failComposizione } from './service/componi.ts'
import { checkProcedura, destroyProcedura, expireCopie } from './service/distruggi.ts'

const payload = z.object({ id: z.uuid() })

/** Composes the list of a disposal. What goes wrong is told in its page: it is proposed again, not tried in silence. */
const componi = defineJob({
  type: 'scarto.componi',
  payload,
  maxAttempts: 1,
  handler: async (scope, { id }) => {
    try {
      await composeProcedura(scope, id)
    } catch (error) {
      scope.log.error({ err: error, scarto: id }, 'proposta di scarto non composta')
      await failComposizione(scope, id)
    }
  },
})

/** Destroys what was ordered; resumable, and done once. */
const distruggi = defineJob({
  type: 'scarto.distruggi',
  payload,
  maxAttempts: 25,
  handler: async (scope, { id }, ports) => await destroyProcedura(scope, id, ports.store),
})

/** Looks for what is left of what was destroyed, until nothing is. */
const controlla = defineJob({
  type: 'scarto.controlla',
  payload,
  maxAttempts: 25,
  handler: async (scope, { id }, ports) => await checkProcedura(scope, id, ports.store),
})

/** Backups that expire. Run by the timetable. */
const copie = defineJob({ type: 'scarto.copie', payload: z.object({}), maxAttempts: 3, handler: async (scope) => await expireCopie(scope) })

export const scartoJobs: readonly JobDefinition[] = [componi, distruggi, controlla, copie]
