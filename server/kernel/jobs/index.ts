import type { ZodType } from 'zod'
import { query } from '../scope.ts'
import type { Scope, TxScope } from '../scope.ts'
import type { Ports } from '../endpoint.ts'

/** A kind of later work. The handler must be idempotent by the natural key of its work: it runs at least once. */
export interface JobDefinition {
  readonly type: string
  readonly maxAttempts: number
  readonly parse: (payload: unknown) => Record<string, string>
  readonly handler: (scope: Scope, payload: Record<string, string>, ports: Ports) => Promise<void>
}

/** Declares a job: payloads hold ids only and are validated before the handler sees them. */
export function defineJob<P extends Record<string, string>>(d: {
  type: string
  payload: ZodType<P>
  maxAttempts: number
  handler: (scope: Scope, payload: P, ports: Ports) => Promise<void>
}): JobDefinition {
  return {
    type: d.type,
    maxAttempts: d.maxAttempts,
    parse: (payload) => d.payload.parse(payload),
    handler: async (scope, payload, ports) => await d.handler(scope, payload as P, ports),
  }
}

/** One job to queue. `chiave` makes a second request for the same work join the first; `quando` delays it (ISO instant). */
export interface JobRequest {
  readonly tipo: string
  readonly carico: Readonly<Record<string, string>>
  readonly chiave?: string
  readonly tentativi: number
  readonly quando?: string
}

/** Queues jobs inside the open transaction: they exist if and only if it commits (decision 20). One statement and one NOTIFY for all of them. */
export async function queueJobs(tx: TxScope, jobs: readonly JobRequest[]): Promise<void> {
  if (jobs.length === 0) return
  await query(tx, 'select app.accoda_tutti($1::jsonb)', [JSON.stringify(jobs)])
}
