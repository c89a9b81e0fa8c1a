/** Queries of the disposals. */
import { queryOptions } from '@tanstack/react-query'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { Lista } from '../../api/tipi.ts'
import type { ProceduraDto, ScartoFascicoloDto, VincoloDto, VoceScartoDto } from '../../../../server/scarto/schema.ts'

export type Procedura = ProceduraDto
export type VoceScarto = VoceScartoDto
export type Vincolo = VincoloDto

export const PER_PAGINA = 50

/** While the list is composed, and while something is being destroyed, the state changes by itself. */
const moving = (p: Procedura | undefined): number | false =>
  p !== undefined && (p.composizione === 'in_corso' || (p.voci.ORDINATO ?? 0) + (p.voci.DISTRUTTO_IN_CONSERVAZIONE ?? 0) > 0) ? 2000 : false

export const procedureQuery = (ente: string) =>
  queryOptions({
    queryKey: ['scarto', ente, 'procedure'],
    queryFn: () => chiama<Procedura[]>(api(ente, 'scarto', 'procedure')),
    refetchInterval: (q) => ((q.state.data ?? []).some((p) => moving(p) !== false) ? 2000 : false),
  })

export const proceduraQuery = (ente: string, id: string) =>
  queryOptions({
    queryKey: ['scarto', ente, 'procedura', id],
    queryFn: () => chiama<Procedura>(api(ente, 'scarto', 'procedure', id)),
    refetchInterval: (q) => moving(q.state.data),
  })

/** `versione` changes with the counts of the disposal: the list follows them. */
export const vociQuery = (ente: string, id: string, stato: string, pagina: string, versione: string) =>
  queryOptions({
    queryKey: ['scarto', ente, 'voci', id, stato, pagina, versione],
    queryFn: () =>
      chiama<Lista<VoceScarto>>(
        conParametri(api(ente, 'scarto', 'procedure', id, 'voci'), { stato: stato || undefined, pagina, perPagina: PER_PAGINA }),
      ),
  })

export const vincoliQuery = (ente: string) =>
  queryOptions({ queryKey: ['scarto', ente, 'vincoli'], queryFn: () => chiama<Vincolo[]>(api(ente, 'scarto', 'vincoli')) })

export const fascicoloQuery = (ente: string, id: string) =>
  queryOptions({
    queryKey: ['scarto', ente, 'fascicolo', id],
    queryFn: () => chiama<ScartoFascicoloDto>(api(ente, 'scarto', 'fascicoli', id)),
  })
