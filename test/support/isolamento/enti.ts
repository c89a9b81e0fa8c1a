import { expect } from '@jest/globals'
import { queryOne } from '../../../server/kernel/scope.ts'
import { systemScope } from '../enti.ts'
import type { Casi } from './tipi.ts'

export const casiEnti: Casi = {
  'GET /api/v1/:ente/uffici': {
    prepara: async ({ a }) =>
      await Promise.resolve({ segreti: [`Protocollo di ${a.denominazione}`, `Sportello unico di ${a.denominazione}`] }),
    attesi: [200],
  },
  'GET /api/v1/:ente/operatori': {
    prepara: async ({ operatoreA }) => await Promise.resolve({ segreti: [operatoreA.operatoreId] }),
    attesi: [200],
  },
  'PATCH /api/v1/cabina/enti/:ente': {
    chi: 'amministratoreSia',
    prepara: async ({ a }) => await Promise.resolve({ body: { tavolozza: 'oliva' }, segreti: [a.denominazione, a.codiceIpa] }),
    attesi: [200],
    verifica: async ({ t, a, b }) => {
      const read = async (id: string) =>
        (await queryOne<{ tavolozza: string }>(systemScope(t.deps), 'select tavolozza from ente where id = $1', [id]))?.tavolozza
      expect([await read(a.id), await read(b.id)]).toEqual(['blu-istituzionale', 'oliva'])
    },
  },
}
