/** Queries of the catalogue of procedures and of what is published of it. */
import { queryOptions } from '@tanstack/react-query'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { ProcedimentoDto, RigaProcedimentoDto, SchedaPubblicaDto } from '../../../../server/procedimenti/schema.ts'

export type RigaProcedimento = RigaProcedimentoDto
export type Procedimento = ProcedimentoDto
export type SchedaPubblica = SchedaPubblicaDto
export interface ElencoPubblico {
  ente: string
  elementi: { codice: string; denominazione: string; materia: string; termine: string }[]
}

export const catalogoQuery = (ente: string, filtri: { q?: string; daCompletare?: string; attivi?: string }) =>
  queryOptions({
    queryKey: ['procedimenti', ente, filtri],
    queryFn: async () => (await chiama<{ elementi: RigaProcedimento[] }>(conParametri(api(ente, 'procedimenti'), filtri))).elementi,
  })

export const procedimentoQuery = (ente: string, id: string, versione: string | null) =>
  queryOptions({
    queryKey: ['procedimento', ente, id, versione],
    queryFn: () => chiama<Procedimento>(conParametri(api(ente, 'procedimenti', id), { versione })),
  })
