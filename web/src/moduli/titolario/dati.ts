/** What the server tells of the titolario, and how the pages ask it. */
import type { z } from 'zod'
import type {
  confrontoDto,
  destinazioneDto,
  pianoDto,
  rapportoDto,
  rapportoPianoDto,
  revisioniDto,
  statisticheTitolarioDto,
  versioneDto,
  versioneInteraDto,
  voceInteraDto,
} from '../../../../server/titolario/schema.ts'
import { api, chiama, conParametri } from '../../api/client.ts'
import { t } from '../../testi/it.ts'

export type Versione = z.infer<typeof versioneDto>
export type VersioneIntera = z.infer<typeof versioneInteraDto>
export type Voce = z.infer<typeof voceInteraDto>
export type Confronto = z.infer<typeof confrontoDto>
export type Destinazione = z.infer<typeof destinazioneDto>
export type Piano = z.infer<typeof pianoDto>
export type Rapporto = z.infer<typeof rapportoDto>
export type RapportoPiano = z.infer<typeof rapportoPianoDto>
export type Statistiche = z.infer<typeof statisticheTitolarioDto>
export type Revisioni = z.infer<typeof revisioniDto>

export const versioniQuery = (ente: string) => ({
  queryKey: ['titolario', ente, 'versioni'],
  queryFn: () => chiama<Versione[]>(api(ente, 'titolario', 'versioni')),
})

export const versioneQuery = (ente: string, id: string) => ({
  queryKey: ['titolario', ente, 'versione', id],
  queryFn: () => chiama<VersioneIntera>(api(ente, 'titolario', 'versioni', id)),
  enabled: id !== '',
})

export const pianoQuery = (ente: string) => ({
  queryKey: ['titolario', ente, 'piano'],
  queryFn: () => chiama<Piano>(api(ente, 'piano-di-conservazione')),
})

export const confrontoQuery = (ente: string, da: string, a: string) => ({
  queryKey: ['titolario', ente, 'confronto', da, a],
  queryFn: () => chiama<Confronto>(conParametri(api(ente, 'titolario', 'confronto'), { da, a })),
  enabled: da !== '' && a !== '' && da !== a,
})

/** How a version is named in a list. */
export function nomeVersione(v: Versione): string {
  return t.titolario.riga(v.numero, v.denominazione, t.titolario.stati[v.stato])
}

/** A time of the plan in words. */
export function tempo(anni: number | null, condizione: string | null): string {
  const testi = t.titolario.conservazione
  if (anni === null) return condizione ?? testi.daDefinire
  const base = anni === 9999 ? testi.permanente : testi.anni(anni)
  return condizione === null ? base : `${base}, ${condizione}`
}

/** The lines of a text area as a list, without empty ones. */
export function righe(testo: string): string[] {
  return testo
    .split('\n')
    .map((riga) => riga.trim())
    .filter((riga) => riga !== '')
}
