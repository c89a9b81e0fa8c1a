/** Shapes and calls of search, saved searches, exports and long works. */
import { queryOptions } from '@tanstack/react-query'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { RigaRegistro } from '../../api/tipi.ts'

export interface Pezzo {
  testo: string
  trovata: boolean
}
export interface Trovata {
  riga: RigaRegistro & { annullata?: boolean; annullamento?: string | null }
  oggetto: Pezzo[]
  corrispondente: Pezzo[]
  estratto: Pezzo[] | null
  estrazione: string | null
}
export const FACCE = ['tipo', 'anno', 'classe', 'ufficio', 'stato', 'fascicolo', 'canale'] as const
export type Faccia = (typeof FACCE)[number]
export interface Risultati {
  elementi: Trovata[]
  totale: number
  completo: boolean
  facce: { nome: Faccia; valori: { valore: string; etichetta: string; quanti: number }[] }[]
  forseCercavi: string | null
  lettura: { tipo: string; etichetta: string; nega: boolean; inizio: number; fine: number }[]
}
export interface Suggerimenti {
  documenti: { id: string; etichetta: string; oggetto: string; corrispondente: string }[]
  parole: string[]
  recenti: string[]
}
export interface RicercaSalvata {
  id: string
  nome: string
  ambito: 'ricerca' | 'registro'
  domanda: string
  mia: boolean
  autore: string
  ufficio: { id: string; denominazione: string } | null
}
export interface Lavoro {
  id: string
  tipo: string
  titolo: string
  stato: 'in_attesa' | 'in_corso' | 'concluso' | 'interrotto' | 'fallito'
  fatti: number
  totale: number | null
  creatoIl: string
  conclusoIl: string | null
  errore: string | null
  secondiMancanti: number | null
  file: { nome: string; dimensione: number; impronta: string; scadeIl: string } | null
  esito: { righe?: number; filtri?: string[] } | null
}

export const PER_PAGINA = 20

export const ricercaQuery = (ente: string, parametri: Record<string, string>) =>
  queryOptions({
    queryKey: ['ricerca', ente, parametri],
    queryFn: ({ signal }) =>
      chiama<Risultati>(conParametri(api(ente, 'ricerca'), { ...parametri, perPagina: PER_PAGINA }), { segnale: signal }),
  })

export const suggerimentiQuery = (ente: string, q: string) =>
  queryOptions({
    queryKey: ['suggerimenti', ente, q],
    queryFn: ({ signal }) => chiama<Suggerimenti>(conParametri(api(ente, 'ricerca', 'suggerimenti'), { q }), { segnale: signal }),
    staleTime: 30_000,
  })

export const salvateQuery = (ente: string, ambito: RicercaSalvata['ambito']) =>
  queryOptions({
    queryKey: ['ricerche-salvate', ente, ambito],
    queryFn: () => chiama<{ elementi: RicercaSalvata[] }>(conParametri(api(ente, 'ricerche-salvate'), { ambito })),
  })

export const recentiQuery = (ente: string) =>
  queryOptions({ queryKey: ['ricerche-recenti', ente], queryFn: () => chiama<{ elementi: string[] }>(api(ente, 'ricerca', 'recenti')) })

/** Remembers a search; nothing depends on it. */
export async function ricorda(ente: string, domanda: string): Promise<void> {
  if (domanda.trim() === '') return
  await chiama(api(ente, 'ricerca', 'recenti'), { metodo: 'POST', corpo: { domanda } }).catch(() => undefined)
}
