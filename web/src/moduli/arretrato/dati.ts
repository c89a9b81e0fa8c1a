/** Queries of the arrears and the filters that live in the address. */
import { queryOptions } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { Lista } from '../../api/tipi.ts'
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

/** The filters of the list as the address says them, and how to change one: the page goes back to the first. */
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
