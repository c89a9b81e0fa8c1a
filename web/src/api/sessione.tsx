/** The session for the pages: who is logged in, with which enti and profiles. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { dimenticaBozze } from '../moduli/protocollo/bozze.ts'
import { chiama, leggiSessione } from './client.ts'
import type { EnteSessione, Sessione } from './tipi.ts'

export const sessioneQuery = queryOptions({ queryKey: ['sessione'], queryFn: leggiSessione, staleTime: 60_000, retry: 1 })

const NOBODY: Sessione = { autenticato: false, csrf: '', dimostrativo: false, enti: [] }

/** The session as known now; pages under the shell are drawn only when it is loaded. */
export function useSessione(): Sessione {
  return useQuery(sessioneQuery).data ?? NOBODY
}

/** The ente in the address, as the session knows it (null when the person has nothing to do with it). */
export function useEnte(): { slug: string; ente: EnteSessione | null } {
  const slug = useParams()['ente'] ?? ''
  const sessione = useSessione()
  return { slug, ente: sessione.enti.find((ente) => ente.slug === slug) ?? null }
}

/** Ends the session and forgets what this browser kept for the person. */
export function useUscita(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await chiama('/api/v1/sessione/chiusura', { metodo: 'POST' }).catch(() => undefined)
    dimenticaBozze(localStorage)
    client.clear()
    window.location.assign('/accesso')
  }
}

/** Where a person starts after login. */
export function paginaIniziale(sessione: Sessione): string {
  if (!sessione.autenticato) return '/accesso'
  const first = sessione.enti[0]
  if (sessione.attore?.tipo === 'cittadino') return first === undefined ? '/accesso' : `/${first.slug}/area-personale`
  if (first !== undefined) return `/${first.slug}/scrivania`
  return sessione.amministratoreSia ? '/cabina' : '/accesso'
}
