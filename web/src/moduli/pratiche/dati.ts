/** Queries of the running procedures, and the filters of the board that live in the address. */
import { queryOptions } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { api, chiama, conParametri } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
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
export const NOMI = ['situazione', 'procedimento', 'ufficio', 'responsabile', 'q'] as const
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

/** The message of the server for one field, if the last answer had one. */
export function erroreDi(errore: unknown, campo: string): string | undefined {
  return errore instanceof Problema ? errore.campi.find((c) => c.campo === campo)?.messaggio : undefined
}

/** The first message of the server for a line of a list written in one field. */
export function erroreSotto(errore: unknown, campo: string): string | undefined {
  return errore instanceof Problema ? errore.campi.find((c) => c.campo.startsWith(`${campo}.`))?.messaggio : undefined
}

/** The filters as the address says them, and how to change one: the page goes back to the first. */
export function useFiltri(): {
  filtri: Filtri
  pagina: string
  verso: (cambi: Filtri) => string
  cambia: (nome: NomeFiltro, valore: string) => void
} {
  const [parametri, setParametri] = useSearchParams()
  const filtri: Filtri = {}
  for (const nome of NOMI) {
    const value = parametri.get(nome)
    if (value !== null && value !== '') filtri[nome] = value
  }
  return {
    filtri,
    pagina: parametri.get('pagina') ?? '1',
    verso: (cambi) => `?${new URLSearchParams(cambi as Record<string, string>).toString()}`,
    cambia: (nome, valore) => {
      const next = new URLSearchParams(parametri)
      next.delete('pagina')
      if (valore === '') next.delete(nome)
      else next.set(nome, valore)
      setParametri(next, { replace: true })
    },
  }
}
