/** Mass registration and past registers: shapes of the server and queries. */
import { queryOptions } from '@tanstack/react-query'
import type {
  ImportazioneDto,
  RegistrazioneStoricaDto,
  RegistroStoricoDto,
  RigaStoricaDto,
  SerieConRigheDto,
  SerieDto,
  VerificaSerieDto,
} from '../../../../server/importazioni/schema.ts'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { Lista } from '../../api/tipi.ts'

export type Importazione = ImportazioneDto
export type Rapporto = NonNullable<ImportazioneDto['rapporto']>
export type Serie = SerieDto
export type SerieConRighe = SerieConRigheDto
export type VerificaSerie = VerificaSerieDto
export type RigaStorica = RigaStoricaDto
export type Storica = RegistrazioneStoricaDto

export const serieQuery = (ente: string) =>
  queryOptions({
    queryKey: ['serie', ente],
    queryFn: async () => await chiama<Serie[]>(api(ente, 'serie')),
    refetchInterval: (query) => (query.state.data?.some((one) => one.stato === 'IN_CORSO') === true ? 1500 : false),
  })

export const unaSerieQuery = (ente: string, id: string) =>
  queryOptions({
    queryKey: ['serie', ente, id],
    queryFn: async () => await chiama<SerieConRighe>(api(ente, 'serie', id)),
    refetchInterval: (query) => (query.state.data?.stato === 'IN_CORSO' ? 1500 : false),
  })

const running = (one: Importazione): boolean => one.stato === 'IN_VERIFICA' || one.stato === 'IN_IMPORTAZIONE'

export const importazioniQuery = (ente: string) =>
  queryOptions({
    queryKey: ['importazioni', ente],
    queryFn: async () => await chiama<Importazione[]>(api(ente, 'importazioni')),
    refetchInterval: (query) => (query.state.data?.some(running) === true ? 1500 : false),
  })

export const registriQuery = (ente: string) =>
  queryOptions({
    queryKey: ['registri-storici', ente],
    queryFn: async () => await chiama<RegistroStoricoDto[]>(api(ente, 'registri-storici')),
  })

export const storicheQuery = (ente: string, filtri: { q: string; registro: string; pagina: number }) =>
  queryOptions({
    queryKey: ['registrazioni-storiche', ente, filtri],
    queryFn: async () => await chiama<Lista<RigaStorica>>(conParametri(api(ente, 'registrazioni-storiche'), filtri)),
  })

export const storicaQuery = (ente: string, id: string) =>
  queryOptions({
    queryKey: ['registrazioni-storiche', ente, id],
    queryFn: async () => await chiama<Storica>(api(ente, 'registrazioni-storiche', id)),
  })
