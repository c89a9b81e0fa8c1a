import { takeRiepiloghi } from '../../../server/arretrato/service.ts'
import { systemScope } from '../enti.ts'
import { onRegistrazione, register, SEGRETO } from './protocollo.ts'
import type { Casi, Mondo } from './tipi.ts'

/** A registration of ente A that nobody has filed. */
const unfiled = async (m: Mondo): Promise<string> => (await register(m)).id

/** Isolation cases of its endpoints. */
export const casiArretrato: Casi = {
  'GET /api/v1/:ente/arretrato': {
    prepara: async (m) => {
      await unfiled(m)
      return { segreti: [SEGRETO] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/arretrato/sintesi': {
    prepara: async (m) => {
      await unfiled(m)
      return { segreti: [`Sportello unico di ${m.a.denominazione}`] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/arretrato/riepiloghi': {
    prepara: async (m) => {
      await unfiled(m)
      await takeRiepiloghi(systemScope(m.t.deps, m.a))
      return { segreti: [`Sportello unico di ${m.a.denominazione}`] }
    },
    attesi: [200],
  },
  'PUT /api/v1/:ente/arretrato/soglie': {
    prepara: async () => await Promise.resolve({ body: { giorniResponsabile: 3, giorniRgd: 8 }, segreti: [SEGRETO] }),
    attesi: [204],
  },
  'PUT /api/v1/:ente/arretrato/:id/causa': onRegistrazione(() => ({ causa: 'titolario', nota: '' })),
}
