/** What the server tells of the titolario, and how the pages ask it. */
import type {
  ConfrontoDto as Confronto,
  DestinazioneDto as Destinazione,
  PianoDto as Piano,
  RapportoDto as Rapporto,
  RapportoPianoDto as RapportoPiano,
  RevisioniDto as Revisioni,
  SinonimiDto as Sinonimi,
  StatisticheTitolarioDto as Statistiche,
  VersioneDto as Versione,
  VersioneInteraDto as VersioneIntera,
  VoceInteraDto as Voce,
} from '../../../../server/titolario/schema.ts'
import { api, chiama, conParametri } from '../../api/client.ts'
import { t } from '../../testi/it.ts'

export type { Confronto, Destinazione, Piano, Rapporto, RapportoPiano, Revisioni, Sinonimi, Statistiche, Versione, VersioneIntera, Voce }

export const versioniQuery = (ente: string) => ({
  queryKey: ['titolario', ente, 'versioni'],
  queryFn: () => chiama<Versione[]>(api(ente, 'titolario', 'versioni')),
})

export const versioneQuery = (ente: string, id: string) => ({
  queryKey: ['titolario', ente, 'versione', id],
  queryFn: () => chiama<VersioneIntera>(api(ente, 'titolario', 'versioni', id)),
  enabled: id !== '',
})

export const sinonimiQuery = (ente: string) => ({
  queryKey: ['titolario', ente, 'sinonimi'],
  queryFn: () => chiama<Sinonimi[]>(api(ente, 'titolario', 'sinonimi')),
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
