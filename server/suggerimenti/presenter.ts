import { buildTitolario } from '../../titolario/index.ts'
import type { Titolario } from '../../titolario/index.ts'
import type { VoceRow } from '../titolario/index.ts'

/** The rows of a plan as the library searches them. */
export function toPlan(voci: readonly VoceRow[]): Titolario {
  return buildTitolario(
    voci.map((v) => ({
      codice: v.codice,
      denominazione: v.denominazione,
      paroleChiave: v.paroleChiave === '' ? [] : v.paroleChiave.split('|'),
      conservazioneAnni: v.conservazioneAnni,
    })),
  )
}
