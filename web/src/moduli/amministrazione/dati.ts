/** Shapes and queries of the administration pages. */
import { queryOptions } from '@tanstack/react-query'
import { api, chiama } from '../../api/client.ts'
import type { Profilo } from '../../api/tipi.ts'

export interface UfficioOrganigramma {
  id: string
  codice: string
  denominazione: string
  padreId: string | null
  dal: string
  al: string | null
  responsabile: string | null
  persone: number
  chiusura: { id: string; dal: string; successore: string } | null
}
export interface Spostamenti {
  assegnazioni: number
  fascicoli: number
  voci: number
  incarichi: number
  ufficiFigli: number
}
export interface Incarico {
  id: string
  profilo: Profilo
  ufficio: { id: string; denominazione: string } | null
  aoo: string | null
  atto: string
  dal: string
  al: string | null
  inCarica: boolean
}
export interface Persona {
  id: string
  nome: string
  codiceFiscale: string
  email: string
  incarichi: Incarico[]
}
interface Termine {
  nome: string
  dal: string
  al: string | null
}
export interface Responsabili {
  aoo: { id: string; denominazione: string; responsabile: Termine | null; vicari: Termine[]; scoperta: boolean }[]
}
export interface Sostituzione {
  id: string
  titolare: { id: string; nome: string }
  sostituto: { id: string; nome: string }
  tipo: 'assenza' | 'delega'
  motivo: string
  dal: string
  al: string
  revocata: boolean
  inVigore: boolean
}
export interface Area {
  id: string
  codiceIpaAmministrazione: string
  codice: string
  denominazione: string
  domicilioDigitale: string
  puntoServizio: string | null
  registri: { id: string; codice: string; denominazione: string }[]
  caselle: string[]
}
export interface Esclusioni {
  voci: { voce: string; tipi: { id: string; denominazione: string }[] }[]
  nonCompetenza: 'registra_e_inoltra' | 'restituisci'
}

const list = <T>(ente: string, ...pezzi: string[]) =>
  queryOptions({ queryKey: ['amministrazione', ente, ...pezzi], queryFn: () => chiama<T>(api(ente, ...pezzi)) })

export const organigrammaQuery = (ente: string) => list<UfficioOrganigramma[]>(ente, 'organizzazione', 'uffici')
export const personeQuery = (ente: string) => list<Persona[]>(ente, 'organizzazione', 'persone')
export const responsabiliQuery = (ente: string) => list<Responsabili>(ente, 'organizzazione', 'responsabili')
export const areeQuery = (ente: string) => list<Area[]>(ente, 'organizzazione', 'aoo')
export const sostituzioniQuery = (ente: string) => list<Sostituzione[]>(ente, 'sostituzioni')
export const esclusioniQuery = (ente: string) => list<Esclusioni>(ente, 'esclusioni')
