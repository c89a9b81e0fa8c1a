import { register } from './protocollo.ts'
import type { Casi, Mondo } from './tipi.ts'

/** The numbers of ente A, which differ from those of ente B because something was just registered there. */
const numbers = async (m: Mondo): Promise<string> => {
  await register(m)
  return `Sportello unico di ${m.a.denominazione}`
}

/** Isolation cases of its endpoints. */
export const casiStatistiche: Casi = {
  'GET /api/v1/:ente/statistiche/:grafico': {
    prepara: async (m) => ({ params: { grafico: 'uffici' }, segreti: [await numbers(m)] }),
    attesi: [200],
  },
  'GET /api/v1/:ente/statistiche/:grafico/csv': {
    prepara: async (m) => ({ params: { grafico: 'uffici' }, segreti: [await numbers(m)] }),
    attesi: [200],
  },
}
