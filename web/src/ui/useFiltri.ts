/** The filters of a list as the address says them, and how to change one: the page goes back to the first. */
import { useSearchParams } from 'react-router'

export interface FiltriIndirizzo<Nome extends string> {
  filtri: Partial<Record<Nome, string>>
  pagina: string
  /** Address of the same list with these filters only. */
  verso: (filtri: Partial<Record<Nome, string>>) => string
  /** Changes one filter; an empty value takes it away. */
  cambia: (nome: Nome, valore: string) => void
}

/** `nomi`: the parameters of the address that are filters of this list. */
export function useFiltri<Nome extends string>(nomi: readonly Nome[]): FiltriIndirizzo<Nome> {
  const [parametri, setParametri] = useSearchParams()
  const filtri: Partial<Record<Nome, string>> = {}
  for (const nome of nomi) {
    const value = parametri.get(nome)
    if (value !== null && value !== '') filtri[nome] = value
  }
  return {
    filtri,
    pagina: parametri.get('pagina') ?? '1',
    verso: (only) => `?${new URLSearchParams(only as Record<string, string>).toString()}`,
    cambia: (nome, valore) => {
      const next = new URLSearchParams(parametri)
      next.delete('pagina')
      if (valore === '') next.delete(nome)
      else next.set(nome, valore)
      setParametri(next, { replace: true })
    },
  }
}
