/** Queries of the running procedures, and the filters of the board that live in the address. */
import { queryOptions } from '@tanstack/react-query'
import { api, chiama, conParametri } from '../../api/client.ts'
import { useFiltri as useFiltriIndirizzo, type FiltriIndirizzo } from '../../ui/useFiltri.ts'
import type { Contatori, DurataDto, FermoDto, PraticaDto, RigaPraticaDto } from '../../../../server/pratiche/schema.ts'

export type Pratica = PraticaDto
export type RigaPratica = RigaPraticaDto
export type Durata = DurataDto
export type Fermo = FermoDto
export interface Scadenzario {
  elementi: RigaPratica[]
  totale: number
  contatori: Contatori
  striscia: { giorno: string; termini: number; lavorativo: boolean }[]
}

export const PER_PAGINA = 50
const NOMI = ['situazione', 'procedimento', 'ufficio', 'responsabile', 'q'] as const
export type NomeFiltro = (typeof NOMI)[number]
export type Filtri = Partial<Record<NomeFiltro, string>>

export const scadenzarioQuery = (ente: string, filtri: Filtri, pagina: string) =>
  queryOptions({
    queryKey: ['pratiche', ente, filtri, pagina],
    queryFn: () => chiama<Scadenzario>(conParametri(api(ente, 'pratiche'), { ...filtri, pagina, perPagina: PER_PAGINA })),
  })

export const praticaQuery = (ente: string, fascicolo: string) =>
  queryOptions({
    queryKey: ['pratica', ente, fascicolo],
    queryFn: async () => (await chiama<{ pratica: Pratica | null }>(api(ente, 'fascicoli', fascicolo, 'pratica'))).pratica,
  })

export const durateQuery = (ente: string) =>
  queryOptions({
    queryKey: ['durate', ente],
    queryFn: async () => (await chiama<{ elementi: Durata[] }>(api(ente, 'pratiche', 'durate'))).elementi,
  })

export const fermiQuery = (ente: string, pagina: string) =>
  queryOptions({
    queryKey: ['fermi', ente, pagina],
    queryFn: () =>
      chiama<{ elementi: Fermo[]; totale: number }>(
        conParametri(api(ente, 'pratiche', 'fascicoli-fermi'), { pagina, perPagina: PER_PAGINA }),
      ),
  })

/** The filters of the list, which live in the address. */
export const useFiltri = (): FiltriIndirizzo<NomeFiltro> => useFiltriIndirizzo(NOMI)
