/** Queries of the queue of received messages, with the next ones fetched in advance. */
import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { Lista } from '../../api/tipi.ts'
import type { Casella, DettaglioMessaggio, RigaMessaggio, VistaMessaggi } from '../../api/tipi-messaggi.ts'
import { precaricaAnteprima } from '../../ui/Anteprima.tsx'

const PAGE = 50

export const codaQuery = (ente: string, vista: VistaMessaggi) =>
  infiniteQueryOptions({
    queryKey: ['messaggi', ente, vista],
    queryFn: ({ pageParam }) =>
      chiama<Lista<RigaMessaggio>>(conParametri(api(ente, 'messaggi'), { vista, pagina: pageParam, perPagina: PAGE })),
    initialPageParam: 1,
    getNextPageParam: (last, pages) =>
      pages.reduce((sum, page) => sum + page.elementi.length, 0) < last.totale && last.elementi.length > 0 ? pages.length + 1 : undefined,
    refetchInterval: 60_000,
  })

/** How many messages each view holds: the numbers on the tabs. */
export const conteggiQuery = (ente: string) =>
  queryOptions({
    queryKey: ['messaggi', ente, 'conteggi'],
    queryFn: () => chiama<Record<VistaMessaggi, number>>(api(ente, 'messaggi', 'conteggi')),
    refetchInterval: 60_000,
  })

export const dettaglioQuery = (ente: string, id: string) =>
  queryOptions({
    queryKey: ['messaggio', ente, id],
    queryFn: () => chiama<DettaglioMessaggio>(api(ente, 'messaggi', id)),
    staleTime: 60_000,
  })

export const caselleQuery = (ente: string) =>
  queryOptions({
    queryKey: ['caselle', ente],
    queryFn: () => chiama<Casella[]>(api(ente, 'caselle')),
    staleTime: 30_000,
    refetchInterval: 120_000,
  })

/** Address of a part of a message, as it was received. */
export function urlParte(ente: string, messaggio: string, parte: string): string {
  return conParametri(api(ente, 'messaggi', messaggio, 'parti', parte, 'file'), { inline: 1 })
}

/** Address of an uploaded file. */
export function urlContenuto(ente: string, id: string): string {
  return conParametri(api(ente, 'contenuti', id, 'file'), { inline: 1 })
}

/** Fetches the next two messages and the bytes of their main document. */
export async function precarica(client: QueryClient, ente: string, ids: string[]): Promise<void> {
  for (const id of ids) {
    const detail = await client.ensureQueryData(dettaglioQuery(ente, id)).catch(() => null)
    const main = detail?.parti.find((part) => part.principaleProposto)
    if (main !== undefined) precaricaAnteprima(client, { url: urlParte(ente, id, main.id), nome: main.nome, mime: main.mime })
  }
}

/** What became of an act on many messages. */
export interface EsitoGruppo {
  fatti: number
  saltati: { id: string; motivo: string }[]
}

/** The same decision on one message, whose refusal is thrown, or on many, whose refusals are told one by one. */
export async function agisciSu(
  ente: string,
  ids: readonly string[],
  atto: 'scarto' | 'passaggio',
  corpo: Record<string, unknown>,
): Promise<EsitoGruppo> {
  const [only] = ids
  if (only === undefined || ids.length > 1) {
    return await chiama<EsitoGruppo>(api(ente, 'messaggi', atto), { metodo: 'POST', corpo: { ids, ...corpo } })
  }
  await chiama(api(ente, 'messaggi', only, atto), { metodo: 'POST', corpo })
  return { fatti: 1, saltati: [] }
}

/** Reads the queue and one's desk again. */
export function rileggiCoda(client: QueryClient, ente: string): void {
  void client.invalidateQueries({ queryKey: ['messaggi', ente] })
  void client.invalidateQueries({ queryKey: ['scrivania', ente] })
}

/** Takes messages out of the queue on screen at once; the server is asked again afterwards. */
export function togliDallaCoda(client: QueryClient, ente: string, vista: VistaMessaggi, ids: readonly string[]): void {
  client.setQueryData(codaQuery(ente, vista).queryKey, (data: InfiniteData<Lista<RigaMessaggio>> | undefined) => {
    if (data === undefined) return undefined
    const gone = data.pages.reduce((sum, page) => sum + page.elementi.filter((item) => ids.includes(item.id)).length, 0)
    return {
      ...data,
      pages: data.pages.map((page) => ({
        elementi: page.elementi.filter((item) => !ids.includes(item.id)),
        totale: Math.max(0, page.totale - gone),
      })),
    }
  })
  rileggiCoda(client, ente)
}
