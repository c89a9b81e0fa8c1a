/** Calls of the emergency pages. */
import { queryOptions } from '@tanstack/react-query'
import { api, chiama, compiAtto, conParametri } from '../../api/client.ts'
import type { EsitoRecupero, Prova, Quadro, StatoEmergenza, VerificaCodice } from './tipi.ts'

export const quadroQuery = (ente: string) =>
  queryOptions({ queryKey: ['emergenza', ente], queryFn: () => chiama<Quadro>(api(ente, 'emergenza')) })

/** Asked while people work: the bar appears within a minute from the opening. */
export const statoQuery = (ente: string) =>
  queryOptions({
    queryKey: ['emergenza-stato', ente],
    queryFn: () => chiama<StatoEmergenza>(api(ente, 'emergenza', 'stato')),
    refetchInterval: 60_000,
    enabled: ente !== '',
  })

/** An act of the RGD on an opening, a register or a series; the answer is the whole picture. */
export async function agisci(ente: string, pezzi: string[], corpo: unknown): Promise<Quadro> {
  return await chiama<Quadro>(api(ente, 'emergenza', ...pezzi), { metodo: 'POST', corpo })
}

/** Adds a register for a site; repeated safely. */
export async function istituisciRegistro(ente: string, corpo: unknown): Promise<Quadro> {
  return await compiAtto<Quadro>(`emergenza-registro-${ente}`, api(ente, 'emergenza', 'registri'), corpo)
}

/** Opens a register; repeated safely. */
export async function apriRegistro(ente: string, corpo: unknown): Promise<Quadro> {
  return await compiAtto<Quadro>(`emergenza-apertura-${ente}`, api(ente, 'emergenza', 'aperture'), corpo)
}

export interface RichiestaRecupero {
  contenutoId: string
  documenti: { numero: string; contenutoId: string }[]
  sostituzioni: { numero: string; voceId?: string; ufficioId?: string; ufficioMittenteId?: string }[]
}

export async function provaRecupero(ente: string, corpo: RichiestaRecupero): Promise<Prova> {
  return await chiama<Prova>(api(ente, 'emergenza', 'prove'), { metodo: 'POST', corpo })
}

/** Recovers a file; repeated safely. */
export async function recupera(ente: string, corpo: RichiestaRecupero): Promise<EsitoRecupero> {
  return await compiAtto<EsitoRecupero>(`emergenza-recupero-${corpo.contenutoId}`, api(ente, 'emergenza', 'recuperi'), corpo)
}

export async function verificaCodice(ente: string, numero: string, codice: string): Promise<VerificaCodice> {
  return await chiama<VerificaCodice>(conParametri(api(ente, 'emergenza', 'codici', codice), { numero }))
}
