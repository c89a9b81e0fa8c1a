/** Queries of the arrears and the filters that live in the address. */
import { queryOptions } from '@tanstack/react-query'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { Lista } from '../../api/tipi.ts'
import { useFiltri as useFiltriIndirizzo, type FiltriIndirizzo } from '../../ui/useFiltri.ts'
import type { RiepilogoDto, RigaArretratoDto, SintesiArretratoDto } from '../../../../server/arretrato/schema.ts'

export type Riga = RigaArretratoDto
export type Sintesi = SintesiArretratoDto
export type Riepilogo = RiepilogoDto

export const PER_PAGINA = 50
const NOMI = ['ufficio', 'mancanza', 'causa', 'fascia', 'oltre'] as const
export type NomeFiltro = (typeof NOMI)[number]
export type Filtri = Partial<Record<NomeFiltro, string>>

export const sintesiQuery = (ente: string) =>
  queryOptions({ queryKey: ['arretrato', ente, 'sintesi'], queryFn: () => chiama<Sintesi>(api(ente, 'arretrato', 'sintesi')) })

export const riepiloghiQuery = (ente: string) =>
  queryOptions({ queryKey: ['arretrato', ente, 'riepiloghi'], queryFn: () => chiama<Riepilogo[]>(api(ente, 'arretrato', 'riepiloghi')) })

export const elencoQuery = (ente: string, filtri: Filtri, pagina: string) =>
  queryOptions({
    queryKey: ['arretrato', ente, 'elenco', filtri, pagina],
    queryFn: () => chiama<Lista<Riga>>(conParametri(api(ente, 'arretrato'), { ...filtri, pagina, perPagina: PER_PAGINA })),
  })

/** The filters of the list, which live in the address. */
export const useFiltri = (): FiltriIndirizzo<NomeFiltro> => useFiltriIndirizzo(NOMI)
