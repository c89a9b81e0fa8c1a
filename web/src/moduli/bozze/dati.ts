/** Drafts: their shapes as the server writes them, their queries and acts. */
import { queryOptions } from '@tanstack/react-query'
import type {
  BozzaDto,
  CampoDto,
  DatiBozza,
  ModelloDto,
  RigaBozzaDto,
  UnioneDto,
  VerificaUnioneDto,
} from '../../../../server/bozze/schema.ts'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { Lista } from '../../api/tipi.ts'

export type Bozza = BozzaDto
export type Dati = DatiBozza
export type Riga = RigaBozzaDto
export type Modello = ModelloDto
export type Campo = CampoDto
export type Unione = UnioneDto
export type VerificaUnione = VerificaUnioneDto
export type Destinatario = DatiBozza['destinatari'][number]
export interface RigaElenco {
  riga: number
  nome: string
  destinatario: Destinatario | null
  errori: { campo: string; messaggio: string }[]
}

export const bozzeQuery = (ente: string, vista: string, pagina: number) =>
  queryOptions({
    queryKey: ['bozze', ente, vista, pagina],
    queryFn: async () => await chiama<Lista<Riga>>(conParametri(api(ente, 'bozze'), { vista, pagina })),
  })

export const bozzaQuery = (ente: string, id: string) =>
  queryOptions({ queryKey: ['bozza', ente, id], queryFn: async () => await chiama<Bozza>(api(ente, 'bozze', id)), staleTime: Infinity })

export const campiQuery = (ente: string, id: string, versione: number) =>
  queryOptions({
    queryKey: ['bozza', ente, id, 'campi', versione],
    queryFn: async () => await chiama<Campo[]>(api(ente, 'bozze', id, 'campi')),
  })

export const unioniQuery = (ente: string, id: string) =>
  queryOptions({
    queryKey: ['bozza', ente, id, 'unioni'],
    queryFn: async () => await chiama<Unione[]>(api(ente, 'bozze', id, 'unioni')),
    refetchInterval: (query) => (query.state.data?.some((one) => one.stato === 'IN_CORSO') === true ? 1500 : false),
  })

export const modelliQuery = (ente: string, tutti: boolean) =>
  queryOptions({
    queryKey: ['modelli', ente, tutti],
    queryFn: async () =>
      await chiama<{ modelli: Modello[]; campi: Campo[] }>(conParametri(api(ente, 'modelli'), { tutti: tutti ? '1' : undefined })),
  })

/** One step of a draft: the server answers with the draft as it is now. */
export async function passo(ente: string, id: string, nome: string, corpo: object): Promise<Bozza> {
  return await chiama<Bozza>(api(ente, 'bozze', id, nome), { metodo: 'POST', corpo })
}
