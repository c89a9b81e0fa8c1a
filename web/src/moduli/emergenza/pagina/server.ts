/** The few calls of the emergency page, all before the emergency: session, series waiting for a device, activation. */
import type { DotazioneDto, SerieDto } from '../tipi.ts'
import { api, chiama, leggiSessione } from '../../../api/client.ts'
import type { Sessione } from '../../../api/tipi.ts'

/** The session, or null when the server does not answer. */
export async function sessioneOra(): Promise<Sessione | null> {
  return await leggiSessione().catch(() => null)
}

/** Series of an ente that wait for a device. */
export async function serieInAttesa(ente: string): Promise<SerieDto[]> {
  return (await chiama<SerieDto[]>(api(ente, 'emergenza', 'serie'))).filter((serie) => serie.stato === 'autorizzata')
}

/** Binds the series to this device's key. Repeated with the same key it answers the same. */
export async function attivaSerie(ente: string, serie: string, chiave: { x: string; y: string }): Promise<DotazioneDto> {
  await leggiSessione()
  return await chiama<DotazioneDto>(api(ente, 'emergenza', 'serie', serie, 'attivazione'), { metodo: 'POST', corpo: { chiave } })
}

/** Classes and offices as they are now. */
export async function leggiDotazione(ente: string, serie: string): Promise<DotazioneDto> {
  return await chiama<DotazioneDto>(api(ente, 'emergenza', 'serie', serie, 'dotazione'))
}
