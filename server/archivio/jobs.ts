import { z } from 'zod'
import type { ControlloChiusura } from '../fascicoli/index.ts'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { closeAttivita } from './service/attivita.ts'
import { vigilaArchivio } from './service/avvisi.ts'
import { extractDovuti } from './service/estrai.ts'
import { closeSerieDovute } from './service/serie.ts'

const payload = z.object({})

/** What the time triggers in the archive, every hour by the calendar of Rome; `controlli` are the closing checks that other rooms add. */
export function createArchivioJobs(controlli: readonly ControlloChiusura[]): readonly JobDefinition[] {
  return [
    // The activities of the year close first, so that its repertorio says it; the series of the repertori closes when its extraction is there.
    defineJob({
      type: 'archivio.chiudiAttivita',
      payload,
      maxAttempts: 3,
      handler: async (scope) => await closeAttivita(scope, controlli),
    }),
    defineJob({
      type: 'archivio.fineAnno',
      payload,
      maxAttempts: 3,
      handler: async (scope, _payload, ports) => {
        await extractDovuti(scope, ports)
        await closeSerieDovute(scope)
      },
    }),
    defineJob({ type: 'archivio.vigila', payload, maxAttempts: 3, handler: async (scope) => await vigilaArchivio(scope) }),
  ]
}
